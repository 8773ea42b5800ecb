"""Train the page labeller's models, `fast` and `best`.

    python -m training.html.train INDEX.jsonl TEXT.jsonl.gz [--out DIR] [--folds DIR] [--cache DIR]

INDEX holds the pages (see `training.html.pages`); TEXT the cases that the text models in
`benchmarks/folds` were trained on, so that no page is read with a text model that saw its
publisher. Writes `fast.model` and `best.model` to DIR (the package's own folder), and for the
benchmark one of each for every part of the publishers, trained without it, with an index of which
page belongs to which. Needs LightGBM. Same data, same versions: same bytes. About five minutes on
one core for 900 pages.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from pipeline.cleaning.html.logistic import Logistic
from pipeline.cleaning.html.page_kind import KIND_NAMES
from pipeline.cleaning.html.page_model import PAGE_DATA, TEXT_MODEL, TRAFILATURA, columns_of
from pipeline.cleaning.model.modelfile import write_arrays
from pipeline.cleaning.model.trees import Trees
from training.dataset import registrable_domain
from training.html.fitting import (
    FOLDS,
    PENALTY,
    BlockTrees,
    Fits,
    fit,
    fold_of,
)
from training.html.pages import FoldedTextModels, LabelledPage, read_pages

ENGINES = {
    "fast": (
        frozenset({PAGE_DATA}),
        BlockTrees(rounds=110, rate=0.08, columns=0.2, glance=30, dismissed=-3.0),
    ),
    "best": (
        frozenset({PAGE_DATA, TEXT_MODEL, TRAFILATURA}),
        BlockTrees(rounds=240, rate=0.05, columns=0.15),
    ),
}
"""Evidence and trees of each engine; half as many again change `fast` little. Out of fold, two
fifths of the blocks are dismissed at a glance, and to none of those would all trees together give a
chance of one half."""
_PACKAGE = Path(__file__).parents[2] / "pipeline" / "cleaning" / "html"
_BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def arrays_of(keep: Trees, article: Logistic) -> dict[str, NDArray[Any]]:
    """Return the arrays of a model file."""
    return keep.arrays("keep") | article.arrays("article")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train and write all models."""
    parser = argparse.ArgumentParser(prog="training.html.train", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("--out", type=Path, default=_PACKAGE)
    parser.add_argument("--folds", type=Path, default=_BENCHMARKS / "html_folds")
    parser.add_argument("--cache", type=Path, default=Path("cache"))
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    given = parser.parse_args(arguments)
    given.folds.mkdir(parents=True, exist_ok=True)
    models = FoldedTextModels(_BENCHMARKS / "folds", given.text)
    pages = read_pages(given.index, models, given.cache)
    say(f"{len(pages)} pages, {sum(len(p.text) for p in pages)} blocks")
    with given.index.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    groups = {row["id"]: registrable_domain(row["url"]) for row in rows}
    parts = {
        page: {"part": fold_of(group), "text": models.name_unseen_by(group)}
        for page, group in groups.items()
    }
    text = json.dumps(parts, indent=0, sort_keys=True) + "\n"
    (given.folds / "index.json").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(given.index.read_bytes()).hexdigest()
    for engine in given.engines:
        fits = fit(pages, *ENGINES[engine])
        size = write_models(engine, fits, pages, digest, given.out, given.folds)
        say(f"{engine}: {size} bytes")


def write_models(
    engine: str, fits: Fits, pages: Sequence[LabelledPage], digest: str, out: Path, folds: Path
) -> int:
    """Write an engine's model and its fold models; return the size of the first in bytes.

    `digest` is the SHA-256 of the index that the pages were read from.
    """
    evidence, trees = ENGINES[engine]
    card = {
        "engine": engine,
        "evidence": sorted(evidence),
        "keep_columns": list(columns_of(evidence)),
        "article_columns": list(KIND_NAMES),
        "data_sha256": digest,
        "pages": len(pages),
        "articles": sum(p.is_article for p in pages),
        "publishers": len({p.group for p in pages}),
        "block_trees": asdict(trees),
        "page_penalty": PENALTY,
    }
    file = out / f"{engine}.model"
    write_arrays(file, arrays_of(fits.keep, fits.article), card)
    for part in range(FOLDS):
        arrays = arrays_of(fits.keep_without[part], fits.article_without[part])
        write_arrays(folds / f"{engine}{part}.model", arrays, card)
    return file.stat().st_size


def say(text: str) -> None:
    """Tell how far the work is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
