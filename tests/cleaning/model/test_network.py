from typing import Any

import numpy as np
import pytest

from pipeline.cleaning.model.network import DILATIONS, BlockNetwork, prepared
from pipeline.cleaning.model.page_features import NAMES, PageFeatures, page_features
from pipeline.cleaning.model.words import Vocabulary, word_key

WIDTH = 4
ENTRY = len(NAMES) + 3 + 2 * 2


def weights(seed: int = 1) -> dict[str, Any]:
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> Any:
        return rng.normal(0, 0.3, shape).astype(np.float32)

    out = {
        "mean": normal(len(NAMES)), "deviation": 1 + normal(len(NAMES)) ** 2,
        "words": normal(3, 3), "pairs": normal(2, 3), "edges": normal(3, 2),
        "entry_w": normal(ENTRY, WIDTH), "entry_b": normal(WIDTH),
        "exit_w": normal(2 * WIDTH, 3), "exit_b": normal(3),
    }  # fmt: skip
    for d in DILATIONS:
        out |= {f"conv{d}_w": normal(3 * WIDTH, WIDTH), f"conv{d}_b": normal(WIDTH)}
    return out


def page_of(text: str) -> PageFeatures:
    words = np.sort(np.array([word_key("alpha"), word_key("beta")], np.uint64))
    spans, place = [], 0
    for line in text.split("\n"):
        spans.append((place, place + len(line)))
        place += len(line) + 1
    return page_features(text, spans, Vocabulary(words, np.zeros(0, np.uint64)))


def defined(w: Any, page: PageFeatures) -> Any:
    """The network as its definition says: block by block, in double precision."""
    w = {k: v.astype(np.float64) for k, v in w.items()}
    for name in ("words", "pairs", "edges"):
        w[name][0] = 0
    h = []
    for i, (start, count) in enumerate(zip(page.starts, page.counts, strict=True)):
        own = page.words[start : start + count]
        dense = np.clip((page.dense[i] - w["mean"]) / w["deviation"], -5, 5)
        vectors = w["words"][own] + w["pairs"][page.pairs[start : start + count]]
        ends = [w["edges"][own[j]] if count else np.zeros(2) for j in (0, -1)]
        row = np.concatenate([dense, vectors.sum(axis=0) / np.sqrt(1 + count), *ends])
        h.append(np.maximum(row @ w["entry_w"] + w["entry_b"], 0))
    first = h
    for d in DILATIONS:
        zero = np.zeros(WIDTH)
        at = dict(enumerate(h))
        h = [
            x + np.maximum(
                np.concatenate([at.get(i - d, zero), x, at.get(i + d, zero)]) @ w[f"conv{d}_w"]
                + w[f"conv{d}_b"], 0,
            )
            for i, x in enumerate(h)
        ]  # fmt: skip
    pairs = zip(first, h, strict=True)
    return [np.concatenate([a, b]) @ w["exit_w"] + w["exit_b"] for a, b in pairs]


@pytest.mark.parametrize(
    "text",
    ["alpha", "...", "alpha beta\n...\nbeta other alpha\n...", "\n".join(["alpha x", "—"] * 20)],
)
def test_the_network_computes_its_definition(text: str) -> None:
    page = page_of(text)
    logits = BlockNetwork(prepared(weights())).logits(page)
    np.testing.assert_allclose(logits, defined(weights(), page), rtol=1e-4, atol=1e-4)


def test_no_blocks_give_no_logits() -> None:
    page = page_features("", [], Vocabulary(np.zeros(0, np.uint64), np.zeros(0, np.uint64)))
    assert BlockNetwork(prepared(weights())).logits(page).shape == (0, 3)


def test_preparing_leaves_the_trained_parameters_alone() -> None:
    trained = weights()
    before = {name: value.copy() for name, value in trained.items()}
    prepared(trained)
    for name, value in before.items():
        np.testing.assert_array_equal(trained[name], value)
