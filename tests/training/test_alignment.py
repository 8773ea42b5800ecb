"""Labelling an extractor's lines by the article they should hold."""

from __future__ import annotations

import pytest

from training.alignment import labels_of

BODY = """The harbour was closed on Monday after a crane fell into the basin.
Nobody was hurt, the port authority said in the evening.
What happens next
Divers will look at the wreck before it is lifted.
Ships are sent to the northern quay until Friday."""
TITLE = "Harbour closed after crane falls"


def labels(*lines: str) -> list[str]:
    return labels_of(lines, TITLE, BODY)


def test_every_line_gets_one_label() -> None:
    assert labels(
        TITLE,
        "By Anna Berg",
        "",
        *BODY.split("\n"),
        "Sign up for our newsletter and never miss a story again.",
    ) == ["title", "drop", "blank", *["keep"] * 5, "drop"]


def test_joined_and_broken_paragraphs_belong() -> None:
    first, second, *_ = BODY.split("\n")
    assert labels(f"{first} {second}") == ["keep"]
    assert labels(first[:30], first[30:]) == ["keep", "keep"]


def test_a_second_copy_is_no_text() -> None:
    first = BODY.split("\n", maxsplit=1)[0]
    assert labels(first, "Nobody was hurt, the port authority said in the evening.", first) == [
        "keep",
        "keep",
        "dup",
    ]


def test_a_line_half_of_the_article_is_unsure() -> None:
    assert labels(
        "Nobody was hurt, the port authority wrote to readers of this paper at night"
    ) == ["unsure"]


def test_short_lines_belong_where_the_article_goes_on_with_them() -> None:
    lines = BODY.split("\n")
    assert labels(*lines[:2], "What happens next", *lines[3:])[2] == "keep"
    assert labels("next", *lines)[0] != "keep"


@pytest.mark.parametrize("line", ["***", "—", "• • •"])
def test_lines_without_words_are_unsure(line: str) -> None:
    assert labels(line) == ["unsure"]


def test_without_title_nothing_is_one() -> None:
    assert labels_of([TITLE], "", BODY) == ["drop"]
