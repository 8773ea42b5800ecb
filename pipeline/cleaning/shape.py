"""What a line looks like: its length in words, how it ends, whether it could be a title."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_UNSPACED: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff]"
)
"""Scripts that set no spaces between words: kana, Chinese characters, Thai, Burmese, Khmer."""

_UNSPACED_LEADS: Final = bytes((0xE0, 0xE1, *range(0xE3, 0xEA)))
"""First bytes of those characters in UTF-8, and of few others."""

_CLOSERS: Final = "\"'”\u2019»“\u2018\u203a)]}」\u300f）\u3011*_"
_FULL_STOPS: Final = frozenset(".!?。！？\u061f\u06d4\u0964\u0965\u1362\u104b")
_ELLIPSIS: Final = ("…", "...", "[…]", "[...]")
_LIST_MARK: Final = re.compile(
    r"(?:[-*•·\u25aa\u25cf\u25e6–\u2023]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S"
)

PARAGRAPH_WORDS: Final = 20
"""From this many words on, a line that ends like a sentence is a paragraph and not a title: in the
development data 97% of the titles have fewer."""

LONG_WORDS: Final = 30
"""Words of the longest title."""


class Shape(NamedTuple):
    """The look of one line. `words` counts each character of unspaced scripts as half a word."""

    words: int
    ends_sentence: bool
    ends_cut: bool
    is_list_item: bool

    @property
    def is_paragraph(self) -> bool:
        """Whether the line is running text beyond doubt.

        From `LONG_WORDS` on without a full stop too: Thai and others set none.
        """
        enough = self.words >= PARAGRAPH_WORDS and (self.ends_sentence or self.words > LONG_WORDS)
        return enough and not self.ends_cut

    @property
    def is_sentence(self) -> bool:
        """Whether the line is at least one plain sentence."""
        return self.words >= 5 and self.ends_sentence and not self.ends_cut

    @property
    def is_title_like(self) -> bool:
        """Whether the line could stand as a title: some words, and no full stop behind them."""
        return 2 <= self.words <= LONG_WORDS and not self.ends_sentence


def count_words(text: str) -> int:
    """Return the number of words; each two characters of an unspaced script count as one."""
    words = len(text.split())
    return words + len(_UNSPACED.findall(text)) // 2 if has_unspaced(text) else words


def has_unspaced(text: str) -> bool:
    """Whether a character of a script that sets no spaces is in a text.

    Bytes are looked through some ten times as fast as characters.
    """
    if text.isascii():
        return False
    written = text.encode("utf-8", "surrogatepass")
    if len(written.translate(None, _UNSPACED_LEADS)) == len(written):
        return False
    return _UNSPACED.search(text) is not None


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script that sets no spaces between words."""
    return _UNSPACED.match(character) is not None


def is_list_item(line: str) -> bool:
    """Whether a line opens with a bullet, a number or a letter as lists have them."""
    return _LIST_MARK.match(line) is not None


def shape_of(line: str) -> Shape:
    """Return the look of a line without white space around it."""
    last = line[-8:].rstrip(_CLOSERS)[-1:]
    return Shape(
        count_words(line), last in _FULL_STOPS, line.endswith(_ELLIPSIS), is_list_item(line)
    )
