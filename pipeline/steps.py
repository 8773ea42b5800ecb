"""The Beam part of the cleaning: documents → rows. As little logic as possible."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import apache_beam as beam
from apache_beam.pvalue import PCollection, TaggedOutput
from apache_beam.utils.shared import Shared
from apache_beam.utils.windowed_value import WindowedValue

from pipeline.cleaner import CleaningSettings, MakePageCleaner, TextCleaner, rows_of_lost
from pipeline.documents import RawDocument
from pipeline.helper.client import Helper
from pipeline.helper.pool import HelperPool
from pipeline.helper.protocol import HelperLimits, Lost
from pipeline.progress import Heartbeat
from pipeline.sinks.layout import Kind
from pipeline.sinks.rows import OutputModel, OutputRow, kind_of

ARTICLES: Final = Kind.ARTICLES.value
LEDGER: Final = Kind.LEDGER.value
REJECTED: Final = Kind.REJECTED.value

_Row = OutputModel | OutputRow


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class CleanDocuments(beam.PTransform):
    """Each `RawDocument` as rows that keep the contract, in the tagged outputs of this module.

    Texts are cleaned in the worker's own process, pages in a helper process of it, which the limits
    may end: then the page is a rejected row. Rows of pages come as `OutputRow`. `heartbeats` is the
    folder that the workers' counts go to, or None.
    """

    settings: CleaningSettings
    limits: HelperLimits = field(default_factory=HelperLimits)
    heartbeats: str | None = None

    def expand(self, documents: PCollection[RawDocument]) -> dict[str, PCollection[Any]]:
        """Apply `TextCleaner` and `PageCleaner`."""
        rows = documents | "Label, project, validate" >> beam.ParDo(
            _Clean(self.settings, self.limits, self.heartbeats)
        ).with_outputs(LEDGER, REJECTED, main=ARTICLES)
        return {name: rows[name] for name in (ARTICLES, LEDGER, REJECTED)}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A page whose rows are to come, and where in the stream they belong."""

    document: RawDocument
    timestamp: Any
    window: Any


class _Clean(beam.DoFn):
    """Several pages are on their way to the helper at once, so rows may come out with a later one.

    They keep the timestamp and the window of their own page.
    """

    def __init__(
        self, settings: CleaningSettings, limits: HelperLimits, heartbeats: str | None
    ) -> None:
        self._settings = settings
        self._limits = limits
        self._heartbeat = Heartbeat(heartbeats)
        self._shared_cleaner, self._shared_pool = Shared(), Shared()
        self._cleaner: TextCleaner | None = None
        self._pool: HelperPool | None = None
        self._helper: Helper | None = None
        self._asked: deque[_Asked] = deque()

    def setup(self) -> None:
        self._cleaner = self._shared_cleaner.acquire(partial(TextCleaner, self._settings))
        make = MakePageCleaner(self._settings)
        self._pool = self._shared_pool.acquire(partial(HelperPool, make, self._limits))

    def start_bundle(self) -> None:
        self._let_go()

    def process(
        self,
        document: RawDocument,
        timestamp: Any = beam.DoFn.TimestampParam,
        window: Any = beam.DoFn.WindowParam,
    ) -> Iterator[Any]:
        assert self._cleaner is not None  # noqa: S101 - Beam calls setup first
        assert self._pool is not None  # noqa: S101
        if not document.is_html:
            for kind, row in self._counted(document, self._cleaner.rows(document)):
                yield _output(kind, row)
            return
        if self._helper is None:
            self._helper = self._pool.borrow()
        self._asked.append(_Asked(document, timestamp, window))
        self._helper.ask(document)
        while self._asked and (self._helper.is_answered or not self._helper.has_room):
            yield from self._answered(self._helper)

    def finish_bundle(self) -> Iterator[Any]:
        while self._asked and self._helper is not None:
            yield from self._answered(self._helper)
        self._let_go()
        self._heartbeat.flush()

    def teardown(self) -> None:
        self._let_go()
        self._cleaner = self._pool = None

    def _let_go(self) -> None:
        """Give the helper back; pages are still with it only if the former bundle has failed."""
        if self._helper is not None and self._pool is not None:
            self._pool.give_back(self._helper)
        self._helper = None
        self._asked.clear()

    def _answered(self, helper: Helper) -> Iterator[Any]:
        answer = helper.take()
        asked = self._asked.popleft()
        rows = rows_of_lost(asked.document, answer) if isinstance(answer, Lost) else answer
        for kind, row in self._counted(asked.document, rows):
            yield _output(kind, WindowedValue(row, asked.timestamp, (asked.window,)))

    def _counted(self, document: RawDocument, rows: Iterable[_Row]) -> Iterator[tuple[Kind, _Row]]:
        articles = rejected = 0
        for row in rows:
            kind = kind_of(row)
            articles += kind is Kind.ARTICLES
            rejected += kind is Kind.REJECTED
            yield kind, row
        size = len(document.text)
        self._heartbeat.add(documents=1, bytes=size, articles=articles, rejected=rejected)


def _output(kind: Kind, value: object) -> object:
    return value if kind is Kind.ARTICLES else TaggedOutput(kind.value, value)
