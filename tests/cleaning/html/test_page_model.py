import json
from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from pipeline.cleaning.html.address import ADDRESS_NAMES
from pipeline.cleaning.html.facts import PageFacts
from pipeline.cleaning.html.labeller import best_page_labeller, fast_page_labeller
from pipeline.cleaning.html.page_kind import KIND_NAMES, kind_features
from pipeline.cleaning.html.page_model import (
    EVIDENCE,
    BlockEvidence,
    PageModel,
    block_table,
    columns_of,
)
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.visible import visible_page
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.model import TextModel
from pipeline.documents import Hints
from tests.cleaning.html.made import BRIDGE, page, story

MODELS = ["fast", "best"]
EVERYTHING = frozenset(EVIDENCE)


def data_of(name: str) -> bytes:
    return files("pipeline.cleaning.html").joinpath(f"{name}.model").read_bytes()


@pytest.mark.parametrize("name", MODELS)
def test_the_shipped_models_fit_the_columns_of_this_version(name: str) -> None:
    model = PageModel.from_bytes(data_of(name))
    assert model.card["keep_columns"] == list(columns_of(model.evidence))
    assert len(data_of(name)) < 3_000_000


def test_a_model_of_other_columns_is_refused() -> None:
    line, _, body = data_of("fast").partition(b"\n")
    header = json.loads(line)
    header["card"]["article_columns"].append("moon phase")
    with pytest.raises(ValueError, match="other columns"):
        PageModel.from_bytes(json.dumps(header).encode() + b"\n" + body)


@pytest.mark.parametrize("body", ["x", "<p>x<p>y", story("City closes the old bridge", BRIDGE)])
def test_a_table_has_a_number_in_every_column(body: str) -> None:
    seen = visible_page(parse_html(page(body)))
    text_model = TextModel.from_bytes(
        files("pipeline.cleaning.model").joinpath("text.model").read_bytes()
    )
    view = text_model.look(seen.page.text, [(b.start, b.end) for b in seen.page.blocks])
    given = BlockEvidence(text_model.label_scores(view), view.logits)
    table = block_table(seen, view.page, given, EVERYTHING)
    assert table.shape == (len(seen.places), len(columns_of(EVERYTHING)))
    assert np.isfinite(table).all()
    keep = np.full(len(table), 0.5, np.float32)
    for kept in (keep > 0, keep > 1):
        kind = kind_features(seen, view.page, PageFacts(), None, keep, kept)
        assert kind.shape == (len(KIND_NAMES),)
        unknown = [name for name, value in zip(KIND_NAMES, kind, strict=True) if np.isnan(value)]
        assert unknown == list(ADDRESS_NAMES)
        kind = kind_features(seen, view.page, PageFacts(), "https://example.com/a", keep, kept)
        assert np.isfinite(kind).all()


def test_what_is_dismissed_at_a_glance_is_what_all_trees_would_drop() -> None:
    model = PageModel.from_bytes(data_of("fast"))
    links = "".join(f"<li><a href=/{n}>Section {n}</a></li>" for n in range(40))
    markup = page(
        story("City closes the old bridge", BRIDGE) + f"<footer><ul>{links}</ul></footer>"
    )
    seen = visible_page(parse_html(markup))
    text_model = TextModel.from_bytes(
        files("pipeline.cleaning.model").joinpath("text.model").read_bytes()
    )
    view = text_model.look(seen.page.text, [(b.start, b.end) for b in seen.page.blocks])
    table = block_table(seen, view.page, BlockEvidence(), model.evidence)
    assert model.glance is not None
    dismissed = model.glance.scores(table) < model.dismissed
    found = model.keep_chances(table)
    every = replace(model, dismissed=-np.inf).keep_chances(table)
    assert dismissed.any()
    assert found[~dismissed].tolist() == every[~dismissed].tolist()
    assert max(found[dismissed].max(), every[dismissed].max()) < 0.05
    assert every[~dismissed].max() > 0.9


@pytest.mark.parametrize("make", [fast_page_labeller, best_page_labeller])
def test_the_same_page_gives_the_same_labels(make: type) -> None:
    markup = page(story("City closes the old bridge", BRIDGE))
    labeller = make()
    found = []
    for _ in range(2):
        tree = parse_html(markup)
        found.append(labeller.label(tree, visible_page(tree), Hints(), PageFacts()))
    assert found[0] == found[1]


def test_versions_tell_the_engines_and_the_models_apart() -> None:
    versions = {fast_page_labeller().version, best_page_labeller().version}
    assert len(versions | {learned_labeller().version}) == 3
