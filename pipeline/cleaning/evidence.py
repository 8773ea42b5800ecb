"""What each line of a page says by itself, gathered once and read by every rule."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pipeline.cleaning.byline import Byline, parse_byline
from pipeline.cleaning.caption import Caption, parse_caption
from pipeline.cleaning.credit import parse_credit
from pipeline.cleaning.dateline import Dateline, parse_dateline
from pipeline.cleaning.dates import DateLine, parse_date_line
from pipeline.cleaning.page import Block, Page
from pipeline.cleaning.phrases import Phrase, PhraseBook, fold, phrase_book
from pipeline.cleaning.shape import PARAGRAPH_WORDS, Shape, shape_of
from schemas.roles import Role

_LONGEST_FURNITURE: Final = 400
"""Characters. No line of furniture that a phrase can name is longer; a longer one is only prose."""

_DATELINE_WORDS: Final = 8
"""Words of the shortest paragraph that a dateline opens."""

_ANSWER_WORDS: Final = 2

_QUOTES: Final = "\"'”\u2019»"
_CRIES: Final = ("?", "!", "？", "！")

_TEXT_SIZE: Final = re.compile(r"A(?:[ /+-]*A){1,4}[+-]?|A[+-](?: ?A[+-])?|[+-]A|TT|T[+-]", re.I)
_INK: Final = re.compile(r"[^\W_]")


class Evidence(NamedTuple):
    """One line and what can be read off it alone.

    `repeats` is the index of the first block with the same words, or None for the first itself.
    `is_prose`: the line is a sentence or more, and nothing else that it could be.
    `is_title_like`: it could be a headline or a subheading; a question or a cry can be both.
    """

    text: str
    shape: Shape
    blank_lines: int
    repeats: int | None
    phrase: Phrase | None
    is_control: bool
    date: DateLine | None
    byline: Byline | None
    credit: tuple[tuple[str, str], ...] | None
    caption: Caption | None
    dateline: Dateline | None
    is_prose: bool
    is_title_like: bool

    @property
    def opens(self) -> Role | None:
        """The role of the list that this line is the heading of, if it is one."""
        if self.phrase is not None and self.phrase.place == "opens":
            return self.phrase.role
        return None

    @property
    def is_furniture(self) -> bool:
        """Whether the words alone give the line away."""
        return self.phrase is not None or self.is_control


def gather(page: Page) -> tuple[Evidence, ...]:
    """Return the evidence of every block of a page, in order."""
    book = phrase_book()
    seen: dict[str, int] = {}
    lines: list[Evidence] = []
    for block in page.blocks:
        key = block.text if _is_evenly_spaced(block.text) else " ".join(block.text.split())
        first = seen.setdefault(key.casefold(), block.number)
        lines.append(_evidence(block, None if first == block.number else first, book))
    return tuple(lines)


def _evidence(block: Block, repeats: int | None, book: PhraseBook) -> Evidence:
    text = block.text
    shape = shape_of(text)
    short = len(text) <= _LONGEST_FURNITURE
    phrase = book.match(fold(text)) if short and not _is_answer(text, shape) else None
    control = is_control(text)
    date = parse_date_line(text)
    byline = parse_byline(text) if short else None
    credit = parse_credit(text)
    caption = parse_caption(text)
    furniture = control or bool(phrase) or bool(credit) or bool(caption)
    labelled = date is not None or (byline is not None and byline.marked)
    words = shape.words
    asks = 2 <= words <= PARAGRAPH_WORDS and text.rstrip(_QUOTES).endswith(_CRIES)
    return Evidence(
        text=text,
        shape=shape,
        blank_lines=block.blank_lines,
        repeats=repeats,
        phrase=phrase,
        is_control=control,
        date=date,
        byline=byline,
        credit=credit,
        caption=caption,
        dateline=parse_dateline(text) if words >= _DATELINE_WORDS else None,
        is_prose=not furniture and (shape.is_paragraph or (shape.is_sentence and not labelled)),
        is_title_like=not furniture and not labelled and (shape.is_title_like or asks),
    )


def _is_evenly_spaced(text: str) -> bool:
    """Whether single spaces are the only white space that is likely in a line."""
    return "  " not in text and "\t" not in text and "\xa0" not in text


def _is_answer(text: str, shape: Shape) -> bool:
    """Whether a line is a word or two with a full stop, like "No." in a talk; buttons have none."""
    return shape.words <= _ANSWER_WORDS and text.endswith(".") and not shape.ends_cut


def is_control(text: str) -> bool:
    """Whether a line is a control of the page: letters of text sizes, a rule, a lone symbol."""
    if len(text) > 12:
        return _INK.search(text[:200]) is None and len(text) <= 200
    return bool(_TEXT_SIZE.fullmatch(text)) or _INK.search(text) is None
