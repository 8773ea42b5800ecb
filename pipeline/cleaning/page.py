"""A page as the labeller sees it: a decoded text and its blocks, with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from pipeline.cleaning.wrapping import join, wrapping_of

_BREAKS: Final = "\n\r\v\f\u2028\u2029"
"""Characters that end a line, as any reader would end it there: LF, CR (and CR LF), vertical tab,
form feed, the Unicode line and paragraph separators. U+0085 is not among them: in real bundles
it is an ellipsis of a wrong encoding in the middle of a sentence."""

_COMMON_GAPS: Final = {"\n": 1, "\n\n": 2, "\r\n": 1, "\r\n\r\n": 2}

_LINE: Final = re.compile(f"[^{_BREAKS}]+")


MAX_BLOCKS: Final = 50_000
"""Lines of the longest text that is labelled. A book has some 10,000; more is a table or a log, and
the ledger row of 16 MB of one-letter lines would be a gigabyte."""


class TooManyBlocksError(ValueError):
    """A text has more lines than `MAX_BLOCKS`."""


class Block(NamedTuple):
    """One line of a text, or one paragraph of a hard-wrapped text, without white space around it.

    `number` counts the page's blocks from 0; `start` and `end` are offsets in characters of the
    page's text; `text` is that stretch of it, its lines joined into one where the text is
    hard-wrapped; `blank_lines` counts the empty lines between the block and the one before it, and
    is 0 for the first block.
    """

    number: int
    start: int
    end: int
    text: str
    blank_lines: int


@dataclass(frozen=True, slots=True)
class Page:
    """A document's text and its blocks, in reading order."""

    text: str
    blocks: tuple[Block, ...]


def page_from_text(text: str) -> Page:
    """Cut a decoded text into blocks, one for every line that is not white space alone.

    In a text whose lines are broken at a fixed width (see `wrapping_of`) a block is a paragraph.

    Raises:
        TooManyBlocksError: There are more than `MAX_BLOCKS` lines.
    """
    blocks: list[Block] = []
    behind = 0
    for line in _LINE.finditer(text):
        ink = line.group().strip()
        if not ink:
            continue
        if len(blocks) == MAX_BLOCKS:
            raise TooManyBlocksError(f"the text has more than {MAX_BLOCKS:,} lines")
        start = text.index(ink, line.start())
        blank = _line_breaks(text[behind : line.start()]) - 1 if blocks else 0
        blocks.append(Block(len(blocks), start, start + len(ink), ink, blank))
        behind = line.end()
    return Page(text, _unwrapped(blocks))


def undivided(text: str) -> Page:
    """Return a text as one block, for a document that is not labelled."""
    return Page(text, (Block(0, 0, len(text), text, 0),))


def _unwrapped(lines: Sequence[Block]) -> tuple[Block, ...]:
    """Join the lines of each paragraph where the text is hard-wrapped."""
    wrapping = wrapping_of([line.text for line in lines], [line.blank_lines for line in lines])
    if wrapping is None:
        return tuple(lines)
    paragraphs = [[lines[0]]]
    for former, line in pairwise(lines):
        if line.blank_lines == 0 and wrapping.continues(former.text, line.text):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return tuple(
        Block(
            number,
            part[0].start,
            part[-1].end,
            join([line.text for line in part]),
            part[0].blank_lines,
        )
        for number, part in enumerate(paragraphs)
    )


def _line_breaks(gap: str) -> int:
    """Return how many lines end in a run of white space; CR LF counts once."""
    if gap in _COMMON_GAPS:
        return _COMMON_GAPS[gap]
    return sum(map(gap.count, _BREAKS)) - gap.count("\r\n")
