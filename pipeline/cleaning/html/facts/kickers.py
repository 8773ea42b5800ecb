"""What stands in a heading beside the headline: a kicker above it, a subtitle, a day, a label.

Papers put them into the element of the heading, each in an element of its own that says what it is.
"""

from __future__ import annotations

import re
from typing import Any, Final

_LEAST_LETTERS: Final = 6
_LEAST_WORDS: Final = 2
_MOST_ELEMENTS: Final = 30
"""Elements of one heading that are looked at."""

_BESIDE: Final = re.compile(
    r"kicker|over-?line|top-?line|top-?title|title-?header|dach-?zeile|roof-?line|eyebrow|"
    r"pre-?title|pre-?headline|super-?title|sub-?title|sub-?line|sub-?head|untertitel|spitzmarke|"
    r"ober-?(?:zeile|titel)|ante-?titulo|cintillo|occhiello|surtitre|h\dsmall|"
    r"(?:^|[\s_-])(?:label|date|time|category|rubrik|small)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Words in the class of an element of a heading that is not the headline."""
_SEPARATORS: Final = " \xa0:|–—-•·/\n\t"


def headline_in(heading: Any) -> str | None:
    """Return the headline of a heading's element, or None where its whole text is the headline.

    White space is as it stands in the markup. The tree is not changed.
    """
    beside = [
        inner
        for _, inner in zip(range(_MOST_ELEMENTS), heading.iterdescendants(), strict=False)
        if inner.tag == "small" or _BESIDE.search(inner.get("class") or "")
    ]
    if not beside:
        return None
    left = _text_without(heading, frozenset(beside)).strip(_SEPARATORS)
    letters = sum(map(str.isalpha, left))
    if letters < _LEAST_LETTERS or (left.isascii() and len(left.split()) < _LEAST_WORDS):
        return None
    return left


def _text_without(element: Any, beside: frozenset[Any]) -> str:
    parts = [element.text or ""]
    for inner in element:
        if inner not in beside and isinstance(inner.tag, str):
            parts.append(_text_without(inner, beside))
        parts += (" " if inner.tag == "br" else "", inner.tail or "")
    return "".join(parts)
