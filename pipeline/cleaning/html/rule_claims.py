"""What rules say of the blocks in and near a page's text.

Rules read a line at some cost, and most lines that trees are sure of are text. So those inside the
text are read in full only where their length, the words in classes or a year let them be metadata.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.claims import Claim
from pipeline.cleaning.evidence import Evidence, gather
from pipeline.cleaning.html.class_words import bits_of
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.labeller import GIVEN_TITLE, claims_of_story
from pipeline.cleaning.page import Block, Page
from pipeline.cleaning.sections import sections

_PLAIN: Final = 0.9
"""Chance from which on a block is taken for text unread. Out of fold nothing is lost by it, and by
.7 a thousandth of F1; below it phrases are looked for."""
_LONG: Final = 160
"""Characters from which on a block is longer than lines of metadata are."""
_MAY_BE_OTHER: Final = bits_of(
    "meta author bio date caption image video related share subscribe advert legal tags".split()
)
"""Meanings of classes on a block that may be no text though it reads like one."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
"""What a line holds that may be a date."""
_EDGE: Final = 3
"""Lines at both ends that are read in any case."""

_TOP: Final = 12
"""So are those above the first paragraph, where bylines stand, up to so many."""


def rule_claims(
    page: HtmlPage,
    read: Sequence[int],
    keep: Sequence[float],
    kept: Sequence[bool],
    head: int | None,
) -> tuple[dict[int, Claim], dict[int, Evidence]]:
    """Return the rules' claims on some blocks, and what was read off each, by block.

    `read` are the blocks, in order; `keep` and `kept` tell for every block of the page how likely
    it is text and whether it stays; `head` is the block of the headline, one of `read`, if known.
    """
    if not read:
        return {}, {}
    blocks = page.page.blocks
    near = tuple(
        Block(line, *blocks[number][1:4], min(line, 1)) for line, number in enumerate(read)
    )
    plain, doubtful = set(), set()
    long = (
        line
        for line, (number, block) in enumerate(zip(read, near, strict=True))
        if kept[number] and len(block.text) >= _LONG
    )
    top = max(_EDGE, min(next(long, 0), _TOP))
    for line, block in enumerate(near[top:-_EDGE], start=top):
        number = read[line]
        if kept[number]:
            place = page.places[number]
            if not _MAY_BE_OTHER & (place.near | place.inline):
                if keep[number] >= _PLAIN:
                    plain.add(line)
                elif not (len(block.text) < _LONG and _YEAR.search(block.text)):
                    doubtful.add(line)
            elif keep[number] >= _PLAIN and len(block.text) >= _LONG:
                plain.add(line)
    lines = gather(Page(page.page.text, near), plain, doubtful)
    headline = None if head is None else (read.index(head), GIVEN_TITLE)
    foreign = frozenset(line for line, number in enumerate(read) if not kept[number])
    claims = claims_of_story(lines, 0, len(lines), sections(lines), headline, foreign)
    return dict(zip(read, claims, strict=True)), dict(zip(read, lines, strict=True))
