"""Plain text whose paragraphs are broken at a fixed width, as in letters and old archives."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.cleaning.shape import is_list_item, is_unspaced

_WIDTHS: Final = range(40, 121)
"""Characters of the longest line of a wrapped text: 65 to 80 are usual, columns are narrower."""

_LEAST_BREAKS: Final = 4
"""Line breaks inside a sentence from which on a text can be a wrapped one."""

_SHARE: Final = 0.9
"""Share of those breaks that come because the next word would not have fitted, and share of the
lines that are no longer than the width (addresses cannot be broken)."""

_RAGGED: Final = 0.85
"""Share of the width from which on a line is full where letters are of unequal width."""


class Wrapping(NamedTuple):
    """How a text is wrapped: a line is full when it and the next line's first word exceed `room`.

    `width` is the length of the longest line that was broken inside a sentence.
    """

    width: int
    room: float

    def continues(self, line: str, following: str) -> bool:
        """Whether the line below belongs to the same paragraph as the line above it."""
        return (
            len(line) <= self.width
            and _extent(line, following) > self.room
            and not is_list_item(following)
        )


def wrapping_of(lines: Sequence[str], blank_lines: Sequence[int]) -> Wrapping | None:
    """Return how a text is wrapped, or None when each of its lines is a paragraph of its own.

    `blank_lines` gives the number of empty lines above each line. Only breaks before a lower-case
    letter count as breaks inside a sentence, so that texts in scripts without case never are.
    """
    breaks = [
        (line, following)
        for line, following, blank in zip(lines, lines[1:], blank_lines[1:], strict=False)
        if blank == 0 and following[0].islower() and (line[-1].isalnum() or line[-1] in ",;-\u2013")
    ]
    if len(breaks) < _LEAST_BREAKS:
        return None
    width = max(len(line) for line, _ in breaks)
    if width not in _WIDTHS:
        return None
    if sum(len(line) > width for line in lines) > (1 - _SHARE) * len(lines):
        return None
    for room in (float(width), _RAGGED * width):
        full = sum(_extent(line, following) > room for line, following in breaks)
        if full >= _SHARE * len(breaks):
            return Wrapping(width, room)
    return None


def join(lines: Sequence[str]) -> str:
    """Return the lines of one paragraph as one line.

    A space stands for each break; none behind a hyphen inside a word and none between two
    characters of a script without spaces.
    """
    parts = [lines[0]]
    for former, line in pairwise(lines):
        hyphen = former[-1] == "-" and former[-2:-1].isalpha()
        parts.append("" if hyphen or (is_unspaced(former[-1]) and is_unspaced(line[0])) else " ")
        parts.append(line)
    return "".join(parts)


def _extent(line: str, following: str) -> int:
    """Return the length that a line would have with the next line's first word in it."""
    return len(line) + 1 + len(following[:130].split(maxsplit=1)[0])
