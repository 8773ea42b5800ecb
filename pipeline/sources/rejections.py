"""How the sources say that something could not be read: one exception, one row."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.rejection import PREVIEW_CHARACTERS, ErrorType, Rejection, Stage
from schemas.source import Format, Source, document_id

_STAGES: Final[Mapping[ErrorType, Stage]] = MappingProxyType(
    {
        ErrorType.UNREADABLE_FILE: Stage.READ,
        ErrorType.UNSUPPORTED_FORMAT: Stage.READ,
        ErrorType.BINARY_CONTENT: Stage.READ,
        ErrorType.CORRUPT_STREAM: Stage.READ,
        ErrorType.TRUNCATED_STREAM: Stage.READ,
        ErrorType.DECOMPRESSION_BOMB: Stage.READ,
        ErrorType.DOCUMENT_TOO_LARGE: Stage.READ,
        ErrorType.UNDECODABLE_TEXT: Stage.DECODE,
        ErrorType.INVALID_JSON: Stage.PARSE,
        ErrorType.NESTED_TOO_DEEP: Stage.PARSE,
        ErrorType.NOT_AN_OBJECT: Stage.PARSE,
        ErrorType.MISSING_TEXT: Stage.PARSE,
        ErrorType.WRONG_TYPE: Stage.PARSE,
    }
)

_PREVIEW_BYTES: Final = 4 * PREVIEW_CHARACTERS + 4
"""Enough bytes for a full preview in any encoding, with a whole character to spare at the cut."""


class ReadError(Exception):
    """A file or a row cannot be read further; becomes a `Rejection` at the nearest reader."""

    def __init__(self, error_type: ErrorType, message: str) -> None:
        super().__init__(error_type, message)
        self.error_type = error_type
        self.message = message


def unreadable(error: OSError) -> ReadError:
    """Return the `ReadError` for a failed system call, in words and without the path."""
    reason = error.strerror or type(error).__name__
    return ReadError(ErrorType.UNREADABLE_FILE, f"the file cannot be read: {reason}")


def undecodable() -> ReadError:
    """Return the `ReadError` for bytes that are no text."""
    message = "the bytes are no text in any known character encoding"
    return ReadError(ErrorType.UNDECODABLE_TEXT, message)


def written_uri(uri: str) -> str:
    r"""Return a path as the outputs name it.

    POSIX names are bytes. Those that are no UTF-8 come from the system as lone surrogates, which
    no JSON can hold: they are written as `\xNN`.
    """
    return uri.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def source_of(
    uri: str,
    format: Format | None,
    *,
    record: int | None = None,
    id: str | None = None,
    sha256: str | None = None,
    encoding: str | None = None,
    fetched_at: str | None = None,
) -> Source:
    """Return the `Source` of a document; `uri` is the path as it was matched."""
    return Source(
        uri=written_uri(uri),
        format=format,
        record=record,
        id=id,
        sha256=sha256,
        encoding=encoding,
        fetched_at=fetched_at,
    )


def rejection(source: Source, error: ReadError, preview: str | None = None) -> Rejection:
    """Return the row for a document that could not be read.

    `preview` may be longer than a preview can be; it is cut.
    """
    return Rejection(
        document_id=document_id(source.uri, source.record, source.sha256),
        source=source,
        stage=_STAGES[error.error_type],
        error_type=error.error_type,
        error_message=error.message,
        preview=None if preview is None else preview[:PREVIEW_CHARACTERS],
    )


def preview_of(data: bytes, codec: str = "utf-8") -> str:
    """Return how undecoded bytes begin, with U+FFFD for what does not fit the codec."""
    return data[:_PREVIEW_BYTES].decode(codec, "replace")[:PREVIEW_CHARACTERS]
