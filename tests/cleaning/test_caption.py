"""Captions and photo credits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.caption import parse_caption


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The bridge in May. (Bugle Photo/Ann Lee)", "The bridge in May.", "Bugle Photo/Ann Lee"),
        ("Seen in May. (Bugle Rural: Ann Lee)", "Seen in May.", "Bugle Rural: Ann Lee"),
        ("The bridge in May (Gentileza Museo Sur)", "The bridge in May", "Gentileza Museo Sur"),
        (
            "The bridge, seen in May. © The Bugle / A. L.",
            "The bridge, seen in May.",
            "© The Bugle / A. L",
        ),
        ("Broen i maj. Arkivfoto: Bo Ek", "Broen i maj.", "Arkivfoto: Bo Ek"),
        ("The bridge in May (Photo: Ann Lee)", "The bridge in May", "Photo: Ann Lee"),
        (
            "Le bassin du port, vide depuis lundi. — J. LEDUC / OUEST IMAGE",
            "Le bassin du port, vide depuis lundi.",
            "J. LEDUC / OUEST IMAGE",
        ),
        ("The bridge in May. [Ann Lee/Bugle]", "The bridge in May.", "Ann Lee/Bugle"),
        ("The bridge in May. (Foto: dpa)", "The bridge in May.", "Foto: dpa"),
        ("The bridge in May. (Courtesy of Ann Lee)", "The bridge in May.", "Courtesy of Ann Lee"),
        ("The bridge in May. Photo: Ann Lee", "The bridge in May.", "Photo: Ann Lee"),
        ("Le vieux pont de fer vu en mai. ANNE ROY", "Le vieux pont de fer vu en mai.", "ANNE ROY"),
        (
            "Ana Ruiz señala la puerta de la casa en la que nació. Luis Peña",
            "Ana Ruiz señala la puerta de la casa en la que nació.",
            "Luis Peña",
        ),
        ("Le pont vu de la rive gauche. DR", "Le pont vu de la rive gauche.", "DR"),
        ("Most w maju. Fot. Anna Nowak", "Most w maju.", "Fot. Anna Nowak"),
        ("fot. Anna Nowak", None, "fot. Anna Nowak"),
        (
            "Il ponte in una giornata di maggio. Ph. Anna Neri",
            "Il ponte in una giornata di maggio.",
            "Ph. Anna Neri",
        ),
        ("I mezzi sul ponte (foto Neri)", "I mezzi sul ponte", "foto Neri"),
        (
            "El puente en mayo. Foto de archivo: Ana Gil",
            "El puente en mayo.",
            "Foto de archivo: Ana Gil",
        ),
        (
            "Un camion devant le vieux pont de fer, lundi. ANNE ROY / L'ÉCHO",
            "Un camion devant le vieux pont de fer, lundi.",
            "ANNE ROY / L'ÉCHO",
        ),
        ("五月の橋＝李安撮影", "五月の橋＝", "李安撮影"),
        ("الجسر في مايو (أ ف ب)", "الجسر في مايو", "أ ف ب"),
        ("मई में पुल। (फोटो: राम वर्मा)", "मई में पुल।", "फोटो: राम वर्मा"),
        ("The bridge in May. Photo by Ann Lee", "The bridge in May.", "Photo by Ann Lee"),
        ("The bridge in May. © Ann Lee", "The bridge in May.", "© Ann Lee"),
        ("The bridge in May. Ann Lee/Bugle", "The bridge in May.", "Ann Lee/Bugle"),
        (
            "The bridge in May. Ann Lee via Getty Images",
            "The bridge in May.",
            "Ann Lee via Getty Images",
        ),
        ("Die Brücke im Mai. Foto: Anna Groß", "Die Brücke im Mai.", "Foto: Anna Groß"),
        (
            "Le pont en mai. Crédit photo : Anne Leduc",
            "Le pont en mai.",
            "Crédit photo : Anne Leduc",
        ),
        ("Photo: Ann Lee", None, "Ann Lee"),
        ("Photo by: Ann Lee", None, "Ann Lee"),
        ("Photo credit: Ann Lee", None, "Ann Lee"),
        ("Bildquelle: Anna Groß", None, "Anna Groß"),
        ("Foto: Anna Groß", None, "Anna Groß"),
        ("Crédit : Anne Leduc", None, "Anne Leduc"),
        ("写真：山田太郎", None, "山田太郎"),
        ("Фото: Анна Ли", None, "Анна Ли"),
        ("(Photo: Ann Lee)", None, "Photo: Ann Lee"),
        ("Трамвай на конечной № 5. Фото автора", "Трамвай на конечной № 5.", "Фото автора"),
        ("A ponte em maio. Foto do autor", "A ponte em maio.", "Foto do autor"),
        (
            "Photo: The old bridge over the river before it was torn down",
            "The old bridge over the river before it was torn down",
            None,
        ),
    ],
)
def test_captions(line: str, caption: str | None, credit: str | None) -> None:
    found = parse_caption(line)
    assert found is not None
    assert (found.caption, found.credit) == (caption, credit)
    assert found.score >= 0.75


def test_letters_in_brackets_are_a_weak_sign() -> None:
    found = parse_caption("The talks on the bridge were led by the river board (RB)")
    assert found is not None
    assert found.score < 0.75


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The mayor said the picture was bleak.",
        "Hardened Images: Security Independently Confirmed by Two Labs",
        "7. OLD BRIDGE",
        "They sang one line only, over and over. GIVE US BREAD!",
        "The mayor (left) and the council met on Monday.",
        "She paid 3/4 of the price and/or more.",
        "Image is everything: the council wants a new logo for the town and will pay for it "
        "dearly, as a paper shows that was put before the members of the finance "
        "committee last week, and "
        "which the mayor had hoped to keep from the public until the vote in the month of June.",
        "The photo shows the bridge: it is red.",
        "“Picture this: a town with no bridge,” the mayor said.",
        "x" * 600 + " (Photo: Ann Lee)",
        "They walked over the bridge and saw the mayor of the town. Ann Lee.",
        "“They walked over the bridge and saw the mayor of the town.” Ann Lee",
        "The tide tables for May and June are out. Read More",
        "The bridge. Ann Lee",
    ],
)
def test_other_lines(line: str) -> None:
    assert parse_caption(line) is None


@given(st.text(max_size=300))
def test_any_line(line: str) -> None:
    found = parse_caption(line)
    assert found is None or (found.caption or found.credit)


@pytest.mark.parametrize(
    "line",
    [
        "• Iron works and forges (Bridges/Gates, Railings and Stairs)",
        "• Ann Lee (IRON Systems, Inc.)",
        "5. Forges (Photo and video)",
        "Wallet (credit/debit cards, cash, etc.)",
        "The forge takes any order, of words or of drawings (photos, videos or models).",
        "An anvil is where a smith thinks. (I picture the one my father had.)",
        "The mayor closed the bridge in the spring of that year. (Text goes on below the foto.)",
        "Low (Fixed price/Off season)",
        "The forge sold forty gates last year, and the year before that it sold thirty of them, "
        "to farms. The smith says that this is more than in any year since the war. (Source: BG)",
    ],
)
def test_brackets_that_hold_something_else_are_no_certain_credit(line: str) -> None:
    found = parse_caption(line)
    assert found is None or found.score < 0.75
