"""Boxes about the author."""

from __future__ import annotations

import pytest

from tests.cleaning.helpers import BRIDGE, roles

BIO = "Ann Lee is a reporter who covers bridges and tides for the Bugle."


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (
            ("Ann Lee", "Reporter who covers bridges and tides for the Bugle."),
            ["byline", "author_bio"],
        ),
        (("Ann Lee", BIO), ["byline", "author_bio"]),
        ((BIO,), ["author_bio"]),
        (("About the author", BIO), ["author_bio", "author_bio"]),
        (
            ("Anna Groß", "Redakteurin, schreibt über Brücken und Gezeiten."),
            ["byline", "author_bio"],
        ),
        (("Anne Leduc", "Journaliste, couvre les ponts et les marées."), ["byline", "author_bio"]),
        (("Ana Ruiz", "Periodista especializada en puentes y mareas."), ["byline", "author_bio"]),
        (("Anna Russo", "Giornalista, si occupa di ponti e di maree."), ["byline", "author_bio"]),
    ],
)
def test_boxes_behind_the_text(box: tuple[str, ...], expected: list[str]) -> None:
    assert roles("\n\n".join((*BRIDGE, *box)))[len(BRIDGE) :] == expected


@pytest.mark.parametrize(
    "ending",
    [
        ("The inspection was led by Ann Lee, an engineer who writes about girders.",),
        ("Conclusion", "The editors of the report hope that the council will read it."),
        ("Ann Lee", "The mayor did not answer questions about the bridge on Monday."),
        ("What the journalists asked", "Reporters covering the council asked about the money."),
    ],
)
def test_other_endings_stay(ending: tuple[str, ...]) -> None:
    found = roles("\n\n".join((*BRIDGE, *ending)))[len(BRIDGE) :]
    assert found[-1] == "body"


def test_the_author_of_the_byline_is_known_behind_the_text() -> None:
    text = (
        "Council closes the iron bridge to lorries",
        "By Ann Lee",
        *BRIDGE,
        "Ann Lee joined the Bugle in 2004.",
    )
    assert roles("\n\n".join(text))[-1] == "author_bio"


def test_a_name_alone_above_the_text_is_a_byline_too() -> None:
    bio = "Ann Lee has been writing about bridges for the Bugle since 2004. She has two dogs."
    text = ("Council closes the iron bridge to lorries", "Ann Lee | The Bugle", *BRIDGE, bio)
    assert roles("\n\n".join(text))[-1] == "author_bio"
    assert roles("\n\n".join((text[0], "Bo Ek", *BRIDGE, bio)))[-1] == "body"


def test_a_biography_may_open_with_the_surname() -> None:
    text = ("Council closes the iron bridge to lorries", "By Ann Larsson", *BRIDGE)
    bio = "Larsson covers bridges for the Bugle. She joined it in 2004."
    assert roles("\n\n".join((*text, bio)))[-1] == "author_bio"
    other = "Larssons covers bridges in concrete. The firm joined the tender in 2004."
    assert roles("\n\n".join((*text, other)))[-1] == "body"


def test_the_author_may_come_second_in_a_biography() -> None:
    text = ("Council closes the iron bridge to lorries", "By Ann Larsson", *BRIDGE)
    bio = "This beat is paid for by a fund. Ann Larsson covers bridges for the Bugle."
    assert roles("\n\n".join((*text, bio)))[-1] == "author_bio"
    quote = "The fund pays for it. Larsson covers bridges for the Bugle."
    assert roles("\n\n".join((*text, quote)))[-1] == "body"


def test_a_biography_may_open_with_the_first_name_or_what_is_the_authors() -> None:
    text = ("Council closes the iron bridge to lorries", "By Tamsin Larsson", *BRIDGE)
    for bio in (
        "Tamsin covers bridges for the Bugle. She joined it in 2004.",
        "Tamsin Larsson’s first book is out in paperback. She lives in a mill.",
    ):
        assert roles("\n\n".join((*text, bio)))[-1] == "author_bio"
    shop = ["The Bugle's tea towel shows the bridge as it was.", "The towel costs fourteen pounds."]
    found = roles("\n\n".join((*text, bio, *shop, "It comes in blue and in grey.")))
    assert found[len(text)] == "author_bio"


def test_a_short_text_has_no_box() -> None:
    assert roles("\n\n".join((BRIDGE[0], "Ann Lee", BIO)))[-1] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Bugle staff writer Ann Lee can be reached at 555-0142 or alee@bugle.example.",
        "Contact Ann Lee at alee@bugle.example or 555-0142.",
        "Email her at alee@bugle.example and follow her on Twitter.",
        "Anna Berg, unsere Frau in Kiel, ist unter anna.berg@bote.example zu erreichen.",
    ],
)
def test_where_the_writer_can_be_reached(line: str) -> None:
    assert roles("\n\n".join((*BRIDGE, line)))[-1] == "author_bio"


def test_where_somebody_in_the_text_can_be_reached() -> None:
    line = "The mayor said that the crews can be reached at any hour of the night by 400 people."
    assert roles("\n\n".join((*BRIDGE, line)))[-1] == "body"
