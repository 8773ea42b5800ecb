"""A store of objects in memory, with a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.sinks.object_store import Stored, StoreError


@dataclass
class MemoryStore:
    """An `ObjectStore`; while `is_down` every call fails."""

    objects: dict[str, tuple[bytes, str, float]] = field(default_factory=dict)
    now: float = 0.0
    is_down: bool = False
    writes: int = 0

    def list(self, folder: str) -> Iterator[str]:
        self._require()
        yield from sorted(url for url in self.objects if url.startswith(f"{folder}/"))

    def get(self, url: str) -> Stored | None:
        self._require()
        if url not in self.objects:
            return None
        content, tag, written = self.objects[url]
        return Stored(content, tag, self.now - written)

    def put(self, url: str, content: bytes, expected: str | None) -> str | None:
        self._require()
        if (self.objects[url][1] if url in self.objects else None) != expected:
            return None
        self.writes += 1
        self.objects[url] = (content, str(self.writes), self.now)
        return str(self.writes)

    def delete(self, urls: Iterable[str]) -> None:
        self._require()
        for url in urls:
            self.objects.pop(url, None)

    def _require(self) -> None:
        if self.is_down:
            raise StoreError("the store is down")
