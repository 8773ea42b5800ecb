import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import Hints, RawDocument
from pipeline.sources.json_value import MAX_DEPTH
from pipeline.sources.row import read_row
from schemas.rejection import ErrorType, Rejection, Stage
from schemas.source import Format


def document(row: str | bytes) -> RawDocument:
    item = read_row(row.encode() if isinstance(row, str) else row, "a.jsonl", 3)
    assert isinstance(item, RawDocument)
    return item


def rejected(row: str | bytes) -> Rejection:
    item = read_row(row.encode() if isinstance(row, str) else row, "a.jsonl", 3)
    assert isinstance(item, Rejection)
    return item


def test_a_full_row() -> None:
    row = json.dumps(
        {
            "text": " The text\n",
            "id": "x-1",
            "url": " https://example.org/1 ",
            "title": "T",
            "author": "A. Author",
            "date": "2024-01-02",
            "fetched_at": "2024-01-03T00:00:00Z",
            "more": {"of": [1, None]},
        }
    )
    item = document(row)
    assert item.text == " The text\n"
    assert item.hints == Hints("https://example.org/1", "T", ("A. Author",), "2024-01-02")
    assert item.source.model_dump() == {
        "uri": "a.jsonl",
        "format": "jsonl",
        "record": 3,
        "id": "x-1",
        "sha256": hashlib.sha256(row.encode()).hexdigest(),
        "encoding": "utf-8",
        "fetched_at": "2024-01-03T00:00:00Z",
    }


def test_text_alone_is_enough() -> None:
    item = document('{"text": "a"}')
    assert (item.text, item.hints, item.source.id) == ("a", Hints(), None)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ('{"text": ""}', ""),
        ('{"text": "a\\u0000b"}', "a\0b"),
        ('{"text": "a\x00\x01\tb"}', "a\0\x01\tb"),
        ('{"text": "a\\ud800b"}', "a\ufffdb"),
        ('{"text": "\\ud83d\\ude00"}', "\U0001f600"),
        ('{"text": "\u2028\u2029\\r\\n"}', "\u2028\u2029\r\n"),
        ('{"text": "a", "text": "b"}', "b"),
        ('{"text": "a\x01", "text": "b"}', "b"),
        ('{"text": "a", "n": NaN, "i": -Infinity}', "a"),
        (f'{{"text": "a", "n": {"9" * 6000}}}', "a"),
        ('{"text": "a", "n": 1e999}', "a"),
        ('\ufeff{"text": "a"}', "a"),
        ('{"text": "a", "d": ' + "[" * 150 + "]" * 150 + "}", "a"),
        ('{"text": "' + "[" * 9000 + '"}', "[" * 9000),
        ('{"text": "a\x01' + "[" * 9000 + '"}', "a\x01" + "[" * 9000),
    ],
)
def test_odd_rows_that_are_fine(row: str, text: str) -> None:
    assert document(row).text == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('"a"', "a"),
        ("17", "17"),
        ("-0", "0"),
        (str(10**40), str(10**40)),
        ("null", None),
        ('""', None),
        ('" "', None),
        ('"\\ud800x"', "\ufffdx"),
    ],
)
def test_identifiers(value: str, expected: str | None) -> None:
    assert document(f'{{"text": "a", "id": {value}}}').source.id == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ('"author": "A"', ("A",)),
        ('"author": ["A", " B ", ""]', ("A", "B")),
        ('"authors": ["A", "B"]', ("A", "B")),
        ('"authors": "A"', ("A",)),
        ('"author": "X", "authors": ["A"]', ("A",)),
        ('"author": "X", "authors": []', ("X",)),
        ('"author": null, "authors": null', ()),
        ('"authors": ["\\udc00"]', ("\ufffd",)),
    ],
)
def test_authors(fields: str, expected: tuple[str, ...]) -> None:
    assert document(f'{{"text": "a", {fields}}}').hints.authors == expected


@pytest.mark.parametrize("key", ["url", "title", "date", "fetched_at", "author", "id"])
@pytest.mark.parametrize("value", ["null", '""', '" \\n"'])
def test_null_and_blank_are_absent(key: str, value: str) -> None:
    item = document(f'{{"text": "a", "{key}": {value}}}')
    assert item.hints == Hints()
    assert (item.source.id, item.source.fetched_at) == (None, None)


@pytest.mark.parametrize(
    ("row", "error", "words"),
    [
        ("x", ErrorType.INVALID_JSON, "at character 1"),
        ('{"text": "a"', ErrorType.INVALID_JSON, "at character 13"),
        ('{"text": "a"} {}', ErrorType.INVALID_JSON, "Extra data"),
        ('{"text": "a\\q"}', ErrorType.INVALID_JSON, "escape"),
        ('{"text": 01}', ErrorType.INVALID_JSON, "delimiter"),
        ("\0", ErrorType.INVALID_JSON, ""),
        ('["text"]', ErrorType.NOT_AN_OBJECT, "an array"),
        ('"text"', ErrorType.NOT_AN_OBJECT, "a string"),
        ("null", ErrorType.NOT_AN_OBJECT, "null"),
        ("17", ErrorType.NOT_AN_OBJECT, "an integer"),
        ("true", ErrorType.NOT_AN_OBJECT, "a boolean"),
        ("NaN", ErrorType.NOT_AN_OBJECT, "a number"),
        ("{}", ErrorType.MISSING_TEXT, "'text'"),
        ('{"text": null}', ErrorType.MISSING_TEXT, "'text'"),
        ('{"Text": "a"}', ErrorType.MISSING_TEXT, "'text'"),
        ('{"text": 1}', ErrorType.WRONG_TYPE, "'text' is an integer"),
        ('{"text": ["a"]}', ErrorType.WRONG_TYPE, "'text' is an array"),
        ('{"text": "a", "id": 1.5}', ErrorType.WRONG_TYPE, "'id' is a number"),
        ('{"text": "a", "id": true}', ErrorType.WRONG_TYPE, "'id' is a boolean"),
        ('{"text": "a", "id": {}}', ErrorType.WRONG_TYPE, "'id' is an object"),
        ('{"text": "a", "url": 1}', ErrorType.WRONG_TYPE, "'url' is an integer"),
        ('{"text": "a", "title": []}', ErrorType.WRONG_TYPE, "'title' is an array"),
        ('{"text": "a", "date": 20240102}', ErrorType.WRONG_TYPE, "'date' is an integer"),
        ('{"text": "a", "fetched_at": 1}', ErrorType.WRONG_TYPE, "'fetched_at' is an integer"),
        ('{"text": "a", "author": 1}', ErrorType.WRONG_TYPE, "'author' is an integer"),
        ('{"text": "a", "author": {}}', ErrorType.WRONG_TYPE, "'author' is an object"),
        ('{"text": "a", "authors": ["A", null]}', ErrorType.WRONG_TYPE, "'authors' is null"),
        ("[" * 10_000 + "]" * 10_000, ErrorType.NESTED_TOO_DEEP, str(MAX_DEPTH)),
        (
            '{"text": "a", "x": ' + '{"a":' * 10_000 + "1" + "}" * 10_001,
            ErrorType.NESTED_TOO_DEEP,
            str(MAX_DEPTH),
        ),
    ],
)
def test_rejections(row: str, error: ErrorType, words: str) -> None:
    item = rejected(row)
    assert item.error_type is error
    assert item.stage is Stage.PARSE
    assert words in item.error_message
    assert item.preview == row[:200]
    assert item.source.record == 3
    assert item.source.sha256 == hashlib.sha256(row.encode()).hexdigest()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('{"id": "x"}', "x"),
        ('{"id": 5, "text": 1}', "5"),
        ('{"id": "x", "text": "a", "url": 1}', "x"),
        ('{"id": [], "text": "a"}', None),
        ("[]", None),
    ],
)
def test_a_rejection_keeps_a_usable_id(row: str, expected: str | None) -> None:
    assert rejected(row).source.id == expected


def test_rows_in_another_encoding_are_detected() -> None:
    text = "Президент заявил во вторник, что новый закон будет подписан уже в этом месяце."
    row = json.dumps({"text": text}, ensure_ascii=False).encode("cp1251")
    item = document(row)
    assert (item.text, item.source.encoding) == (text, "windows-1251")
    broken = rejected(row[:-1])
    assert broken.error_type is ErrorType.INVALID_JSON
    assert broken.preview is not None
    assert text in broken.preview


def test_a_row_with_a_bad_byte_is_repaired_and_says_so() -> None:
    row = '{"text": "Größe, Maß, Übel und Öl '.encode() + b'\xff"}'
    item = document(row)
    assert (item.text, item.source.encoding) == ("Größe, Maß, Übel und Öl \ufffd", "utf-8-replaced")


def test_a_row_of_no_encoding_is_rejected() -> None:
    noise = bytes((n * n * 31 + n // 3 * 7) % 255 + 1 for n in range(5000)).replace(b"\n", b"")
    item = rejected(b'{"text": "' + noise + b'"}')
    assert item.error_type is ErrorType.UNDECODABLE_TEXT
    assert item.stage is Stage.DECODE
    assert item.source.encoding is None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
KEYS = ["text", "id", "url", "title", "author", "authors", "date", "fetched_at", "x"]


@given(st.dictionaries(st.sampled_from(KEYS), json_values), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_object_gives_a_document_or_a_rejection(row: dict[str, object], escape: bool) -> None:
    data = json.dumps(row, ensure_ascii=escape).encode("utf-8", "replace")
    item = read_row(data, "a.jsonl", 1)
    assert item.source.sha256 == hashlib.sha256(data).hexdigest()
    if isinstance(item, RawDocument):
        item.text.encode()
    else:
        assert item.json_line()


@given(st.binary(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_bytes_give_a_document_or_a_rejection(data: bytes) -> None:
    item = read_row(data, "a.jsonl", 1)
    assert isinstance(item, RawDocument) or item.json_line()


@pytest.mark.parametrize(
    ("row", "text", "is_html"),
    [
        ({"html": "<p>a"}, "<p>a", True),
        ({"html": "<p>a", "text": "b"}, "<p>a", True),
        ({"html": "<p>a", "text": None}, "<p>a", True),
        ({"html": None, "text": "b"}, "b", False),
        ({"html": " ", "text": "b"}, "b", False),
        ({"html": " "}, " ", True),
        ({"html": " <p>a "}, " <p>a ", True),
    ],
)
def test_a_row_is_a_page_or_a_text(row: dict[str, str], text: str, is_html: bool) -> None:
    more = {**row, "url": "https://a.example/", "fetched_at": "2024"}
    item = read_row(json.dumps(more).encode(), "a.jsonl", 1)
    assert isinstance(item, RawDocument)
    assert (item.text, item.is_html) == (text, is_html)
    assert (item.hints.url, item.source.fetched_at) == ("https://a.example/", "2024")
    assert item.source.format is Format.JSONL


@pytest.mark.parametrize("html", [1, ["<p>"], {}, True])
def test_html_is_a_string(html: object) -> None:
    item = read_row(json.dumps({"html": html, "text": "a"}).encode(), "a.jsonl", 1)
    assert isinstance(item, Rejection)
    assert item.error_type is ErrorType.WRONG_TYPE
