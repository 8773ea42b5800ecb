"""How much of each block of a page stands in another text of the same article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Ints, Keys, Mask
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


class BlockRuns:
    """The runs of `RUN` words in the blocks of a page; those across two blocks are none."""

    def __init__(self, words: Words) -> None:
        """Take the words of the blocks' texts."""
        self._words = words
        self._count = len(words.lengths)
        self._keys: Keys = np.zeros(0, np.uint64)
        self._owners: Ints = np.zeros(0, np.int64)
        self._whole: Ints = self._owners
        if len(words.keys) >= RUN:
            self._keys = _runs(words.keys)
            first = words.block[: 1 - RUN]
            self._whole = (first == words.block[RUN - 1 :]).nonzero()[0]
            self._owners = first.take(self._whole)
        self._repeats: Floats | None = None
        self._numbers: Ints | None = None

    def overlap(self, blocks: Sequence[str], reference: str) -> Overlap:
        """Compare the texts of the blocks (no white space around them) with a reference text."""
        reference = reference[:_LONGEST]
        lines = {"".join(line.split()) for line in reference.split("\n")} - {""}
        firsts = {line[0] for line in lines}
        exact = np.array(
            [block[:1] in firsts and "".join(block.split()) in lines for block in blocks],
            np.float32,
        )
        known = words_of([reference.replace("\n", " ")])
        if not len(self._keys) or len(known.keys) < RUN:
            return Overlap(exact, exact.copy())
        there = np.sort(_runs(known.keys))
        runs = self._keys.take(self._whole)
        place = np.searchsorted(there, runs)
        hits = self._whole.compress(there.take(place, mode="clip") == runs)
        covered = np.zeros(len(self._words.keys), np.bool_)
        for step in range(RUN):
            covered[hits + step] = True
        block = self._words.block
        counts = np.bincount(block, minlength=self._count)
        found = np.bincount(block.compress(covered), minlength=self._count)
        share = (found / np.maximum(counts, 1)).astype(np.float32)
        return Overlap(exact, np.maximum(share, exact))

    def repeats(self) -> Floats:
        """Return float32[2, n]: the shares of a block's runs that come earlier, and later."""
        if self._repeats is None:
            n, owners = self._count, self._owners
            self._repeats = np.zeros((2, n), np.float32)
            if len(owners):
                _, numbers = np.unique(self._keys.take(self._whole), return_inverse=True)
                self._numbers = numbers
                first, last = np.empty((2, len(numbers)), np.int64)
                # Runs stand in the order of their blocks; of several values the last one stays.
                first[numbers[::-1]] = owners[::-1]
                last[numbers] = owners
                counts = np.maximum(np.bincount(owners, minlength=n), 1)
                before = owners.compress(first.take(numbers) < owners)
                behind = owners.compress(last.take(numbers) > owners)
                self._repeats[0] = np.bincount(before, minlength=n) / counts
                self._repeats[1] = np.bincount(behind, minlength=n) / counts
        return self._repeats

    def repeated(self, chosen: Mask) -> Mask:
        """Return bool[n]: which of the chosen blocks say again what chosen ones before them said.

        That is so where `_REPEATED` of the runs of words of a block of at least `_LONG` words stand
        in chosen blocks before it. `chosen` is bool[n].
        """
        n = self._count
        again: Mask = (self.repeats()[0] >= _REPEATED) & chosen
        if again.any() and self._numbers is not None:
            some = chosen.take(self._owners)
            owners, numbers = self._owners.compress(some), self._numbers.compress(some)
            first = np.empty(len(self._numbers), np.int64)
            first[numbers[::-1]] = owners[::-1]
            before = np.bincount(owners.compress(first.take(numbers) < owners), minlength=n)
            again &= before >= _REPEATED * np.bincount(owners, minlength=n)
            again &= np.bincount(self._words.block, minlength=n) >= _LONG
        return again


def overlap_of(blocks: Sequence[str], reference: str) -> Overlap:
    """Compare the texts of blocks (at least one, no white space around it) with a reference text.

    For several references `BlockRuns` looks for the blocks' words once.
    """
    return BlockRuns(words_of(blocks)).overlap(blocks, reference)


def _runs(keys: Keys) -> Keys:
    """Return a number for every run of `RUN` words."""
    count = len(keys) - RUN + 1
    mixed = np.zeros(count, np.uint64)
    for step, factor in enumerate(_FACTORS):
        part = keys[step : step + count]
        mixed += (part ^ (part >> np.uint64(7 + 2 * step))) * factor
    return mixed
