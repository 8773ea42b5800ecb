"""How far a run is: counts that workers leave in files, summed and shown by the launching process.

Beam's embedded engine blocks until the run is over, and the metrics of worker processes are not
visible before. So each DoFn that counts holds a `Heartbeat`, which writes a small file at most
once a second, and a thread of the launching process adds the files up. The counts serve the eye
only: the manifest is made from the outputs.
"""

from __future__ import annotations

import os
import threading
import time
import uuid
from collections import deque
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TextIO

from pipeline.options import BYTES_PER_MB, ProgressMode

HEARTBEAT_SECONDS: Final = 1.0
"""Least time between two files written by one heartbeat."""

LINE_SECONDS: Final = 0.25
LOG_SECONDS: Final = 5.0
RATE_SECONDS: Final = 10.0
"""The rate shown is the mean over this time."""

_SUFFIX: Final = ".heartbeat"


@dataclass(frozen=True, slots=True)
class Counts:
    """Documents read, their bytes, articles made and rows rejected."""

    documents: int = 0
    bytes: int = 0
    articles: int = 0
    rejected: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return the sum of both."""
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


class Heartbeat:
    """The running counts of one DoFn instance, written to a file of its own in `folder`.

    May be pickled: every copy counts from zero into another file. Errors of the disk are ignored,
    since no run may fail for its progress line. Without a folder nothing is written.
    """

    __slots__ = ("_articles", "_bytes", "_documents", "_due", "_folder", "_name", "_rejected")

    def __init__(self, folder: str | os.PathLike[str] | None) -> None:
        """Count into `folder`, which must exist when the counting begins."""
        self._folder = None if folder is None else os.fspath(folder)
        self._name: str | None = None
        self._due = 0.0
        self._documents = self._bytes = self._articles = self._rejected = 0

    def __reduce__(self) -> tuple[type[Heartbeat], tuple[str | None]]:
        """Pickle the folder only: a copy is another counter."""
        return Heartbeat, (self._folder,)

    def add(self, documents: int = 0, bytes: int = 0, articles: int = 0, rejected: int = 0) -> None:
        """Add to the counts, and write them when a second has passed since they were written."""
        self._documents += documents
        self._bytes += bytes
        self._articles += articles
        self._rejected += rejected
        if time.monotonic() >= self._due:
            self.flush()

    def flush(self) -> None:
        """Write the counts now, as at the end of a bundle."""
        self._due = time.monotonic() + HEARTBEAT_SECONDS
        if self._folder is None:
            return
        if self._name is None:
            self._name = uuid.uuid4().hex
        path = os.path.join(self._folder, self._name)  # noqa: PTH118 - a Path is made anew per write
        row = f"{self._documents} {self._bytes} {self._articles} {self._rejected}\n"
        try:
            with open(path, "w", encoding="ascii") as file:  # noqa: PTH123
                file.write(row)
            os.replace(path, path + _SUFFIX)  # noqa: PTH105
        except OSError:
            return


def read_heartbeats(folder: str | os.PathLike[str]) -> Counts:
    """Return the sum of all heartbeat files in `folder`; what cannot be read counts as nothing."""
    total = Counts()
    try:
        paths = list(Path(folder).glob(f"*{_SUFFIX}"))
    except OSError:
        return total
    for path in paths:
        try:
            documents, size, articles, rejected = path.read_text(encoding="ascii").split()
            total += Counts(int(documents), int(size), int(articles), int(rejected))
        except (OSError, ValueError):
            continue
    return total


def resolve_mode(mode: ProgressMode, stream: TextIO) -> ProgressMode:
    """Return `mode`, with auto decided: line on a terminal that can go back, log elsewhere."""
    if mode is not ProgressMode.AUTO:
        return mode
    is_terminal = stream.isatty() and os.environ.get("TERM") != "dumb"
    return ProgressMode.LINE if is_terminal else ProgressMode.LOG


def progress_parts(
    counts: Counts, seconds: float, rate: float, total_bytes: int | None
) -> tuple[str, ...]:
    """Return the parts of a progress line, the most important first.

    `seconds` have passed since the start; `rate` is in bytes a second; `total_bytes` is the size
    of the whole input, None when it is not known.
    """
    parts = [
        f"{counts.documents:,} {'document' if counts.documents == 1 else 'documents'}",
        f"{rate / BYTES_PER_MB:.1f} MB/s",
        f"{counts.articles:,} {'article' if counts.articles == 1 else 'articles'}",
        f"{counts.rejected:,} rejected",
        f"{_clock(seconds)} elapsed",
    ]
    if total_bytes:
        share = min(counts.bytes / total_bytes, 1.0)
        parts.insert(1, f"{int(share * 100)} %")
    return tuple(parts)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def fit(parts: Sequence[str], columns: int) -> str:
    """Return as many of the first `parts` as `columns` characters hold, joined by commas.

    Where not even the first fits, it is cut.
    """
    for count in range(len(parts), 0, -1):
        line = ", ".join(parts[:count])
        if len(line) <= columns:
            return line
    return parts[0][: max(columns, 0)] if parts else ""


class ProgressReporter:
    """Shows the counts in `folder` on `stream` while the `with` block runs.

    `mode` line keeps one line up to date and erases it at the end; log writes a line every
    LOG_SECONDS; off nothing. `total_bytes` is the size of the input, for a percentage. A stream
    that cannot be written to ends the reporting, not the run.
    """

    def __init__(
        self,
        folder: str | os.PathLike[str],
        stream: TextIO,
        mode: ProgressMode = ProgressMode.AUTO,
        total_bytes: int | None = None,
    ) -> None:
        """Prepare to report; nothing is read or written before the `with` block."""
        self._folder = folder
        self._stream = stream
        self._mode = resolve_mode(mode, stream)
        self._total_bytes = total_bytes
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._started = 0.0
        self._shown = 0
        self._samples: deque[tuple[float, int]] = deque()

    def __enter__(self) -> Self:
        """Start the reporting thread."""
        self._started = time.monotonic()
        if self._mode is not ProgressMode.OFF:
            self._samples.append((self._started, 0))
            self._thread = threading.Thread(target=self._report, name="progress", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the thread and erase the live line."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _report(self) -> None:
        is_line = self._mode is ProgressMode.LINE
        try:
            while not self._stop.wait(LINE_SECONDS if is_line else LOG_SECONDS):
                parts = self._parts()
                if is_line:
                    self._show(fit(parts, self._columns() - 1))
                else:
                    self._stream.write(f"progress: {', '.join(parts)}\n")
                    self._stream.flush()
            if is_line:
                self._show("")
        except (OSError, ValueError):
            return

    def _parts(self) -> tuple[str, ...]:
        now = time.monotonic()
        counts = read_heartbeats(self._folder)
        while len(self._samples) > 1 and self._samples[0][0] < now - RATE_SECONDS:
            self._samples.popleft()
        then, bytes_then = self._samples[0]
        self._samples.append((now, counts.bytes))
        rate = max(counts.bytes - bytes_then, 0) / max(now - then, 1e-3)
        return progress_parts(counts, now - self._started, rate, self._total_bytes)

    def _show(self, text: str) -> None:
        # Blanks, not an escape sequence, wipe the rest of the former line: every terminal knows
        # them. The cursor waits in the first column, so that a message overwrites the line.
        blanks = " " * max(self._shown - len(text), 0)
        self._stream.write(f"\r{text}{blanks}\r")
        self._stream.flush()
        self._shown = len(text)

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or 80
        except (OSError, ValueError):
            return 80
