"""The Beam part of the cleaning: documents → rows. As little logic as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.utils.shared import Shared

from pipeline.cleaning.clean import Cleaned, clean_document
from pipeline.cleaning.labels import Labeller
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import RawDocument
from pipeline.progress import Heartbeat
from schemas import Article, LedgerRow, Rejection

ARTICLES: Final = "articles"
LEDGER: Final = "ledger"
REJECTED: Final = "rejected"


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class CleanDocuments(beam.PTransform):
    """Each `RawDocument` as a `Cleaned`: articles not yet validated, or a rejection; the ledger.

    `make_labeller` is called once in each worker process.
    """

    make_labeller: Callable[[], Labeller]
    ledger_with_text: bool = True

    def expand(self, documents: PCollection[RawDocument]) -> PCollection[Cleaned]:
        """Apply `clean_document` to each document."""
        return documents | "Label and project" >> beam.ParDo(
            _Clean(self.make_labeller, self.ledger_with_text)
        )


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class ValidateRows(beam.PTransform):
    """Each `Cleaned` as rows that keep the contract, in the tagged outputs of this module.

    `heartbeats` is the folder that the workers' counts go to, or None.
    """

    heartbeats: str | None = None

    def expand(self, cleaned: PCollection[Cleaned]) -> dict[str, PCollection[Any]]:
        """Apply `validate_cleaned` to each document."""
        rows = cleaned | "Against the schemas" >> beam.ParDo(
            _Validate(self.heartbeats)
        ).with_outputs(LEDGER, REJECTED, main=ARTICLES)
        return {ARTICLES: rows[ARTICLES], LEDGER: rows[LEDGER], REJECTED: rows[REJECTED]}


class _Clean(beam.DoFn):
    def __init__(self, make_labeller: Callable[[], Labeller], ledger_with_text: bool) -> None:
        self._make_labeller = make_labeller
        self._ledger_with_text = ledger_with_text
        self._shared = Shared()
        self._labeller: Labeller | None = None

    def setup(self) -> None:
        self._labeller = self._shared.acquire(self._make_labeller)

    def process(self, document: RawDocument) -> Iterator[Cleaned]:
        assert self._labeller is not None  # noqa: S101 - Beam calls setup first
        yield clean_document(document, self._labeller, ledger_with_text=self._ledger_with_text)


class _Validate(beam.DoFn):
    def __init__(self, heartbeats: str | None) -> None:
        self._heartbeat = Heartbeat(heartbeats)

    def process(self, cleaned: Cleaned) -> Iterator[Article | TaggedOutput]:
        articles = rejected = 0
        for row in validate_cleaned(cleaned):
            match row:
                case Article():
                    articles += 1
                    yield row
                case LedgerRow():
                    yield TaggedOutput(LEDGER, row)
                case Rejection():
                    rejected += 1
                    yield TaggedOutput(REJECTED, row)
        size = len(cleaned.document.text)
        self._heartbeat.add(documents=1, bytes=size, articles=articles, rejected=rejected)

    def finish_bundle(self) -> None:
        self._heartbeat.flush()
