import pytest

from pipeline.sources.charset import charset_of, codec_of_label, declared_charset, decode_page

RUSSIAN = "Паром к островам снова ходит после трёх дней шторма"
GERMAN = "Die Fähre fährt wieder zu den Inseln, wie die Reederei mitteilte"


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b"<meta charset=utf-8>", "utf-8"),
        (b'<META CHARSET="Shift_JIS"/>', "Shift_JIS"),
        (b"<meta name=a content='b'><meta charset = 'koi8-r' >", "koi8-r"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
        (b"<meta content='text/html;charset=big5' http-equiv=content-type>", "big5"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
        (b'<meta charset="utf-16le">', "utf-8"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=utf-8>", "utf-8"),
        (b'<meta name="description" content="charset=koi8-r">', None),
        (b"<p>charset=koi8-r", None),
        (b"<meta charset>", None),
        (b" " * 5000 + b"<meta charset=koi8-r>", None),
    ],
)
def test_what_a_page_declares(head: bytes, label: str | None) -> None:
    assert declared_charset(head) == label


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        (" latin1 ", "cp1252"),
        ("x-user-defined", "cp1252"),
        ("utf8", "utf-8"),
        ("replacement", None),
        ("klingon", None),
        (None, None),
    ],
)
def test_labels_are_those_of_the_web(label: str | None, codec: str | None) -> None:
    assert codec_of_label(label) == codec


def test_the_charset_of_a_content_type() -> None:
    assert charset_of('text/html; Charset="koi8-r"; x=y') == "koi8-r"
    assert charset_of("text/html") is None
    assert charset_of(None) is None


@pytest.mark.parametrize(
    ("data", "header", "text", "encoding"),
    [
        (RUSSIAN.encode("cp1251"), "text/html; charset=windows-1251", RUSSIAN, "windows-1251"),
        # The header stands above the page, a byte order mark above both.
        (
            b"<meta charset=koi8-r>" + RUSSIAN.encode("cp1251"),
            "a/b; charset=cp1251",
            "<meta charset=koi8-r>" + RUSSIAN,
            "windows-1251",
        ),
        (b"\xef\xbb\xbf" + RUSSIAN.encode(), "a/b; charset=koi8-r", RUSSIAN, "utf-8"),
        (RUSSIAN.encode("utf-16"), "text/html; charset=koi8-r", RUSSIAN, "utf-16le"),
        # What is declared is not so.
        (RUSSIAN.encode(), "text/html; charset=iso-8859-1", RUSSIAN, "utf-8"),
        (GERMAN.encode("cp1252"), "text/html; charset=utf-8", GERMAN, "windows-1252"),
        (GERMAN.encode("cp1252"), "text/html; charset=utf-16", GERMAN, "windows-1252"),
        (b"plain", "text/html; charset=iso-8859-1", "plain", "windows-1252"),
        (b"plain", None, "plain", "utf-8"),
        (b"", None, "", "utf-8"),
    ],
)
def test_pages_are_decoded(data: bytes, header: str | None, text: str, encoding: str) -> None:
    decoded = decode_page(data, header)
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, encoding)
