"""Names of persons."""

from __future__ import annotations

import pytest

from pipeline.cleaning.names import is_full_name, is_person, names_office, split_names


@pytest.mark.parametrize(
    "name",
    [
        "Ann Lee",
        "Jean-Luc Picard",
        "Ursula von der Leyen",
        "J. K. Rowling",
        "Conor O'Brien",
        "María José Ruiz",
        "Łukasz Żak",
        "Иван Петров",
        "山田太郎",
        "김민수",
        "Madonna",
        "Vincent van Gogh",
        "Sean O’Casey",
        "محمد علي",
        "ANN LEE",
    ],
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "the mayor",
        "Ann walks home",
        "Staff Writer",
        "Evening News",
        "News Desk",
        "World Health Association",
        "Ann Lee 3rd5",
        "A B C D E F",
        "Ann (Lee)",
        "x" * 70,
        "Redaktion",
        "Ann, Lee",
        "3 Men",
        "редакция",
    ],
)
def test_no_persons(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("Ann Lee", True),
        ("Ann", False),
        ("USA Today", False),
        ("山田太郎", True),
        ("NATO Chief", False),
    ],
)
def test_full_names(name: str, full: bool) -> None:
    assert is_full_name(name) is full


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("Ann Lee and Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee, Bo Ek and Cy Orr", ["Ann Lee", "Bo Ek", "Cy Orr"]),
        ("Ann Lee & Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee und Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee et Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ana Ruiz y Luis Gil", ["Ana Ruiz", "Luis Gil"]),
        ("Ana Ruiz e Luis Gil", ["Ana Ruiz", "Luis Gil"]),
        ("Анна Ли и Иван Петров", ["Анна Ли", "Иван Петров"]),
        ("山田太郎、佐藤花子", ["山田太郎", "佐藤花子"]),
        ("ANN LEE", ["Ann Lee"]),
        ("JEAN-LUC PICARD", ["Jean-Luc Picard"]),
        ("Ann Lee, Staff Writer", ["Ann Lee"]),
        ("Ann Lee, The Daily Bugle", ["Ann Lee"]),
        ("Ann Lee, Boston", ["Ann Lee"]),
        ("Ann Lee, ann lee", ["Ann Lee"]),
        ("Ann Lee, Jr.", ["Ann Lee, Jr."]),
        ("Ann Lee Jr.", ["Ann Lee Jr."]),
        ("Newsroom", []),
        ("Associated Press", []),
        ("Madonna", []),
        ("AFP", []),
        ("and", []),
        (",;,", []),
        ("", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    assert list(split_names(text)) == names


@pytest.mark.parametrize(
    ("text", "office"), [("Evening News", True), ("Ann Lee", False), ("Staff", True)]
)
def test_offices(text: str, office: bool) -> None:
    assert names_office(text) is office


@pytest.mark.parametrize(
    "text", ["New York", "São Bento", "Key Points", "De Vila Nova", "Fort Wend"]
)
def test_what_places_and_headings_open_with_is_no_first_name(text: str) -> None:
    assert not is_full_name(text)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee, Product Marketing Manager", ["Ann Lee"]),
        ("Ann Lee, Privacy Expert & Bo Ek, Home Security Expert", ["Ann Lee", "Bo Ek"]),
        ("Farokh Engineer", ["Farokh Engineer"]),
    ],
)
def test_what_a_person_is_stands_behind_the_name(line: str, names: list[str]) -> None:
    assert list(split_names(line)) == names
