import codecs
import hashlib
import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import RawDocument
from pipeline.sources.compression import ByteStream
from pipeline.sources.jsonl import read_jsonl
from pipeline.sources.limits import ReadLimits
from schemas.rejection import Rejection
from tests.sources.helpers import one, outcomes, read


class Drops(io.BytesIO):
    """Gives one part at each read, and counts nothing that is kept."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self._parts = parts

    def read(self, size: int | None = -1) -> bytes:
        return next(self._parts, b"")


def rows(data: bytes, limit: int = 1 << 20) -> list[RawDocument | Rejection]:
    return read(data, "a.jsonl", ReadLimits(max_document_bytes=limit))


A, B = b'{"text": "a"}', b'{"text": "b"}'


@pytest.mark.parametrize(
    ("data", "expected", "numbers"),
    [
        (b"", [], []),
        (b"\n \n\t\r\n", [], []),
        (A, ["a"], [1]),
        (A + b"\n" + B, ["a", "b"], [1, 2]),
        (A + b"\n" + B + b"\n", ["a", "b"], [1, 2]),
        (A + b"\r\n" + B + b"\r\n", ["a", "b"], [1, 2]),
        (A + b"\r" + B + b"\r", ["a", "b"], [1, 2]),
        (b"\n" + A + b"\n\n  \n" + B, ["a", "b"], [2, 5]),
        (b"\xef\xbb\xbf" + A + b"\n" + B, ["a", "b"], [1, 2]),
        (A + b"\n\xef\xbb\xbf" + B, ["a", "b"], [1, 2]),
        (b"{}\n" + A + b"\nx\n" + B, ["!missing_text", "a", "!invalid_json", "b"], [1, 2, 3, 4]),
        (A + B, ["!invalid_json"], [1]),
        (b'{"text": "a\rb"}\n' + B, ["a\rb", "b"], [1, 2]),
        (b'{"text":\r"a"}\n' + B, ["a", "b"], [1, 2]),
        (A + b"\n\0\n" + B, ["a", "!invalid_json", "b"], [1, 2, 3]),
        ('{"text": "\u2028\x85\x0b"}'.encode() + b"\n" + A, ["\u2028\x85\x0b", "a"], [1, 2]),
        (b'{\n"text": "a"\n}', ["!invalid_json"] * 2 + ["!invalid_json"], [1, 2, 3]),
        (A + b"\n" + b"[" * 10_000 + b"\n" + B, ["a", "!nested_too_deep", "b"], [1, 2, 3]),
    ],
)
def test_rows(data: bytes, expected: list[str], numbers: list[int]) -> None:
    items = rows(data)
    assert outcomes(items) == expected
    assert [item.source.record for item in items] == numbers


def test_the_hash_is_that_of_the_row_without_its_line_break() -> None:
    for line_break in (b"\n", b"\r\n", b""):
        item = one(rows(b"\xef\xbb\xbf" + A + line_break))
        assert item.source.sha256 == hashlib.sha256(A).hexdigest()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_wide_files(codec: str, mark: str) -> None:
    texts = [f"Straße {n} \U0001f600 中文" for n in range(3000)]
    lines = [json.dumps({"text": text}, ensure_ascii=n % 2 == 0) for n, text in enumerate(texts)]
    items = rows((mark + "\r\n".join(lines)).encode(codec))
    assert outcomes(items) == texts
    for item, line in zip(items, lines, strict=True):
        assert item.source.sha256 == hashlib.sha256(line.encode(codec)).hexdigest()
        assert item.source.encoding is not None
        assert codecs.lookup(item.source.encoding) == codecs.lookup(codec)


def test_odd_ends_of_wide_files() -> None:
    data = "\ufeff" + A.decode() + "\n" + '{"text": "\ud800"}' + "\n" + B.decode()
    items = rows(data.encode("utf-16-le", "surrogatepass") + b"\n")
    assert outcomes(items) == ["a", "\ufffd", "!undecodable_text"]
    assert [item.source.record for item in items] == [1, 2, 3]


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (12, ["!document_too_large"] * 3),
        (13, ["a", "!document_too_large", "b"]),
        (112, ["a", "!document_too_large", "b"]),
        (113, ["a", "x" * 101, "b"]),
    ],
)
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n"])
def test_the_limit_is_for_the_row(limit: int, expected: list[str], line_break: bytes) -> None:
    long = b'{"text": "' + b"x" * 101 + b'"}'
    assert len(A) == 13
    assert len(long) == 113
    items = rows(line_break.join((A, long, B)) + line_break, limit)
    assert outcomes(items) == expected
    assert [item.source.record for item in items] == [1, 2, 3]


def test_an_endless_row_costs_no_memory() -> None:
    def parts() -> Iterator[bytes]:
        yield A + b'\n{"text": "'
        for _ in range(100):
            yield b"x" * (1 << 20)
        yield b'"}\n' + B

    stream = ByteStream(Drops(parts()))
    tracemalloc.start()
    try:
        items = list(read_jsonl(stream, "a.jsonl", ReadLimits(1 << 20)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10 << 20
    assert outcomes(items) == ["a", "!document_too_large", "b"]
    assert isinstance(items[1], Rejection)
    assert items[1].source.sha256 is None
    assert items[1].preview == '{"text": "' + "x" * 190


def test_a_row_in_many_pieces() -> None:
    data = b"\r\n".join([A, B, A])
    for step in (1, 2, 5):
        parts = (data[at : at + step] for at in range(0, len(data), step))
        stream = ByteStream(Drops(parts))
        assert outcomes(list(read_jsonl(stream, "a", ReadLimits()))) == ["a", "b", "a"]


def test_mixed_encodings_are_told_row_by_row() -> None:
    russian = "Президент заявил во вторник, что новый закон будет подписан в этом месяце."
    japanese = "政府は火曜日、新しい経済対策を今月中に閣議決定する方針を明らかにした。"
    data = b"\n".join(
        json.dumps({"text": text}, ensure_ascii=False).encode(codec)
        for text, codec in ((russian, "cp1251"), (japanese, "euc-jp"), (japanese, "utf-8"))
    )
    items = rows(data)
    assert outcomes(items) == [russian, japanese, japanese]
    encodings = [item.source.encoding for item in items]
    assert encodings[::2] == ["windows-1251", "utf-8"]
    # Which of its several relatives is named does not matter to the text.
    assert encodings[1] is not None
    assert encodings[1].startswith("euc-j")


lines = st.one_of(
    st.binary(max_size=30),
    st.text(max_size=20).map(lambda text: json.dumps({"text": text}).encode()),
    st.sampled_from([b"", b" ", b"\t\r", b"{}", b"[]", b"null", b'{"text": 1}', A]),
).map(lambda line: line.replace(b"\n", b" "))


@given(st.lists(lines, max_size=12), st.booleans())
@settings(max_examples=120, deadline=None)
def test_each_row_that_is_not_blank_gives_one_item(parts: list[bytes], has_end: bool) -> None:
    # The first row settles that the file is UTF-8 with line feeds.
    data = b"\n".join((A, *parts)) + (b"\n" if has_end else b"")
    items = list(read_jsonl(ByteStream(io.BytesIO(data)), "a.jsonl", ReadLimits()))
    expected = [n for n, line in enumerate((A, *parts), start=1) if line.strip()]
    assert [item.source.record for item in items] == expected


def test_ids_of_equal_rows_differ() -> None:
    first, second = rows(A + b"\n" + A)
    assert isinstance(first, RawDocument)
    assert isinstance(second, RawDocument)
    assert first.id != second.id
    assert first.source.sha256 == second.source.sha256
