"""Pages of news in brief."""

from __future__ import annotations

import pytest

from pipeline.cleaning.briefs import announced_briefs, unlike_briefs
from pipeline.cleaning.evidence import gather
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.page import page_from_text
from pipeline.documents import Hints
from schemas.roles import Role
from tests.cleaning.helpers import BRIDGE, WHALE

BAKER = (
    "The last baker of the old town sold his oven on Wednesday to a museum in the capital, which "
    "wants to show how bread was made before the war."
)
BRIEFS = (
    ("Bridge closed to lorries", BRIDGE[0]),
    ("Whale back at sea", WHALE[0]),
    ("Oven goes to museum", BAKER),
    ("Northport", BRIDGE[2]),
)


def page(heading: str, *briefs: tuple[str, ...], line: str = "\n") -> str:
    return line.join([heading, *(text for brief in briefs for text in brief)])


def headings(text: str) -> list[str]:
    lines = gather(page_from_text(text))
    return [lines[i].text for i in announced_briefs(lines)]


@pytest.mark.parametrize(
    "heading",
    [
        "In brief", "NEWS IN BRIEF", "World news in brief", "Regional Digest", "En bref",
        "L'actu en bref", "Kurz notiert", "Nachrichten kompakt", "Breves", "Breves del martes",
        "In breve", "Notas curtas", "Kort nieuws", "W skrócie", "I korthet", "Коротко",
    ],
)  # fmt: skip
def test_every_heading_opens_a_story(heading: str) -> None:
    assert headings(page(heading, *BRIEFS)) == [title for title, _ in BRIEFS]


def test_the_labels_of_such_a_page() -> None:
    text = page("In brief", *BRIEFS, BRIEFS[0], BRIEFS[2])
    labels = learned_labeller().label(page_from_text(text), Hints())
    assert [label.story for label in labels] == [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [label.role for label in labels[1:9:2]] == [Role.HEADLINE] * 4


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(page("Council and coast", *BRIEFS), id="not headed as such"),
        pytest.param(page("In brief", *BRIEFS[:2]), id="two are too few"),
        pytest.param(page("In brief", (BAKER,), *BRIEFS), id="text before the first heading"),
        pytest.param(page("In brief", ("Bridge", *BRIDGE), *BRIEFS), id="a long part"),
        pytest.param(
            page("In brief", ("Sport",), ("Politics",), ("Weather",), ("Video",), ("Shop",),
                 ("Council closes the iron bridge to lorries",), *BRIEFS),
            id="an entry of a menu far above",
        ),
        pytest.param("", id="nothing"),
    ],
)  # fmt: skip
def test_other_pages(text: str) -> None:
    assert headings(text) == []


def test_an_agencys_paragraph_is_a_brief_without_a_heading() -> None:
    signed = f"LISBON, May 3 (Reuters) - {WHALE[2]}"
    text = page("In brief", *BRIEFS[:2], (signed,), *BRIEFS[2:])
    assert headings(text) == [*(t for t, _ in BRIEFS[:2]), signed, *(t for t, _ in BRIEFS[2:])]
    labels = learned_labeller().label(page_from_text(text), Hints())
    assert [label.role for label in labels if label.story == 2] == [Role.BODY]


LIBRARY = (
    "Pupils of two schools will read aloud from forty novels in the reading room next weekend, and "
    "nobody is asked to whisper. Tickets are free."
)
UNLIKE = (
    ("Bridge closed to lorries", BRIDGE[0]),
    ("Whale back at sea", WHALE[0]),
    ("Oven goes to museum", BAKER),
    ("Schools read for a day", LIBRARY),
)


def unlike(text: str) -> list[str]:
    lines = gather(page_from_text(text))
    return [lines[i].text for i in unlike_briefs(lines)]


@pytest.mark.parametrize("line", ["\n", "\n\n"])
def test_headings_over_paragraphs_that_have_no_word_in_common(line: str) -> None:
    text = page("Around the county", *UNLIKE, ("All rights reserved",), line=line)
    assert unlike(text) == [title for title, _ in UNLIKE]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(page("County", *UNLIKE[:3]), id="three are too few"),
        pytest.param(page("County", *((t, BRIDGE[i]) for i, (t, _) in enumerate(UNLIKE))),
                     id="of one bridge"),
        pytest.param(page("County", *((f"{i}. {t}", p) for i, (t, p) in enumerate(UNLIKE))),
                     id="a numbered list"),
        pytest.param(page("County", *UNLIKE[:3], (*UNLIKE[3], WHALE[1])), id="two paragraphs"),
        pytest.param(page("County", *((t.split()[0], p) for t, p in UNLIKE)), id="one word each"),
        pytest.param(page("County", *((f"Was the {t}?", p) for t, p in UNLIKE)), id="questions"),
        pytest.param("", id="nothing"),
    ],
)  # fmt: skip
def test_other_pages_of_headings_and_paragraphs(text: str) -> None:
    assert unlike(text) == []


PLACED = (
    "Norra Bruk. The council says no to the elk of steel that a company wants to raise there.",
    "Lidetorp. The prize of the town goes to a driver who sings to her passengers every day.",
    "Mill Åsen. Two hundred kilos of mushrooms were stolen from a cold store over the weekend.",
)


def test_briefs_may_open_with_places_alone() -> None:
    assert headings("\n".join(("Länet i korthet", *PLACED))) == list(PLACED)
    assert headings("\n".join(("Länet i korthet", *PLACED[:2]))) == []
    assert headings("\n".join(("Länet", *PLACED))) == []
    other = "The fair opens on Monday. There will be music and a boat race, the mayor told us."
    assert headings("\n".join(("Länet i korthet", *PLACED[:2], other, other))) == []


def test_a_sections_name_may_head_a_brief() -> None:
    briefs = [*UNLIKE[:-1], ("People", UNLIKE[-1][1])]
    assert unlike(page("Around the county", *briefs)) == [title for title, _ in briefs]
