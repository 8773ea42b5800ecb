"""Where a page's second and later stories begin."""

from __future__ import annotations

from bisect import bisect
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Mask, running_sums, sigmoid
from pipeline.cleaning.model.page_features import PageFeatures
from pipeline.cleaning.model.split_features import Candidates, candidates_of
from pipeline.cleaning.model.trees import Trees

LEAST_WORDS: Final = 30
"""A story has at least so many words that stay in the text, on both sides of a cut."""


SHORT_STORY: Final = 300
"""Words of two stories between which a less likely cut is believed: bundles of briefs are many, and
little is lost where a short article is cut."""


def likely_starts(
    page: PageFeatures, logits: Floats, kept: Mask, trees: Trees
) -> tuple[Candidates, Floats]:
    """Return the places where a story may begin, and their probabilities float32[c].

    `logits` float32[n, 3] are the network's, `kept` bool[n] the blocks that stay in the text.
    """
    found = candidates_of(page, logits, kept)
    if not len(found.first):
        return found, np.zeros(0, np.float32)
    return found, sigmoid(trees.scores(found.features))


def story_starts(
    page: PageFeatures,
    logits: Floats,
    kept: Mask,
    trees: Trees,
    threshold: float,
    between_short: float,
) -> tuple[list[int], list[float]]:
    """Return the blocks that begin a second or later story, in order, with their probabilities.

    `page`, `logits`, `kept` as in `likely_starts`. A cut needs at least `threshold`, or
    `between_short` between two stories of less than `SHORT_STORY` words; of two cuts with too
    little text between them the likelier stays.
    """
    found, chance = likely_starts(page, logits, kept, trees)
    words = running_sums(page.units * kept)
    edges, sure = [0, len(page)], {}
    for number in np.argsort(-chance, kind="stable").tolist():
        if chance[number] < min(threshold, between_short):
            break
        place = int(found.first[number])
        at = bisect(edges, place)
        low, high = edges[at - 1], edges[at]
        sizes = sorted((words[place] - words[low], words[high] - words[place]))
        is_sure = chance[number] >= threshold or sizes[1] < SHORT_STORY
        if is_sure and sizes[0] >= LEAST_WORDS:
            edges.insert(at, place)
            sure[place] = float(chance[number])
    cuts = edges[1:-1]
    return cuts, [sure[place] for place in cuts]
