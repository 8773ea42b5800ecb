"""Quality and cost of the HTML cleaning on labelled pages, beside trafilatura.

    python -m benchmarks.html INDEX.jsonl [--models DIR] [--engines best fast] [--floors FILE]

INDEX holds the pages (see `training.html.pages`) with their `gold`: body, title, authors, date,
with[] and without[] (passages that must and must not be there). With `--models` every page is read
with a page model and a text model that saw none of its publisher. Scores: F1 of runs of four words
and of words, means over pages, as Scrapinghub's article extraction benchmark and WCXB define them.
Times: processor time of one page after the other, each engine's and trafilatura's turn about, so
that a busy machine slows all alike; two processes (`--processes 2`) slow each other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final

import trafilatura

from benchmarks.floors import Table, hold
from pipeline.cleaning.clean import ARTICLE, clean_document
from pipeline.cleaning.html.facts import PageFacts
from pipeline.cleaning.html.labeller import (
    LearnedPageLabeller,
    best_page_labeller,
    fast_page_labeller,
)
from pipeline.cleaning.html.labels import PageLabeller, PageLabels
from pipeline.cleaning.html.page_model import PageModel
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.model import TextModel
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import Hints, RawDocument
from schemas import Article
from schemas.source import Format, Source
from training.html.pages import markup_of

LABELLERS: Final[dict[str, Callable[[], PageLabeller]]] = {
    "best": best_page_labeller,
    "fast": fast_page_labeller,
}
_WORD: Final = re.compile(r"\w+")
_RUN: Final = 4


@dataclass(frozen=True, slots=True)
class Found:
    """What an extractor made of a page, the processor time it took, how likely an article it is."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    stories: int = 1
    seconds: float = 0.0
    article: float = 0.0


@cache
def folded(folder: Path, engine: str, part: int, text: str) -> LearnedPageLabeller:
    """Return the labeller made of a page model and a text model that did not see some pages."""
    model = PageModel.from_bytes((folder / f"{engine}{part}.model").read_bytes())
    return LearnedPageLabeller(model, _text_model(text), f"{engine}{part}")


@cache
def _text_model(name: str) -> TextModel:
    return TextModel.read(Path(__file__).parent / "folds" / name)


class _Noting:
    """A page labeller that remembers how likely the last page was an article."""

    def __init__(self, labeller: PageLabeller) -> None:
        self._labeller = labeller
        self.version = labeller.version
        self.chance = 0.0

    def label(self, tree: Any, page: HtmlPage, hints: Hints, facts: PageFacts) -> PageLabels:
        found = self._labeller.label(tree, page, hints, facts)
        self.chance = found.article
        return found


def articles_of(row: dict[str, Any], markup: str, labeller: PageLabeller) -> list[Article]:
    """Run the whole cleaning on a page, also on one that would be rejected as no article."""
    source = Source(
        uri=row["id"], format=Format.HTML, record=None, id=None,
        sha256=hashlib.sha256(markup.encode()).hexdigest(), encoding="utf-8", fetched_at=None,
    )  # fmt: skip
    document = RawDocument(source, markup, Hints(url=row["url"]), is_html=True)
    cleaned = clean_document(
        document, learned_labeller(), page_labeller=labeller, keep_non_articles=True
    )
    return [article for article in validate_cleaned(cleaned) if isinstance(article, Article)]


def ours(row: dict[str, Any], markup: str, labeller: PageLabeller) -> Found:
    """Return what the cleaning makes of a page, and the processor time of it."""
    noting = _Noting(labeller)
    begin = time.process_time()
    articles = articles_of(row, markup, noting)
    seconds = time.process_time() - begin
    if not articles:
        return Found("", stories=0, seconds=seconds)
    first, chance = articles[0], noting.chance
    return Found(
        first.text, first.title, first.authors, first.date_published, len(articles), seconds, chance
    )


def theirs(row: dict[str, Any], markup: str) -> Found:
    """Run trafilatura with its metadata on a page."""
    begin = time.process_time()
    found = trafilatura.bare_extraction(markup, url=row["url"], with_metadata=True)
    seconds = time.process_time() - begin
    if found is None or isinstance(found, dict):
        return Found("", stories=0, seconds=seconds)
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Found(found.text or "", found.title, authors, found.date, 1, seconds)


# ------------------------------------------------------------------------------ scores
def runs_of(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words; a shorter text is one run."""
    words = _WORD.findall(text)
    if len(words) < _RUN:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[step:] for step in range(_RUN)), strict=False))


def run_shares(right: str, given: str) -> tuple[float, float, float]:
    """Return the shares of runs in both texts, in the given one alone, in the right one alone."""
    gold, found = runs_of(right), runs_of(given)
    both = sum((gold & found).values())
    extra, missed = sum(found.values()) - both, sum(gold.values()) - both
    total = both + extra + missed
    return (both / total, extra / total, missed / total) if total else (0.0, 0.0, 0.0)


def run_f1(pages: Sequence[tuple[float, float, float]]) -> float:
    """Return the F1 of the mean precision and the mean recall over pages."""
    precision = mean([tp / (tp + fp) for tp, fp, _ in pages if tp + fp > 0])
    recall = mean([tp / (tp + fn) for tp, _, fn in pages if tp + fn > 0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def word_f1(right: str, given: str) -> float:
    """Return the F1 of two bags of words in lower case."""
    gold, found = (Counter(_WORD.findall(text.lower())) for text in (right, given))
    both = sum((gold & found).values())
    return 2 * both / (gold.total() + found.total()) if both else float(gold == found)


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _squeezed(text: str) -> str:
    return " ".join(text.lower().split())


def _title_words(text: str | None) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text or "").lower())


def _names(names: Sequence[str]) -> set[str]:
    parts = (
        part for name in names for part in re.split(r"\s*[;,|]\s*|\s+(?:and|und|et|y|&)\s+", name)
    )
    return {" ".join(_title_words(part)).removeprefix("by ") for part in parts} - {""}


def name_f1(right: Sequence[str], given: Sequence[str]) -> float:
    """Return the F1 of two sets of names."""
    gold, found = _names(right), _names(given)
    both = len(gold & found)
    return 2 * both / (len(gold) + len(found)) if both else 0.0


def summary(rows: Sequence[dict[str, Any]], found: Sequence[Found]) -> dict[str, float | None]:
    """Return the figures of a set of pages and what was found on each."""
    pairs = list(zip(rows, found, strict=True))
    gold = [row["gold"] for row in rows]

    def over(name: str, score: Callable[[Any, Found], float]) -> float | None:
        scores = [score(row["gold"][name], own) for row, own in pairs if row["gold"][name]]
        return mean(scores) if scores else None

    def held(wanted: Sequence[str], own: Found) -> float:
        text = _squeezed(own.text)
        return mean([float(_squeezed(part) in text) for part in wanted])

    return {
        "pages": len(rows),
        "run F1": run_f1([run_shares(g["body"], f.text) for g, f in zip(gold, found, strict=True)]),
        "word F1": mean([word_f1(g["body"], f.text) for g, f in zip(gold, found, strict=True)]),
        "with": over("with", held),
        "without": over("without", held),
        "title": over("title", lambda g, f: float(_title_words(g) == _title_words(f.title))),
        "authors": over("authors", lambda g, f: name_f1(g, f.authors)),
        "date": over("date", lambda g, f: float((f.date or "")[:10] == g)),
        "cut in two": mean([float(f.stories > 1) for f in found]),
    }


def benchmark(
    rows: Sequence[dict[str, Any]],
    index: Path,
    models: Path | None,
    engines: Sequence[str],
    processes: int = 1,
) -> Table:
    """Return the figures of every engine and of trafilatura, for each corpus of article pages."""
    parts = json.loads((models / "index.json").read_text(encoding="utf-8")) if models else {}
    look = partial(_look, index=index, models=models, parts=parts, engines=engines)
    found: dict[str, dict[str, Found]] = defaultdict(dict)
    with ExitStack() as stack:
        answers: Iterable[dict[str, Found]] = map(look, rows)
        if processes > 1:
            answers = stack.enter_context(Pool(processes)).imap(look, rows, chunksize=8)
        for row, answer in zip(rows, answers, strict=True):
            for name, own in answer.items():
                found[name][row["id"]] = own
    table: Table = {}
    articles = [row for row in rows if row["page_type"] == "article"]
    for name, pages in found.items():
        for corpus in sorted({row["corpus"] for row in articles}):
            own = [row for row in articles if row["corpus"] == corpus]
            results = [pages[row["id"]] for row in own]
            table[f"{name} {corpus}"] = summary(own, results)
        if name in engines:
            table[f"{name} kinds"] = _kinds(rows, pages)
    usual = {row["id"]: found["trafilatura"][row["id"]].seconds for row in articles}
    for name in engines:
        both = [(r.seconds, usual[i]) for i, r in found[name].items() if i in usual]
        table[f"{name} time"] = {
            "ratio": sum(a for a, _ in both) / max(sum(b for _, b in both), 1e-9),
            "ms": 1000 * mean([a for a, _ in both]),
            "trafilatura ms": 1000 * mean([b for _, b in both]),
        }
    return table


def _look(
    row: dict[str, Any],
    index: Path,
    models: Path | None,
    parts: dict[str, dict[str, Any]],
    engines: Sequence[str],
) -> dict[str, Found]:
    """Return what every engine, and on an article trafilatura, makes of a page."""
    _warm_up()
    markup = markup_of(row, index)
    found = {}
    for engine in engines:
        make = LABELLERS[engine]
        labeller = folded(models, engine, **parts[row["id"]]) if models else make()
        found[engine] = ours(row, markup, labeller)
    if row["page_type"] == "article":
        found["trafilatura"] = theirs(row, markup)
    return found


@cache
def _warm_up() -> None:
    trafilatura.bare_extraction("<p>warm up</p>")


def _kinds(rows: Sequence[dict[str, Any]], pages: dict[str, Found]) -> dict[str, float | None]:
    """Return how many articles pass as such, how many other pages do not, and the mean of both."""
    passes: dict[bool, list[float]] = {True: [], False: []}
    for row in rows:
        is_article = row["page_type"] == "article"
        passes[is_article].append(float(pages[row["id"]].article >= ARTICLE))
    passed, stopped = mean(passes[True]), 1 - mean(passes[False])
    return {
        "articles passed": passed,
        "others rejected": stopped,
        "balanced": (passed + stopped) / 2,
        "at": ARTICLE,
    }


def rows_of(index: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    """Read the index; with a limit, evenly spread pages of it."""
    with index.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    yield from rows[:: max(1, len(rows) // limit)] if limit else rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, compare with the floors; 1 if a figure fell below its floor."""
    parser = argparse.ArgumentParser(prog="benchmarks.html", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--models", type=Path, help="folder of models that saw no page they judge")
    parser.add_argument("--engines", nargs="+", default=list(LABELLERS), choices=list(LABELLERS))
    parser.add_argument("--limit", type=int, help="score about so many pages")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--raise-floors", action="store_true")
    given = parser.parse_args(arguments)
    rows = list(rows_of(given.index, given.limit))
    table = benchmark(rows, given.index, given.models, given.engines, given.processes)
    for group, figures in table.items():
        cells = (
            f"{k} {v:.4f}" if v is not None and v <= 1 else f"{k} {v}" for k, v in figures.items()
        )
        print(f"{group:20s} " + " · ".join(cells))
    return hold(table, given.floors, raise_floors=given.raise_floors and not given.limit)


if __name__ == "__main__":
    sys.exit(main())
