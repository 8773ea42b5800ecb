"""Made-up news in English, as text and as web pages: document N is the same wherever it is made.

For tests of engines and for measuring, where no text of a publisher may or need be. Stories are
put together from sentence templates; pages wrap them in what real pages have around theirs.
"""

from __future__ import annotations

import gzip
import html
import json
import random
from pathlib import Path
from typing import Final

_PLACES: Final = (
    "Brindle Bay",
    "Carrow",
    "East Haldane",
    "Fenwick",
    "Lower Sarn",
    "Mossgate",
    "Port Venn",
    "Quarry Hill",
    "Stoneby",
    "Wexmoor",
)
_NAMES: Final = (
    "Ada Moss",
    "Bela Hartman",
    "Carys Pryde",
    "Dov Lindqvist",
    "Edda Novak",
    "Farid Osei",
    "Greta Vance",
    "Hollis Marsh",
    "Ines Barrow",
    "Jonah Teague",
)
_BODIES: Final = (
    "council",
    "harbour authority",
    "school board",
    "hospital trust",
    "water company",
    "bus operator",
    "growers' union",
    "library service",
)
_THINGS: Final = (
    "ferry timetable",
    "flood wall",
    "market hall",
    "night bus",
    "reservoir",
    "school kitchen",
    "swimming pool",
    "wind farm",
)
_SENTENCES: Final = (
    "The {body} in {place} has put off its decision on the {thing} until the {nth} of the month.",
    "More than {count} people had written in before the meeting, most of them against the plan.",
    '"We have waited {few} years for this, and we can wait another week," said {name}.',
    "Work on the {thing} was to begin in spring, but the money was spent on repairs elsewhere.",
    "According to a report that the {body} published on Monday, costs have risen by {few} percent.",
    "{name}, who has lived in {place} since {year}, said that nobody had asked the neighbours.",
    "The {body} said in a statement that it would publish all {count} answers in full.",
    "Two earlier drafts had failed because the {thing} would have closed the road to {place}.",
    "A spokesman for the {body} declined to say what would happen if the vote failed again.",
    "By the evening about {count} residents had gathered outside the hall, some with children.",
    "Engineers who looked at the {thing} in {year} found cracks in {few} of its supports.",
    "If the plan goes ahead, the first visitors could be let in before the end of the year.",
)
_HEADLINES: Final = (
    "{place} {body} puts off vote on {thing}",
    "Why the {thing} in {place} is late again",
    "{count} people ask {body} to save the {thing}",
    "{place} opens its {thing} after {few} years",
)
_LEFTOVERS: Final = (
    "Sign up for our newsletter",
    "Read more",
    "Share this article",
    "Advertisement",
    "Follow us for more stories like this",
)
_MONTHS: Final = "January March April May July August October December".split()


class Story:
    """The parts of story `number`."""

    def __init__(self, number: int) -> None:
        """Make the story; equal numbers give equal stories."""
        self._dice = random.Random(number)
        dice = self._dice
        self.headline = self._fill(dice.choice(_HEADLINES))
        self.headline = self.headline[0].upper() + self.headline[1:]
        self.author = dice.choice(_NAMES)
        self.date = f"{dice.choice(_MONTHS)} {dice.randint(1, 28)}, {dice.randint(2019, 2025)}"
        self.paragraphs = [
            " ".join(self._fill(line) for line in dice.sample(_SENTENCES, dice.randint(2, 4)))
            for _ in range(dice.randint(4, 10))
        ]
        self.leftovers = dice.sample(_LEFTOVERS, 2)
        self.teasers = [self._fill(line) for line in dice.sample(_HEADLINES, 3)]

    def _fill(self, template: str) -> str:
        dice = self._dice
        return template.format(
            body=dice.choice(_BODIES),
            place=dice.choice(_PLACES),
            thing=dice.choice(_THINGS),
            name=dice.choice(_NAMES),
            count=dice.randint(20, 900),
            few=dice.randint(3, 14),
            nth=f"{dice.randint(4, 20)}th",
            year=dice.randint(1961, 2019),
        )


def text(number: int) -> str:
    """Return story `number` as an extractor leaves it: a line a block, and things left in."""
    story = Story(number)
    middle = len(story.paragraphs) // 2
    lines = [
        story.headline,
        f"By {story.author}",
        story.date,
        *story.paragraphs[:middle],
        story.leftovers[0],
        *story.paragraphs[middle:],
        story.leftovers[1],
        "Recent Posts",
        *story.teasers,
    ]
    return "\n\n".join(lines) + "\n"


def page(number: int) -> str:
    """Return story `number` as a web page with header, menu, teasers, comments and footer."""
    story = Story(number)
    quoted = {name: html.escape(value) for name, value in vars(story).items() if name[0] != "_"
              and isinstance(value, str)}  # fmt: skip
    facts = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.headline,
            "author": {"@type": "Person", "name": story.author},
        }
    )
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in story.paragraphs)
    teasers = "\n".join(f'<li><a href="/s/{n}">{t}</a></li>' for n, t in enumerate(story.teasers))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{quoted["headline"]} | The Made-up Post</title>
<meta property="og:type" content="article"><meta property="og:title" content="{quoted["headline"]}">
<link rel="canonical" href="https://news.example/story/{number}">
<script type="application/ld+json">{facts}</script></head>
<body><header><a href="/">The Made-up Post</a>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{quoted["headline"]}</h1>
<div class="byline">By <a rel="author" href="/a">{quoted["author"]}</a></div>
<time>{quoted["date"]}</time>
{paragraphs}
<div class="newsletter">{story.leftovers[0]}</div></article>
<aside><h2>Recent Posts</h2><ul>{teasers}</ul></aside>
<section class="comments"><h2>Comments</h2><p>First! I do not believe a word of it.</p></section>
</main><footer><p>All rights reserved</p><a href="/privacy">Privacy</a></footer></body></html>
"""


def write_text_bundle(folder: Path) -> int:
    """Write 250 texts: files, rows, and compressed rows; return how many there are."""
    folder.mkdir(parents=True)
    for number in range(100):
        _write(folder / f"{number:03d}.txt", text(number).encode())
    for name, first in (("a", 100), ("b", 150), ("c", 200)):
        rows = "".join(_row(number, "text", text(number)) for number in range(first, first + 50))
        packed = name == "c"
        _write(
            folder / f"{name}.jsonl{'.gz' if packed else ''}",
            gzip.compress(rows.encode(), mtime=0) if packed else rows.encode(),
        )
    return 250


def write_page_bundle(folder: Path) -> int:
    """Write 250 pages: files, and rows with markup; return how many there are."""
    folder.mkdir(parents=True)
    for number in range(1000, 1150):
        _write(folder / f"{number}.html", page(number).encode())
    rows = "".join(_row(number, "html", page(number)) for number in range(1150, 1250))
    _write(folder / "pages.jsonl", rows.encode())
    return 250


def _row(number: int, key: str, value: str) -> str:
    url = f"https://news.example/story/{number}"
    return json.dumps({"id": str(number), "url": url, key: value}) + "\n"


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
