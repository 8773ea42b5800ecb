from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cleaning.model.page_features import NAMES, PageFeatures, page_features
from pipeline.cleaning.model.words import Vocabulary, word_key
from training.blocks import blocks_of

KNOWN = np.sort(np.array([word_key(w) for w in ("share", "über", "漢", "news")], np.uint64))
VOCABULARY = Vocabulary(KNOWN, np.zeros(0, np.uint64))
PAGE = (
    "Mayor opens bridge\nBy Kim Orr\n12:30, 4 May 2021\n\n"
    "The mayor opened the bridge on Monday. It took three years to build the bridge in the end.\n"
    "“We are glad,” the mayor said to all who came. Trains will run again from next week on.\n"
    "Share this\n\n\n  Share this\nBy Kim Orr"
)


def look(text: str, blocks: Any = None) -> PageFeatures:
    return page_features(text, blocks_of(text) if blocks is None else blocks, VOCABULARY)


def column(page: Any, name: str) -> list[float]:
    return page.dense[:, NAMES.index(name)].tolist()


def test_shapes() -> None:
    page = look(PAGE)
    n, words = len(blocks_of(PAGE)), int(page.counts.sum())
    assert page.dense.shape == (n, len(NAMES))
    assert len(set(NAMES)) == len(NAMES)
    assert page.words.shape == page.pairs.shape == (words + 1,)
    assert page.bag.shape[0] == len(page.bag_norm) == len(page.units) == len(page) == n
    assert page.dense.dtype == page.bag.dtype == np.float32


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n"])
def test_an_empty_page(text: str) -> None:
    page = look(text)
    assert len(page) == 0
    assert page.words.tolist() == page.pairs.tolist() == [0]


def test_some_figures() -> None:
    page = look(PAGE)
    assert column(page, "prose") == [0, 0, 0, 1, 1, 0, 0, 0]
    assert column(page, "time") == [0, 0, 1, 0, 0, 0, 0, 0]
    assert column(page, "blank_before") == [0, 0, 0, 1, 0, 0, 2, 0]
    assert column(page, "repeated_before") == [0, 0, 0, 0, 0, 0, 1, 1]
    assert column(page, "repeated_after") == [0, 1, 0, 0, 0, 1, 0, 0]
    assert column(page, "has_year")[2] > 0
    assert column(page, "first") == [1, 0, 0, 0, 0, 0, 0, 0]
    assert column(page, "indent")[6] == pytest.approx(np.log1p(2))
    assert page.units.tolist()[:3] == [3, 3, 5]


def test_known_words_have_their_numbers_whatever_their_case() -> None:
    numbers = [look(word).words[0] for word in ("share", "SHARE", "über", "ÜBER", "unheard")]
    assert numbers[0] == numbers[1] > 0
    assert numbers[2] == numbers[3] > 0
    assert numbers[4] == 0
    assert look("漢字").words.tolist()[0] == np.searchsorted(KNOWN, word_key("漢")) + 1


def test_pairs_stay_inside_a_block() -> None:
    from pipeline.cleaning.model.words import pair_keys, words_of

    pair = pair_keys(words_of(["read more"]).keys)
    vocabulary = Vocabulary(np.zeros(0, np.uint64), pair)
    text = "read more\nread\nmore"
    assert page_features(text, blocks_of(text), vocabulary).pairs.tolist() == [1, 0, 0, 0, 0]


@given(st.text(), st.text())
def test_what_stands_before_and_after_the_blocks_does_not_count(before: str, after: str) -> None:
    """Only the gap to the first block may be seen, as its white space."""
    spans = blocks_of(PAGE)
    text = before + "\n" + PAGE + "\n" + after
    moved = [(a + len(before) + 1, b + len(before) + 1) for a, b in spans]
    one, other = look(PAGE, spans), look(text, moved)
    for name in set(NAMES) - {"indent", "indent_change", "page_indent"}:
        assert column(one, name) == column(other, name), name
    np.testing.assert_array_equal(one.words, other.words)


def test_names_that_stand_for_the_same_kind_of_word_are_alike() -> None:
    one = look(PAGE.replace("Kim Orr", "Tom Ray"))
    np.testing.assert_allclose(one.dense, look(PAGE).dense, atol=1e-5)


@settings(max_examples=200)
@given(st.text(st.characters(), max_size=300))
def test_any_text_has_finite_figures_and_the_same_ones_again(text: str) -> None:
    page, again = look(text), look(text)
    assert np.isfinite(page.dense).all()
    assert (page.units >= 0).all()
    assert (page.counts >= 0).all()
    np.testing.assert_array_equal(page.dense, again.dense)


@pytest.mark.parametrize(
    "text",
    ["\x00", "\x1c\x1d", "\ud800", "a\udc00b", "😀😀 a\n😀", "𝒜", "\ufeff", "1\n2", "x" * 9999],
)
def test_strange_texts(text: str) -> None:
    assert np.isfinite(look(text, [(0, len(text))]).dense).all()


def test_pages_longer_than_any_window_stay_finite() -> None:
    text = "\n".join(["a b c", "..."] * 6000)
    page = look(text)
    assert len(page) == 12_000
    assert np.isfinite(page.dense).all()


def test_pages_with_more_repeated_words_than_columns() -> None:
    line = " ".join(f"word{number}" for number in range(500))
    page = look(f"{line}\n{line}\nother")
    assert page.bag.shape == (3, 192)
    assert column(page, "like_next")[0] == pytest.approx(column(page, "like_previous")[1])
