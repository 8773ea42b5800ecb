"""What the labelled blocks of one story say about it: names, places, dates, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.caption import Caption, parse_caption
from pipeline.cleaning.credit import parse_credit
from pipeline.cleaning.dateline import Dateline, parse_dateline
from pipeline.cleaning.dates import iso_date, parse_date_line
from pipeline.cleaning.labels import Label
from pipeline.cleaning.names import is_person
from pipeline.cleaning.page import Block
from pipeline.cleaning.shape import count_words
from pipeline.documents import Hints
from schemas.article import Contributor, Image
from schemas.roles import Role

Labelled = tuple[Block, Label]

_SITE_WORDS: Final = 5
"""Words of the longest name of a site behind a headline."""

_LEAST_TITLE_WORDS: Final = 3
"""Words that a headline must have without it."""

_SPEAKERS: Final = 2
"""So many openings like datelines among a story's first six paragraphs are speakers of a talk."""

_SEPARATORS: Final = " |•·–—-/"
_MARKS: Final = " •·*▪►»›"
_CONTROLS: Final = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code != 0x09}


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields of an article that come from its metadata blocks or from the input's hints."""

    title: str | None
    description: str | None
    authors: tuple[str, ...]
    byline: str | None
    contributors: tuple[Contributor, ...]
    agencies: tuple[str, ...]
    dateline: str | None
    location_created: str | None
    date_published: str | None
    date_modified: str | None
    date_published_raw: str | None
    section: str | None
    images: tuple[Image, ...]
    url: str | None


def tidy(hints: Hints) -> Hints:
    """Return the hints as they can be used: on one line each, blank ones absent.

    Control characters and lone surrogates, which a row could not be written with, are gone.
    """
    return Hints(
        url=_on_one_line(hints.url),
        title=_on_one_line(hints.title),
        authors=tuple(name for name in map(_on_one_line, hints.authors) if name),
        date=_on_one_line(hints.date),
    )


def _on_one_line(text: str | None) -> str | None:
    if text is None:
        return None
    written = text.encode("utf-8", "replace").decode("utf-8")
    return printable(" ".join(written.replace("\x85", "…").split())) or None


def metadata_of(story: Sequence[Labelled], hints: Hints) -> Metadata:
    """Return the metadata of one story. The hints win over what the text says.

    `story` holds the story's blocks with their labels; `hints` is empty for a co-mingled story,
    because the input speaks of the page's own article.
    """
    standfirst = _texts(story, Role.STANDFIRST)
    headline = _texts(story, Role.HEADLINE)
    bylines = _texts(story, Role.BYLINE)
    authors, agencies = _written_by(bylines)
    dateline = _dateline(story)
    if dateline is not None and dateline.agency:
        agencies = (dateline.agency, *agencies)
    published, modified, raw = _dates(_texts(story, Role.DATE))
    if hints.date is not None:
        published, raw = iso_date(hints.date), hints.date
    return Metadata(
        title=hints.title or (without_site(_unmarked(headline[0])) if headline else None),
        description=" ".join(standfirst) or None,
        authors=hints.authors or authors,
        byline=bylines[0] if bylines else None,
        contributors=_contributors(_texts(story, Role.CREDIT)),
        agencies=tuple(dict.fromkeys(agencies)),
        dateline=dateline.text if dateline else None,
        location_created=dateline.place if dateline else None,
        date_published=published,
        date_modified=modified,
        date_published_raw=raw,
        section=next(map(_unmarked, _texts(story, Role.SECTION_LABEL)), None),
        images=_images(_texts(story, Role.CAPTION)),
        url=hints.url,
    )


def _texts(story: Sequence[Labelled], role: Role) -> list[str]:
    found = (printable(block.text) for block, label in story if label.role is role)
    return [text for text in found if text]


def _unmarked(line: str) -> str:
    """Return a line without the mark of a list item in front of it."""
    return line.lstrip(_MARKS) or line


def without_site(title: str) -> str:
    """Return a headline without a site's name behind a bar: `Bridge closed today | Bugle`.

    A bar is never part of a sentence. What stands before it must still look like a headline; a
    dash says too little.
    """
    head, bar, site = title.rpartition(" | ")
    if not bar or len(site.split()) > _SITE_WORDS:
        return title
    head = without_site(head.strip())
    return head if count_words(head.replace("|", " ")) >= _LEAST_TITLE_WORDS else title


def _dateline(story: Sequence[Labelled]) -> Dateline | None:
    """Return the dateline of a story's first paragraph."""
    first = [printable(block.text) for block, label in story if label.role is Role.BODY][:6]
    found = [parse_dateline(text) for text in first]
    if not found or sum(dateline is not None for dateline in found) >= _SPEAKERS:
        return None
    return found[0]


def printable(text: str) -> str:
    """Return a text without control characters, which databases and viewers choke on.

    A tab stays; U+0085 becomes the ellipsis it nearly always was.
    """
    if text.isprintable():
        return text
    return text.replace("\x85", "…").translate(_CONTROLS).strip()


def _written_by(bylines: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the persons and the agencies that the bylines name, once each, in order."""
    authors: dict[str, str] = {}
    agencies: dict[str, None] = {}
    for line in bylines:
        parsed = parse_byline(line)
        if parsed is None:
            bare = line.strip(" :,")
            names: tuple[str, ...] = (bare,) if is_person(bare) else ()
        else:
            names = parsed.authors
            agencies |= dict.fromkeys(parsed.agencies)
        for name in names:
            authors.setdefault(name.casefold(), name)
    return tuple(authors.values()), tuple(agencies)


def _contributors(credits: Sequence[str]) -> tuple[Contributor, ...]:
    people = [person for line in credits for person in parse_credit(line) or ()]
    return tuple(Contributor(name=name, role=role) for name, role in dict.fromkeys(people))


def _dates(lines: Sequence[str]) -> tuple[str | None, str | None, str | None]:
    """Return when it was published, when changed, and the publication date as it stands."""
    published = modified = raw = None
    for line in lines:
        parsed = parse_date_line(line.strip(_SEPARATORS))
        if parsed is None or not any(map(str.isdigit, line)):
            continue  # "Today" alone is a programme's name as often as a day
        modified = modified or parsed.modified
        if published is None and not parsed.of_change:
            published = parsed.published
            raw = parsed.raw if raw is None or published else raw
    return published, modified, raw


def _images(lines: Sequence[str]) -> tuple[Image, ...]:
    """Return one image for every caption; a credit on a line of its own joins the one above."""
    images: list[Image] = []
    for line in dict.fromkeys(lines):
        parsed = parse_caption(line) or Caption(line, None, 0.5)
        if not parsed.caption and not parsed.credit:
            parsed = Caption(line, None, 0.5)
        image = Image(caption=parsed.caption or None, credit=parsed.credit or None, url=None)
        if parsed.caption is None and images and images[-1].credit is None:
            image = images.pop().model_copy(update={"credit": parsed.credit})
        images.append(image)
    return tuple(images)
