"""From the bytes of a page to its markup: what it declares its encoding to be, and what it is.

The order of trust: a byte order mark (the WHATWG Encoding Standard puts it above all else), valid
UTF-8 with a character beyond ASCII in it (which text of another encoding practically never is,
while pages that declare the wrong one are common), the charset of the HTTP header, that of the
page itself, and last what `pipeline.sources.encoding` makes of the bytes. A declaration under which
more than a few bytes are invalid is not believed.
"""

from __future__ import annotations

import re
from typing import Final

import webencodings

from pipeline.sources.encoding import Decoded, byte_order_mark, decode, decode_declared, wide_codec

PRESCAN_BYTES: Final = 4096
"""How much of a page is searched for a declaration: the HTML Standard looks at 1024 bytes, but
encoding declarations that come later are common, and browsers then read the page anew."""

_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_XML_ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']""")
_META = re.compile(rb"<meta[\s/]((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rb"""([^\s=/>"']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""",
)
_CHARSET = re.compile(r"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE)


def decode_page(data: bytes, content_type: str | None = None) -> Decoded | None:
    """Return the markup of a page; None when no encoding fits its bytes.

    `content_type` is the value of the HTTP header, if there is one.
    """
    if byte_order_mark(data) is not None or _is_utf8_beyond_ascii(data):
        return decode(data)
    for label in (charset_of(content_type), declared_charset(data)):
        codec = codec_of_label(label)
        if codec is not None and (decoded := decode_declared(data, codec)) is not None:
            return decoded
    return decode(data)


def charset_of(content_type: str | None) -> str | None:
    """Return the charset parameter of a Content-Type, as it stands there."""
    found = _CHARSET.search(content_type or "")
    return next(filter(None, found.groups()), None) if found else None


def declared_charset(data: bytes) -> str | None:
    """Return the label that a page's own XML declaration or meta tag gives, as it stands there.

    This is the HTML Standard's prescan, but for its rarest tags. UTF-16 stands for UTF-8, as the
    standard says: in UTF-16 the tag could not have been read.
    """
    head = data[:PRESCAN_BYTES]
    xml = _XML_ENCODING.match(head)
    label = xml[1].decode("ascii", "replace") if xml else _meta_charset(_COMMENT.sub(b"", head))
    return "utf-8" if label is not None and label.lower().startswith("utf-16") else label


def codec_of_label(label: str | None) -> str | None:
    """Return Python's codec for a label of the WHATWG Encoding Standard, None for an unknown one.

    By that standard `iso-8859-1` and `ascii` are windows-1252. UTF-16 is no answer for a page
    whose bytes do not show it.
    """
    found = None if label is None else webencodings.lookup(label.strip())
    if found is None or found.name == "replacement":
        return None
    codec: str = found.codec_info.name
    return "cp1252" if found.name == "x-user-defined" else codec


def _meta_charset(head: bytes) -> str | None:
    for meta in _META.finditer(head):
        values = {
            match[1].lower(): next(filter(None, match.groups()[1:]), b"")
            for match in _ATTRIBUTE.finditer(meta[1])
        }
        if values.get(b"charset"):
            return values[b"charset"].decode("ascii", "replace").strip()
        if values.get(b"http-equiv", b"").strip().lower() == b"content-type":
            label = charset_of(values.get(b"content", b"").decode("ascii", "replace"))
            if label is not None:
                return label
    return None


def _is_utf8_beyond_ascii(data: bytes) -> bool:
    if data.isascii() or wide_codec(data) is not None:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
