"""Training pages for the page labeller: parsed, with evidence and labels.

INDEX is one JSON object a line: `id`, `url`, `corpus`, `page_type` (`article` or what else the page
is), `html_path` (gzip, relative to INDEX), `encoding` and `gold` {`title`, `body`}; other keys are
ignored.
"""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cleaning.html.extraction import extracted_text
from pipeline.cleaning.html.facts import PageFacts, page_facts
from pipeline.cleaning.html.overlap import overlap_of
from pipeline.cleaning.html.page_model import BlockEvidence
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.visible import HtmlPage, visible_page
from pipeline.cleaning.model import TextModel
from pipeline.cleaning.model.page_features import PageFeatures
from training.alignment import labels_of
from training.dataset import registrable_domain


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page with everything the models are made from. `group` is its publisher."""

    id: str
    group: str
    url: str
    is_article: bool
    page: HtmlPage
    facts: PageFacts
    text: PageFeatures
    evidence: BlockEvidence
    labels: tuple[str, ...]


class FoldedTextModels:
    """Text models each of which was trained without some publishers (see `benchmarks/folds`)."""

    def __init__(self, folder: Path, text_data: Path) -> None:
        """Read which model has not seen which publisher.

        `folder` holds the models and `index.json`, case → model; `text_data` those cases.
        """
        self._folder = folder
        index: dict[str, str] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
        opener = gzip.open if text_data.suffix == ".gz" else open
        self._of_group: dict[str, str] = {}
        with opener(text_data, "rt", encoding="utf-8") as stream:
            for line in stream:
                row = json.loads(line)
                if row["kind"] == "single" and row["id"] in index:
                    self._of_group[registrable_domain(row["url"])] = index[row["id"]]
        self._usual = min(index.values())

    def name_unseen_by(self, group: str) -> str:
        """Return the name of a model that was trained without this publisher."""
        return self._of_group.get(group, self._usual)

    def unseen_by(self, group: str) -> TextModel:
        """Return a model that was trained without this publisher."""
        return _read(self._folder / self.name_unseen_by(group))


@cache
def _read(path: Path) -> TextModel:
    return TextModel.read(path)


def read_pages(index: Path, models: FoldedTextModels, cache_folder: Path) -> list[LabelledPage]:
    """Return the pages that have any visible text. Keeps what trafilatura says in the cache."""
    cache_folder.mkdir(parents=True, exist_ok=True)
    file = cache_folder / "extracted.pickle"
    extracted: dict[str, str | None] = {}
    if file.exists():
        extracted = pickle.loads(file.read_bytes())  # noqa: S301 - our own file
    known = len(extracted)
    pages = list(_pages(index, models, extracted))
    if len(extracted) > known:
        file.write_bytes(pickle.dumps(extracted))
    return pages


def markup_of(row: dict[str, Any], index: Path) -> str:
    """Return the decoded markup of a row of the index."""
    data = gzip.decompress((index.parent / row["html_path"]).read_bytes())
    return data.decode(row["encoding"], "replace")


def _pages(
    index: Path, models: FoldedTextModels, extracted: dict[str, str | None]
) -> Iterator[LabelledPage]:
    with index.open(encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    for row in rows:
        tree = parse_html(markup_of(row, index))
        page = visible_page(tree)
        if not page.places:
            continue
        facts = page_facts(tree, row["url"])
        if row["id"] not in extracted:
            extracted[row["id"]] = extracted_text(tree)
        said = extracted[row["id"]]
        group = registrable_domain(row["url"])
        model = models.unseen_by(group)
        blocks = page.page.blocks
        texts = [block.text for block in blocks]
        view = model.look(page.page.text, [(block.start, block.end) for block in blocks])
        evidence = BlockEvidence(
            model.label_scores(view),
            view.logits,
            overlap_of(texts, facts.article_body) if facts.article_body else None,
            overlap_of(texts, facts.description.value) if facts.description else None,
            overlap_of(texts, said) if said else None,
        )
        is_article = row["page_type"] == "article"
        gold = row["gold"]
        labels = labels_of(texts, gold["title"] or "", gold["body"] or "") if is_article else ()
        yield LabelledPage(
            row["id"], group, row["url"], is_article, page, facts, view.page, evidence,
            tuple(labels),
        )  # fmt: skip
