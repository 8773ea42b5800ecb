"""A child process that answers questions: its start, its pipes and its end."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
import weakref
from collections import deque
from contextlib import suppress
from typing import Final

from pipeline.helper.protocol import LENGTH, frame

TICK_SECONDS: Final = 1.0
"""Longest wait for the pipes at a time."""

_LAST_SECONDS: Final = 30.0
_READ_BYTES: Final = 1 << 20
_PIPE_BYTES: Final = 1 << 20
_SET_PIPE_SIZE: Final = 1031
"""Linux's F_SETPIPE_SZ, which `fcntl` does not name on every platform."""

_ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class DiedError(Exception):
    """The process has ended; its text says how, `by` is the signal that ended it, if one did."""

    def __init__(self, status: int) -> None:
        self.by = signal.Signals(-status) if -status in set(signal.Signals) else None
        super().__init__(f"by {self.by.name}" if self.by else f"with exit status {status}")


class HelperProcess:
    """One child process and the frames on their way to and from it.

    It inherits standard error and the search path for modules, and ends when this object does.
    """

    def __init__(
        self, command: tuple[str, ...] = (sys.executable, "-m", "pipeline.helper")
    ) -> None:
        """Start the process."""
        path = os.pathsep.join(entry for entry in sys.path if entry)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **_ONE_THREAD, "PYTHONPATH": path},
            bufsize=0,
        )
        assert self._process.stdin is not None  # noqa: S101 - both are pipes
        assert self._process.stdout is not None  # noqa: S101
        self._to, self._from = self._process.stdin, self._process.stdout
        for pipe in (self._to, self._from):
            os.set_blocking(pipe.fileno(), False)
            _enlarge(pipe.fileno())
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._from, selectors.EVENT_READ)
        self._out: deque[memoryview] = deque()
        self._in = bytearray()
        self.frames: deque[bytes] = deque()
        self.end = weakref.finalize(self, _end, self._process, self._selector)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def send(self, payload: bytes) -> None:
        """Put a frame on its way; `pump` carries it."""
        if not self._out:
            self._selector.register(self._to, selectors.EVENT_WRITE)
        self._out.append(memoryview(frame(payload)))

    def pump(self, seconds: float) -> None:
        """Move what can be moved, after waiting `seconds` at most for that.

        Whole frames that came are appended to `frames`. Raises `DiedError` when the process has
        ended and all that it wrote is read.
        """
        for key, _ in self._selector.select(seconds):
            if key.fileobj is self._to:
                self._write()
            else:
                self._read()

    def wait(self, seconds: float) -> bool:
        """Wait for a frame; return whether one came in time.

        A pause of this very process, as of a laptop that is closed, counts one tick at most.
        """
        waited = 0.0
        while not self.frames and waited < seconds:
            begun = time.monotonic()
            self.pump(TICK_SECONDS)
            waited += min(time.monotonic() - begun, 2 * TICK_SECONDS)
        return bool(self.frames)

    def _write(self) -> None:
        try:
            while self._out:
                written = os.write(self._to.fileno(), self._out[0])
                if written < len(self._out[0]):
                    self._out[0] = self._out[0][written:]
                    return
                self._out.popleft()
        except BlockingIOError:
            return
        except BrokenPipeError:
            self._out.clear()
        self._selector.unregister(self._to)

    def _read(self) -> None:
        try:
            data = os.read(self._from.fileno(), _READ_BYTES)
        except BlockingIOError:
            return
        if not data:
            # A Python that ends closes its files a little before it is gone.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_LAST_SECONDS)
            self.end()
            raise DiedError(self._process.returncode)
        self._in += data
        while len(self._in) >= LENGTH.size:
            end = LENGTH.size + LENGTH.unpack_from(self._in)[0]
            if len(self._in) < end:
                break
            self.frames.append(bytes(memoryview(self._in)[LENGTH.size : end]))
            del self._in[:end]


def _enlarge(pipe: int) -> None:
    """Let a pipe hold several pages, so that the other side need not wait for this one."""
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(pipe, _SET_PIPE_SIZE, _PIPE_BYTES)


def _end(process: subprocess.Popen[bytes], selector: selectors.BaseSelector) -> None:
    """Close the pipes, and see to it that the process ends: politely, if it is not at work."""
    selector.close()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    try:
        process.wait(timeout=0.5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
