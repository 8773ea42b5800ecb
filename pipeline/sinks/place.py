"""Where a run writes, and how its output takes the place of the former one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Protocol, Self

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sinks.errors import OutputUnusableError
from pipeline.sinks.gs_store import GsStore
from pipeline.sinks.local_batches import LocalBatchPlace
from pipeline.sinks.local_place import LocalPlace
from pipeline.sinks.object_store import ObjectStore, StoreError
from pipeline.sinks.s3_store import S3Store
from pipeline.sinks.store_place import StorePlace

_STORES: Final[dict[str, Callable[[PipelineOptions], ObjectStore]]] = {"s3": S3Store, "gs": GsStore}
"""By scheme: the stores that a run can write to."""


class Place(Protocol):
    """The fresh place of one run.

    Workers write below `path` and `files`; after `promote` readers find the new output at OUTPUT.
    Until then they find the former one, whatever happens. A place is a context manager: leaving it
    without a promotion throws away what was written.

    Opening a place first repairs and sweeps what dead runs left, and refuses an OUTPUT that a
    living run is writing to.
    """

    @property
    def path(self) -> str:
        """Folder of the run, absolute, in the form that Beam's `FileSystems` takes."""

    @property
    def files(self) -> str:
        """Folder for finished files, absolute, in the same form."""

    @property
    def run_id(self) -> str:
        """Random id of the run."""

    def batches(self) -> Sequence[str]:
        """Return the folders of the batches that are at OUTPUT, none if the run replaces it."""

    def promote(self) -> str:
        """Make the finished files the output, or a batch of it, all at once.

        A former output, unless it is made of batches, is removed.

        Returns:
            Where the new output is below OUTPUT, empty for OUTPUT itself.

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


def open_place(
    output: str,
    inputs: Sequence[str] = (),
    *,
    incremental: bool = False,
    options: PipelineOptions | None = None,
) -> Place:
    """Return a fresh place for a run on OUTPUT.

    Args:
        output: Path of the output folder, which need not exist.
        inputs: The INPUT paths and globs, which OUTPUT must not contain.
        incremental: Whether the run adds a batch to OUTPUT rather than replaces it.
        options: Beam's options, which say how a store is reached.

    Raises:
        OutputError: OUTPUT cannot be used, see its subclasses. Nothing was touched.
    """
    scheme, separator, _ = output.partition("://")
    if separator and scheme in _STORES:
        try:
            store = _STORES[scheme](options or PipelineOptions([]))
        except (StoreError, ImportError) as error:
            raise OutputUnusableError(f"OUTPUT {output} cannot be used: {error}") from error
        return StorePlace(output, store, inputs, incremental=incremental)
    if separator:
        raise OutputUnusableError(
            f"OUTPUT {output}: only a folder of this machine, s3://BUCKET/FOLDER or "
            "gs://BUCKET/FOLDER is written to"
        )
    return LocalBatchPlace(output, inputs) if incremental else LocalPlace(output, inputs)
