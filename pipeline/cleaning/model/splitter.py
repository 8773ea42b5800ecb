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
    page: PageFeatures, logits: Floats, kept: Mask, trees: Trees, threshold: float
) -> tuple[list[int], list[float]]:
    """Return the blocks that begin a second or later story, in order, with their probabilities.

    `page`, `logits`, `kept` as in `likely_starts`. A cut needs at least `threshold`; of two cuts with too little text between them the likelier stays.
    """
    found, chance = likely_starts(page, logits, kept, trees)
    words = running_sums(page.units * kept)
    edges, sure = [0, len(page)], {}
    for number in np.argsort(-chance, kind="stable").tolist():
        if chance[number] < threshold:
            break
        place = int(found.first[number])
        at = bisect(edges, place)
        low, high = edges[at - 1], edges[at]
        if min(words[place] - words[low], words[high] - words[place]) >= LEAST_WORDS:
            edges.insert(at, place)
            sure[place] = float(chance[number])
    cuts = edges[1:-1]
    return cuts, [sure[place] for place in cuts]
