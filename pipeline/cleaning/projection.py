"""From a labelled page to its articles and its ledger row."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple, Protocol

from pipeline.cleaning.html.facts.merging import merge
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.tongue import Judged, judge
from pipeline.cleaning.html.facts.values import absolute_url, letters, tidy_text
from pipeline.cleaning.labels import Label
from pipeline.cleaning.language import identify, writes_day_first
from pipeline.cleaning.metadata import Labelled, Metadata, metadata_of, printable
from pipeline.cleaning.page import Page
from pipeline.cleaning.shape import count_words
from pipeline.documents import Hints, RawDocument
from pipeline.version import __version__
from schemas.article import Image, Link, RemovedCount
from schemas.base import SCHEMA_VERSION
from schemas.ledger import LedgerRow
from schemas.roles import BOILERPLATE_ROLES, TEXT_ROLES, Role
from schemas.source import article_id
from schemas.spans import Spans

ArticleFields = Mapping[str, Any]
"""The fields of an article that nobody has validated yet, as `Article` takes them."""

FieldOriginValues = Mapping[str, Any]
"""A `schemas.ledger.FieldOrigin` that is not yet validated."""

MOST_LINKS: Final = 500
"""Links of one article; a text with more is a directory."""


class Linked(Protocol):
    """What a page's tree says of a block: its links as they stand, and the picture beside it."""

    @property
    def links(self) -> Sequence[tuple[str, str]]:
        """Address and text of each link."""
        ...

    @property
    def picture(self) -> str | None:
        """Address of the picture in the figure around the block."""
        ...


class Projection(NamedTuple):
    """The articles of a page, not yet validated, and where each of their fields comes from."""

    articles: tuple[ArticleFields, ...]
    origins: tuple[FieldOriginValues, ...]


def project(
    document: RawDocument,
    page: Page,
    labels: Sequence[Label],
    model_version: str,
    facts: PageFacts | None = None,
    places: Sequence[Linked] = (),
) -> Projection:
    """Return the fields of each story that has text, in the order of the stories.

    `facts` is what an HTML page says of its own article, which is story 0; `places`, one for each
    block of an HTML page, give the text's links and the captions' pictures.
    """
    stories: dict[int, list[Labelled]] = {}
    for block, label in zip(page.blocks, labels, strict=True):
        stories.setdefault(label.story, []).append((block, label))
    found: list[ArticleFields] = []
    origins: list[FieldOriginValues] = []
    for index, story in stories.items():
        text = text_of(story)
        if not text:
            continue
        hints = document.hints if index == 0 else Hints()
        tongue = identify(text)
        metadata = metadata_of(story, hints, day_first=writes_day_first(tongue))
        declared = None
        base = document.hints.url
        if facts is not None:
            base = facts.base
            if places:
                metadata = with_pictures(metadata, story, places, base)
            if index == 0:
                metadata = merge(metadata, hints, facts, text, _opening(story))
                declared = facts.language
        language = judge(tongue, declared)
        links = links_of(story, places, base) if places else ()
        found.append(
            _fields(document, index, len(stories), story, text, metadata, language, links)
            | {"model_version": model_version}
        )
        named = list(metadata.origins)
        if language is not None:
            named.append(("language", language.origin))
        if links:
            named.append(("links", "blocks"))
        origins += [
            {"story_index": index, "field": field, "origin": origin} for field, origin in named
        ]
    return Projection(tuple(found), tuple(origins))


def _opening(story: Iterable[Labelled]) -> int:
    """Return the number of the first block of a story's body, or of its text if it has none."""
    numbers = {label.role: block.number for block, label in reversed(list(story))}
    return numbers.get(Role.BODY, min(numbers.get(role, 0) for role in TEXT_ROLES))


def articles_of(
    document: RawDocument, page: Page, labels: Sequence[Label], model_version: str
) -> tuple[ArticleFields, ...]:
    """Return the fields of each story that has text, in the order of the stories."""
    return project(document, page, labels, model_version).articles


def links_of(
    story: Iterable[Labelled], places: Sequence[Linked], base: str | None
) -> tuple[Link, ...]:
    """Return the links of a story's text: absolute, of http or https, each address once.

    Of the first `MOST_LINKS`. A link inside the page is none.
    """
    found: dict[str, Link] = {}
    for block, label in story:
        if label.role not in TEXT_ROLES:
            continue
        for address, text in places[block.number].links:
            url = None if address.strip().startswith("#") else absolute_url(address, base)
            if url is not None and url not in found:
                found[url] = Link(url=url, text=tidy_text(text) or "")
                if len(found) == MOST_LINKS:
                    return tuple(found.values())
    return tuple(found.values())


def with_pictures(
    metadata: Metadata, story: Iterable[Labelled], places: Sequence[Linked], base: str | None
) -> Metadata:
    """Return the metadata with the addresses of the pictures that the captions stand beside."""
    if not metadata.images:
        return metadata
    beside: dict[str, str] = {}
    for block, label in story:
        if label.role is Role.CAPTION:
            url = absolute_url(places[block.number].picture, base)
            if url is not None:
                beside.setdefault(letters(block.text), url)
    return replace(
        metadata,
        images=tuple(
            image.model_copy(update={"url": _url_beside(image, beside)})
            for image in metadata.images
        ),
    )


def _url_beside(image: Image, beside: Mapping[str, str]) -> str | None:
    key = letters(image.caption or image.credit or "")
    return next((url for text, url in beside.items() if key and key in text), None)


def text_of(story: Iterable[Labelled]) -> str:
    """Return the text of a story: its text blocks in order, a blank line between them."""
    kept = (printable(block.text) for block, label in story if label.role in TEXT_ROLES)
    return "\n\n".join(line for line in kept if line)


def _fields(
    document: RawDocument,
    index: int,
    count: int,
    story: Sequence[Labelled],
    text: str,
    metadata: Metadata,
    language: Judged | None,
    links: tuple[Link, ...],
) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "id": article_id(document.id, index),
        "document_id": document.id,
        "story_index": index,
        "story_count": count,
        "title": metadata.title,
        "description": metadata.description,
        "text": text,
        "authors": metadata.authors,
        "byline": metadata.byline,
        "contributors": metadata.contributors,
        "agencies": metadata.agencies,
        "dateline": metadata.dateline,
        "location_created": metadata.location_created,
        "date_published": metadata.date_published,
        "date_modified": metadata.date_modified,
        "date_published_raw": metadata.date_published_raw,
        "language": language.code if language else None,
        "language_score": language.score if language else None,
        "section": metadata.section,
        "keywords": metadata.keywords,
        "images": metadata.images,
        "links": links,
        "url": metadata.url,
        "canonical_url": metadata.canonical_url,
        "site_name": metadata.site_name,
        "word_count": max(1, count_words(text)),
        "removed_counts": removed_counts(story),
        "confidence": _confidence(story),
        "source": document.source,
        "cluster_id": None,
        "duplicate_of": None,
        "pipeline_version": __version__,
    }


def removed_counts(story: Iterable[Labelled]) -> tuple[RemovedCount, ...]:
    """Return how many blocks and characters of each kind of boilerplate a story had, by name."""
    blocks: dict[Role, int] = {}
    characters: dict[Role, int] = {}
    for block, label in story:
        if label.role in BOILERPLATE_ROLES:
            blocks[label.role] = blocks.get(label.role, 0) + 1
            characters[label.role] = characters.get(label.role, 0) + block.end - block.start
    return tuple(
        RemovedCount(role=role, blocks=blocks[role], characters=characters[role])
        for role in sorted(blocks)
    )


def _confidence(story: Iterable[Labelled]) -> float:
    """Return the mean score of the text's blocks, each weighted with its length."""
    kept = [(len(block.text), label.score) for block, label in story if label.role in TEXT_ROLES]
    return round(sum(n * score for n, score in kept) / max(1, sum(n for n, _ in kept)), 3)


def ledger_of(
    document: RawDocument,
    page: Page,
    labels: Sequence[Label],
    *,
    stories: Container[int],
    with_text: bool,
    origins: Sequence[FieldOriginValues] = (),
) -> LedgerRow:
    """Return the ledger row: a span for each block and for the white space around them.

    `stories` are those that became articles: blocks of another belong to none. White space
    between two blocks of one story belongs to it. Without `with_text` the spans hold offsets
    alone. `origins` say where the articles' fields come from, see `Projection`.
    """
    text = page.text
    spans: list[tuple[int, int, Role, int | None, str, float]] = []
    at, former = 0, None
    for (_, start, end, _, _), (role, own, score, reason) in zip(page.blocks, labels, strict=True):
        story = own if own in stories else None
        if start > at:
            between = story if story == former else None
            spans.append((at, start, Role.BLANK, between, _WHITE, 1.0))
        spans.append((start, end, role, story, reason, score))
        at, former = end, story
    if at < len(text):
        spans.append((at, len(text), Role.BLANK, None, _WHITE, 1.0))
    texts = tuple([text[span[0] : span[1]] if with_text else None for span in spans])
    columns = tuple(zip(*spans, strict=True)) or ((),) * 6
    return LedgerRow.model_validate(
        {
            "document_id": document.id,
            "source": document.source,
            "length": len(text),
            "text_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "spans": Spans((*columns, texts)),
            "fields": tuple(origins),
        }
    )


_WHITE: Final = "white space"
