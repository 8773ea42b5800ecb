"""JSON-LD as pages write it."""

from __future__ import annotations

import pytest

from pipeline.cleaning.html.facts.json_ld import read
from pipeline.cleaning.html.facts.own_article import address_key, own_articles

PLAIN = '{"@type": "Article", "headline": "A"}'


@pytest.mark.parametrize(
    "script",
    [
        PLAIN,
        f"\n {PLAIN} ;",
        f"<!-- {PLAIN} -->",
        f"//<![CDATA[\n{PLAIN}\n//]]>",
        f"/*<![CDATA[*/{PLAIN}/*]]>*/",
        '{"@type": "Article", "headline": "A",}',
        '{"@type": "Article", "headline": "A", "keywords": ["a", ],}',
        '{"@type": "Article", "headline": "A", "description": "one\ntwo\ttabbed"}',
        r'{"@type": "Article", "headline": "A", "description": "it\'s"}',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;A&quot;}",
        f"[{PLAIN}]",
        f"[[{PLAIN}]]",
        '{"@graph": [' + PLAIN + "]}",
        '{"@type": "WebPage", "mainEntity": ' + PLAIN + "}",
        '{"@type": "https://schema.org/Article", "headline": "A"}',
        '{"@type": ["Thing", "Article"], "headline": "A"}',
        f"{PLAIN} {PLAIN}",
    ],
)
def test_what_is_forgiven(script: str) -> None:
    (own,) = own_articles(read([script]), (), ())
    assert own["headline"] == "A"


@pytest.mark.parametrize("script", ["", "{", "nothing", '{"@type": "Article"', "null", "1", '"a"'])
def test_what_is_not(script: str) -> None:
    assert read([script]).things == ()


def test_the_own_article_is_the_one_with_the_page_s_address() -> None:
    things = [
        '{"@type": "Article", "headline": "Other", "url": "https://a.example/other"}',
        '{"@type": "Article", "headline": "Own", '
        '"mainEntityOfPage": {"@id": "http://www.a.example/own/?utm=1"}}',
    ]
    found = read(things)
    addresses = {address_key("https://a.example/own")}
    assert [own["headline"] for own in own_articles(found, addresses, ())] == ["Own"]
    assert [own["headline"] for own in own_articles(found, (), {"own"})] == ["Own"]
    assert [own["headline"] for own in own_articles(found, (), ())] == ["Other"]


def test_an_article_of_a_list_is_not_the_page_s_own() -> None:
    found = read(['{"@type": "ItemList", "itemListElement": [' + PLAIN + "]}"])
    assert own_articles(found, (), ()) == ()
    assert len(own_articles(found, (), {"a"})) == 1


def test_a_box_about_a_claim_comes_behind_the_article() -> None:
    claim = '{"@type": "ClaimReview", "url": "https://a.example/own"}'
    found = read([claim, PLAIN.replace("}", ', "url": "https://a.example/own"}')])
    own = own_articles(found, {"a.example/own"}, ())
    assert [node["@type"] for node in own] == ["Article", "ClaimReview"]
