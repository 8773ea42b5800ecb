"""What stands outside of the element that holds the text."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.cleaning.html.outside import outside_of_text
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.visible import visible_page

from .made import BRIDGE, WHALE

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE)
MORE = f"<p>{WHALE[0]}</p>"


def outside(body: str) -> list[str]:
    """Return the blocks outside of the text, of a page of which a model keeps everything."""
    page = visible_page(parse_html(f"<html><body>{body}</body></html>"))
    blocks = page.page.blocks
    units = np.array([len(block.text.split()) for block in blocks], np.float32)
    found = outside_of_text(page.places, np.ones(len(blocks), np.bool_), units)
    return [block.text for block, is_out in zip(blocks, found, strict=True) if is_out]


@pytest.mark.parametrize(
    "body",
    [
        f"<main>{TEXT}</main><div>{MORE}</div>",
        f"<article>{TEXT}</article><div>{MORE}</div>",
        f"<div>{TEXT}</div><aside>{MORE}</aside>",
        f'<div>{TEXT}</div><div class="comments">{MORE}</div>',
        f'<div>{TEXT}</div><div class="author-box">{MORE}</div>',
        f'<div>{TEXT}</div><div id="comentarios"><div>{MORE}</div></div>',
    ],
)
def test_behind_the_text(body: str) -> None:
    assert outside(body) == [WHALE[0]]


@pytest.mark.parametrize(
    "body",
    [
        f"<div>{TEXT}</div><div>{MORE}</div>",
        f"<article>{MORE}</article><div>{TEXT}</div>",
        f"<div>{MORE}</div><article>{TEXT}</article>",
        f"<aside>{MORE}</aside><div>{TEXT}</div>",
        f'<div class="comments">{TEXT}{MORE}</div>',
        f'<div>{TEXT}<div class="author">{MORE}</div><p>{BRIDGE[0]}</p></div>',
        "<p></p>",
    ],
)
def test_what_may_be_text(body: str) -> None:
    assert outside(body) == []


def test_a_long_wire_in_an_aside_behind_the_article() -> None:
    wire = "".join(f"<p>{text}</p>" for text in (*WHALE, *BRIDGE))
    assert len(outside(f"<article>{TEXT}</article><aside>{wire}</aside>")) == 10
    assert outside(f"<article>{MORE}</article><div>{wire}</div>") == []


def test_nothing_before_main_is_text() -> None:
    assert outside(f"<div>{MORE}</div><main>{TEXT}</main>") == [WHALE[0]]
