"""What an engine costs: beyond the plain functions, to start, and for each document.

    python -m benchmarks.engines overhead text    Beam's embedded engine against a plain loop
    python -m benchmarks.engines overhead html
    python -m benchmarks.engines engines          every engine that is on this machine

*overhead* runs the same reading, cleaning and writing functions over the same documents twice: in
a loop, and in the pipeline's own graph on FnApiRunner. Start-up is taken out by running two sizes:
what is compared is processor seconds for the documents that the larger one has more, which other
work on the machine disturbs least. With `--most RATIO` the exit status is 1 above it.

*engines* runs `python -m pipeline` on two sizes of a bundle: the line through both gives the
start-up and end (no documents) and the time of each document, in wall seconds, the median of
several turns. `--flags="--runner=FlinkRunner --flink_master=localhost:8081"` adds an engine, such
as a cluster that runs already.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.news import page, text
from pipeline.engines import JOB_SERVERS, PRISM, engines_folder

_ROOT: Final = Path(__file__).parent.parent
_SMALL_JVM: Final = tuple(
    f"--job_server_jvm_properties={flag}"
    for flag in ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
)
ENGINES: Final[dict[str, tuple[Path | None, tuple[str, ...]]]] = {
    "FnApiRunner": (None, ()),
    "FnApiRunner, 2 workers": (None, ("--workers=2",)),
    "PortableRunner, embed": (None, ("--runner=PortableRunner", "--job_endpoint=embed")),
    "PrismRunner": (PRISM, ("--runner=PrismRunner",)),
    "FlinkRunner, [local]": (
        JOB_SERVERS["FlinkRunner"],
        ("--runner=FlinkRunner", "--flink_master=[local]", "--parallelism=2", *_SMALL_JVM),
    ),
    "SparkRunner, local[2]": (
        JOB_SERVERS["SparkRunner"],
        ("--runner=SparkRunner", "--spark_master_url=local[2]", *_SMALL_JVM),
    ),
}
"""Flags of each engine, and the file below the engines' folder without which it is left out."""


def write_rows(path: Path, count: int, make: Callable[[int], str], key: str) -> None:
    """Write `count` documents as rows of a JSONL file."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps({"id": str(number), key: make(number)}) + "\n")


def plain_loop(source: Path, target: Path) -> None:
    """Read, clean and write all documents of a file as the graph does, without Beam around it."""
    from pipeline.cleaner import MakePageCleaner, TextCleaner
    from pipeline.documents import RawDocument
    from pipeline.helper.pool import HelperPool
    from pipeline.options import Settings
    from pipeline.run import cleaning_settings, page_limits
    from pipeline.sinks.layout import FILES, PIECES
    from pipeline.sinks.merge import merge_shard
    from pipeline.sinks.pieces import BUFFER_BYTES, ROW_OVERHEAD, Piece, write_piece
    from pipeline.sinks.rows import OutputModel, OutputRow, output_row
    from pipeline.sources.find import FoundFile
    from pipeline.sources.limits import ReadLimits
    from pipeline.sources.read import read_file
    from pipeline.sources.transforms import open_bytes

    for name in (FILES, PIECES):
        (target / name).mkdir(parents=True)
    settings = Settings(inputs=(str(source),))
    cleaning = cleaning_settings(settings)
    cleaner = TextCleaner(cleaning)
    pool = HelperPool(MakePageCleaner(cleaning), page_limits(settings))
    helper = pool.borrow()
    found = FoundFile(str(source), source.stat().st_size)
    # No document here is one that the helper loses, so that every answer is rows.
    pieces: list[Piece] = []
    rows: list[OutputRow] = []
    held = asked = 0

    def keep(made: Iterable[OutputModel | OutputRow]) -> None:
        nonlocal held
        for row in map(output_row, made):
            rows.append(row)
            held += len(row.key) + len(row.line) + ROW_OVERHEAD
        if held >= BUFFER_BYTES:
            pieces.append(write_piece(str(target), rows))
            rows.clear()
            held = 0

    for document in read_file(found, open_bytes, ReadLimits()):
        if not isinstance(document, RawDocument):
            continue
        if not document.is_html:
            keep(cleaner.rows(document))
            continue
        helper.ask(document)
        asked += 1
        while asked and (helper.is_answered or not helper.has_room):
            keep(helper.take())
            asked -= 1
    for _ in range(asked):
        keep(helper.take())
    pieces.append(write_piece(str(target), rows))
    merge_shard(str(target), 0, 1, pieces)
    pool.give_back(helper)


def adopt_orphans() -> None:
    """Make the kernel give this process the children that its children leave behind.

    Only of processes that were waited for does the kernel tell the processor time, and helper
    processes may outlive the run that started them by a moment. Linux only; see prctl(2).
    """
    set_child_subreaper = 36
    if sys.platform != "linux" or ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0):
        raise OSError("processor time can be measured on Linux only")


def processor_seconds(words: list[str]) -> float:
    """Run a command of this project; return the processor seconds of it and all below it."""
    before = os.times()
    subprocess.run([sys.executable, *words], check=True, cwd=_ROOT, stdout=subprocess.DEVNULL)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def overhead(kind: str, count: int, repeats: int, most: float) -> bool:
    """Print Beam's share of a document's time; return whether it is within bounds."""
    adopt_orphans()
    make, key = (text, "text") if kind == "text" else (page, "html")
    seconds: dict[str, list[float]] = {"loop": [], "beam": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (count // 10, count)
        for size in sizes:
            write_rows(folder / f"{size}.jsonl", size, make, key)
        # In turn, so that a change of the machine's load meets both.
        for turn in range(repeats):
            for way, each in seconds.items():
                took = []
                for size in sizes:
                    source, target = folder / f"{size}.jsonl", folder / f"{way}-{size}-{turn}"
                    if way == "loop":
                        words = ["-m", "benchmarks.engines", "loop", str(source), str(target)]
                    else:
                        words = ["-m", "pipeline", f"--input={source}", f"--output={target}"]
                        words.append("--progress=off")
                    took.append(processor_seconds(words))
                each.append((took[1] - took[0]) / (sizes[1] - sizes[0]))
    loop, beam = median(seconds["loop"]), median(seconds["beam"])
    print(
        f"{kind}: plain loop {loop * 1000:.2f} ms, FnApiRunner {beam * 1000:.2f} ms of processor "
        f"time for a document; ratio {beam / loop:.2f} (median of {repeats}, "
        f"{sizes[1] - sizes[0]:,} documents)"
    )
    return beam / loop <= most


def wall_seconds(source: Path, target: Path, flags: tuple[str, ...]) -> float:
    """Run the pipeline as a user does and return what it took."""
    started = time.monotonic()
    subprocess.run(
        [
            *(sys.executable, "-m", "pipeline", "--progress=off", "--log-level=error"),
            *(f"--input={source}", f"--output={target}", *flags),
        ],
        check=True,
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - started


def engines(count: int, only: str, repeats: int, given: list[str]) -> bool:
    """Print start-up and time of a document for each engine, those of the given flags too."""
    chosen = {name: engine for name, engine in ENGINES.items() if only in name}
    chosen |= {words: (None, tuple(shlex.split(words))) for words in given}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = (count // 10, count)
        for size in sizes:
            (folder / str(size)).mkdir()
            # Engines spread files: sixteen are enough for all workers.
            for part in range(16):
                write_rows(
                    folder / str(size) / f"{part}.jsonl",
                    size // 16,
                    partial(_text_of_part, part),
                    "text",
                )
        there: dict[str, tuple[str, ...]] = {}
        for engine, (needed, flags) in chosen.items():
            if needed is None or (engines_folder(os.environ) / needed).is_file():
                there[engine] = flags
            else:
                print(f"{engine}: skipped, no {engines_folder(os.environ) / needed}")
        seconds: dict[tuple[str, int], list[float]] = defaultdict(list)
        # In turn, as above.
        for _ in range(repeats):
            for engine, flags in there.items():
                for size in sizes:
                    took = wall_seconds(folder / str(size), folder / f"out-{size}", flags)
                    seconds[engine, size].append(took)
        few, many = (size // 16 * 16 for size in sizes)
        for engine in there:
            least, most = (median(seconds[engine, size]) for size in sizes)
            each = (most - least) / (many - few)
            print(
                f"{engine}: start-up and end {least - each * few:.1f} s, {each * 1000:.2f} ms a "
                f"document (median of {repeats}, {few} and {many:,} documents)"
            )
    return True


def _text_of_part(part: int, number: int) -> str:
    return text(part * 100_000 + number)


def main() -> int:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    beam = kinds.add_parser("overhead")
    beam.add_argument("documents", choices=["text", "html"])
    beam.add_argument("--count", type=int, default=2000)
    beam.add_argument("--repeats", type=int, default=3)
    beam.add_argument("--most", type=float, default=float("inf"))
    every = kinds.add_parser("engines")
    every.add_argument("--count", type=int, default=1600)
    every.add_argument("--repeats", type=int, default=3)
    every.add_argument("--only", default="", help="part of an engine's name")
    every.add_argument("--flags", action="append", default=[], help="flags of one more engine")
    loop = kinds.add_parser("loop")
    loop.add_argument("source", type=Path)
    loop.add_argument("target", type=Path)
    chosen = parser.parse_args()
    if chosen.kind == "loop":
        plain_loop(chosen.source, chosen.target)
        return 0
    if chosen.kind == "overhead":
        passed = overhead(chosen.documents, chosen.count, chosen.repeats, chosen.most)
    else:
        passed = engines(chosen.count, chosen.only, chosen.repeats, chosen.flags)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
