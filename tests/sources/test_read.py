import io
import json
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import RawDocument
from pipeline.sources.find import FoundFile
from pipeline.sources.limits import ReadLimits
from pipeline.sources.read import READERS, read_file
from pipeline.sources.sniff import Kind
from schemas.rejection import ErrorType, Rejection, Stage
from schemas.source import Format
from tests.archives import archive
from tests.sources.helpers import COMPRESS, one, outcomes, read

suffixes = pytest.mark.parametrize("suffix", COMPRESS)
TEXTS = [f"Row {n}: " + "".join(chr(97 + (n * k * k) % 26) for k in range(60)) for n in range(400)]
ROWS = b"".join(json.dumps({"text": text}).encode() + b"\n" for text in TEXTS)
TEXT = "\n".join(TEXTS)
PACKED_TEXT = {suffix: pack(TEXT.encode()) for suffix, pack in COMPRESS.items()}
PACKED_ROWS = {suffix: pack(ROWS) for suffix, pack in COMPRESS.items()}


class FailsLater(io.BytesIO):
    """Fails after its first megabyte."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= 1 << 20:
            raise OSError(5, "Input/output error")
        return super().read(size)


def read_with(opened: BinaryIO | OSError, name: str) -> list[RawDocument | Rejection]:
    def open_file(uri: str) -> BinaryIO:
        assert uri == name
        if isinstance(opened, OSError):
            raise opened
        return opened

    return list(read_file(FoundFile(name, 0), open_file, ReadLimits()))


@suffixes
def test_both_formats_in_each_codec(suffix: str) -> None:
    pack = COMPRESS[suffix]
    assert outcomes(read(pack(ROWS), f"a.jsonl.{suffix}")) == TEXTS
    assert outcomes(read(pack(TEXT.encode()), f"a.txt.{suffix}")) == [TEXT]


@suffixes
def test_neither_codec_nor_format_needs_a_name(suffix: str) -> None:
    assert outcomes(read(COMPRESS[suffix](ROWS), "a")) == TEXTS
    assert outcomes(read(ROWS, f"a.{suffix}")) == TEXTS


@pytest.mark.parametrize(
    ("data", "name", "error", "format", "words"),
    [
        (b"WARC/1.0\r\n", "a.gz", ErrorType.TRUNCATED_STREAM, Format.WARC, "not whole"),
        (b"words", "a.warc", ErrorType.CORRUPT_STREAM, Format.WARC, "no record begins"),
        (b'[{"text": 1}]', "a.json", ErrorType.UNSUPPORTED_FORMAT, None, "no JSON Lines"),
        (b"%PDF-1.7\n", "a.txt", ErrorType.BINARY_CONTENT, None, "PDF"),
        (bytes(range(256)), "a.txt", ErrorType.BINARY_CONTENT, None, "binary"),
        (b"", "a.txt.gz", ErrorType.TRUNCATED_STREAM, None, "no content"),
    ],
)
def test_files_that_are_not_read(
    data: bytes, name: str, error: ErrorType, format: Format | None, words: str
) -> None:
    item = one(read(data, name))
    assert isinstance(item, Rejection)
    assert (item.error_type, item.source.format, item.stage) == (error, format, Stage.READ)
    assert words in item.error_message


@suffixes
@pytest.mark.parametrize("inner", COMPRESS)
def test_compressed_twice_is_binary(suffix: str, inner: str) -> None:
    item = one(read(COMPRESS[suffix](COMPRESS[inner](ROWS)), f"a.jsonl.{inner}.{suffix}"))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.BINARY_CONTENT


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.BINARY])
def test_every_kind_is_read_or_rejected(kind: Kind) -> None:
    assert kind in READERS or kind in {Kind.WARC, Kind.JSON}


@suffixes
@pytest.mark.parametrize(
    ("data", "name"), [(b"<html><p>a", "a.txt"), (b"words", "a.html"), (b"words", "a.XHTML")]
)
def test_a_page_is_one_document(suffix: str, data: bytes, name: str) -> None:
    for item in (one(read(data, name)), one(read(COMPRESS[suffix](data), f"{name}.{suffix}"))):
        assert isinstance(item, RawDocument)
        assert (item.text, item.is_html, item.source.format) == (data.decode(), True, Format.HTML)


@suffixes
def test_a_web_archive_may_be_compressed_in_any_way(suffix: str) -> None:
    records = archive([f"<html>{n}".encode() for n in range(3)], is_packed=False)
    texts = ["<html>0", "<html>1", "<html>2"]
    assert outcomes(read(b"".join(map(COMPRESS[suffix], records)), f"a.{suffix}")) == texts
    assert outcomes(read(COMPRESS[suffix](b"".join(records)), f"a.{suffix}")) == texts


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(13, "Permission denied", "a"), "Permission denied"),
        (FileNotFoundError(2, "No such file or directory", "a"), "No such file"),
        (OSError("no number"), "OSError"),
    ],
)
def test_a_file_that_cannot_be_opened(error: OSError, words: str) -> None:
    item = one(read_with(error, "a.txt"))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.UNREADABLE_FILE
    assert words in item.error_message


def test_a_read_that_fails_in_the_middle() -> None:
    item = one(read_with(FailsLater(TEXT.encode() * 100), "a.txt"))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.UNREADABLE_FILE
    items = read_with(FailsLater(ROWS * 100), "a.jsonl")
    assert outcomes(items)[:400] == TEXTS
    assert outcomes(items)[-1] == "!unreadable_file"
    assert items[-1].source.record == len(items)


@suffixes
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_truncated_text_gives_one_rejection(suffix: str, data: st.DataObject) -> None:
    packed = PACKED_TEXT[suffix]
    item = one(read(packed[: data.draw(st.integers(20, len(packed) - 1))], f"a.txt.{suffix}"))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.TRUNCATED_STREAM


@suffixes
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_truncated_rows_give_whole_rows_and_one_rejection(suffix: str, data: st.DataObject) -> None:
    packed = PACKED_ROWS[suffix]
    cut = packed[: data.draw(st.integers(20, len(packed) - 1))]
    items = read(cut, f"a.jsonl.{suffix}")
    whole = len(items) - 1
    assert outcomes(items) == [*TEXTS[:whole], "!truncated_stream"]
    assert items[-1].source.record == whole + 1


@suffixes
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_a_damaged_text_never_gives_a_wrong_document(suffix: str, data: st.DataObject) -> None:
    packed = bytearray(PACKED_TEXT[suffix])
    packed[data.draw(st.integers(10, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    assert outcomes(read(bytes(packed), f"a.txt.{suffix}")) in [
        [TEXT],
        ["!corrupt_stream"],
        ["!truncated_stream"],
    ]


@suffixes
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_damaged_rows_give_only_what_checksums_vouch_for(suffix: str, data: st.DataObject) -> None:
    first, second = ROWS[: len(ROWS) // 2], ROWS[len(ROWS) // 2 :]
    before = COMPRESS[suffix](first)
    packed = bytearray(before + COMPRESS[suffix](second))
    packed[data.draw(st.integers(len(before) + 10, len(packed) - 1))] ^= data.draw(
        st.integers(1, 255)
    )
    got = outcomes(read(bytes(packed), f"a.jsonl.{suffix}"))
    if got[-1] == "!corrupt_stream":
        assert got[:-1] == TEXTS[: first.count(b"\n")]
    else:
        assert got[-1] == "!truncated_stream" or got == TEXTS


@suffixes
def test_a_bomb_of_rows_gives_one_rejection(suffix: str) -> None:
    item = one(read(COMPRESS[suffix](ROWS[:110] + bytes(72 << 20)), f"a.jsonl.{suffix}"))
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.DECOMPRESSION_BOMB
    assert item.source.format is Format.JSONL


@given(st.binary(max_size=300), st.sampled_from(["a", "a.txt", "a.jsonl", "a.json", "a.txt.gz"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_or_vanish(data: bytes, name: str) -> None:
    items = read(data, name)
    assert items or not data.strip() or name == "a.jsonl"
    for item in items:
        assert isinstance(item, RawDocument) or item.json_line()


def test_names_that_are_no_utf8_can_be_written() -> None:
    item = one(read_with(io.BytesIO(b"text"), "caf\udce9.txt"))
    assert item.source.uri == r"caf\xe9.txt"
