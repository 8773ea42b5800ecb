"""What each line of a page says by itself, gathered once and read by every rule."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final, NamedTuple

from pipeline.cleaning.appeal import appeal_of
from pipeline.cleaning.byline import Byline, names_with_work, parse_byline
from pipeline.cleaning.caption import Caption, parse_caption
from pipeline.cleaning.claims import Claim
from pipeline.cleaning.credit import parse_credit
from pipeline.cleaning.dateline import Dateline, parse_dateline
from pipeline.cleaning.dates import DateLine, parse_date_line
from pipeline.cleaning.page import Block, Page
from pipeline.cleaning.phrases import Phrase, fold_lines, phrase_book
from pipeline.cleaning.shape import PARAGRAPH_WORDS, Shape, shape_of
from schemas.roles import Role

_LONGEST_FURNITURE: Final = 400
"""Characters. No line of furniture that a phrase can name is longer; a longer one is only prose."""

_DATELINE_WORDS: Final = 8
"""Words of the shortest paragraph that a dateline opens."""

_ANSWER_WORDS: Final = 2
_QUOTED: Final = re.compile(r"“[^“”]{3,}”|„[^„“”]{3,}[“”]|«[^«»]{3,}»|(?<!\w)\"[^\"]{3,}\"(?!\w)")
"""What stands in quotation marks."""

_QUOTES: Final = "\"'”\u2019»"
_IN_SENTENCES: Final = frozenset({"start", "contains"})
"""Places of phrases that a sentence may go on behind."""

_SPEAKS: Final = 3
"""Spaces in what stands around a quotation, from which on it speaks of it."""

_CRIES: Final = ("?", "!", "？", "！")

_TEXT_SIZE: Final = re.compile(r"A(?:[ /+-]*A){1,4}[+-]?|A[+-](?: ?A[+-])?|[+-]A|TT|T[+-]", re.I)
_INK: Final = re.compile(r"[^\W_]")
_REACTIONS: Final = re.compile(
    "(?:[\U0001f300-\U0001faff\u2764]\ufe0f?\\s*\\d[\\d.,]*\\s*(?:тыс\\.?|[kKM])?(?:\\s+|$)){2,}"
)
"""Counted reactions."""
_TAGS: Final = re.compile(r"(?:#\s?[^\s#]+(?:\s[^\s#]+){0,2}\s*){2,6}")
_PLAYS: Final = re.compile(r"[\u25b6\u25ba\u25b7][^\n]{5,150}\(\d{1,2}:\d\d\)")
"""What plays, and for how long."""
_SAID: Final = re.compile(r"[^\W\d_]{2,}")
_SAID_WORDS: Final = 3


class Evidence(NamedTuple):
    """One line and what can be read off it alone.

    `repeats` is the index of the first block with the same words, or None for the first itself.
    `is_prose`: the line is a sentence or more, and nothing else that it could be.
    `is_title_like`: it could be a headline or a subheading; a question or a cry can be both.
    `appeal`: it asks the reader for something, as far as no phrase says so.
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
    appeal: Claim | None = None

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


def gather(
    page: Page, plain: Container[int] = (), doubtful: Container[int] = ()
) -> tuple[Evidence, ...]:
    """Return the evidence of every block of a page, in order.

    `plain` are the places of blocks that somebody else knows to be running text, `doubtful` of
    those that he takes for it: in the former nothing else is looked for, in the latter phrases
    alone. The rest is most of the work.
    """
    blocks = page.blocks
    places = [i for i in range(len(blocks)) if i not in plain]
    texts = [blocks[i].text for i in places]
    shapes = list(map(shape_of, texts))
    found: dict[int, Evidence] = {}
    for i, shape, repeats, (phrase, appeal) in zip(
        places, shapes, _repeats(texts, shapes), _phrases(texts, shapes), strict=True
    ):
        if i in doubtful and phrase is None:
            found[i] = _running_text(blocks[i], shape)
        else:
            first = None if repeats is None else places[repeats]
            found[i] = _evidence(blocks[i], shape, first, phrase, appeal)
    if len(found) == len(blocks):
        return tuple(found.values())
    return tuple(
        found.get(i) or _running_text(block, shape_of(block.text)) for i, block in enumerate(blocks)
    )


def _running_text(block: Block, shape: Shape) -> Evidence:
    """Return the evidence of a block that is taken for running text."""
    return Evidence(
        block.text, shape, block.blank_lines, None, None, False, None, None, None, None, None,
        shape.is_paragraph or shape.is_sentence, shape.is_title_like,
    )  # fmt: skip


def _repeats(texts: Sequence[str], shapes: Sequence[Shape]) -> list[int | None]:
    """Return for each line the first one with the same words, or None for the first itself.

    Case and white space make no difference. Only lines of as many words are compared.
    """
    alike: dict[int, list[int]] = {}
    for i, shape in enumerate(shapes):
        alike.setdefault(shape.words, []).append(i)
    repeats: list[int | None] = [None] * len(texts)
    for group in alike.values():
        if len(group) == 1:
            continue
        first: dict[str, int] = {}
        for i in group:
            text = texts[i]
            key = text if _is_evenly_spaced(text) else " ".join(text.split())
            earlier = first.setdefault(key.casefold(), i)
            repeats[i] = None if earlier == i else earlier
    return repeats


def _phrases(
    texts: Sequence[str], shapes: Sequence[Shape]
) -> list[tuple[Phrase | None, Claim | None]]:
    """Return for each line the phrase that gives it away, or how it asks the reader, or None."""
    book = phrase_book()
    phrases: list[tuple[Phrase | None, Claim | None]] = [(None, None)] * len(texts)
    asked = [
        i
        for i, text in enumerate(texts)
        if len(text) <= _LONGEST_FURNITURE and not _is_answer(text, shapes[i])
    ]
    for i, folded in zip(asked, fold_lines([texts[i] for i in asked]), strict=True):
        found = book.match(folded)
        if found is not None and _is_quoted(texts[i]):
            found = None  # « Accept and close », a subheading of what is about pages
        if found is not None and found.place in _IN_SENTENCES:
            # Somebody may speak of what pages say: the words count outside quotation marks only.
            (unquoted,) = fold_lines([_QUOTED.sub(" ", texts[i])])
            if shapes[i].is_sentence or unquoted.count(" ") >= _SPEAKS:
                found = book.match(unquoted)
        asks = None if found or shapes[i].is_list_item else _appeal(texts[i], folded)
        phrases[i] = found, asks
    return phrases


def _is_quoted(text: str) -> bool:
    """Whether a line is one quotation from end to end, in marks that open and close."""
    return text[0] in "“„«" and _QUOTED.fullmatch(text) is not None


def _appeal(text: str, folded: str) -> Claim | None:
    """Return how a line asks the reader, outside of quotation marks."""
    asks = appeal_of(text, folded)
    unquoted = _QUOTED.sub(" ", text) if asks else text
    return asks if unquoted == text else appeal_of(unquoted, fold_lines([unquoted])[0])


def _evidence(
    block: Block, shape: Shape, repeats: int | None, phrase: Phrase | None, appeal: Claim | None
) -> Evidence:
    text = block.text
    control = is_control(text)
    date = parse_date_line(text)
    byline = parse_byline(text)
    credit = parse_credit(text)
    caption = None if byline and names_with_work(text) else parse_caption(text)
    dateline = parse_dateline(text) if shape.words >= _DATELINE_WORDS else None
    is_prose = is_title_like = False
    if not (control or phrase or credit is not None or caption):
        labelled = date is not None or (byline is not None and byline.marked)
        is_prose = shape.is_paragraph or (shape.is_sentence and not labelled)
        is_title_like = not labelled and (shape.is_title_like or _is_cry(text, shape))
    return Evidence(
        text, shape, block.blank_lines, repeats, phrase, control, date, byline, credit, caption,
        dateline, is_prose, is_title_like, appeal,
    )  # fmt: skip


def _is_cry(text: str, shape: Shape) -> bool:
    """Whether a line is a question or a cry, which may be a title though it is a sentence."""
    return 2 <= shape.words <= PARAGRAPH_WORDS and text.rstrip(_QUOTES).endswith(_CRIES)


def _is_evenly_spaced(text: str) -> bool:
    """Whether single spaces are the only white space that is likely in a line."""
    return "  " not in text and "\t" not in text and "\xa0" not in text


def _is_answer(text: str, shape: Shape) -> bool:
    """Whether a line is a word or two with a full stop, like "No." in a talk; buttons have none."""
    return shape.words <= _ANSWER_WORDS and text.endswith(".") and not shape.ends_cut


def is_control(text: str) -> bool:
    """Whether a line is a control of the page: letters of text sizes, a rule, a lone symbol."""
    if text[0] in "#\u25b6\u25ba\u25b7" and (_TAGS.fullmatch(text) or _PLAYS.fullmatch(text)):
        return True
    if not text.isascii() and len(text) <= 80 and text[0] != "•" and _REACTIONS.search(text):
        return len(_SAID.findall(text)) <= _SAID_WORDS
    if len(text) > 12:
        return _INK.search(text[:200]) is None and len(text) <= 200
    return bool(_TEXT_SIZE.fullmatch(text)) or _INK.search(text) is None
