"""A file that is one document: all of its bytes, decoded."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from pipeline.documents import RawDocument
from pipeline.sources.compression import ByteStream
from pipeline.sources.encoding import Decoded
from pipeline.sources.limits import ReadLimits
from pipeline.sources.rejections import ReadError, preview_of, rejection, source_of, undecodable
from schemas.rejection import ErrorType, Rejection
from schemas.source import Format


def read_whole(
    stream: ByteStream,
    uri: str,
    limits: ReadLimits,
    format: Format,
    decode: Callable[[bytes], Decoded | None],
) -> Iterator[RawDocument | Rejection]:
    """Give the one document of a file, or the one rejection that says why there is none.

    `decode` gives the text of the bytes, None where no encoding fits. Holds at most
    `limits.max_document_bytes` and a chunk in memory.
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
        yield rejection(source_of(uri, format), error, preview)
        return
    data = b"".join(parts)
    sha256 = hashlib.sha256(data).hexdigest()
    decoded = decode(data)
    if decoded is None:
        source = source_of(uri, format, sha256=sha256)
        yield rejection(source, undecodable(), preview_of(data))
        return
    source = source_of(uri, format, sha256=sha256, encoding=decoded.encoding)
    yield RawDocument(source=source, text=decoded.text, is_html=format is Format.HTML)


def _too_large(stream: ByteStream, limits: ReadLimits) -> ReadError:
    if stream.is_bomb:
        return ReadError(
            ErrorType.DECOMPRESSION_BOMB,
            f"a few {stream.codec} bytes decompress to more than {limits.max_document_bytes:,}",
        )
    return limits.too_large()
