"""The learned labeller and splitter behind one door: blocks in, scores and story starts out.

model = TextModel.read(path)
view = model.look(text, blocks)               # features and network, once a page
scores = model.label_scores(view)             # float32[n, 2]: keep, headline
starts = model.boundaries(view, scores)       # first blocks of the second and later stories
titles = model.headlines(view, scores, starts)
chances = model.boundary_chances(view, kept, blocks)    # where a story may begin, for pages
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Ints, Mask, Span, sigmoid
from pipeline.cleaning.model.modelfile import read_arrays
from pipeline.cleaning.model.network import BlockNetwork, prepared
from pipeline.cleaning.model.page_features import PageFeatures, page_features
from pipeline.cleaning.model.second_features import second_features, unsure_blocks
from pipeline.cleaning.model.splitter import Splitter
from pipeline.cleaning.model.title_features import title_candidates, title_features
from pipeline.cleaning.model.trees import Trees
from pipeline.cleaning.model.words import Vocabulary, Words

KEEP: Final = 0.5
"""Where stories and headlines are looked for, blocks at least this likely count as text."""
TEMPERATURE: Final = 0.8
"""Factor on the log-odds of keep for the final choice, chosen out of fold (see CARD.md)."""

DOUBT: Final = 0.5
FURNISHED: Final = 0.3
CLEAN: Final = 0.6


def keep_mask(keep: Floats, units: Floats) -> Mask:
    """Choose the blocks of a page that stay: those that make the expected word F1 greatest.

    With probabilities p and word counts u, keeping the k likeliest blocks is expected to give
    F(k) = 2 sum(u p, kept) / (sum(u, kept) + sum(u p, all)); the best k is taken. A page that is
    nearly all article gets a low bar by itself, a page of furniture a higher one.
    """
    if not len(keep):
        return np.zeros(0, np.bool_)
    bounded = np.clip(keep, 1e-6, 1 - 1e-6).astype(np.float64)
    p = 1 / (1 + (1 / bounded - 1) ** TEMPERATURE)
    u = np.round(units) + 1e-3
    order = np.argsort(-p, kind="stable")
    right = np.cumsum((u * p)[order])
    expected = 2 * right / (np.cumsum(u[order]) + right[-1])
    mask: Mask = p >= p[order[int(expected.argmax())]]
    return mask


def cautious(keep: Floats) -> Floats:
    """Give the blocks of a page that is mostly article the benefit of the doubt.

    `keep` float32[n] are probabilities. What an extractor has already cleaned is harmed by one
    paragraph lost more than it gains by one line dropped, and the model learned from pages of all
    kinds. Where up to `FURNISHED` of the blocks are expected to stay nothing changes; from `CLEAN`
    on the log-odds of all blocks rise by `DOUBT`. Chosen out of fold: lost words of over-inclusive
    extractors fall by a third, kept leftovers rise by a tenth, and word F1 stays.
    """
    if not len(keep):
        return keep
    share = (float(keep.mean()) - FURNISHED) / (CLEAN - FURNISHED)
    rise = float(np.exp(DOUBT * min(max(share, 0.0), 1.0)))
    risen: Floats = keep * rise / (1 + keep * (rise - 1))
    return risen


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's features and the network's log-odds float32[n, 3] for its blocks."""

    page: PageFeatures
    logits: Floats


@dataclass(frozen=True, slots=True)
class Headline:
    """The likeliest headline of a story: its block and its probability."""

    block: int
    score: float


@dataclass(frozen=True, slots=True)
class TextModel:
    """A trained labeller and splitter; nothing in it changes after loading."""

    vocabulary: Vocabulary
    network: BlockNetwork
    second: Trees
    splitter: Splitter
    title: Trees
    card: dict[str, Any]

    @classmethod
    def from_bytes(cls, data: bytes) -> TextModel:
        """Load a model file's bytes. Raises ValueError if they are none, or not whole."""
        arrays, card = read_arrays(data)
        weights = {k[4:]: v for k, v in arrays.items() if k.startswith("net.")}
        try:
            return cls(
                Vocabulary(arrays["vocabulary.words"], arrays["vocabulary.pairs"]),
                BlockNetwork(prepared(weights)),
                Trees.of_arrays(arrays, "second"),
                Splitter(
                    Trees.of_arrays(arrays, "split"),
                    Trees.of_arrays(arrays, "briefs"),
                    float(card["cut"]),
                    float(card["cut_of_briefs"]),
                ),
                Trees.of_arrays(arrays, "title"),
                {**card, "headline": float(card["headline"])},
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"the model file lacks {error}") from error

    @classmethod
    def read(cls, path: Path) -> TextModel:
        """Load a model file. Raises OSError, or ValueError if it is none."""
        return cls.from_bytes(path.read_bytes())

    def look(self, text: str, blocks: Sequence[Span], words: Words | None = None) -> PageView:
        """Compute a page's features and run the network over its blocks, once for all that follows.

        `blocks` are (start, end) offsets in characters, in order, none empty; `words` are those of
        the blocks, where they are known.
        """
        page = page_features(text, blocks, self.vocabulary, words)
        return PageView(page, self.network.logits(page))

    def label_scores(self, view: PageView) -> Floats:
        """Return float32[n, 2]: how likely each block stays in the text, and is a headline."""
        scores = sigmoid(view.logits[:, :2])
        rows = unsure_blocks(scores[:, 0])
        if len(rows):
            features = second_features(view.page, view.logits, rows)
            scores[rows, 0] = sigmoid(self.second.scores(features))
        return scores

    def boundaries(self, view: PageView, scores: Floats, opens: Mask | None = None) -> list[int]:
        """Return the first blocks of the second and later stories; precision before recall.

        `opens` bool[n] are the blocks that could open a story by their form, where that is known.
        """
        kept = scores[:, 0] >= KEEP
        return self.splitter.story_starts(view.page, view.logits, kept, opens)[0]

    def boundary_chances(self, view: PageView, kept: Mask, blocks: Sequence[int]) -> list[float]:
        """Return how likely a story begins at, or right around, each of some blocks.

        `kept` bool[n] are the blocks that stay in the text. 0 where nothing speaks for it.
        """
        found = self.splitter.likely_starts(view.page, view.logits, kept)
        chances = np.maximum(found.chance, found.of_briefs).tolist()
        gaps = list(zip(found.left.tolist(), found.right.tolist(), chances, strict=True))
        return [
            max((chance for left, right, chance in gaps if left < block <= right), default=0.0)
            for block in blocks
        ]

    def headlines(
        self, view: PageView, scores: Floats, starts: Sequence[int]
    ) -> list[Headline | None]:
        """Return the headline of every story, or None where no line looks like one."""
        kept = scores[:, 0] >= KEEP
        stories = list(pairwise([0, *starts, len(view.page)]))
        rows: list[Ints] = []
        features: list[Floats] = []
        for low, high in stories:
            own = title_candidates(view.page, view.logits, low, high)
            rows.append(own)
            if len(own):
                features.append(title_features(view.page, view.logits, kept, low, high, own))
        if not features:
            return [None] * len(stories)
        together = features[0] if len(features) == 1 else np.concatenate(features)
        chances = sigmoid(self.title.scores(together))
        found: list[Headline | None] = []
        behind = 0
        for own in rows:
            part = chances[behind : behind + len(own)]
            behind += len(own)
            best = int(part.argmax()) if len(own) else 0
            sure = len(own) > 0 and float(part[best]) >= self.card["headline"]
            found.append(Headline(int(own[best]), float(part[best])) if sure else None)
        return found
