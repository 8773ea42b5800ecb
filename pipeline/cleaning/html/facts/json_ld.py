"""JSON-LD as pages write it: broken now and then, and sometimes hostile."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Node = Mapping[str, Any]

MOST_CHARACTERS: Final = 2_000_000
"""Characters of all scripts of a page together; a script beyond them is not read. The development
pages have 430,000 at most."""

_MOST_SCRIPTS: Final = 100
_MOST_NODES: Final = 2_000
_MOST_MARKS: Final = 6
_DEEPEST: Final = 12
"""Levels of objects and lists that are looked into."""

_BEFORE: Final = ("//", "/*", "*/", "<!--", "<![CDATA[")
_BEHIND: Final = ("//", "/*", "*/", "-->", "]]>", ";")
_TRAILING_COMMA: Final = re.compile(r",\s*(?=[}\]])")
_BAD_ESCAPE: Final = re.compile(r"\\(?![\"\\/bfnrtu])")
_INSIDE: Final = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "hasPart")
"""Keys below which other things that the page speaks of stand."""


@dataclass(frozen=True, slots=True)
class Described:
    """A thing that a page describes, and the keys that lead to it.

    `listed` says that it stands in a list of things or as a part of another thing.
    """

    node: Node
    types: tuple[str, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class Descriptions:
    """All things of a page in their order, and those with an `@id` by it."""

    things: tuple[Described, ...]
    by_id: Mapping[str, Node]

    def resolve(self, value: object) -> object:
        """Return the thing that `{"@id": …}` speaks of, or the value itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str):
            known = self.by_id.get(value["@id"])
            if known is not None and len(known) > len(value):
                return known
        return value


def read(scripts: Sequence[str]) -> Descriptions:
    """Return what the JSON-LD scripts of a page describe. Never raises; what is broken is left out.

    Comments, CDATA marks, trailing commas, control characters in strings, wrong escapes and encoded
    quotation marks are forgiven.
    """
    things: list[Described] = []
    by_id: dict[str, Node] = {}
    left = MOST_CHARACTERS
    for script in scripts[:_MOST_SCRIPTS]:
        if len(script) > left:
            continue
        left -= len(script)
        _describe(_parsed(script), things, by_id)
    return Descriptions(tuple(things), by_id)


def _parsed(script: str) -> object:
    text = _unwrapped(script)
    for form in (_as_it_is, _repaired, _decoded):
        try:
            return _DECODER.raw_decode(form(text))[0]
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(script: str) -> str:
    """Return a script without the marks of comments and CDATA around it."""
    text = script.strip()
    for _ in range(_MOST_MARKS):
        bare = text
        for mark in _BEFORE:
            bare = bare.removeprefix(mark)
        for mark in _BEHIND:
            bare = bare.removesuffix(mark)
        bare = bare.strip()
        if bare == text:
            break
        text = bare
    return text


def _as_it_is(text: str) -> str:
    return text


def _repaired(text: str) -> str:
    return _TRAILING_COMMA.sub("", _BAD_ESCAPE.sub(r"\\\\", text))


def _decoded(text: str) -> str:
    return _repaired(html.unescape(text))


_DECODER: Final = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
"""Numbers stay text: none is computed with, and a million digits cost nothing."""


def _describe(root: object, things: list[Described], by_id: dict[str, Node]) -> None:
    stack: list[tuple[object, int, bool]] = [(root, 0, False)]
    while stack and len(things) < _MOST_NODES:
        value, depth, listed = stack.pop()
        if isinstance(value, list):
            if depth < _DEEPEST:
                stack += [(part, depth + 1, listed) for part in reversed(value[:_MOST_NODES])]
            continue
        if not isinstance(value, dict):
            continue
        if value:
            things.append(Described(value, types_of(value), listed))
        _name(value, by_id)
        if depth < _DEEPEST:
            stack += [
                (value[key], depth + 1, listed or key in ("itemListElement", "item", "hasPart"))
                for key in reversed(_INSIDE)
                if key in value
            ]


def _name(value: Node, by_id: dict[str, Node]) -> None:
    """Put a thing, and what its values are, under their `@id`."""
    parts: Iterable[object] = (value, *value.values())
    for part in parts:
        if isinstance(part, dict) and isinstance(part.get("@id"), str) and len(part) > 1:
            known = by_id.get(part["@id"])
            if known is None or len(known) < len(part):
                by_id[part["@id"]] = part


def types_of(node: Node) -> tuple[str, ...]:
    """Return the names of a thing's types, without the vocabulary's address."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return tuple(
        name.rstrip("/").rsplit("/", 1)[-1].removeprefix("schema:")[:60]
        for name in names[:10]
        if isinstance(name, str) and name
    )
