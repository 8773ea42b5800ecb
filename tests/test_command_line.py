from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline import __main__ as command_line
from pipeline.options import Settings
from pipeline.sinks.errors import OutputBusyError, OutputError
from pipeline.usage import UsageError
from pipeline.version import __version__

Run = Callable[[Settings], object]


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def run_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[Run], None]:
    """Put a function in the place of the run."""

    def replace(run: Run) -> None:
        module = types.ModuleType("pipeline.run")
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "pipeline.run", module)

    return replace


def failing(error: BaseException) -> Run:
    def run(settings: Settings) -> object:
        raise error

    return run


def test_a_run_gets_the_settings_and_prints_its_summary(
    run_as: Callable[[Run], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen: list[Settings] = []
    outcome = types.SimpleNamespace(manifest="made", folder="o")
    run_as(lambda settings: seen.append(settings) or outcome)
    monkeypatch.setattr("pipeline.summary.summary", lambda made, output: f"{made} in {output}\n")
    (tmp_path / "a.txt").write_text("x", encoding="ascii")
    assert command_line.main([str(tmp_path), "o", "--shards=2"]) == 0
    assert seen == [Settings(inputs=(str(tmp_path),), output="o", shards=2)]
    assert capsys.readouterr() == ("made in o\n", "")


def test_a_run_that_finds_nothing_new_is_done(
    run_as: Callable[[Run], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_as(lambda _: types.SimpleNamespace(manifest=None, folder="o", already_taken=2))
    assert command_line.main([str(tmp_path), "o", "--incremental"]) == 0
    assert capsys.readouterr() == ("Nothing new in 2 files; no batch was added to o/\n", "")


def test_an_output_that_another_run_writes_to(
    run_as: Callable[[Run], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_as(failing(OutputBusyError("another run")))
    assert command_line.main([str(tmp_path), "o"]) == 3
    assert capsys.readouterr() == ("", "article-ingest: another run\n")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("boom"), "ValueError: boom"),
        (ValueError(), "ValueError"),
        (OSError(28, "No space left on device"), "OSError: [Errno 28] No space left on device"),
        (RuntimeError("boom [while running 'Clean']"), "boom [while running 'Clean']"),
        (
            RuntimeError("Traceback (most recent call last):\n  File x\nValueError: boom\n\n"),
            "ValueError: boom",
        ),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
    ],
)
def test_a_failed_run_says_so_plainly(
    error: BaseException,
    message: str,
    run_as: Callable[[Run], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_as(failing(error))
    assert command_line.main([str(tmp_path), "o"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0] == f"article-ingest: the run failed: {message}"
    assert len(err.splitlines()) == 2


def test_debug_shows_the_traceback(
    run_as: Callable[[Run], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_as(failing(ValueError("boom")))
    assert command_line.main([str(tmp_path), "o", "--log-level=debug"]) == 1
    assert "Traceback (most recent call last)" in capsys.readouterr().err


@pytest.mark.parametrize("error", [UsageError("no good"), OutputError("no good")])
def test_wrong_usage_that_the_run_finds(
    error: Exception,
    run_as: Callable[[Run], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_as(failing(error))
    assert command_line.main([str(tmp_path), "o"]) == 2
    assert capsys.readouterr() == ("", "article-ingest: no good\n")


def test_a_missing_input_is_wrong_usage_before_anything_runs(
    run_as: Callable[[Run], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_as(failing(AssertionError("must not run")))
    missing = str(tmp_path / "missing.txt")
    assert command_line.main(["--input", str(tmp_path), missing, "--output", "o"]) == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"article-ingest: no such INPUT: {missing}\n")


def test_a_wrong_flag(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--inptu=x"]) == 2
    expected = "article-ingest: unknown flag --inptu: did you mean --input?\n"
    assert capsys.readouterr() == ("", expected)


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["--version"]) == 0
    assert capsys.readouterr().out == f"article-ingest {__version__}\n"
    assert command_line.main(["-h"]) == 0
    assert capsys.readouterr().out.startswith("usage: python -m pipeline [INPUT")


SCRIPT = """
import sys, time, types
from pathlib import Path
place = Path(sys.argv.pop(1))
def run(settings):
    place.touch()
    try:
        print("running", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        raise RuntimeError("as Beam wraps it")
    finally:
        place.unlink()
sys.modules["pipeline.run"] = types.ModuleType("pipeline.run")
sys.modules["pipeline.run"].run = run
from pipeline.__main__ import main_cli
main_cli()
"""


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_and_removes_what_it_wrote(
    number: signal.Signals, status: int, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(place), str(tmp_path), "o"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "running\n"
        assert place.exists()
        child.send_signal(number)
        _, err = child.communicate(timeout=20)
    assert child.returncode == status
    assert err == f"article-ingest: stopped by {number.name}; the former output is untouched\n"
    assert not place.exists()


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    script = SCRIPT.replace(
        "time.sleep(60)", "return types.SimpleNamespace(manifest=1, folder=2)"
    ).replace("main_cli()", "import pipeline.summary as s; s.summary = lambda *a: 'x'; main_cli()")
    script = script.replace('print("running", flush=True)', "pass")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "place"), str(tmp_path), "o"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
