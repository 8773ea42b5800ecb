"""One JSON value from untrusted bytes or text."""

from __future__ import annotations

import json
import re
from typing import Final

from pydantic_core import from_json

from pipeline.sources.rejections import ReadError
from schemas.rejection import ErrorType

MAX_DEPTH: Final = 200
"""Deepest nesting of arrays and objects: the limit of pydantic's own JSON parser, far above any
record of a document and far below Python's recursion limit of 1000."""

_STRING_OR_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)


def parse_fast(data: bytes) -> object:
    """Return the value of strict UTF-8 JSON; the common case, about twice as fast as `json`.

    Raises `ValueError` for whatever `parse_tolerant` may still accept.
    """
    return from_json(data)


def parse_tolerant(text: str) -> object:
    """Return the value of JSON text.

    Control characters inside strings, lone surrogates, NaN and Infinity are taken as they come,
    as is the last of several equal keys. An integer of more than 4,300 digits, which Python
    refuses to convert, becomes an infinite float.

    Raises `ReadError` with `nested_too_deep` or `invalid_json`.
    """
    if is_too_deep(text):
        raise ReadError(
            ErrorType.NESTED_TOO_DEEP, f"arrays and objects are nested more than {MAX_DEPTH} deep"
        )
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise ReadError(
            ErrorType.INVALID_JSON, f"not valid JSON: {error.msg} at character {error.pos + 1}"
        ) from error


def is_too_deep(text: str) -> bool:
    """Return whether brackets outside of strings are nested more than `MAX_DEPTH` deep.

    Takes linear time and no recursion, whatever the text is.
    """
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        first = text[match.start()]
        if first in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif first in "]}":
            depth -= 1
    return False


def _integer(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:
        return float("-inf" if digits.startswith("-") else "inf")


_DECODER: Final = json.JSONDecoder(strict=False, parse_int=_integer)
