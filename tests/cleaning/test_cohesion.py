"""How much two texts speak of the same."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.cohesion import bag, cosine, share
from tests.cleaning.helpers import BRIDGE, WHALE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", {}),
        ("The Bridge and the bridges", {"bridge": 2}),
        ("a an the of", {}),
        ("2024 x2024", {}),
        ("橋橋", {"橋橋": 1}),
        ("渡し船、船", {"渡し": 1, "し船": 1}),
        ("長い橋の下で", {"長い": 1, "い橋": 1, "橋の": 1, "の下": 1, "下で": 1}),
        ("glass", {"glas": 1}),
        ("Straße", {"strasse": 1}),
    ],
)
def test_a_bag_holds_folded_words_of_four_letters(text: str, words: dict[str, int]) -> None:
    assert bag([text]) == words


def test_only_the_start_of_a_text_is_read() -> None:
    assert "late" not in bag(["word " * 400 + "late"])


def test_one_story_is_more_like_itself_than_like_another() -> None:
    common = bag([*BRIDGE, *WHALE])
    within = cosine(bag(BRIDGE[:2]), bag(BRIDGE[2:]), common)
    between = cosine(bag(BRIDGE), bag(WHALE), common)
    assert between < within


@given(
    st.lists(st.text("abcdefgh ", max_size=40), max_size=4),
    st.lists(st.text("abcdefgh ", max_size=40), max_size=4),
)
def test_the_cosine_is_a_share_and_symmetric(one: list[str], other: list[str]) -> None:
    first, second = bag(one), bag(other)
    common = first + second
    assert cosine(first, second, common) == pytest.approx(cosine(second, first, common))
    assert 0 <= cosine(first, second, common) <= 1.0000001
    assert 0 <= share(first, second) <= 1


def test_empty_bags_have_nothing_in_common() -> None:
    assert cosine(Counter(), bag(BRIDGE), bag(BRIDGE)) == 0
    assert share(Counter(), bag(BRIDGE)) == 0


def test_the_share_counts_kinds_of_words() -> None:
    assert share(bag(["bridge bridge whale"]), bag(["bridge"])) == 0.5
