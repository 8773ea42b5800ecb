"""The pipeline as a source of Beam YAML: bundles in, articles and rejected documents as rows out.

In a YAML pipeline (`docs/beam-yaml.md` has one that runs):

    providers:
      - type: python
        config: {}
        transforms:
          ReadArticles: pipeline.beam_yaml.ReadArticles

Here YAML says what becomes of the rows; ledger, manifest and the atomic output belong to the
command line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.pvalue import PBegin, PCollection

from pipeline.options import BYTES_PER_MB, DEFAULT_MAX_DOCUMENT_MB, LabellerName, Settings
from pipeline.run import cleaning_settings, page_limits
from pipeline.sinks.rows import OutputModel, OutputRow, output_row
from pipeline.sources.limits import ReadLimits
from pipeline.sources.transforms import DOCUMENTS, FILES, FindFiles, ReadDocuments
from pipeline.sources.transforms import REJECTED as UNREAD
from pipeline.steps import ARTICLES, REJECTED, CleanDocuments


class ArticleRow(NamedTuple):
    """The fields of `schemas.Article` that a filter or a table wants; `json` is the whole row."""

    id: str
    title: str | None
    text: str
    authors: list[str]
    language: str | None
    date_published: str | None
    section: str | None
    url: str | None
    word_count: int
    confidence: float
    source_uri: str
    json: str


class RejectedRow(NamedTuple):
    """The fields of `schemas.Rejection` that a filter or a table wants; `json` is the whole row."""

    source_uri: str
    stage: str
    error_type: str
    error_message: str
    json: str


class ReadArticles(beam.PTransform):
    """Bundles as rows: outputs `articles` (`ArticleRow`) and `rejected` (`RejectedRow`)."""

    def __init__(
        self,
        input: str | Sequence[str],
        labeller: str = LabellerName.LEARNED.value,
        max_document_mb: float = DEFAULT_MAX_DOCUMENT_MB,
        keep_non_articles: bool = False,
    ) -> None:
        """Take paths, folders or globs, and flags of the command line of the same names.

        Raises ValueError for a labeller that is not there.
        """
        super().__init__()
        self._settings = Settings(
            inputs=(input,) if isinstance(input, str) else tuple(input),
            labeller=LabellerName(labeller),
            max_document_bytes=int(max_document_mb * BYTES_PER_MB),
            keep_non_articles=keep_non_articles,
        )

    def expand(self, pipeline: PBegin) -> dict[str, PCollection[Any]]:
        """Build the part of the graph that comes before the writing."""
        settings = self._settings
        found = pipeline | FindFiles(settings.inputs)
        read = found[FILES] | ReadDocuments(
            ReadLimits(max_document_bytes=settings.max_document_bytes)
        )
        rows = read[DOCUMENTS] | CleanDocuments(cleaning_settings(settings), page_limits(settings))
        rejected = (rows[REJECTED], read[UNREAD], found[UNREAD]) | beam.Flatten()
        return {
            "articles": rows[ARTICLES]
            | "Article rows" >> beam.Map(article_row).with_output_types(ArticleRow),
            "rejected": rejected
            | "Rejected rows" >> beam.Map(rejected_row).with_output_types(RejectedRow),
        }


def article_row(row: OutputModel | OutputRow) -> ArticleRow:
    """Return an article as Beam YAML takes it."""
    line, values = _values(row)
    picked = {name: values[name] for name in ArticleRow._fields if name in values}
    return ArticleRow(**picked, source_uri=values["source"]["uri"], json=line)


def rejected_row(row: OutputModel | OutputRow) -> RejectedRow:
    """Return a rejection as Beam YAML takes it."""
    line, values = _values(row)
    picked = {name: values[name] for name in RejectedRow._fields if name in values}
    return RejectedRow(**picked, source_uri=values["source"]["uri"], json=line)


def _values(row: OutputModel | OutputRow) -> tuple[str, dict[str, Any]]:
    line = output_row(row).line.decode().rstrip("\n")
    return line, json.loads(line)
