"""Headings under which another article may begin: where a page's words are asked for a boundary.

A scroll that goes on appends whole articles, each in an element of its own. So do the parts of a
list of ten things; which of both it is the tree alone cannot tell, the words can: on 759 pages of
one article with 173 such headings the text model sees a boundary at the headings of one page, and
there it is right.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from pipeline.cleaning.html.stories import HEADLINE_LEVEL, TITLE_WORDS, Region, is_elsewhere
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.model.arrays import Floats, Mask

LEAST_WORDS: Final = 80
LEAST_PARAGRAPHS: Final = 3
"""Prose that stays before such a heading and in its element; a teaser has less."""
LEAST_CHANCE: Final = {1: 0.025, 2: 0.1}
"""Probability of a boundary from which on a story begins at a heading of that level. Out of fold,
of pages put together from two articles of one publisher all later headlines that are h1 have at
least .27; of single articles' headings the six of level 1 have 0, the 282 of level 2 up to .025."""
_MOST: Final = 50
"""So many headings are looked at; a page of more is a list."""


def later_headlines(page: HtmlPage, prose: Mask, kept: Mask, units: Floats) -> list[int]:
    """Return the headings (block numbers, in order) that may be the headline of a later story.

    Each stands in an element that holds nothing of the text before it. `prose` bool[n] tells
    paragraphs, `kept` bool[n] what stays in the text, `units` float32[n] counts words.
    """
    text = prose & kept
    around: set[int] = set()
    headed = False
    words, paragraphs = 0.0, 0
    found: list[int] = []
    for number, place in enumerate(page.places):
        is_heading = (
            0 < place.heading <= HEADLINE_LEVEL
            and units[number] >= TITLE_WORDS
            and not is_elsewhere(place)
        )
        if is_heading and words >= LEAST_WORDS and paragraphs >= LEAST_PARAGRAPHS:
            owner = _outermost(page, place.number, around)
            if owner is not None and _holds_story(page, owner, number, text, units):
                found.append(number)
        headed = headed or is_heading
        if headed and (is_heading or kept[number]):
            _add_elements_around(page, place.number, around)
        if headed and text[number]:
            words += float(units[number])
            paragraphs += 1
    return found if len(found) <= _MOST else []


def regions_of(starts: list[int], length: int) -> tuple[Region, ...]:
    """Return the stories of a page of `length` blocks that is cut at `starts`, none if at none."""
    if not starts:
        return ()
    edges = [0, *starts, length]
    return tuple(Region(low, high) for low, high in pairwise(edges))


def _add_elements_around(page: HtmlPage, number: int, around: set[int]) -> None:
    while number >= 0 and number not in around:
        around.add(number)
        number = page.parents[number]


def _outermost(page: HtmlPage, number: int, used: set[int]) -> int | None:
    """Return the largest element around one (or it) that is not in `used`, None if it is."""
    outermost = None
    while number >= 0 and number not in used:
        outermost = number
        number = page.parents[number]
    return outermost


def _holds_story(page: HtmlPage, owner: int, head: int, text: Mask, units: Floats) -> bool:
    """Whether enough prose stands in an element from one of its blocks on."""
    words, paragraphs = 0.0, 0
    for number in range(head, len(page.places)):
        # Elements are numbered in the order of the markup; an element's text stands together.
        if not _is_inside(page, page.places[number].number, owner):
            break
        if text[number]:
            words += float(units[number])
            paragraphs += 1
        if words >= LEAST_WORDS and paragraphs >= LEAST_PARAGRAPHS:
            return True
    return False


def _is_inside(page: HtmlPage, number: int, owner: int) -> bool:
    while number > owner:
        number = page.parents[number]
    return number == owner
