from importlib.resources import files

import numpy as np

from pipeline.cleaning.html.block_features import FULL, LEAN, BaseFigures
from pipeline.cleaning.html.overlap import BlockRuns
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.visible import visible_page
from pipeline.cleaning.model import TextModel
from pipeline.cleaning.model.arrays import Floats
from pipeline.cleaning.model.page_features import page_features
from pipeline.cleaning.model.words import words_of
from tests.cleaning.html.made import BRIDGE, WHALE, page, story

MARKUP = page(story("City closes the old bridge", BRIDGE) + story("Whale leaves", WHALE))


def figures(chosen: BaseFigures, markup: str = MARKUP) -> dict[str, Floats]:
    model = TextModel.from_bytes(
        files("pipeline.cleaning.model").joinpath("text.model").read_bytes()
    )
    seen = visible_page(parse_html(markup))
    spans = [(block.start, block.end) for block in seen.page.blocks]
    words = words_of([block.text for block in seen.page.blocks])
    text = page_features(seen.page.text, spans, model.vocabulary, words)
    found = chosen.of(seen, text, BlockRuns(words))
    assert found.shape == (len(chosen.names), len(spans))
    return dict(zip(chosen.names, found, strict=True))


def test_the_lean_choice_is_a_part_of_the_full_one() -> None:
    full, lean = figures(FULL), figures(LEAN)
    assert set(lean) < set(full)
    assert [name for name in lean if not np.array_equal(lean[name], full[name])] == []


def test_the_core_of_a_page_is_where_its_text_is() -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BRIDGE)
    markup = f"<body><nav><a href=/>Sport</a></nav><div><h1>Bridge</h1>{paragraphs}</div><p>End"
    found = figures(LEAN, markup)
    assert found["core50_inside"].tolist() == [0, 1, *[1] * len(BRIDGE), 0]
    assert found["core50_up"].tolist() == [1, 0, *[0] * len(BRIDGE), 1]
    assert found["within_nav"].tolist() == [1, 0, *[0] * len(BRIDGE), 0]
    assert found["linked@1"].tolist()[:2] == [0, 1]
    assert found["is_p"].tolist() == [0, 0, *[1] * len(BRIDGE), 1]
