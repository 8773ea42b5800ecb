"""What a page says about its article in its head, its JSON-LD and its byline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from lxml import etree

from pipeline.cleaning.html.facts import topics
from pipeline.cleaning.html.facts.article_body import article_body
from pipeline.cleaning.html.facts.authors import authors, byline, organisations, signed_by_site
from pipeline.cleaning.html.facts.gather import Gathered, gather
from pipeline.cleaning.html.facts.json_ld import Descriptions, Node, read
from pipeline.cleaning.html.facts.moments import modified, published
from pipeline.cleaning.html.facts.own_article import address_key, own_articles, own_page
from pipeline.cleaning.html.facts.pictures import lead_images
from pipeline.cleaning.html.facts.site import Site, site_name
from pipeline.cleaning.html.facts.title import title, titles_of
from pipeline.cleaning.html.facts.values import Fact, absolute_url, letters
from schemas.article import Image

_MOST_TYPES: Final = 50
_ITEM_TYPES: Final = etree.XPath("//@itemtype", smart_strings=False)

Strings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says about its own article, each value with its origin; None where it is silent.

    Origins name the place: `json-ld:NewsArticle.headline`, `json-ld:author`, `meta:og:title`, `h1`,
    `title`, `byline:span` (an element that is marked as one), `time[datetime]`, `url`,
    `link[rel=canonical]`, `html[lang]`.

    `authors` are persons, `agencies` news agencies; `organisations` are what the page's data name
    as the author where that is no person and no desk. Dates are ISO 8601 as `schemas.article` takes
    them. `language` is what the page declares. `base` is the address that relative links start
    from. `article_body` is the article's text as JSON-LD gives it. `types` are the types of all
    that JSON-LD and microdata describe, and `og:` with the page's type of OpenGraph.
    """

    title: Fact[str] | None = None
    authors: Fact[Strings] | None = None
    agencies: Fact[Strings] | None = None
    organisations: Fact[Strings] | None = None
    date_published: Fact[str] | None = None
    date_modified: Fact[str] | None = None
    description: Fact[str] | None = None
    section: Fact[str] | None = None
    keywords: Fact[Strings] | None = None
    language: Fact[str] | None = None
    canonical_url: Fact[str] | None = None
    site_name: Fact[str] | None = None
    images: Fact[tuple[Image, ...]] | None = None
    base: str | None = None
    article_body: str | None = None
    types: Strings = ()


def page_facts(tree: Any, url: str | None) -> PageFacts:
    """Return what a page says about its article. Pure; the tree is not changed.

    `tree` is the `html` element of a page as `parse_html` gives it, `url` the page's address where
    it is known. Hostile pages cost no more than bounded work: see the limits of `gather`,
    `json_ld` and `values`.
    """
    gathered = gather(tree)
    found = read(gathered.json_ld)
    canonical = _canonical(gathered, url)
    base = absolute_url(gathered.base, url) or url or (canonical and canonical.value)
    addresses = {address_key(a) for a in (url, canonical and canonical.value) if a}
    headings = [*gathered.headings, *gathered.meta.get("og:title", ())]
    own = own_articles(found, addresses, {letters(text) for text in headings} - {""})
    page = own_page(found)
    names = tuple(site_name(gathered, own, found))
    site = Site([fact.value for fact in names], url or (canonical and canonical.value))
    titles = titles_of(gathered, own)
    headline = title(titles, site, is_news=_is_news(gathered, own))
    persons, agencies = authors(gathered, own, page, found, site)
    firms = None if persons else organisations(gathered, own, page, found)
    if persons is None:
        persons = byline(tree, site, with_boxes=firms is None)
    if persons is None and firms is None:
        firms = signed_by_site(tree, site)
    day = published(tree, gathered, own, page, url)
    given = headline and headline.value
    return PageFacts(
        title=headline,
        authors=persons,
        agencies=agencies,
        organisations=firms,
        date_published=day,
        date_modified=modified(gathered, own, page, day and day.value),
        description=topics.description(gathered, own, given),
        section=topics.section(gathered, own, found, site, {letters(t.value) for t in titles}),
        keywords=topics.keywords(gathered, own, site),
        language=topics.language(gathered, own),
        canonical_url=canonical,
        site_name=names[0] if names else None,
        images=lead_images(gathered, own, found, base),
        base=base,
        article_body=article_body(own),
        types=_types(tree, gathered, found),
    )


def _canonical(gathered: Gathered, url: str | None) -> Fact[str] | None:
    """Return the address that the page gives itself; a site's front page is no article's."""
    candidates = [(gathered.canonical, "link[rel=canonical]"), *gathered.all("og:url")]
    for value, origin in candidates:
        address = absolute_url(value, url)
        if address is not None and (_path(address) or not _path(url)):
            return Fact(address, origin)
    return None


def _path(url: str | None) -> str:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return parts.path.strip("/") + parts.query


def _is_news(gathered: Gathered, own: Sequence[Node]) -> bool:
    return "news_keywords" in gathered.meta or any(
        "news" in str(node.get("@type")).casefold() for node in own
    )


def _types(tree: Any, gathered: Gathered, found: Descriptions) -> Strings:
    names = [name for thing in found.things for name in thing.types]
    names += [
        value.rstrip("/").rpartition("/")[2][:60] for value in _ITEM_TYPES(tree)[:_MOST_TYPES]
    ]
    shared = [f"og:{value}" for value in gathered.meta.get("og:type", ())[:2] if len(value) <= 60]
    return tuple(dict.fromkeys((*names, *shared)))[:_MOST_TYPES]
