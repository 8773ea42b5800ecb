"""Where the lists that a heading opens end."""

from __future__ import annotations

from pipeline.cleaning.sections import sections
from schemas.roles import Role
from tests.cleaning.helpers import BRIDGE, WHALE, evidence

TITLES = ("Ferry fares rise again", "School choir wins the cup", "Harbour dredging put off")


def members(*lines: str) -> dict[int, tuple[Role, int]]:
    return sections(evidence(*lines))


def test_no_heading_no_section() -> None:
    assert members() == {}
    assert members(*BRIDGE, *TITLES) == {}


def test_a_list_at_the_end_runs_to_the_end() -> None:
    found = members(*BRIDGE, "Related articles", *TITLES)
    assert found == dict.fromkeys((5, 6, 7), (Role.TEASER, 4))


def test_a_list_inside_the_text_ends_before_the_next_paragraph() -> None:
    assert set(members(*BRIDGE[:2], "Related articles", *TITLES, *BRIDGE[2:])) == {3, 4, 5}


def test_titles_may_have_a_summary() -> None:
    summary = "The ferry to the islands will cost a tenth more from May."
    lines = (*BRIDGE, "Related articles", TITLES[0], summary, TITLES[1], TITLES[2])
    assert set(members(*lines)) == {5, 6, 7, 8}


def test_a_heading_above_the_text_opens_nothing() -> None:
    assert members("Related articles", *TITLES, *BRIDGE) == {}


def test_a_credit_line_ends_a_list() -> None:
    found = members(*BRIDGE, "Related articles", TITLES[0], "(Reporting by Ann Lee)")
    assert set(found) == {5}


def test_another_heading_ends_a_list_and_opens_its_own() -> None:
    found = members(*BRIDGE, "Related articles", TITLES[0], "About the author", "Ann Lee", WHALE[0])
    assert found == {5: (Role.TEASER, 4), 7: (Role.AUTHOR_BIO, 6), 8: (Role.AUTHOR_BIO, 6)}


def test_an_author_box_ends_with_its_paragraph() -> None:
    found = members(*BRIDGE, "About the author", "Ann Lee", WHALE[0], WHALE[1])
    assert set(found) == {5, 6}


def test_comments_run_to_the_end_when_they_look_like_comments() -> None:
    talk = ("Joan", "2 hours ago", "I drive there every day and never saw a crack.", "Reply")
    found = members(*BRIDGE, "Comments", *talk, *talk)
    assert set(found) == set(range(5, 13))


def test_a_counter_of_comments_inside_the_text_swallows_nothing() -> None:
    assert not set(members(*BRIDGE[:2], "Comments", *BRIDGE[2:], *WHALE))


def test_a_list_behind_comments_is_its_own_and_the_rest_are_comments() -> None:
    talk = ("Joan", "2 hours ago", "I drive there every day and never saw a crack.", "Reply")
    found = members(*BRIDGE, "Comments", *talk, "Most read", *TITLES[:2], WHALE[0], WHALE[1])
    assert {found[i][0] for i in range(5, 9)} == {Role.COMMENT}
    assert 9 not in found
    assert [found[i] for i in (10, 11)] == [(Role.TEASER, 9)] * 2
    assert found[13] == (Role.COMMENT, 4)


def test_what_a_prompt_to_read_on_opens_are_teasers() -> None:
    found = members(*BRIDGE, "Read next", *TITLES[:2])
    assert {role for role, _ in found.values()} == {Role.TEASER}
