"""What can be read off one line."""

from __future__ import annotations

import pytest

from pipeline.cleaning.evidence import gather, is_control
from pipeline.cleaning.page import page_from_text
from schemas.roles import Role
from tests.cleaning.helpers import BRIDGE, evidence


@pytest.mark.parametrize(
    "line", ["***", "---", "* * *", "|", "A+ A-", "Aa", "TT", "A A A", "…", "•", "_" * 80]
)
def test_controls(line: str) -> None:
    assert is_control(line)


@pytest.mark.parametrize(
    "line",
    [
        "#bridges #harbour", "# keman # göl kıyısı", "#食文化　#廃校活用",
        "👍 48  💬 12  👁 3,1 тыс.",
        "▶ See the whale leave the harbour (0:41)",
    ],
)  # fmt: skip
def test_tags_reactions_and_what_plays(line: str) -> None:
    assert is_control(line)


@pytest.mark.parametrize(
    "line", ["#1 The bridge", "► The town builds a bridge", "🔢 4 Types of bridges", "📞 913.562"]
)
def test_lines_with_signs_that_say_something(line: str) -> None:
    assert not is_control(line)


@pytest.mark.parametrize(
    "line", ["A", "T", "TV", "AAA batteries", "tata", "7", "Attention", "!" * 300]
)
def test_no_controls(line: str) -> None:
    assert not is_control(line)


def test_lines_that_come_again_point_to_the_first() -> None:
    found = evidence("The bridge", "The whale", "the  BRIDGE", "The bridge")
    assert [line.repeats for line in found] == [None, None, 0, 0]


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        (BRIDGE[0], True),
        ("It rained all day long.", True),
        ("It rained.", False),
        ("Rain all day", False),
        ("By Ann Lee, who lives there.", False),
        ("(Reporting by Ann Lee; Editing by Bo Ek.)", False),
        ("The bridge at the harbour in May. Photo: Ann Lee", False),
        ("Updated on Monday, September 5, 2023.", False),
    ],
)
def test_prose(line: str, prose: bool) -> None:
    assert evidence(line)[0].is_prose is prose


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Council closes the iron bridge", True),
        ("Is the iron bridge safe?", True),
        ("Close the iron bridge now!", True),
        ("¿Es seguro el puente?", True),
        ("橋は安全か？", True),
        ("The bridge is closed.", False),
        ("By Ann Lee", False),
        ("September 5, 2023", False),
        ("Photo: Ann Lee", False),
        ("Bridge", False),
    ],
)
def test_title_like(line: str, title: bool) -> None:
    assert evidence(line)[0].is_title_like is title


def test_a_heading_opens_a_list() -> None:
    heading, other = evidence("Related articles", "Council closes the iron bridge")
    assert (heading.opens, heading.is_furniture) == (Role.TEASER, True)
    assert (other.opens, other.is_furniture) == (None, False)


@pytest.mark.parametrize(("line", "furniture"), [("No", True), ("No.", False), ("Share", True)])
def test_an_answer_is_no_button(line: str, furniture: bool) -> None:
    assert evidence(line)[0].is_furniture is furniture


@pytest.mark.parametrize(
    "line",
    [
        "“Sign up for our newsletter” is now the sentence that most home pages begin with.",
        '"Read more" was once a request that teachers made, not a button below a text.',
        "The sentence “sign up for our newsletter” stands on every page that the study looked at.",
    ],
)
def test_what_is_quoted_in_a_sentence_gives_nothing_away(line: str) -> None:
    assert evidence(line)[0].phrase is None


@pytest.mark.parametrize("line", ["« Accepter et fermer »", "“Sign up for our newsletter”"])
def test_a_line_that_is_a_quotation_gives_nothing_away(line: str) -> None:
    assert evidence(line)[0].phrase is None
    assert evidence(line[1:-1].strip())[0].phrase is not None


def test_a_headline_may_quote_what_pages_say() -> None:
    line = "“You have one free article left”: how a village paper learned to ask for money"
    assert evidence(line)[0].phrase is None


def test_a_sentence_that_asks_outside_its_quotation_marks_is_furniture() -> None:
    (line,) = evidence("Sign up for our newsletter “The Tide”, which comes on Mondays.")
    assert line.phrase is not None
    assert line.phrase.role is Role.NEWSLETTER_PROMPT


def test_what_is_known_to_be_text_is_not_read() -> None:
    page = page_from_text(f"By Ann Lee\nBy Bo Ek\nRead more:\nBy Cy Oz\n{BRIDGE[0]}")
    found = gather(page, plain={1}, doubtful={2, 3})
    assert [line.byline is not None for line in found] == [True, False, False, False, False]
    assert [line.phrase is not None for line in found] == [False, False, True, False, False]
    assert [line.text for line in found] == [block.text for block in page.blocks]
    assert found[4] == gather(page)[4]


def test_repeats_are_counted_in_the_page_also_where_blocks_are_skipped() -> None:
    page = page_from_text("By Ann Lee\nIt rained.\nThe bridge\nThe bridge")
    assert [line.repeats for line in gather(page, plain={0, 1})] == [None, None, None, 2]
