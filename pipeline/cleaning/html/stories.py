"""Several articles in one page, as an infinite scroll leaves them: where each of them stands.

Stories are found by their dress, not by their words: each has an element of its own with a
headline, a date or an author, and paragraphs. Cutting one article in two is worse than missing a
cut, so all of these must be there, twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.cleaning.html.class_words import NAMES as MEANINGS
from pipeline.cleaning.html.elements import INLINE_BIT, WITHIN_BIT
from pipeline.cleaning.html.visible import HtmlPage, Place
from pipeline.cleaning.model.arrays import Floats, Mask

_LEAST_WORDS: Final = 80
_LEAST_PARAGRAPHS: Final = 3
"""Prose that each story holds at least; teasers have less."""
HEADLINE_LEVEL: Final = 2
"""Headlines are h1, or h2 in an `article`."""
TITLE_WORDS: Final = 3
_MOST_STORIES: Final = 20
_LINKED: Final = 3
"""Characters in links for each word from which on a paragraph is mostly links."""


def _bits(*names: str) -> int:
    return sum(1 << MEANINGS.index(name) for name in names)


_ELSEWHERE: Final = _bits("comment", "related", "faq", "recipe", "quote")
_SIGNED: Final = _bits("author", "date")
_TIME: Final = INLINE_BIT["time"]
_ASIDE: Final = WITHIN_BIT["aside"] | WITHIN_BIT["nav"] | WITHIN_BIT["footer"]


def is_elsewhere(place: Place) -> bool:
    """Whether a block stands where no page has its articles."""
    return bool(place.far & _ELSEWHERE or place.within & _ASIDE or place.hidden)


class Region(NamedTuple):
    """The blocks of one story: from `start` to before `end`."""

    start: int
    end: int


def story_regions(page: HtmlPage, prose: Mask, units: Floats) -> tuple[Region, ...]:
    """Return the regions of a page's stories in order, or none where it holds a single story.

    `prose` bool[n] tells paragraphs, `units` float32[n] counts words.
    """
    numbers = [place.number for place in page.places]
    for owners in (_articles(page), _headed(page, units)):
        if len(owners) < 2:
            continue
        regions: list[Region] = []
        titles = set()
        for owner in owners:
            region = _region(page, numbers, owner)
            if region is None:
                continue
            head = _story_head(page, region, prose, units)
            if head is not None and (not regions or regions[-1].end <= region.start):
                regions.append(region)
                titles.add(page.page.blocks[head].text)
        if 1 < len(regions) <= _MOST_STORIES and len(titles) == len(regions):
            return tuple(regions)
    return ()


def _articles(page: HtmlPage) -> list[int]:
    """Return the `article` elements that stand in no other and hold text, in order."""
    found: dict[int, None] = {}
    known = set()
    for place in page.places:
        number = place.number
        if place.within & WITHIN_BIT["article"] and number not in known:
            known.add(number)
            above = place.path.split("/")
            for _ in range(len(above) - 1 - above.index("article")):
                number = page.parents[number]
            found[number] = None
    return list(found)


def _headed(page: HtmlPage, units: Floats) -> list[int]:
    """Return for each h1 of one path the largest element around it that holds no other."""
    paths: dict[str, list[int]] = {}
    for number, place in enumerate(page.places):
        if place.heading == 1 and units[number] >= TITLE_WORDS and not place.hidden:
            paths.setdefault(place.path, []).append(place.number)
    heads = max(paths.values(), key=len, default=[])
    holding: dict[int, int] = {}
    for head in heads:
        around = head
        while around >= 0:
            holding[around] = holding.get(around, 0) + 1
            around = page.parents[around]
    owners = []
    for head in heads:
        owner = head
        while page.parents[owner] >= 0 and holding[page.parents[owner]] == 1:
            owner = page.parents[owner]
        owners.append(owner)
    return owners


def _region(page: HtmlPage, numbers: Sequence[int], owner: int) -> Region | None:
    """Return the blocks inside an element, which stand together; None if there are few."""
    # Elements are numbered in the order of the markup: those inside one follow it.
    parents = page.parents
    end = next((n for n in range(owner + 1, len(parents)) if parents[n] < owner), len(parents))
    inside = [n for n, number in enumerate(numbers) if owner <= number < end]
    if len(inside) <= _LEAST_PARAGRAPHS:
        return None
    return Region(inside[0], inside[-1] + 1)


def _story_head(page: HtmlPage, region: Region, prose: Mask, units: Floats) -> int | None:
    """Return the headline of a region that is dressed as a story, None of any other."""
    head: int | None = None
    words, paragraphs, signed = 0.0, 0, False
    for number in range(region.start, region.end):
        place = page.places[number]
        if is_elsewhere(place):
            continue
        signed = signed or bool((place.near | place.inline) & _SIGNED or place.marks & _TIME)
        if head is None:
            if 0 < place.heading <= HEADLINE_LEVEL and units[number] >= TITLE_WORDS:
                head = number
        elif prose[number] and place.linked <= _LINKED * units[number]:
            words += float(units[number])
            paragraphs += 1
    is_story = signed and words >= _LEAST_WORDS and paragraphs >= _LEAST_PARAGRAPHS
    return head if is_story else None
