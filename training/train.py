"""Train the text model: `python -m training.train DATA.jsonl.gz MODEL [--cache DIR]`.

Steps: features of all pages; one network per held-out part for honest log-odds; trees for the
second look, the splitter and the headline on those log-odds; a network on all pages; one file.
Needs JAX, optax and LightGBM. Same data, same versions: same bytes. About 20 minutes on one core
for 2,000 pages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.model.arrays import Floats, sigmoid
from pipeline.cleaning.model.modelfile import write_arrays
from pipeline.cleaning.model.second_features import second_features, unsure_blocks
from pipeline.cleaning.model.trees import Trees
from pipeline.cleaning.model.words import Vocabulary
from training import crossfit
from training.crossfit import Rows, fitted, keep_rows, split_rows, title_rows
from training.examples import Example
from training.network import Settings, train

SETTINGS = Settings(epochs=5, dropout=0.25, word_dropout=0.25, word_width=16, decay=0.05)
CUT = 0.58
"""A story begins where the splitter is at least so sure; chosen out of fold, see CARD.md."""
CUT_OF_BRIEFS = 0.45
"""The same between two briefs (`splitter.SHORT_STORY`); chosen on made pages of briefs."""
HEADLINE = 0.1
"""A line this likely is given as the headline, if no other is likelier."""


def second_look(
    examples: list[Example], logits: dict[str, Floats], trees: Trees
) -> dict[str, Floats]:
    """Return every page's probabilities of keep after the second look."""
    out = {}
    for example in examples:
        own = logits[example.page.id]
        keep = sigmoid(own[:, 0])
        rows = unsure_blocks(keep)
        if len(rows):
            features = second_features(crossfit.whole(example.features), own, rows)
            keep[rows] = sigmoid(trees.scores(features))
        out[example.page.id] = keep
    return out


def second_examples(data: crossfit.Data) -> list[Example]:
    """Return the real pages, the made pages and the views that the trees learn from."""
    order = np.random.default_rng(0).permutation(len(data.made))[: crossfit.SECOND_MADE]
    views = np.random.default_rng(1).permutation(len(data.views))[: crossfit.SECOND_VIEWS]
    return [
        *data.real,
        *(data.made[i] for i in sorted(order)),
        *(data.views[i] for i in sorted(views)),
    ]


def model_arrays(
    vocabulary: Vocabulary, weights: dict[str, NDArray[Any]], trees: dict[str, Trees]
) -> dict[str, NDArray[Any]]:
    """Return the arrays of a model file, its big tables in half precision."""
    arrays: dict[str, NDArray[Any]] = {
        f"net.{k}": v.astype(np.float32 if k in ("mean", "deviation") else np.float16)
        for k, v in weights.items()
    }
    arrays["vocabulary.words"] = vocabulary.words
    arrays["vocabulary.pairs"] = vocabulary.pairs
    for name, tree in trees.items():
        arrays |= tree.arrays(name)
    return arrays


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write the model and its card (in the file's header, and beside it as JSON)."""
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--views", type=Path, help="further cases, see training.views")
    parser.add_argument("--cache", type=Path, default=Path("cache"))
    parser.add_argument("--made", type=int, default=crossfit.MADE_PER_FOLD)
    parser.add_argument("--epochs", type=int, default=SETTINGS.epochs)
    given = parser.parse_args(arguments)
    settings = replace(SETTINGS, epochs=given.epochs)
    data = crossfit.load_cached(given.data, given.views, given.cache, given.made)
    say(f"{len(data.real)} pages, {len(data.made)} made of them")
    logits = crossfit.logits_of(crossfit.network_fits(data, settings, given.cache, say))
    examples = second_examples(data)
    real = len(data.real)
    trees: dict[str, Trees] = {}
    rows: Rows = keep_rows(examples, logits, real)
    trees["second"] = fitted(rows, crossfit.KEEP_TREES)
    keep = second_look(examples, logits, trees["second"])
    keep |= second_look([*data.more, *data.briefs], logits, trees["second"])
    splits = split_rows([*examples, *data.more, *data.briefs], logits, keep, real)
    usual = splits.first(len(examples) + len(data.more))
    trees["split"] = fitted(usual, crossfit.SPLIT_TREES)
    trees["briefs"] = fitted(splits, crossfit.SPLIT_TREES)
    trees["title"] = fitted(title_rows(examples, logits, keep, real), crossfit.TITLE_TREES)
    say("trees done")
    usable = crossfit.usable_words(data.vocabulary, data.real)
    sizes = (len(data.vocabulary.words), len(data.vocabulary.pairs))
    weights = train(
        data.real, data.made, data.views, sizes, usable, settings,
        lambda epoch, loss: say(f"{epoch} {loss:.4f}"),
    )  # fmt: skip
    card = {
        "data_sha256": hashlib.sha256(given.data.read_bytes()).hexdigest(),
        "pages": len(data.real),
        "made_pages": len(data.made),
        "made_for_splitter": len(data.more),
        "briefs": len(data.briefs),
        "views": len(data.views),
        "publishers": len({g for e in data.real for g in e.page.groups}),
        "vocabulary": {
            "words": sizes[0], "pairs": sizes[1], "least_publishers": crossfit.PUBLISHERS,
        },
        "settings": asdict(settings),
        "cut": CUT,
        "cut_of_briefs": CUT_OF_BRIEFS,
        "headline": HEADLINE,
    }  # fmt: skip
    write_arrays(given.model, model_arrays(data.vocabulary, weights, trees), card)
    given.model.with_suffix(".card.json").write_text(
        json.dumps(card, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    say(f"{given.model.stat().st_size} bytes")


def say(text: str) -> None:
    """Tell how far the work is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
