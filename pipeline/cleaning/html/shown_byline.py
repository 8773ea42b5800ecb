"""Who wrote, as readers see it beside an article, where neither data nor marks of the page say so.

`Posted by Ann Lee at 22:10` behind the text, or a name alone above or below the day. The tree takes
such lines for furniture, which they are as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.dates import dated
from pipeline.cleaning.html.elements import WITHIN_BIT
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.people import is_nobody
from pipeline.cleaning.html.shown_day import bounds_of, places_beside
from pipeline.cleaning.html.visible import HtmlPage, Place
from pipeline.cleaning.labels import Label
from pipeline.cleaning.names import is_full_name
from schemas.roles import TEXT_ROLES, Role

_LONGEST: Final = 90
"""Characters of the longest line that is read."""
_NAME_WORDS: Final = 4
_SCORE: Final = 0.75
_MANY: Final = 2
"""So many further lines of the same words and another number are a list."""
_TAKEN: Final = TEXT_ROLES | {Role.HEADLINE, Role.CAPTION, Role.COMMENT}
"""Roles of lines that say something else."""
_OF_A_DAY: Final = re.compile(r"(?:vom|del|du|of|van)\b", re.IGNORECASE)
"""Words that make a day part of a name: `Minutes of the board of 5 August`."""


def with_shown_byline(facts: PageFacts, page: HtmlPage, labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels with the line that says who wrote as a byline, if nothing else says it.

    They come back as they are where the page's data name an author, or a line is a byline.
    """
    if facts.authors is not None or facts.organisations is not None:
        return labels
    if any(label.role is Role.BYLINE and label.story == 0 for label in labels):
        return labels
    number = shown_byline(page, labels)
    if number is None:
        return labels
    marked = list(labels)
    marked[number] = Label(Role.BYLINE, 0, _SCORE, "rule: who wrote, beside headline or text")
    return marked


def shown_byline(page: HtmlPage, labels: Sequence[Label]) -> int | None:
    """Return the block near the headline, or right behind the text, that says who wrote."""
    bounds = bounds_of(labels)
    if bounds is None:
        return None
    blocks = page.page.blocks
    for number in places_beside(*bounds, len(blocks)):
        line = blocks[number].text
        if (
            len(line) > _LONGEST
            or labels[number].role in _TAKEN
            or _is_of_another(page, number, number > bounds[2])
        ):
            continue
        found = parse_byline(line)
        if found is None or not found.authors or _OF_A_DAY.match(found.day or ""):
            continue
        if _is_one_of_many(page, labels, number, found.authors[0]):
            continue
        if found.marked or (_is_name(line, page.places[number]) and _has_day_beside(page, number)):
            return number
    return None


def _is_of_another(page: HtmlPage, number: int, behind: bool) -> bool:
    """Whether a block is part of a quotation, or behind the text of a list."""
    within = page.places[number].within
    return within & WITHIN_BIT["blockquote"] > 0 or (behind and within & WITHIN_BIT["li"] > 0)


def _is_name(line: str, place: Place) -> bool:
    words = line.split()
    if place.heading or not 2 <= len(words) <= _NAME_WORDS or not is_full_name(line):
        return False
    return not any(map(is_nobody, words))


def _has_day_beside(page: HtmlPage, number: int) -> bool:
    blocks = page.page.blocks
    beside = (blocks[i].text for i in (number - 1, number + 1) if 0 <= i < len(blocks))
    return any(len(text) <= _LONGEST and dated(text) is not None for text in beside)


def _is_one_of_many(page: HtmlPage, labels: Sequence[Label], number: int, name: str) -> bool:
    """Whether further lines beside the text are the same words and another number."""
    own = page.page.blocks[number].text
    if not any(map(str.isdigit, own)):
        return False
    start = own[: own.find(name) + len(name)]
    lines = zip(page.page.blocks, labels, strict=True)
    others = {
        block.text
        for block, label in lines
        if label.role not in TEXT_ROLES
        and len(block.text) <= _LONGEST
        and block.text.startswith(start)
        and any(map(str.isdigit, block.text))
    }
    return len(others - {own}) >= _MANY
