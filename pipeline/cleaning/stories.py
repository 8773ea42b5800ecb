"""Where one story ends and the next begins in a text that holds several.

Every block that could open a story gets points for what stands on and around it. Points are high
for things that a subheading never has: the line comes twice, a byline or a caption follows, the
words before and behind it have nothing in common. Cutting one article in two is worse than
missing a cut, so a boundary needs several kinds of evidence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from pipeline.cleaning.agencies import is_agency
from pipeline.cleaning.cohesion import bag, cosine, share
from pipeline.cleaning.evidence import Evidence
from schemas.roles import Role

Inside = dict[int, tuple[Role, int]]
"""The blocks of sections, see `sections`."""

_WINDOW: Final = 6
"""Paragraphs on each side that are compared."""

_LEAST_PROSE: Final = 2
"""Paragraphs that a story has at least."""

_LEAST_WORDS: Final = 45
"""Words of prose that a story has at least."""

_VOCABULARY: Final = 500
"""Paragraphs whose words are counted to tell common words from telling ones."""

_THRESHOLD: Final = 7.0
_MOST_COHESION: Final = 3.0
_MOST_TITLE: Final = 1.5
"""Points that differing words and a title that fits give at most: to compare words is dear, and
without so many other points it is in vain."""

_NEAR: Final = 8
"""Blocks below a title in which it comes again, and its dateline stands."""

_OPENING: Final = 3
"""Paragraphs that may stand above an agency's text: what a page or its editors say of it."""

_MOST_DATES: Final = 3
_BESIDE: Final = 3
"""Blocks above a story's day that may be the page's."""

_MOST_DATELINES: Final = 0.4
"""Share of the paragraphs from which on "JOAN: …" names a speaker and no place."""


def story_starts(
    lines: Sequence[Evidence],
    inside: Inside,
    possible: Sequence[PossibleStart] | None = None,
) -> tuple[int, ...]:
    """Return the index of each story's first block: always 0, then the boundaries in order.

    `inside` gives the blocks that belong to a section (see `sections`): there only a line that
    comes twice or has its own byline can open a story. `possible` is what `possible_starts`
    returns for them, if the caller has asked already.
    """
    if not lines:
        return ()
    if possible is None:
        possible = possible_starts(lines, inside)
    prose = _prose(lines, inside)
    starts = [0]
    vocabulary = _Vocabulary(lines, prose)
    compared: tuple[Sequence[int], Sequence[int]] = ((), ())
    one = other = vocabulary.of(())
    alike = 0.0
    behind_start = 0
    for index, signs in possible:
        if index < behind_start:
            continue
        here = bisect_left(prose, index)
        before = prose[max(bisect_left(prose, starts[-1]), here - _WINDOW) : here]
        behind = prose[here : here + _WINDOW]
        if not (_is_story(lines, before) and _is_story(lines, behind)):
            continue
        if (before, behind) != compared:
            compared = (before, behind)
            one, other = vocabulary.of(before), vocabulary.of(behind)
            alike = _cohesion_points(cosine(one, other, vocabulary.common))
        score = signs + alike
        if lines[index].is_title_like:
            title = vocabulary.of([index])
            score += _MOST_TITLE * (share(title, other) - share(title, one))
        if score >= _THRESHOLD:
            starts.append(index)
            behind_start = behind[0] + 1
    return tuple(starts)


def possible_starts(lines: Sequence[Evidence], inside: Inside) -> list[PossibleStart]:
    """Return the blocks that begin a story if the words before and behind them differ enough."""
    prose = _prose(lines, inside)
    gaps = sorted(line.blank_lines for line in lines[1:])
    usual_gap = gaps[len(gaps) // 2] if gaps else 0
    firsts = _firsts(lines, prose)
    found: list[PossibleStart] = []
    for index in range(1, len(lines)):
        signs = _outward_signs(lines, index, usual_gap, index in inside, firsts)
        by_title = _MOST_TITLE if lines[index].is_title_like else 0.0
        if signs + _MOST_COHESION + by_title >= _THRESHOLD:
            found.append(PossibleStart(index, signs))
    return found


def _prose(lines: Sequence[Evidence], inside: Inside) -> list[int]:
    return [i for i, line in enumerate(lines) if line.is_prose and i not in inside]


class PossibleStart(NamedTuple):
    """A block that may begin a story, and its points for all that is not its words' meaning."""

    block: int
    signs: float


class _Firsts(NamedTuple):
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


def _firsts(lines: Sequence[Evidence], prose: Sequence[int]) -> _Firsts:
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
    return _Firsts(next(of_agency, none), byline, signed, talk, body, dated)


def is_of_agency(line: Evidence) -> bool:
    """Whether a line begins with an agency's dateline; "Life insurance (LI) – …" does not."""
    dateline = line.dateline
    if dateline is None or dateline.agency is None or not line.shape.is_paragraph:
        return False
    # Scripts without capitals have none to show.
    return dateline.place == dateline.place.upper() or is_agency(dateline.agency)


class _Vocabulary:
    """The words of a page's lines, counted when first asked for."""

    def __init__(self, lines: Sequence[Evidence], prose: Sequence[int]) -> None:
        self._lines = lines
        self._prose = prose[:_VOCABULARY]
        self._bags: dict[int, Counter[str]] = {}

    def of(self, indices: Iterable[int]) -> Counter[str]:
        """Return the counts over some lines together."""
        words: Counter[str] = Counter()
        for i in indices:
            if i not in self._bags:
                self._bags[i] = bag([self._lines[i].text])
            words.update(self._bags[i])
        return words

    @cached_property
    def common(self) -> Counter[str]:
        """The counts over all paragraphs."""
        return self.of(self._prose)


def _is_story(lines: Sequence[Evidence], prose: Sequence[int]) -> bool:
    words = sum(lines[p].shape.words for p in prose)
    return len(prose) >= _LEAST_PROSE and words >= _LEAST_WORDS


def _cohesion_points(alike: float) -> float:
    if alike < 0.04:
        return _MOST_COHESION
    if alike < 0.08:
        return 2.0
    if alike < 0.14:
        return 1.0
    return -1.0 if alike < 0.25 else -3.0


def _outward_signs(
    lines: Sequence[Evidence], index: int, usual_gap: int, in_section: bool, firsts: _Firsts
) -> float:
    """Return the points of a boundary before a block for all that is not its words' meaning."""
    line = lines[index]
    if line.repeats and not line.shape.is_paragraph:
        return 0.0
    if line.is_title_like:
        points = _title_signs(lines, index)
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


def _dateline_signs(line: Evidence, index: int, firsts: _Firsts) -> float:
    """Return the points for a paragraph that begins with a dateline.

    An agency's text has one of them, at its beginning: a second one, or one behind some paragraphs
    without, opens another text.
    """
    if not is_of_agency(line):
        return 2.5
    return 8.0 if firsts.dateline < index else 5.5 if index >= firsts.body else 2.5


def _byline_signs(lines: Sequence[Evidence], index: int, firsts: _Firsts) -> float:
    """Return the points for "By Ann Lee" between two paragraphs, above which others have signed."""
    before, behind = lines[index - 1], lines[index + 1 : index + 2]
    if not before.is_prose or not behind or not behind[0].is_prose:
        return 0.0
    is_new = firsts.byline < index and firsts.signed[lines[index].text] == index
    return 4.5 if is_new else 0.0


def _date_signs(lines: Sequence[Evidence], index: int, firsts: _Firsts) -> float:
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
