"""Bylines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.byline import parse_byline


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Lee", ["Ann Lee"]),
        ("by Ann Lee", ["Ann Lee"]),
        ("BY ANN LEE", ["Ann Lee"]),
        ("By ANN LEE Associated Press", ["Ann Lee"]),
        ("By Ann Lee, Associated Press Sports Writer", ["Ann Lee"]),
        ("De notre envoyée spéciale à Lisbonne, Anne Roy", ["Anne Roy"]),
        ("Von unserer Korrespondentin Anna Lee, Lissabon", ["Anna Lee"]),
        ("Dal nostro inviato Carlo Neri", ["Carlo Neri"]),
        ("लेखक: राम गोपाल वर्मा", ["राम गोपाल वर्मा"]),
        ("By: Ann Lee", ["Ann Lee"]),
        ("By Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("By Ann Lee | The Evening Bugle", ["Ann Lee"]),
        ("By Ann Lee, Political Editor", ["Ann Lee"]),
        ("By Ann Lee in Lisbon", ["Ann Lee"]),
        ("By Ann Lee Updated 3 May 2020", ["Ann Lee"]),
        ("南岭晚报记者 周砚秋 实习生 林可", ["周砚秋", "林可"]),
        ("〔記者許家瑋/澎湖報導〕", ["許家瑋"]),
        ("〔記者郭宗翰／綜合報導〕", ["郭宗翰"]),
        ("记者 周砚秋 报道", ["周砚秋"]),
        ("記者張三、李四/台北報導", ["張三", "李四"]),
        ("文|沈一帆", ["沈一帆"]),
        ("Беседовал Кирилл Ольховский", ["Кирилл Ольховский"]),
        ("Розмовляла Оксана Дубина", ["Оксана Дубина"]),
        ("Rozmawiała Anna Nowak", ["Anna Nowak"]),
        ("Von Mat\xadthi\xadas Lau\xadrer", ["Matthias Laurer"]),
        ("By Ann Lee — May 3, 2020", ["Ann Lee"]),
        ("By Ann Lee (Reporter)", ["Ann Lee"]),
        ("By Ann Lee ann@bugle.example", ["Ann Lee"]),
        ("Written by Ann Lee", ["Ann Lee"]),
        ("Story by Ann Lee", ["Ann Lee"]),
        ("Posted by Ann Lee on 3 May", ["Ann Lee"]),
        ("Author: Ann Lee", ["Ann Lee"]),
        ("Words: Ann Lee", ["Ann Lee"]),
        ("Checked by Ann Lee", ["Ann Lee"]),
        ("Autorka: Anna Nowak", ["Anna Nowak"]),
        ("Door Anna van Dijk op 26 juni 2024 om 09:15", ["Anna van Dijk"]),
        ("Anne Leduc, le 13/12/2024", ["Anne Leduc"]),
        ("Anna Groß, 20.11.2024", ["Anna Groß"]),
        ("Ann Lee, May 3, 2024", ["Ann Lee"]),
        ("Von Anna Groß", ["Anna Groß"]),
        ("Von Anna Groß und Uwe Klein", ["Anna Groß", "Uwe Klein"]),
        ("Text: Anna Groß", ["Anna Groß"]),
        ("Par Anne Leduc", ["Anne Leduc"]),
        ("Propos recueillis par Anne Leduc", ["Anne Leduc"]),
        ("Por Ana Ruiz", ["Ana Ruiz"]),
        ("Di Anna Russo", ["Anna Russo"]),
        ("a cura di Anna Russo", ["Anna Russo"]),
        ("Door Anna de Vries", ["Anna de Vries"]),
        ("Av Anna Lund", ["Anna Lund"]),
        ("Autor: Anna Nowak", ["Anna Nowak"]),
        ("Автор: Анна Ли", ["Анна Ли"]),
        ("文：山田太郎", ["山田太郎"]),
        ("记者 王小明", ["王小明"]),
        ("김민수 기자", ["김민수"]),
        ("By Staff Writer", []),
        ("By Bugle", []),
        ("By The Bugle News Agency", []),
        ("De notre correspondante, Anne Roy", ["Anne Roy"]),
        ("Redacción", []),
        ("La rédaction avec AFP", []),
        ("Da Redação, com Rádio Serra", []),
        ("Redaktion mit dpa", []),
        # A known agency beside the name says that the line is one.
        ("Ana Reis e Lusa", ["Ana Reis"]),
        ("Anna Weber und dpa", ["Anna Weber"]),
        ("Af Mads Lund Journalist", ["Mads Lund"]),
        ("Penulis: Dewi Sari | Editor: Budi Hasan", ["Dewi Sari"]),
        ("Testo e foto di Carla Bo", ["Carla Bo"]),
        ("Text und Fotos: Anna Weber", ["Anna Weber"]),
        ("Ein Rezept von Anna Weber", ["Anna Weber"]),
        ("Anna Weber (Text) und Ben Lund (Bilder)", ["Anna Weber"]),
        ("Ann Lee (words) and Bo Ek (words)", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee (photos) and Bo Ek (video)", ["Ann Lee", "Bo Ek"]),
        ("Anne Roy, correspondante dans les Alpes", ["Anne Roy"]),
    ],
)
def test_marked_bylines(line: str, authors: list[str]) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert byline.marked
    assert list(byline.authors) == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee | Reporter", ["Ann Lee"]),
        ("Ann Lee, Islands Reporter", ["Ann Lee"]),
        ("Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee (now) and Bo Ek (until noon)", ["Ann Lee", "Bo Ek"]),
        ("M. Ferrandi", ["M. Ferrandi"]),
        ("Ursula von der Leyen", ["Ursula von der Leyen"]),
        ("Anne Roy, à Kassel", ["Anne Roy"]),
        ("Ana Reis, em Porto Novo", ["Ana Reis"]),
    ],
)
def test_a_bare_name_is_weak(line: str, authors: list[str]) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert not byline.marked
    assert list(byline.authors) == authors


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("By Ann Lee, AFP", ["AFP"]),
        ("By Ann Lee and Bo Ek, Associated Press", ["Associated Press"]),
        ("By Ann Lee / DPA", ["DPA"]),
        ("By Ann Lee, MD", []),
        ("By Northern News Agency", ["Northern News Agency"]),
        ("Redacción / EFE", ["EFE"]),
        ("Redacción / Agencia Costa", ["Agencia Costa"]),
    ],
)
def test_agencies_of_a_byline(line: str, agencies: list[str]) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert list(byline.agencies) == agencies


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By the end of the week the river had risen by two metres.",
        "By noon, nobody was left in the square",
        "By the numbers",
        "By Friday morning",
        "By now everyone knows",
        "Von der Leyen kündigt Rücktritt an",
        "Von nun an gilt Tempo 30",
        "Par ailleurs, le maire a démissionné",
        "Por fin llega la lluvia",
        "Di notte tutto cambia",
        "Text messages leak",
        "Author talks about her book",
        "The mayor resigned",
        "by " + "very " * 60 + "Ann Lee",
        "NEW YORK",
        "Redaktion",
        "Redactie en adverteren in deze krant zijn gescheiden van elkaar gehouden, zegt de krant",
        "Newsroom closes",
        "Redaktion behält sich vor",
    ],
)
def test_other_lines(line: str) -> None:
    assert parse_byline(line) is None


@given(st.text(max_size=250))
def test_any_line(line: str) -> None:
    byline = parse_byline(line)
    assert byline is None or all(name.strip() for name in byline.authors + byline.agencies)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By Ann Lee", None),
        ("By Ann Lee, 3 May 2024", "3 May 2024"),
        ("By Ann Lee | May 3, 2024", "May 3, 2024"),
        ("Anna Groß, 20.11.2024", "20.11.2024"),
        ("Anne Leduc, le 13/12/2024", "le 13/12/2024"),
        ("Ann Lee, Islands Reporter", None),
    ],
)
def test_a_byline_may_give_its_date(line: str, day: str | None) -> None:
    found = parse_byline(line)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "line",
    [
        "Words matter more than ever",
        "Autore di romanzi gialli",
        "Ann Lee, Harlow",
        "Harbour Round-Up 12/19/2025",
    ],
)
def test_a_word_that_may_open_a_byline_is_none(line: str) -> None:
    assert parse_byline(line) is None


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("von Antje Groß, NDR Niedersachsen", ("Antje Groß",)),
        ("Autor: ML", ()),
        ("By JK Rowan", ("JK Rowan",)),
        ("Par MARIE LEDUC", ("Marie Leduc",)),
    ],
)
def test_letters_of_a_station_or_of_a_name(line: str, authors: tuple[str, ...]) -> None:
    found = parse_byline(line)
    assert found is not None
    assert (found.authors, found.agencies) == (authors, ())


@pytest.mark.parametrize(
    "line", ["记者从有关部门获悉", "記者会を開いた", "Записал первый гол в сезоне"]
)
def test_lines_that_only_open_like_a_byline(line: str) -> None:
    found = parse_byline(line)
    assert found is None or not found.authors
