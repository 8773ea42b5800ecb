"""Fit a model for every part of a data set: `python -m training.evaluate DATA --models DIR`.

Every part's model saw none of the publishers of its pages. DIR gets `fold0.model`, ... and
`index.json`: case id to the file that may judge it. `python -m benchmarks.cleaning DATA --models
DIR` then scores the whole cleaning out of fold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.model.arrays import Floats
from pipeline.cleaning.model.modelfile import write_arrays
from training import crossfit
from training.crossfit import fitted, keep_rows, split_rows, title_rows
from training.examples import Example
from training.train import (
    CUT,
    CUT_OF_BRIEFS,
    HEADLINE,
    SETTINGS,
    model_arrays,
    say,
    second_examples,
    second_look,
)


def write_fold_models(data: crossfit.Data, fits: Sequence[crossfit.Fit], folder: Path) -> None:
    """Fit the trees of every part and write its model, and the index of cases."""
    folder.mkdir(parents=True, exist_ok=True)
    logits = crossfit.logits_of(fits)
    examples, real = second_examples(data), len(data.real)
    allowed = _allowed(data, examples)
    rows = keep_rows(examples, logits, real)
    second = [fitted(rows.only(good), crossfit.KEEP_TREES) for good in allowed]
    keep: dict[str, Floats] = {}
    for part, trees in enumerate(second):
        every = (*examples, *data.more, *data.briefs)
        judged = [e for e in every if data.part[e.page.id] == part]
        keep |= second_look(judged, logits, trees)
    say("second look done")
    to_split = [*examples, *data.more, *data.briefs]
    splits = split_rows(to_split, logits, keep, real)
    usual = splits.first(len(examples) + len(data.more))
    allowed_to_split = _allowed(data, to_split)
    titles = title_rows(examples, logits, keep, real)
    for part, good in enumerate(allowed):
        trees_of_part = {
            "second": second[part],
            "split": fitted(usual.only(allowed_to_split[part]), crossfit.SPLIT_TREES),
            "briefs": fitted(splits.only(allowed_to_split[part]), crossfit.SPLIT_TREES),
            "title": fitted(titles.only(good), crossfit.TITLE_TREES),
        }
        arrays = model_arrays(data.vocabulary, fits[part].weights, trees_of_part)
        card = {
            "cut": CUT, "cut_of_briefs": CUT_OF_BRIEFS, "headline": HEADLINE, "fold": part,
        }  # fmt: skip
        write_arrays(folder / f"fold{part}.model", arrays, card)
    index = {e.page.id: f"fold{data.part[e.page.id]}.model" for e in data.real}
    text = json.dumps(index, indent=0, sort_keys=True) + "\n"
    (folder / "index.json").write_text(text, encoding="utf-8")
    say(f"{len(allowed)} models for {len(index)} cases")


def _allowed(data: crossfit.Data, examples: Sequence[Example]) -> list[NDArray[np.bool_]]:
    """Return for every part which of the examples its trees may learn from: bool[examples]."""
    return [
        np.array(
            [data.part[e.page.id] != part and not held & set(e.page.groups) for e in examples],
            np.bool_,
        )
        for part, held in enumerate(data.held_out)
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and write the models of all parts."""
    parser = argparse.ArgumentParser(prog="training.evaluate", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--views", type=Path, help="further cases, see training.views")
    parser.add_argument("--cache", type=Path, default=Path("cache"))
    given = parser.parse_args(arguments)
    data = crossfit.load_cached(given.data, given.views, given.cache, crossfit.MADE_PER_FOLD)
    fits = crossfit.network_fits(data, SETTINGS, given.cache, say)
    write_fold_models(data, fits, given.models)


if __name__ == "__main__":
    main()
