"""The lexicon of concepts (`lexicon.toml`), loaded once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

_TABLES: Final[dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("lexicon.toml").read_text(encoding="utf-8")
)

CONCEPTS: Final[tuple[str, ...]] = tuple(_TABLES["words"])
"""Column order of the concept counts."""


def _by_word() -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for index, concept in enumerate(CONCEPTS):
        for word in dict.fromkeys(_TABLES["words"][concept].split()):
            found.setdefault(word, []).append(index)
    return {word: tuple(columns) for word, columns in found.items()}


CONCEPTS_OF: Final[dict[str, tuple[int, ...]]] = _by_word()
"""Word to its concept columns."""

PIECES: Final[tuple[tuple[str, int], ...]] = tuple(
    (piece, CONCEPTS.index(concept))
    for concept, text in _TABLES["pieces"].items()
    for piece in text.split()
)
"""Piece of unspaced text to its concept column."""
