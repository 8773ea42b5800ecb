"""The scorer, on cases small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.text_scores import (
    Prediction,
    best_match,
    counts_of,
    owners_of,
    same_title,
    summary,
    word_f1,
    words_of,
)


def case(*stories: tuple[str, list[tuple[str, str]]]) -> dict[str, Any]:
    """A case of stories: title, and (label, line)s."""
    lines = [
        {"text": text, "label": label, "art": number}
        for number, (_, part) in enumerate(stories)
        for label, text in part
    ]
    gold = [
        {"title": title, "body": "\n".join(text for label, text in part if label == "keep")}
        for title, part in stories
    ]
    return {"lines": lines, "gold_articles": gold}


ONE = case(
    (
        "Bridge opens early",
        [
            ("title", "Bridge opens early"),
            ("keep", "the bridge opened on sunday"),
            ("keep", "cars cross it since noon"),
            ("drop", "read more about bridges"),
            ("unsure", "photo"),
        ],
    )
)
TWO = case(
    ("First story", [("keep", "a b c d"), ("keep", "e f g h")]),
    ("Second story", [("keep", "i j k l"), ("keep", "m n o p")]),
)


def figures(which: dict[str, Any], *articles: Prediction) -> dict[str, float | None]:
    return summary(counts_of(which, articles))


def test_words_are_compared_without_case_form_and_apostrophes() -> None:
    assert words_of("Don’t ﬁnd 東京 IT") == ["dont", "find", "東", "京", "it"]


def test_word_f1_counts_words_as_often_as_they_stand_there() -> None:
    assert word_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx(2 / 3)
    assert word_f1([], []) == 0.0


def test_a_perfect_answer_scores_one_everywhere() -> None:
    text = "the bridge opened on sunday\n\ncars cross it since noon"
    found = figures(ONE, Prediction("Bridge opens early", text))
    assert found["wF1"] == found["wF1s"] == found["dropP"] == found["dropR"] == 1.0
    assert found["titles"] is not None
    assert found["cut in two"] == 0.0


def test_a_leftover_costs_precision_and_recall_of_drops() -> None:
    text = "the bridge opened on sunday\n\ncars cross it since noon\n\nread more about bridges"
    found = figures(ONE, Prediction("", text))
    assert found["wF1"] == pytest.approx(2 * 10 / (10 + 14), abs=1e-6)
    assert found["dropR"] == 0.0
    assert found["dropP"] is None
    assert found["titles"] == 0.0


def test_an_article_cut_in_two_is_seen_and_costs() -> None:
    first, second = "the bridge opened on sunday", "cars cross it since noon"
    found = figures(ONE, Prediction("", first), Prediction("", second))
    assert found["cut in two"] == 1.0
    assert found["wF1s"] == pytest.approx((found["wF1"] or 0) / 2)


def test_no_article_at_all_scores_nothing() -> None:
    assert figures(ONE)["wF1"] == 0.0


def test_boundaries_right_missed_and_wrong() -> None:
    right = [Prediction("", "a b c d\n\ne f g h"), Prediction("", "i j k l\n\nm n o p")]
    assert figures(TWO, *right)["bF1"] == 1.0
    assert figures(TWO, Prediction("", "\n\n".join(a.text for a in right)))["bF1"] == 0.0
    wrong = [Prediction("", "a b c d"), Prediction("", "e f g h\n\ni j k l\n\nm n o p")]
    assert figures(TWO, *wrong)["bF1"] == 0.0


def test_a_boundary_may_lie_anywhere_between_two_lines_that_were_kept() -> None:
    found = figures(TWO, Prediction("", "a b c d"), Prediction("", "i j k l\n\nm n o p"))
    assert found["bF1"] == 1.0


def test_the_order_of_the_articles_does_not_matter() -> None:
    turned = [Prediction("", "i j k l\n\nm n o p"), Prediction("", "a b c d\n\ne f g h")]
    assert figures(TWO, *turned)["wF1s"] == 1.0


def test_lines_joined_into_a_paragraph_are_found() -> None:
    joined = [Prediction("", "say a b c d e f g h")]
    assert owners_of(["a b c d", "e f g h", "x y"], joined) == {0: 0, 1: 0}


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ("Bridge over river opens early", True),
        ("Bridge over river opens early | The Paper", True),
        ("News: Bridge over river opens early", True),
        ("Bridge opens", False),
        ("Tunnel under river opens late", False),
        ("", False),
    ],
)
def test_titles(given: str, same: bool) -> None:
    assert same_title(given, "Bridge over river opens early") is same


def test_matching_is_for_the_greatest_sum_not_the_greatest_first() -> None:
    assert best_match([[0.9, 0.8], [0.8, 0.1]]) == {0: 1, 1: 0}
    assert best_match([]) == {}
    many = [[1.0 if r == c else 0.0 for c in range(9)] for r in range(9)]
    assert best_match(many) == {i: i for i in range(9)}
