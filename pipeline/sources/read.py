"""One file: from its place to its documents. A new format is one line in `READERS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from pipeline.documents import RawDocument
from pipeline.sources.compression import ByteStream, Codec, sound_length, without_suffix
from pipeline.sources.find import FoundFile
from pipeline.sources.html import read_html
from pipeline.sources.jsonl import read_jsonl
from pipeline.sources.limits import ReadLimits
from pipeline.sources.rejections import ReadError, preview_of, rejection, source_of, unreadable
from pipeline.sources.skipped import SkippedRecords
from pipeline.sources.sniff import SNIFF_BYTES, Kind, Sniffed, sniff
from pipeline.sources.text import read_text
from pipeline.sources.warc import read_warc
from schemas.rejection import ErrorType, Rejection
from schemas.source import Format

OpenFile = Callable[[str], BinaryIO]
"""Opens the file at a URI for reading its bytes as they are; raises OSError."""

Reader = Callable[[ByteStream, str, ReadLimits], Iterator[RawDocument | Rejection]]
"""Gives the documents of a file's decompressed bytes; raises nothing."""

READERS: Final[Mapping[Kind, Reader]] = MappingProxyType(
    {
        Kind.TEXT: read_text,
        Kind.JSONL: read_jsonl,
        Kind.HTML: read_html,
    }
)
"""How each kind of content is read; web archives are read by `read_warc` from their stored bytes.
What is not here is rejected."""

_FORMATS: Final[Mapping[Kind, Format]] = MappingProxyType(
    {
        Kind.TEXT: Format.TEXT,
        Kind.JSONL: Format.JSONL,
        Kind.HTML: Format.HTML,
        Kind.WARC: Format.WARC,
    }
)

_ROWS: Final = frozenset({Kind.JSONL})
"""Kinds whose documents are given before the end of the file is seen."""


def read_file(
    found: FoundFile, open_file: OpenFile, limits: ReadLimits
) -> Iterator[RawDocument | Rejection | SkippedRecords]:
    """Give the documents of one file, and a rejection for whatever of it is none.

    A compressed file of many rows is read twice, the first time for its checksums alone: of a
    damaged one only the rows are given that lie before the damage and whose checksum held. Of a
    truncated one all whole rows are given. In a web archive each record has a checksum of its own,
    so it is read once, and the records behind the damage are given too. Of its records that are no
    documents only the number is given.
    """
    format: Format | None = None
    try:
        with open_file(found.uri) as raw:
            stream = ByteStream(raw)
            head = stream.head(SNIFF_BYTES)
            if stream.is_empty and without_suffix(found.uri) != found.uri:
                raise ReadError(ErrorType.TRUNCATED_STREAM, "the compressed file has no content")
            content = sniff(head, found.uri)
            format = _FORMATS.get(content.kind)
            if content.kind is Kind.WARC:
                with open_file(found.uri) as again:
                    yield from read_warc(again, found.uri, limits)
                return
            if content.kind not in READERS:
                yield _not_read(found, content, head)
                return
            if stream.codec is not Codec.NONE and content.kind in _ROWS:
                with open_file(found.uri) as again:
                    stream.trust_only(sound_length(again))
            yield from READERS[content.kind](stream, found.uri, limits)
    except ReadError as error:
        yield rejection(source_of(found.uri, format), error)
    except OSError as error:
        yield rejection(source_of(found.uri, format), unreadable(error))


def _not_read(found: FoundFile, content: Sniffed, head: bytes) -> Rejection:
    if content.kind is Kind.BINARY:
        error = ReadError(
            ErrorType.BINARY_CONTENT, f"the file is no text: it looks like {content.description}"
        )
        return rejection(source_of(found.uri, None), error)
    error = ReadError(
        ErrorType.UNSUPPORTED_FORMAT,
        f"the file is {content.description}, which is not read yet",
    )
    return rejection(source_of(found.uri, _FORMATS.get(content.kind)), error, preview_of(head))
