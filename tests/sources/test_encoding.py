import codecs
import json
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.sources.encoding import (
    Decoded,
    byte_order_mark,
    decode,
    encoding_name,
    wide_codec,
    without_lone_surrogates,
)

LEGACY = json.loads(Path(__file__).with_name("legacy_text.json").read_text(encoding="utf-8"))
"""News sentences of 23 languages, and the encodings before UTF-8 that they were written in."""

# What the detector takes for Cyrillic, and for its neighbour Windows-1250 with "ľ" for "ž".
KNOWN_MISSES = {("it", "cp1252", 1), ("cs", "iso-8859-2", 2)}

paragraphs = pytest.mark.parametrize(
    ("language", "encoding"),
    [(language, name) for language, entry in LEGACY.items() for name in entry["encodings"]],
)


def sentences_in(language: str, encoding: str) -> list[str]:
    """Return the sentences of a language that the encoding can hold."""
    sentences: list[str] = LEGACY[language]["sentences"]
    return [each for each in sentences if each.encode(encoding, "ignore").decode(encoding) == each]


def text_of(data: bytes) -> str:
    decoded = decode(data)
    assert decoded is not None
    return decoded.text


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=150, deadline=None)
def test_valid_utf8_comes_out_unchanged(text: str) -> None:
    data = text.encode()
    assume(wide_codec(data) is None)
    assert decode(data) == Decoded(text.removeprefix("\ufeff"), "utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=100, deadline=None)
def test_a_byte_order_mark_is_no_part_of_the_text(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == Decoded(text, "utf-8")
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF32_BE, "utf-32-be")):
        # FF FE 00 00 begins UTF-32 as well.
        assume(not text.startswith("\0"))
        assert text_of(mark + text.encode(codec)) == text


@given(st.binary(max_size=200))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_and_no_surrogates_come_out(data: bytes) -> None:
    decoded = decode(data)
    if decoded is not None:
        decoded.text.encode()
        assert codecs.lookup(decoded.encoding.removesuffix("-replaced"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "\0",
        "a\0b",
        "zeros\0\0\0in\0text",
        "\r\n\r\x85\u2028\u2029\x0b\x0c",
        "\x00\x01\x02\x1b\x7f\x80\x9f",
        "\U0001f600 and \U0010ffff",
        "\ufffd is a character \ufffe \uffff",
        "é",
        "a\ufeffb",
        "Ã©tÃ© is mojibake, and stays",
    ],
)
def test_utf8_is_strict(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


@paragraphs
@pytest.mark.parametrize("repeat", [1, 30])
def test_legacy_paragraphs(language: str, encoding: str, repeat: int) -> None:
    text = "\n\n".join(sentences_in(language, encoding) * repeat)
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text
    assert codecs.lookup(decoded.encoding)


@paragraphs
def test_legacy_sentences(language: str, encoding: str) -> None:
    for at, sentence in enumerate(sentences_in(language, encoding)):
        if (language, encoding, at) not in KNOWN_MISSES:
            assert text_of(sentence.encode(encoding)) == sentence


@paragraphs
def test_the_accent_may_come_late(language: str, encoding: str) -> None:
    text = "Nothing but ASCII in this line.\n" * 4_000
    text += "\n".join(sentences_in(language, encoding))
    assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", " "])
def test_long_legacy_documents(line_break: str) -> None:
    for language, encoding in (("ru", "cp1251"), ("ja", "euc-jp"), ("de", "cp1252")):
        text = line_break.join(LEGACY[language]["sentences"] * 1000)
        assert text_of(text.encode(encoding)) == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", ["de", "ru", "el", "tr", "ar", "he", "th", "en-q", "pl"])
def test_wide_text_without_a_mark(codec: str, language: str) -> None:
    text = "\n".join(LEGACY[language]["sentences"] * 40)
    assert decode(text.encode(codec)) == Decoded(text, encoding_name(codec))


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_with_a_mark(codec: str) -> None:
    for entry in LEGACY.values():
        text = "\n".join(entry["sentences"])
        assert text_of(("\ufeff" + text).encode(codec)) == text


def test_a_cut_wide_text_is_said_to_be_replaced() -> None:
    data = "\ufeffGrüße aus Köln".encode("utf-16-le")[:-1]
    assert decode(data) == Decoded("Grüße aus Köl\ufffd", "utf-16le-replaced")


def test_lone_surrogates_in_utf16_are_replaced() -> None:
    data = codecs.BOM_UTF16_LE + "a\ud800b".encode("utf-16-le", "surrogatepass")
    assert decode(data) == Decoded("a\ufffdb", "utf-16le-replaced")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Die Straße führt über Köln. ".encode() * 9 + b"Gr\xfc\xdfe", "Gr\ufffd\ufffde"),
        ("Größe, Maß, Übel und Öl: ".encode() + b"cut at the end \xe2\x80", "end \ufffd"),
        ("Größe, Maß, Übel und Öl: ".encode() * 2 + b"\xed\xa0\x80", "\ufffd"),
        ("Größe, Maß, Übel \ufffd\ufffd\ufffd: ".encode() + b"\xff!", "\ufffd!"),
        (codecs.BOM_UTF8 + "Größe, Maß, Übel: ".encode() + b"\xff!", "\ufffd!"),
    ],
)
def test_utf8_with_few_errors_stays_utf8(data: bytes, text: str) -> None:
    decoded = decode(data)
    assert decoded is not None
    assert decoded.encoding == "utf-8-replaced"
    assert decoded.text.endswith(text)


@paragraphs
def test_legacy_text_never_passes_as_damaged_utf8(language: str, encoding: str) -> None:
    for sentence in sentences_in(language, encoding):
        decoded = decode(sentence.encode(encoding))
        assert decoded is None or decoded.encoding != "utf-8-replaced"


def test_stray_bytes_in_a_long_legacy_text_are_replaced() -> None:
    text = "\n".join(LEGACY["ru"]["sentences"] * 300)
    decoded = decode(text.encode("cp1251") + b"\x98")
    assert decoded is not None
    assert decoded.encoding.endswith("-replaced")
    assert decoded.text.startswith(text[:1000])


def test_noise_fits_no_encoding() -> None:
    noise = bytes((n * n * 31 + n // 3 * 7) % 256 for n in range(5000))
    assert decode(noise) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xef\xbb\xbfa", ("utf-8", 3)),
        (b"\xff\xfea\0", ("utf-16-le", 2)),
        (b"\xfe\xff\0a", ("utf-16-be", 2)),
        (b"\xff\xfe\0\0a\0\0\0", ("utf-32-le", 4)),
        (b"\0\0\xfe\xff\0\0\0a", ("utf-32-be", 4)),
        (b"\xff\xfe\0\0ab", ("utf-16-le", 2)),
        (b"\xef\xbb", None),
        (b"", None),
    ],
)
def test_byte_order_marks(data: bytes, expected: tuple[str, int] | None) -> None:
    assert byte_order_mark(data) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"a\0b\0c\0",
        b"abc\0def\0" * 20,
        b"word\0word\0\0word" * 9,
        "Ein Satz über Straßen.".encode() * 5,
        b"\x01\0" * 50,
    ],
)
def test_zeros_alone_make_no_wide_text(data: bytes) -> None:
    assert wide_codec(data) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a\ud800b", "a\ufffdb"), ("\udc80\udfff", "\ufffd\ufffd"), ("\U0001f600", "\U0001f600")],
)
def test_lone_surrogates(text: str, expected: str) -> None:
    assert without_lone_surrogates(text) == expected


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1252", "windows-1252"),
        ("utf-8", "utf-8"),
        ("utf-16-le", "utf-16le"),
        ("iso8859-2", "iso-8859-2"),
        ("euc_jp", "euc-jp"),
        ("koi8-r", "koi8-r"),
        ("cp866", "cp866"),
    ],
)
def test_names(codec: str, name: str) -> None:
    assert encoding_name(codec) == name
    assert codecs.lookup(name).name == codecs.lookup(codec).name
