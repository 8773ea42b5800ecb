from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.signature import closing_authors, parse_signature


@pytest.mark.parametrize(
    ("line", "authors", "agencies"),
    [
        ("Jan Kowalski, PAP", ["Jan Kowalski"], ["PAP"]),
        ("Jan Kowalski (PAP)", ["Jan Kowalski"], ["PAP"]),
        ("Anna Nowak, Kraków", ["Anna Nowak"], []),
        ("AYŞE DEMIR / ANKARA", ["Ayşe Demir"], []),
        ("Иван Петров, Москва", ["Иван Петров"], []),
        ("Ben Lund Staff Writer", ["Ben Lund"], []),
        ("Ben Lund @benlund", ["Ben Lund"], []),
        ("Ben Lund/Cora Bay", ["Ben Lund", "Cora Bay"], []),
        ("Ana Silva, Lusa", ["Ana Silva"], ["Lusa"]),
        ("Agência Lusa", [], ["Lusa"]),
        ("Redazione ANSA", [], ["ANSA"]),
        ("The Associated Press", [], ["Associated Press"]),
        ("dpa", [], ["dpa"]),
        ("dpa/lnw", [], ["dpa"]),
        ("PAP / opr. JK", [], ["PAP"]),
        ("JK, PAP", [], ["PAP"]),
        ("PTI | New Delhi", [], ["PTI"]),
        ("EFE | Bogotá", [], ["EFE"]),
        ("Express News Service | Pune", [], []),
        ("Staff Reporter, Mumbai", [], []),
        ("Our Special Correspondent", [], []),
        ("Redakcja", [], []),
        ("Ann Lee, Local Harbour Reporter, The Old Harbour Beacon", ["Ann Lee"], []),
        ("Anne Leduc, La Voix du Nord-Est", ["Anne Leduc"], []),
        ("R. C. | Puertoviejo", [], []),
        ("De São Paulo", [], []),
        ("Van onze redactie", [], []),
        ("Haber Merkezi", [], []),
    ],
)
def test_a_line_without_by_names_who_reports(
    line: str, authors: list[str], agencies: list[str]
) -> None:
    found = parse_signature(line)
    assert found is not None
    assert [list(found.authors), list(found.agencies)] == [authors, agencies]


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("12.03.2025, 14:20 | Ben Lund", "12.03.2025, 14:20"),
        ("12 March 2025 | Ben Lund", "12 March 2025"),
    ],
)
def test_it_may_give_the_day(line: str, day: str) -> None:
    found = parse_signature(line)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Madrid",
        "New York, NY",
        "Lagos, Nigeria",
        "Hong Kong | Business",
        "Real Betis, Seville",
        "Prime Minister, Cabinet",
        "College Choices, Student Loans",
        "Rainy Thoughts , Weather",
        "Master Grader, M.A. Journalism",
        "IN PERSON",
        "BROWSE OPEN POSITIONS",
        "Local News",
        "Harbour Blog Contributor",
        "Ann Lee/Getty Images",
        "12 March 2025",
        "A bridge, a river and a town.",
        "이재명 후보가 순천시 연향동에서 연설하고 있다. 연합뉴스",
    ],
)
def test_other_short_lines_sign_nothing(line: str) -> None:
    assert parse_signature(line) is None


@given(st.text(max_size=120))
def test_a_byline_is_read_as_everywhere(line: str) -> None:
    marked = parse_byline(line)
    assert marked is None or parse_signature(line) == marked


@pytest.mark.parametrize(
    ("paragraph", "authors"),
    [
        ("橋は来年まで閉じる。（山田太郎）", ("山田太郎",)),
        ("「待てない」と話した。（記者・佐藤花子、山田太郎）", ("佐藤花子", "山田太郎")),
        ("橋は来年まで閉じる。（共同通信）", ()),
        ("橋は来年まで閉じる。（続く）", ()),
        ("市長（山田太郎）", ()),
        ("The bridge is closed. (Ann Lee)", ()),
        ("", ()),
    ],
)
def test_who_signs_behind_the_last_sentence(paragraph: str, authors: tuple[str, ...]) -> None:
    assert closing_authors(paragraph) == authors
