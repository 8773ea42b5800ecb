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
import random
from collections import defaultdict
from collections.abc import Iterator
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


def read_pages(path: Path) -> list[TrainingPage]:
    """Read a data set, and tell each page's publishers."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    groups = _groups(rows)
    return [
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


# ---------------------------------------------------------------- pages made from pages
_DATES = (
    "{d:02d}.{m:02d}.{y} {h:02d}:{i:02d}", "{y}-{m:02d}-{d:02d}", "{name} {d}, {y}",
    "{d} {name} {y}",
    "{d:02d}/{m:02d}/{y}", "{name} {d}, {y} at {h}:{i:02d}", "{d}. {m}. {y}, {h:02d}:{i:02d}",
    "{day}, {d:02d} {short} {y} {h:02d}:{i:02d}", "{y}/{m:02d}/{d:02d} {h:02d}:{i:02d}",
)  # fmt: skip
_MONTHS = "January February March April May June July August September October November December"
_NAMES = (
    "Anna Maria John Peter Julia Thomas Laura David Elena Marco Sofia Ivan Lucas Emma Paul Clara "
    "Ahmed Yuki Nadia Olga Henrik Ingrid Pablo Carmen Luca Giulia Pierre Claire Jan Eva"
).split()
_FAMILIES = (
    "Smith Müller Garcia Rossi Dupont Silva Jansen Novak Kowalski Hansen Berg Petrov Brown Weber "
    "Moreau Lopez Costa Visser Lindqvist Tanaka Kim Schneider Wilson Clark Meyer Fischer Bruno"
).split()
_BY = ("By ", "", "", "Von ", "Por ", "Par ", "Di ", "Door ", "Av ", "by ", "By: ")


def _date(rng: random.Random) -> str:
    month = rng.randrange(12)
    name = _MONTHS.split()[month]
    return rng.choice(_DATES).format(
        d=rng.randint(1, 28), m=month + 1, y=rng.randint(2006, 2026), h=rng.randint(0, 23),
        i=rng.randint(0, 59), name=name, short=name[:3],
        day=rng.choice(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")),
    )  # fmt: skip


def _person(rng: random.Random) -> str:
    return f"{rng.choice(_NAMES)} {rng.choice(_FAMILIES)}"


def _without_title(lines: list[Line]) -> list[Line]:
    """Take the headline off the top, with white space around it."""
    cut = 0
    while cut < min(len(lines), 6) and lines[cut].label in ("title", "blank"):
        cut += 1
    return lines[cut:]


def _dressed(lines: list[Line], title: str, dress: str, rng: random.Random) -> list[Line]:
    """Put a top on a story as pages do: headline alone, with byline and date, twice, and so on."""
    story = lines[0].story if lines else 0

    def line(text: str, label: str) -> Line:
        return Line(text, label, story)

    blank = line("", "blank")
    if dress == "own" or not title:
        return lines
    rest = _without_title(lines)
    caption = next(
        (x.text for x in rest if x.label == "drop" and 6 <= len(x.text.split()) <= 35),
        f"{title.split(':', maxsplit=1)[0]} (Photo: {_person(rng)})",
    )
    head = line(title, "title")
    if dress == "none":
        return rest
    if dress == "plain":
        return [head, *([blank] if rng.random() < 0.8 else []), *rest]
    if dress == "byline":
        top = [head]
        if rng.random() < 0.8:
            top.append(line(rng.choice(_BY) + _person(rng), "drop"))
        if rng.random() < 0.9:
            top.append(line(_date(rng), "drop"))
        return [*top, *rest]
    if dress == "twice":
        return [head, head, *([line(_date(rng), "drop")] if rng.random() < 0.8 else []), *rest]
    if dress == "tt":
        images = [line(" " * rng.randint(0, 1) + caption, "drop")] * 2 if rng.random() < 0.4 else []
        return [head, blank, *images, line(rng.choice(("TT", "A A", "Aa", "T T")), "drop"),
                blank, head, blank, *rest]  # fmt: skip
    if dress == "caption":
        return [*([head, blank] if rng.random() < 0.6 else []), line(caption, "drop"), blank, *rest]
    raise ValueError(dress)


_DRESSES = ("own", "own", "none", "none", "none", "plain", "plain", "byline", "byline", "twice",
            "tt", "caption")  # fmt: skip


def _trimmed(lines: list[Line], rng: random.Random) -> list[Line]:
    """Now and then leave out furniture, as extractors do, at the ends or anywhere."""
    choice = rng.random()
    if choice < 0.45:
        return lines
    kept = [i for i, x in enumerate(lines) if x.label == "keep"]
    if not kept:
        return lines
    if choice < 0.65:  # no furniture behind the story
        return [x for i, x in enumerate(lines) if i <= kept[-1] or rng.random() < 0.2]
    if choice < 0.8:  # none before it
        return [x for i, x in enumerate(lines) if i >= kept[0] or x.label in ("title", "blank")]
    share = rng.random()
    return [x for x in lines if x.label != "drop" or rng.random() < share]


def _blank_style(lines: list[Line], rng: random.Random) -> list[Line]:
    """Change how the page sets white space between blocks."""
    choice = rng.random()
    if choice < 0.6:
        return lines
    out: list[Line] = []
    for line in lines:
        if line.label == "blank":
            if choice < 0.75:
                continue
            out.append(line)
            continue
        if choice >= 0.75 and out and out[-1].label != "blank":
            out.append(Line("", "blank", line.story))
        out.append(line)
    return out


def mixed_pages(pages: list[TrainingPage], number: int, seed: int) -> Iterator[TrainingPage]:
    """Make pages of one to three stories out of single pages of one part of the data.

    Parts of a mix come from the same stratum and, mostly, from the same extractor and language.
    About a third of the pages hold one story only, in the same dresses: they teach what is not a
    boundary. Every page given must belong to the part the result is meant for.
    """
    rng = random.Random(seed)  # noqa: S311 - a fixed seed is the point
    single = [p for p in pages if p.kind == "single" and any(x.label == "keep" for x in p.lines)]
    leaky = [p for p in single if p.stratum == "leaky"]
    full = [p for p in single if p.stratum == "full" and len(p.lines) < 500]
    by_kind: dict[tuple[str, bool], list[TrainingPage]] = defaultdict(list)
    for page in leaky:
        by_kind[page.extractor, page.language == "en"].append(page)
    for count in range(number):
        pool = full if full and rng.random() < 0.12 else leaky
        first = rng.choice(pool)
        chosen = [first]
        for _ in range(rng.choices((0, 1, 2, 3), (0.33, 0.45, 0.17, 0.05))[0]):
            near = pool
            if pool is leaky:
                same = by_kind[first.extractor, first.language == "en"]
                other = [p for p in leaky if (p.language == "en") == (first.language == "en")]
                near = same if rng.random() < 0.6 and len(same) > 5 else other
            page = rng.choice(near)
            base = page.id.split("#")[0]
            if all(base != p.id.split("#")[0] for p in chosen):
                chosen.append(page)
        dress = rng.choice(_DRESSES)
        steady = rng.random() < 0.6
        gap = rng.choice((0, 0, 1, 1, 2, 3))
        lines: list[Line] = []
        titles = []
        for story, page in enumerate(chosen):
            part = [Line(x.text, x.label, story) for x in page.lines]
            while part and part[-1].label == "blank":
                part.pop()
            part = _trimmed(part, rng)
            if not steady:
                dress = rng.choice(_DRESSES)
            if story or dress in ("twice", "tt") or len(chosen) == 1:
                part = _dressed(part, page.titles[0], dress, rng)
            if story:
                lines += [Line("", "blank", story - 1)] * gap
            lines += part
            titles.append(page.titles[0])
        lines = _blank_style(lines, rng)
        if not any(x.label == "keep" for x in lines):
            continue
        yield TrainingPage(
            id=f"made/{seed}/{count}",
            groups=tuple(sorted({g for p in chosen for g in p.groups})),
            stratum="made",
            kind="comingled" if len(chosen) > 1 else "control",
            extractor=first.extractor,
            language=first.language,
            lines=tuple(lines),
            titles=tuple(titles),
        )
