"""Training pages: reading, grouping by publisher, and pages made by pasting others together.

Format, one JSON object a line (gzip if the name ends in `.gz`); other keys are ignored:
`id`; `url`; `lines` [{`text`, `label`: keep | drop | title | dup | unsure | blank, `art`: number of
the story}], which joined by line feeds are the raw text; `gold_articles` [{`title`, `body`}];
`kind`: single | control | comingled; `stratum`; `extractor`; `parts`: ids of the pages a mixed page
was made of.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_SECOND_LEVEL = frozenset("co com org net gov ac edu or ne go".split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, its label and the number of its story."""

    text: str
    label: str
    story: int


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A labelled page. `groups` are its publishers (several in a mix), for holding out."""

    id: str
    groups: tuple[str, ...]
    stratum: str
    kind: str
    extractor: str
    language: str
    lines: tuple[Line, ...]
    titles: tuple[str, ...]
    source: dict[str, Any] = field(repr=False, compare=False, default_factory=dict)

    @property
    def text(self) -> str:
        """The raw text."""
        return "\n".join(line.text for line in self.lines)


def registrable_domain(url: str) -> str:
    """Return the part of a host name that is bought: example.co.uk of www.example.co.uk."""
    parts = (urlsplit(url).hostname or "").split(".")
    long = len(parts) > 2 and parts[-2] in _SECOND_LEVEL and len(parts[-1]) == 2
    return ".".join(parts[-3 if long else -2 :])


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read the cases of a data set as they stand there."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def read_pages(path: Path, views: Path | None = None) -> tuple[list[TrainingPage], int]:
    """Read a data set, and tell each page's publishers.

    `views` are further cases of the same kind (`training.views`), of which those are taken that
    the data set has not. Returns all pages, the data set's first, and how many those are.
    """
    rows = read_rows(path)
    count = len(rows)
    known = {row["id"] for row in rows}
    if views is not None:
        rows += [row for row in read_rows(views) if row["id"] not in known]
    groups = _groups(rows)
    pages = [
        TrainingPage(
            id=row["id"],
            groups=groups[row["id"]],
            stratum=row["stratum"],
            kind=row["kind"],
            extractor=row["extractor"],
            language=row["lang"],
            lines=tuple(Line(x["text"], x["label"], x["art"] or 0) for x in row["lines"]),
            titles=tuple(a["title"] or "" for a in row["gold_articles"]),
            source=row,
        )
        for row in rows
    ]
    return pages, count


def _groups(rows: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    def tie(a: str, b: str) -> None:
        low, high = sorted((find(a), find(b)))
        parent[high] = low

    pages: dict[str, list[str]] = {}
    for row in rows:
        if row["kind"] == "single":
            page = row["id"].split("#")[0]
            pages[row["id"]] = [page]
            tie(page, "domain " + registrable_domain(row["url"]))
            if row.get("corpus") == "fundus":
                tie(page, "publisher " + page.rsplit("_", 3)[0])
        else:
            pages[row["id"]] = [part.split("#")[0] for part in row["parts"]]
    for row in rows:  # English has so many publishers that mixes tie only few of them
        if row["kind"] == "comingled" and row["lang"] == "en":
            for page in pages[row["id"]][1:]:
                tie(page, pages[row["id"]][0])
    return {row_id: tuple(sorted({find(p) for p in own})) for row_id, own in pages.items()}


def fold_of(group: str, folds: int) -> int:
    """Return the part a group is held out in; depends on its name only."""
    return int(hashlib.sha256(group.encode()).hexdigest()[:8], 16) % folds
