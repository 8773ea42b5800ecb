"""Time the cleaning of text: `python -m benchmarks.speed DATA.jsonl.gz`.

Prints milliseconds of processor time per 8,000 characters, on one core, for documents of 6,000 to
10,000 characters of each stratum: for the whole cleaning step (`clean_document` and the validation
of its rows) and for its parts. Every document counts with the fastest of its rounds, all parts of a
document are timed in turn, so that other work on the machine disturbs little. The last figure, to
find the words of the same texts with `re`, tells one machine from another: compare shares of it,
not milliseconds. The data format is in docs/training.md.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks.cleaning import cases_of
from pipeline.cleaning.clean import clean_document
from pipeline.cleaning.evidence import gather
from pipeline.cleaning.language import identify
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.model import PageView, TextModel, keep_mask
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import Hints, RawDocument
from schemas.source import Format, Source

SIZES = range(6_000, 10_001)
"""Characters of the documents that are timed."""
UNIT = 8_000
"""Characters that the figures are for."""

Step = Callable[[], object]


def steps_of(text: str, model: TextModel) -> dict[str, Step]:
    """Return what is timed on a document: the whole first, then parts of it, then the reference."""
    labeller = learned_labeller()
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(
        uri="document", format=Format.TEXT, record=None, id=None, sha256=digest, encoding="utf-8",
        fetched_at=None,
    )  # fmt: skip
    document = RawDocument(source, text)
    page = page_from_text(text)
    spans = [(block.start, block.end) for block in page.blocks]
    view = model.look(text, spans)
    scores = model.label_scores(view)
    starts = model.boundaries(view, scores)
    return {
        "whole": lambda: list(validate_cleaned(clean_document(document, labeller))),
        "blocks": lambda: page_from_text(text),
        "labels": lambda: labeller.label(page, Hints()),
        "labels: what lines say": lambda: gather(page),
        "labels: model's first look": lambda: model.look(text, spans),
        "labels: model's decisions": lambda: _decide(model, view),
        "labels: headlines": lambda: model.headlines(view, scores, starts),
        "language": lambda: identify(text),
        "reference: words by re": lambda: re.findall(r"\w+", text),
    }


def _decide(model: TextModel, view: PageView) -> None:
    scores = model.label_scores(view)
    model.boundaries(view, scores)
    keep_mask(scores[:, 0], view.page.units)


def times_of(texts: list[str], rounds: int) -> dict[str, float]:
    """Return for each step the milliseconds per 8,000 characters over all documents."""
    model = TextModel.read(Path(__file__).parents[1] / "pipeline/cleaning/model/text.model")
    totals: dict[str, float] = {}
    for text in texts:
        steps = steps_of(text, model)
        best = dict.fromkeys(steps, float("inf"))
        for _ in range(rounds):
            for name, step in steps.items():
                start = time.process_time()
                step()
                best[name] = min(best[name], time.process_time() - start)
        for name, seconds in best.items():
            totals[name] = totals.get(name, 0.0) + seconds
    return {name: s * 1000 * UNIT / sum(map(len, texts)) for name, s in totals.items()}


def main() -> None:
    """Print one table for every stratum."""
    parser = argparse.ArgumentParser(description="Time the cleaning of text documents.")
    parser.add_argument("data", type=Path, help="a data set, see docs/training.md")
    parser.add_argument("--documents", type=int, default=40, help="so many of each stratum")
    parser.add_argument("--rounds", type=int, default=9, help="times that each one is cleaned")
    options = parser.parse_args()
    texts: dict[str, list[str]] = {}
    for case in cases_of(options.data, None):
        text = "\n".join(line["text"] for line in case["lines"])
        if len(text) in SIZES:
            texts.setdefault(case["stratum"], []).append(text)
    with threadpool_limits(limits=1, user_api="blas"):
        for stratum, some in texts.items():
            chosen = some[: options.documents]
            print(f"{stratum}, {len(chosen)} documents: ms per {UNIT:,} characters")
            for name, figure in times_of(chosen, options.rounds).items():
                print(f"  {name:28} {figure:6.2f}")


if __name__ == "__main__":
    main()
