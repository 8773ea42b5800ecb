"""More training text from HTML pages: `python -m training.views INDEX.jsonl OUT.jsonl.gz`.

Runs every extractor of `EXTRACTORS` over the article pages of a data set and labels each line of
what it gives by aligning it with the page's article (`training.alignment`). One page becomes many
views of the same furniture, as bundles of raw text hold them.

INDEX: one JSON object a line with `id`, `url`, `lang`, `html_path` (gzip, relative to INDEX),
`encoding`, `page_type` and `gold` {`title`, `body`}. OUT: the format of `training.dataset`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from training.alignment import labels_of

LEAST_COVERED = 0.5
"""A view with less of the article's words than this teaches what an extractor lost, not more."""

Extractor = Callable[[str, str], str | None]


@cache
def extractors() -> Mapping[str, tuple[str, Extractor]]:
    """Return name → (stratum, extractor of markup and url); imports them all."""
    import goose3
    import inscriptis
    import newspaper
    import trafilatura
    from boilerpy3.extractors import ArticleExtractor, DefaultExtractor
    from readability import Document
    from resiliparse.extract.html2text import extract_plain_text

    goose = goose3.Goose({"enable_image_fetching": False})

    def newspaper4k(markup: str, url: str) -> str:
        article = newspaper.Article(url, fetch_images=False)
        article.download(input_html=markup)
        article.parse()
        return str(article.text)

    return {
        "trafilatura_recall": ("leaky", lambda m, u: trafilatura.extract(m, favor_recall=True)),
        "readability": ("leaky", lambda m, u: inscriptis.get_text(Document(m).summary())),
        "newspaper4k": ("leaky", newspaper4k),
        "boilerpy3_default": (
            "leaky",
            lambda m, u: DefaultExtractor(raise_on_failure=False).get_content(m),
        ),
        "boilerpy3_article": (
            "leaky",
            lambda m, u: ArticleExtractor(raise_on_failure=False).get_content(m),
        ),
        "resiliparse_main": ("leaky", lambda m, u: extract_plain_text(m, main_content=True)),
        "goose3": ("leaky", lambda m, u: goose.extract(raw_html=m).cleaned_text),
        "inscriptis": ("full", lambda m, u: inscriptis.get_text(m)),
        "resiliparse_full": ("full", lambda m, u: extract_plain_text(m, main_content=False)),
    }


def view_of(page: Mapping[str, Any], name: str, stratum: str, text: str) -> dict[str, Any] | None:
    """Return one labelled case, or None where the extractor has lost most of the article."""
    gold = page["gold"]
    lines = text.split("\n")
    labels = labels_of(lines, gold["title"] or "", gold["body"])
    kept = sum(len(line) for line, label in zip(lines, labels, strict=True) if label == "keep")
    if kept < LEAST_COVERED * len(gold["body"]):
        return None
    return {
        "id": f"{page['id']}#{stratum}:{name}",
        "corpus": page.get("corpus"),
        "url": page["url"],
        "lang": page["lang"],
        "stratum": stratum,
        "kind": "single",
        "extractor": name,
        "lines": [
            {"text": line, "label": label, "art": 0}
            for line, label in zip(lines, labels, strict=True)
        ],
        "gold_articles": [{"title": gold["title"] or "", "body": gold["body"]}],
    }


def views_of(page: Mapping[str, Any], markup: str) -> Iterator[dict[str, Any]]:
    """Give the labelled cases of one page; an extractor that fails on it gives none."""
    for name, (stratum, extract) in extractors().items():
        try:
            text = extract(markup, page["url"] or "https://example.org/")
        except Exception as error:  # noqa: BLE001 - other people's code on wild pages
            print(f"{page['id']}: {name}: {type(error).__name__}", file=sys.stderr)
            continue
        case = view_of(page, name, stratum, text) if text else None
        if case is not None:
            yield case


def _views(job: tuple[Path, dict[str, Any]]) -> list[dict[str, Any]]:
    folder, page = job
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with gzip.open(folder / page["html_path"]) as stream:
        markup = stream.read().decode(page["encoding"] or "utf-8", "replace")
    return list(views_of(page, markup))


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the views of all article pages, in the order of the index."""
    parser = argparse.ArgumentParser(prog="training.views", description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args(arguments)
    with given.index.open(encoding="utf-8") as stream:
        pages = [json.loads(line) for line in stream]
    jobs = [(given.index.parent, page) for page in pages if page["page_type"] == "article"]
    with Pool(given.processes) as pool, gzip.open(given.out, "wt", encoding="utf-8") as out:
        for cases in pool.imap(_views, jobs, chunksize=4):
            out.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)


if __name__ == "__main__":
    main()
