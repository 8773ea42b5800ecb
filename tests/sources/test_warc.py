import gzip
import io
import zlib
from typing import BinaryIO

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import RawDocument
from pipeline.sources.limits import ReadLimits
from pipeline.sources.skipped import RecordSkip, SkippedRecords
from pipeline.sources.warc import read_warc
from schemas.rejection import Rejection
from schemas.source import Format
from tests.archives import DATE, HTML, archive, record, repacked

Items = list[RawDocument | Rejection | SkippedRecords]
PAGES = [f"<html><p>Page {n} " + chr(97 + n) * 3000 for n in range(5)]
BYTES = [page.encode() for page in PAGES]
packed = pytest.mark.parametrize("is_packed", [True, False], ids=["gzip", "plain"])


def read(data: bytes, name: str = "a.warc.gz", most: int = 1 << 20) -> Items:
    return list(read_warc(io.BytesIO(data), name, ReadLimits(most)))


def outcome(item: RawDocument | Rejection | SkippedRecords) -> str:
    match item:
        case RawDocument():
            return item.text
        case Rejection():
            return f"!{item.error_type} {item.source.record}"
        case SkippedRecords():
            return f"-{item.reason} {item.records}"


def outcomes(data: bytes, name: str = "a.warc.gz", most: int = 1 << 20) -> list[str]:
    return [outcome(item) for item in read(data, name, most)]


@packed
def test_each_response_is_a_page_with_its_place_and_time(is_packed: bool) -> None:
    items = read(b"".join(archive(BYTES, is_packed=is_packed)))
    assert [item.text for item in items if isinstance(item, RawDocument)] == PAGES
    first = items[1]
    assert isinstance(first, RawDocument)
    assert first.is_html
    assert first.hints.url == "https://news.example/1"
    assert first.source.format is Format.WARC
    assert first.source.record == 2
    assert first.source.fetched_at == DATE
    assert first.source.encoding == "utf-8"
    assert first.source.id is not None
    assert first.source.id.startswith("urn:uuid:")


@pytest.mark.parametrize(
    "pack",
    [lambda data: data, gzip.compress, zstd.compress],
    ids=["plain", "one gzip member", "one zstd frame"],
)
def test_an_archive_that_is_compressed_as_a_whole(pack) -> None:  # noqa: ANN001
    assert outcomes(pack(b"".join(archive(BYTES, is_packed=False)))) == PAGES


@packed
def test_records_that_are_no_documents_are_counted(is_packed: bool) -> None:
    def stored(kind: str, content_type: str = "text/plain", **more: object) -> bytes:
        return record(b"x", kind=kind, content_type=content_type, is_packed=is_packed, **more)  # type: ignore[arg-type]

    records = [
        stored("warcinfo"),
        stored("request"),
        stored("metadata"),
        stored("metadata"),
        stored("revisit"),
        stored("continuation"),
        stored("future"),
        stored("resource"),
        stored("resource", "text/html"),
        stored("conversion"),
        record(b"<p>gone", status="404 Not Found", is_packed=is_packed),
        record(b"<p>new", status="301 Moved", is_packed=is_packed),
        record(b"GIF", {"Content-Type": "image/gif"}, is_packed=is_packed),
        record(b"\x00\x01", {}, is_packed=is_packed),
        record(b" <!doctype html>x", {}, is_packed=is_packed),
        record(b"<html/>", {"Content-Type": "Application/XHTML+XML"}, is_packed=is_packed),
    ]
    assert outcomes(b"".join(records)) == [
        "x",
        "x",
        " <!doctype html>x",
        "<html/>",
        "-continuation 1",
        "-metadata 2",
        "-not_html 3",
        "-other_record 1",
        "-request 1",
        "-revisit 1",
        "-status_not_200 2",
        "-warcinfo 1",
    ]


def test_wet_records_are_texts() -> None:
    (item,) = read(record(b"Gr\xc3\xbc\xc3\x9fe", kind="conversion", content_type="text/plain"))
    assert isinstance(item, RawDocument)
    assert (item.text, item.is_html, item.source.format) == ("Grüße", False, Format.WET)


@pytest.mark.parametrize(
    ("encode", "headers"),
    [
        (gzip.compress, {"Content-Encoding": "gzip"}),
        (gzip.compress, {"Content-Encoding": "X-GZIP"}),
        (zlib.compress, {"Content-Encoding": "deflate"}),
        (lambda data: zlib.compress(data, wbits=-15), {"Content-Encoding": "deflate"}),
        (brotli.compress, {"Content-Encoding": "br"}),
        (zstd.compress, {"Content-Encoding": "zstd"}),
        (lambda data: data, {"Content-Encoding": "gzip"}),
        (lambda data: data, {"Content-Encoding": "nonsense"}),
        (lambda data: data, {"Content-Encoding": "identity"}),
        (lambda data: b"3\r\n" + data[:3] + b"\r\n%x;a=b\r\n" % (len(data) - 3) + data[3:]
         + b"\r\n0\r\n\r\n", {"Transfer-Encoding": "chunked"}),
        (lambda data: data, {"Transfer-Encoding": "chunked"}),
        (lambda data: data, {"Content-Length": "7"}),
    ],
)  # fmt: skip
def test_the_encodings_of_http_are_undone(encode, headers: dict[str, str]) -> None:  # noqa: ANN001
    stored = record(encode(BYTES[0]), {**HTML, **headers})
    assert outcomes(stored) == [PAGES[0]]


def in_gzip(data: bytes) -> bytes:
    """The same bytes each time, and so the same names of tests."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize(
    ("body", "headers", "error"),
    [
        (in_gzip(bytes(3 << 20)), {"Content-Encoding": "gzip"}, "decompression_bomb"),
        (brotli.compress(bytes(3 << 20)), {"Content-Encoding": "br"}, "decompression_bomb"),
        (in_gzip(in_gzip(bytes(30 << 20))), {"Content-Encoding": "gzip, gzip"},
         "decompression_bomb"),
        (b"x" * (2 << 20), {}, "document_too_large"),
        (in_gzip(BYTES[0])[:-20], {"Content-Encoding": "gzip"}, "truncated_stream"),
        (b"ffff\r\n<html>", {"Transfer-Encoding": "chunked"}, "truncated_stream"),
        (in_gzip(BYTES[0])[:-8] + bytes(8), {"Content-Encoding": "gzip"}, "corrupt_stream"),
        (b"\xff\xfe\xfd", {"Content-Encoding": "unheard-of"}, "unsupported_format"),
        (b"\xff", {"Content-Encoding": "a,a,a,a"}, "unsupported_format"),
    ],
)  # fmt: skip
def test_a_bad_body_is_one_rejected_row(body: bytes, headers: dict[str, str], error: str) -> None:
    bad = record(body, {**HTML, **headers})
    good = archive(BYTES)
    found = outcomes(good[0] + bad + good[1])
    assert found == [PAGES[0], f"!{error} 2", PAGES[1]]


def test_what_the_archive_itself_has_cut_is_taken() -> None:
    words = " ".join(str(n * n) for n in range(9000))
    body = gzip.compress(words.encode())[:-2000]
    headers = {**HTML, "Content-Encoding": "gzip"}
    (item,) = read(record(body, headers, warc={"WARC-Truncated": "length"}))
    assert isinstance(item, RawDocument)
    assert words.startswith(item.text)
    assert len(item.text) > 1000


def test_a_bomb_is_one_rejected_row() -> None:
    good = archive(BYTES)
    bomb = record(b"<html>" + bytes(70 << 20))
    large = record(b"<html>" + bytes(2 << 20))
    assert outcomes(good[0] + bomb + good[1] + large + good[2]) == [
        PAGES[0],
        "!decompression_bomb 2",
        PAGES[1],
        "!document_too_large 4",
        PAGES[2],
    ]


@packed
@pytest.mark.parametrize("cut", [20, 350, 500])
def test_a_truncated_archive_gives_its_whole_records(is_packed: bool, cut: int) -> None:
    records = archive(BYTES, is_packed=is_packed)
    cut = min(cut, len(records[3]) - 30)
    data = b"".join(records[:3]) + records[3][:cut]
    assert outcomes(data) == [*PAGES[:3], "!truncated_stream 4"]


@packed
@pytest.mark.parametrize("damaged", [0, 2, 4])
def test_behind_damage_the_next_record_is_found(is_packed: bool, damaged: int) -> None:
    records = archive(BYTES, is_packed=is_packed)
    records[damaged] = bytes(12) + records[damaged][12:]
    found = outcomes(b"".join(records), "a.warc.gz" if is_packed else "a.warc")
    wanted = [*PAGES]
    wanted[damaged] = f"!corrupt_stream {damaged + 1}"
    assert found == wanted


def test_a_wrong_checksum_costs_its_record() -> None:
    records = archive(BYTES)
    records[1] = records[1][:-8] + bytes(4) + records[1][-4:]
    assert outcomes(b"".join(records)) == [PAGES[0], "!corrupt_stream 2", *PAGES[2:]]


@packed
@pytest.mark.parametrize("length", [60, 1500, 4000, 900_000, 10**30])
def test_a_wrong_record_length_costs_its_record(is_packed: bool, length: int) -> None:
    records = archive(BYTES, is_packed=is_packed)
    plain = gzip.decompress(records[1]) if is_packed else records[1]
    # The last of the two is WARC's own.
    right = next(line for line in plain.split(b"\r\n") if line.startswith(b"Content-Length: "))
    records[1] = repacked(records[1], right, b"Content-Length: %d" % length)
    first, bad, *others = outcomes(b"".join(records), "a.warc.gz" if is_packed else "a.warc")
    assert first == PAGES[0]
    assert bad.endswith("stream 2")
    assert others == PAGES[2:]


def test_rubbish_between_records_is_one_rejected_row() -> None:
    records = archive(BYTES[:2], is_packed=False)
    found = outcomes(records[0] + b"rubbish\r\n" * 9 + records[1], "a.warc")
    assert found == [PAGES[0], "!corrupt_stream 2", PAGES[1]]


def test_an_archive_of_nothing_but_beginnings_comes_to_an_end() -> None:
    assert outcomes(b"\x1f\x8b\x08" * 300_000) == ["!truncated_stream 1"]


def test_an_endless_header_is_one_rejected_row() -> None:
    data = b"WARC/1.0\r\nX: " + b"x" * (4 << 20)
    assert outcomes(data, "a.warc") == ["!corrupt_stream 1"]


def test_the_charset_of_the_http_header_is_used() -> None:
    headers = {"Content-Type": "text/html; charset=windows-1251"}
    (item,) = read(record("<p>Привет".encode("cp1251"), headers))
    assert isinstance(item, RawDocument)
    assert (item.text, item.source.encoding) == ("<p>Привет", "windows-1251")


class CannotSeek(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation


class FailsLater(io.BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        if self.tell() >= 1 << 16:
            raise OSError(5, "Input/output error")
        return super().read(size)


@pytest.mark.parametrize(
    ("file", "error"),
    [(CannotSeek, "!corrupt_stream 2"), (FailsLater, "!unreadable_file")],
)
def test_a_file_that_cannot_be_read_further(file: type[BinaryIO], error: str) -> None:
    records = archive([page * 40 for page in BYTES], is_packed=file is CannotSeek)
    if file is CannotSeek:
        records[1] = bytes(12) + records[1][12:]
    items = list(read_warc(file(b"".join(records)), "a.warc", ReadLimits()))  # type: ignore[call-arg]
    *pages, last = map(outcome, items)
    assert all(page.startswith("<html>") for page in pages)
    assert last.startswith(error)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_never_costs_more_than_what_it_touches(data: st.DataObject) -> None:
    """Whatever happens to one record's bytes, the other pages come out, and nothing is raised."""
    records = archive(BYTES)
    victim = data.draw(st.integers(0, 4))
    stored = bytearray(records[victim])
    at = data.draw(st.integers(0, len(stored)))
    stored[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    records[victim] = bytes(stored)
    found = outcomes(b"".join(records))
    assert [page for n, page in enumerate(PAGES) if n != victim] == [
        item for item in found if item in PAGES and item != PAGES[victim]
    ]
    numbers = [item.split()[-1] for item in found if item.startswith("!")]
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_arbitrary_bytes_raise_nothing(more: bytes, cut: int) -> None:
    start = record(b"<p>x", is_packed=False)[:cut]
    for item in read(b"WARC/1.0\r\n" + more + start + more, "a.warc"):
        assert not isinstance(item, SkippedRecords) or item.reason in RecordSkip
