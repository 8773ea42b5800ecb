import gzip
import hashlib
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.documents import RawDocument
from pipeline.sources.compression import CHUNK_BYTES, ByteStream
from pipeline.sources.encoding import wide_codec
from pipeline.sources.limits import ReadLimits
from pipeline.sources.sniff import Kind, sniff
from pipeline.sources.text import read_text
from schemas.rejection import ErrorType, Rejection
from tests.sources.helpers import COMPRESS, one, read


class Endless(io.BytesIO):
    """Gives letters for ever and counts them."""

    given = 0

    def read(self, size: int | None = -1) -> bytes:
        size = size or 0
        self.given += size
        return b"x" * size


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_back_identical(text: str) -> None:
    data = text.encode()
    assume(sniff(data, "a.txt").kind is Kind.TEXT and wide_codec(data) is None)
    item = one(read(data))
    assert isinstance(item, RawDocument)
    assert item.text == text.removeprefix("\ufeff")
    assert item.source.model_dump() == {
        "uri": "a.txt",
        "format": "text",
        "record": None,
        "id": None,
        "sha256": hashlib.sha256(data).hexdigest(),
        "encoding": "utf-8",
        "fetched_at": None,
    }


@pytest.mark.parametrize("suffix", COMPRESS)
def test_the_hash_is_that_of_the_decompressed_file(suffix: str) -> None:
    data = "Größe\r\nzwei\rdrei".encode()
    item = one(read(COMPRESS[suffix](data), f"a.txt.{suffix}"))
    assert isinstance(item, RawDocument)
    assert item.text == "Größe\r\nzwei\rdrei"
    assert item.source.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_an_empty_document(data: bytes) -> None:
    item = one(read(data))
    assert isinstance(item, RawDocument)
    assert item.text == ""


@pytest.mark.parametrize(("size", "is_read"), [(99, True), (100, True), (101, False)])
def test_the_limit_counts_bytes(size: int, is_read: bool) -> None:
    item = one(read(b"x" * size, limits=ReadLimits(max_document_bytes=100)))
    assert isinstance(item, RawDocument) is is_read
    if isinstance(item, Rejection):
        assert item.error_type is ErrorType.DOCUMENT_TOO_LARGE
        assert item.error_message == "the document is larger than 100 bytes"
        assert item.source.sha256 is None
        assert item.preview == "x" * size


def test_reading_stops_at_the_limit() -> None:
    raw = Endless()
    limits = ReadLimits(max_document_bytes=3 << 20)
    item = one(list(read_text(ByteStream(raw), "a.txt", limits)))
    assert isinstance(item, Rejection)
    assert raw.given <= (3 << 20) + 2 * CHUNK_BYTES


@pytest.mark.parametrize("suffix", COMPRESS)
def test_a_bomb_of_one_text_is_called_so(suffix: str) -> None:
    pack = gzip.compress if suffix == "gz" else COMPRESS[suffix]
    item = one(read(pack(b"\n" * (32 << 20)), f"a.txt.{suffix}"))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.DECOMPRESSION_BOMB


def test_bytes_of_no_encoding_are_rejected_with_their_hash() -> None:
    noise = b"Words. " + bytes((n * n * 31 + n // 3 * 7) % 256 for n in range(5000))
    item = one(list(read_text(ByteStream(io.BytesIO(noise)), "a.txt", ReadLimits())))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.UNDECODABLE_TEXT
    assert item.source.sha256 == hashlib.sha256(noise).hexdigest()
    assert item.preview is not None
    assert item.preview.startswith("Words. ")
