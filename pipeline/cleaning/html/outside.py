"""What a model took for text though the page says that it stands outside of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.cleaning.html.class_words import bits_of
from pipeline.cleaning.html.elements import WITHIN_BIT
from pipeline.cleaning.html.visible import Place
from pipeline.cleaning.model.arrays import Floats, Mask

_MOST: Final = 0.6
"""Share of the text's words in an element from which on the element is where the text stands."""
_SOME: Final = 0.3
"""The same of `article` for what stands in an `aside` behind it, such as a live wire."""
_BEHIND: Final = bits_of("comment share author footer legal related".split())
"""Meanings of classes around what stands behind a text and is none of it: out of fold, of both
engines, 49 such blocks that were kept are no text by the labels, and six are."""


def outside_of_text(places: Sequence[Place], kept: Mask, units: Floats) -> Mask:
    """Return bool[n]: which blocks stand outside of the element that holds the text.

    That is `main`, and behind the text also `article`, what is no `aside` and what is not called
    something else, where most words of the blocks that are `kept` (bool[n]; `units` float32[n]
    counts words) stand in it. Out of fold, of both engines, 72 blocks outside of these elements
    that were kept are no text by the labels, and one is.
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
    far = np.array([place.far | place.near for place in places], np.uint64)
    named = far & np.uint64(_BEHIND) > 0
    for own, other, least in (
        (~named, named, _MOST),
        (is_in["article"], ~is_in["article"], _MOST),
        (is_in["article"], beside, _SOME),
        (~is_in["aside"], is_in["aside"], _MOST),
    ):
        if float(words[own].sum()) >= least * total:
            last = int((own & kept).nonzero()[0][-1])
            outside[last + 1 :] |= other[last + 1 :]
    return outside
