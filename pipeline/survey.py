"""What stands at the inputs before a run: looked through once, written down for the graph."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from pipeline.sinks import storage
from pipeline.sinks.counted_file import CountedFile
from pipeline.sinks.layout import TAKEN
from pipeline.sinks.place import Place
from pipeline.sources.find import FoundFile, SkippedFile, find_files
from pipeline.sources.listing import listing_line
from pipeline.taken import TakenFiles
from schemas import manifest as schema
from schemas.taken import TakenFile

LISTING: Final = "listing.jsonl"
"""Name of the listing in the run's place."""

SAY_SECONDS: Final = 10.0
"""Time between two lines of the log while the inputs are looked through."""

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Survey:
    """What a run is about to read.

    `files` and `size` (bytes as stored) are of the files to read, `unreadable` is the number of
    things that will be rejected without being opened. `already_taken` counts both kinds where
    earlier batches have taken them, `taken` is the entry of `taken.jsonl`; both are None unless the
    run is incremental. `listing` is the path of what the graph reads.
    """

    listing: str
    files: int
    size: int
    unreadable: int
    skipped: tuple[schema.SkippedFile, ...]
    already_taken: int | None = None
    taken: schema.FileEntry | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read and nothing to reject."""
        return not self.files and not self.unreadable


def survey(inputs: Sequence[str], output: str, place: Place, *, incremental: bool) -> Survey:
    """Look through the inputs, and leave the listing (and `taken.jsonl`) in the place.

    An incremental run lists only what no batch of the place has taken.

    Raises:
        OSError: A remote file system failed to list.
    """
    path = storage.join(place.path, LISTING)
    files = size = unreadable = already_taken = 0
    skipped = []
    say = _Saying()
    with ExitStack() as stack:
        listing = stack.enter_context(storage.create(path))
        taken = known = None
        if incremental:
            known = stack.enter_context(TakenFiles(_rows(place.batches())))
            taken = stack.enter_context(CountedFile(storage.join(place.files, TAKEN)))
        for item in find_files(inputs, output):
            if isinstance(item, SkippedFile):
                skipped.append(schema.SkippedFile(uri=item.uri, reason=item.reason.value))
                continue
            if known is not None and taken is not None:
                row = known.new(item)
                say.after(files + already_taken)
                if row is None:
                    already_taken += 1
                    continue
                taken.write((row.json_line(),))
            listing.write(listing_line(item))
            if isinstance(item, FoundFile):
                files += 1
                size += item.size
            else:
                unreadable += 1
    return Survey(
        listing=path,
        files=files,
        size=size,
        unreadable=unreadable,
        skipped=tuple(skipped),
        already_taken=already_taken if incremental else None,
        taken=None if taken is None else taken.entry(TAKEN),
    )


def _rows(batches: Sequence[str]) -> Iterator[TakenFile]:
    for batch in batches:
        with storage.open_file(storage.join(batch, TAKEN)) as file:
            for line in file:
                yield TakenFile.model_validate_json(line)


class _Saying:
    """Tells the log now and then how far the look at the inputs is: new files are read for it."""

    def __init__(self) -> None:
        self._due = time.monotonic() + SAY_SECONDS

    def after(self, files: int) -> None:
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + SAY_SECONDS
            _LOGGER.info("looking for new files: %s compared so far", f"{files:,}")
