"""A run's place in a store of objects, which has no folders and cannot rename.

Rows go to a folder of their own, `run-ID/`, which nobody looks at. What makes them the output is
one conditional write of `manifest.json` above it, whose `files` name them: readers begin there.

    OUTPUT/manifest.json                  the output, `run-ID/…` of the run that was promoted last
    OUTPUT/batch-00001/manifest.json      with batches: each is like an output of its own
    OUTPUT/_run-ID/                       work files of a run
    OUTPUT/_lock                          see `Lease`
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Final, Self

from pipeline.sinks.errors import (
    OutputModeError,
    OutputNotOursError,
    OutputUnusableError,
    PromotionError,
)
from pipeline.sinks.layout import MANIFEST, TAKEN, batch_name, batch_number
from pipeline.sinks.lease import LEASE_SECONDS, Lease, LeaseLostError
from pipeline.sinks.object_store import ObjectStore, StoreError
from schemas.manifest import Manifest

_RUN: Final = re.compile(r"run-[0-9a-f]{32}")
_WORK: Final = re.compile(r"_run-[0-9a-f]{32}")
_LOCK: Final = "_lock"
_OUTPUT: Final = re.compile(r"[a-z0-9]+://[^/]+/[^*?\[\]{}\0]*[^/*?\[\]{}\0]")


class StorePlace:
    """See `Place` for its promises; the lock is a `Lease`.

    The files of the former output stay until the next run begins, for readers that are in the
    middle of them.
    """

    def __init__(
        self,
        output: str,
        store: ObjectStore,
        inputs: Sequence[str] = (),
        *,
        incremental: bool = False,
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        """Check OUTPUT, lock it and sweep what dead runs left.

        Args:
            output: URL of the output folder.
            store: The store it is in.
            inputs: The INPUT paths and globs, which OUTPUT must not contain.
            incremental: Whether the run adds a batch.
            lease_seconds: How long a run that died keeps others out.

        Raises:
            OutputError: OUTPUT cannot be used, see its subclasses. Nothing was touched.
        """
        self._output = output.rstrip("/")
        self._store = store
        self._incremental = incremental
        self._run_id = uuid.uuid4().hex
        self._done = self._tried = False
        _check_url(self._output, inputs)
        lease: Lease | None = None
        try:
            self._check(self._names())
            lease = Lease(store, f"{self._output}/{_LOCK}", self._run_id, lease_seconds)
            self._lease = lease
            names = self._names()
            committed = self._check(names)
            self._sweep(names, committed)
            self._batches = tuple(
                f"{self._output}/{root}{folder}" for root, folder in sorted_batches(committed)
            )
            numbers = [batch_number(root.rstrip("/")) or 0 for root in committed]
            number = max(numbers, default=0) + 1
            self._root = f"{batch_name(number)}/" if incremental else ""
            manifest = store.get(f"{self._output}/{self._root}{MANIFEST}")
            self._former = None if manifest is None else manifest.tag
        except StoreError as error:
            if lease is not None:
                lease.release()
            raise OutputUnusableError(f"OUTPUT {output} cannot be used: {error}") from error
        except BaseException:
            if lease is not None:
                lease.release()
            raise

    @property
    def path(self) -> str:
        """Folder of the run's work files."""
        return f"{self._output}/_run-{self._run_id}"

    @property
    def files(self) -> str:
        """Folder of the run's finished files."""
        return f"{self._output}/{self._root}run-{self._run_id}"

    @property
    def run_id(self) -> str:
        """Random id of the run."""
        return self._run_id

    def batches(self) -> tuple[str, ...]:
        """Return the folders of the batches that are at OUTPUT, none if the run replaces it."""
        return self._batches if self._incremental else ()

    def promote(self) -> str:
        """Make the finished files the output, or a batch of it, by one conditional write.

        Returns:
            Where they are below OUTPUT.

        Raises:
            PromotionError: It cannot be done. The former output stays.
        """
        target = f"{self._output}/{self._root}{MANIFEST}"
        try:
            required = (MANIFEST, TAKEN) if self._incremental else (MANIFEST,)
            found = {url.removeprefix(f"{self.files}/") for url in self._store.list(self.files)}
            manifest = self._store.get(f"{self.files}/{MANIFEST}")
            if self._done or manifest is None or not found.issuperset(required):
                raise PromotionError(f"{self.files} holds no finished output")
            content = _below(manifest.content, f"run-{self._run_id}/")
            self._lease.require()
            # Should another run have taken this one for dead in this very moment, and finished
            # already, then the manifest is no longer the one that was there at the beginning.
            self._tried = True
            if self._store.put(target, content, self._former) is None:
                self._tried = False
                raise PromotionError(f"another run has written {target} meanwhile")
        except (StoreError, LeaseLostError) as error:
            raise PromotionError(f"cannot write {target}: {error}") from error
        self._leave((self.path,))
        return f"{self._root}run-{self._run_id}"

    def discard(self) -> None:
        """Remove what the run wrote and free the lock; nothing happens the second time."""
        if not self._done:
            # A write of the manifest that failed may have come through for all that: then the
            # files are the output. The next run will know.
            self._leave((self.path,) if self._tried else (self.path, self.files))

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

    def _leave(self, folders: Iterable[str]) -> None:
        self._done = True
        try:
            for folder in folders:
                self._store.delete(list(self._store.list(folder)))
        except StoreError:
            pass  # The next run sweeps it up.
        finally:
            self._lease.release()

    def _names(self) -> list[str]:
        prefix = f"{self._output}/"
        names = (url.removeprefix(prefix) for url in self._store.list(self._output))
        # A name that ends with a slash is the empty object by which some tools mark a folder.
        return [name for name in names if name and not name.endswith("/")]

    def _check(self, names: Sequence[str]) -> dict[str, str]:
        """Return the folder of files of each root, empty for OUTPUT, that has a manifest.

        Raises:
            OutputModeError: There is output of the other kind.
            OutputNotOursError: There are foreign objects.
        """
        foreign = next((name for name in names if not _is_ours(name)), None)
        if foreign is not None:
            raise OutputNotOursError(
                f"OUTPUT {self._output} holds {foreign!r}, which this pipeline did not write; "
                "name a new or an empty folder"
            )
        roots = {name.removesuffix(MANIFEST) for name in names if name.endswith(f"/{MANIFEST}")}
        roots = {root for root in roots if _is_root(root)}
        if self._incremental and MANIFEST in names:
            raise OutputModeError(
                f"OUTPUT {self._output} holds the output of a run without --incremental: leave the "
                "flag out to replace it, or name another folder"
            )
        if not self._incremental and roots:
            raise OutputModeError(
                f"OUTPUT {self._output} holds batches of incremental runs: add to them with "
                "--incremental, or name another folder"
            )
        if MANIFEST in names:
            roots.add("")
        return {root: self._folder_of(root, names) for root in roots}

    def _folder_of(self, root: str, names: Sequence[str]) -> str:
        """Return the run's folder that the manifest of a root names."""
        runs = {
            name.removeprefix(root).partition("/")[0]
            for name in names
            if name.startswith(f"{root}run-")
        }
        if len(runs) != 1 or not root:
            manifest = self._store.get(f"{self._output}/{root}{MANIFEST}")
            runs = _named_runs(b"" if manifest is None else manifest.content)
        if len(runs) != 1:
            raise OutputNotOursError(
                f"OUTPUT {self._output}: {root}{MANIFEST} names no files of one run; "
                "name a new or an empty folder"
            )
        (run,) = runs
        if root and f"{root}{run}/{TAKEN}" not in names:
            raise OutputNotOursError(
                f"OUTPUT {self._output}: {root}{run} has no {TAKEN}, so that nobody knows what the "
                "batch was made of; put it back, or name another folder"
            )
        return run

    def _sweep(self, names: Sequence[str], committed: dict[str, str]) -> None:
        """Delete what dead runs left: files of runs that no manifest names."""
        kept = tuple(f"{root}{run}/" for root, run in committed.items())
        dead = [
            name
            for name in names
            if "/" in name
            and not name.startswith(kept)
            and not (name.endswith(f"/{MANIFEST}") and _is_root(name.removesuffix(MANIFEST)))
        ]
        self._store.delete(f"{self._output}/{name}" for name in dead)


def sorted_batches(committed: dict[str, str]) -> list[tuple[str, str]]:
    """Return the roots of batches with the folders of their files, in the order of numbers."""
    batches = [(batch_number(root.rstrip("/")), root) for root in committed if root]
    return [(root, committed[root]) for _, root in sorted(batches, key=lambda pair: pair[0] or 0)]


def _is_root(root: str) -> bool:
    return batch_number(root.removesuffix("/")) is not None


def _is_ours(name: str) -> bool:
    first, _, rest = name.partition("/")
    if batch_number(first) is not None:
        first, _, rest = rest.partition("/")
    elif _WORK.fullmatch(first):
        return bool(rest)
    elif name == _LOCK:
        return True
    return (first == MANIFEST and not rest) or (bool(_RUN.fullmatch(first)) and bool(rest))


def _check_url(output: str, inputs: Sequence[str]) -> None:
    if not _OUTPUT.fullmatch(output):
        raise OutputUnusableError(
            f"OUTPUT {output}: name a folder in a bucket, without wildcards, as s3://BUCKET/FOLDER"
        )
    for given in inputs:
        if f"{given.rstrip('/')}/".startswith(f"{output}/"):
            raise OutputUnusableError(f"OUTPUT {output} must not be or contain an INPUT ({given})")


def _named_runs(content: bytes) -> set[str]:
    """Return the folders that a manifest of any version names, none if it is no manifest."""
    try:
        names = [file["name"] for file in json.loads(content)["files"]]
        folders = {name.partition("/")[0] for name in names}
    except (ValueError, KeyError, TypeError, AttributeError):
        return set()
    return {folder for folder in folders if _RUN.fullmatch(folder)}


def _below(content: bytes, folder: str) -> bytes:
    """Return a manifest whose files are named from above their folder."""
    manifest = Manifest.model_validate_json(content)
    files = tuple(file.model_copy(update={"name": folder + file.name}) for file in manifest.files)
    moved = manifest.model_copy(update={"files": files})
    return moved.model_dump_json(indent=2).encode() + b"\n"
