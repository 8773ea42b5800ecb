"""Fits of the models of blocks and of pages, on all pages and out of fold by publisher."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import lightgbm
import numpy as np

from pipeline.cleaning.html.logistic import Logistic
from pipeline.cleaning.html.page_kind import kind_features
from pipeline.cleaning.html.page_model import block_table
from pipeline.cleaning.model import keep_mask
from pipeline.cleaning.model.arrays import Doubles, Floats, Mask, sigmoid
from pipeline.cleaning.model.trees import Trees, trees_of
from training.html.pages import LabelledPage

FOLDS: Final = 5
_LABELS: Final = {"keep": 1, "drop": 0, "title": 0, "dup": 0}
_NEAR: Final = 6
"""Blocks around the article's text of which all are learned from."""
_THIN: Final = 5
"""Of the other blocks every fifth is, and counts for five."""

_BLOCK_TREES: Final[dict[str, Any]] = {
    "objective": "binary", "num_leaves": 15, "min_data_in_leaf": 30, "lambda_l2": 5.0,
    "max_bin": 63, "bin_construct_sample_cnt": 20_000,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class BlockTrees:
    """How the trees over blocks are boosted: trees, rate, share of columns a tree may use.

    Blocks to which the first `glance` trees give log-odds below `dismissed` are not shown to the
    others.
    """

    rounds: int
    rate: float
    columns: float
    glance: int = 0
    dismissed: float = 0.0


PENALTY: Final = 80.0
"""Of the squares of the weights over pages; from 40 to 150 the scores are the same."""
_STEPS: Final = 30
_LEAST_SCALE: Final = 1e-6
_FIXED: Final = {
    "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip


def fold_of(group: str) -> int:
    """Return the part a publisher is held out in; depends on its name only."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % FOLDS


@dataclass(frozen=True, slots=True)
class Fits:
    """Models of blocks and pages: on all pages, and for every part on the other parts."""

    keep: Trees
    article: Logistic
    keep_without: tuple[Trees, ...]
    article_without: tuple[Logistic, ...]


def fit(pages: Sequence[LabelledPage], evidence: frozenset[str], trees: BlockTrees) -> Fits:
    """Fit all models. Those of pages learn from what trees say of blocks they have not seen."""
    tables = [block_table(p.page, p.text, p.evidence, evidence) for p in pages]
    parts = np.array([fold_of(p.group) for p in pages])
    taken = [_taken(page) for page in pages]
    rows = np.concatenate([t[some] for t, (some, _, _) in zip(tables, taken, strict=True)])
    right = np.concatenate([labels[some] for some, labels, _ in taken])
    weights = np.concatenate([weight[some] for some, _, weight in taken])
    row_parts = np.concatenate(
        [np.full(int(some.sum()), part) for (some, _, _), part in zip(taken, parts, strict=True)]
    )

    def blocks(use: Mask) -> Trees:
        given = {
            **_BLOCK_TREES, "learning_rate": trees.rate, "feature_fraction": trees.columns,
        }  # fmt: skip
        return _boosted(rows[use], right[use], weights[use], given, trees.rounds)

    keep_without = tuple(blocks(row_parts != part) for part in range(FOLDS))
    kinds = np.stack(
        [_kind(p, t, keep_without[part]) for p, t, part in zip(pages, tables, parts, strict=True)]
    )
    is_article = np.array([p.is_article for p in pages], np.float64)
    balance = np.where(is_article > 0, 1.0, is_article.sum() / (1 - is_article).sum())

    def of_kinds(use: Mask) -> Logistic:
        return regression(kinds[use], is_article[use], balance[use])

    article_without = tuple(of_kinds(parts != part) for part in range(FOLDS))
    everything = np.ones(len(rows), np.bool_)
    return Fits(
        blocks(everything), of_kinds(np.ones(len(pages), np.bool_)), keep_without, article_without
    )


def _kind(page: LabelledPage, table: Floats, trees: Trees) -> Floats:
    keep = sigmoid(trees.scores(table))
    kept = keep_mask(keep, page.text.units)
    return kind_features(page.page, page.text, page.facts, page.url, keep, kept)


def _taken(page: LabelledPage) -> tuple[Mask, Floats, Floats]:
    """Return which blocks are learned from, their labels and their weights.

    A page counts about the same however long it is; a block by the root of its words. Pages that
    are no article teach no block.
    """
    n = len(page.text)
    if not page.is_article:
        return np.zeros(n, np.bool_), np.zeros(n, np.float32), np.ones(n, np.float32)
    right = np.array([_LABELS.get(label, -1) for label in page.labels], np.float32)
    near = np.zeros(n, np.bool_)
    for number in (right == 1).nonzero()[0]:
        near[max(0, number - _NEAR) : number + _NEAR + 1] = True
    seed = int(hashlib.sha256(page.id.encode()).hexdigest()[:8], 16)
    chosen = np.random.default_rng(seed).random(n) < 1 / _THIN
    weight = np.sqrt(page.text.units + 2)
    weight = weight / max(float(weight[right == 1].sum()), 20.0) ** 0.7
    weight = weight * np.where(near, 1, _THIN) * 10
    return (right >= 0) & (near | chosen), right, weight.astype(np.float32)


def regression(rows: Floats, right: Doubles, weights: Doubles) -> Logistic:
    """Fit a logistic regression to rows float32[n, k] by Newton's method; all figures are weak.

    `right` float64[n] is 0 or 1. NaN stands for what is not known.
    """
    mean = np.nanmean(rows, axis=0, dtype=np.float64).astype(np.float32)
    scale = np.nanstd(rows, axis=0, dtype=np.float64).astype(np.float32) + np.float32(_LEAST_SCALE)
    start = Logistic(mean, scale, np.zeros_like(mean), 0.0)
    given = np.c_[start.standardised(rows).astype(np.float64), np.ones(len(rows))]
    penalty = np.full(given.shape[1], PENALTY)
    penalty[-1] = 0
    weight = np.zeros(given.shape[1])
    for _ in range(_STEPS):
        chance = 0.5 * (1 + np.tanh(0.5 * (given @ weight)))
        slope = given.T @ ((chance - right) * weights) + penalty * weight
        bend = (given.T * (chance * (1 - chance) * weights)) @ given + np.diag(penalty)
        weight -= np.linalg.solve(bend, slope)
    return Logistic(mean, scale, weight[:-1].astype(np.float32), float(weight[-1]))


def _boosted(
    rows: Floats, right: Any, weights: Any, settings: dict[str, Any], rounds: int
) -> Trees:
    given = {**settings, **_FIXED}
    data = lightgbm.Dataset(rows, right, weight=weights, params=given)
    return trees_of(lightgbm.train(given, data, rounds).dump_model())
