"""The gate: what falls below a floor is said, and no floor is ever lowered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.cleaning import main
from benchmarks.floors import SLACK, below_floors, raised

FLOORS: dict[str, dict[str, float | None]] = {"leaky all": {"wF1": 0.95, "cut in two": 0.02}}


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        ({"wF1": 0.95, "cut in two": 0.02}, 0),
        ({"wF1": 0.96, "cut in two": 0.01}, 0),
        ({"wF1": 0.95 - SLACK / 2, "cut in two": 0.02}, 0),
        ({"wF1": 0.94, "cut in two": 0.02}, 1),
        ({"wF1": 0.95, "cut in two": 0.03}, 1),
        ({"wF1": None, "cut in two": 0.03}, 2),
        ({}, 2),
    ],
)
def test_a_figure_below_its_floor_is_named(figures: dict[str, float | None], wrong: int) -> None:
    assert len(below_floors({"leaky all": figures}, FLOORS)) == wrong


def test_a_group_that_is_missing_is_below_its_floors() -> None:
    assert len(below_floors({}, FLOORS)) == 2


def test_raising_takes_the_better_of_both() -> None:
    table: dict[str, dict[str, float | None]] = {
        "leaky all": {"cases": 9, "wF1": 0.97, "cut in two": 0.05, "bF1": None},
        "nothing: leaky all": {"wF1": 0.99},
    }
    assert raised(table, FLOORS) == {"leaky all": {"wF1": 0.97, "cut in two": 0.02}}


def test_the_command_fails_below_a_floor_and_leaves_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "The bridge was opened on Sunday, the mayor said to the press. Cars cross it now."
    case = {
        "id": "a", "lang": "en", "stratum": "leaky", "kind": "single", "hard": False,
        "lines": [{"text": body, "label": "keep", "art": 0}],
        "gold_articles": [{"title": "", "body": body}],
    }  # fmt: skip
    data, floors = tmp_path / "data.jsonl", tmp_path / "floors.json"
    data.write_text(json.dumps(case) + "\n", encoding="utf-8")
    floors.write_text('{"leaky en": {"wF1": 0.5, "titles": 0.9}}', encoding="utf-8")
    assert main([str(data), "--floors", str(floors), "--raise-floors"]) == 1
    assert "leaky en, titles" in capsys.readouterr().err
    assert json.loads(floors.read_text())["leaky en"]["titles"] == 0.9
    assert json.loads(floors.read_text())["leaky en"]["wF1"] == 1.0
