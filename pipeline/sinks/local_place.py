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

from pipeline.sinks.errors import OutputUnusableError, PromotionError
from pipeline.sinks.exchange import exchange
from pipeline.sinks.layout import FILES, MANIFEST, PIECES
from pipeline.sinks.local_checks import check_target, foreign_entry, resolve
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
        check_target(self._target, inputs)
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputUnusableError(
                f"cannot create {error.filename}: {error.strerror}"
            ) from error
        self._lock = OutputLock(self._target.with_name(f".{self._target.name}.lock"))
        try:
            sweep(self._target)
            check_target(self._target, inputs)
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
    def run_id(self) -> str:
        """Random id of the run."""
        return self._run_id

    def promote(self) -> None:
        """Make the files of the place the output, all at once, and remove the former output.

        A crash of the machine cannot leave half-written files at OUTPUT either: all is on the disk
        before the promotion.

        Raises:
            PromotionError: It cannot be done. The former output stays, and the finished one stays
                in the place until the next run.
        """
        files = self._root / FILES
        if self._done or not (files / MANIFEST).is_file():
            raise PromotionError(f"{files} holds no finished output")
        try:
            for file in files.iterdir():
                _sync(file)
            self._put(files)
        except OSError as error:
            _put_back(self._root, self._target)
            self._leave()
            raise PromotionError(
                f"cannot put the new output at {self._target}: {error.strerror or error}; "
                f"it stays in {files} until the next run"
            ) from error
        self.discard()

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

    def _put(self, files: Path) -> None:
        target, former = self._target, self._root / _FORMER
        if target.exists():
            foreign = foreign_entry(target)
            if foreign is not None:
                raise OSError(f"somebody put {foreign!r} there")
            files.chmod(stat.S_IMODE(target.stat().st_mode))
        _sync(files)
        if not target.exists():
            files.rename(target)
        elif not self._exchange(files, target):
            # Whoever is stopped between these two leaves what `_put_back` repairs.
            target.rename(former)
            files.rename(target)
        _sync(target.parent)
        _sync(self._root)


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
        _sync(target.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems have no fsync for folders.
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)
