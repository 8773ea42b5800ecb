"""Adds batches to an output, and dies one step later each time: `python adding.py OUTPUT STEPS`.

The files of a batch all say which run it is of. Each run is a process that dies, as if killed,
before it touches the file system for the Nth time; then a line says how it ended and what is there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.sinks.layout import MANIFEST, TAKEN, Kind, shard_name
from pipeline.sinks.local_batches import LocalBatchPlace
from tests.sinks.promoting import die_after

NAMES = (*(shard_name(kind, 0, 1) for kind in Kind), TAKEN, MANIFEST)


def add_one(output: str, content: str) -> None:
    """Write and add a batch whose files all hold `content`."""
    with LocalBatchPlace(output) as place:
        for name in NAMES:
            Path(place.files, name).write_text(content)
        place.promote()


if __name__ == "__main__":
    output = Path(sys.argv[1])
    for count in range(int(sys.argv[2])):
        child = os.fork()
        if child == 0:
            die_after(count)
            add_one(str(output), f"run {count}")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        batches = [
            f"{batch.name} {len(list(batch.iterdir()))} "
            + "+".join(sorted({file.read_text() for file in batch.iterdir()}))
            for batch in sorted(output.iterdir() if output.exists() else ())
        ]
        print(os.waitstatus_to_exitcode(status), *batches, sep="\t")
