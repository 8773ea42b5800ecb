"""What a run needs of a store of objects, beside reading and writing files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

_URL: Final = re.compile(r"([a-z0-9]+)://([^/]+)/(.+)", re.DOTALL)


class StoreError(Exception):
    """The store does not do what it is asked, in words."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A small object: its bytes, the tag that changes with every write, and its age in seconds.

    Both ends of the age are told by the clock of the store.
    """

    content: bytes
    tag: str
    age: float


class ObjectStore(Protocol):
    """Objects by their URLs. All methods raise `StoreError` when the store cannot be asked."""

    def list(self, folder: str) -> Iterator[str]:
        """Give the URLs of all objects below a folder, in order."""

    def get(self, url: str) -> Stored | None:
        """Return a small object, None if there is none."""

    def put(self, url: str, content: bytes, expected: str | None) -> str | None:
        """Write a small object if nobody else has meanwhile: compare and swap.

        Args:
            url: Where to.
            content: Its bytes, which no other caller writes.
            expected: The tag of the object that is replaced, None for a new one.

        Returns:
            The new tag; None if there is another object than expected, which stays.
        """

    def delete(self, urls: Iterable[str]) -> None:
        """Delete objects; one that is not there is no error."""


def split_url(url: str, scheme: str) -> tuple[str, str]:
    """Return the bucket and the key of an object's URL.

    Raises:
        StoreError: It is no URL of an object of this scheme.
    """
    match = _URL.fullmatch(url)
    if match is None or match[1] != scheme:
        raise StoreError(f"{url} is not {scheme}://BUCKET/NAME")
    return match[2], match[3]


def tag_of_ours(there: Stored | None, content: bytes) -> str | None:
    """Return the tag of the object that stands in the way of a write, if it is that write.

    An answer may have been lost, and the write sent again by the client.
    """
    return there.tag if there is not None and there.content == content else None
