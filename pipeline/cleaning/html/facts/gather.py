"""One pass over the tree for the elements that carry metadata."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pipeline.cleaning.html.facts.kickers import headline_in
from pipeline.cleaning.html.facts.values import LONGEST_TEXT, MOST_VALUES, tidy_text

_MOST_META: Final = 2_000
"""Meta elements that are looked at. The development pages have 250 at most."""

_MOST_HEADINGS: Final = 20
_MOST_TIMES: Final = 200
_LONGEST_NAME: Final = 80

_INLINE: Final = frozenset("a abbr b bdi em font i mark s small strong sub sup u wbr".split())
_HIDDEN: Final = frozenset("script style svg template noscript".split())

_PREFIXES: Final = (
    ("http://ogp.me/ns/article#", "article:"),
    ("http://ogp.me/ns#", "og:"),
    ("og:article:", "article:"),
)
"""Ways of writing the names of OpenGraph that mean the usual ones."""


@dataclass(slots=True)
class Gathered:
    """What the facts are made from, in the order of the page.

    Values of meta elements stand under their name in lower case: those with `name` or
    `property` in `meta`, those with `itemprop` in `itemprops`. `json_ld` are the texts of the
    scripts. `headlines` gives the headline of a heading that holds more than it, by its text.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    itemprops: dict[str, list[str]] = field(default_factory=dict)
    json_ld: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    headlines: dict[str, str] = field(default_factory=dict)
    times: list[Any] = field(default_factory=list)
    canonical: str | None = None
    base: str | None = None
    language: str | None = None

    def all(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield the values of meta elements and the name of each, in the order of the names."""
        for name in names:
            for value in self.meta.get(name, ()):
                yield value, f"meta:{name}"


def gather(tree: Any) -> Gathered:
    """Return what a page's head and body hold of metadata. The tree is not changed."""
    found = Gathered(language=tree.get("lang") or tree.get("xml:lang"))
    metas = 0
    for element in tree.iter("meta", "script", "link", "title", "h1", "time", "base"):
        match element.tag:
            case "meta":
                metas += 1
                if metas <= _MOST_META:
                    _meta(element, found)
            case "script":
                kind = element.get("type") or ""
                if "ld+json" in kind.lower() and element.text:
                    found.json_ld.append(element.text)
            case "link":
                if found.canonical is None and "canonical" in (element.get("rel") or "").split():
                    found.canonical = element.get("href")
            case "title":
                _text_of(element, found.titles)
            case "h1":
                _heading(element, found)
            case "time":
                if len(found.times) < _MOST_TIMES:
                    found.times.append(element)
            case "base":
                found.base = found.base or element.get("href")
    return found


def _meta(element: Any, found: Gathered) -> None:
    content = tidy_text(element.get("content"))
    if content is None:
        return
    for attribute, into in (
        ("property", found.meta),
        ("name", found.meta),
        ("itemprop", found.itemprops),
    ):
        name = element.get(attribute)
        if name is None or len(name) > _LONGEST_NAME:
            continue
        name = name.strip().lower()
        for long, short in _PREFIXES:
            if name.startswith(long):
                name = short + name.removeprefix(long)
        values = into.setdefault(name, [])
        if len(values) < MOST_VALUES and content not in values:
            values.append(content)


def inner_text(element: Any, longest: int = 4 * LONGEST_TEXT) -> str:
    """Return the text inside an element, a space wherever it is not all one run of words.

    No more than `longest` characters are looked at.
    """
    parts: list[str] = [element.text or ""]
    size = len(parts[0])
    for inner in element.iterdescendants():
        if size > longest:
            break
        if inner.tag in _HIDDEN or not isinstance(inner.tag, str):
            parts.append(inner.tail or "")
            continue
        gap = "" if inner.tag in _INLINE else " "
        parts += (gap, inner.text or "", gap, inner.tail or "")
        size += len(inner.text or "") + len(inner.tail or "")
    return "".join(parts)


def _heading(element: Any, found: Gathered) -> None:
    text, headline = tidy_text(inner_text(element)), tidy_text(headline_in(element))
    if text and headline and len(found.headings) < _MOST_HEADINGS:
        found.headlines.setdefault(text, headline)
    _text_of(element, found.headings)


def _text_of(element: Any, into: list[str]) -> None:
    if len(into) >= _MOST_HEADINGS:
        return
    text = tidy_text(inner_text(element))
    if text is not None and text not in into:
        into.append(text)
