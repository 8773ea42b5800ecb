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

from benchmarks.text_scores import Prediction, counts_of, summary, words_of
from pipeline.cleaning.clean import clean_document
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.labels import Labeller
from pipeline.cleaning.learned import LearnedLabeller, learned_labeller
from pipeline.cleaning.model import TextModel
from pipeline.documents import RawDocument
from schemas.source import Format, Source

LOWER_IS_BETTER = frozenset({"cut in two"})
SLACK = 0.0005
"""So much a figure may lie below its floor: the last bits of sums differ between processors."""

LITTLE = 0.02
"""Share of leftovers below which a page is as good as clean, and should not be harmed."""
_LITTLE = "under 2% left over"

Table = dict[str, dict[str, float | None]]


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


RULES = RuleLabeller()


@cache
def _labeller(path: Path | None) -> LearnedLabeller:
    if path is None:
        return learned_labeller()
    return LearnedLabeller(TextModel.read(path), path.stem)


def _counts(
    job: tuple[dict[str, Any], Path | str | None],
) -> tuple[list[str], Counter[str], Counter[str]]:
    """Clean one case; return its groups, what was counted, and what doing nothing would count."""
    case, model = job
    labeller = RULES if model == RULES.version else _labeller(model)
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
    shipped = RULES.version if rules else None
    jobs = ((case, models / index[case["id"]] if models else shipped) for case in cases)
    with ExitStack() as stack:
        counted: Iterable[Any] = map(_counts, jobs)
        if processes > 1:
            counted = stack.enter_context(Pool(processes)).imap(_counts, jobs, chunksize=8)
        for groups, ours, idle in counted:
            for group in groups:
                totals[group].update(ours)
                totals[f"nothing: {group}"].update(idle)
    return {group: summary(found) for group, found in sorted(totals.items())}


def below_floors(table: Table, floors: Table) -> list[str]:
    """Return a sentence for every figure that is worse than its floor, or is missing."""
    wrong = []
    for group, figures in floors.items():
        for name, floor in figures.items():
            value = table.get(group, {}).get(name)
            sign = -1 if name in LOWER_IS_BETTER else 1
            if floor is not None and (value is None or sign * (value - floor) < -SLACK):
                wrong.append(f"{group}, {name}: {value} is worse than the floor {floor}")
    return wrong


def raised(table: Table, floors: Table) -> Table:
    """Return floors that are nowhere below the old ones."""
    out: Table = {group: dict(figures) for group, figures in floors.items()}
    for group, figures in table.items():
        if group.startswith("nothing"):
            continue
        own = out.setdefault(group, {})
        for name, value in figures.items():
            old = own.get(name)
            if name == "cases" or value is None:
                continue
            better = min if name in LOWER_IS_BETTER else max
            own[name] = round(value if old is None else better(value, old), 4)
    return out


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
    if not given.floors:
        return 0
    floors: Table = {}
    if given.floors.exists():
        floors = json.loads(given.floors.read_text(encoding="utf-8"))
    wrong = below_floors(table, floors)
    print("\n".join(wrong), file=sys.stderr)
    if given.raise_floors and not given.limit:
        text = json.dumps(raised(table, floors), indent=1, sort_keys=True) + "\n"
        given.floors.write_text(text, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
