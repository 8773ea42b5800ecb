"""Plain text: one document a file."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.documents import RawDocument
from pipeline.sources.compression import ByteStream
from pipeline.sources.encoding import decode
from pipeline.sources.limits import ReadLimits
from pipeline.sources.whole_file import read_whole
from schemas.rejection import Rejection
from schemas.source import Format


def read_text(
    stream: ByteStream, uri: str, limits: ReadLimits
) -> Iterator[RawDocument | Rejection]:
    """Give the one document of a file, or the one rejection that says why there is none."""
    return read_whole(stream, uri, limits, Format.TEXT, decode)
