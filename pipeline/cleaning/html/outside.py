"""What a model took for text though the page says that it stands outside of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.cleaning.html.elements import WITHIN_BIT
from pipeline.cleaning.html.visible import Place
from pipeline.cleaning.model.arrays import Floats, Mask

_MOST: Final = 0.6
"""Share of the text's words in an element from which on the element is where the text stands."""
_SOME: Final = 0.3
"""The same of `article` for what stands in an `aside` behind it, such as a live wire."""


def outside_of_text(places: Sequence[Place], kept: Mask, units: Floats) -> Mask:
    """Return bool[n]: which blocks stand outside of the element that holds the text.

    That is `main`, and behind the text also `article` and what is no `aside`, where most words of
    the blocks that are `kept` (bool[n]; `units` float32[n] counts words) stand in it. Out of fold
    68 such blocks of 22 development pages are no text by the labels, and one is.
    """
    within = np.array([place.within for place in places], np.int64)
    outside = np.zeros(len(places), np.bool_)
    words = units * kept
    total = float(words.sum())
    if not total:
        return outside
    is_in = {name: within & WITHIN_BIT[name] > 0 for name in ("main", "article", "aside")}
    if float(words[is_in["main"]].sum()) >= _MOST * total:
        outside |= ~is_in["main"]
    beside = is_in["aside"] & ~is_in["article"]
    for own, other, least in (
        (is_in["article"], ~is_in["article"], _MOST),
        (is_in["article"], beside, _SOME),
        (~is_in["aside"], is_in["aside"], _MOST),
    ):
        if float(words[own].sum()) >= least * total:
            last = int((own & kept).nonzero()[0][-1])
            outside[last + 1 :] |= other[last + 1 :]
    return outside
