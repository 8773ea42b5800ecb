"""Documents to rows in Beam: pages go to a helper process and come back where they belong."""

import json
from collections.abc import Iterator
from typing import Any

import apache_beam as beam
from apache_beam.testing import test_pipeline
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.transforms.window import FixedWindows, TimestampedValue

from pipeline.cleaner import CleaningSettings
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.documents import RawDocument
from pipeline.helper.protocol import HelperLimits
from pipeline.sinks.rows import output_row
from pipeline.sources.rejections import source_of
from pipeline.steps import CleanDocuments
from schemas.source import Format
from tests.bundles import STORY
from tests.helper.labeller import FragileLabeller

SETTINGS = CleaningSettings(RuleLabeller, FragileLabeller)
WRECKERS = {"hang": "time_limit", "die": "worker_crashed", "starve": "memory_limit"}


def document(number: int) -> RawDocument:
    """Return a page, each seventh a wrecker; each fifth is a text."""
    source = source_of(f"{number:03}", Format.HTML, sha256=f"{number:064}")
    if number % 5 == 4:
        return RawDocument(source, STORY)
    first = list(WRECKERS)[number // 7 % 3] if number % 7 == 3 else "A ferry"
    return RawDocument(source, f"<p>{first}</p><p>Page {number}</p>", is_html=True)


def expected(number: int) -> str:
    made = document(number)
    if made.is_html and (word := made.text[3:].partition("<")[0]) in WRECKERS:
        return WRECKERS[word]
    return "article"


class _Seen(beam.DoFn):
    """Which document a row is of, what it is, and in which window it stands."""

    def __init__(self, key: str) -> None:
        self._key = key

    def process(self, row: Any, window: Any = beam.DoFn.WindowParam) -> Iterator[Any]:
        values = json.loads(output_row(row).line)
        what = values.get(self._key, "article") if self._key else "ledger"
        yield values["source"]["uri"], what, int(window.start)


def test_every_document_gives_its_rows_in_its_own_window() -> None:
    count = 40
    limits = HelperLimits(cpu_seconds=0.4)
    with test_pipeline.TestPipeline(runner="FnApiRunner") as pipeline:
        rows = (
            pipeline
            | beam.Create(range(count))
            | beam.Map(lambda number: TimestampedValue(document(number), number))
            | beam.WindowInto(FixedWindows(10))
            | CleanDocuments(SETTINGS, limits)
        )
        keys = {"articles": "no key", "rejected": "error_type", "ledger": ""}
        seen = [
            rows[name] | f"Look at {name}" >> beam.ParDo(_Seen(key)) for name, key in keys.items()
        ]
        wanted = [(f"{n:03}", expected(n), n // 10 * 10) for n in range(count)]
        ledger = [(f"{n:03}", "ledger", n // 10 * 10) for n in range(count)]
        assert_that(tuple(seen) | beam.Flatten(), equal_to(wanted + ledger))
