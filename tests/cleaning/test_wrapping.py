"""Which texts are hard-wrapped, and how their lines are joined."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.cleaning.wrapping import join, wrapping_of

PROSE = (
    "Two of the four lifts in the town hall have been out of order since the storm, and the firm "
    "that keeps them says the parts will not come before the middle of next month. Until then the "
    "registry moves to the ground floor, where people can marry between the bicycle stand and the "
    "lost property office, which the registrar calls a chance rather than a nuisance."
)
POEM = [
    "I kept the lamp beside the stair",
    "and heard the river in the hall,",
    "the dog that was not anywhere,",
    "the clock that would not strike at all,",
    "the letter, and the empty chair,",
    "your coat still hanging on the wall.",
]


@pytest.mark.parametrize("width", [45, 60, 65, 72, 76, 80, 100])
def test_wrapped_prose_is_seen_at_any_usual_width(width: int) -> None:
    lines = textwrap.wrap(PROSE, width) * 2
    assert wrapping_of(lines, [0] * len(lines)) is not None


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["one line"],
        [PROSE],
        [PROSE] * 20,
        POEM,
        textwrap.wrap(PROSE, 30),
        ["- milk and bread", "- butter", "- eggs, six of them", "- a bag of flour"],
        ["iPhone prices up", "eBay sales down", "adidas signs on", "h&m closes shops", "news"],
    ],
)
def test_other_texts_are_not(lines: list[str]) -> None:
    assert wrapping_of(lines, [0] * len(lines)) is None


def test_blank_lines_part_paragraphs() -> None:
    lines = textwrap.wrap(PROSE, 72)
    assert wrapping_of(lines, [1] * len(lines)) is None


def test_the_last_line_of_a_paragraph_and_a_headline_are_not_continued() -> None:
    lines = textwrap.wrap(PROSE, 72)
    wrapping = wrapping_of(lines, [0] * len(lines))
    assert wrapping is not None
    assert wrapping.continues(lines[0], lines[1])
    assert not wrapping.continues("Lifts in the town hall stand still", lines[0])
    assert not wrapping.continues(lines[0], "- a list item")
    assert not wrapping.continues(PROSE, lines[1])


def test_a_long_address_does_not_hide_the_width() -> None:
    lines = [*textwrap.wrap(PROSE, 72) * 3, "https://news.example/" + "a" * 80]
    wrapping = wrapping_of(lines, [0] * len(lines))
    assert wrapping is not None
    assert wrapping.width <= 72


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["one"], "one"),
        (["one two", "three"], "one two three"),
        (["a well-", "known man"], "a well-known man"),
        (["he left -", "and came back"], "he left - and came back"),
        (["東京は", "雨だった"], "東京は雨だった"),
        (["東京は", "rainy"], "東京は rainy"),
    ],
)
def test_joining(lines: list[str], joined: str) -> None:
    assert join(lines) == joined
