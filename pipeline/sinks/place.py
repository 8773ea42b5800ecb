"""Where a run writes, and how its output takes the place of the former one."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from pipeline.sinks.errors import OutputUnusableError
from pipeline.sinks.local_place import LocalPlace


class Place(Protocol):
    """The fresh place of one run.

    Workers write below `path`; after `promote` readers find the new output at OUTPUT. Until then
    they find the former one, whatever happens. A place is a context manager: leaving it without a
    promotion throws away what was written.

    Opening a place first repairs and sweeps what dead runs left, and refuses an OUTPUT that a
    living run is writing to. A store without rename can keep these promises with a pointer object.
    """

    @property
    def path(self) -> str:
        """Folder of the run, absolute, in the form that Beam's `FileSystems` takes."""

    @property
    def run_id(self) -> str:
        """Random id of the run."""

    def promote(self) -> None:
        """Make the files of the place the output, all at once, and remove the former output.

        Raises:
            PromotionError: It cannot be done; the former output stays.
        """

    def discard(self) -> None:
        """Throw away what was written; nothing happens after a promotion."""

    def __enter__(self) -> Self:
        """Return the place."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard the place unless it was promoted."""


def open_place(output: str, inputs: Sequence[str] = ()) -> Place:
    """Return a fresh place beside OUTPUT.

    Args:
        output: Path of the output folder, which need not exist.
        inputs: The INPUT paths and globs, which OUTPUT must not contain.

    Raises:
        OutputError: OUTPUT cannot be used, see its subclasses. Nothing was touched.
    """
    if "://" in output:
        raise OutputUnusableError(f"{output}: only folders of this machine can be written to")
    return LocalPlace(output, inputs)
