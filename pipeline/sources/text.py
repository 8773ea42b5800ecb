"""Plain text: one document a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pipeline.documents import RawDocument
from pipeline.sources.compression import ByteStream
from pipeline.sources.encoding import decode
from pipeline.sources.limits import ReadLimits
from pipeline.sources.rejections import ReadError, preview_of, rejection, source_of
from schemas.rejection import ErrorType, Rejection
from schemas.source import Format


def read_text(
    stream: ByteStream, uri: str, limits: ReadLimits
) -> Iterator[RawDocument | Rejection]:
    """Give the one document of a file, or the one rejection that says why there is none.

    Holds at most `limits.max_document_bytes` and a chunk in memory.
    """
    parts: list[bytes] = []
    size = 0
    try:
        for chunk in stream:
            parts.append(chunk)
            size += len(chunk)
            if size > limits.max_document_bytes:
                raise _too_large(stream, limits)
    except ReadError as error:
        preview = preview_of(parts[0]) if parts else None
        yield rejection(source_of(uri, Format.TEXT), error, preview)
        return
    data = b"".join(parts)
    sha256 = hashlib.sha256(data).hexdigest()
    decoded = decode(data)
    if decoded is None:
        message = "the bytes are no text in any known character encoding"
        yield rejection(
            source_of(uri, Format.TEXT, sha256=sha256),
            ReadError(ErrorType.UNDECODABLE_TEXT, message),
            preview_of(data),
        )
        return
    source = source_of(uri, Format.TEXT, sha256=sha256, encoding=decoded.encoding)
    yield RawDocument(source=source, text=decoded.text)


def _too_large(stream: ByteStream, limits: ReadLimits) -> ReadError:
    if stream.is_bomb:
        return ReadError(
            ErrorType.DECOMPRESSION_BOMB,
            f"a few {stream.codec} bytes decompress to more than {limits.max_document_bytes:,}",
        )
    return limits.too_large()
