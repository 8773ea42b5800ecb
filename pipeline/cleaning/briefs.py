"""Pages of news in brief: every heading opens a story.

A heading over one paragraph is what an article with subheadings has too. Where the page is headed
"In brief", and every heading stands over a paragraph or three, each is another story. So it is
where nothing says so, but every heading has one paragraph and they have hardly a word in common.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.claims import Claim
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.phrases import fold_lines
from pipeline.cleaning.story_signs import is_of_agency
from schemas.roles import Role

_ANNOUNCED: Final = re.compile(
    r"(?:\S+ ){0,4}(?:in brief|news briefs?|briefs|digest|news in short)"
    r"|(?:\S+ ){0,3}(?:en bref|breves)(?: \S+){0,3}"
    r"|(?:\S+ ){0,3}(?:kurz notiert|kurznachrichten|kurzmeldungen|in kurze|kurz und bundig|"
    r"kurz gemeldet|nachrichten kompakt)"
    r"|(?:\S+ ){0,2}(?:en breve|en corto|notas breves|noticias breves)(?: \S+){0,3}"
    r"|(?:\S+ ){0,2}(?:notas curtas|curtas|em breve|rapidas)(?: \S+){0,3}"
    r"|(?:\S+ ){0,2}(?:in breve|brevi|notizie brevi)(?: \S+){0,3}"
    r"|(?:\S+ ){0,2}(?:kort nieuws|in het kort|nieuws kort|kort en klein)"
    r"|(?:\S+ ){0,2}(?:w skrocie|krotko|wiadomosci w skrocie)(?: \S+){0,2}"
    r"|(?:\S+ ){0,2}(?:i korthet|notiser|kort nytt|kort fortalt|lyhyesti)"
    r"|коротко(?: \S+){0,3}|кратко|kisa kisa|kisa haberler"
)
"""What such a page is headed with, folded as phrases are."""

OF_A_BRIEF: Final = Claim(Role.HEADLINE, 0.9, "rule: the heading of a brief")

_LEAST: Final = 3
"""Briefs that a page has at least."""
_MOST_PARAGRAPHS: Final = 3
_MOST_WORDS: Final = 180
"""Words of the longest brief."""
_HEADING_WORDS: Final = 14
_LEAST_UNLIKE: Final = 4
"""Headings of briefs that nothing announces."""
_LEAST_HEADING: Final = 3
_SHORTEST: Final = 18
_LONGEST: Final = 130
"""Words of such a brief's heading and paragraph."""
_COMMON: Final = 0.09
"""Share of the words that such briefs have in common at most. In the development data articles of
headings over one paragraph each have .11 and more, most .15 to .25; in documents written to try
them, eight pages of briefs have .03 to .07 and a numbered list .06."""
_STEM: Final = 6
_PLACED: Final = re.compile(
    r"[^\W\d_a-z][^\W\d_]+(?:[ -][^\W\d_]+){0,3}(?:\. (?=[^\W\d_a-z])| [–—] )"
)
"""A brief's place and a full stop: `Norra Bruk. The council …`."""
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NEAR: Final = 5
"""Lines between the page's heading and that of the first brief at most; menus name briefs too."""


def announced_briefs(lines: Sequence[Evidence]) -> list[int]:
    """Return the headings of the briefs, if the page is headed as such, else nothing.

    The heading of the page stands right above that of the first brief, and both above all text.
    """
    first = next((i for i, line in enumerate(lines) if line.is_prose), len(lines))
    low = max(0, first - _NEAR - 1)
    above = fold_lines([line.text for line in lines[low:first]])
    said = [low + i for i, line in enumerate(above) if _ANNOUNCED.fullmatch(line)]
    if not said:
        return []
    headings = [
        i
        for i in range(max(said[-1] + 1, first - 1), len(lines) - 1)
        if lines[i + 1].is_prose and not lines[i].is_prose and _could_head(lines[i])
    ]
    if not headings and first == said[-1] + 1:
        return _placed_briefs(lines, first)
    if len(headings) < _LEAST or headings[0] >= first:
        return []
    signed = {i for i in range(first, len(lines)) if is_of_agency(lines[i])}
    headings = sorted({*headings, *(i for i in signed if i - 1 not in headings)})
    for heading, end in zip(headings, [*headings[1:], len(lines)], strict=True):
        own = [line for line in lines[heading + (heading not in signed) : end] if line.is_prose]
        if len(own) > _MOST_PARAGRAPHS or sum(line.shape.words for line in own) > _MOST_WORDS:
            return []
    return headings


def _placed_briefs(lines: Sequence[Evidence], first: int) -> list[int]:
    """Return the paragraphs of a page of briefs, if each of them opens with a place."""
    own = [i for i in range(first, len(lines)) if lines[i].is_prose]
    placed = [i for i in own if lines[i].dateline is not None or _PLACED.match(lines[i].text)]
    if len(placed) < _LEAST or len(placed) + 1 < len(own) or placed[0] != first:
        return []
    return placed if all(lines[i].shape.words <= _MOST_WORDS for i in placed) else []


def unlike_briefs(lines: Sequence[Evidence]) -> list[int]:
    """Return the first blocks of briefs that nothing announces, else nothing.

    The page is headings with one paragraph each, none of them numbered, and at most `_COMMON` of
    their words stand in two of them; an agency's paragraph may stand without a heading. What is
    furniture by its words is passed over.
    """
    said = [i for i in range(len(lines)) if not _is_beside(lines[i]) or _is_rubric(lines, i)]
    starts: list[int] = []
    texts: list[str] = []
    headed = 0
    for place, i in enumerate(said):
        line = lines[i]
        if not line.is_prose:
            continue
        above = said[place - 1] if place else None
        if above is not None and not lines[above].is_prose:
            if not _could_open(lines[above]) and not _is_rubric(lines, above):
                return []
            if not _SHORTEST <= line.shape.words <= _LONGEST:
                return []
            starts.append(above)
            texts.append(f"{lines[above].text} {line.text}")
            headed += 1
        elif starts and is_of_agency(line):
            starts.append(i)
            texts.append(line.text)
        else:
            return []
    if headed < _LEAST_UNLIKE or said[-1] > starts[-1] + 1 or _numbered(lines, starts):
        return []
    return starts if _common(texts) <= _COMMON else []


def _is_beside(line: Evidence) -> bool:
    """Whether a line belongs to no brief by its words: furniture, a credit, a caption, a date."""
    return (
        line.is_furniture
        or line.appeal is not None
        or line.date is not None
        or line.credit is not None
        or line.caption is not None
    )


def _is_rubric(lines: Sequence[Evidence], i: int) -> bool:
    """Whether a section's name stands between two paragraphs, where it heads one: `People`."""
    phrase = lines[i].phrase
    if phrase is None or phrase.role is not Role.NAVIGATION or not 0 < i < len(lines) - 1:
        return False
    return lines[i - 1].is_prose and lines[i + 1].is_prose


def _could_open(line: Evidence) -> bool:
    words = line.shape.words
    return _could_head(line) and words >= _LEAST_HEADING and not line.text.endswith((":", "?"))


def _numbered(lines: Sequence[Evidence], starts: Sequence[int]) -> bool:
    """Whether headings are numbered, as in a list of places or things."""
    return sum(lines[i].text[:1].isdigit() for i in starts) > 1


def _common(texts: Sequence[str]) -> float:
    """Return the share of the texts' words, told apart by their first letters, in two or more."""
    found = Counter(
        stem for text in texts for stem in {word.casefold()[:_STEM] for word in _WORD.findall(text)}
    )
    return sum(times > 1 for times in found.values()) / max(1, len(found))


def _could_head(line: Evidence) -> bool:
    """Whether a line can stand over a brief: short, no sentence, nothing else by its words."""
    return (
        line.shape.words <= _HEADING_WORDS
        and not line.shape.ends_sentence
        and not line.shape.is_list_item
        and not line.is_furniture
        and line.date is None
        and line.credit is None
        and line.caption is None
        and (line.byline is None or not line.byline.marked)
    )
