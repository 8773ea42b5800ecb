"""The end of the graph: rows become files in the run's fresh place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import apache_beam as beam
from apache_beam import pvalue
from apache_beam.transforms.combiners import ToList

from pipeline.sinks.merge import MergeShard
from pipeline.sinks.pieces import WritePieces
from pipeline.sinks.rows import OutputModel, OutputRow, output_row
from pipeline.sinks.totals import Totals, add_totals, write_totals


@dataclass  # Not frozen: Beam sets attributes of a PTransform that is applied to a dict.
class WriteRows(beam.PTransform):
    """`Article`, `LedgerRow` and `Rejection` rows in, one `Totals` out, files in the place.

    It takes one PCollection, or a dict of named ones. Give several as a dict rather than through a
    `Flatten`: Beam's local runner holds everything that goes into a `Flatten` in memory. Here rows
    are written by the very worker that made them, and only the descriptions of pieces are shuffled.

    `place` is the folder of the run, which all workers reach, `files` the folder for finished
    files (default: one in the place). `shards` is the number of files of each kind. The totals are
    also left in the place, see `read_totals`.
    """

    place: str
    shards: int = 1
    files: str | None = None

    def __post_init__(self) -> None:
        """Check the number of shards."""
        if self.shards < 1:
            raise ValueError("an output has at least one shard")

    def expand(
        self,
        rows: pvalue.PCollection[OutputModel] | Mapping[str, pvalue.PCollection[OutputModel]],
    ) -> pvalue.PCollection[Totals]:
        """Build the transform."""
        named = rows if isinstance(rows, Mapping) else {"rows": rows}
        pieces = [
            collection
            | f"Row bytes of {name}" >> beam.Map(output_row).with_output_types(OutputRow)
            | f"Pieces of {name}" >> beam.ParDo(WritePieces(self.place, self.shards))
            for name, collection in sorted(named.items())
        ]
        # A shard without a row has files too.
        every_shard = pieces[0].pipeline | "Every shard" >> beam.Create(
            [(shard, None) for shard in range(self.shards)], reshuffle=False
        )
        totals: pvalue.PCollection[Totals] = (
            (*pieces, every_shard)
            | "All pieces" >> beam.Flatten()
            | "By shard" >> beam.GroupByKey()
            | "Merge" >> beam.ParDo(MergeShard(self.place, self.shards, self.files))
            | "One list" >> ToList()
            | "Sum" >> beam.Map(add_totals)
            | "Leave totals" >> beam.Map(_leave_totals, self.place)
        )
        return totals


def _leave_totals(totals: Totals, place: str) -> Totals:
    write_totals(place, totals)
    return totals
