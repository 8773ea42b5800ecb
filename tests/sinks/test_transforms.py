from __future__ import annotations

import itertools
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.sinks.layout import FILES
from pipeline.sinks.rows import OutputModel
from pipeline.sinks.totals import Totals, read_totals
from pipeline.sinks.transforms import WriteRows

from .examples import document_rows, place_in, source

ROWS = [row for n in range(60) for row in document_rows(source("é.jsonl", n), n % 3, 2)]


def run(place: Path, rows: list[OutputModel], shards: int, repeat: int = 0) -> Totals:
    """Write rows through the graph; each bundle is processed `repeat` times more."""
    with beam.Pipeline(runner=FnApiRunner(bundle_repeat=repeat)) as pipeline:
        made = pipeline | beam.Create(rows)
        many = made | beam.Filter(lambda row: hasattr(row, "spans"))
        others = made | beam.Filter(lambda row: not hasattr(row, "spans"))
        _ = {"ledger": many, "others": others} | WriteRows(place_in(place), shards)
    return read_totals(str(place))


def contents(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (place / FILES).iterdir()}


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Totals]:
    """A place with the rows in four shards, and its totals."""
    place = tmp_path_factory.mktemp("four")
    return place, run(place, ROWS, 4)


def test_neither_order_nor_retries_change_a_byte(tmp_path: Path, four: tuple[Path, Totals]) -> None:
    place, totals = four
    assert run(tmp_path, ROWS[::-1], 4, repeat=1) == totals
    assert contents(tmp_path) == contents(place)
    assert len(totals.files) == 12
    assert (totals.documents, totals.documents_rejected, totals.violation_count) == (60, 20, 0)


def test_one_shard_holds_what_four_hold(tmp_path: Path, four: tuple[Path, Totals]) -> None:
    run(tmp_path, ROWS, 1)
    one, parts_of = contents(tmp_path), contents(four[0])
    for kind in ("articles", "ledger", "rejected"):
        parts = [parts_of[f"{kind}-{n:05d}-of-00004.jsonl"].splitlines() for n in range(4)]
        assert all(parts)
        whole = one[f"{kind}-00000-of-00001.jsonl"].splitlines()
        assert sorted(itertools.chain(*parts)) == sorted(whole)


def test_no_rows_at_all(tmp_path: Path) -> None:
    totals = run(tmp_path, [], 2)
    assert set(contents(tmp_path).values()) == {b""}
    assert (len(totals.files), totals.documents) == (6, 0)


def test_an_output_has_shards() -> None:
    with pytest.raises(ValueError, match="shard"):
        WriteRows("place", 0)
