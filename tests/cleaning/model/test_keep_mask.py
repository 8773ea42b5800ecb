from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.model.text_model import TEMPERATURE, cautious, keep_mask

CHANCES = st.integers(1, 63).map(lambda n: n / 64)
PAGES = st.lists(st.tuples(CHANCES, st.integers(1, 60)), min_size=1, max_size=9)


def expected_f1(mask: Any, chances: Any, units: Any) -> float:
    right = sum(u * p for m, p, u in zip(mask, chances, units, strict=True) if m)
    kept = sum(u for m, u in zip(mask, units, strict=True) if m)
    return 2 * right / (kept + sum(u * p for p, u in zip(chances, units, strict=True)))


@given(PAGES)
def test_no_other_choice_of_blocks_is_expected_to_score_better(page: Any) -> None:
    keep = np.array([p for p, _ in page], np.float32)
    units = np.array([u for _, u in page], np.float32)
    odds = (keep.astype(float) / (1 - keep.astype(float))) ** TEMPERATURE
    chances = odds / (1 + odds)
    best = max(
        expected_f1(mask, chances, units)
        for mask in product([False, True], repeat=len(page))
        if any(mask)
    )
    assert expected_f1(keep_mask(keep, units), chances, units) == pytest.approx(best, abs=1e-3)


@given(PAGES)
def test_a_likelier_block_is_never_left_out_for_a_less_likely_one(page: Any) -> None:
    keep = np.array([p for p, _ in page], np.float32)
    mask = keep_mask(keep, np.array([u for _, u in page], np.float32))
    assert mask.any()
    assert keep[mask].min() >= keep[~mask].max(initial=0)


def test_no_blocks() -> None:
    assert keep_mask(np.zeros(0, np.float32), np.zeros(0, np.float32)).tolist() == []


def test_sure_blocks() -> None:
    keep = np.array([1, 0, 1, 0], np.float32)
    assert keep_mask(keep, np.full(4, 10, np.float32)).tolist() == [True, False, True, False]


@given(PAGES)
def test_doubt_keeps_the_order_and_takes_no_chance_away(page: Any) -> None:
    keep = np.array([p for p, _ in page], np.float32)
    risen = cautious(keep)
    assert (risen >= keep).all()
    assert (risen <= 1).all()
    assert (np.argsort(risen, kind="stable") == np.argsort(keep, kind="stable")).all()


def test_a_page_of_furniture_gets_no_benefit_of_the_doubt() -> None:
    keep = np.array([0.9, 0.01, 0.01, 0.02], np.float32)
    assert cautious(keep).tolist() == keep.tolist()


def test_a_clean_page_keeps_a_line_that_a_page_of_furniture_loses() -> None:
    units = np.full(10, 20, np.float32)
    clean = np.array([0.95] * 9 + [0.45], np.float32)
    assert keep_mask(cautious(clean), units)[-1]
    assert not keep_mask(clean, units)[-1]
    assert cautious(np.zeros(0, np.float32)).tolist() == []
