from __future__ import annotations

import io
from pathlib import Path

import pytest

from pipeline.sinks import storage
from pipeline.sinks.pieces import CorruptPieceError, PieceReader, WritePieces, write_piece
from pipeline.sinks.rows import output_row
from schemas import ErrorType, Role, Stage

from .examples import document_rows, ledger_row, rejection, source


def rows_in(content: bytes) -> list[tuple[bytes, bytes]]:
    reader, rows = PieceReader(io.BytesIO(content)), []
    while (key := reader.advance().key) is not None:
        rows.append((key, b"".join(reader.line())))
    return rows


def test_a_piece_gives_back_its_rows_in_order(tmp_path: Path) -> None:
    rows = [output_row(row) for n in (3, 1, 2) for row in document_rows(source(record=n), 2)]
    piece = write_piece(str(tmp_path), rows)
    content = storage.read_bytes(piece.path)
    assert rows_in(content) == sorted((row.key, row.line) for row in rows)
    assert (piece.rows, piece.bytes) == (len(rows), len(content))


def test_a_piece_sums_the_tallies(tmp_path: Path) -> None:
    piece = write_piece(
        str(tmp_path), [output_row(row) for row in (ledger_row(), ledger_row(), rejection())]
    )
    assert piece.tallies.roles == ((Role.BLANK, 2, 2), (Role.BODY, 2, 10))
    assert piece.tallies.rejections == ((Stage.CLEAN, ErrorType.NO_ARTICLE, 1),)


def test_an_unread_line_is_skipped(tmp_path: Path) -> None:
    rows = [output_row(ledger_row(source(record=n))) for n in range(3)]
    with storage.open_file(write_piece(str(tmp_path), rows).path) as file:
        reader = PieceReader(file)
        assert [reader.advance().key for _ in range(4)] == [*(row.key for row in rows), None]


def test_a_cut_piece_is_an_error_wherever_it_is_cut(tmp_path: Path) -> None:
    content = storage.read_bytes(write_piece(str(tmp_path), [output_row(rejection())]).path)
    for end in range(1, len(content)):
        with pytest.raises(CorruptPieceError):
            rows_in(content[:end])


def test_a_full_buffer_is_written_before_the_bundle_ends(tmp_path: Path) -> None:
    dofn = WritePieces(str(tmp_path), shards=1, buffer_bytes=5000)
    dofn.start_bundle()
    for n in range(50):
        dofn.process(output_row(ledger_row(source(record=n))))
    pieces = [value.value[1] for value in dofn.finish_bundle()]
    assert len(pieces) > 5
    assert sum(piece.rows for piece in pieces) == 50
    assert max(piece.bytes for piece in pieces) < 6000


def test_a_bundle_that_is_tried_again_gives_only_its_own_rows(tmp_path: Path) -> None:
    dofn = WritePieces(str(tmp_path), shards=1, buffer_bytes=1000)
    for _attempt in range(2):  # The first one fails: its finish_bundle is never called.
        dofn.start_bundle()
        for n in range(9):
            dofn.process(output_row(ledger_row(source(record=n))))
    assert sum(value.value[1].rows for value in dofn.finish_bundle()) == 9


def test_a_bundle_without_rows_gives_no_piece(tmp_path: Path) -> None:
    dofn = WritePieces(str(tmp_path), shards=3)
    dofn.start_bundle()
    assert list(dofn.finish_bundle()) == []
    assert list(tmp_path.iterdir()) == []
