"""Credit lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.credit import parse_credit


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("(Reporting by Ann Lee)", [("Ann Lee", "reporting")]),
        ("dpa/abc", []),
        ("ab/cd/ef", []),
        ("(AFP)", []),
        ("（完）", []),
        (
            "(Reporting by Ann Lee; Editing by Bo Ek)",
            [("Ann Lee", "reporting"), ("Bo Ek", "editing")],
        ),
        (
            "(Reporting by Ann Lee and Cy Orr; Writing by Di Fox; Editing by Bo Ek)",
            [
                ("Ann Lee", "reporting"),
                ("Cy Orr", "reporting"),
                ("Di Fox", "writing"),
                ("Bo Ek", "editing"),
            ],
        ),
        (
            "(Reporting by Ann Lee in Lisbon and Cy Orr in Porto; Editing by Bo Ek)",
            [("Ann Lee", "reporting"), ("Cy Orr", "reporting"), ("Bo Ek", "editing")],
        ),
        ("(Additional reporting by Ann Lee)", [("Ann Lee", "reporting")]),
        ("Ann Lee contributed to this report.", [("Ann Lee", "reporting")]),
        (
            "Orr reported from Lisbon. Bugle writers Ann Lee in Porto and Bo Ek contributed to "
            "this report.",
            [("Ann Lee", "reporting"), ("Bo Ek", "reporting")],
        ),
        (
            "Reporting by Ann Lee; Editing by Bo Ek",
            [("Ann Lee", "reporting"), ("Bo Ek", "editing")],
        ),
        (
            "[Reporting by Ann Lee, editing by Bo Ek]",
            [("Ann Lee", "reporting"), ("Bo Ek", "editing")],
        ),
        ("Edited by: Bo Ek", [("Bo Ek", "editing")]),
        ("Translated by Ann Lee", [("Ann Lee", "translation")]),
        ("Photos by Ann Lee", [("Ann Lee", "photography")]),
        ("Graphics by Ann Lee", [("Ann Lee", "other")]),
        (
            "(Bericht von Anna Groß, redigiert von Uwe Klein)",
            [("Anna Groß", "reporting"), ("Uwe Klein", "editing")],
        ),
        (
            "(Reportage Anne Leduc, édité par Luc Petit)",
            [("Anne Leduc", "reporting"), ("Luc Petit", "editing")],
        ),
        (
            "(Reporte de Ana Ruiz; Editado en español por Luis Gil)",
            [("Ana Ruiz", "reporting"), ("Luis Gil", "editing")],
        ),
        (
            "(Reportagem de Ana Souza; Edição de Rui Melo)",
            [("Ana Souza", "reporting"), ("Rui Melo", "editing")],
        ),
        ("(Traduzione di Anna Russo)", [("Anna Russo", "translation")]),
    ],
)
def test_credits(line: str, people: list[tuple[str, str]]) -> None:
    assert list(parse_credit(line) or ()) == people


@pytest.mark.parametrize(
    "line",
    [
        "",
        "The reporting by Ann Lee won a prize.",
        "(Reporting by the staff)",
        "Reporting by the paper showed that the bridge had been unsafe for years, the mayor said.",
        "Edited by hand",
        "Rain contributed to the crash.",
        "Ann Lee contributed to the fund in Oslo.",
        "Orr reported from Lisbon.",
        "Orr contributed to this report. It cost him his post at the ministry.",
        "and/or",
        "km/h",
        "AFP",
        "Photos by the hundred",
        "Reporting by Ann Lee has shown for years that the bridge over the river is unsafe and "
        "that the council knew of it when it let the lorries pass, which the mayor "
        "denied on Monday.",
        "(The mayor did not answer.)",
        "Reporting by " + "Ann Lee, " * 60,
    ],
)
def test_other_lines(line: str) -> None:
    assert parse_credit(line) is None


@given(st.text(max_size=300))
def test_any_line(line: str) -> None:
    assert parse_credit(line) is None or all(name for name, _ in parse_credit(line) or ())
    assert parse_credit(f"(Reporting by {line}; Editing by {line})") != ()
