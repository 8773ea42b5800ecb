"""Incremental runs of the whole pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline import __main__ as command_line
from pipeline.options import parse_command_line
from pipeline.run import Outcome, run
from pipeline.sinks.local_place import LocalPlace
from schemas import Manifest
from tests.bundles import bad_bundle, good_bundle

FLAGS = ("--labeller=rules", "--progress=off", "--log-level=warning", "--max-document-mb=1")


def ingest(bundle: Path, output: Path, *flags: str) -> Outcome:
    words = ("--input", str(bundle), "--output", str(output), *flags, *FLAGS)
    return run(parse_command_line(words))


def rows(folder: Path, kind: str) -> list[str]:
    """The rows of a kind below a folder."""
    return sorted(
        line
        for path in folder.rglob(f"{kind}-*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def test_batches_together_are_what_one_run_over_everything_gives(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    (source / "good").mkdir(parents=True)
    good_bundle(source / "good")
    one = ingest(source, output, "--incremental")
    (source / "bad").mkdir()
    bad_bundle(source / "bad")
    other = ingest(source, output, "--incremental")
    ingest(source, tmp_path / "whole")
    for kind in ("articles", "ledger", "rejected"):
        assert rows(output, kind) == rows(tmp_path / "whole", kind)
        assert rows(output, kind)

    assert one.manifest is not None
    assert other.manifest is not None
    assert one.folder == f"{output}/batch-00001"
    assert one.manifest.files_already_taken == 0
    assert other.manifest.files_already_taken == one.manifest.files_read
    for outcome in (one, other):
        manifest = (Path(outcome.folder) / "manifest.json").read_bytes()
        assert Manifest.model_validate_json(manifest) == outcome.manifest
        names = {path.name for path in Path(outcome.folder).iterdir()}
        assert names == {file.name for file in outcome.manifest.files} | {"manifest.json"}

    before = sorted(output.rglob("*"))
    assert ingest(source, output, "--incremental").manifest is None
    assert sorted(output.rglob("*")) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out", "whole"]


def test_a_changed_file_is_taken_again(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b"):
        (source / f"{name}.jsonl").write_text('{"text": "The ferry ran again on Monday."}\n' * 2)
    ingest(source, output, "--incremental")
    with (source / "a.jsonl").open("a") as file:
        file.write('{"text": "The ferry did not run on Tuesday, a spokesman said."}\n')
    ingest(source, output, "--incremental", "--workers=2")
    documents = [
        [json.loads(row)["document_id"] for row in rows(output / batch, "articles")]
        for batch in ("batch-00001", "batch-00002")
    ]
    assert [len(some) for some in documents] == [4, 3]
    assert len({*documents[0], *documents[1]}) == 5


@pytest.mark.parametrize("flags", [(), ("--incremental",)])
def test_a_second_run_at_once_ends_with_a_status_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: tuple[str, ...]
) -> None:
    (tmp_path / "a.txt").write_text("text")
    output = str(tmp_path / "out")
    with LocalPlace(output):
        assert command_line.main([str(tmp_path / "a.txt"), output, *flags]) == 3
    assert "another run (process" in capsys.readouterr().err


def test_an_output_of_the_other_kind_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "out" / "batch-00001").mkdir(parents=True)
    assert command_line.main([str(tmp_path / "a.txt"), str(tmp_path / "out")]) == 2
    assert "--incremental" in capsys.readouterr().err
