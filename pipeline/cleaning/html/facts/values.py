"""Values that a page gives, as they can be used: tidy text, absolute addresses."""

from __future__ import annotations

import html
import re
from typing import Final, Generic, NamedTuple, TypeVar
from urllib.parse import urljoin, urlsplit

from pipeline.cleaning.metadata import printable

T = TypeVar("T")

LONGEST_TEXT: Final = 2_000
"""Characters of the longest value; what is longer is no title, name or summary."""

LONGEST_URL: Final = 2_048
"""Characters of the longest address that is believed; the common limit of browsers and CDNs."""

MOST_VALUES: Final = 50
"""Entries of the longest list of keywords, authors or pictures."""

_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_SPACE_OR_CONTROL: Final = re.compile(r"[\s\x00-\x20\x7f-\x9f]")


class Fact(NamedTuple, Generic[T]):
    """A value and where on the page it stands, such as `meta:og:title`."""

    value: T
    origin: str


def tidy_text(value: object, longest: int = LONGEST_TEXT) -> str | None:
    """Return a value as text on one line, or None when there is none or it is too long.

    Entities are decoded, twice where they were encoded twice; tags and control characters are
    gone. A number becomes its digits; lists and objects are no text.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = repr(value)
    if not isinstance(value, str) or len(value) > 20 * longest:
        return None
    if "&" in value:
        value = html.unescape(html.unescape(value))
    if "<" in value:
        value = _TAG.sub(" ", value)
    text = value
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8").replace("\x85", "…")
    text = printable(" ".join(text.split()))
    return text if text and len(text) <= longest else None


def absolute_url(address: object, base: str | None) -> str | None:
    """Return an address as an absolute one of http or https, or None.

    `base` is the page's own address. An address with white space or control characters inside, or
    longer than `LONGEST_URL`, is none.
    """
    if not isinstance(address, str):
        return None
    address = address.strip()
    if not address or len(address) > LONGEST_URL or _SPACE_OR_CONTROL.search(address):
        return None
    try:
        joined = urljoin(base, address) if base and not _is_whole(address) else address
        parts = urlsplit(joined)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    if not known or len(joined) > LONGEST_URL:
        return None
    return joined if joined.isascii() else joined.encode("utf-8", "replace").decode("utf-8")


def _is_whole(address: str) -> bool:
    """Whether an address is absolute and stays as it is when joined to another, which is dear."""
    return address.startswith(("https://", "http://")) and _EMPTY_PART.search(address) is None


_EMPTY_PART: Final = re.compile(r"[;?#](?:[?#]|$)|:///")
"""What joining would leave out."""


def letters(text: str) -> str:
    """Return the letters and digits of a text in lower case, to compare names and titles."""
    return _NO_LETTERS.sub("", text.casefold())
