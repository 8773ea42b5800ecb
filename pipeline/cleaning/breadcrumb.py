"""Breadcrumbs: a path through the site that ends with the headline, above the headline itself.

`Home » Town » Council » Bridge closed for repairs`, or the last step of a numbered path, `3. Bridge
closed for repairs`. Such a line looks more like a headline than the headline, and is not it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.phrases import fold

_REACH: Final = 8
"""Blocks behind a path in which the headline stands."""

_STEP: Final = re.compile(r"[/\\>»›❯▸→|•·]\s*$|^\W*\d{1,2}\.\s*$")
"""How what stands before the headline ends: with a separator; or it is the step's number. Not with
a colon: what stands before one is a kicker, and part of the headline."""

_LEAST_WORDS: Final = 3
_PLAIN_WORDS: Final = 4
"""Words of the shortest headline behind a separator, and behind a path without separators."""


_ARROW: Final = re.compile(r"\s*[>»›❯→]\s+")
_HOMES: Final = frozenset(
    "home homepage start startseite accueil inicio início portada principal главная головна "
    "anasayfa hem hjem etusivu domů domov kezdőlap".split()
)
"""What sites call their first page, in a path."""


def behind_path(line: str) -> str:
    """Return the headline that a path ends with: `Home > Town > Bridge closed for repairs`.

    The line itself where it is no path: one of several steps, or of one behind the first page, with
    the words of a headline behind the last.
    """
    steps = _ARROW.split(line.strip())
    is_path = len(steps) > 2 or (len(steps) == 2 and steps[0].casefold() in _HOMES)
    if is_path and len(steps[-1].split()) >= _LEAST_WORDS and all(steps):
        return steps[-1]
    return line


def headline_below(lines: Sequence[Evidence], path: int, end: int) -> int:
    """Return the block of the headline that a path ends with, or `path` itself if it is none.

    Args:
        lines: All lines of the page.
        path: The block that was taken for a headline.
        end: The end of its story, not in it.

    Only lines up to the first paragraph are looked at, and none that says who it is by.
    """
    whole = lines[path].text.rstrip()
    for i in range(path + 1, min(path + 1 + _REACH, end)):
        line = lines[i]
        if line.is_prose:
            break
        is_signed = line.byline is not None and line.byline.marked
        if line.shape.words < _LEAST_WORDS or is_signed or line.is_furniture:
            continue
        said = line.text.strip()
        if said[0].islower() or not fold(whole).endswith(f" {fold(said)}"):
            continue
        before = whole[: max(len(whole) - len(said), 0)].rstrip()
        if before.endswith((":", "：")):
            continue
        if _STEP.search(before) or (
            line.shape.words >= _PLAIN_WORDS and whole.endswith(f" {said}")
        ):
            return i
    return path
