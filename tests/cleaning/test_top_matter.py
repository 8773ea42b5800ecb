"""Headline, standfirst and what else stands above the first paragraph."""

from __future__ import annotations

import pytest

from pipeline.cleaning.evidence import gather
from pipeline.cleaning.page import page_from_text
from pipeline.cleaning.top_matter import headline_above, headline_under_label
from pipeline.documents import Hints
from tests.cleaning.helpers import BRIDGE, NO_HINTS, articles, roles

TITLE = "Council closes the iron bridge to lorries"
DECK = "Cracks in two girders alarm the engineers, and the repair has no money."

LONGER = "Two years without a scythe have brought back rare species, ecologists say"

MOWING = (
    "When the town ran out of money for petrol, its council stopped mowing and asked everybody to "
    "leave the grass alone. This week ecologists counted the bees that had moved in."
)


def top(*lines: str, hints: Hints = NO_HINTS) -> list[str]:
    """Return the roles of lines above a text of four paragraphs."""
    found = roles("\n\n".join((*lines, *BRIDGE)), hints)
    assert found[len(lines) :] == ["body"] * len(BRIDGE)
    return found[: len(lines)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((TITLE,), ["headline"]),
        ((TITLE.upper(),), ["headline"]),
        (("Is the iron bridge still safe for lorries?",), ["headline"]),
        (("Close the iron bridge to lorries now!",), ["headline"]),
        ((TITLE, "By Ann Lee"), ["headline", "byline"]),
        ((TITLE, "By Ann Lee", "September 5, 2023"), ["headline", "byline", "date"]),
        (
            (TITLE, DECK, "ANN LEE", "September 5, 2023"),
            ["headline", "standfirst", "byline", "date"],
        ),
        ((TITLE, "September 5, 2023", "Ann Lee"), ["headline", "date", "byline"]),
        ((TITLE, DECK, "By Ann Lee"), ["headline", "standfirst", "byline"]),
        (
            (TITLE, DECK, "Ann Lee", "September 5, 2023"),
            ["headline", "standfirst", "byline", "date"],
        ),
        ((TITLE, DECK, "Ann Lee (text), Bo Ek (photos)"), ["headline", "standfirst", "byline"]),
        # What looks like a name heads a part of the text as often.
        ((TITLE, DECK, "Iron Bridge"), ["headline", "body", "subheading"]),
        (
            (TITLE, "By Ann Lee", "September 5, 2023", "Key points:"),
            ["headline", "byline", "date", "subheading"],
        ),
        (("Travel", TITLE), ["section_label", "headline"]),
        (("Home", TITLE), ["navigation", "headline"]),
        (("Traffic", TITLE, "By Ann Lee"), ["section_label", "headline", "byline"]),
        ((TITLE, "By Ann Lee", TITLE), ["headline", "byline", "duplicate"]),
        (
            (TITLE, "- two girders cracked", "- no money for the repair"),
            ["headline", "body", "body"],
        ),
        (
            (TITLE, "The bridge in May. Photo: Ann Lee", "By Ann Lee"),
            ["headline", "caption", "byline"],
        ),
        (("September 5, 2023", TITLE), ["date", "headline"]),
        ((), []),
        (("Traffic",), ["body"]),
    ],
)
def test_roles_above_the_text(lines: tuple[str, ...], expected: list[str]) -> None:
    assert top(*lines) == expected


@pytest.mark.parametrize("place", ["HARLOW (AP) — ", "HARLOW, Sept 3 — ", "Harlow – "])
def test_what_stands_above_a_dateline_is_the_standfirst(place: str) -> None:
    lines = (TITLE, "By Ann Lee", DECK, f"{place}{BRIDGE[0]}", "Buses near Harlow are late.")
    assert roles("\n\n".join((*lines, *BRIDGE[1:])))[2:4] == ["standfirst", "body"]


def test_speakers_are_no_datelines() -> None:
    talk = (f"RELL: {BRIDGE[1]}", f"HOST: {BRIDGE[2]}", f"RELL: {BRIDGE[3]}")
    assert roles("\n\n".join((TITLE, BRIDGE[0], *talk)))[1] == "body"


@pytest.mark.parametrize(
    "title", [TITLE, TITLE.upper(), f"{TITLE} | The Bugle", f"{TITLE} - Bugle Online", f" {TITLE} "]
)
def test_the_title_that_the_input_gives_is_found(title: str) -> None:
    lines = ("Six girders and no money at the bridge", TITLE, "Iron bridge lorries council girders")
    assert top(*lines, hints=Hints(title=title))[1] == "headline"


@pytest.mark.parametrize("title", ["The iron bridge is closed.", "Closed", "Newsletter"])
def test_a_given_title_needs_no_look_of_a_title(title: str) -> None:
    assert top(title, hints=Hints(title=title)) == ["headline"]


def test_a_given_title_that_stands_nowhere_changes_no_role() -> None:
    assert top(TITLE, hints=Hints(title="Something else")) == ["headline"]
    (article,) = articles("\n\n".join((TITLE, *BRIDGE)), Hints(title="Something else"))
    assert article.title == "Something else"


def test_a_menu_between_headline_and_text_is_no_text() -> None:
    menu = [f"Entry number {i}" for i in range(15)]
    assert set(top(TITLE, *menu)[1:]) <= {"other", "navigation"}


def test_without_a_paragraph_nothing_is_text() -> None:
    assert set(roles("Menu\n\nTraffic and bridges\n\nAll about us")) <= {
        "other",
        "headline",
        "navigation",
    }


@pytest.mark.parametrize(
    ("above", "deck", "is_headline"),
    [
        ("Town that stopped mowing finds lost bees", LONGER, True),
        ("Home / Town / Parks and gardens today", LONGER, False),
        ("The Harbour Post", LONGER, False),
        ("Gold is dearer than ever in the city", LONGER, False),
        ("12 May 2025, as it was written then", LONGER, False),
        (LONGER, "Town that stopped mowing finds lost bees", False),
    ],
)
def test_a_headline_may_stand_above_what_looks_like_one(
    above: str, deck: str, is_headline: bool
) -> None:
    lines = gather(page_from_text(f"News\n{above}\n{deck}\n{MOWING}\n"))
    assert headline_above(lines, 0, 2, len(lines)) == (1 if is_headline else 2)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Rural", TITLE, "By Ann Lee"), 1),
        (("Local News", TITLE, "September 5, 2023"), 1),
        (("Rural", TITLE), 0),
        (("Rural affairs now", TITLE, "By Ann Lee"), 0),
        (("Rural", "Winners of the spring lottery drawn", "By Ann Lee"), 0),
        (("Rural", "The bridge in May. Photo: Ann Lee", "By Ann Lee"), 0),
    ],
)
def test_a_headline_may_stand_below_a_sections_name(lines: tuple[str, ...], expected: int) -> None:
    seen = gather(page_from_text("\n".join((*lines, *BRIDGE))))
    assert headline_under_label(seen, 0, len(seen)) == expected


@pytest.mark.parametrize("heading", ["Trending now", "Most read"])
def test_a_title_in_a_list_is_no_headline(heading: str) -> None:
    text = f"{heading}\nTown that stopped mowing finds lost bees\n{LONGER}\n{MOWING}\n"
    lines = gather(page_from_text(text))
    assert headline_above(lines, 0, 2, len(lines)) == 2
