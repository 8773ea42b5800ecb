"""Which block of a page is the headline of the story that its title names."""

from __future__ import annotations

from typing import Final

from pipeline.cleaning.html.facts.values import letters
from pipeline.cleaning.html.visible import HtmlPage

_OVERLAP: Final = 0.5
"""Likeness to the title, as the F1 of both sets of words, from which on a line that is no heading
can be it."""
_LONGEST: Final = 300
"""Characters of the longest headline."""


def headline_block(
    page: HtmlPage, low: int, high: int, first: int, title: str | None
) -> int | None:
    """Return the block of the headline: an h1 before the text's end, the likest to the title.

    It is looked for from the block `low` up to before `high`, and up to three blocks into the text,
    which begins with `first`; a heading further up that says just what the title does will do too.
    """
    words = frozenset((title or page.title).casefold().split())
    best, best_score = None, 0.0
    for number in range(low, min(high, first + 4)):
        place, block = page.places[number], page.page.blocks[number]
        if len(block.text) > _LONGEST:
            continue
        said = frozenset(block.text.casefold().split())
        common = len(said & words)
        score = 2 * common / (len(said) + len(words)) if words else 0.0
        score += 0.4 if place.heading == 1 else 0.1 if place.heading else 0.0
        if score > best_score and (score > _OVERLAP or place.heading == 1):
            best, best_score = number, score
    return _far_headline(page, low, title) if best is None else best


def _far_headline(page: HtmlPage, low: int, title: str | None) -> int | None:
    """Return the heading far above the text that says just what the title does, the last one."""
    named = letters(title or "")
    return next(
        (
            number
            for number in range(low - 1, -1, -1)
            if named
            and page.places[number].heading
            and letters(page.page.blocks[number].text) == named
        ),
        None,
    )
