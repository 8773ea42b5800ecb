"""The day that readers see beside an article's headline, where the page's data give none.

Pages without metadata show it in a line of its own or among other things: `Culture, 2 May 2024`,
`Ann Lee · May 2, 2024 · 7 comments`. Such a line is no date line, and other stories' days look the
same; but between the headline and the text, or right above them, it is the article's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.dates import DateLine, dated, parse_date_line
from pipeline.cleaning.html.class_words import bits_of
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.html.visible import HtmlPage, Place
from pipeline.cleaning.labels import Label
from pipeline.cleaning.language import identify, writes_day_first
from pipeline.cleaning.shape import shape_of
from pipeline.cleaning.signature import parse_signature
from schemas.roles import TEXT_ROLES, Role

_LONGEST: Final = 150
"""Characters of the longest line whose day is looked at."""
_ABOVE: Final = 10
"""Blocks above the text in which the day stands where no headline is known."""
_OVER: Final = 4
"""Blocks above the headline in which it stands."""
_UNDER: Final = 12
"""Blocks below the headline in which it stands."""
_INTO: Final = 2
"""Blocks of the text that may come before it."""
_BEHIND: Final = 12
"""Blocks behind the text in which a line that says what its day is of can stand."""
_WORDS: Final = 8
"""Words of the longest line that a model kept as text and that gives a day all the same."""
_LINK: Final = 70
"""Characters of the longest line that is all a link; a longer one is another story's headline."""

_DATE: Final = bits_of(("date",))
_ELSEWHERE: Final = bits_of(
    "comment related references event product embed search login consent advert".split()
)
"""Meanings of classes on days that are not the article's, unless they say that they are a date."""
_AUTHOR: Final = bits_of(("author",))
_QUOTING: Final = bits_of("comment related references".split())
"""Meanings of classes on what others wrote."""
_SAYS: Final = re.compile(
    r"publi|posted|written|created|updated|edited|modified|\bdate\b|veröffentlicht|erstellt|"
    r"geändert|gespeichert|aktualisiert|datum|\bstand\b|mis en ligne|mis à jour|fecha|"
    r"actuali[zs]ad|\bdata\b|atualizad|aggiornat|geplaatst|bijgewerkt|dodano|uppdaterad|oppdatert|"
    r"opdateret|опубликовано|\b(?:von|by|par|por|door|av|af)\s",
    re.I,
)
"""What a line behind the text says of its day."""

_OPENING: Final = re.compile(
    r"\((?P<inside>[^()]{6,30})\)\s|(?P<before>[^\s(].{5,28}?)\s*[–—-]\s"
    r"|(?P<release>[^\s(|][^|]{5,50}?)\s\|\s|(?P<bare>\d{1,2}\.\s?\d{1,2}\.\s?\d{4})\s"
)
"""What a text opens with that may be its day: `(18.01.2018) Farmers …`, `27 May 2022 – The …`,
`Press release of 25 January 2022 | Berlin – …`, `01.02.2022 The …`."""
_OPENINGS: Final = 3
"""First blocks of the text that are looked at for it."""

_SCORE: Final = 0.8
"""Of 185 such days in pages that were looked at 162 are those of publication, and of the other 23
most are those of a change."""


class ShownDay(NamedTuple):
    """The block that shows a day, and the days in it."""

    block: int
    days: DateLine


def with_shown_day(
    facts: PageFacts, page: HtmlPage, labels: Sequence[Label]
) -> tuple[PageFacts, Sequence[Label]]:
    """Return the facts with the day that readers see, and the labels with its line marked.

    The line becomes a date, or a byline where it names who wrote. Both come back as they are where
    the page's data give a day, or where no line shows one.
    """
    if not page.places:
        return facts, labels
    labels = _without_days_far_above(labels)
    if facts.date_published is not None:
        return facts, labels
    found = shown_day(page, labels)
    if found is None:
        return facts, labels
    number, days = found
    origin = f"block {number}"
    published = facts.date_published
    if days.published is not None:
        published = Fact(days.published, origin)
    modified = facts.date_modified
    if modified is None and days.modified is not None:
        modified = Fact(days.modified, origin)
    marked = list(labels)
    line = page.page.blocks[number].text
    if days.raw == line and labels[number].role is not Role.BYLINE:
        byline = parse_signature(line)
        role = Role.BYLINE if byline is not None and byline.marked else Role.DATE
        marked[number] = Label(role, 0, _SCORE, "rule: the day beside the headline")
    return replace(facts, date_published=published, date_modified=modified), marked


def shown_day(page: HtmlPage, labels: Sequence[Label]) -> ShownDay | None:
    """Return the day that stands nearest below the headline of the first story, or else above it.

    `labels` are those of the page's blocks. Behind the text only a line counts that says what its
    day is of.
    """
    bounds = bounds_of(labels)
    if bounds is None:
        return None
    head, first, last = bounds
    text = [number for number in range(first, last + 1) if labels[number].role in TEXT_ROLES]
    blocks = page.page.blocks
    day_first = writes_day_first(identify(" ".join(blocks[number].text for number in text[:3])))
    for number in places_beside(head, first, last, len(blocks)):
        line = blocks[number].text
        if len(line) > _LONGEST or not _may_be_own(page.places[number], line):
            continue
        if labels[number].role in TEXT_ROLES and not _is_no_text(line):
            continue
        if labels[number].role is Role.HEADLINE or (number > last and not _SAYS.search(line)):
            continue
        days = dated(line, day_first=day_first)
        if days is not None:
            return ShownDay(number, days)
    for number in text[:_OPENINGS]:
        opening = _OPENING.match(blocks[number].text)
        if opening is None:
            continue
        line = opening["inside"] or opening["before"] or opening["release"] or opening["bare"]
        read = dated if opening["release"] else parse_date_line
        days = read(line, day_first=day_first)
        if days is not None and days.published:
            return ShownDay(number, days)
    return None


def bounds_of(labels: Sequence[Label]) -> tuple[int | None, int, int] | None:
    """Return the blocks of the first story's headline, if it is above the text, and of the text.

    None where the story has no text.
    """
    own = [number for number, label in enumerate(labels) if label.story == 0]
    text = [number for number in own if labels[number].role in TEXT_ROLES]
    if not text:
        return None
    head = next((number for number in own if labels[number].role is Role.HEADLINE), None)
    if head is not None and head > text[0] + _INTO:
        head = None
    return head, text[0], text[-1]


def places_beside(head: int | None, first: int, last: int, count: int) -> Iterator[int]:
    """Yield the blocks in which a day, or who wrote, can stand, the likeliest first.

    `head` is the block of the headline, `first` and `last` those of the text, of `count` blocks.
    """
    if head is None:
        yield from range(first - 1, max(first - _ABOVE, 0) - 1, -1)
        yield first
    else:
        yield from range(head + 1, min(max(first, head) + _INTO, head + _UNDER, count - 1) + 1)
        yield from range(head - 1, max(head - _OVER, 0) - 1, -1)
        yield from range(head + _UNDER, first)
    yield from range(last + 1, min(last + _BEHIND, count - 1) + 1)


def _without_days_far_above(labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels without days far above the headline, where one stands below it.

    Such as the day on which somebody looks at the page.
    """
    bounds = bounds_of(labels)
    if bounds is None or bounds[0] is None:
        return labels
    head, first = bounds[0], bounds[1]
    below = labels[head + 1 : max(first + _INTO, head + _UNDER)]
    if not any(label.role is Role.DATE and label.story == 0 for label in below):
        return labels
    return [
        label._replace(role=Role.OTHER, reason="rule: a day far above the headline")
        if label.role is Role.DATE and label.story == 0 and number < head - _OVER
        else label
        for number, label in enumerate(labels)
    ]


def _may_be_own(place: Place, line: str) -> bool:
    """Whether a line may speak of the article, and not of another one or of an event."""
    meant = place.near | place.inline
    if meant & _ELSEWHERE and not meant & _DATE:
        byline = parse_byline(line) if meant & _AUTHOR and not meant & _QUOTING else None
        if byline is None or not byline.marked:
            return False
    return place.linked < len(line) or len(line) <= _LINK


def _is_no_text(line: str) -> bool:
    """Whether a line that was kept as text may be one beside a headline: short, no sentence."""
    shape = shape_of(line)
    return shape.words <= _WORDS and not shape.ends_sentence
