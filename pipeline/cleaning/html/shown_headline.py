"""The headline as readers see it, where the page's own title names the paper or the section alone.

Old pages have no headings: their headline is a line in large or bold letters above the text, and
every page of the site has the same title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from lxml import etree

from pipeline.cleaning.appeal import appeal_of
from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.dates import dated
from pipeline.cleaning.html.class_words import bits_of
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.values import Fact, letters
from pipeline.cleaning.html.shown_day import bounds_of
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.labels import Label
from pipeline.cleaning.phrases import fold_lines, phrase_book
from pipeline.cleaning.shape import shape_of
from schemas.roles import TEXT_ROLES, Role

_ABOVE: Final = 8
"""Blocks above the text in which the headline stands."""
_INTO: Final = 3
"""Blocks of the text that can be it: what was kept as text for want of a headline."""
_LONGEST: Final = 200
"""Characters of the longest headline."""
_PARAGRAPH: Final = 80
"""Characters from which on a block of text says what the text is about."""
_LEAST_LETTERS: Final = 8
_STRONG: Final = 0.9
"""Share of a line's characters in bold face, from which on it is bold."""
_LEAST_SHARE: Final = 0.25
"""Share of a headline's words that stand in the text at the least."""
_LEAST_WORDS: Final = 3
_SHORTEST: Final = 4
"""Letters of the shortest word that is looked for in the text."""
_MOST_LINES: Final = 3
"""Lines of the longest headline."""
_MOST: Final = 200
"""Elements in large letters that are read."""

_TITLE: Final = bits_of(("title",))
_ELSEWHERE: Final = bits_of(
    "comment related latest navigation footer sidebar share subscribe advert consent login".split()
)
_TAKEN: Final = frozenset((Role.DATE, Role.BYLINE, Role.CREDIT, Role.CAPTION, Role.COMMENT))
"""Roles of lines that say something else."""
_LARGE: Final = etree.XPath("//font[@size] | //big | //*[contains(@style, 'font-size')]")
_SIZE: Final = re.compile(r"\+?[4-7]|\+[1-3]")
_STYLED: Final = re.compile(
    r"font-size\s*:\s*(?:(?:1[89]|[2-9]\d)(?:\.\d+)?p[xt]|(?:1\.[3-9]\d*|[2-9](?:\.\d+)?)r?em|"
    r"(?:1[3-9]\d|[2-9]\d\d)%|x{0,2}-?large|larger)"
)
_WORD: Final = re.compile(r"\w+")


def with_shown_headline(
    facts: PageFacts, tree: Any, page: HtmlPage, labels: Sequence[Label]
) -> tuple[PageFacts, Sequence[Label]]:
    """Return the facts without a title that is none, and the labels with the headline marked.

    `tree` is the `html` element of the page. Both come back as they are where the page's data give
    a title, where what the window's title says stands on the page, or where no line above the text
    reads and looks like a headline.
    """
    if facts.title is not None and facts.title.origin != "title":
        return facts, labels
    lines = shown_headline(tree, page, labels, facts.title)
    if not lines:
        return facts, labels
    marked = [
        label._replace(role=Role.OTHER)
        if label.role is Role.HEADLINE and not label.story
        else label
        for label in labels
    ]
    for number in lines:
        marked[number] = Label(Role.HEADLINE, 0, 0.7, "rule: in large letters above the text")
    title = Fact(_said(page, lines), f"block {lines[0]}")
    return replace(facts, title=title), marked


def shown_headline(
    tree: Any, page: HtmlPage, labels: Sequence[Label], title: Fact[str] | None
) -> range:
    """Return the blocks of the headline above the text that `title` does not give, none if none is.

    It is one block, or two or three between which the line breaks.

    A line in large letters goes before one in bold, and among those alike the one nearest to the
    text. It has to say more of the text than the title does, if that has more than two words.
    """
    bounds = bounds_of(labels)
    if bounds is None:
        return range(0)
    head, first, last = bounds
    blocks = page.page.blocks
    named = letters(title.value) if title else ""
    if head is not None and (page.places[head].heading or letters(blocks[head].text) == named):
        return range(0)
    low = max(first - _ABOVE, 0)
    near = [i for i in range(low, min(first + _INTO, last)) if len(blocks[i].text) <= _LONGEST]
    if any(letters(blocks[i].text) == named for i in near):
        return range(0)
    text = {
        word
        for i in range(first, last + 1)
        if labels[i].role in TEXT_ROLES and len(blocks[i].text) > _PARAGRAPH
        for word in _WORD.findall(blocks[i].text.casefold())
    }
    is_short = title is None or len(title.value.split()) < _LEAST_WORDS
    least = 0.0 if title is None or is_short else _share(title.value, text)
    large = _in_large_letters(tree)
    best, best_rank = range(0), 0
    for i in near:
        lines = _broken_line(page, i, large)
        line = _said(page, lines)
        rank = _rank(page, lines, large)
        if rank < max(best_rank, 1) or labels[i].role in _TAKEN or letters(line) in named:
            continue
        if i in best or not _reads_like_a_headline(line):
            continue
        if _share(line, text) >= max(least, _LEAST_SHARE):
            best, best_rank = lines, rank
    return best


def _said(page: HtmlPage, lines: range) -> str:
    return " ".join(page.page.blocks[number].text for number in lines)


def _broken_line(page: HtmlPage, number: int, large: frozenset[str]) -> range:
    """Return a block and those that go on with it in the same element in large letters."""
    element = page.places[number].number
    for end in range(min(number + _MOST_LINES, len(page.places)), number + 1, -1):
        lines = range(number, end)
        together = all(page.places[line].number == element for line in lines)
        if together and letters(_said(page, lines)) in large:
            return lines
    return range(number, number + 1)


def _rank(page: HtmlPage, lines: range, large: frozenset[str]) -> int:
    """Return 3 for a line in large letters, 2 for one that is called a title, 1 for a bold one."""
    place, line = page.places[lines[0]], _said(page, lines)
    meant = place.near | place.inline
    if meant & _ELSEWHERE or place.hidden:
        return 0
    if letters(line) in large or place.heading:
        return 3
    if meant & _TITLE:
        return 2
    return int(place.strong >= _STRONG * len(line.replace(" ", "")) > 0)


def _in_large_letters(tree: Any) -> frozenset[str]:
    """Return what stands in large letters by the page's own markup, as `letters` gives it."""
    found = set()
    for element in islice(_LARGE(tree), _MOST):
        size, style = element.get("size", ""), element.get("style", "")
        if element.tag == "big" or _SIZE.fullmatch(size) or _STYLED.search(style):
            text = "".join(islice(_text_of(element), 50))
            if len(text) <= 2 * _LONGEST:
                found.add(letters(text))
    return frozenset(found)


def _text_of(element: Any) -> Iterator[str]:
    return (str(piece) for piece in element.itertext())


def _reads_like_a_headline(line: str) -> bool:
    """Whether a line is one by its words: no day, name, prompt or phrase of a page."""
    if len(letters(line)) < _LEAST_LETTERS or dated(line) is not None:
        return False
    (folded,) = fold_lines([line])
    if phrase_book().match(folded) is not None or appeal_of(line, folded) is not None:
        return False
    byline = parse_byline(line)
    if byline is not None and byline.marked:
        return False
    shape = shape_of(line)
    return shape.words >= _LEAST_WORDS or not line.isascii()


def _share(line: str, text: set[str]) -> float:
    """Return the share of a line's longer words that stand in the text."""
    words = [word for word in _WORD.findall(line.casefold()) if len(word) >= _SHORTEST]
    return sum(word in text for word in words) / len(words) if words else 0.0
