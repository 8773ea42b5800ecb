"""A document, or a part of a file, that gave no article: a row of `rejected-*.jsonl`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import Field

from schemas.base import DocumentId, Row
from schemas.source import Source

PREVIEW_CHARACTERS: Final = 200
"""Longest preview of a rejected document."""


class Stage(StrEnum):
    """The step at which a document failed."""

    READ = "read"
    DECODE = "decode"
    PARSE = "parse"
    CLEAN = "clean"
    VALIDATE = "validate"


class ErrorType(StrEnum):
    """Why a document failed."""

    UNREADABLE_FILE = "unreadable_file"
    UNSUPPORTED_FORMAT = "unsupported_format"
    BINARY_CONTENT = "binary_content"
    CORRUPT_STREAM = "corrupt_stream"
    TRUNCATED_STREAM = "truncated_stream"
    DECOMPRESSION_BOMB = "decompression_bomb"
    DOCUMENT_TOO_LARGE = "document_too_large"
    UNDECODABLE_TEXT = "undecodable_text"
    INVALID_JSON = "invalid_json"
    NESTED_TOO_DEEP = "nested_too_deep"
    TOO_MANY_NODES = "too_many_nodes"
    NOT_AN_OBJECT = "not_an_object"
    MISSING_TEXT = "missing_text"
    WRONG_TYPE = "wrong_type"
    EMPTY_DOCUMENT = "empty_document"
    NO_ARTICLE = "no_article"
    NOT_AN_ARTICLE = "not_an_article"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    WORKER_CRASHED = "worker_crashed"
    CLEANING_FAILED = "cleaning_failed"
    INVALID_ARTICLE = "invalid_article"


class Rejection(Row):
    """Why a document gave no article."""

    document_id: DocumentId = Field(description="Id of the document.")
    source: Source = Field(description="Where the document came from.")
    stage: Stage = Field(description="The step at which it failed.")
    error_type: ErrorType = Field(description="Why it failed, to filter on.")
    error_message: str = Field(min_length=1, description="Why it failed, to read.")
    preview: str | None = Field(
        max_length=PREVIEW_CHARACTERS, description="How the document begins; null if unknown."
    )
