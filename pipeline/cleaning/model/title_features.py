"""Figures that describe the lines that may be a story's headline."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Ints, Mask, running_sums
from pipeline.cleaning.model.page_features import NAMES as BLOCK_NAMES
from pipeline.cleaning.model.page_features import PageFeatures

_TOP: Final = 14
"""So many of a story's first blocks are candidates."""
_BEST: Final = 3
"""And so many of those that the network likes best, wherever they stand."""
_LONGEST: Final = 45
"""A headline has no more words than this."""
_FOLLOWING: Final = 15
_FARTHEST: Final = 20
_PROSE: Final = BLOCK_NAMES.index("prose")

NAMES: Final = (
    *BLOCK_NAMES,
    "title", "keep", "title_before", "title_after", "keep_before", "keep_after", "title_rank",
    "from_top", "to_prose", "to_prose_words", "from_kept", "later_story", "title_most",
    "better_left", "kept", "cosine_following",
)  # fmt: skip
"""Names of the columns of `title_features`."""


def title_candidates(page: PageFeatures, logits: Floats, low: int, high: int) -> Ints:
    """Return the blocks of the story low..high that may be its headline, in order."""
    top = min(low + _TOP, high)
    best = (-logits[low:high, 1]).argsort(kind="stable")[:_BEST] + low
    rows = np.concatenate([np.arange(low, top), np.sort(best[best >= top])])
    units = page.units.take(rows)
    good: Ints = rows[(units <= _LONGEST) & (units > 0)]
    return good


def title_features(
    page: PageFeatures, logits: Floats, kept: Mask, low: int, high: int, rows: Ints
) -> Floats:
    """Describe candidates `rows` of the story low..high; float32[len(rows), len(NAMES)]."""
    n, d = page.dense.shape
    keep, title = logits[:, 0], logits[:, 1]
    here = title[low:high]
    kept_here = kept[low:high]
    first = _first((page.dense[low:high, _PROSE] > 0) & kept_here, low)
    first_kept = _first(kept_here, low)
    words = running_sums(page.units)
    rank = np.empty(high - low, np.int64)
    rank[(-here).argsort(kind="stable")] = np.arange(high - low)
    best = np.full(high - low, -_FARTHEST, np.float32)
    np.maximum.accumulate(here[:-1], out=best[1:])
    np.maximum(best, -_FARTHEST, out=best)
    local, before, after = rows - low, np.maximum(rows - 1, 0), np.minimum(rows + 1, n - 1)
    following = page.bag[first : min(first + _FOLLOWING, high)].sum(axis=0)
    length = float(np.sqrt(following @ following)) + 1e-3
    out = np.empty((len(rows), len(NAMES)), np.float32)
    out[:, :d] = page.dense.take(rows, axis=0)
    own = out[:, d:].T
    own[0], own[1] = title.take(rows), keep.take(rows)
    own[2], own[3] = title.take(before), title.take(after)
    own[4], own[5] = keep.take(before), keep.take(after)
    own[6] = rank.take(local)
    own[7] = np.log1p(local)
    away = first - rows
    own[8] = np.minimum(np.maximum(away, -_FARTHEST), _FARTHEST)
    own[9] = np.sign(away) * np.log1p(np.abs(words[first] - words.take(rows)))
    own[10] = np.minimum(np.maximum(first_kept - rows, -_FARTHEST), _FARTHEST)
    own[11] = low > 0
    own[12] = here.max()
    own[13] = best.take(local) - own[0]
    own[14] = kept.take(rows)
    own[15] = page.bag.take(rows, axis=0) @ following / (length * page.bag_norm.take(rows))
    return out


def _first(mask: Mask, low: int) -> int:
    """Return the first marked block of a story that begins at `low`; its end if there is none."""
    place = int(mask.argmax())
    return low + (place if mask[place] else len(mask))
