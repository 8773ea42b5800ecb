"""Where a page's second and later stories begin."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Doubles, Floats, Ints, Mask, running_sums, sigmoid
from pipeline.cleaning.model.page_features import PageFeatures
from pipeline.cleaning.model.split_features import FLOOR, candidates_of
from pipeline.cleaning.model.trees import Trees

LEAST_WORDS: Final = 30
"""A story has at least so many words that stay in the text, on both sides of a cut."""

SHORT_STORY: Final = 300
"""Words below which a story is a brief."""

BARE: Final = 0.7
"""Least probability of a brief that nothing opens, no title, byline or dateline. Of seven such
places below it that earlier trees found in 165 documents written to try them, one was the beginning
of a story, two stood near one, and four cut an article in two."""

_FLOOR_LOGIT: Final = log(FLOOR / (1 - FLOOR))


@dataclass(frozen=True, slots=True)
class LikelyStarts:
    """Where stories may begin: block int64[c], and the kept blocks before and behind the gap.

    `chance` and `of_briefs` float32[c] are the probabilities that one begins there, the second for
    a page of briefs.
    """

    first: Ints
    left: Ints
    right: Ints
    chance: Floats
    of_briefs: Floats


@dataclass(frozen=True, slots=True)
class Splitter:
    """Trees that judge places where a story may begin, and from where on they are believed.

    `usual` has learned from stories of usual length, `briefs` from pages of short ones as well: it
    cuts more readily, and is asked between two short stories alone.
    """

    usual: Trees
    briefs: Trees
    threshold: float
    threshold_of_briefs: float

    def likely_starts(self, page: PageFeatures, logits: Floats, kept: Mask) -> LikelyStarts:
        """Return the places where a story may begin.

        `logits` float32[n, 3] are the network's, `kept` bool[n] the blocks that stay in the text.
        """
        found = candidates_of(page, logits, kept)
        if not len(found.first):
            none = np.zeros(0, np.float32)
            return LikelyStarts(found.first, found.left, found.right, none, none)
        chances = [sigmoid(trees.scores(found.features)) for trees in (self.usual, self.briefs)]
        return LikelyStarts(found.first, found.left, found.right, *chances)

    def story_starts(
        self, page: PageFeatures, logits: Floats, kept: Mask, opens: Mask | None = None
    ) -> tuple[list[int], list[float]]:
        """Return the blocks that begin a second or later story, in order, with their probabilities.

        Arguments as in `likely_starts`; `opens` bool[n] are the blocks that could open a story by
        their form, where that is known. Of two cuts with too little text between them the likelier
        stays.
        """
        if not _may_begin(logits, kept):
            return [], []
        found = self.likely_starts(page, logits, kept)
        of_briefs = found.of_briefs if opens is None else _opened(found, opens)
        words = running_sums(page.units * kept)
        usual = _cuts([0, len(page)], found.first, found.chance, self.threshold, words)
        edges = sorted({0, *usual, len(page)})
        briefs = _cuts(edges, found.first, of_briefs, self.threshold_of_briefs, words)
        edges = sorted({*edges, *briefs})
        sure = dict(usual)
        for place, chance in briefs.items():
            at = bisect(edges, place)
            low, high = edges[at - 2], edges[at]
            if max(words[place] - words[low], words[high] - words[place]) < SHORT_STORY:
                sure[place] = chance
        cuts = sorted(sure)
        return cuts, [sure[place] for place in cuts]


def _may_begin(logits: Floats, kept: Mask) -> bool:
    """Whether the network sees a gap that is a candidate: a cheap look before a dear one.

    Where it sees none, the words alone make none probable either: of 1,005 development texts 579
    are such, and out of fold the trees give no place of them more than .24.
    """
    at = kept.nonzero()[0]
    if len(at) < 2:
        return False
    inner = logits[at[0] + 1 : at[-1] + 1, 2]
    return float(inner.max()) > _FLOOR_LOGIT


def _opened(found: LikelyStarts, opens: Mask) -> Floats:
    """Return the probabilities of briefs, 0 where nothing opens one and it is not likely enough."""
    before = running_sums(opens)
    is_opened = before[found.right + 1] > before[found.left + 1]
    chances: Floats = np.where(is_opened | (found.of_briefs >= BARE), found.of_briefs, 0)
    return chances


def _cuts(
    edges: Sequence[int], places: Ints, chances: Floats, least: float, words: Doubles
) -> dict[int, float]:
    """Return the cuts with at least a probability, the likelier before others too near to it.

    `edges` are the cuts that stand, and both ends of the page; `words` float64[n + 1] those kept
    before each block.
    """
    standing, found = list(edges), {}
    for number in np.argsort(-chances, kind="stable").tolist():
        if chances[number] < least:
            break
        place = int(places[number])
        at = bisect(standing, place)
        low, high = standing[at - 1], standing[at]
        if min(words[place] - words[low], words[high] - words[place]) >= LEAST_WORDS:
            standing.insert(at, place)
            found[place] = float(chances[number])
    return found
