"""The rules together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.page import page_from_text
from pipeline.documents import Hints
from tests.cleaning.helpers import BRIDGE, WHALE, labels, roles

TITLE = "Council closes the iron bridge to lorries"


def inside(*lines: str) -> list[str]:
    """Return the roles of lines between the paragraphs of a text."""
    found = roles("\n\n".join((TITLE, "By Ann Lee", *BRIDGE[:2], *lines, *BRIDGE[2:])))
    assert found[:4] == ["headline", "byline", "body", "body"]
    assert found[-2:] == ["body", "body"]
    return found[4:-2]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("What the engineers found",), ["subheading"]),
        (("What did the engineers find?",), ["subheading"]),
        (("“It cannot wait any longer,” she said.",), ["body"]),
        (("- two girders", "- four rivets"), ["body", "body"]),
        (("***",), ["widget"]),
        (("The bridge in May. Photo: Ann Lee",), ["caption"]),
        (("The bridge in May (AFP)", "The bridge in May (AFP)"), ["caption", "duplicate"]),
        (
            ("Newsletter", "Harbour life, every evening at six", "Sign up"),
            ["newsletter_prompt", "newsletter_prompt", "newsletter_prompt"],
        ),
        (("September 5, 2023",), ["date"]),
        (("Read more: Ferry fares rise again",), ["read_more"]),
        (("Subscribe to our newsletter",), ["newsletter_prompt"]),
        ((BRIDGE[1],), ["duplicate"]),
        ((TITLE,), ["duplicate"]),
        (("By Request",), ["body"]),
        (("By popular demand",), ["subheading"]),
        (("Not now.", "Not ever."), ["body", "body"]),
        (("“Who pays for it?”",), ["body"]),
    ],
)
def test_lines_inside_the_text(lines: tuple[str, ...], expected: list[str]) -> None:
    assert inside(*lines) == expected


@pytest.mark.parametrize(
    ("line", "sure"), [("6. Februar 2025", True), ("• February 6, 2025", False)]
)
def test_a_day_alone_is_a_date_and_in_a_list_perhaps(line: str, sure: bool) -> None:
    page = page_from_text("\n".join((TITLE, *BRIDGE, line, *WHALE)))
    label = RuleLabeller().label(page, Hints())[len(BRIDGE) + 1]
    assert label.role == "date"
    assert (label.score >= 0.85) is sure


def test_a_body_that_is_there_twice_is_kept_once() -> None:
    found = roles("\n\n".join((TITLE, *BRIDGE, *BRIDGE)))
    assert found == ["headline", *["body"] * 4, *["duplicate"] * 4]


def test_a_refrain_stays() -> None:
    text = "\n".join(["Row, boys, row,", "the tide is low,"] * 4)
    assert set(roles("\n\n".join((TITLE, *BRIDGE, text)))[5:]) == {"body"}


def test_each_label_says_why_and_how_sure() -> None:
    for label in labels("\n\n".join((TITLE, "By Ann Lee", *BRIDGE, "Subscribe to our newsletter"))):
        assert label.reason.partition(":")[0] in {"rule", "phrase"}
        assert 0 < label.score <= 1


def test_the_stories_of_the_labels_count_up_from_zero() -> None:
    text = "\n\n".join(
        (TITLE, *BRIDGE, "\n\nYoung humpback whale finds its way home", "By Bo Ek", *WHALE)
    )
    assert [label.story for label in labels(text)] == [0] * 5 + [1] * 5


def test_the_title_of_the_input_is_that_of_the_first_story() -> None:
    second = "Young humpback whale finds its way home"
    text = "\n\n".join((TITLE, *BRIDGE, "\n\n" + second, "By Bo Ek", *WHALE))
    assert roles(text, Hints(title=second))[0] == "headline"


@given(st.text(max_size=400), st.none() | st.text(max_size=30))
def test_every_block_has_a_label(text: str, title: str | None) -> None:
    page = page_from_text(text)
    found = RuleLabeller().label(page, Hints(title=title))
    assert len(found) == len(page.blocks)
    assert all(label.reason and 0 <= label.score <= 1 for label in found)


@pytest.mark.parametrize("label", ["Image caption,", "Bildunterschrift:", "Pie de foto", "Légende"])
def test_a_line_below_the_label_of_a_caption_is_one(label: str) -> None:
    assert inside(label, "The bridge in May")[1] == "caption"


def test_the_pages_own_words_behind_comments_are_no_comments() -> None:
    talk = ["Joan", "2 hours ago", "I drive there every day and never saw a crack.", "Reply"]
    footer = ["Privacy policy", "Advertise with us"]
    text = "\n\n".join([*BRIDGE, "Comments", *talk, *talk, *footer])
    assert "comment" not in roles(text)[-2:]


@pytest.mark.parametrize(
    ("line", "role"), [("Anna Karlsson", "byline"), ("OSLO, 9 May", "dateline")]
)
def test_what_opens_a_later_story_without_headline(line: str, role: str) -> None:
    found = labels("\n\n".join(("City closes the iron bridge", *BRIDGE, line, *WHALE)))
    (opening,) = [label for label in found if label.role == role]
    assert opening.story == 1
