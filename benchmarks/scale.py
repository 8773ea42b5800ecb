"""Does it stay flat? Memory on one large file, and the price of many small ones.

    python -m benchmarks.scale memory --mb 1024       one JSONL file of 1 GB: time and peak memory
    python -m benchmarks.scale files --count 10000    small files against one file of the same rows

Both run `python -m pipeline` as a user does, in a process of its own, and print what it took. With
`--most-mb` or `--most-seconds` the exit status is 1 when the figure is above.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.bundles import articles, write_files, write_jsonl

_MB = 1 << 20


class Figures(NamedTuple):
    """Wall and processor seconds of a run, and the peak memory of its largest process, in MB."""

    wall: float
    cpu: float
    peak_mb: float


def measure(source: Path, target: Path, *flags: str) -> Figures:
    """Run the pipeline once and return what it took.

    The peak is the kernel's largest over all children so far: measure the larger run last.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pipeline",
            f"--input={source}",
            f"--output={target}",
            "--progress=off",
            *flags,
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
    )
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    scale = 1 if sys.platform == "darwin" else 1024
    return Figures(wall, cpu, after.ru_maxrss * scale / _MB)


def memory(folder: Path, megabytes: int, most_mb: float, flags: list[str]) -> bool:
    """Print the figures of one large file; return whether the peak is within bounds."""
    source = folder / "rows.jsonl"
    rows = write_jsonl(source, megabytes * _MB)
    took = measure(source, folder / "out", *flags)
    manifest = json.loads((folder / "out/manifest.json").read_text(encoding="utf-8"))
    print(
        f"{megabytes} MB, {rows:,} rows: {took.wall:.0f} s wall, {took.cpu:.0f} s processor, "
        f"peak {took.peak_mb:.0f} MB, {manifest['counts']['articles']:,} articles"
    )
    return manifest["counts"]["documents"] == rows and took.peak_mb <= most_mb


def files(folder: Path, count: int, most_seconds: float, flags: list[str]) -> bool:
    """Print what small files cost beyond one file of the same texts."""
    write_files(folder / "files", count)
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as one:
        for text in articles(count, 2_000):
            one.write(json.dumps({"text": text}) + "\n")
    single = measure(folder / "rows.jsonl", folder / "single", *flags)
    many = measure(folder / "files", folder / "many", *flags)
    more = many.wall - single.wall
    print(
        f"{count:,} files: {many.wall:.1f} s, one file of the same: {single.wall:.1f} s, "
        f"{more:+.1f} s more; peak {many.peak_mb:.0f} MB"
    )
    return more <= most_seconds


def main() -> int:
    """Run one of the benchmarks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    large = kinds.add_parser("memory")
    large.add_argument("--mb", type=int, default=1024)
    large.add_argument("--most-mb", type=float, default=float("inf"))
    small = kinds.add_parser("files")
    small.add_argument("--count", type=int, default=10_000)
    small.add_argument("--most-seconds", type=float, default=float("inf"))
    chosen, flags = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.kind == "memory":
            passed = memory(folder, chosen.mb, chosen.most_mb, flags)
        else:
            passed = files(folder, chosen.count, chosen.most_seconds, flags)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
