"""What stands on and around a line that may open another story, other than its words' meaning.

Points are high for things that a subheading never has: the line comes twice, a byline or a caption
follows, a name that the paragraphs do not speak of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.cleaning.agencies import is_agency
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.months import MONTHS

WINDOW: Final = 6
"""Paragraphs on each side that are looked at."""

_NEAR: Final = 8
"""Blocks below a title in which it comes again, and its dateline stands."""

_OPENING: Final = 3
"""Paragraphs that may stand above an agency's text: what a page or its editors say of it."""

_MOST_DATES: Final = 3

_BESIDE: Final = 3
"""Blocks above a story's day that may be the page's."""

_PLACE_AND_DAY: Final = re.compile(
    r"(?P<place>[^\W\d_]{3,}(?:[ -][^\W\d_]{2,}){0,2})[,،] ?"
    r"(?:\d{1,2}\.? (?P<m1>[^\W\d_]{3,12})|(?P<m2>[^\W\d_]{3,12})\.? \d{1,2})\.?"
)

_STEM: Final = 4
"""Letters of a name that stay however it is inflected."""

_MOST_DATELINES: Final = 0.4
"""Share of the paragraphs from which on "JOAN: …" names a speaker and no place."""


class Firsts(NamedTuple):
    """What a page has once: the first block with an agency's dateline and the first byline.

    `dated` are the blocks that are a day of publication, `signed` gives the first block of every
    byline. `talk`: the datelines are a talk's speakers. `body` is the first block behind the page's
    opening paragraphs.
    """

    dateline: int
    byline: int
    signed: dict[str, int]
    talk: bool
    body: int
    dated: Sequence[int]


def firsts_of(lines: Sequence[Evidence], prose: Sequence[int]) -> Firsts:
    """Return what a page has once; `prose` are its paragraphs outside of sections, in order."""
    of_agency = (i for i, line in enumerate(lines) if is_of_agency(line))
    signed: dict[str, int] = {}
    for i, line in enumerate(lines):
        if line.byline is not None:
            signed.setdefault(line.text, i)
    talk = sum(lines[i].dateline is not None for i in prose) > _MOST_DATELINES * len(prose)
    none = len(lines)
    body = prose[_OPENING] if len(prose) > _OPENING else none
    dated = [i for i, line in enumerate(lines) if line.date is not None and line.date.published]
    byline = min(signed.values(), default=none)
    return Firsts(next(of_agency, none), byline, signed, talk, body, dated)


def is_of_agency(line: Evidence) -> bool:
    """Whether a line begins with an agency's dateline; "Life insurance (LI) – …" does not."""
    dateline = line.dateline
    if dateline is None or dateline.agency is None or not line.shape.is_paragraph:
        return False
    # Scripts without capitals have none to show.
    return dateline.place == dateline.place.upper() or is_agency(dateline.agency)


def outward_signs(
    lines: Sequence[Evidence], index: int, usual_gap: int, in_section: bool, firsts: Firsts
) -> float:
    """Return the points of a boundary before a block for all that is not its words' meaning."""
    line = lines[index]
    if line.repeats and not line.shape.is_paragraph:
        return 0.0
    if line.is_title_like:
        points = max(
            _title_signs(lines, index),
            _name_signs(lines, index, firsts),
            _place_signs(lines, index, firsts),
        )
    elif line.dateline is not None and line.shape.is_paragraph and not firsts.talk:
        points = _dateline_signs(line, index, firsts)
    elif line.byline is not None and line.byline.marked:
        points = _byline_signs(lines, index, firsts)
    elif line.date is not None and line.date.published:
        points = _date_signs(lines, index, firsts)
    elif line.is_prose:
        points = 0.0
    else:
        return 0.0
    if line.blank_lines > usual_gap:
        points += 1.5 if line.blank_lines == usual_gap + 1 else 2.5
    if lines[index - 1].credit is not None:
        points += 2.0
    return points - 3.0 if in_section else points


def _dateline_signs(line: Evidence, index: int, firsts: Firsts) -> float:
    """Return the points for a paragraph that begins with a dateline.

    An agency's text has one of them, at its beginning: a second one, or one behind some paragraphs
    without, opens another text.
    """
    if not is_of_agency(line):
        return 2.5
    return 8.0 if firsts.dateline < index else 5.5 if index >= firsts.body else 2.5


def _byline_signs(lines: Sequence[Evidence], index: int, firsts: Firsts) -> float:
    """Return the points for "By Ann Lee" between two paragraphs, above which others have signed."""
    behind = lines[index + 1 : index + 2]
    if not _is_below_prose(lines, index) or not behind or not behind[0].is_prose:
        return 0.0
    is_new = firsts.byline < index and firsts.signed[lines[index].text] == index
    return 4.5 if is_new else 0.0


def _name_signs(lines: Sequence[Evidence], index: int, firsts: Firsts) -> float:
    """Return the points for a person's name alone between paragraphs that do not speak of them.

    A subheading of one is followed by what the person does or says.
    """
    byline = lines[index].byline
    if byline is None or byline.marked or len(byline.authors) != 1 or index <= firsts.body:
        return 0.0
    behind = lines[index + 1 : index + 2]
    if not _is_below_prose(lines, index) or not behind or not behind[0].shape.is_paragraph:
        return 0.0
    around = range(max(0, index - WINDOW), min(len(lines), index + 1 + WINDOW))
    said = " ".join(lines[i].text for i in around if i != index).casefold()
    # Names are inflected, so their beginnings are looked for.
    parts = [part[:_STEM] for part in byline.authors[0].casefold().split() if len(part) >= _STEM]
    return 4.5 if parts and not any(part in said for part in parts) else 0.0


def _place_signs(lines: Sequence[Evidence], index: int, firsts: Firsts) -> float:
    """Return the points for a place and a day on a line of their own: `VOLOGDA, October 9`."""
    if index <= firsts.body or not is_place_and_day(lines[index].text):
        return 0.0
    behind = lines[index + 1 : index + 2]
    if not behind or not behind[0].shape.is_paragraph or not _is_below_prose(lines, index):
        return 0.0
    return 4.5


def is_place_and_day(text: str) -> bool:
    """Whether a line is a place in capitals, as far as its script has them, and a day."""
    found = _PLACE_AND_DAY.fullmatch(text)
    if found is None or found["place"] != found["place"].upper():
        return False
    return (found["m1"] or found["m2"]).casefold() in MONTHS


def _is_below_prose(lines: Sequence[Evidence], index: int) -> bool:
    """Whether a paragraph stands above a line, with little of a page's between them."""
    return any(line.is_prose for line in lines[max(0, index - _BESIDE) : index])


def _date_signs(lines: Sequence[Evidence], index: int, firsts: Firsts) -> float:
    """Return the points for a day between two paragraphs, where another day stands above all.

    More than `_MOST_DATES` days are a diary's or a chronicle's.
    """
    if index == firsts.dated[0] or len(firsts.dated) > _MOST_DATES or firsts.dated[0] > firsts.body:
        return 0.0
    above = (line for line in reversed(lines[max(0, index - _BESIDE) : index]))
    before = next((line for line in above if not line.is_furniture), None)
    behind = lines[index + 1 : index + 2]
    if before is None or not before.is_prose or not behind or not behind[0].shape.is_paragraph:
        return 0.0
    return 4.5 if index > firsts.body else 0.0


def _title_signs(lines: Sequence[Evidence], index: int) -> float:
    """Return the points for what a title is like, and for what stands below it."""
    words = lines[index].shape.words
    near = lines[index + 1 : index + 1 + _NEAR]
    points = 1.5 if words >= 5 else -1.0 if words < 3 else 0.0
    points += 1.0 if near and near[0].caption is not None else 0.0
    points += 3.0 if any(line.repeats == index for line in near) else 0.0
    placed = [line.dateline is not None and line.shape.is_paragraph for line in near[:5]]
    if any(placed):
        points += 3.0 if any(placed[:2]) else 2.0
    for line in near[:4]:
        if line.shape.is_paragraph:
            break
        if line.byline is not None or line.date is not None:
            marked = line.byline is not None and line.byline.marked
            # Right below a title "By Ann Lee" makes it a headline: no subheading has it.
            points += (3.5 if line is near[0] else 2.0) if marked else 1.0
            break
    return points
