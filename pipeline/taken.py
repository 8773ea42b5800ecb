"""What earlier batches of an incremental output have taken, and whether a file is among it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Final, Self

from pipeline.sources.digest import stored_digest
from pipeline.sources.find import NS_PER_SECOND, FoundFile, Times
from pipeline.sources.listing import Listed
from pipeline.sources.rejections import written_uri
from schemas.taken import TakenFile

RACY_NS: Final = 2 * NS_PER_SECOND
"""Coarsest step of a file's times (FAT; one second in stores and on old file systems). A file that
was changed so shortly before it was looked at may change again without its times showing it; git
calls it racily clean."""

_TABLE: Final = """
CREATE TABLE taken (uri TEXT, size INTEGER, digest TEXT, modified INTEGER, changed INTEGER);
CREATE INDEX by_uri ON taken (uri);
"""
_SAME_TIMES: Final = """
SELECT digest FROM taken WHERE uri = ? AND size = ? AND modified = ? AND changed IS ?
AND digest IS NOT NULL LIMIT 1
"""
_SAME_BYTES: Final = "SELECT 1 FROM taken WHERE uri = ? AND size IS ? AND digest IS ? LIMIT 1"


class TakenFiles:
    """The rows of all committed batches, to look files up in; a context manager.

    They are held in a private database on the disk, which the system removes with the process:
    millions of rows cost no memory.
    """

    def __init__(self, rows: Iterable[TakenFile] = ()) -> None:
        """Take the rows of the committed batches."""
        self._rows = sqlite3.connect("", isolation_level=None)
        self._rows.executescript(_TABLE)
        self._rows.execute("BEGIN")
        self._rows.executemany(
            "INSERT INTO taken VALUES (?, ?, ?, ?, ?)",
            ((row.uri, row.size, row.digest, row.modified_ns, row.changed_ns) for row in rows),
        )
        self._rows.execute("COMMIT")

    def new(self, item: Listed) -> TakenFile | None:
        """Return the row for something that was found, None if an earlier batch has taken it.

        A file is read unless its size and times are known. A file that could not be read counts as
        taken too, until it can be.
        """
        if not isinstance(item, FoundFile):
            row = TakenFile(
                uri=item.source.uri, size=None, digest=None, modified_ns=None, changed_ns=None
            )
        else:
            uri, times = written_uri(item.uri), item.times
            if times is not None and self._has(
                _SAME_TIMES, uri, item.size, times.modified_ns, times.changed_ns
            ):
                return None
            # Before the file is read: what changes it later than this may not be in the digest.
            now_ns = time.time_ns()
            row = taken_file(uri, item.size, stored_digest(item.uri), times, now_ns)
        return None if self._has(_SAME_BYTES, row.uri, row.size, row.digest) else row

    def __enter__(self) -> Self:
        """Return the rows."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove the database."""
        self._rows.close()

    def _has(self, query: str, *values: str | int | None) -> bool:
        return self._rows.execute(query, values).fetchone() is not None


def taken_file(
    uri: str, size: int, digest: str | None, times: Times | None, now_ns: int
) -> TakenFile:
    """Return the row of a file; its times only if a later change is sure to show in them.

    Args:
        uri: The path as the outputs name it.
        size: Bytes as stored.
        digest: What `stored_digest` gave.
        times: The times of the file, from before it was read.
        now_ns: When the reading began.
    """
    latest = 0 if times is None else max(times.modified_ns, times.changed_ns or 0)
    if times is None or latest > now_ns - RACY_NS:
        times = None
    return TakenFile(
        uri=uri,
        size=size,
        digest=digest,
        modified_ns=None if times is None else times.modified_ns,
        changed_ns=None if times is None else times.changed_ns,
    )
