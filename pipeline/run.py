"""One run: look at the inputs, open a fresh place, run the graph, write the manifest, promote."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import apache_beam as beam

from pipeline import graph
from pipeline.beam_options import pipeline_options
from pipeline.cleaner import CleaningSettings
from pipeline.cleaning.html.labeller import best_page_labeller, fast_page_labeller
from pipeline.cleaning.html.labels import PageLabeller
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.labels import Labeller
from pipeline.cleaning.learned import learned_labeller
from pipeline.helper.protocol import HelperLimits
from pipeline.options import BYTES_PER_MB, HtmlEngine, LabellerName, LedgerMode, Settings
from pipeline.portable import engine_for_run, wait_for
from pipeline.progress import ProgressReporter
from pipeline.runners import create_runner
from pipeline.sinks.manifest import (
    build_manifest,
    current_versions,
    run_info,
    write_manifest,
)
from pipeline.sinks.place import Place, open_place
from pipeline.sinks.skipped_records import read_skipped
from pipeline.sinks.totals import read_totals
from pipeline.sources.find import FoundFile, SkippedFile, find_files
from pipeline.sources.limits import ReadLimits
from pipeline.version import __version__
from schemas import manifest as schema

BYTES_PER_SHARD: Final = 256 * BYTES_PER_MB
"""Input bytes, as stored, for which one more file of each kind is written."""

WALL_SECONDS_PER_CPU_SECOND: Final = 20
"""How loaded a machine may be before a page is taken to hang."""

LABELLERS: Final[dict[LabellerName, Callable[[], Labeller]]] = {
    LabellerName.LEARNED: learned_labeller,
    LabellerName.RULES: RuleLabeller,
}

PAGE_LABELLERS: Final[dict[HtmlEngine, Callable[[], PageLabeller]]] = {
    HtmlEngine.BEST: best_page_labeller,
    HtmlEngine.FAST: fast_page_labeller,
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What stands at the inputs before the run: files to read, their bytes, files left out."""

    files: int
    size: int
    skipped: tuple[schema.SkippedFile, ...]


def survey(inputs: Sequence[str], output: str) -> Survey:
    """Return how much there is to read."""
    files = size = 0
    skipped = []
    for item in find_files(inputs, output):
        if isinstance(item, FoundFile):
            files += 1
            size += item.size
        elif isinstance(item, SkippedFile):
            skipped.append(schema.SkippedFile(uri=item.uri, reason=item.reason.value))
    return Survey(files, size, tuple(skipped))


def shards_for(settings: Settings, size: int) -> int:
    """Return the number of files of each kind: as asked, or by the input's size in bytes."""
    return settings.shards or 1 + size // BYTES_PER_SHARD


def cleaning_settings(settings: Settings) -> CleaningSettings:
    """Return what shapes the rows. Rules alone read a page's visible text as they read a text."""
    is_learned = settings.labeller is LabellerName.LEARNED
    return CleaningSettings(
        make_labeller=LABELLERS[settings.labeller],
        make_page_labeller=PAGE_LABELLERS[settings.html_engine] if is_learned else None,
        keep_non_articles=settings.keep_non_articles,
        ledger_with_text=settings.ledger is LedgerMode.FULL,
    )


def page_limits(settings: Settings) -> HelperLimits:
    """Return what one page may take; of time that passes, many times its processor time."""
    return HelperLimits(
        cpu_seconds=settings.html_timeout,
        wall_seconds=WALL_SECONDS_PER_CPU_SECOND * settings.html_timeout,
    )


def run(settings: Settings) -> schema.Manifest:
    """Carry out what the command line asks for, and return the manifest that was written.

    Raises:
        OutputError: OUTPUT cannot be used; nothing was touched.
        ConservationError: A document is not accounted for; the former output stays.
    """
    started = datetime.now(UTC)
    options = pipeline_options(settings)
    runner = create_runner(settings.runner, settings.workers, options)
    with open_place(settings.output, settings.inputs) as place:
        seen = survey(settings.inputs, settings.output)
        shards = shards_for(settings, seen.size)
        _run_graph(settings, place, seen, shards, runner, options)
        manifest = _manifest(settings, place, seen, shards, started)
        write_manifest(place.path, manifest)
        place.promote()
    return manifest


def _run_graph(
    settings: Settings,
    place: Place,
    seen: Survey,
    shards: int,
    runner: beam.runners.PipelineRunner,
    options: beam.options.pipeline_options.PipelineOptions,
) -> None:
    heartbeats = Path(place.path) / "heartbeats"
    heartbeats.mkdir()
    pipeline = beam.Pipeline(runner=runner, options=options)
    graph.build(
        pipeline,
        graph.GraphSettings(
            inputs=settings.inputs,
            output=settings.output,
            place=place.path,
            shards=shards,
            limits=ReadLimits(max_document_bytes=settings.max_document_bytes),
            cleaning=cleaning_settings(settings),
            page_limits=page_limits(settings),
            heartbeats=str(heartbeats),
        ),
    )
    with (
        engine_for_run(runner),
        ProgressReporter(heartbeats, sys.stderr, settings.progress, seen.size),
    ):
        wait_for(pipeline.run())


def _manifest(
    settings: Settings, place: Place, seen: Survey, shards: int, started: datetime
) -> schema.Manifest:
    return build_manifest(
        read_totals(place.path),
        versions=current_versions(
            pipeline=__version__, model=LABELLERS[settings.labeller]().version
        ),
        options={
            "html-engine": settings.html_engine.value,
            "html-timeout": f"{settings.html_timeout:g}",
            "keep-non-articles": "yes" if settings.keep_non_articles else "no",
            "labeller": settings.labeller.value,
            "ledger": settings.ledger.value,
            "max-document-mb": f"{settings.max_document_bytes / BYTES_PER_MB:g}",
            "shards": str(shards),
        },
        run=run_info(
            run_id=place.run_id,
            started_at=started,
            finished_at=datetime.now(UTC),
            runner=settings.runner,
            settings={
                "input": " ".join(settings.inputs),
                "output": settings.output,
                "workers": str(settings.workers),
                "beam-flags": " ".join(settings.beam_flags) or None,
            },
        ),
        files_read=seen.files,
        skipped_files=seen.skipped,
        skipped_records=read_skipped(place.path),
    )
