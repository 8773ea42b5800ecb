"""From the pieces of one shard to its three output files."""

from __future__ import annotations

import heapq
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Final

import apache_beam as beam

from pipeline.sinks import storage
from pipeline.sinks.counted_file import CountedFile
from pipeline.sinks.layout import FILES, Kind, shard_name
from pipeline.sinks.pieces import HEADER, CorruptPieceError, Piece, PieceReader, new_piece_path
from pipeline.sinks.rows import document_id_of, split_key
from pipeline.sinks.tallies import NOTHING, add_tallies
from pipeline.sinks.totals import (
    Totals,
    Violation,
    broken_rules,
    first_violations,
    rejection_counts,
    role_counts,
)

FAN_IN: Final = 64
"""Most pieces that are open at once. macOS lets a process open 256 files by default."""


def merge_shard(
    place: str,
    shard: int,
    shards: int,
    pieces: Iterable[Piece],
    fan_in: int = FAN_IN,
    folder: str | None = None,
) -> Totals:
    """Merge the pieces of one shard to its output files, which exist even without a row.

    It may run twice, even at the same time, as runners retry: files get their names when they are
    whole, both attempts give the same bytes, and the pieces stay (they go with the place).

    Args:
        place: The run's fresh place.
        shard: Number of the shard, counted from 0.
        shards: How many shards there are.
        pieces: All pieces of the shard in any order.
        fan_in: Most pieces that are read at once, at least 2.
        folder: Where the files go (default: the folder FILES of the place).

    Returns:
        Files, counts and tallies of the shard.

    Raises:
        CorruptPieceError: A piece is not what was written.
    """
    pieces = tuple(pieces)
    tallies = add_tallies(piece.tallies for piece in pieces)
    audit = _Audit()
    few, ours = _few(place, pieces, fan_in)
    with ExitStack() as stack:
        files = {kind: stack.enter_context(CountedFile(new_piece_path(place))) for kind in Kind}
        for reader, key in _merged(_open_all(stack, few)):
            kind = audit.count(key)
            files[kind].write(reader.line())
    if audit.rows.total() != sum(piece.rows for piece in pieces):
        raise CorruptPieceError(f"pieces of shard {shard} do not hold the rows that were written")
    storage.delete(ours)
    violations = audit.violations()
    folder = folder or storage.join(place, FILES)
    entries = []
    for kind in Kind:
        entry = files[kind].entry(shard_name(kind, shard, shards))
        storage.replace(files[kind].path, storage.join(folder, entry.name))
        entries.append(entry)
    return Totals(
        files=tuple(entries),
        documents=audit.documents,
        documents_with_articles=audit.documents_with_articles,
        documents_rejected=audit.documents_rejected,
        articles=audit.rows[Kind.ARTICLES],
        ledger_rows=audit.rows[Kind.LEDGER],
        rejected_rows=audit.rows[Kind.REJECTED],
        roles=role_counts(tallies),
        rejections=rejection_counts(tallies),
        violation_count=audit.violation_count,
        violations=violations,
    )


class MergeShard(beam.DoFn):
    """`(shard, pieces)` in, the shard's `Totals` out. None among the pieces stands for no piece."""

    def __init__(self, place: str, shards: int, folder: str | None = None) -> None:
        """Take the run's fresh place, the number of shards and where the files go."""
        self._place = place
        self._shards = shards
        self._folder = folder

    def process(self, element: tuple[int, Iterable[Piece | None]]) -> Iterator[Totals]:
        """Merge one shard."""
        shard, pieces = element
        there = (piece for piece in pieces if piece is not None)
        yield merge_shard(self._place, shard, self._shards, there, folder=self._folder)


def _few(
    place: str, pieces: Sequence[Piece], fan_in: int
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Merge the smallest pieces to longer ones until `fan_in` are left.

    The first merge takes just so many that all later ones take `fan_in`, which rewrites the fewest
    bytes. Pieces made here belong to this attempt alone, and are deleted once they are merged in
    turn.

    Returns:
        The pieces that are left, and the paths of those among them that were made here.
    """
    order = itertools.count()
    queue = [(piece.bytes, next(order), piece, False) for piece in pieces]
    heapq.heapify(queue)
    while len(queue) > fan_in:
        count = (len(queue) - 2) % (fan_in - 1) + 2
        batch = [heapq.heappop(queue) for _ in range(count)]
        merged = _merge_to_piece(place, [piece for _, _, piece, _ in batch])
        storage.delete([piece.path for _, _, piece, is_ours in batch if is_ours])
        heapq.heappush(queue, (merged.bytes, next(order), merged, True))
    left = tuple(piece for _, _, piece, _ in queue)
    return left, tuple(piece.path for _, _, piece, is_ours in queue if is_ours)


def _merge_to_piece(place: str, pieces: Sequence[Piece]) -> Piece:
    path = new_piece_path(place)
    with ExitStack() as stack:
        out = stack.enter_context(storage.create(path))
        for reader, key in _merged(_open_all(stack, pieces)):
            out.write(HEADER.pack(len(key), reader.length))
            out.write(key)
            for chunk in reader.line():
                out.write(chunk)
    # The tallies are those of the pieces that the shard began with, and counted there.
    return Piece(path, sum(p.rows for p in pieces), sum(p.bytes for p in pieces), NOTHING)


def _open_all(stack: ExitStack, pieces: Iterable[Piece]) -> Iterator[PieceReader]:
    for piece in pieces:
        yield PieceReader(stack.enter_context(storage.open_file(piece.path)))


def _merged(readers: Iterable[PieceReader]) -> Iterator[tuple[PieceReader, bytes]]:
    """Yield the reader that stands at the next row, and the row's key.

    Only keys are compared and held. Rows with equal keys are equal, or the document breaks a rule
    and the output is never promoted; so it does not matter which of them comes first.
    """
    heap: list[tuple[bytes, int, PieceReader]] = []
    for number, reader in enumerate(readers):
        key = reader.advance().key
        if key is not None:
            heap.append((key, number, reader))
    heapq.heapify(heap)
    while heap:
        key, number, reader = heap[0]
        yield reader, key
        following = reader.advance().key
        if following is None:
            heapq.heappop(heap)
        else:
            heapq.heapreplace(heap, (following, number, reader))


class _Audit:
    """Counts rows and documents, and checks the rows of each document against each other."""

    def __init__(self) -> None:
        self.rows: Counter[Kind] = Counter()
        self.documents = 0
        self.documents_with_articles = 0
        self.documents_rejected = 0
        self.violation_count = 0
        self._violations: tuple[Violation, ...] = ()
        self._document = b""
        self._of_document: Counter[Kind] = Counter()
        self._last_key = b""
        self._repeated = False

    def count(self, key: bytes) -> Kind:
        """Take the next row's key; keys come in order. Return the row's kind."""
        document, kind = split_key(key)
        if document != self._document:
            self._close_document()
            self._document = document
        # Two stories may be rejected in the same words, so that rejected rows may be equal.
        self._repeated |= key == self._last_key and kind is not Kind.REJECTED
        self._last_key = key
        self.rows[kind] += 1
        self._of_document[kind] += 1
        return kind

    def violations(self) -> tuple[Violation, ...]:
        """Close the last document and return the first violations."""
        self._close_document()
        return self._violations

    def _close_document(self) -> None:
        if not self._of_document:
            return
        articles, ledger, rejected = (self._of_document[kind] for kind in Kind)
        self.documents += 1
        self.documents_with_articles += articles > 0
        self.documents_rejected += rejected > 0
        broken = broken_rules(articles, ledger, rejected, repeated=self._repeated)
        if broken:
            self.violation_count += 1
            name = document_id_of(self._document)
            here = (Violation(document_id=name, rule=rule) for rule in broken)
            self._violations = first_violations((*self._violations, *here))
        self._of_document.clear()
        self._repeated = False
