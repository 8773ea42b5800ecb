"""The learned part of the page labeller: how likely each block is text, and a page an article.

A model file (see `model.modelfile`) holds trees, `keep`, and a logistic regression, `article`, and
in its card the names of the columns that they read and the evidence they were trained with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from pipeline.cleaning.html.block_features import (
    FULL,
    LEAN,
    TEXT_MODEL_NAMES,
    BaseFigures,
    reference_features,
    reference_names,
    text_model_features,
)
from pipeline.cleaning.html.logistic import Logistic
from pipeline.cleaning.html.overlap import BlockRuns, Overlap
from pipeline.cleaning.html.page_kind import KIND_NAMES
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.model.arrays import Floats, sigmoid
from pipeline.cleaning.model.modelfile import read_arrays
from pipeline.cleaning.model.page_features import PageFeatures
from pipeline.cleaning.model.trees import Trees
from pipeline.cleaning.model.words import words_of

PAGE_DATA: Final = "page_data"
TEXT_MODEL: Final = "text_model"
TRAFILATURA: Final = "trafilatura"
EVIDENCE: Final = (PAGE_DATA, TEXT_MODEL, TRAFILATURA)
"""What a model may read beside the page itself."""


@dataclass(frozen=True, slots=True)
class BlockEvidence:
    """What is known of a page's n blocks beside the page itself; None where it was not asked.

    `scores` float32[n, 2] and `logits` float32[n, 3] are the text model's. `body`,
    `description` and `extracted` compare the blocks with the article's text in JSON-LD, with the
    page's description, and with the article as trafilatura sees it; None where there is none.
    """

    scores: Floats | None = None
    logits: Floats | None = None
    body: Overlap | None = None
    description: Overlap | None = None
    extracted: Overlap | None = None


def _base(evidence: frozenset[str]) -> BaseFigures:
    return FULL if TEXT_MODEL in evidence else LEAN


def columns_of(evidence: frozenset[str]) -> tuple[str, ...]:
    """Return the names of the columns of `block_table` with this evidence."""
    names = list(_base(evidence).names)
    if PAGE_DATA in evidence:
        names += [*reference_names("body"), *reference_names("description")]
    if TEXT_MODEL in evidence:
        names += TEXT_MODEL_NAMES
    if TRAFILATURA in evidence:
        names += reference_names(TRAFILATURA)
    return tuple(names)


def block_table(
    page: HtmlPage,
    text: PageFeatures,
    given: BlockEvidence,
    evidence: frozenset[str],
    runs: BlockRuns | None = None,
) -> Floats:
    """Return float32[n, len(columns_of(evidence))] for the n blocks of a page (at least one).

    `runs` are those of the blocks' texts, where they are known.
    """
    n = len(page.places)
    if runs is None:
        runs = BlockRuns(words_of([block.text for block in page.page.blocks]))
    parts = [_base(evidence).of(page, text, runs)]
    if PAGE_DATA in evidence:
        parts += [reference_features(given.body, n), reference_features(given.description, n)]
    if TEXT_MODEL in evidence:
        assert given.scores is not None  # noqa: S101 - the labeller asked the text model
        assert given.logits is not None  # noqa: S101
        parts.append(text_model_features(text, given.scores, given.logits))
    if TRAFILATURA in evidence:
        parts.append(reference_features(given.extracted, n))
    return np.concatenate(parts, dtype=np.float32).T


@dataclass(frozen=True, slots=True)
class PageModel:
    """Trained models of blocks and of pages; nothing in them changes after loading.

    `glance` are the first trees of all, which dismiss most of a page's furniture: blocks to which
    they give log-odds below `dismissed`. `keep` are the others.
    """

    glance: Trees | None
    dismissed: float
    keep: Trees
    article: Logistic
    evidence: frozenset[str]
    card: dict[str, Any]

    @classmethod
    def from_bytes(cls, data: bytes) -> PageModel:
        """Load a model file's bytes.

        Raises ValueError if they are none, or were trained with other columns than these.
        """
        arrays, card = read_arrays(data)
        try:
            evidence = frozenset(card["evidence"])
            wanted = (list(columns_of(evidence)), list(KIND_NAMES))
            if (card["keep_columns"], card["article_columns"]) != wanted:
                raise ValueError("the model was trained with other columns: train it again")
            keep = Trees.of_arrays(arrays, "keep")
            article = Logistic.of_arrays(arrays, "article")
            trees = card["block_trees"]
            count, dismissed = int(trees["glance"]), float(trees["dismissed"])
        except (KeyError, TypeError) as error:
            raise ValueError(f"the model file lacks {error}") from error
        if count <= 0:
            return cls(None, 0.0, keep, article, evidence, card)
        return cls(keep.part(0, count), dismissed, keep.part(count), article, evidence, card)

    def keep_chances(self, table: Floats) -> Floats:
        """Return float32[n]: how likely each block is the article's text."""
        if self.glance is None:
            scores = self.keep.scores(table)
        else:
            scores = self.glance.scores(table)
            rest = (scores >= self.dismissed).nonzero()[0]
            # The others would make those that are dismissed about twice as sure.
            doubled = 2 * scores
            doubled[rest] = scores[rest] + self.keep.scores(table[rest])
            scores = doubled
        chances: Floats = sigmoid(scores)
        return chances

    def article_chance(self, kind: Floats) -> float:
        """Return how likely a page holds an article, from its `page_kind.kind_features`."""
        return float(sigmoid(self.article.scores(kind[None, :]))[0])
