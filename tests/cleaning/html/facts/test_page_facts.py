"""The facts of whole pages: what they find, what they leave alone, and what they survive."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from pipeline.cleaning.html.facts import PageFacts, page_facts
from pipeline.cleaning.html.facts.json_ld import MOST_CHARACTERS
from pipeline.cleaning.html.parse import parse_html

from .pages import URL, article, facts, json_ld, meta, page, value


def test_a_page_that_says_nothing_has_no_facts_but_its_address() -> None:
    found = page_facts(parse_html("<html><body><p>Text</p></body></html>"), None)
    assert found == PageFacts()


def test_a_page_that_says_all() -> None:
    found = facts(
        json_ld(
            article(
                headline="Bridge closed today",
                author={"@type": "Person", "name": "Ann Lee"},
                datePublished="2024-05-06T08:00:00+02:00",
                dateModified="2024-05-06T09:00:00+02:00",
                publisher={"@type": "Organization", "name": "The Bugle"},
                articleSection="Traffic",
                keywords=["bridge", "lorries"],
                image={"@type": "ImageObject", "url": "/b.jpg", "caption": "The bridge"},
                description="A crack closes the iron bridge for a year.",
                inLanguage="en-GB",
                articleBody="The bridge is closed. " * 10,
            )
        )
        + '<link rel="canonical" href="/2024/05/06/bridge">'
        + meta(og__type="article")
    )
    assert value(found.title) == "Bridge closed today"
    assert value(found.authors) == ("Ann Lee",)
    assert value(found.date_published) == "2024-05-06T08:00:00+02:00"
    assert value(found.date_modified) == "2024-05-06T09:00:00+02:00"
    assert value(found.site_name) == "The Bugle"
    assert value(found.section) == "Traffic"
    assert value(found.keywords) == ("bridge", "lorries")
    assert value(found.language) == "en"
    assert value(found.canonical_url) == "https://www.bugle.example/2024/05/06/bridge"
    assert found.images is not None
    (image,) = found.images.value
    assert (image.url, image.caption) == ("https://www.bugle.example/b.jpg", "The bridge")
    assert found.article_body is not None
    assert found.types == ("NewsArticle", "og:article")
    assert found.title is not None
    assert found.title.origin == "json-ld:NewsArticle.headline"


def test_microdata_says_what_a_page_is() -> None:
    body = '<div itemscope itemtype="http://schema.org/DiscussionForumPosting"><p>Text</p></div>'
    assert facts("", body).types == ("DiscussionForumPosting",)


def test_the_tree_is_not_changed() -> None:
    tree = parse_html(page(meta(og__title="A title of some words"), "<h1>A title</h1>"))
    before = etree.tostring(tree)
    page_facts(tree, URL)
    assert etree.tostring(tree) == before


@pytest.mark.parametrize(
    ("canonical", "found"),
    [
        ("/a", "https://www.bugle.example/a"),
        ("https://bugle.example/a?b=1", "https://bugle.example/a?b=1"),
        ("https://bugle.example/", None),
        ("javascript:alert(1)", None),
        ("ftp://bugle.example/a", None),
        ("https://[broken", None),
        ("https://bugle.example/a b", None),
        ("https://bugle.example/" + "a" * 3000, None),
    ],
)
def test_the_canonical_address(canonical: str, found: str | None) -> None:
    assert value(facts(f'<link rel="canonical" href="{canonical}">').canonical_url) == found


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                "@graph @id @type author name headline datePublished dateModified image url "
                "keywords articleSection publisher mainEntityOfPage mainEntity itemListElement "
                "inLanguage description articleBody creditText item".split()
            )
            | st.text(max_size=5),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(
    _JSON,
    st.sampled_from(["NewsArticle", "WebPage", "BreadcrumbList", "Organization", ["Article"], 1]),
)
def test_arbitrary_json_ld_never_raises(thing: Any, kind: Any) -> None:
    if isinstance(thing, dict):
        thing = {"@type": kind, **thing}
    found = facts(f'<script type="application/ld+json">{json.dumps(thing)}</script>')
    assert isinstance(found, PageFacts)


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=50))
def test_arbitrary_scripts_and_values_never_raise(script: str, word: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    names = ("og:title", "author", "date", "keywords", "article:section", "og:image")
    head += "".join(f'<meta name="{name}" content="{word}">' for name in names)
    assert isinstance(facts(head, f'<h1>{word}</h1><p class="byline">{word}</p>'), PageFacts)


@pytest.mark.parametrize(
    "head",
    [
        f'<script type="application/ld+json">["{"a" * 10_000_000}"]</script>',
        f'<script type="application/ld+json">{"[" * 100_000}</script>',
        '<script type="application/ld+json">' + '{"@graph":' * 50_000 + "1" + "}" * 50_000,
        f'<script type="application/ld+json">{"9" * 1_000_000}</script>',
        f'<script type="application/ld+json">{",}" * 500_000}</script>',
        '<meta name="author" content="Ann Lee, Bo Ek">' * 50_000,
        f'<meta name="author" content="{"A " * 500_000}">',
        f'<meta name="author" content="{"Ann Lee, " * 200}">',
        f'<meta property="og:title" content="{"a | " * 100}">',
        f"<title>{'&lt;' * 100_000}</title>",
        '<meta name="author" content="Ann\x00Lee">',
        "<h1>" * 200,
        f'<time datetime="{"1" * 100_000}"></time>' * 10,
    ],
    ids=range(13),
)
def test_hostile_pages(head: str) -> None:
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    tree = document_fromstring(page(head).encode(), parser=parser)
    assert isinstance(page_facts(tree, URL), PageFacts)


def test_a_script_that_is_too_long_costs_only_itself() -> None:
    long = f'<script type="application/ld+json">"{"a" * MOST_CHARACTERS}"</script>'
    assert value(facts(long + json_ld(article(author="Ann Lee"))).authors) == ("Ann Lee",)


def test_lone_surrogates_are_replaced() -> None:
    found = facts(
        '<script type="application/ld+json">'
        r'{"@type": "Article", "headline": "A \ud800 title of words"}</script>'
    )
    assert value(found.title) == "A ? title of words"
