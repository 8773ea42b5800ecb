"""Turns: questions and answers, or times of day and entries, as any language writes them.

Short lines between short paragraphs look like a list of teasers to whoever has not learned the
language; that question and answer take turns says that it is an interview, and that times and
paragraphs do, a live blog.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from pipeline.cleaning.evidence import Evidence

LEAST_QUESTIONS: Final = 4
"""Questions with an answer that make an interview; three may be the headings of an article."""

LEAST_TIMES: Final = 3
"""Times of day with an entry below that make a live blog."""

_LIVE: Final = frozenset(
    "live|live updates|live blog|liveblog|live coverage|live ticker|live-ticker|liveticker|"
    "key events|en direct|le direct|direct|en vivo|en directo|minuto a minuto|ao vivo|in diretta|"
    "la diretta|diretta|онлайн|онлайн-трансляция|прямая трансляция|наживо|онлайн-трансляція|"
    "relacja na żywo|na żywo|canlı|canlı blog|ライブ|直播|مباشر|بث مباشر".split("|")
)
"""Lines by which pages say that they are live blogs."""
_LONGEST_LIVE: Final = 24
_TOP: Final = 40
"""Blocks at the top in which they say so."""
_LEAST_STAMPS: Final = 6
"""Days and times, as of the page and of its entries, that a live blog has at least."""

LEAST_SPEECHES: Final = 4
"""Times that somebody speaks in a talk."""
_SPEAKERS: Final = 2
_SPEAKER_WORDS: Final = 4
_SPEAKER: Final = re.compile(r"(?P<who>[^\W\d_][^:：\n]{0,30}?)[:：] ?[^\s/\d]")

_BETWEEN: Final = 6
"""Most blocks from one question, or time, to the next."""
_LAST: Final = 3
"""Most paragraphs of the last answer or entry."""
_QUESTION_WORDS: Final = 40
_TITLE_WORDS: Final = 16
_LONGEST_TIME: Final = 20
"""Characters."""
_SIGNS: Final = ("?", "？", "؟", "՞")
_TIME: Final = re.compile(
    r"\W{0,3}(?:[01]?\d|2[0-4]) ?(?:[:.]|h|u) ?[0-5]\d(?!\d)"
    r"(?: ?(?:Uhr|hrs?|[ap]\.? ?m\.?)\b)?(?: ?\(?(?-i:[A-Z]{2,4}T|UTC|W(?:IB|ITA))\b)?\W{0,3}",
    re.I,
)
_CLOSING: Final = "\"'”’“‘»›«‹)]）」』 "


def turns(lines: Sequence[Evidence], start: int, end: int) -> list[range]:
    """Return the runs of blocks from a first question, or time, to the end of the last answer.

    Args:
        lines: All lines of the page.
        start: The first block of a story.
        end: The end of the story, not in any run.

    In the development data, of the lines in runs of questions 2,391 are the text's and 169 are not.
    """
    asked = _runs(lines, start, end, _is_question, LEAST_QUESTIONS)
    return asked + _runs(lines, start, end, _is_entry, LEAST_TIMES)


def speeches(lines: Sequence[Evidence], start: int, end: int) -> frozenset[int]:
    """Return the blocks of a story that open with the name of one of its speakers and a colon.

    `RUNDSCHAU: What next?`, `Wessling: Bread.`: two names at least, each before `LEAST_SPEECHES`
    blocks, the first of them perhaps with the whole name.
    """
    said: dict[str, list[int]] = {}
    for i in range(start, end):
        line = lines[i]
        found = _SPEAKER.match(line.text)
        if found is None or line.is_furniture or line.credit is not None or line.caption:
            continue
        words = found["who"].split()
        if len(words) <= _SPEAKER_WORDS:
            said.setdefault(words[-1].casefold(), []).append(i)
    often = [blocks for blocks in said.values() if len(blocks) >= LEAST_SPEECHES]
    together = sorted(i for blocks in often for i in blocks)
    if len(often) < _SPEAKERS or sum(lines[i].is_prose for i in together) * 2 < len(together):
        return frozenset()
    return frozenset(together)


def in_live_blogs(lines: Sequence[Evidence]) -> frozenset[int]:
    """Return the blocks from a live blog's first time to the first paragraph of its last entry.

    Entries speak of other things, and none of them begins a story. Behind the last one another
    story may.
    """
    found = set(_stamped(lines)) if any(_says_live(line) for line in lines[:_TOP]) else set()
    for run in _runs(lines, 0, len(lines), _is_entry, LEAST_TIMES):
        last = max(i for i in run if _is_entry(lines[i]))
        first = next(i for i in range(last + 1, len(lines)) if lines[i].is_prose)
        found.update(range(run.start, first + 1))
    return frozenset(found)


def _says_live(line: Evidence) -> bool:
    return len(line.text) <= _LONGEST_LIVE and line.text.strip(" :•●").casefold() in _LIVE


def _stamped(lines: Sequence[Evidence]) -> range:
    """Return the blocks from the first day or time of a page's entries to the last one's text."""
    stamps = [i for i, line in enumerate(lines) if line.date is not None]
    if len(stamps) < _LEAST_STAMPS:
        return range(0)
    behind = (i for i in range(stamps[-1] + 1, len(lines)) if lines[i].is_prose)
    return range(stamps[0], next(behind, stamps[-1]) + 1)


def is_time(line: Evidence) -> bool:
    """Whether a line is a time of day and nothing else: `14h40`, `2:05 p.m.`, `11.30 Uhr`."""
    return len(line.text) < _LONGEST_TIME and _TIME.fullmatch(line.text) is not None


def _is_entry(line: Evidence) -> bool:
    """Whether a line opens an entry: a time of day, alone or with a title behind it."""
    opening = line.text[:4].strip("[( ")[:1]
    if line.is_prose or line.shape.words > _TITLE_WORDS or not opening.isdigit():
        return False
    found = _TIME.match(line.text)
    return found is not None and (found.end() == len(line.text) or not line.is_furniture)


def _runs(
    lines: Sequence[Evidence], start: int, end: int, opens: Callable[[Evidence], bool], least: int
) -> list[range]:
    opened = [
        i
        for i in range(start, end - 1)
        if opens(lines[i]) and _has_answer(lines, i, end) and not opens(lines[i + 1])
    ]
    runs: list[range] = []
    first = 0
    for number, (turn, following) in enumerate(pairwise([*opened, end + _BETWEEN + 1]), start=1):
        if following - turn <= _BETWEEN:
            continue
        if number - first >= least:
            runs.append(range(opened[first], _end_of_turn(lines, turn + 1, end)))
        first = number
    return runs


def _has_answer(lines: Sequence[Evidence], turn: int, end: int) -> bool:
    """Whether a paragraph follows; below a time that stands alone, also behind a title."""
    if lines[turn + 1].is_prose:
        return True
    titled = turn + 2 < end and is_time(lines[turn]) and lines[turn + 1].is_title_like
    return titled and lines[turn + 2].is_prose


def _is_question(line: Evidence) -> bool:
    words = line.shape.words
    return (
        words <= _QUESTION_WORDS
        and line.text.rstrip(_CLOSING).endswith(_SIGNS)
        and not line.is_furniture
    )


def _end_of_turn(lines: Sequence[Evidence], answer: int, end: int) -> int:
    stop = min(answer + _LAST, end)
    return next((i for i in range(answer + 1, stop) if not lines[i].is_prose), stop)
