"""The headline as readers see it, on pages whose title names the paper or the section."""

from __future__ import annotations

import pytest

from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.shown_headline import with_shown_headline
from pipeline.cleaning.html.visible import visible_page
from pipeline.cleaning.labels import Label
from schemas.roles import Role

from .made import BRIDGE, cleaned

LINE = "Cracks close the old bridge"
TEXT = "<br><br>".join(BRIDGE)


def headline(above: str, title: str | None = "The Harbour Post: City", text: str = TEXT) -> str:
    """Return the headline that is found above a text of which nothing is labelled."""
    tree = parse_html(f"<html><body>{above}<div>{text}</div></body></html>")
    page = visible_page(tree)
    labels = [
        Label(Role.BODY if block.text in BRIDGE else Role.NAVIGATION, 0, 0.9, "test")
        for block in page.page.blocks
    ]
    facts = PageFacts(title=Fact(title, "title") if title else None)
    found, marked = with_shown_headline(facts, tree, page, labels)
    heads = [
        block.text
        for block, label in zip(page.page.blocks, marked, strict=True)
        if label.role is Role.HEADLINE
    ]
    title = " ".join(heads)
    assert title == (found.title.value if found.title and found is not facts else "")
    return title


@pytest.mark.parametrize(
    "markup",
    [
        f'<font size="5"><b>{LINE}</b></font>',
        f'<font size="+2">{LINE}</font>',
        f"<b>{LINE}</b>",
        f"<center><strong>{LINE}</strong></center>",
        f'<div style="font-size: 22px">{LINE}</div>',
        f'<td class="headline">{LINE}</td>',
        f"<h3>{LINE}</h3>",
        f"<big>{LINE}</big>",
    ],
)
def test_a_line_in_large_or_bold_letters_above_the_text(markup: str) -> None:
    table = f"<table><tr><td>{markup}</td></tr><tr><td>May 6, 2004</td></tr></table>"
    assert headline(table) == LINE
    assert headline(table, None) == LINE


def test_a_headline_of_two_lines() -> None:
    assert headline('<font size="6">Cracks close<br>the old bridge</font><br>By Ann Lee') == LINE


def test_large_letters_go_before_bold_ones() -> None:
    assert headline(f'<font size="5">{LINE}</font><p><b>Ferry runs all day long</b></p>') == LINE


@pytest.mark.parametrize(
    "markup",
    [
        LINE,
        "<b>By Ann Lee, Staff Writer</b>",
        "<b>Monday, May 6, 2004</b>",
        "<b>The Harbour Post</b>",
        "<b>Subscribe to our newsletter</b>",
        "<b>Menus, maps and more for visitors</b>",
        f'<div class="related"><b>{LINE}</b></div>',
        "<b>City</b>",
    ],
)
def test_lines_that_are_no_headline(markup: str) -> None:
    assert headline(f"<table><tr><td>{markup}</td></tr></table>") == ""


def test_a_title_that_stands_on_the_page_is_one() -> None:
    shown = f"<p><b>The bridge: what we know</b></p><p>{LINE}</p>"
    assert headline(shown, LINE) == ""


def test_a_title_that_says_as_much_of_the_text_stays() -> None:
    title = "Cracks in the pillars of the bridge"
    assert headline("<b>What a quiet day in town</b>", title) == ""
    assert headline('<font size="6">What a quiet day in town</font>', title) == ""


def test_a_line_that_is_but_like_the_sections_name_is_no_headline() -> None:
    tree = parse_html(
        f'<html><body><p>In sport</p><font size="5">{LINE}</font><div>{TEXT}</div></body></html>'
    )
    page = visible_page(tree)
    roles = [Role.HEADLINE, Role.NAVIGATION, *[Role.BODY] * len(BRIDGE)]
    labels = [Label(role, 0, 0.9, "test") for role in roles]
    facts, marked = with_shown_headline(PageFacts(title=Fact("Sport", "title")), tree, page, labels)
    assert facts.title == Fact(LINE, "block 1")
    assert [label.role for label in marked[:2]] == [Role.OTHER, Role.HEADLINE]


def test_an_old_page_as_a_whole() -> None:
    markup = (
        "<html><head><title>The Harbour Post: City</title></head><body bgcolor=white><table><tr>"
        "<td><a href=/>Home</a><br><a href=/city>City</a><br><a href=/sport>Sport</a></td><td>"
        f'<font size="+2"><b>{LINE}</b></font><br><font size="1">By ANN LEE<br>Monday, May 6, 2024'
        f"</font><p>{'<p>'.join(BRIDGE)}<p></td></tr></table></body></html>"
    )
    for engine in ("best", "fast"):
        (article,) = cleaned(markup, engine=engine).articles
        assert article["title"] == LINE
        assert LINE not in article["text"]
        assert article["authors"] == ("Ann Lee",)
        assert article["date_published"] == "2024-05-06"
