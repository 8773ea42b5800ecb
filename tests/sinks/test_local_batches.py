from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.sinks.errors import (
    OutputBusyError,
    OutputError,
    OutputModeError,
    OutputNotOursError,
    PromotionError,
)
from pipeline.sinks.layout import MANIFEST, TAKEN, batch_name, batch_number
from pipeline.sinks.local_batches import LocalBatchPlace
from pipeline.sinks.local_place import LocalPlace
from pipeline.sinks.place import open_place

SCRIPT = Path(__file__).with_name("adding.py")


def fill(place: LocalPlace, content: str) -> None:
    for name in ("articles-00000-of-00001.jsonl", TAKEN, MANIFEST):
        Path(place.files, name).write_text(content)


def add(output: Path, content: str) -> str:
    with LocalBatchPlace(str(output)) as place:
        fill(place, content)
        return place.promote()


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def contents(folder: Path) -> set[str]:
    return {file.read_text() for file in folder.iterdir()}


@pytest.mark.parametrize(("number", "name"), [(1, "batch-00001"), (123456, "batch-123456")])
def test_names_of_batches(number: int, name: str) -> None:
    assert batch_name(number) == name
    assert batch_number(name) == number


@pytest.mark.parametrize(
    "name", ["batch-1", "batch-000001", "batch-", "xbatch-00001", "batch-0000a"]
)
def test_what_is_no_name_of_a_batch(name: str) -> None:
    assert batch_number(name) is None


def test_batches_are_added_and_stay(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    assert [add(out, content) for content in ("one", "two", "three")] == names(out)
    assert names(out) == ["batch-00001", "batch-00002", "batch-00003"]
    assert [contents(out / name) for name in names(out)] == [{"one"}, {"two"}, {"three"}]
    assert names(out.parent) == ["out"]


def test_batches_are_given_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    numbers = [9, 100000, 99999]
    for number in numbers:
        (tmp_path / "out" / batch_name(number)).mkdir(parents=True)
        (tmp_path / "out" / batch_name(number) / TAKEN).touch()
    with LocalBatchPlace(str(tmp_path / "out")) as place:
        found = [batch_number(Path(batch).name) for batch in place.batches()]
    assert found == [9, 99999, 100000]
    assert add(tmp_path / "out", "next") == "batch-100001"


def test_a_place_that_is_left_adds_nothing(tmp_path: Path) -> None:
    with LocalBatchPlace(str(tmp_path / "out")) as place:
        fill(place, "one")
        assert place.batches() == ()
    assert names(tmp_path) == []


def test_the_access_rights_of_the_output_pass_to_its_batches(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o2770)
    add(out, "one")
    assert stat.S_IMODE((out / "batch-00001").stat().st_mode) == 0o2770


def test_one_run_at_a_time_whatever_its_kind(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    for kind in (LocalPlace, LocalBatchPlace):
        with kind(out):
            for other in (LocalPlace, LocalBatchPlace):
                with pytest.raises(OutputBusyError):
                    other(out)


def put(folder: Path, *files: str) -> None:
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file)


@pytest.mark.parametrize(
    ("files", "incremental", "error", "message"),
    [
        (["batch-00001/taken.jsonl"], False, OutputModeError, "add to them with --incremental"),
        (["manifest.json"], True, OutputModeError, "without --incremental"),
        (["articles-00000-of-00001.jsonl"], True, OutputModeError, "without --incremental"),
        (["mine.txt"], True, OutputNotOursError, r"'mine\.txt'"),
        (["batch-00001/taken.jsonl", "batch-2/x"], True, OutputNotOursError, "'batch-2'"),
        (["batch-00001/articles.jsonl"], True, OutputNotOursError, r"has no taken\.jsonl"),
        (["batch-00001"], True, OutputNotOursError, "'batch-00001'"),
    ],
)
def test_an_output_of_another_kind_is_refused_untouched(
    tmp_path: Path, files: list[str], incremental: bool, error: type[OutputError], message: str
) -> None:
    put(tmp_path / "out", *files)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error, match=message):
        open_place(str(tmp_path / "out"), incremental=incremental)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_output_and_what_the_desktop_leaves_are_fine(tmp_path: Path) -> None:
    put(tmp_path / "out", ".DS_Store")
    assert add(tmp_path / "out", "one") == "batch-00001"


def test_rows_of_old_batches_may_be_removed_by_their_owner(tmp_path: Path) -> None:
    add(tmp_path / "out", "one")
    (tmp_path / "out" / "batch-00001" / "articles-00000-of-00001.jsonl").unlink()
    assert add(tmp_path / "out", "two") == "batch-00002"


def test_a_batch_that_cannot_be_kept_stays_until_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    add(out, "one")
    with LocalBatchPlace(str(out)) as place:
        fill(place, "two")

        def fsync(_file: int) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fsync)
            with pytest.raises(PromotionError, match="stays in"):
                place.promote()
        assert contents(Path(place.files)) == {"two"}
    assert names(out) == ["batch-00001"]
    add(out, "three")
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize("missing", [MANIFEST, TAKEN])
def test_a_batch_that_is_not_finished_is_not_added(tmp_path: Path, missing: str) -> None:
    with LocalBatchPlace(str(tmp_path / "out")) as place:
        fill(place, "one")
        Path(place.files, missing).unlink()
        with pytest.raises(PromotionError, match="no finished output"):
            place.promote()
    assert names(tmp_path) == []


def test_files_that_came_meanwhile_keep_the_batch_out(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with LocalBatchPlace(str(out)) as place:
        fill(place, "one")
        put(out, "mine.txt")
        with pytest.raises(PromotionError, match=r"mine\.txt"):
            place.promote()
    assert names(out) == ["mine.txt"]


def test_killed_at_every_step(tmp_path: Path) -> None:
    out, steps = tmp_path / "out", 60
    result = subprocess.run(
        [sys.executable, str(SCRIPT), str(out), str(steps)],
        capture_output=True,
        text=True,
        check=True,
    )
    former: list[str] = []
    done = 0
    for number, line in enumerate(result.stdout.splitlines()):
        status, *batches = line.split("\t")
        added = f"{batch_name(len(former) + 1)} 5 run {number}"
        assert batches in (former, [*former, added])
        assert status in ("0", "137")
        assert status == "137" or batches != former
        former, done = batches, done + (status == "0")
    assert 0 < done < steps, "the steps do not reach from the first to the last"
    with LocalBatchPlace(str(out)) as place:
        assert len(place.batches()) == len(former)
    assert names(tmp_path) == ["out"]
