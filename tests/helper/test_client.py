import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.helper.client import Helper, HelperError
from pipeline.helper.pool import HelperPool
from pipeline.helper.protocol import HelperLimits, Lost
from tests.helper import answers

LIMITS = HelperLimits(cpu_seconds=0.4)
PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture
def helper() -> Iterator[Helper]:
    """Give a helper of generous limits."""
    made = Helper(answers.make, HelperLimits())
    yield made
    made.close()


def all_answers(helper: Helper, questions: Sequence[str]) -> list[str | Lost]:
    """Ask as the graph does: several at once, never waiting for the last."""
    found: list[str | Lost] = []
    for question in questions:
        helper.ask(question)
        while helper.waiting and (helper.is_answered or not helper.has_room):
            found.append(helper.take())
    while helper.waiting:
        found.append(helper.take())
    return found


def brief(answer: str | Lost) -> str:
    return str(answer.error_type) if isinstance(answer, Lost) else answer


def test_answers_come_in_order(helper: Helper) -> None:
    questions = [f"question {n}" for n in range(100)]
    assert helper.pid is None
    assert all_answers(helper, questions) == [question.upper() for question in questions]


def test_large_questions_and_answers_do_not_block_each_other(helper: Helper) -> None:
    questions = [f"large {n} " + "x" * (3 << 20) for n in range(12)]
    assert all_answers(helper, questions) == [question.upper() for question in questions]


@pytest.mark.parametrize(
    ("wrecker", "error", "words"),
    [
        ("regex", "time_limit", "0.4 s of processor time"),
        ("hash", "time_limit", "0.4 s of processor time"),
        ("spin", "time_limit", "0.4 s of processor time"),
        ("sleep", "time_limit", "within 3 s"),
        ("abort", "worker_crashed", "SIGABRT, twice"),
        ("segfault", "worker_crashed", "SIGSEGV, twice"),
        ("exit 7", "worker_crashed", "exit status 7, twice"),
        ("exit 0", "worker_crashed", "exit status 0, twice"),
        ("raise Because", "cleaning_failed", "ValueError: Because"),
    ],
)
def test_a_wrecker_is_lost_alone(wrecker: str, error: str, words: str) -> None:
    # The time that passes is bounded only where it is the point: the machine may be loaded.
    limits = HelperLimits(cpu_seconds=0.4, wall_seconds=3.0) if wrecker == "sleep" else LIMITS
    helper = Helper(answers.make, limits)
    first, bad, *others = all_answers(helper, ["a", wrecker, "b", "c"])
    helper.close()
    assert isinstance(bad, Lost)
    assert bad.error_type == error
    assert words in bad.message
    assert [first, *others] == ["A", "B", "C"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process's memory")
def test_one_that_eats_memory_is_lost_alone() -> None:
    helper = Helper(answers.make, HelperLimits(memory_bytes=256 << 20))
    first, bad, last = all_answers(helper, ["a", "eat", "b"])
    helper.close()
    assert isinstance(bad, Lost)
    assert bad.error_type == "memory_limit"
    assert "256 MB" in bad.message
    assert (first, last) == ("A", "B")


def test_of_200_with_a_wrecker_each_tenth_the_wreckers_are_lost() -> None:
    wreckers = ["hash", "abort", "raise x", "exit 1"]
    questions = [
        wreckers[n // 10 % len(wreckers)] if n % 10 == 7 else f"page {n}" for n in range(200)
    ]
    errors = {
        "hash": "time_limit",
        "abort": "worker_crashed",
        "raise x": "cleaning_failed",
        "exit 1": "worker_crashed",
    }
    helper = Helper(answers.make, HelperLimits(cpu_seconds=0.3))
    found = all_answers(helper, questions)
    helper.close()
    assert list(map(brief, found)) == [errors.get(word, word.upper()) for word in questions]


def test_one_that_somebody_killed_is_asked_again(helper: Helper, tmp_path: Path) -> None:
    questions = ["a", f"killed {tmp_path}/mark", "b"]
    assert all_answers(helper, questions) == [question.upper() for question in questions]


def test_a_process_that_is_killed_between_questions_costs_nothing(helper: Helper) -> None:
    assert all_answers(helper, ["a"]) == ["A"]
    assert helper.pid is not None
    os.kill(helper.pid, signal.SIGKILL)
    assert all_answers(helper, ["b", "c"]) == ["B", "C"]


def test_prints_do_not_disturb_the_protocol(helper: Helper) -> None:
    assert all_answers(helper, ["print", "a"]) == ["PRINT", "A"]


def test_one_that_does_not_start_is_an_error_of_the_run(capfd: pytest.CaptureFixture[str]) -> None:
    helper = Helper(answers.make_nothing, LIMITS)
    with pytest.raises(HelperError, match="does not start: it ended with exit status 1"):
        helper.ask("a")
    assert "no model" in capfd.readouterr().err


def test_what_is_left_is_forgotten_when_it_is_given_back() -> None:
    pool = HelperPool(answers.make, LIMITS)
    helper = pool.borrow()
    helper.ask("left behind")
    other = pool.borrow()
    assert other is not helper
    pool.give_back(helper)
    assert pool.borrow() is helper
    assert all_answers(helper, ["a"]) == ["A"]
    helper.close()


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return not Path("/proc").is_dir()
    return state == "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("question", ["a", "sleep"])
def test_it_ends_with_the_process_that_started_it(question: str) -> None:
    program = f"""
import time
from pipeline.helper.client import Helper
from pipeline.helper.protocol import HelperLimits
from tests.helper import answers
helper = Helper(answers.make, HelperLimits())
helper.ask({question!r})
print(helper.pid, flush=True)
time.sleep(3600)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=PROJECT
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert not is_gone(pid)
        parent.kill()
    until = time.monotonic() + 20
    while not is_gone(pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not Path(f"/proc/{pid}").exists() or is_gone(pid)


def test_it_ends_when_nobody_holds_it_any_more() -> None:
    helper = Helper(answers.make, LIMITS)
    assert all_answers(helper, ["a"]) == ["A"]
    process = helper._process
    assert process is not None
    end = process.end
    del helper, process
    assert not end.alive
