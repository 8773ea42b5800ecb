"""What stands on a page more than once because somebody meant it to."""

from __future__ import annotations

from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.refrains import meant_again
from pipeline.cleaning.html.visible import visible_page

from .made import BRIDGE, cleaned, page

ONE, TWO = BRIDGE[:2]


def meant(body: str) -> list[bool]:
    tree = parse_html(f"<html><body>{body}</body></html>")
    return list(map(bool, meant_again(visible_page(tree))))


def test_a_refrain_stands_beside_what_it_repeats() -> None:
    assert meant(f"<div><p>{ONE}</p><p>{TWO}</p><p>{ONE}</p></div>") == [False, False, True]


def test_a_copy_stands_elsewhere() -> None:
    assert not any(meant(f"<div><p>{ONE}</p><p>{TWO}</p></div><div><p>{ONE}</p><p>{TWO}</p></div>"))


def test_the_same_twice_in_a_row_is_a_mistake() -> None:
    assert not any(meant(f"<div><p>{ONE}</p><p>{ONE}</p></div>"))


def test_below_a_heading_that_is_new() -> None:
    both = f"<h2>Before</h2><p>{ONE}</p><div><h2>After</h2><p>{ONE}</p></div>"
    assert meant(both) == [False, True, False, True]
    assert meant(both.replace("After", "Before")) == [False, True, False, False]


def test_what_is_hidden_is_a_copy() -> None:
    assert meant(f"<p>{ONE}</p><p>{TWO}</p><p hidden>{ONE}</p>") == [False, False, False]
    assert not any(meant(f'<div style="display:none"><h2>Again</h2><p>{ONE}</p></div>'))


def test_cells_and_code_are_data() -> None:
    assert all(meant("<table><tr><td>Rest day</td></tr><tr><td>Rest day</td></tr></table>"))
    assert all(meant("<pre>return nil\nreturn nil</pre>"))


def test_a_song_keeps_its_refrain() -> None:
    song = "".join(f"<p>{text}</p><p>{BRIDGE[0]}</p>" for text in BRIDGE[1:])
    for engine in ("best", "fast"):
        (article,) = cleaned(
            page(f"<article><h1>A song</h1>{song}</article>"), engine=engine
        ).articles
        assert article["text"].count(BRIDGE[0]) == 4
