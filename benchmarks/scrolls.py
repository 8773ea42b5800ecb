"""Do two articles in one page come out as two: pages as an infinite scroll leaves them.

    python -m benchmarks.scrolls INDEX.jsonl --models DIR [--engines best fast] [--floors FILE]

A page gets the element that holds another article of its publisher (headline and body, as INDEX
says, see `benchmarks.html`) behind its own. Every pair is tried as it is and with the later
headline as h2. `two` is the share of the pages that give exactly two articles, `first` and `second`
the mean F1 of words of the two (0 for one that is not there). How many pages of one article are cut
says `benchmarks.html`. The models saw no page of the publisher.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, Final

import lxml.html

from benchmarks.floors import Table, hold
from benchmarks.html import LABELLERS, articles_of, folded, rows_of, word_f1
from training.dataset import registrable_domain
from training.html.pages import markup_of

_OF_TITLE: Final = 0.7
"""Share of a title's words that its headline has."""
_OF_BODY: Final = 0.9
"""Share of an article's words that its element has."""

Pair = tuple[dict[str, Any], dict[str, Any], bool]
"""A page, the one whose article is appended to it, and whether the later headline becomes h2."""


def _words(text: str) -> Counter[str]:
    return Counter(text.casefold().split())


def element_of(tree: Any, title: str, body: str) -> Any:
    """Return the innermost element that holds a headline and nearly all words of its article.

    None where only the whole `body` element does, or the headline is not there.
    """
    named, said = _words(title), _words(body)
    for head in tree.iter("h1"):
        if (_words(head.text_content()) & named).total() < _OF_TITLE * max(named.total(), 1):
            continue
        element = head.getparent()
        while element is not None and element.tag != "body":
            if (_words(element.text_content()) & said).total() >= _OF_BODY * said.total():
                return element
            element = element.getparent()
    return None


def scroll_of(page: str, later: str, golds: Sequence[dict[str, Any]], *, as_h2: bool) -> str | None:
    """Return the markup of a page with another's article behind its own, None if that cannot be.

    `golds` are the `gold` of both, each with `title` and `body`.
    """
    tree, other = map(lxml.html.document_fromstring, (page, later))
    here, added = (
        element_of(made, gold["title"] or "", gold["body"])
        for made, gold in zip((tree, other), golds, strict=True)
    )
    if here is None or added is None:
        return None
    if as_h2:
        for head in list(added.iter("h1")):
            head.tag = "h2"
    added.tail = None
    here.addnext(added)
    return str(lxml.html.tostring(tree, encoding="unicode"))


def pairs_of(rows: Iterable[dict[str, Any]]) -> list[Pair]:
    """Return two articles of each publisher that has two, each pair in both ways."""
    by_publisher = defaultdict(list)
    for row in rows:
        by_publisher[registrable_domain(row["url"])].append(row)
    return [
        (own[0], own[1], as_h2)
        for _, own in sorted(by_publisher.items())
        if len(own) > 1
        for as_h2 in (False, True)
    ]


def _score(
    pair: Pair, index: Path, models: Path, engines: Sequence[str], parts: dict[str, dict[str, Any]]
) -> dict[str, tuple[int, float, float]] | None:
    """Return of every engine how many articles a page gives, and the F1 of first and second."""
    row, other, as_h2 = pair
    golds = [row["gold"], other["gold"]]
    markup = scroll_of(markup_of(row, index), markup_of(other, index), golds, as_h2=as_h2)
    if markup is None:
        return None
    found = {}
    for engine in engines:
        labeller = folded(models, engine, **parts[row["id"]])
        texts = [article.text for article in articles_of(row, markup, labeller)]
        first = word_f1(golds[0]["body"], texts[0]) if texts else 0.0
        second = max((word_f1(golds[1]["body"], text) for text in texts[1:]), default=0.0)
        found[engine] = len(texts), first, second
    return found


def benchmark(
    rows: Sequence[dict[str, Any]], index: Path, models: Path, engines: Sequence[str], many: int
) -> Table:
    """Return the table of all engines."""
    parts = json.loads((models / "index.json").read_text(encoding="utf-8"))
    pairs = pairs_of(row for row in rows if row["page_type"] == "article")
    work = partial(_score, index=index, models=models, engines=engines, parts=parts)
    with Pool(many) as pool:
        scrolls = [scores for scores in pool.map(work, pairs, chunksize=2) if scores is not None]
    table: Table = {}
    for engine in engines:
        own = [scroll[engine] for scroll in scrolls]
        n = max(len(own), 1)
        table[f"{engine} scrolls"] = {
            "pages": len(own),
            "two": sum(count == 2 for count, _, _ in own) / n,
            "first": sum(first for _, first, _ in own) / n,
            "second": sum(second for _, _, second in own) / n,
        }
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Score, print, compare with the floors; 1 if a figure fell below its floor."""
    parser = argparse.ArgumentParser(prog="benchmarks.scrolls", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--engines", nargs="+", default=list(LABELLERS), choices=list(LABELLERS))
    parser.add_argument("--limit", type=int, help="of about so many pages")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--floors", type=Path)
    parser.add_argument("--raise-floors", action="store_true")
    given = parser.parse_args(arguments)
    rows = list(rows_of(given.index, given.limit))
    table = benchmark(rows, given.index, given.models, given.engines, given.processes)
    for group, figures in table.items():
        print(f"{group:20s} " + " · ".join(f"{k} {v:.4g}" for k, v in figures.items()))
    return hold(table, given.floors, raise_floors=given.raise_floors and not given.limit)


if __name__ == "__main__":
    sys.exit(main())
