"""Where a document came from, and the identifiers that follow from it."""

from __future__ import annotations

import hashlib
from enum import StrEnum

from pydantic import Field

from schemas.base import Count, DocumentId, Row, Sha256


class Format(StrEnum):
    """What kind of record the document was read from."""

    TEXT = "text"
    JSONL = "jsonl"
    HTML = "html"
    WARC = "warc"
    WET = "wet"


class Source(Row):
    """The place of one document in the input."""

    uri: str = Field(min_length=1, description="Path or URL of the file, as it was matched.")
    format: Format | None = Field(description="Kind of file; null when it could not be told.")
    record: Count | None = Field(
        description="Row number in a JSONL file, or number of the record in a web archive, counted "
        "from 1; null for one document a file."
    )
    id: str | None = Field(
        description="The id that the input gave to the document; of a record in a web archive its "
        "WARC-Record-ID, without the angle brackets."
    )
    sha256: Sha256 | None = Field(
        description="SHA-256 of the document's own bytes: the decompressed file, the JSONL row "
        "without its line break, or the payload of a web archive's record, its HTTP encodings "
        "undone. Null when they were not read to their end."
    )
    encoding: str | None = Field(
        description="Character encoding the text was decoded with. 'utf-8-replaced' means UTF-8 "
        "with its few invalid bytes replaced by U+FFFD, and so for others. Null when nothing was "
        "decoded."
    )
    fetched_at: str | None = Field(
        description="When the page was fetched, as the input says; in web archives the WARC-Date."
    )


def document_id(uri: str, record: int | None, sha256: str | None) -> DocumentId:
    """Return the id of a document: 32 hexadecimal digits that follow from its place and bytes.

    It is the first half of the SHA-256 over the three values, a zero byte between them, so that
    anybody can compute it again from a row's `source`.
    """
    parts = (uri, "" if record is None else str(record), sha256 or "")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_id(document: DocumentId, story_index: int) -> str:
    """Return the id of a document's article: the document's id and the story's index."""
    return f"{document}-{story_index}"
