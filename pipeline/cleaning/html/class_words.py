"""Words in `class`, `id` and `role` that say what a part of a page is for.

Authors of pages call things by a few dozen words. Only those are read, never a site's own names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from operator import add
from typing import Final

_MEANINGS: Final[dict[str, str]] = tomllib.loads(
    files(__package__).joinpath("class_words.toml").read_text(encoding="utf-8")
)


NAMES: Final = tuple(_MEANINGS)
"""Names of the meanings, in the order of their bits."""

_BITS: Final = {
    word: 1 << bit for bit, words in enumerate(_MEANINGS.values()) for word in words.split()
}
_KNOWN: Final = frozenset(_BITS)
_BEGINNINGS: Final = frozenset(word[:end] for word in _KNOWN for end in range(1, len(word)))
"""What the first of two words in a row can be that are one together."""
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SMALL_WORD: Final = re.compile(r"[a-z]+")
_MOST_CHARACTERS: Final = 300
"""Characters of an attribute that are read: utility classes run to thousands, all of layout."""


@lru_cache(maxsize=8192)
def meanings_of(names: str) -> int:
    """Return the bits of the meanings that stand in an attribute's value.

    Two words in a row also count as one: `read-more` is `readmore`.
    """
    names = names[:_MOST_CHARACTERS]
    if names.islower():
        words = _SMALL_WORD.findall(names)
    else:
        words = [word.lower() for word in _WORD.findall(names)]
    found = 0
    for known in _KNOWN.intersection(words):
        found |= _BITS[known]
    if len(words) > 1 and not _BEGINNINGS.isdisjoint(words):
        for known in _KNOWN.intersection(map(add, words, words[1:])):
            found |= _BITS[known]
    return found


def names_in(bits: int) -> Iterable[str]:
    """Return the names of the meanings whose bits are set."""
    return (name for bit, name in enumerate(NAMES) if bits >> bit & 1)


def bits_of(names: Iterable[str]) -> int:
    """Return the bits of some meanings."""
    return sum(1 << NAMES.index(name) for name in names)
