import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.html import name_f1, run_f1, run_shares, word_f1
from training.dataset import registrable_domain

FOLDS = Path(__file__).parents[3] / "benchmarks" / "html_folds"


def test_every_page_is_judged_by_models_that_are_there() -> None:
    index = json.loads((FOLDS / "index.json").read_text(encoding="utf-8"))
    parts = {entry["part"] for entry in index.values()}
    assert {f"{engine}{part}.model" for engine in ("fast", "best") for part in parts} == {
        file.name for file in FOLDS.glob("*.model")
    }
    texts = {entry["text"] for entry in index.values()}
    assert all((FOLDS.parent / "folds" / name).exists() for name in texts)


def test_a_publisher_is_held_out_whatever_its_host_is_called() -> None:
    fitting = pytest.importorskip("training.html.fitting", reason="needs LightGBM")
    hosts = ["https://www.example.co.uk/a", "http://news.example.co.uk/b"]
    assert len({fitting.fold_of(registrable_domain(host)) for host in hosts}) == 1
    parts = {fitting.fold_of(f"site{number}.com") for number in range(100)}
    assert parts == set(range(fitting.FOLDS))


@pytest.mark.parametrize(
    ("right", "given", "runs", "words"),
    [
        ("a b c d e", "a b c d e", 1, 1),
        ("a b c d e", "", 0, 0),
        ("a b c d e", "A B C D E", 0, 1),
        ("a b c d e", "a b c d", 2 / 3, 8 / 9),
        ("a b", "a b", 1, 1),
    ],
)
def test_scores_of_a_page(right: str, given: str, runs: float, words: float) -> None:
    assert run_f1([run_shares(right, given)]) == pytest.approx(runs)
    assert word_f1(right, given) == pytest.approx(words)


def test_names_count_once_however_they_are_joined() -> None:
    assert name_f1(["Jane Roe and John Doe"], ["By Jane Roe", "john doe"]) == 1
    assert name_f1(["Jane Roe"], ["Jane Roe", "Staff"]) == pytest.approx(2 / 3)
    assert np.isclose(name_f1(["Jane Roe"], []), 0)
