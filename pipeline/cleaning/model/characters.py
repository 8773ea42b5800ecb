"""Kinds of characters: what the shape of a line is counted in."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

KINDS: Final = (
    "other space lower upper letter digit cjk hangul dot comma colon semicolon question "
    "exclamation quote bracket hyphen dash pipe slash at money bullet copyright ellipsis code "
    "ampersand symbol"
).split()
"""Every character is of one kind. Those from `lower` to `hangul` make words, those from `dot` on
are marks."""
KIND: Final = {name: index for index, name in enumerate(KINDS)}
FIRST_IN_WORD: Final = KIND["lower"]
FIRST_MARK: Final = KIND["dot"]
IN_WORD: Final = FIRST_MARK - FIRST_IN_WORD
"""So many kinds make words."""

_NAMED: Final[dict[str, str]] = {
    "dot": ".。।",
    "comma": ",，、",
    "colon": ":：",
    "semicolon": ";；",
    "question": "?？¿؟",
    "exclamation": "!！¡",
    "quote": "\"'“”‘’«»„‚‹›「」『』`´",
    "bracket": "()（）",
    "hyphen": "-",
    "dash": "–—―",
    "pipe": "|｜¦",
    "slash": "/\\",
    "at": "@",
    "money": "$€£¥₹%",
    "bullet": "•·*▪►▶●■◆›»→‣◦",
    "copyright": "©®™",
    "ellipsis": "…",
    "code": "_=#{}[]<>~^+",
    "ampersand": "&",
}
_RANGES: Final = (
    (0x0E00, 0x0E7F, "cjk"),  # Thai is written without spaces too.
    (0x2E80, 0x2FFF, "cjk"),
    (0x3040, 0x30FF, "cjk"),
    (0x3400, 0x9FFF, "cjk"),
    (0xF900, 0xFAFF, "cjk"),
    (0xAC00, 0xD7AF, "hangul"),
)
_BY_CATEGORY: Final = {"Lu": "upper", "Lt": "upper", "Ll": "lower", "Lo": "letter", "Lm": "letter"}
_PLANE: Final = 65536


def _kind_of(code: int) -> str:
    category = unicodedata.category(chr(code))
    if category in _BY_CATEGORY:
        return _BY_CATEGORY[category]
    if category == "Nd":
        return "digit"
    if category[0] == "Z" or category == "Cc":
        return "space"
    return "symbol" if category[0] == "S" else "other"


@cache
def kind_table() -> NDArray[np.uint8]:
    """Return uint8[65536]: the kind of every character of the basic plane.

    The last one, which is no character, stands for all characters beyond the plane.
    """
    table = np.array([KIND[_kind_of(code)] for code in range(_PLANE)], np.uint8)
    for first, last, name in _RANGES:
        table[first : last + 1] = KIND[name]
    for name, characters in _NAMED.items():
        for character in characters:
            table[ord(character)] = KIND[name]
    table[-1] = KIND["symbol"]
    return table


@cache
def letter_table() -> NDArray[np.uint64]:
    """Return uint64[65536]: the code of the lower case of a character of a word, 0 for any other.

    A lower case of several characters, or beyond the plane, counts as the character itself.
    """
    table = np.arange(_PLANE, dtype=np.uint64)
    for code in range(_PLANE):
        if not 0xD800 <= code < 0xE000:
            small = chr(code).lower()
            if len(small) == 1 and ord(small) < _PLANE:
                table[code] = ord(small)
    table[(kind_table() < FIRST_IN_WORD) | (kind_table() >= FIRST_MARK)] = 0
    return table


def codes_of(texts: Sequence[str]) -> NDArray[np.uint16] | NDArray[np.uint32]:
    """Return the codes of the characters of some texts, a line feed after each.

    Characters beyond the basic plane become 65535. Lone surrogates stay what they are.
    """
    text = "\n".join(texts) + "\n"
    short = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(short) == len(text):
        return short
    long = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    short_codes: NDArray[np.uint32] = np.minimum(long, np.uint32(_PLANE - 1))
    return short_codes
