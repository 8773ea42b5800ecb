"""Which title is the article's, and what is taken off it."""

from __future__ import annotations

import pytest

from pipeline.cleaning.html.facts.title import shown_title
from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.page import page_from_text

from .pages import article, facts, json_ld, meta, value

NEWS = {"headline": "Iron bridge closed after cracks were found"}


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Bridge closed today - The Bugle", {"og__site_name": "The Bugle"}),
        ("Bridge closed today | Bugle", {"og__site_name": "The Bugle"}),
        ("Bridge closed today – BUGLE.example", {"og__site_name": "bugle.example"}),
        ("Bridge closed today - Traffic - The Bugle", {"og__title": "Bridge closed today"}),
        ("Bridge closed today | bugle", {}),
        ("Bugle | Bridge closed today", {}),
        ("Bridge closed today：Bugle", {}),
        ("Bridge closed today-Traffic", {"og__title": "Bridge closed today"}),
        ("Bridge closed today | Ferries and Roads", {}),
    ],
)
def test_what_is_no_part_of_a_title(title: str, names: dict[str, str]) -> None:
    assert value(facts(f"<title>{title}</title>{meta(**names)}").title) == "Bridge closed today"


@pytest.mark.parametrize(
    "title",
    [
        "Bridge closed - and what comes next",
        "Over the bridge: a history",
        "A | B",
        "Bridge closed | the long story of how it came to this and what is next",
    ],
)
def test_what_is_part_of_a_title(title: str) -> None:
    assert value(facts(f"<title>{title}</title>").title) == title


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        # A page of news: what is to be shared.
        (
            json_ld(article(**NEWS)) + meta(og__title="Cracks close the old iron bridge"),
            "<h1>Iron bridge closed</h1>",
            "Cracks close the old iron bridge",
        ),
        # Data and heading agree, against window and share.
        (
            json_ld(article(**NEWS))
            + meta(og__title="Bridge closed: all you need to know")
            + "<title>Bridge closed: all you need to know</title>",
            f"<h1>{NEWS['headline']}</h1>",
            NEWS["headline"],
        ),
        # Other pages: the heading.
        (
            meta(og__title="Bridges of the town: the ten best"),
            "<h1>The ten best bridges of the town</h1>",
            "The ten best bridges of the town",
        ),
        # A heading that is none of the article's.
        (
            meta(og__title="Ten bridges of the town"),
            "<h1>Subscribe to our letters</h1><h1>Menu</h1>",
            "Ten bridges of the town",
        ),
        # The heading that has most in common with the others.
        (
            "<title>Ten bridges of the town</title>",
            "<h1>The town</h1><h1>Ten fine bridges of the town</h1>",
            "Ten fine bridges of the town",
        ),
        # A kicker inside the heading.
        (
            "<title>Late goal wins the cup</title>",
            "<h1><span>Sport</span>Late goal wins the cup</h1>",
            "Late goal wins the cup",
        ),
        ("", "<h1>Only a heading</h1>", "Only a heading"),
        ("", "<h1>How to build a bridge¶</h1>", "How to build a bridge"),
        ("<title>&amp;amp; so on and on</title>", "", "& so on and on"),
        ("<title> \n </title>", "", None),
    ],
)
def test_which_title(head: str, body: str, title: str | None) -> None:
    assert value(facts(head, body).title) == title


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("The Harbour Bugle - Iron bridge closed to lorries", "Iron bridge closed to lorries"),
        ("Bugle 102 FM * What the mill whistle meant", "What the mill whistle meant"),
        ("El Eco - 3/10/2007 - El maestro de la villa", "El maestro de la villa"),
        ("市政府启动河道治理行动_新闻中心_云汀市", "市政府启动河道治理行动"),
        ("Iron bridge - a short history - Bugle", "Iron bridge - a short history"),
    ],
)
def test_the_part_of_a_window_s_title_that_the_page_shows(title: str, line: str) -> None:
    page = page_from_text(f"Menu\n{line}\nThe bridge is closed.")
    assert value(shown_title(Fact(title, "title"), page)) == line


@pytest.mark.parametrize(
    ("title", "line", "origin"),
    [
        ("Iron bridge closed - Bugle", "Another line", "title"),
        ("Traffic news - Iron bridge closed today", "Traffic news", "title"),
        ("Bugle - Iron bridge closed to lorries", "Iron bridge closed to lorries", "meta:og:title"),
    ],
)
def test_other_titles_stay_as_they_are(title: str, line: str, origin: str) -> None:
    given = Fact(title, origin)
    assert shown_title(given, page_from_text(line)) == given
    assert shown_title(None, page_from_text(line)) is None
