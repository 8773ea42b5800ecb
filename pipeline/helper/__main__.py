"""The helper process: `python -m pipeline.helper`, started by `pipeline.helper.process` alone.

It is made to be killed: by the timer that the kernel keeps on its processor time, which ends it
even within C code, by the one that started it, or by the kernel when memory runs out.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

from pipeline.helper.protocol import READY, Lost, Start, frame, read_frame
from schemas.rejection import ErrorType

_WATCH_SECONDS: Final = 0.5


def main() -> None:
    """Answer questions until the other side closes the connection."""
    parent = os.getppid()
    questions, answers = _connection()
    _settle(parent)
    start = _load(questions)
    if not isinstance(start, Start):
        return
    answer = start.make()
    gc.collect()
    gc.freeze()  # The models stay: no collection need look at them again.
    _limit_memory(start.limits.memory_bytes)
    _say(answers, pickle.dumps(READY))
    while (payload := read_frame(questions)) is not None:
        signal.setitimer(signal.ITIMER_PROF, start.limits.cpu_seconds)
        try:
            said = pickle.dumps(answer(pickle.loads(payload)), pickle.HIGHEST_PROTOCOL)  # noqa: S301
        except MemoryError:
            said = pickle.dumps(_out_of_memory(start.limits.memory_bytes))
            gc.collect()
        except Exception as error:  # noqa: BLE001 - one page must not cost the others
            why = f"{type(error).__name__}: {error}"
            said = pickle.dumps(Lost(ErrorType.CLEANING_FAILED, why))
        signal.setitimer(signal.ITIMER_PROF, 0)
        _say(answers, said)


def _connection() -> tuple[BinaryIO, BinaryIO]:
    """Return the pipes of the protocol, and let prints go to standard error from now on."""
    questions = os.fdopen(os.dup(0), "rb", buffering=1 << 20)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return questions, answers


def _settle(parent: int) -> None:
    # Ctrl-C in a terminal reaches every process of the group: the one that asks decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGPROF})
    with suppress(OSError):  # Linux alone has it.
        # When memory runs out, the kernel ends this process first.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    threading.Thread(target=_watch, args=(parent,), name="watch-parent", daemon=True).start()


def _watch(parent: int) -> None:
    """End this process with the one that started it, be it in the middle of a page."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


def _load(questions: BinaryIO) -> Any:
    payload = read_frame(questions)
    return None if payload is None else pickle.loads(payload)  # noqa: S301 - from our own parent


def _limit_memory(more: int) -> None:
    """Let private memory grow by so many bytes; only Linux keeps this limit.

    The address space is no measure, as numerical libraries reserve much of it and use little.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return
    sizes = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    used = int(sizes["VmData"].split()[0]) << 10
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = used + more if hard == resource.RLIM_INFINITY else min(used + more, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _out_of_memory(most: int) -> Lost:
    return Lost(ErrorType.MEMORY_LIMIT, f"the page took more than {most >> 20:,} MB of memory")


def _say(answers: BinaryIO, payload: bytes) -> None:
    rest = memoryview(frame(payload))
    try:
        while rest:
            rest = rest[answers.write(rest) :]
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
