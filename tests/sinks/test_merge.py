from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sinks import storage
from pipeline.sinks.layout import FILES, PIECES
from pipeline.sinks.merge import merge_shard
from pipeline.sinks.pieces import CorruptPieceError, Piece, WritePieces, write_piece
from pipeline.sinks.rows import OutputModel, output_row
from pipeline.sinks.totals import Rule, Totals
from schemas import Source

from .examples import article, document_rows, id_of, ledger_row, place_in, rejection, source

URIS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)
DOCUMENTS = st.dictionaries(
    st.tuples(URIS, st.none() | st.integers(0, 300)),
    st.tuples(st.integers(0, 2), st.integers(1, 2)),
    max_size=12,
)
"""(uri, record) of a document → how many stories it has, how many rejections if it has none."""


def rows_of(
    documents: dict[tuple[str, int | None], tuple[int, int]],
) -> list[OutputModel]:
    return [
        row
        for (uri, record), (stories, rejections) in documents.items()
        for row in document_rows(source(uri, record), stories, rejections)
    ]


def pieces_of(
    place: Path, bundles: Iterable[Sequence[OutputModel]], shards: int
) -> list[tuple[int, Piece]]:
    pieces: list[tuple[int, Piece]] = []
    for bundle in bundles:
        dofn = WritePieces(place_in(place), shards, buffer_bytes=3000)
        dofn.start_bundle()
        for row in bundle:
            dofn.process(output_row(row))
        pieces += [value.value for value in dofn.finish_bundle()]
    return pieces


def write(
    place: Path, bundles: Iterable[Sequence[OutputModel]], shards: int = 1, fan_in: int = 3
) -> tuple[dict[str, bytes], list[Totals]]:
    pieces = pieces_of(place, bundles, shards)
    totals = [
        merge_shard(place_in(place), shard, shards, [p for s, p in pieces if s == shard], fan_in)
        for shard in range(shards)
    ]
    return {file.name: file.read_bytes() for file in (place / FILES).iterdir()}, totals


def json_rows(content: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in content.splitlines()]


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS, st.integers(1, 3), st.randoms(use_true_random=False), st.integers(0, 12))
def test_any_split_into_bundles_gives_the_same_bytes(
    documents: dict[tuple[str, int | None], tuple[int, int]],
    shards: int,
    random: random.Random,
    cuts: int,
) -> None:
    rows = rows_of(documents)
    shuffled = random.sample(rows, len(rows))
    at = sorted(random.randint(0, len(rows)) for _ in range(cuts))
    bundles = [shuffled[a:b] for a, b in zip([0, *at], [*at, len(rows)], strict=True)]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        assert write(Path(one), [rows], shards) == write(Path(other), bundles, shards)


@settings(max_examples=25, deadline=None)
@given(DOCUMENTS)
def test_each_row_is_there_once_and_in_order(
    documents: dict[tuple[str, int | None], tuple[int, int]],
) -> None:
    rows = rows_of(documents)
    with tempfile.TemporaryDirectory() as place:
        files, (totals,) = write(Path(place), [rows])
    assert sorted(b"".join(files.values()).splitlines(keepends=True)) == sorted(
        row.json_line() for row in rows
    )
    for content in files.values():
        places = [
            (row["source"]["uri"], row["source"]["record"] or -1, row.get("story_index", 0))  # type: ignore[index]
            for row in json_rows(content)
        ]
        assert places == sorted(places)
    assert totals.documents == len(documents)
    assert totals.documents_with_articles == sum(stories > 0 for stories, _ in documents.values())
    assert totals.documents_rejected == sum(stories == 0 for stories, _ in documents.values())
    assert totals.violation_count == 0


def test_more_pieces_than_can_be_open(tmp_path: Path) -> None:
    rows = [row for n in range(120) for row in document_rows(source(record=n), n % 3)]
    rows = rows[::2] + rows[1::2][::-1]
    expected = write(tmp_path / "one", [rows], fan_in=10**6)
    pieces = [piece for _, piece in pieces_of(tmp_path / "many", ([row] for row in rows), 1)]
    for fan_in in (2, 3, 64):
        totals = merge_shard(str(tmp_path / "many"), 0, 1, pieces, fan_in)
        files = (tmp_path / "many" / FILES).iterdir()
        assert ({file.name: file.read_bytes() for file in files}, [totals]) == expected
    # Only the pieces are left: intermediate ones are gone, and a second attempt finds its input.
    left = {str(file) for file in (tmp_path / "many" / PIECES).iterdir()}
    assert left == {piece.path for piece in pieces}


def test_no_more_files_are_open_than_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = [
        write_piece(str(tmp_path), [output_row(ledger_row(source(record=n)))]) for n in range(200)
    ]
    opened: list[BinaryIO] = []
    real = storage.open_file
    most = 0

    def open_and_count(path: str) -> BinaryIO:
        nonlocal most
        opened.append(real(path))
        most = max(most, sum(not file.closed for file in opened))
        return opened[-1]

    monkeypatch.setattr(storage, "open_file", open_and_count)
    merge_shard(place_in(tmp_path), 0, 1, pieces, fan_in=8)
    assert most == 8
    assert all(file.closed for file in opened)


def test_files_without_rows_exist(tmp_path: Path) -> None:
    files, totals = write(tmp_path, [], shards=2)
    assert files == {
        f"{kind}-0000{shard}-of-00002.jsonl": b""
        for kind in ("articles", "ledger", "rejected")
        for shard in range(2)
    }
    assert {entry.sha256 for part in totals for entry in part.files} == {
        hashlib.sha256(b"").hexdigest()
    }


def test_files_are_described_as_they_are(tmp_path: Path) -> None:
    files, (totals,) = write(tmp_path, [document_rows(source(record=n), n) for n in range(4)])
    assert {(e.name, e.rows, e.bytes, e.sha256) for e in totals.files} == {
        (name, content.count(b"\n"), len(content), hashlib.sha256(content).hexdigest())
        for name, content in files.items()
    }


def test_a_missing_row_is_an_error(tmp_path: Path) -> None:
    piece = write_piece(str(tmp_path), [output_row(rejection()), output_row(ledger_row())])
    content = Path(piece.path).read_bytes()
    first = write_piece(str(tmp_path), [output_row(ledger_row())])
    Path(piece.path).write_bytes(content[: first.bytes])
    with pytest.raises(CorruptPieceError):
        merge_shard(place_in(tmp_path), 0, 1, [piece])


GOOD, BAD = source(uri="good"), source(uri="bad")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([ledger_row(BAD)], Rule.LOST),
        ([ledger_row(BAD), article(BAD), rejection(BAD)], Rule.BOTH),
        ([article(BAD)], Rule.NO_LEDGER),
        ([ledger_row(BAD), article(BAD), article(BAD)], Rule.TWICE),
        ([ledger_row(BAD), ledger_row(BAD), article(BAD)], Rule.TWICE),
    ],
)
def test_a_document_that_is_not_accounted_for_is_named(
    tmp_path: Path, rows: list[OutputModel], rule: Rule
) -> None:
    _, (totals,) = write(tmp_path, [document_rows(GOOD, 2), rows])
    assert totals.violation_count == 1
    assert [(v.document_id, v.rule) for v in totals.violations] == [(id_of(BAD), rule)]


@pytest.mark.parametrize(
    "rows",
    [
        [rejection(GOOD)],
        [ledger_row(GOOD), rejection(GOOD), rejection(GOOD)],
        [ledger_row(GOOD), article(GOOD, 2)],
    ],
)
def test_a_document_that_is_accounted_for(tmp_path: Path, rows: list[OutputModel]) -> None:
    _, (totals,) = write(tmp_path, [rows])
    assert (totals.violation_count, totals.documents) == (0, 1)


def test_two_documents_of_one_place_are_two(tmp_path: Path) -> None:
    changed: Source = source(uri="good", sha256="1" * 64)
    _, (totals,) = write(tmp_path, [document_rows(GOOD, 1), document_rows(changed, 1)])
    assert totals.documents == totals.documents_with_articles == 2
