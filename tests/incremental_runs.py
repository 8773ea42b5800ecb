"""Incremental runs that are killed: `python incremental_runs.py parts|whole INPUT OUTPUT KILLS`.

Before each run a new text comes into INPUT. Each run is a process that is killed at a random
moment, every second one while it commits, and a line of JSON then says what stands at OUTPUT. The
first and the last run are left alone. A whole run is the command line; of the parts only the graph
is left out, which takes seconds to build: all that reads and writes files is there, and rows are
made up.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipeline import run as whole
from pipeline.options import LabellerName, Settings
from pipeline.sinks.merge import merge_shard
from pipeline.sinks.pieces import write_piece
from pipeline.sinks.place import Place
from pipeline.sinks.rows import output_row
from pipeline.sinks.skipped_records import _leave
from pipeline.sinks.totals import add_totals, write_totals
from pipeline.sources.listing import read_listing
from pipeline.survey import Survey
from tests.sinks.examples import document_rows, source

ROOT = Path(__file__).parents[1]
TEXT = "The ferry to the island ran again on Monday, number {0}, after a week of storms. " * 3


def without_graph(
    _settings: Settings, place: Place, seen: Survey, shards: int, _runner: Any, _options: Any
) -> None:
    """Write what the graph would, with one made-up article for each file of the listing."""
    with Path(seen.listing).open("rb") as file:
        uris = [item.uri for item in read_listing(file)]
    pieces = [
        write_piece(place.path, [output_row(row) for row in document_rows(source(uri), 1)])
        for uri in uris
    ]
    totals = merge_shard(place.path, 0, shards, pieces, folder=place.files)
    write_totals(place.path, add_totals([totals]))
    _leave([], place.path)


def start_parts(input: Path, output: Path) -> int:
    """Start the parts of a run in a fork of this process, which need not import Beam anew."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            rules = LabellerName.RULES
            whole.run(Settings((str(input),), str(output), incremental=True, labeller=rules))
            status = 0
        finally:
            os._exit(status)
    return child


def start_whole(input: Path, output: Path) -> int:
    """Start the command line."""
    words = (f"--input={input}", f"--output={output}", "--incremental", "--labeller=rules")
    command = [sys.executable, "-m", "pipeline", *words, "--progress=off"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL).pid


def at_output(output: Path) -> dict[str, Any]:
    """Return how often each document stands in which kind of file, and how many batches there are.

    Readers look for batches by their name alone.
    """
    batches = sorted(output.glob("batch-*"))
    seen: dict[str, Any] = {"batches": len(batches)}
    for kind in ("articles", "ledger", "rejected", "taken"):
        uris: Counter[str] = Counter()
        for batch in batches:
            for path in batch.glob(f"{kind}*.jsonl"):
                for line in path.read_bytes().splitlines():
                    row = json.loads(line)
                    uri = row["uri"] if kind == "taken" else row["source"]["uri"]
                    uris[Path(uri).name] += 1
        seen[kind] = uris
    for batch in batches:
        manifest = json.loads((batch / "manifest.json").read_bytes())
        assert all((batch / file["name"]).is_file() for file in manifest["files"])
    return seen


def wait_for_manifest(output: Path) -> None:
    """Wait until a run is about to commit: its last file is there, but not at OUTPUT."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if any(output.parent.glob(f".{output.name}.run-*/files/manifest.json")):
            return


def main(start: Callable[[Path, Path], int], input: Path, output: Path, kills: int) -> None:
    """Run, kill and tell."""
    chance = random.Random(kills)
    whole_seconds = commit_seconds = 0.0
    for number in range(kills + 2):
        (input / "_new").write_text(TEXT.format(number), encoding="utf-8")
        (input / "_new").rename(input / f"{number}.txt")
        began = time.monotonic()
        child = start(input, output)
        if number % 2 == 0:
            wait_for_manifest(output)
        commits = time.monotonic()
        if 0 < number <= kills:
            time.sleep(chance.random() * (whole_seconds if number % 2 else commit_seconds))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            whole_seconds = time.monotonic() - began
            if number % 2 == 0:
                commit_seconds = time.monotonic() - commits
        code = os.waitstatus_to_exitcode(status)
        print(json.dumps({"status": code, **at_output(output)}), flush=True)


if __name__ == "__main__":
    how, input, output, kills = sys.argv[1:]
    if how == "parts":
        whole._run_graph = without_graph
        whole.LABELLERS[LabellerName.RULES]()  # What a fork need not load.
    main(start_parts if how == "parts" else start_whole, Path(input), Path(output), int(kills))
