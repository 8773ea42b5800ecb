"""Runs that are killed, as real processes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.sinks.local_place import LocalPlace

SCRIPT = Path(__file__).with_name("promoting.py")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def contents(folder: Path) -> list[str]:
    return [file.read_text() for file in folder.iterdir()]


@pytest.mark.parametrize("how", ["exchange", "renames"])
def test_killed_at_any_moment(tmp_path: Path, how: str) -> None:
    out = tmp_path / "out"
    chance = random.Random(how)
    promoted_once = False
    for _ in range(15):
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(out), how], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.02)
        process.kill()
        process.wait()
        process.stdout.close()
        # In two renames there is a moment without output, which the next run repairs.
        assert out.exists() or how == "renames" or not promoted_once
        former = contents(out) if out.exists() else None
        with LocalPlace(str(out)):
            pass
        assert out.exists() or not promoted_once
        if out.exists():
            promoted_once = True
            assert len(contents(out)) == 4
            assert len(set(contents(out))) == 1
            assert former in (None, contents(out))
        assert set(names(tmp_path)) <= {"out"}
    assert promoted_once


@pytest.mark.parametrize("how", ["exchange", "renames"])
def test_killed_at_every_step(tmp_path: Path, how: str) -> None:
    out = tmp_path / "out"
    steps = 60
    result = subprocess.run(
        [sys.executable, str(SCRIPT), str(out), how, str(steps)],
        capture_output=True,
        text=True,
        check=True,
    )
    last, done = "former", 0
    for number, line in enumerate(result.stdout.splitlines()):
        status, files, *seen = line.split("\t")
        assert len(seen) == 1, "files of two runs stand side by side"
        assert status in ("0", "137")
        if seen == ["missing"]:
            # Between its two renames a run leaves no output, and the next one restores it.
            assert how == "renames"
            continue
        assert files == "4"
        assert seen[0] in (last, f"run {number}")
        assert status == "137" or seen[0] == f"run {number}"
        last, done = seen[0], done + (status == "0")
    assert 0 < done < steps, "the steps do not reach from the first to the last"
    with LocalPlace(str(out)):
        assert set(contents(out)) == {last}
    assert names(tmp_path) == ["out"]
