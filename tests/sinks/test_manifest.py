from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.sinks.layout import FILES, MANIFEST
from pipeline.sinks.manifest import (
    build_manifest,
    current_versions,
    manifest_bytes,
    run_info,
    write_manifest,
)
from pipeline.sinks.merge import merge_shard
from pipeline.sinks.pieces import write_piece
from pipeline.sinks.rows import OutputModel, output_row
from pipeline.sinks.totals import ConservationError
from schemas.manifest import Counts, Manifest, SkippedFile

from .examples import document_rows, ledger_row, place_in, source

START = datetime(2024, 1, 2, 3, 4, 5, 678, tzinfo=UTC)


def manifest_of(place: Path, rows: list[OutputModel], run_id: str = "r1") -> Manifest:
    piece = write_piece(place_in(place), [output_row(row) for row in rows])
    return build_manifest(
        merge_shard(str(place), 0, 1, [piece]),
        versions=current_versions(pipeline="1.2", model="rules-1"),
        options={"ledger": "full", "input": "seeds"},
        run=run_info(
            run_id=run_id,
            started_at=START,
            finished_at=START.astimezone(timezone(timedelta(hours=5))) + timedelta(seconds=9),
            runner="DirectRunner",
            settings={"workers": "2"},
        ),
        skipped_files=[SkippedFile(uri=uri, reason="hidden") for uri in ("b", "a")],
    )


ROWS = [*document_rows(source("a"), 2), *document_rows(source("b"), 0, 2)]


def test_the_manifest_counts(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, ROWS)
    assert manifest.counts == Counts(
        documents=2,
        articles=2,
        documents_with_articles=1,
        documents_rejected=1,
        ledger_rows=2,
        rejected_rows=2,
    )
    assert [file.uri for file in manifest.skipped_files] == ["a", "b"]
    assert [option.name for option in manifest.options] == ["input", "ledger"]
    assert manifest.run.started_at == "2024-01-02T03:04:05Z"
    assert manifest.run.finished_at == "2024-01-02T03:04:14Z"


def test_only_run_differs_between_two_runs(tmp_path: Path) -> None:
    one = json.loads(manifest_bytes(manifest_of(tmp_path, ROWS, "r1")))
    other = json.loads(manifest_bytes(manifest_of(tmp_path, ROWS[::-1], "r2")))
    assert one.pop("run") != other.pop("run")
    assert one == other


def test_the_file_is_the_manifest(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, ROWS)
    write_manifest(str(tmp_path / FILES), manifest)
    content = (tmp_path / FILES / MANIFEST).read_bytes()
    assert Manifest.model_validate_json(content) == manifest
    assert content.startswith(b'{\n  "counts": {\n    "documents": 2,\n')
    assert content.endswith(b"}\n")


def test_no_manifest_for_a_run_that_lost_a_document(tmp_path: Path) -> None:
    with pytest.raises(ConservationError, match="lost"):
        manifest_of(tmp_path, [ledger_row()])


def test_counts_must_add_up() -> None:
    with pytest.raises(ValidationError, match="documents must be"):
        Counts(
            documents=3,
            articles=1,
            documents_with_articles=1,
            documents_rejected=1,
            ledger_rows=1,
            rejected_rows=1,
        )
