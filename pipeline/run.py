"""One run: open a fresh place, look at the inputs, run the graph, write the manifest, promote."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import apache_beam as beam
from apache_beam.io.filesystems import FileSystems

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
from pipeline.sources.limits import ReadLimits
from pipeline.survey import Survey, survey
from pipeline.version import __version__
from schemas import manifest as schema

BYTES_PER_SHARD: Final = 256 * BYTES_PER_MB
"""Input bytes, as stored, for which one more file of each kind is written."""

WALL_SECONDS_PER_CPU_SECOND: Final = 20
"""How loaded a machine may be before a page is taken to hang."""

_SECRET: Final = re.compile("key|secret|token|password", re.IGNORECASE)
"""What stands in the names of flags whose values are nobody's business."""

LABELLERS: Final[dict[LabellerName, Callable[[], Labeller]]] = {
    LabellerName.LEARNED: learned_labeller,
    LabellerName.RULES: RuleLabeller,
}

PAGE_LABELLERS: Final[dict[HtmlEngine, Callable[[], PageLabeller]]] = {
    HtmlEngine.BEST: best_page_labeller,
    HtmlEngine.FAST: fast_page_labeller,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended well.

    `folder` is where its output is, as the user wrote OUTPUT. `manifest` is None when an
    incremental run found nothing new and made no batch; `already_taken` counts what earlier
    batches had taken, None for a run that is not incremental.
    """

    folder: str
    manifest: schema.Manifest | None
    already_taken: int | None = None


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


def run(settings: Settings) -> Outcome:
    """Carry out what the command line asks for.

    Raises:
        OutputError: OUTPUT cannot be used; nothing was touched.
        ConservationError: A document is not accounted for; the former output stays.
    """
    started = datetime.now(UTC)
    options = pipeline_options(settings)
    runner = create_runner(settings.runner, settings.workers, options)
    FileSystems.set_options(options)
    with open_place(
        settings.output, settings.inputs, incremental=settings.incremental, options=options
    ) as place:
        seen = survey(settings.inputs, settings.output, place, incremental=settings.incremental)
        if settings.incremental and seen.is_empty:
            return Outcome(settings.output, None, seen.already_taken)
        shards = shards_for(settings, seen.size)
        _run_graph(settings, place, seen, shards, runner, options)
        manifest = _manifest(settings, place, seen, shards, started)
        write_manifest(place.files, manifest)
        name = place.promote()
    folder = f"{settings.output.rstrip('/')}/{name}" if name else settings.output
    return Outcome(folder, manifest, seen.already_taken)


@contextmanager
def _heartbeats(place: Place) -> Iterator[Path]:
    """Give a folder for the progress counts, in the place unless that is in a store."""
    if "://" in place.path:
        with TemporaryDirectory(prefix="article-ingest-") as temporary:
            yield Path(temporary)
    else:
        folder = Path(place.path) / "heartbeats"
        folder.mkdir()
        yield folder


def without_secrets(flags: Sequence[str]) -> list[str]:
    """Return Beam's flags, as they were written, fit for a manifest that others read."""
    shown: list[str] = []
    is_value = False
    for word in flags:
        flag, equals, _ = word.partition("=")
        is_flag = word.startswith("--")
        is_secret = is_flag and _SECRET.search(flag) is not None
        shown.append(f"{flag}=…" if is_secret and equals else "…" if is_value else word)
        is_value = is_secret and not equals
    return shown


def _run_graph(
    settings: Settings,
    place: Place,
    seen: Survey,
    shards: int,
    runner: beam.runners.PipelineRunner,
    options: beam.options.pipeline_options.PipelineOptions,
) -> None:
    pipeline = beam.Pipeline(runner=runner, options=options)
    with (
        _heartbeats(place) as heartbeats,
        engine_for_run(runner),
        ProgressReporter(heartbeats, sys.stderr, settings.progress, seen.size),
    ):
        graph.build(
            pipeline,
            graph.GraphSettings(
                listing=seen.listing,
                place=place.path,
                files=place.files,
                shards=shards,
                limits=ReadLimits(max_document_bytes=settings.max_document_bytes),
                cleaning=cleaning_settings(settings),
                page_limits=page_limits(settings),
                heartbeats=str(heartbeats),
            ),
        )
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
            "incremental": "yes" if settings.incremental else "no",
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
                "beam-flags": " ".join(without_secrets(settings.beam_flags)) or None,
            },
        ),
        files_read=seen.files,
        files_already_taken=seen.already_taken,
        more_files=() if seen.taken is None else (seen.taken,),
        skipped_files=seen.skipped,
        skipped_records=read_skipped(place.path),
    )
