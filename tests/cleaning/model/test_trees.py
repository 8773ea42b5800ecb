from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.model.trees import MOST_LEAVES, Trees, trees_of


def leaf(value: float) -> Any:
    return {"leaf_value": value}


def split(feature: int, threshold: float, left: Any, right: Any) -> Any:
    return {
        "split_feature": feature, "threshold": threshold, "left_child": left, "right_child": right,
    }  # fmt: skip


def model(*trees: Any) -> Trees:
    return trees_of({"tree_info": [{"tree_structure": tree} for tree in trees]})


def walked(tree: Any, row: Any) -> float:
    """Walk a tree node by node, as its definition says."""
    while "split_feature" in tree:
        left = float(row[tree["split_feature"]]) <= tree["threshold"]
        tree = tree["left_child"] if left else tree["right_child"]
    return tree["leaf_value"]


TREE = split(0, 0.5, split(1, -1.0, leaf(1), leaf(2)), split(1, 3.0, leaf(4), leaf(8)))


@pytest.mark.parametrize(
    ("row", "score"),
    [
        ((0, -2), 1),
        ((0.5, -1), 1),  # At a threshold a row goes left.
        ((0.5, -0.999), 2),
        ((0.501, 3), 4),
        ((9, 9), 8),
        ((-np.inf, np.inf), 2),
    ],
)
def test_a_hand_made_tree(row: Any, score: float) -> None:
    assert model(TREE).scores(np.array([row], np.float32)).tolist() == [score]


def test_trees_add_up_and_rows_are_apart() -> None:
    trees = model(TREE, leaf(16), split(0, 0.0, leaf(32), leaf(64)))
    rows = np.array([[0, -2], [9, 9]], np.float32)
    assert trees.scores(rows).tolist() == [1 + 16 + 32, 8 + 16 + 64]


def test_no_rows_give_no_scores() -> None:
    assert model(TREE).scores(np.zeros((0, 2), np.float32)).shape == (0,)


def test_a_threshold_between_two_float32_numbers_sends_the_lower_one_left() -> None:
    lower = np.float32(0.1)
    upper = np.nextafter(lower, np.float32(1))
    trees = model(split(0, (float(lower) + float(upper)) / 2, leaf(1), leaf(2)))
    assert trees.scores(np.array([[lower], [upper]])).tolist() == [1, 2]


def random_tree(draw: Any, leaves: int) -> Any:
    if leaves == 1:
        return leaf(draw(st.integers(-8, 8)))
    left = draw(st.integers(1, leaves - 1))
    threshold = draw(st.integers(-3, 3)) / 2
    sides = random_tree(draw, left), random_tree(draw, leaves - left)
    return split(draw(st.integers(0, 2)), threshold, *sides)


@st.composite
def forests(draw: Any) -> Any:
    sizes = draw(st.lists(st.integers(1, MOST_LEAVES), min_size=1, max_size=4))
    return [random_tree(draw, size) for size in sizes]


@given(forests(), st.lists(st.tuples(*[st.integers(-4, 4)] * 3), min_size=1, max_size=80))
def test_scores_are_those_of_walking_the_trees(forest: Any, rows: Any) -> None:
    rows = np.array(rows, np.float32) / 2
    expected = [sum(walked(tree, row) for tree in forest) for row in rows]
    assert model(*forest).scores(rows).tolist() == expected


def test_a_tree_with_too_many_leaves_is_refused() -> None:
    tree = leaf(0)
    for number in range(MOST_LEAVES):
        tree = split(0, number, leaf(number), tree)
    with pytest.raises(ValueError, match="too many leaves"):
        model(tree)


def test_a_tree_that_comes_back_to_itself_is_refused() -> None:
    one = np.array([[0, 0]], np.int32)
    with pytest.raises(ValueError, match="comes back"):
        Trees(one, one.astype(np.float32), one + 1, one, one.astype(np.float32), 1)


def test_parts_of_a_forest_add_up_to_it() -> None:
    trees = model(TREE, leaf(16), split(0, 0.0, leaf(32), leaf(64)))
    rows = np.array([[-1.0, 0.0], [1.0, 0.0]], np.float32)
    parts = trees.part(0, 1).scores(rows) + trees.part(1).scores(rows)
    assert parts.tolist() == trees.scores(rows).tolist()
