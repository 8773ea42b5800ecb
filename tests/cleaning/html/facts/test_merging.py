"""What wins when the input, the page and its blocks disagree."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.cleaning.html.facts.merging import merge
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.metadata import Metadata
from pipeline.documents import Hints
from schemas.article import Image
from tests.cleaning.helpers import BRIDGE

NOTHING = Metadata(None, None, (), None, (), (), None, None, None, None, None, None, (), None)
TEXT = "\n\n".join(BRIDGE)
FIRM = PageFacts(organisations=Fact(("The Bugle",), "json-ld:author"))


def said(**fields: Any) -> Metadata:
    values = {name: getattr(NOTHING, name) for name in NOTHING.__slots__} | fields
    origins = tuple((name, "block 2") for name in fields)
    return Metadata(**(values | {"origins": origins}))


def merged(
    blocks: Metadata, facts: PageFacts, hints: Hints | None = None, first_block: int = 5
) -> Metadata:
    return merge(blocks, hints or Hints(), facts, TEXT, first_block)


def image(url: str | None = None, caption: str | None = None, credit: str | None = None) -> Image:
    return Image(caption=caption, credit=credit, url=url)


def test_without_facts_the_blocks_stay() -> None:
    blocks = said(title="Bridge closed", authors=("Ann Lee",))
    assert merged(blocks, PageFacts()) == blocks


@pytest.mark.parametrize(
    ("field", "blocks", "fact", "value"),
    [
        ("title", "Traffic Bridge closed", "Bridge closed", "Bridge closed"),
        ("authors", ("Bo Ek",), ("Ann Lee",), ("Ann Lee",)),
        ("date_published", "2024-05-01", "2024-05-02", "2024-05-02"),
        ("date_modified", "2024-05-01", "2024-05-02", "2024-05-02"),
        ("description", "As it stands.", "For machines.", "As it stands."),
        ("section", "Traffic", "Roads", "Roads"),
        ("section", "Traffic", "roads", "Traffic"),
        ("keywords", (), ("bridge",), ("bridge",)),
        ("site_name", None, "The Bugle", "The Bugle"),
        ("canonical_url", None, "https://bugle.example/a", "https://bugle.example/a"),
        ("agencies", ("AP",), ("ap",), ("AP",)),
        ("agencies", ("AP",), ("dpa",), ("AP", "dpa")),
    ],
)
def test_facts_and_blocks(field: str, blocks: Any, fact: Any, value: Any) -> None:
    made = merged(said(**{field: blocks}), PageFacts(**{field: Fact(fact, "meta:x")}))
    assert getattr(made, field) == value
    union = "block 2, meta:x"
    origin = "block 2" if value == blocks else "meta:x" if value == fact else union
    assert dict(made.origins)[field] == origin


def test_the_hints_win() -> None:
    hints = Hints(title="Mine", authors=("Me",), date="2020-01-01")
    blocks = said(title="Mine", authors=("Me",), date_published="2020-01-01")
    facts = PageFacts(
        title=Fact("Theirs", "h1"),
        authors=Fact(("Ann Lee",), "json-ld:author"),
        date_published=Fact("2024-05-02", "json-ld:datePublished"),
    )
    made = merged(blocks, facts, hints)
    assert (made.title, made.authors, made.date_published) == ("Mine", ("Me",), "2020-01-01")


@pytest.mark.parametrize(
    ("byline", "authors", "facts", "expected"),
    [
        # The byline names all of the data's persons and more.
        (
            "By Ann Lee and Bo Ek",
            ("Ann Lee", "Bo Ek"),
            PageFacts(authors=Fact(("Ann Lee",), "meta:author")),
            ("Ann Lee", "Bo Ek"),
        ),
        # The second name comes from another line, of a teaser.
        (
            "By Ann Lee",
            ("Ann Lee", "Bo Ek"),
            PageFacts(authors=Fact(("Ann Lee",), "meta:author")),
            ("Ann Lee",),
        ),
        (None, (), FIRM, ("The Bugle",)),
        ("By Ann Lee", ("Ann Lee",), FIRM, ("Ann Lee",)),
        ("Ann Lee", ("Ann Lee",), FIRM, ("Ann Lee",)),
        ("Ann Lee / AP", ("Ann Lee",), FIRM, ("The Bugle",)),
        ("Ann Lee", ("Ann Lee",), PageFacts(), ("Ann Lee",)),
    ],
)
def test_authors(byline: str | None, authors: Any, facts: PageFacts, expected: Any) -> None:
    assert merged(said(byline=byline, authors=authors), facts).authors == expected


def test_a_bare_name_below_the_text_is_not_the_author_of_a_firm_s_page() -> None:
    blocks = said(byline="Ann Lee", authors=("Ann Lee",))
    assert merged(blocks, FIRM, first_block=1).authors == ("The Bugle",)


@pytest.mark.parametrize(
    ("origin", "date"),
    [("url", "2024-05-01"), ("time[datetime]", "2024-05-01"), ("meta:date", "2023-01-01")],
)
def test_a_weak_date_gives_way_to_one_in_the_text(origin: str, date: str) -> None:
    facts = PageFacts(date_published=Fact("2023-01-01", origin))
    assert merged(said(date_published="2024-05-01"), facts).date_published == date
    assert merged(NOTHING, facts).date_published == "2023-01-01"


def test_a_description_that_opens_the_text_is_none() -> None:
    opening = PageFacts(description=Fact(BRIDGE[0][:120], "meta:og:description"))
    assert merged(NOTHING, opening).description is None
    other = PageFacts(description=Fact("Lorries must take the detour.", "meta:og:description"))
    assert merged(NOTHING, other).description == "Lorries must take the detour."


@pytest.mark.parametrize(
    ("captioned", "given", "images"),
    [
        ((), image("https://a.example/a.jpg"), [image("https://a.example/a.jpg")]),
        (
            (image("https://a.example/s/a.jpg", "The bridge"),),
            image("https://a.example/l/a.jpg?w=1"),
            [image("https://a.example/s/a.jpg", "The bridge")],
        ),
        (
            (image(None, "The bridge"),),
            image("https://a.example/a.jpg", "The bridge in May", "Ann Lee"),
            [image("https://a.example/a.jpg", "The bridge", "Ann Lee")],
        ),
        (
            (image("https://a.example/b.jpg", "The mayor"),),
            image("https://a.example/a.jpg"),
            [image("https://a.example/a.jpg"), image("https://a.example/b.jpg", "The mayor")],
        ),
    ],
)
def test_images(captioned: Any, given: Image, images: list[Image]) -> None:
    facts = PageFacts(images=Fact((given,), "meta:og:image"))
    assert list(merged(said(images=captioned), facts).images) == images


def test_every_value_has_an_origin() -> None:
    facts = PageFacts(title=Fact("Bridge closed", "h1"), site_name=Fact("Bugle", "meta:a"))
    made = merged(said(byline="By Ann Lee", authors=("Ann Lee",)), facts)
    assert dict(made.origins) == {
        "byline": "block 2",
        "authors": "block 2",
        "title": "h1",
        "site_name": "meta:a",
    }
