"""How a run ends early: Ctrl-C, SIGTERM or the loss of a worker process unwind it.

Unwinding leaves the `with` block of the run's fresh place, which removes it.
"""

from __future__ import annotations

import logging
import os
import signal
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Final, Self

LAUNCHER_VARIABLE: Final = "ARTICLE_INGEST_LAUNCHER"
"""Environment variable that tells worker processes whom and what to watch: the number of the
launching process, a colon, and a file that is there as long as the run shall go on."""

WATCH_SECONDS: Final = 0.5
"""How soon a worker process sees that it is not wanted any more."""

_LOGGER: Final = logging.getLogger(__name__)

_WORKER_THREAD: Final = "run_worker"
"""Name of the thread of Beam's that waits for one worker process."""


class WorkerLostError(Exception):
    """A worker process has died; its text says how."""


class Stopping:
    """Within the `with` block, SIGINT and SIGTERM raise KeyboardInterrupt.

    `received` says which signal it was, and `worker_error` why a worker process was lost. Beam
    wraps what is raised in user code into errors of its own, so ask these of any exception rather
    than its class. Beam waits for worker processes for good: they watch the file that is removed
    here. Outside the main thread, where Python allows no handlers, the block changes nothing.
    """

    def __init__(self) -> None:
        """Change nothing yet."""
        self.received: signal.Signals | None = None
        self.worker_error: str | None = None
        self._former: dict[signal.Signals, Any] = {}
        self._former_hook = threading.excepthook
        self._file: Path | None = None

    def __enter__(self) -> Self:
        """Take over the signals and the errors of Beam's threads."""
        if threading.current_thread() is threading.main_thread():
            handle, name = tempfile.mkstemp(prefix="article-ingest-", suffix=".running")
            os.close(handle)
            self._file = Path(name)
            os.environ[LAUNCHER_VARIABLE] = f"{os.getpid()}:{name}"
            for number in (signal.SIGINT, signal.SIGTERM):
                self._former[number] = signal.signal(number, self._on_signal)
            threading.excepthook = self._on_thread_error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give back what was taken over."""
        if self._file is not None:
            threading.excepthook = self._former_hook
            for number, handler in self._former.items():
                signal.signal(number, handler)
            os.environ.pop(LAUNCHER_VARIABLE, None)
            logging.disable(logging.NOTSET)
            self._release_workers()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._release_workers()
        if self.worker_error is None:
            self.received = signal.Signals(number)
        if not _LOGGER.isEnabledFor(logging.DEBUG):
            # Beam reports at length every connection that now breaks.
            logging.disable()
        raise KeyboardInterrupt

    def _on_thread_error(self, error: threading.ExceptHookArgs) -> None:
        """Unwind the main thread when a worker process died: Beam would wait for its answer."""
        if self.received is not None or self.worker_error is not None:
            return
        if error.thread is not None and error.thread.name == _WORKER_THREAD:
            self.worker_error = f"a worker process was lost: {error.exc_value}"
            main = threading.main_thread().ident
            if main is not None:
                # To this thread: another one would not wake it from waiting for a lock.
                signal.pthread_kill(main, signal.SIGTERM)
        else:
            self._former_hook(error)

    def _release_workers(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()


def watch_launcher(launcher: str) -> None:
    """End this worker process as soon as its run has ended; returns at once.

    `launcher` is the value of LAUNCHER_VARIABLE; with an empty one nothing is watched.
    """
    number, _, file = launcher.partition(":")
    if number:
        threading.Thread(
            target=_watch, args=(int(number), file), name="watch-launcher", daemon=True
        ).start()


def _watch(launcher: int, file: str) -> None:
    while os.getppid() == launcher and os.path.exists(file):  # noqa: PTH110 - twice a second
        time.sleep(WATCH_SECONDS)
    # Not sys.exit: the other threads wait for a connection that will not come back. Status 0,
    # since the launching process knows why.
    os._exit(0)
