"""What dividing a text gains: counted one by one here, by sums in the code."""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.model.division import NAMES, division_figures, gains
from pipeline.cleaning.model.lexical_cohesion import repeated_in

Pairs = set[tuple[int, int]]


def repeated(pairs: Pairs, blocks: int) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return repeated_in(rows[:, 0], rows[:, 1], np.ones(blocks, np.bool_))


def likelihood(words: list[int]) -> float:
    return sum(n * log(n / len(words)) for n in Counter(words).values())


def counted(word: np.ndarray, place: np.ndarray, gap: int) -> tuple[float, float]:
    """Do what `gains` does for one gap: two tables of frequencies, and one."""
    left, right = word[place < gap].tolist(), word[place >= gap].tolist()
    gain = likelihood(left) + likelihood(right) - likelihood(word.tolist())
    sides = [0] * len(left) + [1] * len(right)
    return gain, gain / (1 - likelihood(sides))


def figures(word: np.ndarray, place: np.ndarray, most: list[float]) -> dict[str, list[float]]:
    every = gains(word, place, len(most) + 1)
    likely = np.array(most, np.float32)
    rows = division_figures(word, place, every, likely, np.arange(len(most)))
    return dict(zip(NAMES, rows.tolist(), strict=True))


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 19)), max_size=90))
def test_sums_gain_what_word_by_word_is_gained(pairs: Pairs) -> None:
    word, place = repeated(pairs, 20)
    found = gains(word, place, 20)
    expected = [counted(word, place, gap) for gap in range(1, 20)]
    assert found.T.tolist() == [pytest.approx(pair, abs=1e-9) for pair in expected]


def subjects(*lengths: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the words of a text of several subjects, each of six words of its own."""
    pairs, low = {(0, block) for block in range(sum(lengths))}, 0
    for number, length in enumerate(lengths):
        own = range(1 + 6 * number, 7 + 6 * number)
        pairs |= {(w, low + b) for w in own for b in range(w % 3, length, 3)}
        low += length
    return *repeated(pairs, low), low


def test_dividing_pays_most_where_two_subjects_meet() -> None:
    word, place, m = subjects(10, 14)
    found = figures(word, place, [0.0] * (m - 1))
    assert np.argmax(found["gain"]) == np.argmax(found["gain_share"]) == 9
    assert found["gain_best"] == [float(gap == 9) for gap in range(m - 1)]
    assert found["gain_short"][9] == 0 > max(found["gain_short"][:9])
    assert found["rank_of_gain"][9] == (m - 2) / (m - 1)


def test_a_sure_beginning_bounds_the_stretch_that_other_gaps_divide() -> None:
    word, place, m = subjects(12, 12, 12)
    most = [0.0] * (m - 1)
    alone = figures(word, place, most)
    assert alone["stretch_gain"] == alone["gain"]
    assert alone["stretch_words"] == pytest.approx([np.log1p(len(word))] * (m - 1))
    most[11] = 0.9
    found = figures(word, place, most)
    rest = repeated_in(word, place, np.arange(m) >= 12)
    assert found["stretch_gain"][15:] == pytest.approx(gains(*rest, m - 12)[0][3:])
    assert found["stretch_words"][15:] == pytest.approx([np.log1p(len(rest[0]))] * 20)
    assert (found["stretch_left"][23], found["stretch_right"][23]) == (12, 12)
    assert found["stretch_place"][23] == 0.5
    # The sure gap itself, and one right beside it, divide the whole page.
    assert [found["stretch_gain"][gap] for gap in (11, 13)] == [
        found["gain"][11],
        found["gain"][13],
    ]


@pytest.mark.parametrize("blocks", [2, 3])
def test_a_text_whose_words_never_come_again_gains_nothing(blocks: int) -> None:
    word, place = repeated({(b, b) for b in range(blocks)}, blocks)
    found = figures(word, place, [0.9] * (blocks - 1))
    assert found["gain"] == found["stretch_gain"] == found["stretch_words"] == [0.0] * (blocks - 1)
