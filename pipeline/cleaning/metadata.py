"""What the labelled blocks of one story say about it: names, places, dates, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from pipeline.cleaning.agencies import once_each
from pipeline.cleaning.breadcrumb import behind_path
from pipeline.cleaning.caption import Caption, parse_caption
from pipeline.cleaning.credit import parse_credit
from pipeline.cleaning.dateline import Dateline, parse_dateline, parse_plain_dateline
from pipeline.cleaning.dates import iso_date, parse_date_line
from pipeline.cleaning.labels import Label
from pipeline.cleaning.names import is_person
from pipeline.cleaning.page import Block
from pipeline.cleaning.shape import count_words
from pipeline.cleaning.signature import closing_authors, parse_signature
from pipeline.documents import Hints
from schemas.article import Contributor, Image
from schemas.roles import Role

Labelled = tuple[Block, Label]

_SITE_WORDS: Final = 5
"""Words of the longest name of a site behind a headline."""

_LEAST_TITLE_WORDS: Final = 3
"""Words that a headline must have without it."""

_OPENING: Final = 6
"""First paragraphs of a story that are looked at for datelines."""

_TELLING: Final = frozenset(
    (
        Role.HEADLINE,
        Role.STANDFIRST,
        Role.BYLINE,
        Role.DATE,
        Role.SECTION_LABEL,
        Role.CAPTION,
        Role.CREDIT,
        Role.BODY,
    )
)
_SAY_WHERE: Final = (Role.HEADLINE, Role.STANDFIRST, Role.CAPTION, Role.SECTION_LABEL)
"""Roles whose blocks speak of the place where a story is set."""

_SPEAKERS: Final = 2
"""So many openings like datelines among a story's first six paragraphs are speakers of a talk."""

_SEPARATORS: Final = " |•·–—-/"
_AS_OF: Final = ("Stand:", "Stand ", "As of ")
"""Openings of a line that gives the day of publication only where no other line gives one."""

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
    keywords: tuple[str, ...] = ()
    canonical_url: str | None = None
    site_name: str | None = None
    origins: tuple[tuple[str, str], ...] = ()
    """Of each field that has a value: its name and its origin, see `schemas.FieldOrigin`."""


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


def metadata_of(story: Sequence[Labelled], hints: Hints, *, day_first: bool = False) -> Metadata:
    """Return the metadata of one story. The hints win over what the text says.

    `story` holds the story's blocks with their labels; `hints` is empty for a co-mingled story,
    because the input speaks of the page's own article. The origin of a value is `input:` and the
    hint's name, or `block` and the number of the block that says it.
    """
    lines = _lines(story)
    headline = lines.get(Role.HEADLINE)
    bylines = lines.get(Role.BYLINE, [])
    authors, agencies, signed = _written_by(bylines)
    first = lines.get(Role.BODY)
    around = [line for role in _SAY_WHERE for line in lines.get(role, [])]
    dateline = _dateline(first, around) if first else None
    if dateline is not None and dateline.authors and not authors:
        authors, signed = dateline.authors, first[0].number if first else -1
    if not authors:
        last = next((block for block, label in reversed(story) if label.role is Role.BODY), None)
        authors = closing_authors(last.text) if last else ()
        signed = last.number if last else -1
    if dateline is not None and dateline.agency:
        agencies = (dateline.agency, *agencies)
    days = _dates([*lines.get(Role.DATE, []), *_days_of(bylines)], day_first)
    published, raw = days.published, days.raw
    if hints.date is not None:
        published, raw = iso_date(hints.date), hints.date
    standfirst = lines.get(Role.STANDFIRST)
    section = lines.get(Role.SECTION_LABEL)
    captions = lines.get(Role.CAPTION)
    credits = lines.get(Role.CREDIT)
    contributors = _contributors([text for _, text in credits]) if credits else ()
    title = behind_path(without_site(_unmarked(headline[0].text))) if headline else None
    found = {
        "title": (hints.title and "input:title") or _block(headline),
        "description": _block(standfirst),
        "authors": (hints.authors and "input:authors") or (authors and f"block {signed}"),
        "byline": _block(bylines),
        "contributors": contributors and _block(credits),
        "agencies": agencies and _block(first if dateline and dateline.agency else bylines),
        "dateline": dateline and _block(first),
        "location_created": dateline and _block(first),
        "date_published": published and ((hints.date and "input:date") or f"block {days.first}"),
        "date_modified": days.modified and f"block {days.changed}",
        "date_published_raw": raw and ((hints.date and "input:date") or f"block {days.first}"),
        "section": _block(section),
        "images": _block(captions),
        "url": hints.url and "input:url",
    }
    return Metadata(
        title=hints.title or title,
        description=" ".join(text for _, text in standfirst) if standfirst else None,
        authors=hints.authors or authors,
        byline=bylines[0].text if bylines else None,
        contributors=contributors,
        agencies=once_each(agencies),
        dateline=dateline.text if dateline else None,
        location_created=dateline.place if dateline else None,
        date_published=published,
        date_modified=days.modified,
        date_published_raw=raw,
        section=_unmarked(section[0].text) if section else None,
        images=_images([text for _, text in captions]) if captions else (),
        url=hints.url,
        origins=tuple((name, origin) for name, origin in found.items() if origin),
    )


class Line(NamedTuple):
    """The number of a block and its text as it can be written."""

    number: int
    text: str


def _lines(story: Sequence[Labelled]) -> dict[Role, list[Line]]:
    """Return the story's lines by their role, in order; of the body the first paragraphs alone."""
    lines: dict[Role, list[Line]] = {}
    for block, label in story:
        if label.role not in _TELLING:
            continue
        found = lines.setdefault(label.role, [])
        if label.role is Role.BODY and len(found) == _OPENING:
            continue
        text = printable(block.text)
        if text or label.role is Role.BODY:
            found.append(Line(block.number, text))
    return lines


def _block(lines: Sequence[Line] | None) -> str | None:
    return f"block {lines[0].number}" if lines else None


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


def _dateline(opening: Sequence[Line], around: Sequence[Line]) -> Dateline | None:
    """Return the dateline of a story's first paragraph.

    `around` are the blocks that may speak of the place: headline, standfirst, captions.
    """
    found = [parse_dateline(text) for _, text in opening]
    if not found or sum(dateline is not None for dateline in found) >= _SPEAKERS:
        return None
    if found[0] is None:
        return parse_plain_dateline(opening[0].text, [text for _, text in (*around, *opening[1:])])
    return found[0]


def printable(text: str) -> str:
    """Return a text without control characters, which databases and viewers choke on.

    A tab stays; U+0085 becomes the ellipsis it nearly always was.
    """
    if text.isprintable():
        return text
    return text.replace("\x85", "…").translate(_CONTROLS).strip()


def _written_by(bylines: Sequence[Line]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """Return the persons and the agencies that the bylines name, once each, in order.

    And the block that names the first person, -1 for none.
    """
    authors: dict[str, str] = {}
    agencies: dict[str, None] = {}
    signed = -1
    for number, line in bylines:
        parsed = parse_signature(line)
        if parsed is None:
            bare = line.strip(" :,-–—―")
            names: tuple[str, ...] = (bare,) if is_person(bare) else ()
        else:
            names = parsed.authors
            agencies |= dict.fromkeys(parsed.agencies)
        if names and not authors:
            signed = number
        for name in names:
            authors.setdefault(name.casefold(), name)
    return tuple(authors.values()), tuple(agencies), signed


def _contributors(credits: Sequence[str]) -> tuple[Contributor, ...]:
    people = [person for line in credits for person in parse_credit(line) or ()]
    return tuple(Contributor(name=name, role=role) for name, role in dict.fromkeys(people))


class _Dates(NamedTuple):
    """When a story was published and changed, the former as it stands, and the blocks of both."""

    published: str | None
    modified: str | None
    raw: str | None
    first: int
    changed: int


def _days_of(bylines: Sequence[Line]) -> list[Line]:
    """Return what bylines say of a date, such as `By Ann Lee, 3 May 2024`."""
    parsed = ((line.number, parse_signature(line.text)) for line in bylines)
    return [Line(number, found.day) for number, found in parsed if found is not None and found.day]


def _dates(lines: Sequence[Line], day_first: bool) -> _Dates:
    published = modified = raw = None
    first = changed = -1
    as_of = False
    for number, line in lines:
        parsed = parse_date_line(line.strip(_SEPARATORS), day_first=day_first)
        if parsed is None or not any(map(str.isdigit, line)):
            continue  # "Today" alone is a programme's name as often as a day
        if modified is None and parsed.modified:
            modified, changed = parsed.modified, number
        if as_of and parsed.published and not parsed.raw.startswith(_AS_OF):
            modified, changed = modified or published, changed if modified else first
            published = raw = None
            as_of = False
        if published is None and not parsed.of_change:
            as_of = parsed.raw.startswith(_AS_OF)
            published = parsed.published
            if raw is None or published:
                raw, first = parsed.raw, number
    return _Dates(published, modified, raw, first, changed)


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
