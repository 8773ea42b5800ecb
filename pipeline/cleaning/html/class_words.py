"""Words in `class`, `id` and `role` that say what a part of a page is for.

Authors of pages call things by a few dozen words. Only those are read, never a site's own names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

_MEANINGS: Final[dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("class_words.toml").read_text(encoding="utf-8")
)


NAMES: Final = tuple(_MEANINGS)
"""Names of the meanings, in the order of their bits."""

_BITS: Final = {
    word: 1 << bit for bit, words in enumerate(_MEANINGS.values()) for word in words.split()
}
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_MOST_CHARACTERS: Final = 300
"""Characters of an attribute that are read: utility classes run to thousands, all of layout."""


@lru_cache(maxsize=8192)
def meanings_of(names: str) -> int:
    """Return the bits of the meanings that stand in an attribute's value."""
    found = 0
    before = ""
    for word in _WORD.findall(names[:_MOST_CHARACTERS]):
        small = word.lower()
        found |= _BITS.get(small, 0) | _BITS.get(before + small, 0)
        before = small
    return found


def names_in(bits: int) -> Iterable[str]:
    """Return the names of the meanings whose bits are set."""
    return (name for bit, name in enumerate(NAMES) if bits >> bit & 1)
