"""A run's place on this machine that adds a batch to OUTPUT, by one rename."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

from pipeline.sinks.layout import MANIFEST, TAKEN, batch_name, batch_number
from pipeline.sinks.local_checks import check_batches
from pipeline.sinks.local_place import LocalPlace, sync


class LocalBatchPlace(LocalPlace):
    """A place like `LocalPlace`, whose promotion adds a batch to those that are there.

    A batch is there as a whole or not at all: its folder gets its name when everything in it is on
    the disk.
    """

    check_content: Callable[[Path], None] = staticmethod(check_batches)

    required: tuple[str, ...] = (MANIFEST, TAKEN)

    def batches(self) -> tuple[str, ...]:
        """Return the folders of the batches, absolute, in the order of their numbers."""
        return tuple(str(self._target / batch_name(number)) for number in self._numbers())

    def _put(self, files: Path) -> str:
        target = self._target
        if target.exists():
            self.check_content(target)
        else:
            target.mkdir()
            sync(target.parent)
        files.chmod(stat.S_IMODE(target.stat().st_mode))
        sync(files)
        name = batch_name(max(self._numbers(), default=0) + 1)
        files.rename(target / name)
        sync(target)
        return name

    def _numbers(self) -> list[int]:
        names = (path.name for path in self._target.iterdir()) if self._target.is_dir() else ()
        return sorted(number for name in names if (number := batch_number(name)) is not None)
