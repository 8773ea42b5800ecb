"""Training pages made by pasting others together: what a bundle of mixed stories looks like."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

from training.dataset import Line, TrainingPage

SHORT_SHARE = 0.25
"""Share of the stories in a mix that are cut down to a brief."""
LEFTOVER_SHARE = 0.3
"""Share of the stories that get leftovers of another page."""
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
    if dress == "signed":
        return [line(rng.choice(_BY) + _person(rng), "drop"), blank, *rest]
    if dress == "dateline":
        return _with_dateline([head, *rest] if rng.random() < _TITLED else rest, rng)
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


def _with_dateline(lines: list[Line], rng: random.Random) -> list[Line]:
    """Begin the first paragraph of a story as agencies do."""
    at = next((i for i, x in enumerate(lines) if x.label == "keep"), None)
    if at is None:
        return lines
    city = rng.choice(_CITIES)
    before = rng.choice(_DATELINES).format(
        city=city, capitals=city.upper(), agency=rng.choice(_AGENCIES), d=rng.randint(1, 28),
        name=rng.choice(_MONTHS.split()),
    )  # fmt: skip
    first = Line(before + lines[at].text, "keep", lines[at].story)
    return [*lines[:at], first, *lines[at + 1 :]]


def _shortened(lines: list[Line], rng: random.Random) -> list[Line]:
    """Cut a story down to its first paragraphs: a brief, of which bundles hold many."""
    most = rng.randint(40, 220)
    out: list[Line] = []
    words = 0
    for line in lines:
        if line.label in ("keep", "unsure", "dup"):
            if words >= most:
                continue
            words += len(line.text.split())
        out.append(line)
    return out


def _leftovers(page: TrainingPage, rng: random.Random) -> list[str]:
    """Return some lines in a row of a page that are not its article's, prose among them, or none.

    Bios, teasers, comments: what no list of phrases knows.
    """
    runs: list[list[str]] = [[]]
    for line in page.lines:
        if line.label == "drop":
            runs[-1].append(line.text)
        elif line.label != "blank" and runs[-1]:
            runs.append([])
    good = [run for run in runs if any(len(text.split()) >= _PROSE for text in run)]
    if not good:
        return []
    run = rng.choice(good)
    length = rng.randint(1, _MOST_LEFT)
    first = rng.randrange(max(1, len(run) - length + 1))
    return run[first : first + length]


def _with_leftovers(lines: list[Line], page: TrainingPage, rng: random.Random) -> list[Line]:
    """Put leftovers of another page behind the story, or between its paragraphs."""
    left = _leftovers(page, rng)
    kept = [i for i, x in enumerate(lines) if x.label == "keep"]
    if not left or len(kept) < 3:
        return lines
    at = kept[-1] + 1 if rng.random() < 0.65 else rng.choice(kept[1:])
    spaced = sum(x.label == "blank" for x in lines) * 3 > len(lines)
    story = lines[0].story
    new: list[Line] = []
    for text in left:
        new += [Line(text, "drop", story), *([Line("", "blank", story)] if spaced else [])]
    return [*lines[:at], *new, *lines[at:]]


_PROSE = 8
"""Words of a line from which on leftovers are worth showing."""
_MOST_LEFT = 14

_TITLED = 0.4
_BRIEF_DRESSES = ("signed", "dateline", "dateline", "plain")
"""How bundles of briefs begin their stories besides."""
_CITIES = (
    "Berlin Paris Madrid Roma Lisboa Amsterdam Warszawa London Wien Oslo Ankara Nairobi Lima "
    "Hamburg Lyon Sevilla Torino Porto Utrecht Gdynia Leeds Graz Bergen Izmir Accra Quito"
).split()
_AGENCIES = "Reuters AP AFP dpa ANSA EFE Lusa ANP PAP TT APA Xinhua".split()
_DATELINES = (
    "{capitals} ({agency}) - ", "{capitals}, {name} {d} ({agency}) - ", "{city} ({agency}) - ",
    "{city} ({agency}) – ", "{city}, {d}. {name} ({agency}) – ", "({agency}) - {capitals}, {d} - ",
    "{capitals} — ", "{city} – ", "{city}, {d} {name} ({agency}) — ", "{city}. {agency} – ",
    "{capitals} / {agency} — ",
)  # fmt: skip

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


def mixed_pages(
    pages: Sequence[TrainingPage], number: int, seed: int, *, brief: bool = False
) -> Iterator[TrainingPage]:
    """Make pages of one to four stories out of single pages of one part of the data.

    Parts of a mix come from the same stratum and, mostly, from the same extractor and language.
    About a third of the pages hold one story only, in the same dresses: they teach what is not a
    boundary. With `brief` every story is cut down to its first paragraphs, single ones too. Every
    page given must belong to the part the result is meant for.
    """
    rng = random.Random(seed)  # noqa: S311 - a fixed seed is the point
    sources = _Sources(pages)
    for count in range(number):
        chosen = sources.choose(rng)
        lines = _blank_style(_pasted(chosen, sources, rng, brief=brief), rng)
        if not any(x.label == "keep" for x in lines):
            continue
        yield TrainingPage(
            id=f"{'brief' if brief else 'made'}/{seed}/{count}",
            groups=tuple(sorted({g for p in chosen for g in p.groups})),
            stratum="made",
            kind="comingled" if len(chosen) > 1 else "control",
            extractor=chosen[0].extractor,
            language=chosen[0].language,
            lines=tuple(lines),
            titles=tuple(page.titles[0] for page in chosen),
        )


class _Sources:
    """Pages to choose from, by what they have in common."""

    def __init__(self, pages: Sequence[TrainingPage]) -> None:
        single = [
            p for p in pages if p.kind == "single" and any(x.label == "keep" for x in p.lines)
        ]
        self._leaky = [p for p in single if p.stratum == "leaky"]
        self._full = [p for p in single if p.stratum == "full" and len(p.lines) < 500]
        self._alike: dict[tuple[str, bool], list[TrainingPage]] = defaultdict(list)
        for page in self._leaky:
            self._alike[page.extractor, page.language == "en"].append(page)
        self.donors = {
            english: [p for p in single if (p.language == "en") == english]
            for english in (True, False)
        }
        """Pages that leftovers are taken from, English or not."""

    def choose(self, rng: random.Random) -> list[TrainingPage]:
        """Choose the pages of one mix, no page twice."""
        pool = self._full if self._full and rng.random() < 0.12 else self._leaky
        first = rng.choice(pool)
        chosen = [first]
        for _ in range(rng.choices((0, 1, 2, 3), (0.33, 0.45, 0.17, 0.05))[0]):
            near = pool
            if pool is self._leaky:
                same = self._alike[first.extractor, first.language == "en"]
                other = [p for p in pool if (p.language == "en") == (first.language == "en")]
                near = same if rng.random() < 0.6 and len(same) > 5 else other
            page = rng.choice(near)
            base = page.id.split("#")[0]
            if all(base != p.id.split("#")[0] for p in chosen):
                chosen.append(page)
        return chosen


def _pasted(
    chosen: Sequence[TrainingPage], sources: _Sources, rng: random.Random, *, brief: bool
) -> list[Line]:
    """Put the stories of some pages below each other, each in its dress."""
    dresses = (*_DRESSES, *_BRIEF_DRESSES) if brief else _DRESSES
    dress = rng.choice(dresses)
    steady = rng.random() < 0.6
    gap = rng.choice((0, 0, 1, 1, 2, 3))
    lines: list[Line] = []
    for story, page in enumerate(chosen):
        part = [Line(x.text, x.label, story) for x in page.lines]
        while part and part[-1].label == "blank":
            part.pop()
        part = _trimmed(part, rng)
        if brief or (len(chosen) > 1 and rng.random() < SHORT_SHARE):
            part = _shortened(part, rng)
        if rng.random() < LEFTOVER_SHARE:
            part = _with_leftovers(part, rng.choice(sources.donors[page.language == "en"]), rng)
        if not steady:
            dress = rng.choice(dresses)
        if story or dress in ("twice", "tt") or len(chosen) == 1:
            part = _dressed(part, page.titles[0], dress, rng)
        if story:
            lines += [Line("", "blank", story - 1)] * gap
        lines += part
    return lines
