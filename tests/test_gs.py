"""Whole runs from and to a store that speaks the protocol of Google Cloud Storage."""

from __future__ import annotations

import json
import re
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
from pipeline.sources.transforms import open_bytes
from tests.gs import bucket, gs_server, objects, upload

ROOT = Path(__file__).parents[1]
FLAGS = ("--labeller=rules", "--progress=off", "--log-level=warning")
TEXT = "The ferry to the island ran again on Monday, number {0}, after a week of storms. " * 3


@pytest.fixture(scope="module", autouse=True)
def _server() -> Iterator[None]:
    with gs_server():
        yield


def ingest(input: str, output: str, *flags: str) -> Outcome:
    return run(parse_command_line((f"--input={input}", f"--output={output}", *flags, *FLAGS)))


def committed(prefix: str) -> dict[str, bytes]:
    """Read an output as the documentation says: what its manifests name, by kind of file."""
    found = objects(prefix)
    read: dict[str, bytes] = {}
    for name in sorted(found):
        root = name.removesuffix("manifest.json")
        if name == "manifest.json" or (root.count("/") == 1 and root.startswith("batch-")):
            for file in json.loads(found[name])["files"]:
                kind = Path(file["name"]).name.partition("-")[0]
                read[kind] = read.get(kind, b"") + found[root + file["name"]]
    return read


def documents(rows: bytes) -> list[str]:
    return sorted(Path(json.loads(row)["source"]["uri"]).name for row in rows.splitlines())


def test_from_a_store_to_a_store() -> None:
    upload(ROOT / "seeds", "raw")
    bucket().blob("raw/_temporary/part").upload_from_string(b"x")
    reads = []
    for _ in range(2):
        outcome = ingest("gs://bucket/raw", "gs://bucket/raw/out")
        assert outcome.manifest is not None
        assert outcome.manifest.files_read == 5
        reasons = {(Path(file.uri).name, file.reason) for file in outcome.manifest.skipped_files}
        # What was written before is no input.
        assert reasons >= {("README.md", "readme"), ("part", "underscore"), ("out", "output")}
        reads.append(committed("raw/out"))
    assert reads[0] == reads[1]
    assert len(reads[0]["articles"].splitlines()) == 6
    assert reads[0]["rejected"] == b""
    tops = Counter(re.split("[-/]", name)[0] for name in objects("raw/out"))
    # The last run and the one before it, for readers in the middle of it.
    assert tops == {"manifest.json": 1, "_lock": 1, "run": 8}


def test_the_same_rows_as_on_the_disk(tmp_path: Path) -> None:
    upload(ROOT / "seeds", "same")
    ingest("gs://bucket/same", str(tmp_path / "out"))
    ingest("gs://bucket/same", "gs://bucket/copy")
    for kind, rows in committed("copy").items():
        (path,) = (tmp_path / "out").glob(f"{kind}-*.jsonl")
        assert path.read_bytes() == rows


def test_incremental_runs() -> None:
    places = ("gs://bucket/night", "gs://bucket/batches", "--incremental")
    for number in range(2):
        bucket().blob(f"night/{number}.txt").upload_from_string(TEXT.format(number))
        outcome = ingest(*places)
        assert (outcome.folder.split("/")[-2], outcome.already_taken) == (
            f"batch-{number + 1:05d}",
            number,
        )
        read = committed("batches")
        expected = [f"{number}.txt" for number in range(number + 1)]
        assert documents(read["articles"]) == documents(read["ledger"]) == expected
    outcome = ingest(*places)
    assert (outcome.manifest, outcome.already_taken) == (None, 2)
    bucket().blob("night/0.txt").upload_from_string(TEXT.format("changed"))
    assert ingest(*places).already_taken == 1


def test_a_second_run_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    bucket().blob("one/a.txt").upload_from_string(b"text")
    words = ("--input=gs://bucket/one", "--output=gs://bucket/busy", *FLAGS)
    settings = parse_command_line(words)
    with open_place(settings.output, options=pipeline_options(settings)):
        assert command_line.main(words) == 3
    assert "another run (process" in capsys.readouterr().err


def test_an_input_that_is_gone() -> None:
    FileSystems.set_options(PipelineOptions([]))
    with pytest.raises(OSError, match="gone"):
        open_bytes("gs://bucket/gone")


@pytest.mark.parametrize(
    ("input", "output", "message"),
    [
        ("gs://bucket/nothing", "gs://bucket/x", "no such INPUT"),
        ("seeds", "gs://nowhere/x", "cannot be used: 404"),
        ("seeds", "gs://bucket", "name a folder in a bucket"),
    ],
)
def test_wrong_usage(
    input: str,
    output: str,
    message: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    assert command_line.main((f"--input={input}", f"--output={output}", *FLAGS)) == 2
    assert message in capsys.readouterr().err
