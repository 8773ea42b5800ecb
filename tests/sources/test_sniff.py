import codecs

import pytest

from pipeline.sources.sniff import SNIFF_BYTES, Kind, is_mostly_controls, sniff
from tests.sources.helpers import COMPRESS

TEXT = "Ein kurzer Satz über Köln.\n"
ROW = '{"text": "Köln", "id": 1}\n'
LONG_ROW = b'{"id": 7, "text": "' + b"x" * SNIFF_BYTES


def kind(head: bytes, name: str = "a.txt") -> Kind:
    return sniff(head[:SNIFF_BYTES], name).kind


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"", "a.txt", Kind.TEXT),
        (b"", "a.jsonl", Kind.JSONL),
        (TEXT.encode(), "a", Kind.TEXT),
        (TEXT.encode("cp1252"), "a.txt", Kind.TEXT),
        (TEXT.encode(), "a.jsonl", Kind.JSONL),
        (TEXT.encode(), "A.NDJSON", Kind.JSONL),
        (TEXT.encode(), "a.jsonl.gz", Kind.JSONL),
        (ROW.encode(), "a.txt", Kind.JSONL),
        (ROW.encode(), "a.json", Kind.JSONL),
        (ROW.encode(), "a", Kind.JSONL),
        (b"\n \r\n" + ROW.encode(), "a.txt", Kind.JSONL),
        (ROW.strip().encode(), "a.txt", Kind.JSONL),
        (ROW.replace("\n", "\r").encode() * 2, "a.txt", Kind.JSONL),
        (codecs.BOM_UTF8 + ROW.encode(), "a.txt", Kind.JSONL),
        (codecs.BOM_UTF16_BE + ROW.encode("utf-16-be"), "a.txt", Kind.JSONL),
        (ROW.encode("utf-16-le"), "a.txt", Kind.JSONL),
        (ROW.encode("cp1252"), "a.txt", Kind.JSONL),
        (b'{"text": "a\x01b"}\n', "a.txt", Kind.JSONL),
        (LONG_ROW, "a.txt", Kind.JSONL),
        (b'{"a":' * 10_000, "a.txt", Kind.JSONL),
        (b'{"a":' * 1_000_000, "a.txt", Kind.JSONL),
        (b"{not json} begins this text\n", "a.txt", Kind.TEXT),
        (b"{" * SNIFF_BYTES, "a.txt", Kind.TEXT),
        (b"[1, 2]\n", "a.txt", Kind.TEXT),
        (b"\n" * SNIFF_BYTES, "a.txt", Kind.TEXT),
        (b" " * SNIFF_BYTES, "a.txt", Kind.TEXT),
        (b'{\n  "text": "a"\n}\n', "a.json", Kind.JSON),
        (b'[{"text": "a"}]', "a.json", Kind.JSON),
        (b'{\n  "text": "a"\n}\n', "a.txt", Kind.TEXT),
        (b"<!DOCTYPE html><p>a", "a.txt", Kind.HTML),
        (b"\xef\xbb\xbf \n<!-- c --><html lang=de>", "a.txt", Kind.HTML),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC>', "a", Kind.HTML),
        ("<html>ü</html>".encode("utf-16"), "a", Kind.HTML),
        (TEXT.encode(), "a.HTM", Kind.HTML),
        (TEXT.encode(), "a.xhtml.zst", Kind.HTML),
        (b"<htmlish> words", "a.txt", Kind.TEXT),
        (b" " * 100 + b"<p>", "a.txt", Kind.TEXT),
        (b"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "a", Kind.WARC),
        (b"WARC/1. is a format", "a.txt", Kind.TEXT),
        (b"a few\0 zeros\x01 in a text", "a.txt", Kind.TEXT),
        (b"\x1b[1mbold\x1b[0m\x08\x0b\x0c", "a.txt", Kind.TEXT),
        (bytes(range(256)), "a.txt", Kind.BINARY),
        (b"\0" * 500, "a.txt", Kind.BINARY),
        (b"Blink and you miss it", "a.txt", Kind.TEXT),
        (b"BM stands for benchmark", "a.txt", Kind.TEXT),
        (b"MZ is a country code of Mozambique, said the minister. " * 3, "a.txt", Kind.TEXT),
        (b"GIF89a is a format of pictures", "a.txt", Kind.TEXT),
        (b"PK won the match", "a.txt", Kind.TEXT),
        (b"RIFFs were played for an hour", "a.txt", Kind.TEXT),
        (b"%PDF is the mark of a PDF", "a.txt", Kind.TEXT),
    ],
)
def test_kinds(head: bytes, name: str, expected: Kind) -> None:
    assert kind(head, name) is expected


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html"])
@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\x01\0\x01\0\x80\0\0", "GIF"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "RIFF"),
        (b"\0\0\0\x20ftypisom", "MPEG-4"),
        (b"\x7fELF\x02\x01", "program"),
        (b"MZ\x90\0\x03\0", "program"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\xfd7zXZ\0", "xz"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "tar"),
        (b"SQLite format 3\0", "SQLite"),
        (b"PAR1\x15\0", "Parquet"),
        *((pack(TEXT.encode()), "inside") for pack in COMPRESS.values()),
    ],
)
def test_binary_content_is_told_whatever_the_name(head: bytes, words: str, name: str) -> None:
    sniffed = sniff(head, name)
    assert sniffed.kind is Kind.BINARY
    assert words in sniffed.description


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
@pytest.mark.parametrize("length", [60, 61, 62, 100_000])
def test_wide_text_is_no_binary(codec: str, length: int) -> None:
    assert kind((TEXT * 5000).encode(codec)[:length]) is Kind.TEXT


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"", False),
        (b"a\0b\x01cde", False),
        (b"\0", True),
        (b"a" * 1000 + b"\0" * 40, False),
        (b"a" * 1000 + b"\0" * 60, True),
        (b"\t\r\n" * 100, False),
    ],
)
def test_controls(head: bytes, expected: bool) -> None:
    assert is_mostly_controls(head) is expected
