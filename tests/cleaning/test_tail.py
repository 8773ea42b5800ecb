"""Short lines behind the last paragraph."""

from __future__ import annotations

import pytest

from tests.cleaning.helpers import BRIDGE, articles, roles


def tail(*lines: str) -> list[str]:
    return roles("\n\n".join((*BRIDGE, *lines)))[len(BRIDGE) :]


def test_three_short_lines_are_the_pages() -> None:
    assert tail("Bridges", "Traffic today", "Harbour town") == ["other"] * 3


def test_one_short_line_may_be_text() -> None:
    assert tail("The end") == ["body"]
    assert tail("With thanks to the engineers", "Ann") == ["body", "body"]


def test_one_short_line_among_furniture_is_not() -> None:
    assert tail("Bridges", "Subscribe to our newsletter")[0] == "other"


@pytest.mark.parametrize(
    "items", [("- girders", "- rivets", "- paint"), ("1\tgirders", "2\trivets", "3\tpaint")]
)
def test_lists_and_tables_stay(items: tuple[str, ...]) -> None:
    assert tail(*items) == ["body"] * 3


@pytest.mark.parametrize("name", ["Anna Karlsson", "Антон Лугин"])
def test_a_name_right_behind_the_text_signs_it(name: str) -> None:
    assert tail(name, "Subscribe to our newsletter")[0] == "byline"


def test_other_words_behind_the_text_do_not() -> None:
    assert tail("Office Hours", "Subscribe to our newsletter")[0] == "other"
    assert tail("Anna Karlsson", "Bo Ek", "Cem Ak")[0] == "other"
    signed = roles("\n\n".join(("By Bo Ek", *BRIDGE, "Anna Karlsson", "Read more:")))
    assert signed[-2] == "other"


@pytest.mark.parametrize("line", ["-- Ann Lee", "— Ann Lee", "– Anna Karlsson"])
def test_a_name_behind_a_dash_signs_the_text(line: str) -> None:
    assert tail(line)[0] == "byline"
    assert tail(line, "Bridges", "Traffic today")[0] == "byline"
    assert articles("\n\n".join((*BRIDGE, line)))[0].authors == (line.lstrip("-—– "),)


def test_a_name_behind_a_dash_below_a_quotation_does_not() -> None:
    assert (
        tail("“The ferry is all that we have, and it is enough for us.”", "— Ann Lee")[-1] == "body"
    )
    signed = roles("\n\n".join(("By Bo Ek", *BRIDGE, "— Ann Lee")))
    assert signed[-1] == "body"
