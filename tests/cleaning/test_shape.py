"""What a line looks like."""

from __future__ import annotations

import pytest

from pipeline.cleaning.shape import count_words, is_list_item, is_unspaced, shape_of

TWENTY = "word " * 19 + "word"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("one two  three", 3),
        ("дом и сад", 3),
        ("東京で雨が降った", 5),
        ("กรุงเทพ", 4),
        ("서울에 비가 왔다", 3),
        ("e-mail it's", 2),
    ],
)
def test_words(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("It rained.", True),
        ("It rained.”", True),
        ("It rained!)", True),
        ("Did it rain?", True),
        ("雨だった。", True),
        ("雨だった。」", True),
        ("बारिश हुई।", True),
        ("هل أمطرت؟", True),
        ("It rained", False),
        ("It rained:", False),
        ("”", False),
    ],
)
def test_the_end_of_a_sentence(line: str, ends: bool) -> None:
    assert shape_of(line).ends_sentence is ends


@pytest.mark.parametrize("line", ["It rained…", "It rained...", "It rained [...]", "Rain […]"])
def test_a_cut_line_is_no_sentence(line: str) -> None:
    shape = shape_of("Over the whole of the country " + line)
    assert shape.ends_cut
    assert not shape.is_sentence


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("- milk", True),
        ("• milk", True),
        ("1. milk", True),
        ("(2) milk", True),
        ("a) milk", True),
        ("-milk", False),
        ("1945 was a hard year", False),
        ("A. Smith came", False),
        ("-", False),
    ],
)
def test_list_items(line: str, item: bool) -> None:
    assert is_list_item(line) is item
    assert shape_of(line).is_list_item is item


@pytest.mark.parametrize(
    ("line", "paragraph", "title"),
    [
        (TWENTY + ".", True, False),
        (TWENTY, False, True),
        (TWENTY + " …", False, True),
        ("word " * 31 + "word", True, False),
        ("A short line", False, True),
        ("Word", False, False),
        ("A short sentence, complete.", False, False),
    ],
)
def test_paragraphs_and_titles(line: str, paragraph: bool, title: bool) -> None:
    shape = shape_of(line)
    assert shape.is_paragraph is paragraph
    assert shape.is_title_like is title


@pytest.mark.parametrize(
    ("character", "unspaced"), [("雨", True), ("ก", True), ("a", False), ("한", False)]
)
def test_scripts_without_spaces(character: str, unspaced: bool) -> None:
    assert is_unspaced(character) is unspaced
