"""Blocks and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning import page as page_module
from pipeline.cleaning.page import TooManyBlocksError, page_from_text, undivided

WRAPPED = (
    "The harbour board has put off the vote on the new crane until autumn,\n"
    "saying that three of the five offers came in far above what had been\n"
    "set aside for it, and that the other two left out the cost of taking\n"
    "the old one down.\n\n"
    "Fishermen who had hoped for an earlier start were told on Monday that\n"
    "the quay would stay open, and that the slip would be cleared before\n"
    "the herring season begins.\n"
)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        (" \t\n \r\n", []),
        ("one", [("one", 0)]),
        ("  one  ", [("one", 0)]),
        ("one\ntwo", [("one", 0), ("two", 0)]),
        ("one\n\ntwo", [("one", 0), ("two", 1)]),
        ("one\n \n\t\ntwo", [("one", 0), ("two", 2)]),
        ("one\r\ntwo", [("one", 0), ("two", 0)]),
        ("one\r\n\r\ntwo", [("one", 0), ("two", 1)]),
        ("one\rtwo\r\rthree", [("one", 0), ("two", 0), ("three", 1)]),
        ("one\vtwo\fthree", [("one", 0), ("two", 0), ("three", 0)]),
        ("one\u2028two\u2029three", [("one", 0), ("two", 0), ("three", 0)]),
        ("\n\n\none", [("one", 0)]),
        ("wait\x85what", [("wait\x85what", 0)]),
        ("one\x1etwo", [("one\x1etwo", 0)]),
        ("\ufeffone", [("\ufeffone", 0)]),
        ("\u00a0one\u3000", [("one", 0)]),
        ("a\n a\n  a", [("a", 0), ("a", 0), ("a", 0)]),
    ],
)
def test_each_line_with_ink_is_a_block(text: str, blocks: list[tuple[str, int]]) -> None:
    assert [(b.text, b.blank_lines) for b in page_from_text(text).blocks] == blocks


def test_offsets_are_those_of_the_ink() -> None:
    text = "  one \r\n\r\n\ttwo\u2028three\n"
    blocks = page_from_text(text).blocks
    assert [text[b.start : b.end] for b in blocks] == ["one", "two", "three"]
    assert [b.number for b in blocks] == [0, 1, 2]


@given(st.text(st.sampled_from("ab .\n\r\v\f\t\x1c\x85\u2028\u00a0é世"), max_size=300))
def test_blocks_hold_all_ink_in_order(text: str) -> None:
    page = page_from_text(text)
    assert page.text == text
    at = 0
    for block in page.blocks:
        assert at <= block.start < block.end
        assert not text[at : block.start].strip()
        assert text[block.start : block.end].split() == block.text.split()
        at = block.end
    assert not text[at:].strip()


def test_more_lines_than_the_limit_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MAX_BLOCKS", 3)
    assert len(page_from_text("a\nb\n\nc\n").blocks) == 3
    with pytest.raises(TooManyBlocksError, match="more than 3 lines"):
        page_from_text("a\nb\nc\nd")


def test_an_undivided_page_is_one_block_with_its_white_space() -> None:
    (block,) = undivided(" a\nb ").blocks
    assert (block.start, block.end, block.text) == (0, 5, " a\nb ")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_broken_at_a_fixed_width_make_one_paragraph(newline: str) -> None:
    text = WRAPPED.replace("\n", newline)
    first, second = page_from_text(text).blocks
    assert first.text.startswith("The harbour board")
    assert first.text.endswith("old one down.")
    assert newline not in first.text
    assert "autumn, saying" in first.text
    assert (second.number, second.blank_lines) == (1, 1)
    assert text[second.start : second.end].endswith("season begins.")


def test_an_indented_wrapped_text_is_joined_too() -> None:
    text = "\n".join("    " + line for line in WRAPPED.splitlines())
    assert len(page_from_text(text).blocks) == 2
