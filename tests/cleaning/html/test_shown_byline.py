"""Who wrote, as readers see it beside an article."""

from __future__ import annotations

import pytest

from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.html.shown_byline import shown_byline, with_shown_byline
from schemas.roles import Role

from .made import BRIDGE, cleaned, page
from .test_shown_day import TEXT, labelled


def byline(body: str) -> int | None:
    return shown_byline(*labelled(body))


@pytest.mark.parametrize(
    "line",
    [
        "Posted by Ann Lee at 22:10",
        "Publicado por Ana Ruiz",
        "Veröffentlicht von Anna Berg am 2. Mai 2024",
        "Publié par Anne Roy le 2 mai 2024",
        "Scritto da Anna Rossi",
        "By Ann Lee",
    ],
)
def test_lines_that_say_who_wrote(line: str) -> None:
    assert byline(f"<div>Menu</div><h1>Old bridge closed</h1><div>{line}</div>{TEXT}") == 2
    assert byline(f"<h1>Old bridge closed</h1>{TEXT}<div>{line}</div><div>Menu</div>") == 3


@pytest.mark.parametrize(
    "line",
    [
        "Minutes of the board vom 5. August 2019",
        "Protokoll der Sitzung vom 5. August 2019",
        "Ann Lee",
        "Read more",
        "Bridges and Roads",
        "Published by the Harbour Authority of the town of Millbrook, which pays for the new one",
    ],
)
def test_lines_that_do_not(line: str) -> None:
    assert byline(f"<div>Menu</div><h1>Old bridge closed</h1><div>{line}</div>{TEXT}") is None


def test_a_name_alone_stands_beside_a_day() -> None:
    head = "<h1>Old bridge closed</h1>"
    assert byline(f"{head}<div>Ann Lee</div><div>2 May 2024</div>{TEXT}") == 1
    assert byline(f"{head}<div>2 May 2024</div><div>Ann Lee</div>{TEXT}") == 2


def test_lines_of_a_list_are_not_bylines() -> None:
    issues = "".join(f"<div>The Harbour Post {day} May 2024</div>" for day in (2, 3, 4, 5))
    assert byline(f"<h1>Old bridge closed</h1>{TEXT}{issues}") is None


def test_without_text_nobody_wrote() -> None:
    assert byline("<h1>Old bridge closed</h1><div>By Ann Lee</div>") is None


def test_data_and_bylines_go_before() -> None:
    seen, labels = labelled(f"<h1>Old bridge closed</h1><div>Posted by Ann Lee</div>{TEXT}")
    named = PageFacts(authors=Fact(("Cem Ak",), "json-ld"))
    assert with_shown_byline(named, seen, labels) is labels
    marked = with_shown_byline(PageFacts(), seen, labels)
    assert [label.role for label in marked][1] is Role.BYLINE
    assert with_shown_byline(PageFacts(), seen, marked) is marked


def test_the_line_names_the_author_of_the_article() -> None:
    made = cleaned(
        page(f"<h1>Old bridge closed</h1>{TEXT}<p>{BRIDGE[2]}</p><div>Posted by Ann Lee</div>")
    )
    assert made.articles[0]["authors"] == ("Ann Lee",)


def test_a_name_alone_is_its_own_though_the_author_wrote_more() -> None:
    head = "<h1>Old bridge closed</h1><div>Ann Lee</div><div>Ann Lee / 22.04.2024 / 150</div>"
    more = "".join(f"<div>Ann Lee / {day}.03.2024 / 90</div>" for day in (20, 21, 22))
    assert byline(f"{head}{TEXT}{more}") == 1


def test_who_is_quoted_did_not_write() -> None:
    quoted = "<blockquote><div>Posted by Ann Lee on 2 May 2024</div></blockquote>"
    assert byline(f"<h1>Old bridge closed</h1>{TEXT}{quoted}") is None
