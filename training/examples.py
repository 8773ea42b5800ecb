"""Labelled pages as arrays: features, targets and weights of every block."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Ints, Keys
from pipeline.cleaning.model.page_features import PageFeatures, page_features
from pipeline.cleaning.model.words import Vocabulary, pair_keys, words_of
from training.blocks import blocks_of
from training.dataset import TrainingPage


@dataclass(frozen=True, slots=True)
class Example:
    """A page's features and, for each block, what is right.

    `keep`, `title`, `start` are float32[n] targets; `weight` float32[n] is what a wrong keep costs
    (0 where the label says nothing); `story` int64[n].
    """

    page: TrainingPage
    features: PageFeatures
    blocks: list[tuple[int, int]]
    labels: list[str]
    keep: Floats
    title: Floats
    start: Floats
    weight: Floats
    story: Ints


def example_of(page: TrainingPage, vocabulary: Vocabulary) -> Example:
    """Compute the features of a page and line them up with its labels."""
    text = page.text
    blocks = blocks_of(text)
    line_starts = np.cumsum([0, *(len(x.text) + 1 for x in page.lines)])
    owner = np.searchsorted(line_starts, [a for a, _ in blocks], side="right") - 1
    lines = [page.lines[i] for i in owner]
    features = page_features(text, blocks, vocabulary)
    labels = [x.label for x in lines]
    story = np.array([x.story for x in lines], np.int64)
    keep = np.array([x == "keep" for x in labels], np.float32)
    title = np.array([x == "title" for x in labels], np.float32)
    start = np.zeros(len(blocks), np.float32)
    start[1:] = story[1:] != story[:-1]
    total = max(float((features.units * keep).sum()), 40.0)
    worth = np.array([_WORTH[x] for x in labels], np.float32)
    weight = worth * np.minimum(0.3 + 30 * features.units / total, 8)
    return Example(
        page, features, blocks, labels, keep, title, start, weight.astype(np.float32), story
    )


_WORTH = {"keep": 1.0, "drop": 1.0, "title": 0.7, "dup": 0.4, "unsure": 0.0, "blank": 0.0}


def build_vocabulary(
    pages: Iterable[TrainingPage], publishers: int
) -> tuple[Vocabulary, Ints, Ints]:
    """Take words and pairs of words that at least so many publishers use.

    Returns the vocabulary and the numbers of publishers of its words and pairs. This bound is what
    keeps names of sites out of the model.
    """
    words: dict[str, set[int]] = defaultdict(set)
    pairs: dict[str, set[int]] = defaultdict(set)
    for page in pages:
        text = page.text
        blocks = blocks_of(text)
        if not blocks:
            continue
        found = words_of([text[a:b] for a, b in blocks])
        words[page.groups[0]].update(np.unique(found.keys).tolist())
        same = found.block[1:] == found.block[:-1]
        pairs[page.groups[0]].update(np.unique(pair_keys(found.keys)[same]).tolist())
    out = []
    for table in (words, pairs):
        counts: Counter[int] = Counter()
        for keys in table.values():
            counts.update(keys)
        good = sorted(key for key, count in counts.items() if count >= publishers)
        out.append((np.array(good, np.uint64), np.array([counts[k] for k in good])))
    (word_keys, word_counts), (pair_table, pair_counts) = out
    return Vocabulary(_keys(word_keys), _keys(pair_table)), word_counts, pair_counts


def _keys(values: np.ndarray) -> Keys:
    return np.asarray(values, np.uint64)
