"""Where one story ends and another begins."""

from __future__ import annotations

import pytest

from pipeline.cleaning.evidence import gather
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.sections import sections
from pipeline.cleaning.stories import story_starts
from tests.cleaning.helpers import BRIDGE, WHALE

FIRST = "Council closes the iron bridge to lorries"
SECOND = "Young humpback whale finds its way back to the sea"
CAPTION = "The whale near the pier on Sunday. (Bugle Photo/Ann Lee)"


def starts(text: str) -> list[str]:
    """Return the first line of every story."""
    lines = gather(page_from_text(text))
    return [lines[i].text for i in story_starts(lines, sections(lines))]


def text(*lines: str) -> str:
    return "\n\n".join(lines)


def test_nothing_has_no_story() -> None:
    assert story_starts((), {}) == ()


@pytest.mark.parametrize(
    "joint",
    [
        ("\n\n" + SECOND, SECOND),
        (SECOND, CAPTION, SECOND, CAPTION),
        (SECOND, "By Ann Lee"),
        (SECOND, "By Ann Lee", "September 5, 2023"),
        ("\n\n" + SECOND, "September 5, 2023"),
        ("(Reporting by Ann Lee)", SECOND, "By Bo Ek"),
        ("\n\n" + SECOND,),
    ],
)
def test_a_second_headline_opens_a_story(joint: tuple[str, ...]) -> None:
    found = starts(text(FIRST, *BRIDGE, *joint, *WHALE))
    assert found == [FIRST, SECOND]


def test_a_dateline_behind_a_gap_opens_a_story() -> None:
    second = "OSLO (Bugle) - " + WHALE[0]
    assert starts(text(FIRST, *BRIDGE, "\n\n" + second, *WHALE[1:])) == [FIRST, second]


@pytest.mark.parametrize(
    "form", ["{} (Bugle) - ", "(BUGLE) - {}, 9 APR - ", "{}, 9 April (Bugle) – "]
)
def test_an_agency_s_second_dateline_opens_a_story(form: str) -> None:
    first, second = form.format("HARLOW") + BRIDGE[0], form.format("OSLO") + WHALE[0]
    assert starts(text(first, *BRIDGE[1:], second, *WHALE[1:])) == [first, second]


def test_an_agency_s_only_dateline_may_stand_below_a_summary() -> None:
    first = "HARLOW (Bugle) - " + BRIDGE[2]
    assert starts(text(FIRST, *BRIDGE[:2], first, *BRIDGE[3:])) == [FIRST]


@pytest.mark.parametrize("form", ["OSLO (Bugle) - ", "OSLO, 9 April (QPX) – "])
def test_an_agency_s_only_dateline_opens_one_behind_a_text(form: str) -> None:
    second = form + WHALE[0]
    assert starts(text(FIRST, *BRIDGE, second, *WHALE[1:])) == [FIRST, second]


def test_a_byline_between_paragraphs_opens_a_story_of_other_words() -> None:
    signed = [FIRST, "By Bo Ek", *BRIDGE, "By Ann Lee", *WHALE]
    assert starts(text(*signed)) == [FIRST, "By Ann Lee"]


def test_a_day_between_paragraphs_opens_a_story_of_other_words() -> None:
    top = (FIRST, "By Bo Ek", "5 May 2024, 9:30")
    second = "4 May 2024, 17:12"
    assert starts(text(*top, *BRIDGE, second, *WHALE)) == [FIRST, second]
    assert starts(text(*top, *BRIDGE, "Read more:", second, *WHALE)) == [FIRST, second]


def test_other_days_do_not() -> None:
    top = (FIRST, "5 May 2024, 9:30")
    day = "4 May 2024, 17:12"
    assert starts(text(FIRST, *BRIDGE, day, *WHALE)) == [FIRST]
    assert starts(text(*top, *BRIDGE[:2], day, *BRIDGE[2:])) == [FIRST]
    assert starts(text(*top, *BRIDGE, *WHALE, day)) == [FIRST]
    diary = [line for n, said in enumerate(WHALE, 1) for line in (f"{n} May 2024", said)]
    assert starts(text(*top, *BRIDGE, *diary)) == [FIRST]


def test_a_byline_at_the_end_or_of_the_same_author_does_not() -> None:
    assert starts(text(FIRST, *BRIDGE, "By Ann Lee")) == [FIRST]
    assert starts(text(FIRST, "By Ann Lee", *BRIDGE, "By Ann Lee", *WHALE)) == [FIRST]
    assert starts(text(FIRST, *BRIDGE[:2], "By Ann Lee", *BRIDGE[2:])) == [FIRST]


@pytest.mark.parametrize(
    "inner",
    [
        ("What the engineers found",),
        ("\n\nWhat the engineers found",),
        ("By the numbers",),
        ("Riveted girders (RG) – " + WHALE[0], "Weathering steel (WS) – " + WHALE[1]),
        ("What happens next?",),
        ("***",),
        (CAPTION,),
    ],
)
def test_a_subheading_does_not(inner: tuple[str, ...]) -> None:
    assert starts(text(FIRST, *BRIDGE[:2], *inner, *BRIDGE[2:])) == [FIRST]


def test_two_paragraphs_at_least_make_a_story() -> None:
    assert starts(text(FIRST, *BRIDGE, SECOND, "By Ann Lee", WHALE[0])) == [FIRST]


def test_a_list_of_titles_makes_no_stories() -> None:
    assert starts(text(FIRST, *BRIDGE, "Related articles", SECOND, "Ferry fares rise again")) == [
        FIRST
    ]


def test_speakers_in_capitals_are_no_datelines() -> None:
    talk = [
        f"{who}: {line}" for who, line in zip(("JOAN", "HOST") * 4, (*BRIDGE, *WHALE), strict=False)
    ]
    assert starts(text(FIRST, *talk)) == [FIRST]


def test_three_stories() -> None:
    third = "School choir wins the cup for the third time"
    found = starts(
        text(
            FIRST,
            *BRIDGE,
            "\n\n" + SECOND,
            "By Ann Lee",
            *WHALE,
            "\n\n" + third,
            "By Bo Ek",
            "The choir of the harbour school sang itself to the top of the national contest on "
            "Sunday, ahead of forty other choirs, with sea shanties and one hymn by a living "
            "composer.",
            "Its conductor, who teaches mathematics during the week, thanked the parents, "
            "the "
            "caretaker and the baker who had sent rolls to each of the sixty "
            "rehearsals of the year.",
        )
    )
    assert found == [FIRST, SECOND, third]


@pytest.mark.parametrize(
    "line", ["Anna Karlsson", "Мария Столбова", "OSLO, 9 May", "ВОЛОГДА, 9 октября", "OSLO, May 9"]
)
def test_a_name_or_a_place_alone_opens_a_story_of_other_words(line: str) -> None:
    assert starts(text(FIRST, *BRIDGE, line, *WHALE)) == [FIRST, line]
    assert starts(text(FIRST, *BRIDGE, "Subscribe", "Archive", line, *WHALE)) == [FIRST, line]


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        ("Anna Karlsson", "Karlsson has led the rescue of whales in the bay for twenty years now."),
        ("Мария Столбова", "Когда киты приходят в залив, Столбову зовут первой, говорят в порту."),
        ("Oslo, 9 May", WHALE[0]),
        ("OSLO, 9 whales", WHALE[0]),
    ],
)
def test_a_subheading_of_a_person_or_a_place_does_not(line: str, behind: str) -> None:
    assert starts(text(FIRST, *BRIDGE, line, behind, *WHALE[1:])) == [FIRST]
