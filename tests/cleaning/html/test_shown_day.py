"""The day that readers see beside the headline."""

from __future__ import annotations

from typing import Final

import pytest

from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.shown_day import shown_day, with_shown_day
from pipeline.cleaning.html.visible import HtmlPage, visible_page
from pipeline.cleaning.labels import Label
from schemas.roles import Role

from .made import BRIDGE, cleaned, page

ROLES: Final = {
    "h1": Role.HEADLINE, "p": Role.BODY, "h2": Role.SUBHEADING, "div": Role.NAVIGATION,
    "li": Role.TEASER,
}  # fmt: skip
TEXT: Final = f"<p>{BRIDGE[0]}</p><p>{BRIDGE[1]}</p>"


def labelled(body: str) -> tuple[HtmlPage, list[Label]]:
    """Return a page whose blocks have the roles that their tags mean here."""
    seen = visible_page(parse_html(f"<html><body>{body}</body></html>"))
    return seen, [Label(ROLES[place.tag], 0, 0.9, "test") for place in seen.places]


def days(body: str) -> tuple[int, str | None, str | None] | None:
    found = shown_day(*labelled(body))
    return None if found is None else (found.block, found.days.published, found.days.modified)


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Culture, 2 May 2024", "2024-05-02", None),
        ("Ann Lee · May 2, 2024 · City · 7 comments", "2024-05-02", None),
        ("02.05.2024, 10:27 | Recht & Gesetz | Jetzt kommentieren", "2024-05-02", None),
        ("Publié le 2 mai 2024 par la rédaction de Nantes", "2024-05-02", None),
        ("2024年05月02日 | 徒歩", "2024-05-02", None),
        ("By Ann Lee Updated May 2, 2024", None, "2024-05-02"),
        ("City May 2, 2024 Updated: May 6, 2024", "2024-05-02", "2024-05-06"),
        ("Open from May 2, 2024 to May 6, 2024", None, None),
        ("The bridge was closed for good on May 2, 2024", None, None),
        ("Issue 4/2024", None, None),
        ("City | 03/04/2024 | Ann Lee", None, None),
    ],
)
def test_lines_that_show_a_day(line: str, published: str | None, modified: str | None) -> None:
    below = days(f"<div>Menu</div><h1>Old bridge closed</h1><div>{line}</div>{TEXT}")
    above = days(f"<div>Menu</div><div>{line}</div><h1>Old bridge closed</h1>{TEXT}")
    expected = published is not None or modified is not None
    assert below == ((2, published, modified) if expected else None)
    assert above == ((1, published, modified) if expected else None)


def test_the_day_below_the_headline_goes_before_the_one_above() -> None:
    body = "<div>Tuesday, May 7, 2024</div><h1>Bridge</h1><div>City, May 2, 2024</div>"
    assert days(body + TEXT) == (2, "2024-05-02", None)


def test_without_a_headline_the_nearest_above_the_text_counts() -> None:
    body = "<div>Today is May 7, 2024</div><div>City, May 2, 2024</div><div>Share</div>"
    assert days(body + TEXT) == (1, "2024-05-02", None)


@pytest.mark.parametrize(
    "body",
    [
        f"<div>May 7, 2024</div>{'<div>Menu</div>' * 12}<h1>Bridge</h1>{TEXT}",
        f"<h1>Bridge</h1>{TEXT}<li>Ferry runs again May 7, 2024</li>",
        f"<h1>Bridge</h1>{TEXT}{'<div>Menu</div>' * 13}<div>Published May 7, 2024</div>",
        f'<h1>Bridge</h1><div class="comment">Tom · May 7, 2024</div>{TEXT}',
        f'<h1>Bridge</h1><div class="related">Ferry May 7, 2024</div>{TEXT}',
        f"<h1>Bridge</h1><p>The old bridge was closed on May 7, 2024.</p>{TEXT}",
        f"<h1>Bridge</h1>{TEXT}<p>Born on May 7, 2024 in the old town</p>",
        "<div>May 7, 2024</div>",
        "",
    ],
)
def test_other_days_are_not_the_articles(body: str) -> None:
    assert days(body) is None


def test_behind_the_text_a_line_says_what_its_day_is() -> None:
    body = f"<h1>Bridge</h1>{TEXT}<div>Share</div><div>Posted by Tom on May 7, 2024</div>"
    assert days(body) == (4, "2024-05-07", None)


@pytest.mark.parametrize(
    "opening",
    [
        "(18.01.2018) ",
        "18.01.2018 – ",
        "18. Januar 2018 - ",
        "Montag, 18. Januar 2018 — ",
        "Pressemitteilung vom 18. Januar 2018 | Berlin – ",
        "18.01.2018 ",
    ],
)
def test_a_text_that_opens_with_its_day(opening: str) -> None:
    text = "Die alte Brücke bleibt bis zum Frühjahr gesperrt, teilte die Stadt am Montag mit."
    body = f"<h1>Brücke gesperrt</h1><p>{opening}{text}</p><p>{text}</p>"
    assert days(body) == (1, "2018-01-18", None)


def test_the_first_paragraphs_are_looked_at() -> None:
    body = f"<h1>Bridge</h1><p>{BRIDGE[0]}</p><p>18.1.2018 - {BRIDGE[1]}</p>"
    assert days(body) == (2, "2018-01-18", None)
    later = f"<h1>Bridge</h1>{TEXT}<p>{BRIDGE[2]}</p><p>18.1.2018 - {BRIDGE[3]}</p>"
    assert days(later) is None


def test_the_line_becomes_a_date_and_its_text_stays() -> None:
    seen, labels = labelled(f"<h1>Bridge</h1><div>City, May 2, 2024</div>{TEXT}")
    facts, marked = with_shown_day(PageFacts(), seen, labels)
    assert facts.date_published == Fact("2024-05-02", "block 1")
    assert [label.role for label in marked] == [
        Role.HEADLINE, Role.DATE, Role.BODY, Role.BODY,
    ]  # fmt: skip
    assert [label.role for label in labels][1] is Role.NAVIGATION


def test_a_paragraph_that_opens_with_the_day_stays_text() -> None:
    seen, labels = labelled(f"<h1>Bridge</h1><p>(2.5.2024) {BRIDGE[0]}</p><p>{BRIDGE[1]}</p>")
    facts, marked = with_shown_day(PageFacts(), seen, labels)
    assert facts.date_published == Fact("2024-05-02", "block 1")
    assert marked == labels


def test_what_the_pages_data_say_goes_before() -> None:
    seen, labels = labelled(f"<h1>Bridge</h1><div>City, May 2, 2024</div>{TEXT}")
    known = PageFacts(date_published=Fact("2024-05-01", "meta:date"))
    assert with_shown_day(known, seen, labels) == (known, labels)


@pytest.mark.parametrize("engine", ["best", "fast"])
def test_a_whole_page(engine: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE)
    head = "<h1>City closes the old bridge</h1><div>Culture // 2 May 2024 // 3 min</div>"
    found = cleaned(page(head + text), engine=engine)
    (article,) = found.articles
    assert article["date_published"] == "2024-05-02"
    assert "2024" not in article["text"]
    (origin,) = [f.origin for f in found.ledger.fields if f.field == "date_published"]
    assert origin.startswith("block ")


def test_a_byline_with_a_day_counts_whatever_is_embedded_in_it() -> None:
    line = "<div class='author embed'>By Ann Lee on May 2, 2024 at 11:30 a.m. @annlee</div>"
    assert days(f"<h1>Old bridge closed</h1>{line}{TEXT}") == (1, "2024-05-02", None)
    of_another = line.replace("author", "related author")
    assert days(f"<h1>Old bridge closed</h1>{of_another}{TEXT}") is None


def test_the_day_of_a_visit_is_none() -> None:
    clock = "<div>Menu</div><div>12:46 GMT, Jun 25, 2024</div>" + "<div>Section</div>" * 9
    below = "<div>Published: May 2, 2024</div>"
    seen, labels = labelled(f"{clock}<h1>Old bridge closed</h1>{below}{TEXT}")
    of_days = [
        label._replace(role=Role.DATE) if "2024" in block.text else label
        for block, label in zip(seen.page.blocks, labels, strict=True)
    ]
    facts, marked = with_shown_day(PageFacts(), seen, of_days)
    assert facts.date_published is not None
    assert facts.date_published.value == "2024-05-02"
    assert [label.role for label in marked].count(Role.DATE) == 1
    # Where no day stands below the headline the one above is all that there is.
    seen, labels = labelled(f"{clock}<h1>Old bridge closed</h1>{TEXT}")
    of_days = [
        label._replace(role=Role.DATE) if n == 1 else label for n, label in enumerate(labels)
    ]
    assert with_shown_day(PageFacts(), seen, of_days)[1][1].role is Role.DATE
