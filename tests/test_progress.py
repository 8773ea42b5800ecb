from __future__ import annotations

import io
import os
import pickle
import time
from pathlib import Path

import pytest

from pipeline import progress
from pipeline.options import ProgressMode
from pipeline.progress import (
    Counts,
    Heartbeat,
    ProgressReporter,
    fit,
    progress_parts,
    read_heartbeats,
    resolve_mode,
)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Broken(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError("no reader")


def visible(written: str) -> str:
    """Return what a terminal shows of one line that was written over with carriage returns."""
    line = ""
    for part in written.split("\r"):
        line = part + line[len(part) :]
    return line.rstrip()


def test_heartbeats_of_several_instances_add_up(tmp_path: Path) -> None:
    first, second = Heartbeat(tmp_path), Heartbeat(tmp_path)
    for _ in range(3):
        first.add(documents=1, bytes=10, articles=2)
    second.add(documents=1, rejected=1)
    first.flush()
    second.flush()
    assert read_heartbeats(tmp_path) == Counts(4, 30, 6, 1)
    first.add(documents=1)
    first.flush()
    assert read_heartbeats(tmp_path) == Counts(5, 30, 6, 1)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_heartbeat_writes_at_most_once_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    heartbeat = Heartbeat(tmp_path)
    heartbeat.add(documents=1)
    now[0] += 0.9
    heartbeat.add(documents=1)
    assert read_heartbeats(tmp_path).documents == 1
    now[0] += 0.1
    heartbeat.add(documents=1)
    assert read_heartbeats(tmp_path).documents == 3


def test_a_pickled_heartbeat_counts_anew_into_its_own_file(tmp_path: Path) -> None:
    heartbeat = Heartbeat(tmp_path)
    heartbeat.add(documents=1)
    copy = pickle.loads(pickle.dumps(heartbeat))  # noqa: S301 - made here
    copy.add(documents=1)
    assert read_heartbeats(tmp_path).documents == 2


@pytest.mark.parametrize("folder", [None, "missing"])
def test_a_heartbeat_never_fails(folder: str | None, tmp_path: Path) -> None:
    heartbeat = Heartbeat(folder and tmp_path / folder)
    heartbeat.add(documents=1)
    heartbeat.flush()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_ignored_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    heartbeat = Heartbeat(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", full)
        heartbeat.add(documents=1)
    assert read_heartbeats(tmp_path) == Counts()
    heartbeat.flush()
    assert read_heartbeats(tmp_path) == Counts(documents=1)


@pytest.mark.parametrize("content", ["", "1 2 3", "1 2 3 4 5", "a b c d", "1 2 3 4\n1", "\udcff"])
def test_what_cannot_be_read_counts_as_nothing(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.heartbeat").write_text(content, encoding="utf-8", errors="surrogateescape")
    (tmp_path / "y.heartbeat").write_text("1 2 3 4\n", encoding="ascii")
    (tmp_path / "z").write_text("7 7 7 7\n", encoding="ascii")
    assert read_heartbeats(tmp_path) == Counts(1, 2, 3, 4)


def test_a_folder_that_is_gone_counts_as_nothing(tmp_path: Path) -> None:
    assert read_heartbeats(tmp_path / "gone") == Counts()


@pytest.mark.parametrize(
    ("seconds", "rate", "total", "line"),
    [
        (0, 0, None, "1,234 documents, 0.0 MB/s, 1,200 articles, 34 rejected, 0:00:00 elapsed"),
        (
            3723.9,
            2.5 * (1 << 20),
            1000,
            "1,234 documents, 50 %, 2.5 MB/s, 1,200 articles, 34 rejected, 1:02:03 elapsed",
        ),
        (
            1,
            0,
            10,
            "1,234 documents, 100 %, 0.0 MB/s, 1,200 articles, 34 rejected, 0:00:01 elapsed",
        ),
        (1, 0, 0, "1,234 documents, 0.0 MB/s, 1,200 articles, 34 rejected, 0:00:01 elapsed"),
    ],
)
def test_progress_parts(seconds: float, rate: float, total: int | None, line: str) -> None:
    parts = progress_parts(Counts(1234, 500, 1200, 34), seconds, rate, total)
    assert ", ".join(parts) == line


@pytest.mark.parametrize(
    ("columns", "line"),
    [(80, "ten, five"), (9, "ten, five"), (8, "ten"), (3, "ten"), (2, "te"), (0, ""), (-1, "")],
)
def test_fit(columns: int, line: str) -> None:
    assert fit(["ten", "five"], columns) == line


@pytest.mark.parametrize(
    ("mode", "stream", "term", "expected"),
    [
        (ProgressMode.AUTO, Terminal(), "xterm", ProgressMode.LINE),
        (ProgressMode.AUTO, Terminal(), "dumb", ProgressMode.LOG),
        (ProgressMode.AUTO, io.StringIO(), "xterm", ProgressMode.LOG),
        (ProgressMode.LINE, io.StringIO(), "xterm", ProgressMode.LINE),
        (ProgressMode.OFF, Terminal(), "xterm", ProgressMode.OFF),
    ],
)
def test_resolve_mode(
    mode: ProgressMode,
    stream: io.StringIO,
    term: str,
    expected: ProgressMode,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", term)
    assert resolve_mode(mode, stream) is expected


def wait_for(stream: io.StringIO, text: str) -> None:
    deadline = time.monotonic() + 10
    while text not in stream.getvalue() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert text in stream.getvalue()


def test_the_live_line_is_kept_up_to_date_and_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.01)
    stream = Terminal()
    with ProgressReporter(tmp_path, stream, ProgressMode.LINE, total_bytes=100):
        heartbeat = Heartbeat(tmp_path)
        heartbeat.add(documents=1, bytes=50)
        wait_for(stream, "1 document, 50 %")
        heartbeat.add(documents=1, bytes=50)
        heartbeat.flush()
        wait_for(stream, "2 documents, 100 %")
        assert visible(stream.getvalue()).startswith("2 documents")
    assert visible(stream.getvalue()) == ""
    assert "\n" not in stream.getvalue()


def test_the_live_line_fits_a_narrow_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.01)
    monkeypatch.setattr(Terminal, "fileno", lambda self: 2)
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor: os.terminal_size((30, 5)))
    stream = Terminal()
    with ProgressReporter(tmp_path, stream, ProgressMode.LINE):
        wait_for(stream, "0 documents, 0.0 MB/s")
    assert max(map(len, stream.getvalue().split("\r"))) <= 29


def test_a_log_gets_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOG_SECONDS", 0.01)
    stream = io.StringIO()
    with ProgressReporter(tmp_path, stream, ProgressMode.LOG):
        wait_for(stream, "\nprogress: 0 documents")
    lines = stream.getvalue().splitlines()
    assert all(line.startswith("progress: ") and line.endswith(" elapsed") for line in lines)
    assert "\r" not in stream.getvalue()


def test_off_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LOG_SECONDS", 0.001)
    stream = io.StringIO()
    with ProgressReporter(tmp_path, stream, ProgressMode.OFF):
        time.sleep(0.01)
    assert stream.getvalue() == ""


@pytest.mark.parametrize("mode", [ProgressMode.LINE, ProgressMode.LOG])
def test_a_stream_that_cannot_be_written_to_does_not_end_the_run(
    mode: ProgressMode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0.001)
    monkeypatch.setattr(progress, "LOG_SECONDS", 0.001)
    reached = False
    with ProgressReporter(tmp_path, Broken(), mode):
        time.sleep(0.01)
        reached = True
    assert reached


def test_an_error_of_the_run_passes_through(tmp_path: Path) -> None:
    with (
        pytest.raises(ValueError, match="boom"),
        ProgressReporter(tmp_path, io.StringIO(), ProgressMode.LOG),
    ):
        raise ValueError("boom")
