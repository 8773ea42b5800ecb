from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.stopping import LAUNCHER_VARIABLE, Stopping

WATCHER = """
import sys, time
from pipeline.stopping import watch_launcher
print("watching", flush=True)
watch_launcher(sys.argv[1])
time.sleep(60)
"""


def watcher(launcher: str) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", WATCHER, launcher],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "watching\n"
    return child


def test_a_worker_ends_when_the_file_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "running"
    file.touch()
    with watcher(f"{os.getpid()}:{file}") as child:
        assert child.poll() is None
        file.unlink()
        assert child.wait(timeout=20) == 0


def test_a_worker_ends_when_it_has_another_parent(tmp_path: Path) -> None:
    file = tmp_path / "running"
    file.touch()
    with watcher(f"1{os.getpid()}:{file}") as child:
        assert child.wait(timeout=20) == 0


def test_a_worker_without_a_launcher_goes_on() -> None:
    with watcher("") as child:
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(timeout=0.8)
        child.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_noted_and_tells_the_workers(number: signal.Signals) -> None:
    former = signal.getsignal(number)
    with Stopping() as stopping:
        file = Path(os.environ[LAUNCHER_VARIABLE].partition(":")[2])
        assert file.exists()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(number)
        assert not file.exists()
    assert stopping.received is number
    assert signal.getsignal(number) is former
    assert LAUNCHER_VARIABLE not in os.environ


def test_a_lost_worker_wakes_the_main_thread() -> None:
    def worker() -> None:
        raise RuntimeError("exited with return code -9")

    with Stopping() as stopping:
        thread = threading.Thread(target=worker, name="run_worker")
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012 - where it is raised is not known
            thread.start()
            time.sleep(20)
    assert stopping.received is None
    assert stopping.worker_error == "a worker process was lost: exited with return code -9"


def test_errors_of_other_threads_are_printed_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda error: seen.append(error.exc_value))
    error = RuntimeError("x")

    def fail() -> None:
        raise error

    with Stopping() as stopping:
        thread = threading.Thread(target=fail, name="other")
        thread.start()
        thread.join()
    assert seen == [error]
    assert stopping.worker_error is None


def test_outside_the_main_thread_nothing_changes() -> None:
    handlers: list[object] = []

    def enter() -> None:
        with Stopping():
            handlers.append(signal.getsignal(signal.SIGTERM))

    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert handlers == [before]
