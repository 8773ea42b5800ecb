"""From a labelled page to its articles and its ledger row."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from pipeline.cleaning.labels import Label
from pipeline.cleaning.language import identify
from pipeline.cleaning.metadata import Labelled, metadata_of, printable
from pipeline.cleaning.page import Page
from pipeline.cleaning.shape import count_words
from pipeline.documents import Hints, RawDocument
from pipeline.version import __version__
from schemas.article import RemovedCount
from schemas.base import SCHEMA_VERSION
from schemas.ledger import LedgerRow
from schemas.roles import BOILERPLATE_ROLES, TEXT_ROLES, Role
from schemas.source import article_id

ArticleFields = Mapping[str, Any]
"""The fields of an article that nobody has validated yet, as `Article` takes them."""


def articles_of(
    document: RawDocument, page: Page, labels: Sequence[Label], model_version: str
) -> tuple[ArticleFields, ...]:
    """Return the fields of each story that has text, in the order of the stories."""
    stories: dict[int, list[Labelled]] = {}
    for block, label in zip(page.blocks, labels, strict=True):
        stories.setdefault(label.story, []).append((block, label))
    found = []
    for index, story in stories.items():
        text = text_of(story)
        if not text:
            continue
        hints = document.hints if index == 0 else Hints()
        found.append(_fields(document, index, len(stories), story, text, hints, model_version))
    return tuple(found)


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
    hints: Hints,
    model_version: str,
) -> ArticleFields:
    metadata = metadata_of(story, hints)
    language = identify(text)
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
        "keywords": (),
        "images": metadata.images,
        "links": (),
        "url": metadata.url,
        "canonical_url": None,
        "site_name": None,
        "word_count": max(1, count_words(text)),
        "removed_counts": removed_counts(story),
        "confidence": _confidence(story),
        "source": document.source,
        "cluster_id": None,
        "duplicate_of": None,
        "pipeline_version": __version__,
        "model_version": model_version,
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
) -> LedgerRow:
    """Return the ledger row: a span for each block and for the white space around them.

    `stories` are those that became articles: blocks of another belong to none. White space
    between two blocks of one story belongs to it. Without `with_text` the spans hold offsets
    alone.
    """
    text = page.text
    spans: list[dict[str, object]] = []

    def add(start: int, end: int, role: Role, story: int | None, reason: str, score: float) -> None:
        spans.append(
            {
                "start": start,
                "end": end,
                "role": role,
                "story_index": story,
                "reason": reason,
                "score": score,
                "text": text[start:end] if with_text else None,
            }
        )

    at, former = 0, None
    for block, label in zip(page.blocks, labels, strict=True):
        story = label.story if label.story in stories else None
        if block.start > at:
            around = story if story == former else None
            add(at, block.start, Role.BLANK, around, "white space", 1.0)
        add(block.start, block.end, label.role, story, label.reason, label.score)
        at, former = block.end, story
    if at < len(text):
        add(at, len(text), Role.BLANK, None, "white space", 1.0)
    # All spans in one call: validating them one by one costs three times as much.
    return LedgerRow.model_validate(
        {
            "document_id": document.id,
            "source": document.source,
            "length": len(text),
            "text_sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "spans": tuple(spans),
        }
    )
