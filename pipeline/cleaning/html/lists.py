"""Lists and listings stay whole: an article's have no holes, and a menu no single entries.

The model judges every item by itself, and of ten short ones it takes some for teasers. But items of
one list are of one kind. A program's lines read like menus; it belongs to the paragraphs around it.
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
    odds = _log_odds(keep)
    whole = keep.copy()
    for run in runs:
        whole[run] = 1 / (1 + np.exp(-odds[run].mean()))
    return whole


def listings_whole(places: Sequence[Place], keep: Floats) -> Floats:
    """Return how likely each block is text, with one chance for all lines of a `pre`.

    `keep` float32[n] are the chances block by block. The chance of a listing is the mean of the
    log-odds of the block before it, of the one behind it, and of the mean of its own lines.
    """
    inside = list(map(is_listed, places))
    if not any(inside):
        return keep
    odds = _log_odds(keep)
    whole = keep.copy()
    for listed, group in groupby(range(len(places)), key=inside.__getitem__):
        if listed:
            run = list(group)
            beside = [odds[i] for i in (run[0] - 1, run[-1] + 1) if 0 <= i < len(places)]
            whole[run] = 1 / (1 + np.exp(-np.mean([*beside, odds[run].mean()])))
    return whole


def is_listed(place: Place) -> bool:
    """Whether a block stands in a `pre`."""
    return "/pre" in place.path


def _log_odds(chances: Floats) -> Floats:
    bounded = np.clip(chances, 1e-4, 1 - 1e-4)
    odds: Floats = np.log(bounded / (1 - bounded))
    return odds


def _runs(places: Sequence[Place]) -> Iterator[list[int]]:
    """Yield the blocks of each list, those that follow each other."""
    for parent, group in groupby(range(len(places)), key=lambda i: _list_of(places[i])):
        items = list(group) if parent is not None else []
        if len(items) >= _LEAST_ITEMS:
            yield items


def _list_of(place: Place) -> int | None:
    return place.parent if place.tag == "li" else None
