"""The whole graph.

    listing ─► ListedFiles ─► ReadDocuments ─► CleanDocuments ─► WriteRows ─► Totals
                    │               │                 │  articles, ledger,
                    └───────────────┴──── rejected ───┴─ rejected
                                    │
                                    └──── skipped records ─► CountSkipped

Rows are validated before they leave CleanDocuments, which sends pages to a helper process. From
ReadDocuments to the writing of pieces everything runs in one fused stage: a document never crosses
a shuffle. Before it paths do, after it the descriptions of written pieces.

The listing is what the launching process found at the inputs (`pipeline.survey`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.cleaner import CleaningSettings
from pipeline.helper.protocol import HelperLimits
from pipeline.sinks.skipped_records import CountSkipped
from pipeline.sinks.totals import Totals
from pipeline.sinks.transforms import WriteRows
from pipeline.sources.limits import ReadLimits
from pipeline.sources.skipped import SkippedRecords
from pipeline.sources.transforms import DOCUMENTS, FILES, SKIPPED, ListedFiles, ReadDocuments
from pipeline.steps import ARTICLES, LEDGER, REJECTED, CleanDocuments


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """What the graph needs to know.

    `listing` is the path of the listing of the inputs, `place` the folder of this run, `files` the
    folder for its finished files, `heartbeats` the folder for the progress counts.
    """

    listing: str
    place: str
    files: str
    shards: int
    limits: ReadLimits
    cleaning: CleaningSettings
    page_limits: HelperLimits = field(default_factory=HelperLimits)
    heartbeats: str | None = None


def build(pipeline: beam.Pipeline, settings: GraphSettings) -> PCollection[Totals]:
    """Build the graph on a pipeline and return the totals of what it will have written."""
    found = pipeline | ListedFiles(settings.listing)
    read = found[FILES] | ReadDocuments(settings.limits)
    rows = read[DOCUMENTS] | CleanDocuments(
        settings.cleaning, settings.page_limits, settings.heartbeats
    )
    _ = read[SKIPPED] | "Reasons" >> beam.Map(_reason) | CountSkipped(settings.place)
    return {
        "articles": rows[ARTICLES],
        "ledger": rows[LEDGER],
        "documents without article": rows[REJECTED],
        "unread documents": read[REJECTED],
        "unread files": found[REJECTED],
    } | WriteRows(settings.place, settings.shards, settings.files)


def _reason(skipped: SkippedRecords) -> tuple[str, int]:
    return skipped.reason.value, skipped.records
