"""Rows to build tests from: each is valid, and small."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pipeline.sinks.layout import FILES
from pipeline.sinks.rows import OutputModel
from schemas import (
    Article,
    ErrorType,
    Format,
    LedgerRow,
    Rejection,
    Role,
    Source,
    Span,
    Stage,
    article_id,
    document_id,
)


def source(uri: str = "a.txt", record: int | None = None, sha256: str = "0" * 64) -> Source:
    return Source(
        uri=uri,
        format=Format.TEXT if record is None else Format.JSONL,
        record=record,
        id=None,
        sha256=sha256,
        encoding="utf-8",
        fetched_at=None,
    )


def id_of(origin: Source) -> str:
    return document_id(origin.uri, origin.record, origin.sha256)


def article(
    origin: Source | None = None, story_index: int = 0, story_count: int = 3, text: str = "Body."
) -> Article:
    origin = origin or source()
    return Article(
        schema_version="1.0",
        id=article_id(id_of(origin), story_index),
        document_id=id_of(origin),
        story_index=story_index,
        story_count=story_count,
        title=None,
        description=None,
        text=text,
        authors=(),
        byline=None,
        contributors=(),
        agencies=(),
        dateline=None,
        location_created=None,
        date_published=None,
        date_modified=None,
        date_published_raw=None,
        language=None,
        language_score=None,
        section=None,
        keywords=(),
        images=(),
        links=(),
        url=None,
        canonical_url=None,
        site_name=None,
        word_count=1,
        removed_counts=(),
        confidence=1.0,
        source=origin,
        cluster_id=None,
        duplicate_of=None,
        pipeline_version="0",
        model_version="0",
    )


def ledger_row(
    origin: Source | None = None,
    spans: Sequence[tuple[Role, str]] = ((Role.BODY, "Body."), (Role.BLANK, "\n")),
) -> LedgerRow:
    origin = origin or source()
    made, at = [], 0
    for role, text in spans:
        made.append(
            Span(
                start=at,
                end=at + len(text),
                role=role,
                story_index=None,
                reason="test",
                score=1.0,
                text=text,
            )
        )
        at += len(text)
    return LedgerRow(
        document_id=id_of(origin),
        source=origin,
        length=at,
        text_sha256=hashlib.sha256("".join(text for _, text in spans).encode()).hexdigest(),
        spans=tuple(made),
        fields=(),
    )


def rejection(
    origin: Source | None = None,
    error_type: ErrorType = ErrorType.NO_ARTICLE,
    message: str = "nothing but boilerplate",
) -> Rejection:
    origin = origin or source()
    return Rejection(
        document_id=id_of(origin),
        source=origin,
        stage=Stage.CLEAN,
        error_type=error_type,
        error_message=message,
        preview=None,
    )


def document_rows(origin: Source, stories: int, rejections: int = 1) -> list[OutputModel]:
    """Return the rows of one document: that many articles, or rejections if there are none."""
    if not stories:
        failed = [rejection(origin, message=f"reason {n}") for n in range(rejections)]
        return [ledger_row(origin), *failed]
    return [ledger_row(origin), *(article(origin, n, stories) for n in range(stories))]


def place_in(folder: Path) -> str:
    """Return a run's place that is nothing but a folder."""
    (folder / FILES).mkdir(parents=True, exist_ok=True)
    return str(folder)
