"""From labels to articles and the ledger row."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from pipeline.cleaning.html.facts import Fact, PageFacts
from pipeline.cleaning.labels import Label
from pipeline.cleaning.page import Page, page_from_text
from pipeline.cleaning.projection import (
    MOST_LINKS,
    articles_of,
    ledger_of,
    links_of,
    project,
    removed_counts,
    text_of,
)
from schemas import Article, RemovedCount
from schemas.roles import BOILERPLATE_ROLES, METADATA_ROLES, TEXT_ROLES, Role
from tests.cleaning.helpers import document


class Place(NamedTuple):
    links: tuple[tuple[str, str], ...] = ()
    picture: str | None = None


TEXT = " Title\n\nOne.\n \nMore\nTwo.\x00\n"


def labelled(*roles: Role, stories: tuple[int, ...] = ()) -> tuple[Page, list[Label]]:
    stories = stories or (0,) * len(roles)
    return page_from_text(TEXT), [
        Label(role, story, 0.8, "rule: test") for role, story in zip(roles, stories, strict=True)
    ]


def test_the_text_is_the_text_blocks_with_a_blank_line_between() -> None:
    page, labels = labelled(Role.HEADLINE, Role.BODY, Role.READ_MORE, Role.BODY)
    (fields,) = articles_of(document(TEXT), page, labels, "test-1")
    article = Article.model_validate(fields)
    assert (article.title, article.text, article.word_count) == ("Title", "One.\n\nTwo.", 2)
    assert article.removed_counts == (RemovedCount(role=Role.READ_MORE, blocks=1, characters=4),)
    assert (article.story_index, article.story_count) == (0, 1)
    assert (article.confidence, article.model_version) == (0.8, "test-1")


@pytest.mark.parametrize("role", sorted(Role))
def test_only_text_roles_are_text(role: Role) -> None:
    page, labels = labelled(role, Role.OTHER, Role.OTHER, Role.OTHER)
    story = list(zip(page.blocks, labels, strict=True))
    assert text_of(story) == ("Title" if role in TEXT_ROLES else "")


@pytest.mark.parametrize("role", sorted(BOILERPLATE_ROLES | METADATA_ROLES))
def test_a_story_without_text_is_no_article(role: Role) -> None:
    page, labels = labelled(role, role, role, role)
    assert articles_of(document(TEXT), page, labels, "test-1") == ()


def test_each_story_is_an_article() -> None:
    page, labels = labelled(*[Role.BODY] * 4, stories=(0, 0, 1, 1))
    found = [Article.model_validate(a) for a in articles_of(document(TEXT), page, labels, "t")]
    assert [(a.story_index, a.story_count, a.text) for a in found] == [
        (0, 2, "Title\n\nOne."),
        (1, 2, "More\n\nTwo."),
    ]
    assert [a.id for a in found] == [f"{document(TEXT).id}-{i}" for i in (0, 1)]


def test_counts_of_what_was_removed_are_in_order_of_their_names() -> None:
    page, labels = labelled(Role.WIDGET, Role.COMMENT, Role.WIDGET, Role.CAPTION)
    assert removed_counts(zip(page.blocks, labels, strict=True)) == (
        RemovedCount(role=Role.COMMENT, blocks=1, characters=4),
        RemovedCount(role=Role.WIDGET, blocks=2, characters=9),
    )


def test_the_ledger_says_what_became_of_every_character() -> None:
    page, labels = labelled(Role.HEADLINE, Role.BODY, Role.BODY, Role.BODY, stories=(0, 0, 1, 1))
    row = ledger_of(document(TEXT), page, labels, stories={0}, with_text=True)
    assert [(s.text, s.role.value, s.story_index) for s in row.spans] == [
        (" ", "blank", None),
        ("Title", "headline", 0),
        ("\n\n", "blank", 0),
        ("One.", "body", 0),
        ("\n \n", "blank", None),
        ("More", "body", None),
        ("\n", "blank", None),
        ("Two.\x00", "body", None),
        ("\n", "blank", None),
    ]
    assert row.length == len(TEXT)


def test_the_ledger_can_do_without_the_text() -> None:
    page, labels = labelled(*[Role.BODY] * 4)
    full = ledger_of(document(TEXT), page, labels, stories={0}, with_text=True)
    bare = ledger_of(document(TEXT), page, labels, stories={0}, with_text=False)
    assert {span.text for span in bare.spans} == {None}
    assert [(s.start, s.end) for s in bare.spans] == [(s.start, s.end) for s in full.spans]


def test_the_ledger_says_where_the_fields_come_from() -> None:
    page, labels = labelled(
        Role.HEADLINE, Role.BODY, Role.HEADLINE, Role.BODY, stories=(0, 0, 1, 1)
    )
    made = project(document(TEXT), page, labels, "t")
    row = ledger_of(
        document(TEXT), page, labels, stories={0, 1}, with_text=True, origins=made.origins
    )
    assert [(f.story_index, f.field, f.origin) for f in row.fields] == [
        (0, "title", "block 0"),
        (1, "title", "block 2"),
    ]


def test_the_facts_of_a_page_are_its_first_story_s() -> None:
    page, labels = labelled(
        Role.HEADLINE, Role.BODY, Role.HEADLINE, Role.BODY, stories=(0, 0, 1, 1)
    )
    facts = PageFacts(
        title=Fact("A title", "h1"),
        site_name=Fact("Bugle", "meta:og:site_name"),
        language=Fact("de", "html[lang]"),
    )
    made = project(document(TEXT), page, labels, "t", facts)
    one, other = (Article.model_validate(fields) for fields in made.articles)
    assert (one.title, one.site_name, one.language, one.language_score) == (
        "A title",
        "Bugle",
        "de",
        0,
    )
    assert (other.title, other.site_name, other.language) == ("More", None, None)
    assert [f["origin"] for f in made.origins if f["story_index"] == 0] == [
        "h1",
        "meta:og:site_name",
        "html[lang]",
    ]


def test_links_are_those_of_the_text() -> None:
    page, labels = labelled(Role.HEADLINE, Role.BODY, Role.READ_MORE, Role.BODY)
    places = [
        Place((("/title", "Title"),)),
        Place((("/a", " one\n link "), ("#top", "top"), ("mailto:a@a.example", "mail"))),
        Place((("/more", "More"),)),
        Place((("/a", "again"), ("//b.example/", ""))),
    ]
    story = list(zip(page.blocks, labels, strict=True))
    found = links_of(story, places, "https://a.example/page")
    assert [(link.url, link.text) for link in found] == [
        ("https://a.example/a", "one link"),
        ("https://b.example/", ""),
    ]
    many = Place(tuple((f"/{number}", "") for number in range(MOST_LINKS + 9)))
    assert len(links_of(story, [many] * 4, "https://a.example/")) == MOST_LINKS


def test_a_caption_meets_its_picture() -> None:
    page, labels = labelled(Role.CAPTION, Role.BODY, Role.CAPTION, Role.BODY)
    places = [Place(picture="/a.jpg"), Place(), Place(), Place()]
    facts = PageFacts(base="https://a.example/page")
    (fields,) = project(document(TEXT), page, labels, "t", facts, places).articles
    images = Article.model_validate(fields).images
    assert [(i.caption, i.url) for i in images] == [
        ("Title", "https://a.example/a.jpg"),
        ("More", None),
    ]
