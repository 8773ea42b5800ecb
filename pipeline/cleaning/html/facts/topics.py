"""Section, keywords, language and summary, as the page gives them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from pipeline.cleaning.html.facts.gather import Gathered
from pipeline.cleaning.html.facts.json_ld import Descriptions, Node
from pipeline.cleaning.html.facts.site import Site
from pipeline.cleaning.html.facts.values import MOST_VALUES, Fact, letters, tidy_text

_LONGEST_SECTION: Final = 40
_LONGEST_KEYWORD: Final = 80
_SPLIT: Final = re.compile(r"\s*[,;|、，؛]\s*")
_NOT_A_SECTION: Final = frozenset(
    "home homepage start startseite accueil inicio início principal hem forside etusivu strona "
    "главная 首页 首頁 ホーム トップ 홈 news article articles artikel blog blogs tags tag "
    "uncategorized uncategorised allgemein featured topstories topstory headlines posts story "
    "stories none null undefined default index content main all latest".split()
)
_MACHINE_MADE: Final = re.compile(
    r"[\da-f]{8}-[\da-f-]{27}|[\w-]+:[\w-].*|[A-Z]\w+ Category: .*|.*\bCategory: .*|\W*"
)
_LANGUAGE: Final = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", re.I)
_NO_LANGUAGE: Final = frozenset(("und", "mul", "zxx", "mis"))
_CUT_OFF: Final = ("…", "...", "[…]", "[...]", "(...)", "(…)")


def section(
    gathered: Gathered, own: Sequence[Node], found: Descriptions, site: Site, titles: Container[str]
) -> Fact[str] | None:
    """Return the section: `articleSection`, meta elements, else the breadcrumbs' last level.

    `titles` are the page's titles as `letters` gives them. A slug such as `public-health` is no
    label, but better than none: other values go first.
    """
    facts = [
        *_strings(own, "articleSection"),
        *(
            Fact(value, origin)
            for value, origin in gathered.all(
                "article:section",
                "parsely-section",
                "section",
                "sailthru.section",
                "dc.subject.section",
                "prism.section",
                "og:section",
            )
        ),
        *_breadcrumbs(found),
    ]
    taken = [
        fact
        for fact in facts
        if len(fact.value) <= _LONGEST_SECTION
        and letters(fact.value) not in _NOT_A_SECTION
        and letters(fact.value) not in titles
        and not site.is_named(fact.value)
        and "://" not in fact.value
    ]
    labels = [fact for fact in taken if not is_slug(fact.value)]
    return next(iter(labels or taken), None)


def is_slug(value: str) -> bool:
    """Whether a section is given as in an address, not as a reader sees it."""
    return value.islower() and value.isascii()


def _strings(nodes: Sequence[Node], key: str) -> Iterator[Fact[str]]:
    for node in nodes:
        values = node.get(key)
        for value in values[:MOST_VALUES] if isinstance(values, list) else [values]:
            text = tidy_text(value)
            if text is not None:
                yield Fact(text, f"json-ld:{key}")


def _breadcrumbs(found: Descriptions) -> Iterator[Fact[str]]:
    """Yield the names of a list of breadcrumbs from its end."""
    for thing in found.things:
        if "BreadcrumbList" not in thing.types:
            continue
        names: list[str] = []
        entries = thing.node.get("itemListElement")
        for entry in entries[:MOST_VALUES] if isinstance(entries, list) else ():
            if not isinstance(entry, dict):
                continue
            item = entry.get("item")
            name = entry.get("name") or (item.get("name") if isinstance(item, dict) else None)
            text = tidy_text(name)
            if text is not None:
                names.append(text)
        # The last one is the page itself, or, where the page is left out, the section.
        yield from (Fact(name, "json-ld:BreadcrumbList") for name in reversed(names[1:]))
        return


def keywords(gathered: Gathered, own: Sequence[Node], site: Site) -> Fact[tuple[str, ...]] | None:
    """Return the keywords of the first place that gives any, once each.

    Identifiers and codes that machines put there are left out.
    """
    places: list[tuple[str, list[str]]] = [
        ("json-ld:keywords", [fact.value for fact in _keyword_nodes(own)]),
    ]
    for name in ("article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords"):
        places.append((f"meta:{name}", gathered.meta.get(name, [])))
    places.append(("itemprop:keywords", gathered.itemprops.get("keywords", [])))
    for origin, values in places:
        words: dict[str, str] = {}
        for value in values:
            for part in _SPLIT.split(value):
                if (
                    0 < len(part) <= _LONGEST_KEYWORD
                    and not _MACHINE_MADE.fullmatch(part)
                    and not site.is_named(part)
                ):
                    words.setdefault(part.casefold(), part)
        if words:
            return Fact(tuple(words.values())[:MOST_VALUES], origin)
    return None


def _keyword_nodes(own: Sequence[Node]) -> Iterator[Fact[str]]:
    for node in own:
        values = node.get("keywords")
        for value in values[:MOST_VALUES] if isinstance(values, list) else [values]:
            text = tidy_text(value.get("name") if isinstance(value, dict) else value)
            if text is not None:
                yield Fact(text, "json-ld:keywords")


def language(gathered: Gathered, own: Sequence[Node]) -> Fact[str] | None:
    """Return the ISO 639 code of the language that the page declares, in lower case."""
    facts = [
        *_strings(own, "inLanguage"),
        Fact(gathered.language or "", "html[lang]"),
        *(
            Fact(value, origin)
            for value, origin in gathered.all("og:locale", "content-language", "dc.language")
        ),
    ]
    for fact in facts:
        found = _LANGUAGE.fullmatch(fact.value.strip())
        if found is not None and found[1].lower() not in _NO_LANGUAGE:
            return Fact(found[1].lower(), fact.origin)
    return None


def description(gathered: Gathered, own: Sequence[Node], title: str | None) -> Fact[str] | None:
    """Return the summary of the article, unless it is cut off, the title, or no sentence."""
    facts = [
        *_strings(own, "description"),
        *_strings(own, "alternativeHeadline"),
        *(
            Fact(value, origin)
            for value, origin in gathered.all("og:description", "description", "dc.description")
        ),
    ]
    for fact in facts:
        value = fact.value
        if (
            len(value) >= _LEAST_SUMMARY
            and not value.endswith(_CUT_OFF)
            and letters(value) != letters(title or "")
        ):
            return fact
    return None


_LEAST_SUMMARY: Final = 20
"""Characters of the shortest summary."""
