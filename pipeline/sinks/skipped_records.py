"""How many records of web archives were no documents: counted in the graph, for the manifest."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Final

import apache_beam as beam
from apache_beam.pvalue import PCollection
from apache_beam.transforms.combiners import ToList

from pipeline.sinks import storage
from schemas.manifest import SkippedRecordCount

_FILE: Final = "skipped-records"

_Count = tuple[str, int]


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class CountSkipped(beam.PTransform):
    """Pairs of a reason and a number of records in; their sums are left in the run's place."""

    place: str

    def expand(self, counts: PCollection[_Count]) -> PCollection[list[_Count]]:
        """Build the transform."""
        return (
            counts
            | "By reason" >> beam.CombinePerKey(sum)
            | "One list" >> ToList()
            | "Leave counts" >> beam.Map(_leave, self.place)
        )


def _leave(counts: list[_Count], place: str) -> list[_Count]:
    # Under a name of its own first: a second attempt writes over the first one as a whole.
    path = storage.join(place, f"{_FILE}-{uuid.uuid4().hex}")
    with storage.create(path) as file:
        file.write(json.dumps(sorted(counts)).encode())
    storage.replace(path, storage.join(place, _FILE))
    return counts


def read_skipped(place: str) -> tuple[SkippedRecordCount, ...]:
    """Return the counts that the graph left in the run's place, sorted by reason."""
    counts = json.loads(storage.read_bytes(storage.join(place, _FILE)))
    return tuple(SkippedRecordCount(reason=reason, records=number) for reason, number in counts)
