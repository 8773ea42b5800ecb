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

from pipeline.cleaning.cohesion import bag, cosine, share
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.story_signs import WINDOW, firsts_of, outward_signs
from schemas.roles import Role

Inside = dict[int, tuple[Role, int]]
"""The blocks of sections, see `sections`."""

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
        before = prose[max(bisect_left(prose, starts[-1]), here - WINDOW) : here]
        behind = prose[here : here + WINDOW]
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
    firsts = firsts_of(lines, prose)
    found: list[PossibleStart] = []
    for index in range(1, len(lines)):
        signs = outward_signs(lines, index, usual_gap, index in inside, firsts)
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
