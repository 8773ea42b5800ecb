"""Lists stay whole: an article's list has no holes, and a menu's no single entries.

The model judges every item by itself, and of ten short ones it takes some for teasers. But items of
one list are of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from pipeline.cleaning.html.visible import Place
from pipeline.cleaning.model.arrays import Floats

_LEAST_ITEMS: Final = 3
"""Items of the shortest list that is judged as one."""


def lists_whole(places: Sequence[Place], keep: Floats) -> Floats:
    """Return how likely each block is text, with one chance for all items of a list.

    `keep` float32[n] are the chances block by block. An item is a block that is all of its `li`;
    the list's chance is the mean of the log-odds of its items.
    """
    runs = list(_runs(places))
    if not runs:
        return keep
    bounded = np.clip(keep, 1e-4, 1 - 1e-4)
    odds = np.log(bounded / (1 - bounded))
    whole = keep.copy()
    for run in runs:
        whole[run] = 1 / (1 + np.exp(-odds[run].mean()))
    return whole


def _runs(places: Sequence[Place]) -> Iterator[list[int]]:
    """Yield the blocks of each list, those that follow each other."""
    for parent, group in groupby(range(len(places)), key=lambda i: _list_of(places[i])):
        items = list(group) if parent is not None else []
        if len(items) >= _LEAST_ITEMS:
            yield items


def _list_of(place: Place) -> int | None:
    return place.parent if place.tag == "li" else None
