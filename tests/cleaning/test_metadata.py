"""What the blocks of a story say about it."""

from __future__ import annotations

import pytest

from pipeline.cleaning.labels import Label
from pipeline.cleaning.metadata import Metadata, metadata_of, printable, tidy, without_site
from pipeline.cleaning.page import Block
from pipeline.documents import Hints
from schemas.article import Contributor, Image
from schemas.roles import Role
from tests.cleaning.helpers import BRIDGE, NO_HINTS


def metadata(*blocks: tuple[Role, str], hints: Hints = NO_HINTS) -> Metadata:
    story = [
        (Block(i, 0, len(text), text, 0), Label(role, 0, 0.9, "rule: test"))
        for i, (role, text) in enumerate(blocks)
    ]
    return metadata_of(story, hints)


def test_nothing_is_invented() -> None:
    assert metadata((Role.BODY, BRIDGE[0])) == Metadata(
        None, None, (), None, (), (), None, None, None, None, None, None, (), None
    )


@pytest.mark.parametrize(
    ("blocks", "field", "value"),
    [
        ([(Role.HEADLINE, "Bridge closed today")], "title", "Bridge closed today"),
        ([(Role.HEADLINE, "Bridge closed today | The Bugle")], "title", "Bridge closed today"),
        ([(Role.HEADLINE, "Bridge\x00 closed")], "title", "Bridge closed"),
        ([(Role.HEADLINE, "\x00")], "title", None),
        ([(Role.STANDFIRST, "One."), (Role.STANDFIRST, "Two.")], "description", "One. Two."),
        ([(Role.BYLINE, "By Ann Lee and Bo Ek")], "authors", ("Ann Lee", "Bo Ek")),
        ([(Role.BYLINE, "By Ann Lee"), (Role.BYLINE, "ANN LEE")], "authors", ("Ann Lee",)),
        ([(Role.BYLINE, "By Ann Lee"), (Role.BYLINE, "Bo Ek")], "authors", ("Ann Lee", "Bo Ek")),
        ([(Role.BYLINE, "Mike")], "authors", ("Mike",)),
        ([(Role.BYLINE, "By Staff Writer")], "authors", ()),
        ([(Role.BYLINE, "By Ann Lee, Editor")], "byline", "By Ann Lee, Editor"),
        ([(Role.BYLINE, "By Ann Lee, AFP")], "agencies", ("AFP",)),
        ([(Role.BODY, "OSLO (Bugle) - " + BRIDGE[0])], "agencies", ("Bugle",)),
        ([(Role.BODY, "OSLO (Bugle) - " + BRIDGE[0])], "dateline", "OSLO (Bugle)"),
        ([(Role.BODY, "OSLO (Bugle) - " + BRIDGE[0])], "location_created", "OSLO"),
        ([(Role.BODY, BRIDGE[0]), (Role.BODY, "OSLO - " + BRIDGE[1])], "location_created", None),
        (
            [(Role.BODY, who + BRIDGE[0]) for who in ("JOAN: ", "HOST: ", "JOAN: ")],
            "dateline",
            None,
        ),
        ([(Role.DATE, "September 5, 2023")], "date_published", "2023-09-05"),
        ([(Role.DATE, "September 5, 2023")], "date_published_raw", "September 5, 2023"),
        ([(Role.DATE, "Updated September 6, 2023")], "date_published", None),
        ([(Role.DATE, "Updated September 6, 2023")], "date_modified", "2023-09-06"),
        ([(Role.DATE, "3 hours ago")], "date_published", None),
        ([(Role.DATE, "3 hours ago")], "date_published_raw", "3 hours ago"),
        ([(Role.DATE, "3 hours ago"), (Role.DATE, "5 May 2023")], "date_published", "2023-05-05"),
        (
            [(Role.DATE, "3 hours ago"), (Role.DATE, "5 May 2023")],
            "date_published_raw",
            "5 May 2023",
        ),
        ([(Role.DATE, "4 May 2023"), (Role.DATE, "5 May 2023")], "date_published", "2023-05-04"),
        ([(Role.SECTION_LABEL, "Traffic"), (Role.SECTION_LABEL, "Town")], "section", "Traffic"),
        (
            [(Role.CREDIT, "(Reporting by Ann Lee; Editing by Bo Ek)")],
            "contributors",
            (
                Contributor(name="Ann Lee", role="reporting"),
                Contributor(name="Bo Ek", role="editing"),
            ),
        ),
        (
            [(Role.CAPTION, "The bridge. (Photo: Ann Lee)")],
            "images",
            (Image(caption="The bridge.", credit="Photo: Ann Lee", url=None),),
        ),
        (
            [(Role.CAPTION, "The bridge in May"), (Role.CAPTION, "Photo: Ann Lee")],
            "images",
            (Image(caption="The bridge in May", credit="Ann Lee", url=None),),
        ),
        (
            [(Role.CAPTION, "The bridge in May"), (Role.CAPTION, "The bridge in May")],
            "images",
            (Image(caption="The bridge in May", credit=None, url=None),),
        ),
    ],
)
def test_fields(blocks: list[tuple[Role, str]], field: str, value: object) -> None:
    assert getattr(metadata(*blocks), field) == value


def test_the_hints_win() -> None:
    found = metadata(
        (Role.HEADLINE, "Bridge closed today"),
        (Role.BYLINE, "By Ann Lee"),
        (Role.DATE, "5 May 2023"),
        hints=Hints(
            url="https://bugle.example/1", title="Mine | Bugle", authors=("Bo",), date="2020-01-02"
        ),
    )
    assert (found.title, found.authors, found.url) == (
        "Mine | Bugle",
        ("Bo",),
        "https://bugle.example/1",
    )
    assert (found.date_published, found.date_published_raw) == ("2020-01-02", "2020-01-02")
    assert found.byline == "By Ann Lee"


def test_a_date_that_the_input_gives_is_kept_as_it_stands_when_it_is_none() -> None:
    found = metadata((Role.BODY, BRIDGE[0]), hints=Hints(date="some day"))
    assert (found.date_published, found.date_published_raw) == (None, "some day")


@pytest.mark.parametrize(
    ("hints", "tidied"),
    [
        (Hints(), Hints()),
        (Hints("", "", (), ""), Hints()),
        (Hints(" ", "\t\n", ("", " "), "\u00a0"), Hints()),
        (Hints(title=" A\n title \x00"), Hints(title="A title")),
        (Hints(title="\x00\x07"), Hints()),
        (Hints(title="Wait\x85"), Hints(title="Wait…")),
        (Hints(url="https://a.example/\x07b"), Hints(url="https://a.example/b")),
        (Hints(authors=("Ann\nLee", "", "Bo")), Hints(authors=("Ann Lee", "Bo"))),
        (Hints(title="a \ud800 b"), Hints(title="a ? b")),
    ],
)
def test_hints_are_made_usable(hints: Hints, tidied: Hints) -> None:
    assert tidy(hints) == tidied


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("a b", "a b"),
        ("a\x00b", "ab"),
        ("a\tb", "a\tb"),
        ("a\x85", "a…"),
        ("\x9d", ""),
        ("é\u00a0", "é"),
    ],
)
def test_control_characters_go(text: str, printed: str) -> None:
    assert printable(text) == printed


@pytest.mark.parametrize(
    ("title", "without"),
    [
        ("Bridge closed today | The Bugle", "Bridge closed today"),
        ("Bridge closed today | Town | The Bugle", "Bridge closed today"),
        ("Bridge | The Bugle", "Bridge | The Bugle"),
        ("Bridge closed today - The Bugle", "Bridge closed today - The Bugle"),
        ("A | B | C", "A | B | C"),
        (
            "Bridge closed | the long story of how it came to this and what is next",
            "Bridge closed | the long story of how it came to this and what is next",
        ),
        ("", ""),
    ],
)
def test_a_site_behind_a_bar(title: str, without: str) -> None:
    assert without_site(title) == without


def test_every_value_has_an_origin() -> None:
    found = metadata(
        (Role.SECTION_LABEL, "Traffic"),
        (Role.HEADLINE, "Bridge closed today"),
        (Role.BYLINE, "By Staff Writer"),
        (Role.BYLINE, "By Ann Lee"),
        (Role.DATE, "3 hours ago"),
        (Role.DATE, "5 May 2023"),
        (Role.BODY, "OSLO (Bugle) - " + BRIDGE[0]),
        hints=Hints(url="https://bugle.example/1", title="Mine"),
    )
    assert dict(found.origins) == {
        "title": "input:title",
        "authors": "block 3",
        "byline": "block 2",
        "agencies": "block 6",
        "dateline": "block 6",
        "location_created": "block 6",
        "date_published": "block 5",
        "date_published_raw": "block 5",
        "section": "block 0",
        "url": "input:url",
    }
    assert metadata((Role.BODY, BRIDGE[0])).origins == ()
