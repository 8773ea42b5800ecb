"""Pages that say of themselves that they are news in brief: every heading opens a story.

A heading over one paragraph is what an article with subheadings has too. Where the page is headed
"In brief", and every heading stands over a paragraph or three, each is another story.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.claims import Claim
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.phrases import fold_lines
from schemas.roles import Role

_ANNOUNCED: Final = re.compile(
    r"(?:\S+ ){0,4}(?:in brief|news briefs?|briefs|digest|news in short)"
    r"|(?:\S+ ){0,3}(?:en bref|breves)(?: \S+){0,3}"
    r"|(?:\S+ ){0,3}(?:kurz notiert|kurznachrichten|kurzmeldungen|in kurze|kurz und bundig|"
    r"kurz gemeldet|nachrichten kompakt)"
    r"|(?:\S+ ){0,2}(?:en breve|notas breves|noticias breves)(?: \S+){0,3}"
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
    if len(headings) < _LEAST or headings[0] >= first:
        return []
    for heading, end in zip(headings, [*headings[1:], len(lines)], strict=True):
        own = [line for line in lines[heading + 1 : end] if line.is_prose]
        if len(own) > _MOST_PARAGRAPHS or sum(line.shape.words for line in own) > _MOST_WORDS:
            return []
    return headings


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
