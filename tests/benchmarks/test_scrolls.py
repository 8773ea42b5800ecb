import lxml.html

from benchmarks.scrolls import element_of, pairs_of, scroll_of
from tests.cleaning.html.made import BRIDGE, WHALE, page, story

BRIDGE_GOLD = {"title": "City closes the old bridge", "body": "\n".join(BRIDGE)}
WHALE_GOLD = {"title": "Whale leaves the harbour", "body": "\n".join(WHALE)}
PAGES = (
    page(story("City closes the old bridge", BRIDGE)),
    page(story("Whale leaves the harbour", WHALE)),
)


def test_the_element_of_an_article_holds_headline_and_body() -> None:
    tree = lxml.html.document_fromstring(PAGES[0])
    assert element_of(tree, BRIDGE_GOLD["title"], BRIDGE_GOLD["body"]).tag == "article"


def test_an_article_that_is_not_there_has_no_element() -> None:
    tree = lxml.html.document_fromstring(PAGES[0])
    assert element_of(tree, WHALE_GOLD["title"], WHALE_GOLD["body"]) is None
    assert element_of(tree, BRIDGE_GOLD["title"], WHALE_GOLD["body"]) is None


def test_a_scroll_holds_both_articles_side_by_side_and_the_first_page_around_them() -> None:
    markup = scroll_of(*PAGES, (BRIDGE_GOLD, WHALE_GOLD), as_h2=False)
    assert markup is not None
    tree = lxml.html.document_fromstring(markup)
    assert [head.text for head in tree.xpath("//main/article/h1")] == [
        "City closes the old bridge",
        "Whale leaves the harbour",
    ]
    assert len(tree.xpath("//footer")) == 1


def test_the_later_headline_can_be_a_level_lower() -> None:
    markup = scroll_of(*PAGES, (BRIDGE_GOLD, WHALE_GOLD), as_h2=True)
    assert markup is not None
    assert markup.count("<h1>") == markup.count("<h2>") == 1


def test_what_cannot_be_found_makes_no_scroll() -> None:
    assert scroll_of(*PAGES, (WHALE_GOLD, BRIDGE_GOLD), as_h2=False) is None


def test_pairs_are_of_one_publisher() -> None:
    rows = [
        {"url": url}
        for url in ("https://a.example.org/1", "https://b.net/1", "https://www.example.org/2")
    ]
    assert pairs_of(rows) == [(rows[0], rows[2], False), (rows[0], rows[2], True)]
