"""An output file in the making: its rows counted and its bytes hashed as they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from types import TracebackType
from typing import BinaryIO, Self

from pipeline.sinks import storage
from schemas.manifest import FileEntry


class CountedFile:
    """A new file at `path`, open within a `with` block."""

    def __init__(self, path: str) -> None:
        """Take the path; nothing is opened yet."""
        self.path = path
        self._file: BinaryIO | None = None
        self._digest = hashlib.sha256()
        self._rows = 0
        self._bytes = 0

    def __enter__(self) -> Self:
        """Open the file."""
        self._file = storage.create(self.path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def write(self, line: Iterable[bytes]) -> None:
        """Write one row, given in parts.

        Raises:
            ValueError: The file is not open.
        """
        if self._file is None:
            raise ValueError("the file is not open")
        for part in line:
            self._file.write(part)
            self._digest.update(part)
            self._bytes += len(part)
        self._rows += 1

    def entry(self, name: str) -> FileEntry:
        """Return what the manifest says of the file, under the name it has in the output."""
        return FileEntry(
            name=name, rows=self._rows, bytes=self._bytes, sha256=self._digest.hexdigest()
        )
