"""The manifest: what the launching process writes when all other files are there."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import apache_beam as beam

from pipeline.sinks import storage
from pipeline.sinks.layout import MANIFEST
from pipeline.sinks.totals import Totals, require_conservation
from schemas.base import SCHEMA_VERSION
from schemas.manifest import (
    Counts,
    FileEntry,
    Manifest,
    Option,
    RunInfo,
    SkippedFile,
    SkippedRecordCount,
    Versions,
)


def build_manifest(
    totals: Totals,
    *,
    versions: Versions,
    options: Mapping[str, str | None],
    run: RunInfo,
    files_read: int | None = None,
    files_already_taken: int | None = None,
    more_files: Iterable[FileEntry] = (),
    skipped_files: Iterable[SkippedFile] = (),
    skipped_records: Iterable[SkippedRecordCount] = (),
) -> Manifest:
    """Return the manifest of a run.

    Args:
        totals: What the graph wrote, see `read_totals`.
        versions: What wrote it, see `current_versions`.
        options: Options that shape the output, and their values as text.
        run: All that differs between two runs of the same input.
        files_read: Number of input files that were read, if it is known.
        files_already_taken: Number of those that earlier batches had taken.
        more_files: Output files that the graph did not write.
        skipped_files: Input files that were matched and not read.
        skipped_records: Records of web archives that are no documents.

    Raises:
        ConservationError: A document is not accounted for.
    """
    require_conservation(totals)
    return Manifest(
        counts=Counts(
            documents=totals.documents,
            articles=totals.articles,
            documents_with_articles=totals.documents_with_articles,
            documents_rejected=totals.documents_rejected,
            ledger_rows=totals.ledger_rows,
            rejected_rows=totals.rejected_rows,
        ),
        files_read=files_read,
        files_already_taken=files_already_taken,
        skipped_files=tuple(sorted(skipped_files, key=lambda file: (file.uri, file.reason))),
        skipped_records=tuple(sorted(skipped_records, key=lambda count: count.reason)),
        roles=totals.roles,
        rejections=totals.rejections,
        files=tuple(sorted((*totals.files, *more_files), key=lambda file: file.name)),
        versions=versions,
        options=option_list(options),
        run=run,
    )


def option_list(options: Mapping[str, str | None]) -> tuple[Option, ...]:
    """Return options as rows, sorted by name."""
    return tuple(Option(name=name, value=options[name]) for name in sorted(options))


def current_versions(*, pipeline: str, model: str) -> Versions:
    """Return the versions of this process, given those of the pipeline and the labeller."""
    return Versions(
        schema_version=SCHEMA_VERSION,
        pipeline=pipeline,
        model=model,
        beam=beam.__version__,
        python=platform.python_version(),
    )


def run_info(
    *,
    run_id: str,
    started_at: datetime,
    finished_at: datetime,
    runner: str,
    settings: Mapping[str, str | None],
) -> RunInfo:
    """Return what is particular to one run; times carry their zone and are given in UTC."""
    return RunInfo(
        id=run_id,
        started_at=_utc(started_at),
        finished_at=_utc(finished_at),
        runner=runner,
        settings=option_list(settings),
    )


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as indented JSON in UTF-8."""
    return manifest.model_dump_json(indent=2).encode() + b"\n"


def write_manifest(folder: str, manifest: Manifest) -> None:
    """Write the manifest to the finished files, as the last of them before the promotion."""
    with storage.create(storage.join(folder, MANIFEST)) as file:
        file.write(manifest_bytes(manifest))


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
