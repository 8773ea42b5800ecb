"""The whole graph.

    inputs ─► FindFiles ─► ReadDocuments ─► CleanDocuments ─► ValidateRows ─► WriteRows ─► Totals
                  │              │                                 │  articles, ledger,
                  └──────────────┴──── rejected ───────────────────┴─ rejected

From ReadDocuments to the writing of pieces everything runs in one fused stage: a document never
crosses a shuffle. Before it paths do, after it the descriptions of written pieces.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import apache_beam as beam
from apache_beam.pvalue import PCollection

from pipeline.cleaning.labels import Labeller
from pipeline.sinks.totals import Totals
from pipeline.sinks.transforms import WriteRows
from pipeline.sources.limits import ReadLimits
from pipeline.sources.transforms import DOCUMENTS, FILES, FindFiles, ReadDocuments
from pipeline.steps import ARTICLES, LEDGER, REJECTED, CleanDocuments, ValidateRows


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """What the graph needs to know.

    `output` is where a former run's files may be, which are no input; `place` is the folder of
    this run, `heartbeats` the folder for the progress counts. `make_labeller` is called once in
    each worker process.
    """

    inputs: tuple[str, ...]
    output: str
    place: str
    shards: int
    limits: ReadLimits
    make_labeller: Callable[[], Labeller]
    ledger_with_text: bool = True
    heartbeats: str | None = None


def build(pipeline: beam.Pipeline, settings: GraphSettings) -> PCollection[Totals]:
    """Build the graph on a pipeline and return the totals of what it will have written."""
    found = pipeline | FindFiles(settings.inputs, settings.output)
    read = found[FILES] | ReadDocuments(settings.limits)
    cleaned = read[DOCUMENTS] | CleanDocuments(settings.make_labeller, settings.ledger_with_text)
    rows = cleaned | ValidateRows(settings.heartbeats)
    return {
        "articles": rows[ARTICLES],
        "ledger": rows[LEDGER],
        "documents without article": rows[REJECTED],
        "unread documents": read[REJECTED],
        "unread files": found[REJECTED],
    } | WriteRows(settings.place, settings.shards)
