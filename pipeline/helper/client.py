"""Questions to a helper process, answered in order whatever becomes of the process."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pipeline.helper.process import DiedError, HelperProcess
from pipeline.helper.protocol import HelperLimits, Lost, Start
from schemas.rejection import ErrorType

_START_SECONDS: Final = 600.0
_MOST_STARTS: Final = 3
_MOST_TRIES: Final = 2
"""How often a question is asked: what ends the process by anything but the limit of processor time
may have come from outside, so the question is asked again, alone."""


class HelperError(Exception):
    """The helper process cannot be started."""


@dataclass(slots=True)
class _Question:
    payload: bytes
    tries: int = 0
    is_sent: bool = False


class Helper:
    """A helper process, started with the first question, and again after each death.

    `make` is called once in each process and gives the function that answers; both, questions and
    answers can be pickled. Not for several threads at once.
    """

    def __init__(self, make: Callable[[], Callable[[Any], Any]], limits: HelperLimits) -> None:
        """Start nothing yet."""
        self._start = pickle.dumps(Start(make, limits))
        self._limits = limits
        self._process: HelperProcess | None = None
        self._questions: deque[_Question] = deque()
        self._answers: deque[Any] = deque()

    @property
    def waiting(self) -> int:
        """How many answers are yet to be taken."""
        return len(self._answers) + len(self._questions)

    @property
    def is_answered(self) -> bool:
        """Whether the next answer is there already."""
        return bool(self._answers)

    @property
    def has_room(self) -> bool:
        """Whether another question can be put on its way without waiting for an answer."""
        size = sum(len(question.payload) for question in self._questions)
        return len(self._questions) < self._limits.in_flight and size < self._limits.in_flight_bytes

    @property
    def pid(self) -> int | None:
        """The number of the process, None if there is none."""
        return None if self._process is None else self._process.pid

    def ask(self, question: object) -> None:
        """Put a question on its way."""
        self._questions.append(_Question(pickle.dumps(question, pickle.HIGHEST_PROTOCOL)))
        self._exchange(0)

    def take(self) -> Any:
        """Return the answer to the oldest question, or a `Lost`; there must be one.

        Raises `HelperError` if the process cannot be started.
        """
        while not self._answers:
            self._exchange(self._limits.wall_seconds)
        return self._answers.popleft()

    def close(self) -> None:
        """Forget all questions and end the process; another question starts a new one."""
        self._questions.clear()
        self._answers.clear()
        self._end_process()

    def _exchange(self, seconds: float) -> None:
        """Send what is to be sent; take what answers there are, or come within `seconds`."""
        process = self._running()
        try:
            self._send(process)
            if seconds:
                if not process.wait(seconds):
                    self._lose(ErrorType.TIME_LIMIT, f"no answer came within {seconds:g} s")
                    self._restart()
                    return
            else:
                process.pump(0)
        except DiedError as death:
            self._collect(process)
            self._bury(death)
        else:
            self._collect(process)

    def _collect(self, process: HelperProcess) -> None:
        while process.frames:
            self._answers.append(pickle.loads(process.frames.popleft()))  # noqa: S301 - our child
            self._questions.popleft()

    def _send(self, process: HelperProcess) -> None:
        alone = bool(self._questions) and self._questions[0].tries > 0
        for question in list(self._questions)[: 1 if alone else None]:
            if not question.is_sent:
                process.send(question.payload)
                question.is_sent = True

    def _running(self) -> HelperProcess:
        if self._process is not None:
            return self._process
        why = ""
        for _ in range(_MOST_STARTS):
            process = HelperProcess()
            process.send(self._start)
            try:
                if process.wait(_START_SECONDS):
                    process.frames.popleft()
                    self._process = process
                    return process
                why = "it is not ready in time"
            except DiedError as death:
                why = f"it ended {death}"
            process.end()
        raise HelperError(f"the helper process for pages does not start: {why}")

    def _bury(self, death: DiedError) -> None:
        """Decide who is to blame for the death, and prepare to ask the others again."""
        if self._questions and self._questions[0].is_sent:
            oldest = self._questions[0]
            oldest.tries += 1
            if death.by is signal.SIGPROF:
                limit = self._limits.cpu_seconds
                why = f"the page took more than {limit:g} s of processor time"
                self._lose(ErrorType.TIME_LIMIT, why)
            elif oldest.tries >= _MOST_TRIES:
                why = f"the process that cleaned the page ended {death}, twice"
                self._lose(ErrorType.WORKER_CRASHED, why)
        self._restart()

    def _lose(self, error: ErrorType, message: str) -> None:
        self._questions.popleft()
        self._answers.append(Lost(error, message))

    def _restart(self) -> None:
        self._end_process()
        for question in self._questions:
            question.is_sent = False

    def _end_process(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None
