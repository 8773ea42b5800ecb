"""Saved pages: one document a file, its text the decoded markup."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.documents import RawDocument
from pipeline.sources.charset import decode_page
from pipeline.sources.compression import ByteStream
from pipeline.sources.limits import ReadLimits
from pipeline.sources.whole_file import read_whole
from schemas.rejection import Rejection
from schemas.source import Format


def read_html(
    stream: ByteStream, uri: str, limits: ReadLimits
) -> Iterator[RawDocument | Rejection]:
    """Give the one page of a file, or the one rejection that says why there is none."""
    return read_whole(stream, uri, limits, Format.HTML, decode_page)
