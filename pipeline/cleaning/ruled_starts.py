"""What the rules say of the model's story starts: some are added, and some are none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.model.splitter import SHORT_STORY
from pipeline.cleaning.stories import Inside, possible_starts, story_starts
from pipeline.cleaning.story_signs import is_of_agency

_SAME_CUT: Final = 5
"""Blocks within which two story starts are the same one, seen at headline or text."""

_QUOTATION_WORDS: Final = 18
_OPEN: Final = frozenset('"\u201c\u201e\u00ab\u2018\u300c')
_CLOSE: Final = frozenset('"\u201d\u201c\u00bb\u2019\u300d')


def with_ruled_starts(
    lines: Sequence[Evidence], inside: Inside, learned: Sequence[int]
) -> list[int]:
    """Return the model's story starts, and of the rules' those that the model cannot know.

    These are the starts between two short stories, in which it has little to go by, and those that
    an agency's dateline shows. A
    quotation is a subheading, and none of the model's.
    """
    learned = [_to_dateline(lines, start) for start in learned if not _is_quotation(lines[start])]
    words = list(accumulate((line.shape.words for line in lines), initial=0))
    possible = possible_starts(lines, inside)

    def chosen(starts: Sequence[int]) -> list[int]:
        signed = [start for start in starts if is_of_agency(lines[start])]
        # What the model sees right behind a dateline begins there.
        own = [cut for cut in learned if not any(0 < cut - at < _SAME_CUT for at in signed)]
        new = (at for at in signed if all(abs(at - cut) >= _SAME_CUT for cut in own))
        return sorted({*own, *new, *_short_stories(starts, own, words)})

    # To find the rules' starts is dear, and with fewer edges no story gets shorter.
    if chosen([start.block for start in possible]) == learned:
        return learned
    return chosen(story_starts(lines, inside, possible)[1:])


def _to_dateline(lines: Sequence[Evidence], start: int) -> int:
    """Return a start, or the dateline that opens the paragraph below the one that it is."""
    if start + 1 == len(lines):
        return start
    here, below = lines[start], lines[start + 1]
    is_bare = here.shape.is_paragraph and here.dateline is None
    return start + 1 if is_bare and below.dateline and below.shape.is_paragraph else start


def _is_quotation(line: Evidence) -> bool:
    """Whether a short line is all in quotation marks, as subheadings are; no headline of 290 is."""
    text = line.text
    return (
        line.shape.words < _QUOTATION_WORDS
        and text[0] in _OPEN
        and text.rstrip(" .!?")[-1:] in _CLOSE
    )


def _short_stories(
    starts: Sequence[int], learned: Sequence[int], words: Sequence[int]
) -> list[int]:
    """Return the starts between two short stories, if all of them and the model's are starts.

    `words` are those before each block. A start next to one of the model's is the same one.
    """
    edges = sorted({0, len(words) - 1, *learned, *starts})
    found: list[int] = []
    for start in starts:
        at = bisect_left(edges, start)
        before, behind = edges[at - 1], edges[at + 1]
        longest = max(words[start] - words[before], words[behind] - words[start])
        if longest < SHORT_STORY and all(abs(start - cut) >= _SAME_CUT for cut in learned):
            found.append(start)
    return found
