"""The block network at work, on numpy alone.

A dense layer over a block's figures, the mean vector of its words and pairs and the vectors of its
first and last word; then convolutions over the blocks, each reaching further. `training.network`
fits it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats
from pipeline.cleaning.model.page_features import PageFeatures

DILATIONS: Final = (1, 2, 4, 8, 16)
"""How far each convolution reaches, in blocks to either side."""
LIMIT: Final = 5
"""Figures are cut at so many deviations from their means."""


@dataclass(frozen=True, slots=True)
class BlockNetwork:
    """Weights of the block network, as `prepared` returns them."""

    weights: Mapping[str, Floats]

    def logits(self, page: PageFeatures) -> Floats:
        """Return float32[n, 3]: log-odds of keep, headline, first block of a story."""
        w = self.weights
        n = len(page)
        if not n:
            return np.zeros((0, 3), np.float32)
        inputs = np.empty((n, len(w["entry_w"])), np.float32)
        d, word, edge = page.dense.shape[1], w["words"].shape[1], w["edges"].shape[1]
        dense = inputs[:, :d]
        np.subtract(page.dense, w["mean"], out=dense)
        dense *= w["scale"]
        np.minimum(dense, LIMIT, out=dense)
        np.maximum(dense, -LIMIT, out=dense)
        vectors = w["words"].take(page.words, axis=0)
        some_pairs = page.pairs.nonzero()[0]  # Most pairs are not known.
        vectors[some_pairs] += w["pairs"].take(page.pairs.take(some_pairs), axis=0)
        bag = inputs[:, d : d + word]
        np.add.reduceat(vectors, page.starts, axis=0, out=bag)
        some = page.counts > 0
        bag *= (some / np.sqrt(1 + page.counts)).astype(np.float32)[:, None]
        head = page.words.take(page.starts) * some
        tail = page.words.take(page.starts + page.counts - some) * some
        inputs[:, d + word : d + word + edge] = w["edges"].take(head, axis=0)
        inputs[:, d + word + edge :] = w["edges"].take(tail, axis=0)
        h = inputs @ w["entry_w"]
        h += w["entry_b"]
        np.maximum(h, 0, out=h)
        width = h.shape[1]
        exits = np.empty((n, 2 * width), np.float32)
        exits[:, :width] = h
        for dilation in DILATIONS:
            # Three products, each in one piece of memory: sums over parts of wide rows are dear.
            before, change, after = np.matmul(h, w[f"conv{dilation}_w"])
            change += w[f"conv{dilation}_b"]
            change[dilation:] += before[:-dilation]
            change[:-dilation] += after[dilation:]
            np.maximum(change, 0, out=change)
            h += change
        exits[:, width:] = h
        logits: Floats = exits @ w["exit_w"]
        logits += w["exit_b"]
        return logits


def prepared(weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return trained parameters as the network wants them at work.

    A convolution's weights [3 * width, width] for the blocks before, at and after become
    [3, width, width].
    """
    out = {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}
    out["scale"] = np.reciprocal(out.pop("deviation"))
    for name in ("words", "pairs", "edges"):
        out[name] = out[name].copy()
        out[name][0] = 0
    for dilation in DILATIONS:
        out[f"conv{dilation}_w"] = np.stack(np.split(out[f"conv{dilation}_w"], 3))
    return out
