"""Records of a web archive that are no documents: not rejected, but counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RecordSkip(StrEnum):
    """Why a record of a web archive is no document."""

    WARCINFO = "warcinfo"
    REQUEST = "request"
    METADATA = "metadata"
    REVISIT = "revisit"
    CONTINUATION = "continuation"
    NOT_OK = "status_not_200"
    NOT_HTML = "not_html"
    NOT_HTTP = "not_http"
    OTHER = "other_record"


@dataclass(frozen=True, slots=True)
class SkippedRecords:
    """How many records of one archive were skipped for one reason."""

    uri: str
    reason: RecordSkip
    records: int
