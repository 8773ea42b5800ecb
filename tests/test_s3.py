"""Whole runs from and to a store that speaks the protocol of S3."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import __main__ as command_line
from pipeline.beam_options import pipeline_options
from pipeline.options import parse_command_line
from pipeline.run import Outcome, run
from pipeline.sinks.place import open_place
from pipeline.sources.digest import stored_digest
from pipeline.sources.find import FoundFile, find_files
from pipeline.sources.transforms import open_bytes
from pipeline.taken import TakenFiles
from schemas import TakenFile
from tests.s3 import BUCKET, client, objects, s3_server, upload

ROOT = Path(__file__).parents[1]
FLAGS = ("--labeller=rules", "--progress=off", "--log-level=warning")
TEXT = "The ferry to the island ran again on Monday, number {0}, after a week of storms. " * 3


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        yield address


def words(address: str, input: str, output: str, *flags: str) -> tuple[str, ...]:
    return (
        f"--input={input}",
        f"--output={output}",
        f"--s3_endpoint_url={address}",
        *flags,
        *FLAGS,
    )


def ingest(address: str, input: str, output: str, *flags: str) -> Outcome:
    return run(parse_command_line(words(address, input, output, *flags)))


def committed(address: str, prefix: str) -> dict[str, bytes]:
    """Read an output as the documentation says: what its manifests name, by kind of file."""
    found = objects(address, prefix)
    read: dict[str, bytes] = {}
    for name in sorted(found):
        root = name.removesuffix("manifest.json")
        if name == "manifest.json" or (root.count("/") == 1 and root.startswith("batch-")):
            for file in json.loads(found[name])["files"]:
                kind = Path(file["name"]).name.partition("-")[0]
                read[kind] = read.get(kind, b"") + found[root + file["name"]]
    return read


def documents(rows: bytes) -> Counter[str]:
    return Counter(Path(json.loads(row)["source"]["uri"]).name for row in rows.splitlines())


def test_from_a_store_to_a_store(address: str) -> None:
    upload(address, ROOT / "seeds", "raw")
    client(address).put_object(Bucket=BUCKET, Key="raw/_temporary/part", Body=b"x")
    reads = []
    for flags in ((), ("--workers=2",)):
        outcome = ingest(address, f"s3://{BUCKET}/raw", f"s3://{BUCKET}/raw/out", *flags)
        assert outcome.manifest is not None
        assert outcome.manifest.files_read == 5
        reasons = {(Path(file.uri).name, file.reason) for file in outcome.manifest.skipped_files}
        # What was written before is no input.
        assert reasons >= {("README.md", "readme"), ("part", "underscore"), ("out", "output")}
        reads.append(committed(address, "raw/out"))
    assert reads[0] == reads[1]
    assert len(reads[0]["articles"].splitlines()) == 6
    assert reads[0]["rejected"] == b""
    tops = Counter(re.split("[-/]", name)[0] for name in objects(address, "raw/out"))
    # The last run and the one before it, for readers in the middle of it.
    assert tops == {"manifest.json": 1, "_lock": 1, "run": 8}


def test_incremental_runs_that_are_killed(address: str) -> None:
    places = (f"s3://{BUCKET}/night", f"s3://{BUCKET}/batches", "--incremental")
    chance = random.Random(5)
    kills, seconds = 2, 0.0
    for number in range(kills + 2):
        body = TEXT.format(number).encode()
        client(address).put_object(Bucket=BUCKET, Key=f"night/{number}.txt", Body=body)
        began = time.monotonic()
        command = [sys.executable, "-m", "pipeline", *words(address, *places)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as child:
            if 0 < number <= kills:
                time.sleep((0.4 + 0.6 * chance.random()) * seconds)
                child.kill()
        assert child.returncode in (0, -9)
        seconds = seconds or time.monotonic() - began
        read = committed(address, "batches")
        seen = documents(read["articles"])
        assert seen == documents(read["ledger"])
        assert set(seen.values()) == {1}
        # As if the minute had passed in which the lock of a dead run keeps others out.
        client(address).delete_object(Bucket=BUCKET, Key="batches/_lock")
    assert sorted(seen) == [f"{number}.txt" for number in range(kills + 2)]
    outcome = ingest(address, *places)
    assert (outcome.manifest, outcome.already_taken) == (None, kills + 2)
    found = objects(address, "batches")
    batches = sorted({name.partition("/")[0] for name in found if name != "_lock"})
    assert batches == [f"batch-{number + 1:05d}" for number in range(len(batches))]
    assert sum(name.endswith("/taken.jsonl") for name in found) == len(batches)


def test_an_object_that_changes_is_new(address: str) -> None:
    FileSystems.set_options(PipelineOptions([f"--s3_endpoint_url={address}"]))
    rows: list[TakenFile] = []
    for content, is_new in ((b"one", True), (b"one", False), (b"two", True)):
        client(address).put_object(Bucket=BUCKET, Key="changing/a [1].txt", Body=content)
        (found,) = find_files([f"s3://{BUCKET}/changing"])
        assert isinstance(found, FoundFile)
        row = TakenFiles(rows).new(found)
        assert (row is not None) == is_new
        rows += [row] if row is not None else []
    assert [row.changed_ns for row in rows] == [None, None]
    assert list(find_files([f"s3://{BUCKET}/changing/*.txt"])) == [found]
    assert stored_digest(f"s3://{BUCKET}/changing/gone") is None
    with pytest.raises(OSError, match="gone"):
        open_bytes(f"s3://{BUCKET}/changing/gone")


def test_a_second_run_at_once(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    client(address).put_object(Bucket=BUCKET, Key="one/a.txt", Body=b"text")
    flags = words(address, f"s3://{BUCKET}/one", f"s3://{BUCKET}/busy")
    settings = parse_command_line(flags)
    with open_place(settings.output, options=pipeline_options(settings)):
        assert command_line.main(flags) == 3
    assert "another run (process" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("input", "output", "message"),
    [
        (f"s3://{BUCKET}/nothing", "s3://bucket/x", "no such INPUT"),
        ("seeds", "s3://nowhere/x", "does not exist"),
        ("seeds", "s3://bucket", "name a folder in a bucket"),
        ("seeds", "hdfs://host/x", "is written to"),
    ],
)
def test_wrong_usage(
    address: str,
    input: str,
    output: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    assert command_line.main(words(address, input, output)) == 2
    assert message in capsys.readouterr().err
