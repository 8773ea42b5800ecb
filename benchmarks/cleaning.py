"""Score the cleaning on a labelled data set: `python -m benchmarks.cleaning DATA.jsonl.gz`.

Prints a row for every stratum and language, doing nothing beside it. With `--models DIR` (written
by `training.evaluate`) every case is cleaned with a model that has not seen its publisher; without
it the shipped model is scored on pages it may have learned from, which says little. With `--floors
FILE` the command fails if a figure lies below its floor; `--raise-floors` writes figures that rose,
and never lowers one. The data format is in docs/training.md.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from benchmarks.floors import Table, hold
from benchmarks.text_scores import Prediction, counts_of, summary, words_of
from pipeline.cleaning.clean import clean_document
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.labels import Labeller
from pipeline.cleaning.learned import LearnedLabeller, learned_labeller
from pipeline.cleaning.model import TextModel
from pipeline.documents import RawDocument
from schemas.source import Format, Source

LITTLE = 0.02
"""Share of leftovers below which a page is as good as clean, and should not be harmed."""
_LITTLE = "under 2% left over"


def cases_of(path: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    """Read the cases of a data set; with a limit, evenly spread ones."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    yield from rows[:: max(1, len(rows) // limit)] if limit else rows


def cleaned(case: dict[str, Any], labeller: Labeller) -> list[Prediction]:
    """Run the whole cleaning on a case."""
    text = "\n".join(line["text"] for line in case["lines"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(
        uri=case["id"], format=Format.TEXT, record=None, id=None, sha256=digest,
        encoding="utf-8", fetched_at=None,
    )  # fmt: skip
    articles = clean_document(RawDocument(source, text), labeller).articles
    return [Prediction(a["title"] or "", a["text"]) for a in articles]


@cache
def _labeller(model: Path | None, rules: bool) -> Labeller:
    if rules:
        return RuleLabeller()
    return (
        learned_labeller() if model is None else LearnedLabeller(TextModel.read(model), model.stem)
    )


def _counts(
    job: tuple[dict[str, Any], Path | None, bool],
) -> tuple[list[str], Counter[str], Counter[str]]:
    """Clean one case; return its groups, what was counted, and what doing nothing would count."""
    case, model, rules = job
    labeller = _labeller(model, rules)
    text = "\n".join(line["text"] for line in case["lines"])
    stratum = case["stratum"] if case["kind"] == "single" else case["kind"]
    names = ["all", "en" if case["lang"] == "en" else "other"]
    names += ["hard"] if case.get("hard") else []
    if case["kind"] == "single":
        names.append(_LITTLE if leftovers(case) < LITTLE else "much left over")
    ours = counts_of(case, cleaned(case, labeller))
    idle = counts_of(case, [Prediction("", text)])
    return [f"{stratum} {name}" for name in names], ours, idle


def leftovers(case: dict[str, Any]) -> float:
    """Return the share of a case's words, of those that are scored, which do not belong."""
    words = Counter[str]()
    for line in case["lines"]:
        words[line["label"]] += len(words_of(line["text"]))
    return words["drop"] / max(1, words["drop"] + words["keep"])


def score(
    cases: Iterator[dict[str, Any]], models: Path | None, processes: int = 1, rules: bool = False
) -> Table:
    """Return the figures of every group, and of doing nothing as `nothing: ...`."""
    index = json.loads((models / "index.json").read_text(encoding="utf-8")) if models else {}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    jobs = ((case, models / index[case["id"]] if models else None, rules) for case in cases)
    with ExitStack() as stack:
        counted: Iterable[Any] = map(_counts, jobs)
        if processes > 1:
            counted = stack.enter_context(Pool(processes)).imap(_counts, jobs, chunksize=8)
        for groups, ours, idle in counted:
            for group in groups:
                totals[group].update(ours)
                totals[f"nothing: {group}"].update(idle)
    return {group: summary(found) for group, found in sorted(totals.items())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, compare with the floors; 1 if a figure fell below its floor."""
    parser = argparse.ArgumentParser(prog="benchmarks.cleaning", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, help="score about so many cases")
    parser.add_argument("--models", type=Path, help="folder of models that saw no case they judge")
    parser.add_argument("--rules", action="store_true", help="score the rules, without a model")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--raise-floors", action="store_true")
    given = parser.parse_args(arguments)
    table = score(cases_of(given.data, given.limit), given.models, given.processes, given.rules)
    columns = list(next(iter(table.values())))
    print("| group | " + " | ".join(columns) + " |\n|" + "---|" * (len(columns) + 1))
    for group, figures in table.items():
        cells = ["-" if v is None else f"{v:g}" if v > 1 else f"{v:.4f}" for v in figures.values()]
        print(f"| {group} | " + " | ".join(cells) + " |")
    return hold(table, given.floors, raise_floors=given.raise_floors and not given.limit)


if __name__ == "__main__":
    sys.exit(main())
