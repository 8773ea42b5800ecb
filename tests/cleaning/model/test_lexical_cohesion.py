"""Words that cross a gap: counted one by one here, by sums in the code."""

from __future__ import annotations

from math import log, log1p, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.model.lexical_cohesion import NAMES, WINDOWS, crossings, repeated_in

Pairs = set[tuple[int, int]]


def of_pairs(pairs: Pairs, kept: list[bool]) -> np.ndarray:
    rows = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    word, place = repeated_in(rows[:, 0], rows[:, 1], np.array(kept, np.bool_))
    return crossings(word, place, sum(kept))


def counted(pairs: Pairs, kept: list[bool]) -> list[list[float]]:
    """Do what `crossings` does, gap by gap and word by word."""
    places = {block: place for place, block in enumerate(i for i, k in enumerate(kept) if k)}
    m = len(places)
    words: dict[int, list[int]] = {}
    for word, block in sorted(pairs):
        if block in places:
            words.setdefault(word, []).append(places[block])
    words = {word: at for word, at in words.items() if len(at) > 1}
    weight = {word: log((m + 1) / len(at)) for word, at in words.items()}
    columns = []
    for gap in range(1, m):
        q = gap / m
        both = sum(weight[w] for w, at in words.items() if at[0] < gap <= at[-1])
        chance = sum(weight[w] * (1 - q ** len(at) - (1 - q) ** len(at)) for w, at in words.items())
        column = [(both + 0.5) / (chance + 0.5), log1p(chance)]
        for width in WINDOWS:
            left = {w for w, at in words.items() if any(gap - width <= p < gap for p in at)}
            right = {w for w, at in words.items() if any(gap <= p < gap + width for p in at)}
            a, b, c = (sum(weight[w] for w in own) for own in (left & right, left, right))
            least = min(b, c)
            column += [(a + 0.5) / (least + 1.5), log1p(least), (a + 0.5) / (sqrt(b * c) + 1.5)]
        columns.append(column)
    return columns


@given(
    st.sets(st.tuples(st.integers(0, 12), st.integers(0, 39)), max_size=120),
    st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_sums_count_what_word_by_word_is_counted(pairs: Pairs, kept: list[bool]) -> None:
    found = of_pairs(pairs, kept)
    assert found.shape == (len(NAMES), max(sum(kept) - 1, 0))
    assert found.T.tolist() == [pytest.approx(column) for column in counted(pairs, kept)]


def test_where_two_subjects_meet_the_fewest_words_cross() -> None:
    one = {(word, block) for word in range(6) for block in range(word % 3, 10, 3)}
    other = {(word + 6, block + 10) for word, block in one}
    throughout = {(12, block) for block in range(20)}
    found = of_pairs(one | other | throughout, [True] * 20)
    for name in ("crossing_all", "crossing_4", "crossing_12", "likeness_12"):
        row = found[NAMES.index(name)]
        assert row.argmin() == 9  # Before the kept block 10.
        assert row[9] < 0.5 * np.median(row)


def test_a_text_whose_words_never_come_again_shows_nothing() -> None:
    found = of_pairs({(word, word) for word in range(9)}, [True] * 9)
    assert found[0].tolist() == [1] * 8
    assert not found[NAMES.index("room_all")].any()


@pytest.mark.parametrize("kept", [[], [False, False], [True], [False, True]])
def test_a_text_of_one_block_or_none_has_no_gap(kept: list[bool]) -> None:
    assert of_pairs({(0, 0), (0, 1)} if len(kept) > 1 else set(), kept).shape == (len(NAMES), 0)
