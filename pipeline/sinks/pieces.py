"""Pieces: sorted temporary files in which workers leave their rows, without a shuffle.

A piece holds rows of one shard, of all three kinds, in the order of their keys. Each row is a
header (length of key and of line, two unsigned 32-bit numbers, big-endian), the key and the line.
"""

from __future__ import annotations

import struct
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, Self

import apache_beam as beam
from apache_beam.transforms.window import GlobalWindows
from apache_beam.utils.windowed_value import WindowedValue

from pipeline.sinks import storage
from pipeline.sinks.layout import PIECES
from pipeline.sinks.rows import OutputRow, shard_of
from pipeline.sinks.tallies import Tallies, add_tallies

BUFFER_BYTES: Final = 48 << 20
"""Rows that a worker holds in memory before it writes them. With a fan-in of 64 (see `merge`), 3 GB
of rows of a worker are then merged in one pass."""

ROW_OVERHEAD: Final = 512
"""Bytes that a row takes in memory beside its key and line, about."""

CHUNK_BYTES: Final = 1 << 20
"""Most bytes of a line that are in memory while it is copied."""

HEADER: Final = struct.Struct(">II")


class CorruptPieceError(Exception):
    """A piece ends within a row, or holds another number of rows than was written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is known of one piece; it is small, and all that crosses the shuffle."""

    path: str
    rows: int
    bytes: int
    tallies: Tallies


def write_piece(place: str, rows: Sequence[OutputRow]) -> Piece:
    """Write rows, sorted, under a name that nobody else has, and describe the new piece.

    Args:
        place: The run's fresh place.
        rows: Rows of one shard in any order.
    """
    path = new_piece_path(place)
    size = 0
    with storage.create(path) as file:
        for row in sorted(rows, key=lambda row: row.key):
            file.write(HEADER.pack(len(row.key), len(row.line)))
            file.write(row.key)
            file.write(row.line)
            size += HEADER.size + len(row.key) + len(row.line)
    return Piece(path, len(rows), size, add_tallies(row.tallies for row in rows))


def new_piece_path(place: str) -> str:
    """Return a path for a temporary file that nobody else has."""
    return storage.join(place, PIECES, uuid.uuid4().hex)


class PieceReader:
    """Reads a piece row by row; a line is never in memory as a whole unless it is short.

    `key` is the key of the row that the reader stands at, None before the first and after the
    last one.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Take an open piece; the caller closes it."""
        self.key: bytes | None = None
        self.length = 0
        self._file = file
        self._unread = 0

    def advance(self) -> Self:
        """Go to the next row, or to the end.

        Raises:
            CorruptPieceError: The piece ends within a row.
        """
        for _ in self.line():
            pass
        header = self._file.read(HEADER.size)
        if not header:
            self.key, self.length = None, 0
            return self
        if len(header) < HEADER.size:
            raise CorruptPieceError("a piece ends within the header of a row")
        key_length, self.length = HEADER.unpack(header)
        self.key = self._file.read(key_length)
        if len(self.key) < key_length:
            raise CorruptPieceError("a piece ends within the key of a row")
        self._unread = self.length
        return self

    def line(self) -> Iterator[bytes]:
        """Yield what is unread of the line, in chunks.

        Raises:
            CorruptPieceError: The piece ends within the line.
        """
        while self._unread:
            chunk = self._file.read(min(self._unread, CHUNK_BYTES))
            if not chunk:
                raise CorruptPieceError("a piece ends within the line of a row")
            self._unread -= len(chunk)
            yield chunk


class WritePieces(beam.DoFn):
    """`OutputRow`s in, `(shard, Piece)` out.

    A runner may process a bundle again, when a worker was lost. The second attempt writes new
    pieces, and only the pieces that the successful attempt gave to the runner are merged: files of
    a failed attempt are never looked at and go with the run's place. So nothing is doubled.
    """

    def __init__(self, place: str, shards: int, buffer_bytes: int = BUFFER_BYTES) -> None:
        """Take the run's fresh place, the number of shards, and how many bytes to hold."""
        self._place = place
        self._shards = shards
        self._buffer_bytes = buffer_bytes
        self._rows: defaultdict[int, list[OutputRow]] = defaultdict(list)
        self._held = 0
        self._pieces: list[tuple[int, Piece]] = []

    def start_bundle(self) -> None:
        """Forget what a failed bundle may have left."""
        self._rows = defaultdict(list)
        self._held = 0
        self._pieces = []

    def process(self, element: OutputRow) -> None:
        """Keep a row, and write the rows kept so far when they are too many."""
        self._rows[shard_of(element.document_id, self._shards)].append(element)
        self._held += len(element.key) + len(element.line) + ROW_OVERHEAD
        if self._held >= self._buffer_bytes:
            self._flush()

    def finish_bundle(self) -> Iterator[WindowedValue]:
        """Write what is left, and hand over the pieces of the bundle."""
        self._flush()
        for piece in self._pieces:
            yield GlobalWindows.windowed_value(piece)
        self._pieces = []

    def _flush(self) -> None:
        for shard in sorted(self._rows):
            self._pieces.append((shard, write_piece(self._place, self._rows.pop(shard))))
        self._held = 0
