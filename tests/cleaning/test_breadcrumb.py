from __future__ import annotations

import pytest

from pipeline.cleaning.breadcrumb import behind_path, headline_below
from pipeline.cleaning.evidence import gather
from pipeline.cleaning.page import page_from_text

HEADLINE = "Iron bridge closed to lorries for repairs"
PARAGRAPH = (
    "The council voted on Monday to close the iron bridge to lorries from the first of June, "
    "after an inspection found cracks in two of its girders."
)


def found(*text: str) -> str:
    lines = gather(page_from_text("\n".join(text)))
    return lines[headline_below(lines, 0, len(lines))].text.strip()


@pytest.mark.parametrize(
    "path",
    [
        f"Home » Town » {HEADLINE}",
        f"Start / Ausland / {HEADLINE}",
        f"Home > {HEADLINE}",
        f"3. {HEADLINE}",
        f"Home Town Council {HEADLINE}",
    ],
)
def test_the_line_that_a_path_ends_with_is_the_headline(path: str) -> None:
    assert found(path, "", "12 May 2025", HEADLINE, PARAGRAPH) == HEADLINE


@pytest.mark.parametrize(
    "below",
    [
        "By Jane Doe and John Roe",
        "for repairs",  # Too short to be one.
        "The iron bridge was closed to lorries",
        f"{HEADLINE} and painting",
        "to lorries for repairs",  # A path's last step begins with a capital.
        HEADLINE,  # The same line again is a repeat.
    ],
)
def test_a_headline_that_no_line_below_repeats_stays(below: str) -> None:
    assert found(HEADLINE, below, PARAGRAPH) == HEADLINE


def test_a_kicker_is_no_path() -> None:
    assert found(f"Pont du Nord: {HEADLINE}", HEADLINE, PARAGRAPH) == f"Pont du Nord: {HEADLINE}"
    assert found("Why the iron bridge was closed", "The Iron Bridge Was Closed").startswith("Why")


def test_a_line_behind_the_first_paragraph_is_no_headline() -> None:
    path = f"Home » {HEADLINE}"
    assert found(path, PARAGRAPH, HEADLINE) == path


@pytest.mark.parametrize(
    ("line", "headline"),
    [
        (f"Home > Town > {HEADLINE}", HEADLINE),
        (f"Home » {HEADLINE}", HEADLINE),
        (f"Portada › Sucesos › {HEADLINE}", HEADLINE),
        (f"Ausland > {HEADLINE}", None),
        ("Home > Town > Council", None),
        ("Why a phone > a camera for holidays", None),
        (HEADLINE, None),
    ],
)
def test_a_path_without_the_headline_below_holds_it(line: str, headline: str | None) -> None:
    assert behind_path(line) == (headline or line)
