"""Figures that describe the places where a second story may begin.

A candidate is a gap between two blocks that stay in the text: the blocks left out between them
(headline, byline, furniture) are its region. Its figures say what the network thinks of the
region, how much the text before and after have in common, and how this gap compares with the
page's other gaps. Candidates are the gaps that the network likes, the one that the fewest words
cross, and the one where dividing the page gains most: a story without headline or white space
before it shows by its words alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import Final

import numpy as np

from pipeline.cleaning.model import division, lexical_cohesion
from pipeline.cleaning.model.arrays import Doubles, Floats, Ints, Mask, running_sums, sigmoid
from pipeline.cleaning.model.division import division_figures, gains
from pipeline.cleaning.model.lexical_cohesion import CROSSINGS, crossings, repeated_in
from pipeline.cleaning.model.page_features import NAMES as BLOCK_NAMES
from pipeline.cleaning.model.page_features import PageFeatures

CANDIDATES: Final = 10
"""At most so many gaps of a page are looked at, those the network likes best."""
FLOOR: Final = 0.004
"""Gaps with less probability of a beginning are no candidates."""
_MARGIN: Final = 3
"""What few words cross is no candidate within so many kept blocks of the page's ends."""
_COMPARED: Final = lexical_cohesion.NAMES.index("crossing_12")

_SEEN: Final = BLOCK_NAMES.index("seen_before")
_AGAIN: Final = BLOCK_NAMES.index("seen_after")
_REPEATED: Final = [BLOCK_NAMES.index(name) for name in ("repeated_before", "repeated_after")]
_REGION: Final = [
    BLOCK_NAMES.index(name)
    for name in ("blank_before", "more_blank_before", "has_year", "has_month")
]
_NEAR: Final = (4, 10, 25)
_USUAL: Final = 10
_ABOUT: Final = 12
"""Kept blocks to either side that a headline is compared with."""
_NO_SECOND: Final = -8.0

_OWN_NAMES: Final = (
    "start_logit start_sum start_rank start_second start_edge headline headline_next "
    "headline_repeated headline_right headline_left region_blocks region_units blank_most "
    "more_blank year month blocks_left blocks_right units_left units_right least_share "
    "cosine_4 cosine_10 cosine_25 cosine_all score_4 score_10 score_25 rank_10 "
    "seen_right seen_left seen_usual page_blocks page_units region_keep first_headline "
    "strong_others doc_cosine_10 page_keep_share"
).split()
_COMPARED_NAMES: Final = [lexical_cohesion.NAMES[row] for row in CROSSINGS]
NAMES: Final = (
    *_OWN_NAMES,
    *lexical_cohesion.NAMES,
    *(f"rank_of_{name}" for name in _COMPARED_NAMES),
    *(f"score_of_{name}" for name in _COMPARED_NAMES),
    *division.NAMES,
)
"""Names of the columns of `Candidates.features`."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Places where a story may begin.

    `first` int64[c] is the block a story would begin with, `left` and `right` int64[c] the last
    kept block before and the first one after; `features` float32[c, len(NAMES)].
    """

    first: Ints
    left: Ints
    right: Ints
    features: Floats


def _nowhere() -> Candidates:
    none = np.zeros(0, np.int64)
    return Candidates(none, none, none, np.zeros((0, len(NAMES)), np.float32))


def _cosines(total: Floats, low: Ints, middle: Ints, high: Ints) -> Floats:
    """Compare the sums of rows low..middle and middle..high, given the running sums."""
    a, b = total[middle] - total[low], total[high] - total[middle]
    top = np.einsum("ij,ij->i", a, b)
    lengths = np.einsum("ij,ij->i", a, a) * np.einsum("ij,ij->i", b, b)
    cosines: Floats = (top / np.sqrt(np.maximum(lengths, 1e-6))).astype(np.float32)
    return cosines


def candidates_of(page: PageFeatures, logits: Floats, kept: Mask) -> Candidates:
    """Find and describe the candidates of a page.

    `logits` float32[n, 3] come from the block network, `kept` bool[n] says which blocks stay in the
    text of any story.
    """
    at = kept.nonzero()[0]
    m = len(at)
    if m < 2:
        return _nowhere()
    start = sigmoid(logits[:, 2])
    # Region q is blocks at[q]+1 .. at[q+1]; what stands before at[0] begins the page itself.
    most = np.maximum.reduceat(start[: at[-1] + 1], at[:-1] + 1)
    word, place = repeated_in(page.repeated_word, page.repeated_block, kept)
    crossed, gain = crossings(word, place, m), gains(word, place, m)
    order = _candidates(most, crossed[_COMPARED], gain[0])
    if not len(order):
        return _nowhere()
    chosen, rank = np.sort(order), order.argsort()

    bag = page.bag.take(at, axis=0)
    total = np.zeros((m + 1, bag.shape[1]), np.float32)
    np.cumsum(bag, axis=0, out=total[1:])
    gaps = np.arange(1, m)
    wide = _cosines(total, np.maximum(gaps - _USUAL, 0), gaps, np.minimum(gaps + _USUAL, m))
    usual, spread = float(wide.mean()), float(wide.std()) + 0.02
    units = running_sums(page.units.take(at))
    seen, again = page.dense[at, _SEEN], page.dense[at, _AGAIN]
    headline = logits[:, 1]
    whole = (float(seen.mean()), log1p(m), log1p(float(units[m])))
    last = (
        float(headline[: at[0] + 3].max()), float(np.count_nonzero(most > 0.3)), usual,
        float(units[m]) / max(float(page.units.sum()), 1.0),
    )  # fmt: skip
    low, high, gap = at[chosen] + 1, at[chosen + 1], chosen + 1
    first = np.array([a + start[a : b + 1].argmax() for a, b in zip(low, high, strict=True)])
    title = np.array([a + headline[a : b + 2].argmax() for a, b in zip(first, high, strict=True)])
    out = np.empty((len(NAMES), len(chosen)), np.float32)
    out[0] = logits[first, 2]
    for number, (f, a, b) in enumerate(zip(first, low, high, strict=True)):
        near = headline[f : b + 2]
        out[1, number] = start[a : b + 1].sum()
        out[3, number] = max([0.0, *most[np.delete(chosen, number)]])
        out[6, number] = np.sort(near)[-2] if len(near) > 1 else _NO_SECOND
        out[11, number] = page.units[a:b].sum()
        out[12:16, number] = page.dense[a : b + 1, _REGION].max(axis=0)
        out[29, number] = seen[gap[number] : gap[number] + 4].mean()
        out[30, number] = again[max(gap[number] - 4, 0) : gap[number]].mean()
    out[2], out[4], out[5] = rank, first == high, headline[title]
    out[7], out[10] = page.dense[title[:, None], _REPEATED].max(axis=1), high - low
    out[8:10] = _headline_likeness(page.bag[title], title == high, total, gap)
    out[16], out[17], out[18], out[19] = gap, m - gap, units[gap], units[m] - units[gap]
    out[20] = np.minimum(units[gap], units[m] - units[gap]) / max(float(units[m]), 1.0)
    np.log1p(out[11], out=out[11])
    np.log1p(out[16:20], out=out[16:20])
    out[21:25] = _likeness_at(total, gap).T
    out[25:28] = (out[21:24] - usual) / spread
    out[28] = (wide < wide[chosen][:, None]).mean(axis=1)
    out[31:34] = np.array(whole)[:, None]
    out[34] = logits[high, 0]
    out[35 : len(_OWN_NAMES)] = np.array(last)[:, None]
    divided = division_figures(word, place, gain, most, chosen)
    out[len(_OWN_NAMES) :] = np.concatenate([_of_the_page(crossed, chosen), divided])
    return Candidates(first, at[chosen], high, np.ascontiguousarray(out.T))


def _candidates(most: Floats, crossed: Doubles, gain: Doubles) -> Ints:
    """Return the gaps to look at, the one that the network likes best first.

    `most` float32[gaps] is the network's best probability of a beginning in each gap's region,
    `crossed` float64[gaps] how many words cross it, `gain` float64[gaps] what dividing there gains.
    """
    good = (most > FLOOR).nonzero()[0]
    liked = good[(-most[good]).argsort(kind="stable")][:CANDIDATES]
    inner = np.arange(_MARGIN, len(most) - _MARGIN)
    bare = [crossed[inner].argmin(), gain[inner].argmax()] if len(inner) else []
    chosen = np.union1d(liked, inner[bare])
    order: Ints = chosen[(-most[chosen]).argsort(kind="stable")]
    return order


def _of_the_page(crossed: Doubles, chosen: Ints) -> Doubles:
    """Return the figures of some gaps, with their ranks and scores among all gaps of the page."""
    own = crossed[:, chosen]
    all_gaps = crossed[CROSSINGS, :]
    here = own[CROSSINGS, :]
    ranks = (all_gaps[:, None, :] < here[:, :, None]).mean(axis=2)
    usual, spread = all_gaps.mean(axis=1), all_gaps.std(axis=1) + 0.05
    return np.concatenate([own, ranks, (here - usual[:, None]) / spread[:, None]])


def _headline_likeness(own: Floats, is_kept: Mask, total: Floats, gap: Ints) -> Floats:
    """Compare headlines' bags with the text after and before their gaps: float32[2, gaps].

    A headline that stays in the text itself does not count among what follows.
    """
    m = len(total) - 1
    after = total[np.minimum(gap + _ABOUT, m)] - total[gap] - own * is_kept[:, None]
    before = total[gap] - total[np.maximum(gap - _ABOUT, 0)]
    out = np.empty((2, len(gap)), np.float32)
    for row, other in enumerate((after, before)):
        lengths = np.sqrt(np.einsum("ij,ij->i", own, own)) + 1e-3
        lengths *= np.sqrt(np.einsum("ij,ij->i", other, other)) + 1e-3
        out[row] = np.einsum("ij,ij->i", own, other) / lengths
    return out


def _likeness_at(total: Floats, gaps: Ints) -> Floats:
    """Compare what stands before and after gaps, in four widths: float32[len(gaps), 4]."""
    m = len(total) - 1
    reach = np.array([*_NEAR, m])
    low, high = np.maximum(gaps[:, None] - reach, 0), np.minimum(gaps[:, None] + reach, m)
    middle = gaps.repeat(len(reach))
    return _cosines(total, low.ravel(), middle, high.ravel()).reshape(len(gaps), -1)
