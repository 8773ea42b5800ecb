"""Boosted decision trees as flat arrays, all rows and all trees at once.

A tree is not walked: every split of every tree is compared at once, and each split that goes right
rules out the leaves on its left. The leftmost leaf that remains is the row's leaf (QuickScorer,
Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.model.arrays import Anything, Floats, Ints

MOST_LEAVES: Final = 16
"""Leaves of a tree are bits of 16-bit numbers."""
_AT_ONCE: Final = 64
"""So many rows are compared at a time, so that memory stays small on long pages."""


@cache
def _lowest_bit() -> NDArray[np.uint8]:
    """Return uint8[65536]: the place of the lowest bit that is set."""
    numbers = np.arange(1, 2**MOST_LEAVES)
    return np.append(0, np.log2(numbers & -numbers)).astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees, each of at most MOST_LEAVES leaves.

    `feature`, `left`, `right` int32[t, k] and `threshold` float32[t, k] describe the nodes, the
    root first; a node that is a leaf points at itself on both sides, `value` float32[t, k] is what
    it adds. A row goes left where its feature is at most the threshold. `depth` is the longest way
    down. Raises ValueError for a tree with too many leaves, or one that comes back to itself.
    """

    feature: NDArray[np.int32]
    threshold: Floats
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Floats
    depth: int
    _columns: Ints = field(init=False, repr=False)
    _thresholds: Floats = field(init=False, repr=False)
    _left_leaves: NDArray[np.uint16] = field(init=False, repr=False)
    _leaf_values: Floats = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Lay the splits out as int64[s * t] columns and the leaves as float32[t * MOST_LEAVES]."""
        count = len(self.feature)
        values = np.zeros((count, MOST_LEAVES), np.float32)
        splits: list[list[tuple[int, float, int]]] = []
        for tree in range(count):
            leaves, own = _leaves_and_splits(
                self.feature[tree].tolist(), self.threshold[tree].tolist(),
                self.left[tree].tolist(), self.right[tree].tolist(),
            )  # fmt: skip
            values[tree, : len(leaves)] = self.value[tree, leaves]
            splits.append(own)
        most = max(1, max(map(len, splits), default=0))
        columns = np.zeros((most, count), np.int64)
        thresholds = np.full((most, count), np.inf, np.float32)
        left_leaves = np.zeros((most, count), np.uint16)
        for tree, own in enumerate(splits):
            for number, (column, threshold, bits) in enumerate(own):
                columns[number, tree] = column
                thresholds[number, tree] = threshold
                left_leaves[number, tree] = bits
        object.__setattr__(self, "_columns", columns.ravel())
        object.__setattr__(self, "_thresholds", thresholds.ravel())
        object.__setattr__(self, "_left_leaves", left_leaves)
        object.__setattr__(self, "_leaf_values", values.ravel())

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, Anything], name: str) -> Trees:
        """Return the trees of that name in a model file; KeyError if they are not there."""
        return cls(
            arrays[f"{name}.feature"].astype(np.int32),
            arrays[f"{name}.threshold"].astype(np.float32),
            arrays[f"{name}.left"].astype(np.int32),
            arrays[f"{name}.right"].astype(np.int32),
            arrays[f"{name}.value"].astype(np.float32),
            int(arrays[f"{name}.depth"][0]),
        )

    def arrays(self, name: str) -> dict[str, Anything]:
        """Return the arrays of a model file from which `of_arrays` makes the same trees."""
        return {
            f"{name}.feature": self.feature.astype(np.int16),
            f"{name}.left": self.left.astype(np.int16),
            f"{name}.right": self.right.astype(np.int16),
            f"{name}.threshold": self.threshold,
            f"{name}.value": self.value,
            f"{name}.depth": np.array([self.depth], np.int32),
        }

    def part(self, first: int, behind: int | None = None) -> Trees:
        """Return some of the trees, from `first` to before `behind`: their sum is a part of all."""
        some = slice(first, behind)
        return Trees(
            self.feature[some], self.threshold[some], self.left[some], self.right[some],
            self.value[some], self.depth,
        )  # fmt: skip

    def scores(self, rows: Floats) -> Floats:
        """Return the raw sums (log-odds) float32[n] for rows float32[n, features]."""
        if len(rows) > _AT_ONCE:
            parts = [self.scores(rows[i : i + _AT_ONCE]) for i in range(0, len(rows), _AT_ONCE)]
            return np.concatenate(parts)
        # One row a feature: a split's column is then one piece of memory.
        by_feature = np.ascontiguousarray(rows.T)
        right = by_feature.take(self._columns, axis=0) > self._thresholds[:, None]
        ruled_out = right.reshape(*self._left_leaves.shape, -1) * self._left_leaves[:, :, None]
        gone = np.bitwise_or.reduce(ruled_out, axis=0)
        leaf = _lowest_bit().take(~gone) + (np.arange(len(gone)) * MOST_LEAVES)[:, None]
        sums: Floats = self._leaf_values.take(leaf).sum(axis=0)
        return sums


def _leaves_and_splits(
    feature: list[int], threshold: list[float], left: list[int], right: list[int]
) -> tuple[list[int], list[tuple[int, float, int]]]:
    """Return a tree's leaves from left to right, and its splits: column, threshold, left leaves."""
    leaves: list[int] = []
    splits: list[tuple[int, float, int]] = []

    def visit(node: int, level: int) -> None:
        if level > MOST_LEAVES or len(leaves) >= MOST_LEAVES:
            raise ValueError("a tree has too many leaves or comes back to itself")
        if left[node] == node:
            leaves.append(node)
            return
        before = len(leaves)
        visit(left[node], level + 1)
        bits = sum(1 << leaf for leaf in range(before, len(leaves)))
        splits.append((feature[node], threshold[node], bits))
        visit(right[node], level + 1)

    visit(0, 0)
    return leaves, splits


def trees_of(model: Mapping[str, Any]) -> Trees:
    """Turn a LightGBM model (its `dump_model()`) into arrays; no categories, no missing values.

    Thresholds become the greatest float32 at or below them: float32 rows go the same way.
    """
    tables: list[tuple[list[int], list[float], list[int], list[int], list[float]]] = []
    deepest = 0

    def add(table: Any, node: Mapping[str, Any], depth: int) -> int:
        nonlocal deepest
        deepest = max(deepest, depth)
        feature, threshold, left, right, value = table
        here = len(feature)
        feature.append(0)
        threshold.append(0.0)
        left.append(here)
        right.append(here)
        value.append(float(node.get("leaf_value", 0.0)))
        if "split_feature" in node:
            feature[here] = int(node["split_feature"])
            threshold[here] = float(node["threshold"])
            left[here] = add(table, node["left_child"], depth + 1)
            right[here] = add(table, node["right_child"], depth + 1)
        return here

    for info in model["tree_info"]:
        tables.append(([], [], [], [], []))
        add(tables[-1], info["tree_structure"], 0)
    width = max(len(table[0]) for table in tables)

    def padded(column: int, kind: Any) -> Any:
        out = np.zeros((len(tables), width), kind)
        for row, table in enumerate(tables):
            out[row, : len(table[column])] = table[column]
        return out

    exact = padded(1, np.float64)
    threshold = exact.astype(np.float32)
    above = threshold > exact
    threshold[above] = np.nextafter(threshold[above], np.float32(-np.inf))
    return Trees(
        padded(0, np.int32), threshold, padded(2, np.int32), padded(3, np.int32),
        padded(4, np.float32), deepest,
    )  # fmt: skip
