"""JSON Lines: one document a row.

Rows end at a line feed, with or without a carriage return before it; in a file without any line
feed at its beginning, at carriage returns. Rows of white space are no documents; the row number
counts them too.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from pipeline.documents import RawDocument
from pipeline.sources.compression import ByteStream
from pipeline.sources.encoding import byte_order_mark, wide_codec
from pipeline.sources.limits import ReadLimits
from pipeline.sources.rejections import ReadError, preview_of, rejection, source_of
from pipeline.sources.row import read_row
from pipeline.sources.sniff import SNIFF_BYTES
from schemas.rejection import ErrorType, Rejection
from schemas.source import Format

_PREVIEW_BYTES: Final = 1 << 10
_CR_ROWS = re.compile(rb"[^\n]*\r\s*\{[^\n]*\Z")


def read_jsonl(
    stream: ByteStream, uri: str, limits: ReadLimits
) -> Iterator[RawDocument | Rejection]:
    """Give one document or one rejection for each row that is not blank, in order.

    Damage gives the rows before it and one rejection, whose record is the row that was not whole.
    Holds at most `limits.max_document_bytes` and a chunk in memory.
    """
    head = stream.head(SNIFF_BYTES)
    codec, skip = byte_order_mark(head) or (wide_codec(head) or "utf-8", 0)
    chunks = _without_start(iter(stream), skip)
    if codec != "utf-8":
        chunks = _as_utf8(chunks, codec)
        head = head[skip:].decode(codec, "replace").encode("utf-8", "replace")
    separator = b"\r" if _CR_ROWS.match(head) else b"\n"
    number = 0
    try:
        for number, (row, size) in enumerate(
            _rows(chunks, separator, limits.max_document_bytes), start=1
        ):
            if size > limits.max_document_bytes:
                source = source_of(uri, Format.JSONL, record=number)
                yield rejection(source, limits.too_large(), preview_of(row))
            elif row and not row.isspace():
                yield read_row(row, uri, number, codec)
    except ReadError as error:
        yield rejection(source_of(uri, Format.JSONL, record=number + 1), error)


def _without_start(chunks: Iterator[bytes], length: int) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk[length:]
        length = max(0, length - len(chunk))


def _as_utf8(chunks: Iterator[bytes], codec: str) -> Iterator[bytes]:
    """Give UTF-16 or UTF-32 as UTF-8; a lone surrogate takes the three bytes it would have."""
    decoder = codecs.getincrementaldecoder(codec)("surrogatepass")
    try:
        for chunk in chunks:
            yield decoder.decode(chunk).encode("utf-8", "surrogatepass")
        yield decoder.decode(b"", final=True).encode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ReadError(
            ErrorType.UNDECODABLE_TEXT, f"the rest of the file is not {codec}: {error.reason}"
        ) from error


def _rows(chunks: Iterator[bytes], separator: bytes, limit: int) -> Iterator[tuple[bytes, int]]:
    """Give rows and their sizes in bytes; of a row over the limit only its beginning."""
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        *ends, rest = chunk.split(separator)
        for end in ends:
            row = b"".join((*parts, end)) if parts else end
            size += len(end)
            if row.endswith(b"\r") and size == len(row):
                row, size = row[:-1], size - 1
            yield row, size
            parts, size = [], 0
        if rest:
            size += len(rest)
            parts.append(rest)
            # One more than the limit, for a carriage return that may still turn out to be the end.
            if size > limit + 1:
                parts = [b"".join(parts)[:_PREVIEW_BYTES]]
    if parts:
        yield b"".join(parts), size
