"""Which of the articles that a page describes is the page's own."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final
from urllib.parse import unquote, urlsplit

from pipeline.cleaning.html.facts.json_ld import Described, Descriptions, Node
from pipeline.cleaning.html.facts.values import letters, tidy_text

_ARTICLES: Final = frozenset(
    "article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
    "askpublicnewsarticle backgroundnewsarticle reviewnewsarticle advertisercontentarticle "
    "satiricalarticle scholarlyarticle medicalscholarlyarticle techarticle apireference "
    "report blogposting liveblogposting socialmediaposting discussionforumposting review "
    "claimreview criticreview howto recipe interview".split()
)
"""Types of schema.org that are an article or as good as one."""

_PAGES: Final = frozenset("webpage itempage aboutpage medicalwebpage qapage faqpage".split())


def own_articles(
    found: Descriptions, addresses: Container[str], titles: Container[str]
) -> tuple[Node, ...]:
    """Return the descriptions of the page's own article, the best first; empty when none is.

    Chosen are those whose address is one of the page's `addresses` (see `address_key`); without
    one, those whose headline is one of the `titles` (see `letters`); without one, the first that
    stands in no list.
    """
    articles = [thing for thing in found.things if _is_a(thing, _ARTICLES)]
    by_address = [a for a in articles if any(k in addresses for k in _addresses(a.node))]
    by_title = [a for a in articles if _headline(a.node) in titles]
    own = by_address or by_title
    if not own:
        own = [a for a in articles if not a.listed][:1]
    # A review or a recipe is often a box inside the article.
    own.sort(key=lambda a: (a.listed, "headline" not in a.node, not _is_news(a)))
    return tuple(a.node for a in own)


def own_page(found: Descriptions) -> Node | None:
    """Return the first description of the page itself, as plugins for blogs give it."""
    return next((t.node for t in found.things if _is_a(t, _PAGES) and not t.listed), None)


def address_key(address: str) -> str:
    """Return an address without scheme, `www.`, query, fragment and closing slash, to compare."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = parts.netloc.casefold().removeprefix("www.")
    path = unquote(parts.path).rstrip("/").removesuffix("/amp").casefold()
    return f"{host}{path}" if path else host


def _is_a(thing: Described, kinds: Container[str]) -> bool:
    return any(kind.casefold() in kinds for kind in thing.types)


def _is_news(thing: Described) -> bool:
    return any(k.casefold().endswith(("article", "posting")) for k in thing.types)


def _headline(node: Node) -> str:
    return letters(tidy_text(node.get("headline") or node.get("name")) or "")


def _addresses(node: Node) -> Iterator[str]:
    page = node.get("mainEntityOfPage")
    for value in (
        node.get("url"),
        node.get("@id"),
        *((page.get("@id"), page.get("url")) if isinstance(page, dict) else (page,)),
    ):
        if isinstance(value, str) and value:
            yield address_key(value)
