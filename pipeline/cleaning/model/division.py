"""How much better two vocabularies describe a text than one: most where another subject begins.

The words of a text are likelier if those before a gap and those behind it may each have their own
frequencies. By how much is the log-likelihood ratio of Dunning (1993), and what Utiyama and Isahara
(ACL 2001) segment texts by. It weighs how often a word stands on either side, where
`lexical_cohesion` asks whether it does at all.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Doubles, Floats, Ints
from pipeline.cleaning.model.lexical_cohesion import repeated_in

SURE: Final = 0.5
"""Gaps where the network sees so probable a beginning bound the stretches that others divide."""
_NEAR: Final = 3
"""But not a gap this many kept blocks away: both may be the same beginning."""

NAMES: Final = (
    "gain gain_share rank_of_gain_share rank_of_gain gain_short gain_best gain_share_above "
    "gain_most stretch_gain stretch_gain_share stretch_words stretch_left stretch_right "
    "stretch_place"
).split()
"""Names of the rows of `division_figures`."""


def gains(word: Ints, place: Ints, m: int) -> Doubles:
    """Return for every gap of m blocks by how much it pays to divide there: float64[2, m - 1].

    `word` and `place` int64[r] as `repeated_in` gives them; gap g lies before
    block g + 1. First row: log-likelihood in nats; second: its share of what it would be if no word
    stood on both sides.
    """
    n = len(word)
    if not n:
        return np.zeros((2, max(m - 1, 0)))
    begins = np.concatenate([np.zeros(1, np.int64), (word[1:] != word[:-1]).nonzero()[0] + 1])
    frequency = np.diff(np.append(begins, n))
    turn = np.arange(n) - begins.repeat(frequency)
    # A word that stands k times on one side adds k log k, one time more the difference; what a word
    # adds before a gap it no longer adds behind it.
    counts = np.arange(n + 1)
    entropy = counts * np.log(np.maximum(counts, 1))
    step = np.diff(entropy)
    moved = step.take(turn) - step.take(frequency.repeat(frequency) - 1 - turn)
    before = np.bincount(place, minlength=m).cumsum()[:-1]
    room = entropy[n] - entropy.take(before) - entropy.take(n - before)
    gain = room + np.bincount(place, moved, m).cumsum()[:-1]
    return np.stack([gain, gain / (room + 1)])


def division_figures(
    word: Ints, place: Ints, every: Doubles, most: Floats, chosen: Ints
) -> Doubles:
    """Describe the gaps `chosen` int64[c]: float64[len(NAMES), c].

    `every` float64[2, m - 1] are the page's `gains`, `most` float32[m - 1] the network's best
    probability of a beginning in each gap. A stretch reaches from the next sure beginning before
    the gap to the next one behind it: of three stories the second gap divides the last two.
    """
    gain, share = every
    m = len(gain) + 1
    own = every.take(chosen, axis=1)
    out = np.empty((len(NAMES), len(chosen)))
    out[:2] = own
    out[2] = (share < own[1][:, None]).mean(axis=1)
    out[3] = (gain < own[0][:, None]).mean(axis=1)
    best = int(gain.argmax())
    out[4], out[5] = own[0] - gain[best], chosen == best
    out[6], out[7] = own[1] - share.mean(), gain[best]
    gaps = chosen + 1
    sure = (most > SURE).nonzero()[0] + 1
    bounds = np.concatenate([[0], sure, [m]])
    low = bounds.take(np.searchsorted(sure, gaps - _NEAR))
    high = bounds.take(np.searchsorted(sure, gaps + _NEAR, side="right") + 1)
    out[8:10], out[10] = own, np.log1p(len(word))
    blocks = np.arange(m)
    for a, b in sorted(set(zip(low.tolist(), high.tolist(), strict=True)) - {(0, m)}):
        here = (low == a) & (high == b)
        some, at = repeated_in(word, place, (blocks >= a) & (blocks < b))
        out[8:10, here] = gains(some, at, b - a).take(gaps[here] - a - 1, axis=1)
        out[10, here] = np.log1p(len(some))
    out[11], out[12], out[13] = gaps - low, high - gaps, (gaps - low) / (high - low)
    return out
