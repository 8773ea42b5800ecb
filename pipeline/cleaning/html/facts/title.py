"""The title of the page's article, without the site's name around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pipeline.cleaning.html.facts.gather import Gathered
from pipeline.cleaning.html.facts.json_ld import Node, types_of
from pipeline.cleaning.html.facts.site import Site
from pipeline.cleaning.html.facts.values import Fact, letters, tidy_text
from pipeline.cleaning.metadata import without_site
from pipeline.cleaning.page import Page

_LONGEST: Final = 400
_SEPARATOR: Final = re.compile(r" ?(?:[|｜ㅣ]|\|\|) ?| (?:[-–—•·»«:/~]|::) |：| [-–—]$")
_MOST_PARTS: Final = 12
_ANCHORS: Final = " \xa0¶"
"""The sign behind a heading of documentation that links to it."""

_PARTS: Final = re.compile(rf"{_SEPARATOR.pattern}| [*>#›] |_")
"""What else stands between the parts of a window's title."""

_LEAST_LETTERS: Final = 6
_WORD: Final = re.compile(r"\w+")
_LONG: Final = 3
"""Words from which on a part of a title can be a headline."""

_KICKER: Final = 24
"""Letters of the longest kicker that is taken off a heading."""

_LEAST_IN_COMMON: Final = 0.34
"""Share of a heading's words that stand in the page's other titles; a heading with fewer of them is
a site's slogan, a menu or a dialogue."""


def titles_of(gathered: Gathered, own: Sequence[Node]) -> list[Fact[str]]:
    """Return all that the page gives for a title, as it stands.

    Where the page marks parts of its heading as something else, the rest is the headline, unless
    it gives the whole to be shared: `Kicker: headline`.
    """
    found = [Fact(value, origin) for value, origin in gathered.all("og:title")]
    for node in own:
        kind = next(iter(types_of(node)), "")
        for key in ("headline", "name"):
            value = tidy_text(node.get(key), _LONGEST)
            if value is not None:
                found.append(Fact(value, f"json-ld:{kind}.{key}"))
                break
    shared = {letters(fact.value): fact.value for fact in found if ": " in fact.value}
    for text in gathered.headings:
        headline = gathered.headlines.get(text)
        headline = text if headline is None else shared.get(letters(text), headline)
        found.append(Fact(headline.rstrip(_ANCHORS), "h1"))
    found += [Fact(text, "title") for text in gathered.titles[:1]]
    found += [
        Fact(value, origin)
        for value, origin in gathered.all("twitter:title", "dc.title", "citation_title")
    ]
    return [fact for fact in found if len(fact.value) <= _LONGEST and letters(fact.value)]


def title(candidates: Sequence[Fact[str]], site: Site, *, is_news: bool) -> Fact[str] | None:
    """Return the best of the titles that `titles_of` found, without the site's name.

    On pages of news the title that they give to be shared is the headline, as an editor wrote it,
    and the heading on the page often a shorter or newer one with a kicker. On other pages it is
    made for search engines, and the heading is the title; so it is on a page of news whose data
    repeat the heading, and whose title to be shared is that of the window. A heading that has next
    to nothing in common with the other titles is none of the article's.
    """
    keys = {letters(fact.value) for fact in candidates}
    by_place: dict[str, list[Fact[str]]] = {}
    unnamed = [fact for fact in candidates if not site.is_named(fact.value)]
    for fact in unnamed or candidates:
        value = without_name(fact.value, keys - {letters(fact.value)}, site)
        place = "json-ld" if fact.origin.startswith("json-ld") else fact.origin
        by_place.setdefault(place, []).append(Fact(value, fact.origin))
    heading = _heading(by_place)
    if heading is not None:
        by_place["h1"] = [heading]
    else:
        by_place.pop("h1", None)
    first = {place: letters(facts[0].value) for place, facts in by_place.items() if facts}
    shared, shown = first.get("meta:og:title"), first.get("h1")
    if shared == first.get("title") != shown == first.get("json-ld"):
        is_news = False
    order = ("meta:og:title", "json-ld", "h1") if is_news else ("h1", "meta:og:title", "json-ld")
    for place in (*order, "title", "meta:twitter:title", "meta:dc.title", "meta:citation_title"):
        if by_place.get(place):
            return by_place[place][0]
    return None


def _heading(by_place: dict[str, list[Fact[str]]]) -> Fact[str] | None:
    """Return the heading that has most in common with the page's other titles."""
    headings = by_place.get("h1", [])
    others = [fact.value for place, facts in by_place.items() if place != "h1" for fact in facts]
    if not others:
        return headings[0] if headings else None
    words = set(_WORD.findall(" ".join(others).casefold()))
    best, most = None, 0
    for fact in headings:
        mine = set(_WORD.findall(fact.value.casefold()))
        common = len(mine & words)
        if common > max(most, _LEAST_IN_COMMON * len(mine)) and not _is_kicker(fact.value, others):
            best, most = fact, common
    if best is None:
        return None
    return _without_kicker(best, others)


def _is_kicker(heading: str, others: Collection[str]) -> bool:
    """Whether a heading of one or two words is but the beginning of another title."""
    key = letters(heading)
    return not _is_long(heading) and any(
        letters(other).startswith(key) and len(letters(other)) >= 2 * len(key) for other in others
    )


def _is_long(text: str) -> bool:
    return len(_WORD.findall(text)) >= _LONG


def _without_kicker(heading: Fact[str], others: Collection[str]) -> Fact[str]:
    """Return a heading as another title writes it, where that is its end.

    `Sport Late goal wins the cup` is `Late goal wins the cup` when a title says so.
    """
    key = letters(heading.value)
    if key in map(letters, others):
        return heading
    for other in others:
        end = letters(other)
        kicker = key.removesuffix(end)
        if (
            key.endswith(end)
            and 0 < len(kicker) <= _KICKER
            and kicker.isalpha()
            and _is_long(other)
        ):
            return Fact(other, heading.origin)
    return heading


def without_name(title: str, others: Collection[str], site: Site) -> str:
    """Return a title without the site's and the section's name before or behind it.

    `others` are the page's other titles as `letters` gives them: what is left must be one of them,
    or the part that goes must be the site's name.
    """
    for head, tail in _cuts(title):
        if letters(head) in others and (len(head) >= len(tail) or _is_long(head)):
            return head
        if (
            letters(tail) in others
            and (site.resembles(head) or "|" in title)
            and _is_long(tail)
            and not site.is_named(tail)
        ):
            return tail
    shorter = True
    while shorter:
        shorter = False
        cuts = list(_cuts(title))
        if cuts and cuts[-1][0] and site.resembles(cuts[-1][1]):
            title, shorter = cuts[-1][0], True
        elif cuts and cuts[0][1] and site.is_named(cuts[0][0]):
            title, shorter = cuts[0][1], True
    head = title.rpartition("-")[0]
    return head if letters(head) in others else without_site(title)


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before and behind each separator, from the left."""
    for number, found in enumerate(_SEPARATOR.finditer(title)):
        if number == _MOST_PARTS:
            return
        yield title[: found.start()].strip(), title[found.end() :].strip()


def shown_title(title: Fact[str] | None, page: Page) -> Fact[str] | None:
    """Return the part of a window's title that stands on the page as a block of its own.

    `The Bugle - News - Ferry resumes` on a page with the line `Ferry resumes` is that line. Titles
    of other origins are returned as they are.
    """
    if title is None or title.origin != "title":
        return title
    ends = [(0, 0), *((cut.start(), cut.end()) for cut in _PARTS.finditer(title.value))]
    ends = [*ends[: _MOST_PARTS + 1], (len(title.value),) * 2]
    parts = {
        letters(part): part
        for i, (_, begin) in enumerate(ends[:-1])
        for end, _ in ends[i + 1 :]
        if len(letters(part := title.value[begin:end].strip())) >= _LEAST_LETTERS
    }
    shown = parts.keys() & {
        letters(block.text) for block in page.blocks if len(block.text) <= _LONGEST
    }
    best = max(sorted(shown), key=len, default="")
    return Fact(parts[best], title.origin) if best and _is_headline(parts[best]) else title


def _is_headline(part: str) -> bool:
    """Whether a part of a title has some words, as far as its script sets them apart."""
    return _is_long(part) or not part.isascii()
