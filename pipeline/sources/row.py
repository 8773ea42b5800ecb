"""One JSONL row: from its bytes to a document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from pipeline.documents import Hints, RawDocument
from pipeline.sources.encoding import (
    REPLACED_SUFFIX,
    decode,
    encoding_name,
    without_lone_surrogates,
)
from pipeline.sources.json_value import parse_fast, parse_tolerant
from pipeline.sources.rejections import ReadError, preview_of, rejection, source_of, undecodable
from schemas.rejection import ErrorType, Rejection
from schemas.source import Format

_NAMES: Final[Mapping[type, str]] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a number that is no integer",
    type(None): "null",
}


_KEYS: Final = frozenset(
    {"text", "html", "id", "url", "title", "author", "authors", "date", "fetched_at"}
)


def read_row(row: bytes, uri: str, number: int, codec: str = "utf-8") -> RawDocument | Rejection:
    """Return the document of one row, or the rejection that says what is wrong with it.

    `row` has no line break. It is UTF-8, into which the reader brought it from `codec`; rows of a
    UTF-8 file that are in another encoding are detected. `number` is its line in the file, from 1.

    The keys read are `text` or `html` and, optional, `id` (string or integer), `url`, `title`,
    `date`, `fetched_at` (strings), `author` or `authors` (string or array of strings; `authors`
    wins). Null is the same as absent, and so is a blank string but for `text`; other keys do not
    matter. Where a row has both, `html` is the document: a text beside the page it came from is
    what another extractor left of it.
    """
    value, encoding, error = _value_of(row, codec)
    fields = value if isinstance(value, dict) else {}
    source = source_of(
        uri,
        Format.JSONL,
        record=number,
        id=_id(fields),
        sha256=_sha256(row, codec),
        encoding=encoding,
        fetched_at=_string(fields, "fetched_at"),
    )
    try:
        if error is not None:
            raise error
        if not isinstance(value, dict):
            raise ReadError(
                ErrorType.NOT_AN_OBJECT, f"the row is {_name(value)}, not a JSON object"
            )
        text, is_html = _content(value)
        return RawDocument(source=source, text=text, hints=_hints(value), is_html=is_html)
    except ReadError as failure:
        shown = (encoding or "utf-8").removesuffix(REPLACED_SUFFIX) if codec == "utf-8" else "utf-8"
        return rejection(source, failure, preview_of(row, shown))


def _value_of(row: bytes, codec: str) -> tuple[object, str | None, ReadError | None]:
    """Return the row's value, the name of its encoding, and what is wrong with either."""
    try:
        return parse_fast(row), encoding_name(codec), None
    except ValueError:
        pass
    if codec == "utf-8":
        decoded = decode(row)
        if decoded is None:
            return None, None, undecodable()
        text, encoding = decoded.text, decoded.encoding
    else:
        text, encoding = row.decode("utf-8", "surrogatepass"), encoding_name(codec)
    try:
        return _writable(parse_tolerant(text)), encoding, None
    except ReadError as error:
        return None, encoding, error


def _writable(value: object) -> object:
    """Replace lone surrogates in the strings that are read; the fast parser lets none through."""
    if isinstance(value, dict):
        return {key: _writable(field) for key, field in value.items() if key in _KEYS}
    if isinstance(value, list):
        return [without_lone_surrogates(item) if isinstance(item, str) else item for item in value]
    return without_lone_surrogates(value) if isinstance(value, str) else value


def _sha256(row: bytes, codec: str) -> str:
    if codec != "utf-8":
        row = row.decode("utf-8", "surrogatepass").encode(codec, "surrogatepass")
    return hashlib.sha256(row).hexdigest()


def _content(fields: Mapping[str, object]) -> tuple[str, bool]:
    """Return the row's text or markup, and whether it is markup."""
    html, text = (_string_or_none(fields, key) for key in ("html", "text"))
    if html is not None and (text is None or html.strip()):
        return html, True
    if text is None:
        raise ReadError(ErrorType.MISSING_TEXT, "the row has neither 'text' nor 'html'")
    return text, False


def _string_or_none(fields: Mapping[str, object], key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise _wrong_type(key, value, "a string")
    return value


def _hints(fields: Mapping[str, object]) -> Hints:
    identifier = fields.get("id")
    if identifier is not None and type(identifier) not in {str, int}:
        raise _wrong_type("id", identifier, "a string or an integer")
    for key in ("url", "title", "date", "fetched_at"):
        _string_or_none(fields, key)
    return Hints(
        url=_string(fields, "url"),
        title=_string(fields, "title"),
        authors=_authors(fields, "authors") or _authors(fields, "author"),
        date=_string(fields, "date"),
    )


def _authors(fields: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = fields.get(key)
    listed = value if isinstance(value, list) else [] if value is None else [value]
    names = []
    for name in listed:
        if not isinstance(name, str):
            raise _wrong_type(key, name, "a string or an array of strings")
        if name.strip():
            names.append(name.strip())
    return tuple(names)


def _id(fields: Mapping[str, object]) -> str | None:
    value = fields.get("id")
    return str(value) if type(value) is int else _string(fields, "id")


def _string(fields: Mapping[str, object], key: str) -> str | None:
    """Return a usable string without the white space around it, else None."""
    value = fields.get(key)
    if not isinstance(value, str):
        return None
    return value.strip() or None


def _wrong_type(key: str, value: object, expected: str) -> ReadError:
    return ReadError(ErrorType.WRONG_TYPE, f"'{key}' is {_name(value)}, not {expected}")


def _name(value: object) -> str:
    return _NAMES[type(value)]
