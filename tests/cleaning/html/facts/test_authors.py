"""Who wrote it: persons, agencies, firms, and nobody."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.cleaning.html.facts.people import names_in
from pipeline.cleaning.html.facts.site import Site

from .pages import article, facts, json_ld, meta, value

SITE = Site(["The Evening Bugle"], "https://www.bugle.example/a")


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("By Ann Lee", ("Ann Lee",)),
        ("ANN LEE", ("Ann Lee",)),
        ("ann lee", ("Ann Lee",)),
        ("Ann Lee and Bo Ek", ("Ann Lee", "Bo Ek")),
        ("Ann Lee, Bo Ek & Cy Poe", ("Ann Lee", "Bo Ek", "Cy Poe")),
        ("Ann Lee; ann lee", ("Ann Lee",)),
        ("Ann Ortega y Gasset", ("Ann Ortega y Gasset",)),
        ("Ann Lee (al)", ("Ann Lee",)),
        ("Ann Lee / Reporter", ("Ann Lee",)),
        ("Ann Lee for Bugle.Com", ("Ann Lee",)),
        ("Ann Lee, MD, PhD", ("Ann Lee",)),
        ("Ann Lee, Jr.", ("Ann Lee, Jr.",)),
        ("Ann Lee ann@bugle.example", ("Ann Lee",)),
        ("Mike", ("Mike",)),
        ("Ann Lee Chefredakteurin", ("Ann Lee",)),
        ("Verfasst von Ann Lee", ("Ann Lee",)),
        ("Interview: Ann Lee", ("Ann Lee",)),
        ("Of The", ()),
        ("Alle Beiträge", ()),
        ("Veröffentlicht von", ()),
        ("김민수 기자", ("김민수",)),
        ("दीपक शर्मा", ("दीपक शर्मा",)),
        ("Ludwig van der Lee", ("Ludwig van der Lee",)),
        ("Staff", ()),
        ("Admin", ()),
        ("Redaktion Online", ()),
        ("IN-Redaktion", ()),
        ("Evening Bugle", ()),
        ("bugle.example", ()),
        ("https://bugle.example/ann-lee", ()),
        ("ann.lee", ()),
        ("@annlee", ()),
        ("ku Berlin", ()),
        ("Health Insights Team", ()),
        ("", ()),
    ],
)
def test_names(text: str, persons: tuple[str, ...]) -> None:
    assert names_in(text, SITE).persons == persons


@pytest.mark.parametrize("text", ["dpa", "The Associated Press", "Deutsche Presse-Agentur", "AFP"])
def test_agencies_are_no_persons(text: str) -> None:
    assert names_in(text, SITE) == ((), (text,))


def test_a_surname_may_stand_first() -> None:
    assert names_in("Lee, Ann", SITE, surname_first=True).persons == ("Ann Lee",)


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        (json_ld(article(author="Ann Lee")), "", ("Ann Lee",)),
        (
            json_ld(article(author=[{"name": "Ann Lee"}, {"name": "Bo Ek"}])),
            "",
            ("Ann Lee", "Bo Ek"),
        ),
        (json_ld(article(author={"name": ["Ann Lee", "Bo Ek"]})), "", ("Ann Lee", "Bo Ek")),
        (
            json_ld({"@graph": [article(author={"@id": "#a"}), {"@id": "#a", "name": "Ann Lee"}]}),
            "",
            ("Ann Lee",),
        ),
        (json_ld(article(author={"name": "Ann Lee"})) + meta(author="Bo Ek"), "", ("Ann Lee",)),
        (meta(article__author="https://social.example/bugle", author="Ann Lee"), "", ("Ann Lee",)),
        (meta(citation_author="Lee, Ann"), "", ("Ann Lee",)),
        ("", '<h1>News</h1><p class="byline">By Ann Lee</p>', ("Ann Lee",)),
        ("", '<h1>News</h1><a rel="author">Ann Lee</a>', ("Ann Lee",)),
        (
            "",
            '<h1>News</h1><div class="authors"><a>Ann Lee</a><a>Bo Ek</a></div>',
            ("Ann Lee", "Bo Ek"),
        ),
        (
            "",
            '<h1>News</h1><ul><li class="author">Ann Lee</li><li class="author">Bo Ek</li></ul>',
            ("Ann Lee", "Bo Ek"),
        ),
        ("", '<p class="author">Bo Ek</p><h1>News</h1><p class="author">Ann Lee</p>', ("Ann Lee",)),
        ("", '<h1>News</h1><div class="comments"><b class="author">Bo Ek</b></div>', None),
        ("", '<h1>News</h1><aside><b class="author">Bo Ek</b></aside>', None),
        ("", '<h1>News</h1><div class="related"><b class="author">Bo Ek</b></div>', None),
        ("", '<h1>News</h1><p class="author">More about us</p>', None),
        (
            "",
            '<h1>News</h1><div class="author-bio">Ann Lee is a writer.</div>'
            '<p class="byline">Bo Ek</p>',
            ("Bo Ek",),
        ),
        ("", "<h1>News</h1><p>Ann Lee</p>", None),
        # One word can be who wrote where the mark, or "by", says so.
        ("", '<h1>News</h1><a rel="author">gizzmo</a>', ("gizzmo",)),
        ("", '<h1>News</h1><span class="author vcard"><a class="url fn">Ann</a></span>', ("Ann",)),
        ("", '<h1>News</h1><span class="byline">von gizzmo</span>', ("gizzmo",)),
        ("", '<h1>News</h1><span class="byline">gizzmo</span>', None),
        ("", '<h1>News</h1><a rel="author">Redaktion</a>', None),
        ("", '<h1>News</h1><span class="author vcard">von <a rel="author">by</a></span>', None),
        ("", '<h1>News</h1><p class="author">Interview: Ann Lee</p>', ("Ann Lee",)),
        (meta(twitter__label1="Written by", twitter__data1="Ann Lee"), "", ("Ann Lee",)),
        (meta(twitter__label1="Price", twitter__data1="Ann Lee"), "", None),
    ],
)
def test_authors(head: str, body: str, authors: Any) -> None:
    assert value(facts(head, body or "<p>Text</p>").authors) == authors


def test_a_site_may_be_called_like_its_author() -> None:
    head = meta(og__site_name="Ann Lee")
    mark = '<h1>News</h1><span class="author vcard">By <a class="fn">Ann Lee</a></span>'
    found = facts(head, mark)
    assert (found.authors, value(found.organisations)) == (None, ("Ann Lee",))
    assert facts(head, '<h1>News</h1><p class="byline">Ann Lee</p>').organisations is None


def test_an_agency_beside_a_person_and_a_firm_alone() -> None:
    both = facts(json_ld(article(author=[{"name": "Ann Lee"}, {"name": "AP"}])))
    assert (value(both.authors), value(both.agencies)) == (("Ann Lee",), ("AP",))
    firm = facts(json_ld(article(author={"@type": "Organization", "name": "The Bugle"})))
    assert (firm.authors, value(firm.organisations)) == (None, ("The Bugle",))
    desk = facts(json_ld(article(author={"@type": "Person", "name": "News Desk"})))
    assert (desk.authors, desk.organisations) == (None, None)
