"""Out-of-fold fits: every page judged by models that saw none of its publishers.

Parts are made of publishers. A page pasted from publishers of several parts belongs to one of the
extra parts, which hold out all publishers of the mixes in them.
"""

from __future__ import annotations

import dataclasses
import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.model.arrays import Floats, Ints, sigmoid
from pipeline.cleaning.model.network import BlockNetwork, prepared
from pipeline.cleaning.model.page_features import PageFeatures
from pipeline.cleaning.model.second_features import second_features, unsure_blocks
from pipeline.cleaning.model.split_features import candidates_of
from pipeline.cleaning.model.title_features import title_candidates, title_features
from pipeline.cleaning.model.trees import Trees, trees_of
from pipeline.cleaning.model.words import Vocabulary
from training.dataset import TrainingPage, fold_of, read_pages
from training.examples import Example, build_vocabulary, example_of
from training.mixes import mixed_pages

FOLDS = 5
EXTRA = 3
PUBLISHERS = 20
"""A word is in the vocabulary if so many publishers use it."""
MADE_PER_FOLD = 1100
LONGEST_MADE = 700
MORE = 1
"""So many times as many are made for the splitter's trees alone, which cut the better for it."""
BRIEFS_PER_FOLD = 600
"""Pages of briefs, made of real pages for the splitter's trees alone."""
SECOND_MADE = 4200
"""So many of the made pages also train the trees of the splitter."""
SECOND_VIEWS = 4200
"""So many of the views also train the trees."""
THIN = 3
"""The second look and the headline, with many rows a page, learn from every third of those."""


@dataclass(frozen=True, slots=True)
class TreeSettings:
    """How trees are boosted: leaves a tree, trees, rate, share of columns, least rows a leaf."""

    leaves: int
    rounds: int
    rate: float
    columns: float
    least: int


KEEP_TREES = TreeSettings(leaves=15, rounds=160, rate=0.06, columns=0.2, least=60)
SPLIT_TREES = TreeSettings(leaves=12, rounds=200, rate=0.06, columns=0.4, least=20)
TITLE_TREES = TreeSettings(leaves=15, rounds=100, rate=0.07, columns=0.3, least=40)


@dataclass(frozen=True, slots=True)
class Data:
    """Real pages, pages made from them, further views, and the publishers of every part.

    `made` are mixes of stories of usual length, `more` such mixes for the splitter's trees alone,
    and `briefs`, for these too, mixes of briefs.
    """

    vocabulary: Vocabulary
    real: list[Example]
    made: list[Example]
    more: list[Example]
    briefs: list[Example]
    views: list[Example]
    held_out: list[frozenset[str]]
    part: dict[str, int]


def load(path: Path, views: Path | None, made_per_fold: int = MADE_PER_FOLD) -> Data:
    """Read a data set, make mixed pages inside each part, and compute all features."""
    pages, count = read_pages(path, views)
    held_out, part = parts_of(pages)
    vocabulary, _, _ = build_vocabulary(
        [p for p in pages[:count] if p.kind == "single"], PUBLISHERS
    )
    real = [small(example_of(page, vocabulary)) for page in pages[:count]]
    further = [small(example_of(page, vocabulary)) for page in pages[count:]]
    made: list[Example] = []
    more: list[Example] = []
    briefs: list[Example] = []
    for fold in range(FOLDS):
        own = [p for p in pages if {fold_of(g, FOLDS) for g in p.groups} == {fold}]
        own_made = mixed_pages(own, made_per_fold, seed=100 + fold)
        own_more = mixed_pages(own, MORE * made_per_fold, seed=500 + fold)
        own_real = [p for p in pages[:count] if {fold_of(g, FOLDS) for g in p.groups} == {fold}]
        own_briefs = mixed_pages(own_real, BRIEFS_PER_FOLD, seed=300 + fold, brief=True)
        for kind, mixes in ((made, own_made), (more, own_more), (briefs, own_briefs)):
            for page in mixes:
                example = small(example_of(page, vocabulary))
                if len(example.keep) < LONGEST_MADE:
                    kind.append(example)
                    part[page.id] = fold
    return Data(vocabulary, real, made, more, briefs, further, held_out, part)


def load_cached(path: Path, views: Path | None, cache: Path, made_per_fold: int) -> Data:
    """Do as `load`, keeping the result in a file of the cache directory."""
    cache.mkdir(parents=True, exist_ok=True)
    file = cache / "data.pickle"
    if not file.exists():
        file.write_bytes(pickle.dumps(load(path, views, made_per_fold), protocol=5))
    data: Data = pickle.loads(file.read_bytes())  # noqa: S301 -- our own file
    return data


def small(example: Example) -> Example:
    """Hold the big arrays in half precision: thousands of pages stay in memory."""
    f = example.features
    f = dataclasses.replace(
        f, dense=f.dense.astype(np.float16), bag=f.bag.astype(np.float16),
        words=f.words.astype(np.int16), pairs=f.pairs.astype(np.int16),
        repeated_word=f.repeated_word.astype(np.int32),
        repeated_block=f.repeated_block.astype(np.int32),
    )  # fmt: skip
    return dataclasses.replace(example, features=f)


def whole(f: PageFeatures) -> PageFeatures:
    """Undo `small` for one page."""
    return dataclasses.replace(
        f, dense=f.dense.astype(np.float32), bag=f.bag.astype(np.float32),
        words=f.words.astype(np.int64), pairs=f.pairs.astype(np.int64),
        repeated_word=f.repeated_word.astype(np.int64),
        repeated_block=f.repeated_block.astype(np.int64),
    )  # fmt: skip


def parts_of(pages: Sequence[TrainingPage]) -> tuple[list[frozenset[str]], dict[str, int]]:
    """Return the publishers held out in each part, and the part each page is judged in."""
    groups = sorted({g for p in pages for g in p.groups})
    held = [frozenset(g for g in groups if fold_of(g, FOLDS) == f) for f in range(FOLDS)]
    part = {p.id: fold_of(p.groups[0], FOLDS) for p in pages}
    crossing = [p for p in pages if len({fold_of(g, FOLDS) for g in p.groups}) > 1]
    extra: list[set[str]] = [set() for _ in range(EXTRA)]
    for page in sorted(crossing, key=lambda p: p.id):
        own = set(page.groups)
        best = min(
            range(EXTRA),
            key=lambda k: (len(extra[k] | own) - 0.999 * len(extra[k]), len(extra[k])),
        )
        if len(extra[best] | own) > 16:
            best = min(range(EXTRA), key=lambda k: len(extra[k] | own))
        extra[best] |= own
        part[page.id] = FOLDS + best
    return held + [frozenset(x) for x in extra if x], part


def usable_words(
    vocabulary: Vocabulary, train: Sequence[Example]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return 1 for every vocabulary entry that enough publishers of these pages use, else 0."""
    words: dict[str, set[int]] = defaultdict(set)
    pairs: dict[str, set[int]] = defaultdict(set)
    for example in train:
        if example.page.kind == "single":
            words[example.page.groups[0]].update(np.unique(example.features.words).tolist())
            pairs[example.page.groups[0]].update(np.unique(example.features.pairs).tolist())
    out = []
    for table, size in ((words, len(vocabulary.words)), (pairs, len(vocabulary.pairs))):
        counts = np.zeros(size + 1, np.int64)
        for numbers in table.values():
            counts[list(numbers)] += 1
        alive = (counts >= PUBLISHERS).astype(np.int32)
        alive[0] = 0
        out.append(alive)
    return out[0], out[1]


@dataclass(frozen=True, slots=True)
class Fit:
    """A network fitted for one part: its weights, and what it says of the pages of that part."""

    weights: dict[str, NDArray[Any]]
    logits: dict[str, Floats]


def network_fits(data: Data, settings: Any, cache: Path, say: Callable[[str], None]) -> list[Fit]:
    """Return for every part a network that saw none of its publishers.

    Fits are kept in `cache` by part, so that a run that was stopped goes on where it was. Raises
    RuntimeError if a page would be judged by a network that saw its publisher.
    """
    from training.network import train  # JAX is needed here only.

    fits: list[Fit] = []
    cache.mkdir(parents=True, exist_ok=True)
    for number, held in enumerate(data.held_out):
        file = cache / f"fit{number}.pickle"
        if not file.exists():
            fit = [e for e in data.real if not held & set(e.page.groups)]
            made = [e for e in data.made if not held & set(e.page.groups)]
            views = [e for e in data.views if not held & set(e.page.groups)]
            every = (*data.real, *data.made, *data.more, *data.briefs, *data.views)
            judged = [e for e in every if data.part[e.page.id] == number]
            if _publishers([*fit, *made, *views]) & _publishers(judged):
                raise RuntimeError(f"part {number} is judged by a network that saw its publishers")
            sizes = (len(data.vocabulary.words), len(data.vocabulary.pairs))
            usable = usable_words(data.vocabulary, fit)
            weights = train(fit, made, views, sizes, usable, settings)
            network = BlockNetwork(prepared(weights))
            logits = {e.page.id: network.logits(whole(e.features)) for e in judged}
            file.write_bytes(pickle.dumps(Fit(weights, logits)))
            say(f"part {number}: {len(fit)} pages to learn, {len(logits)} judged")
        fits.append(pickle.loads(file.read_bytes()))  # noqa: S301 - our own file
    return fits


def logits_of(fits: Sequence[Fit]) -> dict[str, Floats]:
    """Return every page's log-odds, each from the network of its part."""
    return {page: logits for fit in fits for page, logits in fit.logits.items()}


def _publishers(examples: Sequence[Example]) -> set[str]:
    return {group for e in examples for group in e.page.groups}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to fit trees on: features, targets, weights, and the example each row is of."""

    features: Floats
    target: Floats
    weight: Floats
    owner: Ints

    def first(self, examples: int) -> Rows:
        """Return the rows of the first examples."""
        number = int(np.searchsorted(self.owner, examples))
        return Rows(
            self.features[:number], self.target[:number], self.weight[:number], self.owner[:number]
        )  # fmt: skip

    def only(self, examples: NDArray[np.bool_]) -> Rows:
        """Return the rows of some of the examples."""
        good = examples[self.owner]
        return Rows(
            self.features[good], self.target[good], self.weight[good], self.owner[good]
        )  # fmt: skip


def fitted(rows: Rows, trees: TreeSettings) -> Trees:
    """Fit boosted trees; one thread, fixed seeds: the same rows give the same trees."""
    settings = {
        "objective": "binary", "num_leaves": trees.leaves, "learning_rate": trees.rate,
        "feature_fraction": trees.columns, "bagging_fraction": 0.8, "bagging_freq": 1,
        "min_data_in_leaf": trees.least, "lambda_l2": 5, "verbose": -1, "num_threads": 1, "seed": 1,
        "deterministic": True, "force_row_wise": True, "boost_from_average": True,
    }  # fmt: skip
    data = lightgbm.Dataset(rows.features, rows.target, weight=rows.weight)
    return trees_of(lightgbm.train(settings, data, trees.rounds).dump_model())


def keep_rows(examples: Sequence[Example], logits: dict[str, Floats], real: int) -> Rows:
    """Return a row for every block the network is unsure of."""
    parts = []
    for number, example in enumerate(examples):
        if number >= real and number % THIN:
            continue
        own = logits[example.page.id]
        rows = unsure_blocks(sigmoid(own[:, 0]))
        if len(rows):
            features = second_features(whole(example.features), own, rows)
            weight = example.weight[rows] * (1.0 if number < real else 0.6) + 1e-3
            parts.append((features, example.keep[rows], weight, np.full(len(rows), number)))
    return _joined(parts)


def split_rows(
    examples: Sequence[Example], logits: dict[str, Floats], keep: dict[str, Floats], real: int
) -> Rows:
    """Return a row for every place where a story may begin."""
    parts = []
    for number, example in enumerate(examples):
        kept = keep[example.page.id] >= 0.5
        found = candidates_of(whole(example.features), logits[example.page.id], kept)
        target = [
            example.start[a + 1 : b + 1].any() for a, b in zip(found.left, found.right, strict=True)
        ]
        if target:
            weight = np.full(len(target), 1.3 if number < real else 0.7)
            parts.append(
                (found.features, np.array(target, float), weight, np.full(len(target), number))
            )
    return _joined(parts)


def title_rows(
    examples: Sequence[Example], logits: dict[str, Floats], keep: dict[str, Floats], real: int
) -> Rows:
    """Return a row for every line that may be a story's headline."""
    parts = []
    for number, example in enumerate(examples):
        if number >= real and number % THIN:
            continue
        features, own = whole(example.features), logits[example.page.id]
        kept = keep[example.page.id] >= 0.5
        cuts = [0, *np.flatnonzero(example.start).tolist(), len(own)]
        for low, high in pairwise(cuts):
            rows = title_candidates(features, own, low, high) if high > low else np.zeros(0, int)
            if len(rows):
                x = title_features(features, own, kept, low, high, rows)
                parts.append(
                    (x, example.title[rows], np.ones(len(rows)), np.full(len(rows), number))
                )
    return _joined(parts)


def _joined(parts: list[tuple[Any, ...]]) -> Rows:
    return Rows(*(np.concatenate([p[i] for p in parts]) for i in range(4)))
