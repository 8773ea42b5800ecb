"""The headline in a heading that holds more than it."""

from __future__ import annotations

import pytest
from lxml import html

from pipeline.cleaning.html.facts import page_facts
from pipeline.cleaning.html.facts.kickers import headline_in
from pipeline.cleaning.html.parse import parse_html

LINE = "Cracks close the old bridge"


@pytest.mark.parametrize(
    "inside",
    [
        f'<span class="article__kicker">Traffic</span><span>: </span><span>{LINE}</span>',
        f"<small>Traffic</small><br>{LINE}",
        f'<span class="overline">Traffic</span> {LINE}',
        f'{LINE} <span class="entry-subtitle">The ferry runs all day</span>',
        f'<span class="topline"><span class="date">06.05.2024</span></span>{LINE}',
        f'<span class="label label--blue">Traffic</span>{LINE}',
        f'<a href="/x"><span class="dachzeile">Verkehr |</span> {LINE}</a>',
    ],
)
def test_what_is_not_the_headline(inside: str) -> None:
    assert headline_in(html.fromstring(f"<h1>{inside}</h1>")) == LINE


@pytest.mark.parametrize(
    "inside",
    [
        LINE,
        f"<span>{LINE}</span>",
        f'<span class="headline">{LINE}</span>',
        f'<span class="subtitle">{LINE}</span>',
        f'<span class="kicker">{LINE}</span> Now',
        f'<span class="update">{LINE}</span> and the new one',
        "",
    ],
)
def test_a_heading_that_is_all_headline(inside: str) -> None:
    assert headline_in(html.fromstring(f"<h1>{inside}</h1>")) is None


@pytest.mark.parametrize(
    ("shared", "title"),
    [
        ("Traffic - Cracks close the old bridge", LINE),
        ("The bridge is closed", LINE),
        ("Traffic: Cracks close the old bridge", "Traffic: Cracks close the old bridge"),
    ],
)
def test_the_whole_stays_where_it_is_given_to_be_shared(shared: str, title: str) -> None:
    markup = (
        f'<html><head><meta property="og:title" content="{shared}"></head><body><h1><span '
        f'class="kicker">Traffic</span><span>: </span>{LINE}</h1><p>Text</p></body></html>'
    )
    found = page_facts(parse_html(markup), None).title
    assert found is not None
    assert (found.value, found.origin) == (title, "h1")


def test_a_deep_heading_costs_no_more_than_it_should() -> None:
    deep = html.fromstring(f"<h1>{'<span>' * 150}{LINE}{'</span>' * 150}</h1>")
    assert headline_in(deep) is None
