"""Incremental runs that are killed at random moments: every document is there once all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("incremental_runs.py")


def outcomes(tmp_path: Path, how: str, kills: int) -> list[dict[str, Any]]:
    (tmp_path / "in").mkdir()
    words = [how, str(tmp_path / "in"), str(tmp_path / "out"), str(kills)]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *words], check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(("how", "kills"), [("parts", 50), ("whole", 2)])
def test_every_document_is_there_once(tmp_path: Path, how: str, kills: int) -> None:
    seen = outcomes(tmp_path, how, kills)
    assert len(seen) == kills + 2
    statuses = [run["status"] for run in seen]
    assert set(statuses) <= {0, -9}
    assert statuses[0] == statuses[-1] == 0
    # The moments are chosen from the time that a run takes: some must hit it.
    assert statuses.count(-9) >= kills // 4
    for number, run in enumerate(seen):
        taken = run["taken"]
        assert run["articles"] == run["ledger"] == taken
        assert run["rejected"] == {}
        assert set(taken.values()) <= {1}
        if run["status"] == 0:
            assert sorted(taken) == sorted(f"{n}.txt" for n in range(number + 1))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out"]
