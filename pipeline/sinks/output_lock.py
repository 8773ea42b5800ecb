"""One run at a time on an output: a lock file that the system frees when the process dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from pipeline.sinks.errors import OutputBusyError, OutputUnusableError


class OutputLock:
    """Holds an exclusive flock(2) on a file from its creation to `release`.

    Beam's worker processes are started anew (no fork) and do not inherit it, so that it never
    outlives the launching process, however that ends.
    """

    def __init__(self, path: Path) -> None:
        """Create and lock the file.

        Raises:
            OutputBusyError: A living process holds it.
            OutputUnusableError: The folder is not writable or its file system has no locks.
        """
        self._path = path
        try:
            self._file = _lock(path)
        except OSError as error:
            raise OutputUnusableError(
                f"cannot lock {path}: {error.strerror}; OUTPUT must be in a folder "
                "that can be written to, on a file system with file locks"
            ) from error

    def release(self) -> None:
        """Remove and free the lock; nothing happens the second time."""
        if self._file < 0:
            return
        self._path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = -1


def _lock(path: Path) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who held it may have removed it between the two calls: then this lock is on a file
            # that nobody else can find.
            if _is_at(file, path):
                os.ftruncate(file, 0)
                os.write(file, b"%d\n" % os.getpid())
                return file
        except BlockingIOError:
            holder = os.read(file, 32).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            raise OutputBusyError(
                f"another run (process {holder}) is writing to this output (lock {path})"
            ) from None
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat(follow_symlinks=False))
    except FileNotFoundError:
        return False
