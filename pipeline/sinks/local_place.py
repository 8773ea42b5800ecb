"""A run's place on this machine: a hidden folder beside OUTPUT, promoted by renaming."""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pipeline.sinks.errors import OutputError, OutputUnusableError, PromotionError
from pipeline.sinks.exchange import exchange
from pipeline.sinks.layout import FILES, MANIFEST, PIECES
from pipeline.sinks.local_checks import check_replaceable, check_target, resolve
from pipeline.sinks.output_lock import OutputLock

_FORMER: Final = "former"
"""Folder of the place for the former output, where two folders cannot be exchanged in one step."""

Exchange = Callable[[Path, Path], bool]
"""Exchanges two folders, or returns False if that cannot be done (see `exchange`)."""


class LocalPlace:
    """The folder `.NAME.run-ID` beside the output folder NAME; see `Place` for its promises.

    While a run lives, it holds a lock on `.NAME.lock`. Whoever gets that lock knows that no other
    run lives, so that all other places of NAME are dead: an output that a dead run had put aside
    is put back, and the places are removed.

    OUTPUT may be a symbolic link; then the folder that it leads to is replaced. Access rights of
    the former output folder pass to the new one.
    """

    check_content: Callable[[Path], None] = staticmethod(check_replaceable)
    """Raises OutputError for a folder that this kind of run must not write to."""

    required: tuple[str, ...] = (MANIFEST,)
    """Names without which the files of the place are no finished output."""

    def __init__(
        self, output: str, inputs: Sequence[str] = (), exchange: Exchange = exchange
    ) -> None:
        """Check OUTPUT, lock it, sweep what dead runs left, and create the place.

        Args:
            output: Path of the output folder, which need not exist, nor its parents.
            inputs: The INPUT paths and globs, which OUTPUT must not contain.
            exchange: How to exchange two folders.

        Raises:
            OutputError: OUTPUT cannot be used, see its subclasses. Nothing was touched.
        """
        self._target = resolve(output)
        self._exchange = exchange
        self._run_id = uuid.uuid4().hex
        self._root = self._target.with_name(f".{self._target.name}.run-{self._run_id}")
        self._done = False
        check_target(self._target, inputs, self.check_content)
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnusableError(
                f"cannot create {error.filename}: {error.strerror}"
            ) from error
        self._lock = OutputLock(self._target.with_name(f".{self._target.name}.lock"))
        try:
            sweep(self._target)
            check_target(self._target, inputs, self.check_content)
            # OUTPUT may be private, and its rows pass through here.
            self._root.mkdir(mode=0o700)
            (self._root / FILES).mkdir()
            (self._root / PIECES).mkdir()
        except OSError as error:
            self.discard()
            raise OutputUnusableError(f"cannot write {error.filename}: {error.strerror}") from error
        except BaseException:
            self.discard()
            raise

    @property
    def path(self) -> str:
        """Folder of the run, absolute."""
        return str(self._root)

    @property
    def files(self) -> str:
        """Folder of the run for finished files, absolute."""
        return str(self._root / FILES)

    @property
    def run_id(self) -> str:
        """Random id of the run."""
        return self._run_id

    def batches(self) -> tuple[str, ...]:
        """Return no folder: this run replaces what is at OUTPUT."""
        return ()

    def promote(self) -> str:
        """Make the files of the place the output, all at once, and remove the former output.

        A crash of the machine cannot leave half-written files at OUTPUT either: all is on the disk
        before the promotion.

        Returns:
            Where the new output is below OUTPUT: nothing, for it is OUTPUT itself.

        Raises:
            PromotionError: It cannot be done. The former output stays, and the finished one stays
                in the place until the next run.
        """
        files = self._root / FILES
        if self._done or not all((files / name).is_file() for name in self.required):
            raise PromotionError(f"{files} holds no finished output")
        try:
            for file in files.iterdir():
                sync(file)
            name = self._put(files)
        except (OSError, OutputError) as error:
            _put_back(self._root, self._target)
            self._leave()
            reason = (error.strerror if isinstance(error, OSError) else None) or error
            raise PromotionError(
                f"cannot put the new output at {self._target}: {reason}; "
                f"it stays in {files} until the next run"
            ) from error
        self.discard()
        return name

    def discard(self) -> None:
        """Remove the place and free the lock; nothing happens the second time."""
        if not self._done:
            _put_back(self._root, self._target)
            # What cannot be removed now, the next run removes.
            shutil.rmtree(self._root, ignore_errors=True)
            self._leave()

    def __enter__(self) -> Self:
        """Return the place."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard the place unless it was promoted."""
        self.discard()

    def _leave(self) -> None:
        self._done = True
        self._lock.release()

    def _put(self, files: Path) -> str:
        """Put the finished files, which are on the disk, at OUTPUT, and return where below it."""
        target, former = self._target, self._root / _FORMER
        if target.exists():
            self.check_content(target)
            files.chmod(stat.S_IMODE(target.stat().st_mode))
        sync(files)
        if not target.exists():
            files.rename(target)
        elif not self._exchange(files, target):
            # Whoever is stopped between these two leaves what `_put_back` repairs.
            target.rename(former)
            files.rename(target)
        sync(target.parent)
        sync(self._root)
        return ""


def sweep(target: Path) -> None:
    """Repair and remove what dead runs left beside an output. The caller holds its lock.

    Args:
        target: The output folder, with symbolic links followed; it need not exist.
    """
    run = re.compile(rf"\.{re.escape(target.name)}\.run-[0-9a-f]{{32}}")
    for place in sorted(target.parent.iterdir()):
        if not run.fullmatch(place.name) or place.is_symlink() or not place.is_dir():
            continue
        _put_back(place, target)
        # Workers of a run that was killed may still be writing; what they add now, a later run
        # removes.
        shutil.rmtree(place, ignore_errors=True)


def _put_back(place: Path, target: Path) -> None:
    """Undo a promotion that stopped between its two renames."""
    former = place / _FORMER
    if former.is_dir() and not os.path.lexists(target):
        former.rename(target)
        sync(target.parent)


def sync(path: Path) -> None:
    """Make the system put a file, or the names in a folder, on the disk: fsync(2)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems have no fsync for folders.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
