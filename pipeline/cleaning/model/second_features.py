"""Figures of the second look: what the network said about a block's surroundings.

Only blocks the network is unsure of are looked at again, so these figures may cost more.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Doubles, Floats, Ints, Mask, running_sums, sigmoid
from pipeline.cleaning.model.page_features import NAMES as BLOCK_NAMES
from pipeline.cleaning.model.page_features import PageFeatures

UNSURE: Final = (0.02, 0.98)
"""Between these probabilities of keep a block is looked at again."""
_REACH: Final = 4
_TITLE_REACH: Final = 2
_WINDOWS: Final = (3, 8, 20)
_NOTHING: Final = -9.0
"""Log-odds beyond the ends of the page."""
_FAR: Final = 99
_FARTHEST: Final = 60
_SURE: Final = 0.1
_SURE_WORDS: Final = 8

NAMES: Final = (
    *BLOCK_NAMES,
    *(f"keep_at_{d}" for d in range(-_REACH, _REACH + 1)),
    *(f"title_at_{d}" for d in range(-_TITLE_REACH, _TITLE_REACH + 1)),
    "start",
    *(f"keep_left_{w}" for w in _WINDOWS),
    *(f"keep_right_{w}" for w in _WINDOWS),
    "page_keep", "page_keep_words", "page_unsure", "kept_words_before", "kept_words_after",
    "kept_left", "kept_right", "dropped_left", "dropped_right", "core_cosine_kept", "inside",
    "title_before",
)  # fmt: skip
"""Names of the columns of `second_features`."""

_KEEP_AT: Final = np.arange(2 * _REACH + 1)
_TITLE_AT: Final = np.arange(_REACH - _TITLE_REACH, _REACH + _TITLE_REACH + 1)
_REACHES: Final = np.array(_WINDOWS)[:, None]


def unsure_blocks(keep: Floats) -> Ints:
    """Return which blocks, by their probability of keep, deserve a second look."""
    return ((keep > UNSURE[0]) & (keep < UNSURE[1])).nonzero()[0]


def second_features(page: PageFeatures, logits: Floats, rows: Ints) -> Floats:
    """Describe some blocks of a page together with the network's view of all of them.

    `rows` are the blocks; returns float32[len(rows), len(NAMES)].
    """
    n, d = page.dense.shape
    keep = sigmoid(logits[:, 0])
    around = np.full((2, n + 2 * _REACH), _NOTHING, np.float32)
    around[:, _REACH:-_REACH] = logits[:, :2].T
    words, weight = running_sums((page.units + 1) * keep), running_sums(page.units + 1)
    out = np.empty((len(rows), len(NAMES)), np.float32)
    out[:, :d] = page.dense.take(rows, axis=0)
    own = out[:, d:].T
    own[:9] = around[0].take(rows + _KEEP_AT[:, None])
    own[9:14] = around[1].take(rows + _TITLE_AT[:, None])
    own[14] = logits[rows, 2]
    behind, ahead = words.take(rows), words.take(rows + 1)
    low, high = np.maximum(rows - _REACHES, 0), np.minimum(rows + 1 + _REACHES, n)
    own[15:18] = (behind - words.take(low) + 0.5) / (weight.take(rows) - weight.take(low) + 1)
    own[18:21] = (words.take(high) - ahead + 0.5) / (weight.take(high) - weight.take(rows + 1) + 1)
    total = float(words[-1]) + 1
    own[21] = float(keep.sum()) / n
    own[22] = total / float(weight[-1])
    own[23] = np.count_nonzero((keep > _SURE) & (keep < 1 - _SURE)) / n
    own[24] = behind / total
    own[25] = (total - 1 - ahead) / total
    sure = (keep > 1 - _SURE) & (page.units >= _SURE_WORDS)
    own[26:28] = _distances(sure, rows)
    own[28:30] = _distances(keep < _SURE, rows)
    np.log1p(own[26:30], out=own[26:30])
    core = page.bag[sure].sum(axis=0)
    length = float(np.sqrt(core @ core)) + 1e-3
    own[30] = page.bag.take(rows, axis=0) @ core / (length * page.bag_norm.take(rows))
    own[31] = (own[26] < 4) & (own[27] < 4)
    own[32] = np.maximum.accumulate(logits[:, 1]).take(rows)
    return out


def _distances(mask: Mask, rows: Ints) -> Doubles:
    """Return float64[2, len(rows)]: how far the nearest marked block before and after a row is."""
    n = len(mask)
    marked = mask.nonzero()[0]
    nearest = np.full(len(marked) + 2, -_FAR)
    nearest[1:-1] = marked
    nearest[-1] = n + _FAR
    # The block itself does not count.
    before = nearest.take(marked.searchsorted(rows, "left"))
    after = nearest.take(marked.searchsorted(rows, "right") + 1)
    away: Doubles = np.minimum(np.stack([rows - before, after - rows]), _FARTHEST).astype(
        np.float64
    )
    return away
