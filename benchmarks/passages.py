"""Score pages of which passages are known: `python -m benchmarks.passages DATA.json PAGES`.

DATA is an object: the address of a page → `{"file", "title", "date", "author": [], "with": [],
"without": []}`: passages that must and must not be in the article, as trafilatura's own evaluation
has them. PAGES is the folder of the files. That evaluation comes with the Go module
github.com/markusmobius/go-trafilatura (`scripts/comparison/data.go` and `test-files/`), whose table
a Go program of five lines writes as JSON.

Prints for the engines `best` and `fast` and for trafilatura, over all pages together: precision,
recall and F1 of the passages (a standfirst counts as text), and the share of titles, of authors (F1
of a page's names) and of days that are right. `--without INDEX` leaves out pages of publishers that
are in an index of training pages; `--half 0` or `1` takes half of the publishers, by a digest of
the domain, so that one half can be read and the other only scored.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from statistics import mean
from typing import Any, Final

import trafilatura

from benchmarks.html import articles_of, name_f1
from pipeline.cleaning.html.labeller import best_page_labeller, fast_page_labeller
from pipeline.sources.charset import decode_page
from training.dataset import registrable_domain

_LABELLERS: Final = {"best": best_page_labeller, "fast": fast_page_labeller}
Row = dict[str, Any]


def rows_of(data: Path, pages: Path, without: Path | None, half: int | None) -> Iterator[Row]:
    """Yield the pages that are scored, with their addresses and files."""
    known: set[str] = set()
    if without is not None:
        with without.open(encoding="utf-8") as lines:
            known = {json.loads(line)["domain"] for line in lines}
    for url, row in json.loads(data.read_text(encoding="utf-8")).items():
        domain = registrable_domain(url)
        digest = hashlib.md5(domain.encode(), usedforsecurity=False).digest()
        if domain in known or (half is not None and digest[0] % 2 != half):
            continue
        found = next(pages.rglob(row["file"]), None)
        if found is not None:
            yield {**row, "url": url, "path": str(found)}


def answers(row: Row) -> dict[str, Row]:
    """Return what each extractor makes of a page: text, text with standfirst, title, names, day."""
    data = Path(row["path"]).read_bytes()
    decoded = decode_page(data)
    markup = decoded.text if decoded else ""
    found: dict[str, Row] = {}
    for name, make in _LABELLERS.items():
        articles = articles_of({"id": row["file"], "url": row["url"]}, markup, make())
        text = " ".join(article.text for article in articles)
        summary = " ".join(article.description or "" for article in articles)
        first = articles[0] if articles else None
        found[name] = {
            "text": text, "all": f"{summary} {text}", "title": first and first.title,
            "authors": first.authors if first else (), "date": first and first.date_published,
        }  # fmt: skip
    theirs = trafilatura.bare_extraction(data, url=row["url"], with_metadata=True)
    made: Any = theirs if theirs is not None and not isinstance(theirs, dict) else None
    authors = tuple(filter(None, ((made.author or "") if made else "").split("; ")))
    text = (made.text or "") if made else ""
    found["trafilatura"] = {
        "text": text, "all": text, "title": made and made.title, "authors": authors,
        "date": made and made.date,
    }  # fmt: skip
    return found


def figures(rows: Sequence[Row], found: Sequence[Row]) -> dict[str, float]:
    """Return the figures of one extractor over all pages."""
    right = missing = wrong = 0
    titles, authors, days = [], [], []
    for row, own in zip(rows, found, strict=True):
        said, text = _spaced(own["all"]), _spaced(own["text"])
        kept = sum(_spaced(passage) in said for passage in row["with"])
        right, missing = right + kept, missing + len(row["with"]) - kept
        wrong += sum(_spaced(passage) in text for passage in row["without"])
        if row["title"]:
            titles.append(float(_words(own["title"]) == _words(row["title"])))
        if row["author"]:
            authors.append(name_f1(row["author"], own["authors"]))
        if row["date"]:
            days.append(float((own["date"] or "")[:10] == row["date"]))
    return {
        "precision": right / max(right + wrong, 1), "recall": right / max(right + missing, 1),
        "F1": 2 * right / max(2 * right + wrong + missing, 1), "title": mean(titles or [0.0]),
        "authors": mean(authors or [0.0]), "date": mean(days or [0.0]),
    }  # fmt: skip


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").casefold())


def main() -> None:
    """Print a line for every extractor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--without", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    rows = list(rows_of(given.data, given.pages, given.without, given.half))
    with Pool(given.processes) as pool:
        found = pool.map(answers, rows, chunksize=8)
    print(f"{len(rows)} pages")
    for name in (*_LABELLERS, "trafilatura"):
        line = figures(rows, [answer[name] for answer in found])
        print(f"{name:12}", " · ".join(f"{key} {value:.3f}" for key, value in line.items()))


if __name__ == "__main__":
    main()
