"""Lists and listings are judged as one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.html.lists import listings_whole, lists_whole
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.visible import visible_page

PAGE = "<p>Intro</p><ol><li>a<li>b<li>c<li>d</ol><p>Between</p><ul><li>e<li>f</ul>"


def chances(keep: list[float], body: str = PAGE) -> list[float]:
    places = visible_page(parse_html(f"<body>{body}</body>")).places
    found = lists_whole(places, np.array(keep, np.float32))
    return [round(float(chance), 3) for chance in found]


def test_the_items_of_a_list_share_their_chance() -> None:
    found = chances([0.9, 0.9, 0.9, 0.2, 0.8, 0.7, 0.9, 0.1])
    assert found[1:5] == [found[1]] * 4
    assert 0.5 < found[1] < 0.9
    assert [found[0], *found[5:]] == [0.9, 0.7, 0.9, 0.1]


def test_a_menu_gets_no_entry_by_one_that_reads_like_text() -> None:
    found = chances([0.9, 0.1, 0.6, 0.1, 0.1, 0.7, 0.9, 0.1])
    assert max(found[1:5]) < 0.25


@pytest.mark.parametrize(
    "body",
    [
        "<ul><li>a<li>b</ul>",
        "<ul><li>a</ul><ul><li>b</ul><ul><li>c</ul>",
        "<div>a</div><div>b</div><div>c</div>",
        "<ul><li><p>a</p><p>b</p><p>c</p></li></ul>",
    ],
)
def test_what_is_no_list_of_three_stays(body: str) -> None:
    keep = [0.9, 0.2, 0.6][: len(visible_page(parse_html(f"<body>{body}</body>")).places)]
    assert chances(keep, body) == keep


LISTING = "<p>Intro</p><pre>for x in y:\n  print(x)\n\nend</pre><p>Between</p><pre>a\nb</pre>"


def of_listings(keep: list[float], body: str = LISTING) -> list[float]:
    places = visible_page(parse_html(f"<body>{body}</body>")).places
    return [round(float(chance), 3) for chance in listings_whole(places, np.array(keep, "f4"))]


def test_the_lines_of_a_listing_share_their_chance_with_what_is_around() -> None:
    found = of_listings([0.95, 0.3, 0.1, 0.4, 0.9, 0.2, 0.3])
    assert found[1:4] == [found[1]] * 3
    assert found[1] > 0.5
    assert found[5] == found[6] < found[1]
    assert [found[0], found[4]] == [0.95, 0.9]


def test_a_listing_between_menus_goes() -> None:
    assert max(of_listings([0.05, 0.6, 0.6, 0.6, 0.1, 0.6, 0.6])[1:4]) < 0.5


def test_a_page_without_listings_stays() -> None:
    keep = np.array([0.9, 0.1], np.float32)
    places = visible_page(parse_html("<body><p>a</p><p>b</p></body>")).places
    assert listings_whole(places, keep) is keep


@given(st.lists(st.floats(0, 1, width=32), min_size=8, max_size=8))
def test_any_chances(keep: list[float]) -> None:
    assert all(0 <= chance <= 1 for chance in chances(keep))


@given(st.lists(st.floats(0, 1, width=32), min_size=7, max_size=7))
def test_any_chances_of_listings(keep: list[float]) -> None:
    found = of_listings(keep)
    assert all(0 <= chance <= 1 for chance in found)
    assert found[1] == found[2] == found[3]
