"""Dates and lines of dates."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.cleaning.dates import dated, iso_date, parse_date_line
from pipeline.cleaning.months import MONTHS
from schemas.article import IsoDate


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023-09-05", "2023-09-05"),
        ("5 سبتمبر 2023", "2023-09-05"),
        ("5 أيلول 2023", "2023-09-05"),
        ("5 सितंबर 2023", "2023-09-05"),
        ("2023-09-05T18:30:00Z", "2023-09-05T18:30:00Z"),
        ("2023-09-05T18:30:00.123Z", "2023-09-05T18:30:00Z"),
        ("2023-09-05T18:30:00+02:00", "2023-09-05T18:30:00+02:00"),
        ("2023-09-05T18:30:00-0430", "2023-09-05T18:30:00-04:30"),
        ("2023-09-05T18:30", "2023-09-05T18:30:00"),
        ("2023-09-05 18:30:00", "2023-09-05"),
        ("2023-09-05 18:30:00 UTC", "2023-09-05T18:30:00Z"),
        ("2023-09-05T99:30:00Z", "2023-09-05"),
        ("Tue, 05 Sep 2023 18:30:00 +0000", "2023-09-05T18:30:00Z"),
        ("Tue, 05 Sep 2023 18:30:00 GMT", "2023-09-05T18:30:00Z"),
        ("September 5, 2023", "2023-09-05"),
        ("Sept. 5, 2023", "2023-09-05"),
        ("Sep 5 2023", "2023-09-05"),
        ("5 September 2023", "2023-09-05"),
        ("5th of September 2023", "2023-09-05"),
        ("5-Sep-2023", "2023-09-05"),
        ("September 5, 2023 6:30 pm UTC", "2023-09-05T18:30:00Z"),
        ("September 5, 2023 6:30 p.m. GMT+2", "2023-09-05T18:30:00+02:00"),
        ("September 5, 2023 12:05 am UTC", "2023-09-05T00:05:00Z"),
        ("September 5, 2023 6:30 pm EST", "2023-09-05"),
        ("5. September 2023", "2023-09-05"),
        ("5. März 2023, 18:30 Uhr", "2023-03-05"),
        ("05.09.2023", "2023-09-05"),
        ("Erstellt am05.09.2023", "2023-09-05"),
        ("05.09.1912:34", None),
        ("09/25/23", "2023-09-25"),
        ("09/05/23", None),
        ("23/09/05", None),
        ("9-25-23", None),
        ("5 septembre 2023", "2023-09-05"),
        ("1er août 2023", "2023-08-01"),
        ("5 de septiembre de 2023", "2023-09-05"),
        ("5 de março de 2023", "2023-03-05"),
        ("5 settembre 2023", "2023-09-05"),
        ("5 maart 2023", "2023-03-05"),
        ("5 września 2023", "2023-09-05"),
        ("5 сентября 2023 г.", "2023-09-05"),
        ("5 вересня 2023", "2023-09-05"),
        ("5 Eylül 2023", "2023-09-05"),
        ("5. syyskuuta 2023", "2023-09-05"),
        ("2023. szeptember 5.", "2023-09-05"),
        ("2023年9月5日", "2023-09-05"),
        ("2023년 9월 5일", "2023-09-05"),
        ("25/09/2023", "2023-09-25"),
        ("09/25/2023", "2023-09-25"),
        ("09/09/2023", "2023-09-09"),
        ("2023/9/5", "2023-09-05"),
    ],
)
def test_absolute_dates(text: str, iso: str) -> None:
    assert iso_date(text) == iso


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "3 hours ago",
        "5/9/2023",
        "05.09.23",
        "2023-13-01",
        "2023-02-30",
        "31 April 2023",
        "0001-01-01T00:00:00Z",
        "9999-12-31",
        "September 2023",
        "5 September",
        "5 Smarch 2023",
        "1694000000",
        "12 apples 2023",
    ],
)
def test_what_is_no_absolute_date_stays_out(text: str) -> None:
    assert iso_date(text) is None


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("September 5, 2023", "2023-09-05", None),
        ("Published: September 5, 2023", "2023-09-05", None),
        ("Published on Tuesday, 5 September 2023 at 18:30", "2023-09-05", None),
        ("Updated: September 5, 2023", None, "2023-09-05"),
        ("Last updated on 5 September 2023", None, "2023-09-05"),
        ("Published May 3, 2023 | Updated May 4, 2023", "2023-05-03", "2023-05-04"),
        (
            "Publié le 5 septembre 2023 à 18:30 - Mis à jour le 6 septembre 2023 à 09:00",
            "2023-09-05",
            "2023-09-06",
        ),
        ("Veröffentlicht am 5. September 2023 um 18:30 Uhr", "2023-09-05", None),
        ("Aktualisiert am 05.09.2023", None, "2023-09-05"),
        ("Dienstag, 05.09.2023 18:30 Uhr", "2023-09-05", None),
        ("Actualizado el 5 de septiembre de 2023", None, "2023-09-05"),
        ("Aggiornato il 5 settembre 2023", None, "2023-09-05"),
        ("5 сентября 2023 г., 18:30", "2023-09-05", None),
        ("2023年9月5日 18時30分", "2023-09-05", None),
        ("更新日 2023年9月5日", None, "2023-09-05"),
        ("5/9/2023", None, None),
        ("05.09.23", None, None),
        ("Posted Sept. 5, 2023 6:02 a.m. ADT", "2023-09-05", None),
        ("Selasa, 5 September 2023 | 09:15 WIB", "2023-09-05", None),
        ("tirsdag 5. september 2023 - 20:24", "2023-09-05", None),
        ("3 hours ago", None, None),
        ("Updated 3 hours ago", None, None),
        ("2h ago", None, None),
        ("vor 3 Stunden", None, None),
        ("il y a 3 heures", None, None),
        ("hace 3 horas", None, None),
        ("3 giorni fa", None, None),
        ("3 часа назад", None, None),
        ("3時間前", None, None),
        ("Yesterday", None, None),
        ("Monday, April 4, 7:30 am", None, None),
        ("4 April, 07:30", None, None),
        ("Today at 18:30", None, None),
    ],
)
def test_lines_of_dates(line: str, published: str | None, modified: str | None) -> None:
    found = parse_date_line(line)
    assert found is not None
    assert (found.raw, found.published, found.modified) == (line, published, modified)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The council met on September 5, 2023",
        "September 5, 2023: the bridge falls",
        "5 September 2023 in pictures",
        "Born 5 September 2023 in Lisbon",
        "Bus lines 3, 4 and 5",
        "2023",
        "100 days to go",
        "One day",
        "Two days",
        "April 4",
        "April 4, 7:30 am in Lisbon",
        "100 days",
        "Year one",
        "Vor Ort",
        "1/2/2020 1/3/2020 1/4/2020",
        "September 5, 2023 " * 10,
    ],
)
def test_other_lines(line: str) -> None:
    assert parse_date_line(line) is None


def test_every_month_has_names_in_every_case() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    letters = r"(?:[^\W\d_]|[\u0900-\u0903\u093c-\u094d]){2,12}"  # with Hindi's vowel signs
    assert all(re.fullmatch(letters, name) and name == name.lower() for name in MONTHS)


PIECES = st.sampled_from(
    [
        *"2023 19 5 05 99 0000 12 - / . : , T Z + UTC pm am May Sept März of de 年 月 日".split(),
        *("Updated", "ago", "hours", " ", " "),
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=150))
def test_every_date_fits_the_schema(text: str) -> None:
    found = parse_date_line(text)
    for value in (iso_date(text), found and found.published, found and found.modified):
        if value is not None:
            TypeAdapter(IsoDate).validate_python(value)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Wien, 12. März 2024", "2024-03-12"),
        ("Madrid - 16 JUN 2025 - 05:30 CEST", "2025-06-16"),
        ("Las Rozas de Madrid - 16 JUN 2025 - 05:30 CEST", "2025-06-16"),
        ("Published 4:52 p.m. CT June 16, 2025", "2025-06-16"),
        ("Paris, le 3 mai 2024", "2024-05-03"),
        ("21/05/2025 10h12  Atualizado há 2 horas", "2025-05-21"),
        ("March 3, 2025, updated 3 hours ago", "2025-03-03"),
    ],
)
def test_a_town_may_stand_before_a_date_and_a_relative_time_behind_it(line: str, day: str) -> None:
    found = parse_date_line(line)
    assert found is not None
    assert (found.published, found.raw) == (day, line)


@pytest.mark.parametrize(
    "line",
    [
        "London, 3 people died in 2024",
        "Trends, 3 May 2024 and more",
        "Berlin, 1945",
        "Sofia, 12 years old",
    ],
)
def test_a_town_before_anything_else_is_no_date(line: str) -> None:
    assert parse_date_line(line) is None


def test_a_language_may_say_which_number_is_the_day() -> None:
    line = "03/04/2025 14h20 Atualizado há 2 horas"
    unknown, known = parse_date_line(line), parse_date_line(line, day_first=True)
    assert unknown is not None
    assert known is not None
    assert (unknown.published, known.published) == (None, "2025-04-03")


@pytest.mark.parametrize(
    "line",
    [
        "Atualizado há 2 horas",
        "Actualizado hace 3 días",
        "Mis à jour il y a 3 heures",
        "Aggiornato 2 ore fa",
    ],
)
def test_a_relative_time_may_say_that_it_is_of_a_change(line: str) -> None:
    found = parse_date_line(line)
    assert found is not None
    assert (found.published, found.modified) == (None, None)


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Culture, 2 May 2024", "2024-05-02", None),
        ("City May 2, 2024 Updated: May 6, 2024", "2024-05-02", "2024-05-06"),
        ("Aktualisiert von Ann am 2. Mai 2024", None, "2024-05-02"),
        ("Published time: 2 May, 2024 15:41Edited time: 3 May, 2024", "2024-05-02", "2024-05-03"),
        ("text size: T T Viewpoint May 2, 2024, 8:50 PM EDT", "2024-05-02", None),
        ("By Ann Lee on May 2, 2024 at 11:30a @annlee", "2024-05-02", None),
        ("Ann Lee 5/23/13 11:04am Yesterday 11:04am", "2013-05-23", None),
    ],
)
def test_a_day_among_other_things(line: str, published: str | None, modified: str | None) -> None:
    found = dated(line)
    assert found is not None
    assert (found.published, found.modified, found.raw) == (published, modified, line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "May",
        "Culture",
        "City 03/04/2024",
        "From May 2, 2024 to May 6, 2024",
        "City 03/04/24",
        "City 13/04/19",
        "The act was signed into law on August 14, 1935",
        "Закон о музеях был подписан и опубликован 14 августа 1935",
    ],
)
def test_lines_in_which_no_day_can_be_told(line: str) -> None:
    assert dated(line) is None


@pytest.mark.parametrize(
    ("line", "iso"),
    [("05.09.23", "2023-09-05"), ("05.09.98", "1998-09-05"), ("13/04/19", "2019-04-13")],
)
def test_years_of_two_digits_where_the_language_writes_the_day_first(line: str, iso: str) -> None:
    assert iso_date(line, day_first=True) == iso
    assert iso_date(line) is None
