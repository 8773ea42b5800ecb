"""How many of a text's words go on behind a gap: few where another subject begins.

A word that stands in several blocks of one article comes again on both sides of most gaps; words of
two articles that were pasted together end, or begin, where they meet. Chance alone is taken into
account: a word of f blocks would fall on both sides of a gap at the share q of the text with the
probability 1 - q^f - (1 - q)^f (after TextTiling, Hearst 1997, with words in place of cosines).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Doubles, Ints, Mask

WINDOWS: Final = (4, 12, 30)
"""Kept blocks to either side of a gap that are compared; and the whole text is."""

NAMES: Final = (
    "crossing_all",
    "room_all",
    *(f"{name}_{width}" for width in WINDOWS for name in ("crossing", "room", "likeness")),
)
"""Names of the rows of `crossings`."""

CROSSINGS: Final = tuple(i for i, name in enumerate(NAMES) if name.startswith("crossing"))
"""Rows of `crossings` that are compared with those of the page's other gaps."""

_FAR: Final = 10**9
_AT_ONCE: Final = 1_000_000
"""So many chances are computed at a time: a hostile page has 50,000 gaps and words of thousands of
frequencies."""
_NOTHING: Final = 0.5
"""Added to both sides of a share, so that few words say little."""


def repeated_in(word: Ints, block: Ints, kept: Mask) -> tuple[Ints, Ints]:
    """Return the words that stand in several kept blocks, and the places of these among the kept.

    `word` and `block` int64[r] say which repeated word stands in which block, sorted by both, each
    pair once; `kept` bool[n] which blocks stay in the text.
    """
    stays = kept.take(block)
    word, place = word[stays], (kept.cumsum() - 1).take(block[stays])
    same = word[1:] == word[:-1]
    several = np.zeros(len(word), np.bool_)
    several[1:] = same
    several[:-1] |= same
    return word[several], place[several]


def crossings(word: Ints, place: Ints, m: int) -> Doubles:
    """Return figures of every gap between m kept blocks: float64[len(NAMES), gaps].

    `word` and `place` int64[r] as `repeated_in` gives them. Gap g lies before the kept block g + 1.
    """
    if m < 2:
        return np.zeros((len(NAMES), 0))
    out = np.zeros((len(NAMES), m + 1))
    if not len(word):
        out[0] = 1
        out[2::3] = out[4::3] = _NOTHING / (_NOTHING + 1)
        return out[:, 1:m]
    same = word[1:] == word[:-1]
    begins = np.concatenate([np.zeros(1, np.int64), (~same).nonzero()[0] + 1])
    frequency = np.diff(np.append(begins, len(word)))
    weight = np.log((m + 1) / frequency)
    first, last = place[begins], place[begins + frequency - 1]
    crossing = _covered(first + 1, last + 1, weight, m)
    expected = _expected(frequency, weight, m)
    out[0] = (crossing + _NOTHING) / (expected + _NOTHING)
    out[1] = np.log1p(expected)
    each = weight.repeat(frequency)
    following, former = np.full(len(place), _FAR), np.full(len(place), -_FAR)
    following[:-1][same] = place[1:][same]
    former[1:][same] = place[:-1][same]
    goes_on = (following < _FAR).nonzero()[0]
    low, high, carried = place[goes_on], following[goes_on], each[goes_on]
    for number, width in enumerate(WINDOWS):
        both = _covered(
            np.maximum(low + 1, high - width + 1), np.minimum(high, low + width) + 1, carried, m
        )
        left = _covered(place + 1, np.minimum(place + width, following) + 1, each, m)
        right = _covered(np.maximum(place - width, former) + 1, place + 1, each, m)
        least = np.minimum(left, right)
        own = out[2 + 3 * number :]
        own[0] = (both + _NOTHING) / (least + _NOTHING + 1)
        own[1] = np.log1p(least)
        own[2] = (both + _NOTHING) / (np.sqrt(left * right) + _NOTHING + 1)
    return out[:, 1:m]


def _covered(low: Ints, high: Ints, weight: Doubles, m: int) -> Doubles:
    """Return for places 0..m the weight of the runs low..high (end not in it) that cover it."""
    some = high > low
    low, high, weight = np.maximum(low[some], 0), np.minimum(high[some], m + 1), weight[some]
    change = np.bincount(low, weight, m + 2) - np.bincount(high, weight, m + 2)
    # Sums of differences leave crumbs below zero.
    covered: Doubles = np.maximum(np.cumsum(change)[: m + 1], 0)
    return covered


def _expected(frequency: Ints, weight: Doubles, m: int) -> Doubles:
    """Return the weight that would cross each of the places 0..m by chance."""
    by_frequency = np.bincount(frequency, weight)
    counts = by_frequency.nonzero()[0]
    weights = by_frequency[counts]
    chance = np.zeros(m + 1)
    step = max(1, _AT_ONCE // max(len(counts), 1))
    for low in range(0, m + 1, step):
        share = np.arange(low, min(low + step, m + 1))[:, None] / m
        chance[low : low + step] = (1 - share**counts - (1 - share) ** counts) @ weights
    return chance
