"""How much of each block of a page stands in another text of the same article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Keys, Mask
from pipeline.cleaning.model.words import Words, words_of

RUN: Final = 4
"""Words of the runs that are compared."""

_FACTORS: Final = tuple(
    np.uint64(factor)
    for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5)
)
_LONG: Final = 8
_REPEATED: Final = 0.8
_LONGEST: Final = 2_000_000
"""Characters of a reference that are read."""


class Overlap(NamedTuple):
    """Of n blocks: whether a line of the reference is the block, and how much of it is there.

    `exact` float32[n] is 0 or 1; `share` float32[n] is the share of the block's words that stand in
    a run of four words of the reference, 1 where a whole line is the block.
    """

    exact: Floats
    share: Floats


def overlap_of(blocks: Sequence[str], reference: str, found: Words | None = None) -> Overlap:
    """Compare the texts of blocks (at least one, no white space around it) with a reference text.

    `found` are the blocks' words, where they are known.
    """
    reference = reference[:_LONGEST]
    lines = {"".join(line.split()) for line in reference.split("\n")} - {""}
    firsts = {line[0] for line in lines}
    exact = np.array(
        [block[:1] in firsts and "".join(block.split()) in lines for block in blocks], np.float32
    )
    found = words_of(blocks) if found is None else found
    known = words_of([reference.replace("\n", " ")])
    if len(found.keys) < RUN or len(known.keys) < RUN:
        return Overlap(exact, exact.copy())
    hits = np.isin(_runs(found.keys), _runs(known.keys))
    hits &= found.block[RUN - 1 :] == found.block[: 1 - RUN]
    covered = np.zeros(len(found.keys), np.bool_)
    for step in range(RUN):
        covered[step : len(covered) - RUN + 1 + step] |= hits
    n = len(blocks)
    counts = np.bincount(found.block, minlength=n)
    there = np.bincount(found.block, weights=covered, minlength=n)
    share = (there / np.maximum(counts, 1)).astype(np.float32)
    return Overlap(exact, np.maximum(share, exact))


def repeats_of(found: Words) -> Floats:
    """Return float32[n, 2]: the shares of a block's runs of words that come earlier, and later.

    `found` are the words of the n blocks of a page; runs in the same block do not count.
    """
    return _repeats(found, len(found.lengths), None)


def _repeats(found: Words, n: int, chosen: Mask | None) -> Floats:
    out = np.zeros((n, 2), np.float32)
    if len(found.keys) < RUN:
        return out
    whole = found.block[RUN - 1 :] == found.block[: 1 - RUN]
    if chosen is not None:
        whole &= chosen[found.block[: 1 - RUN]]
    runs, owners = _runs(found.keys)[whole], found.block[: 1 - RUN][whole]
    if not len(runs):
        return out
    _, numbers = np.unique(runs, return_inverse=True)
    first, last = np.full(len(runs), n), np.full(len(runs), -1)
    np.minimum.at(first, numbers, owners)
    np.maximum.at(last, numbers, owners)
    counts = np.maximum(np.bincount(owners, minlength=n), 1)
    out[:, 0] = np.bincount(owners, weights=first[numbers] < owners, minlength=n) / counts
    out[:, 1] = np.bincount(owners, weights=last[numbers] > owners, minlength=n) / counts
    return out


def repeated(found: Words, chosen: Mask) -> Mask:
    """Return bool[n]: which of the chosen blocks say again what chosen ones before them said.

    That is so where `_REPEATED` of the runs of words of a block of at least `_LONG` words stand in
    chosen blocks before it. `found` are the words of n blocks, `chosen` is bool[n].
    """
    n = len(chosen)
    counts = np.bincount(found.block, minlength=n)
    again = _repeats(found, n, chosen)[:, 0] >= _REPEATED
    return again & (counts >= _LONG) & chosen


def _runs(keys: Keys) -> Keys:
    """Return a number for every run of `RUN` words."""
    count = len(keys) - RUN + 1
    mixed = np.zeros(count, np.uint64)
    for step, factor in enumerate(_FACTORS):
        part = keys[step : step + count]
        mixed += (part ^ (part >> np.uint64(7 + 2 * step))) * factor
    return mixed
