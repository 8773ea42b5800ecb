from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.sinks.errors import (
    OutputBusyError,
    OutputError,
    OutputNotOursError,
    OutputUnusableError,
    PromotionError,
)
from pipeline.sinks.exchange import exchange
from pipeline.sinks.layout import FILES, MANIFEST
from pipeline.sinks.local_place import LocalPlace
from pipeline.sinks.place import open_place


def never(_one: Path, _other: Path) -> bool:
    return False


@pytest.fixture(params=[exchange, never], ids=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest) -> Callable[[Path, Path], bool]:
    return request.param  # type: ignore[no-any-return]


def fill(place: LocalPlace, content: str) -> None:
    (Path(place.path) / FILES / "articles-00000-of-00001.jsonl").write_text(content)
    (Path(place.path) / FILES / MANIFEST).write_text(content)


def promoted(output: Path, content: str, swap: Callable[[Path, Path], bool] = exchange) -> None:
    with LocalPlace(str(output), exchange=swap) as place:
        fill(place, content)
        place.promote()


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def contents(folder: Path) -> set[str]:
    return {file.read_text() for file in folder.iterdir()}


def test_the_new_output_takes_the_place_of_the_former(
    tmp_path: Path, swap: Callable[[Path, Path], bool]
) -> None:
    out = tmp_path / "new" / "parents" / "out"
    for content in ("one", "two", "three"):
        promoted(out, content, swap)
        assert contents(out) == {content}
        assert names(out.parent) == ["out"]


def test_files_of_the_former_output_do_not_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "ledger-00003-of-00004.jsonl").write_text("stale")
    promoted(out, "new")
    assert contents(out) == {"new"}


def test_nothing_is_seen_before_the_promotion(tmp_path: Path) -> None:
    out = tmp_path / "out"
    promoted(out, "one")
    with LocalPlace(str(out)) as place:
        fill(place, "two")
        assert contents(out) == {"one"}
    assert names(tmp_path) == ["out"]
    assert contents(out) == {"one"}


def test_a_run_that_fails_leaves_the_former_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    promoted(out, "one")
    with suppress(ZeroDivisionError), LocalPlace(str(out)) as place:
        fill(place, "two")
        _ = 1 / 0
    assert contents(out) == {"one"}
    assert names(tmp_path) == ["out"]


def test_an_output_without_manifest_is_not_promoted(tmp_path: Path) -> None:
    with LocalPlace(str(tmp_path / "out")) as place, pytest.raises(PromotionError):
        place.promote()
    assert names(tmp_path) == []


def test_a_place_is_promoted_once(tmp_path: Path) -> None:
    place = LocalPlace(str(tmp_path / "out"))
    fill(place, "one")
    place.promote()
    with pytest.raises(PromotionError):
        place.promote()
    place.discard()
    assert contents(tmp_path / "out") == {"one"}


def test_a_link_stays_and_its_folder_is_replaced(
    tmp_path: Path, swap: Callable[[Path, Path], bool]
) -> None:
    (tmp_path / "link").symlink_to("far/real")
    for content in ("one", "two"):
        promoted(tmp_path / "link", content, swap)
        assert (tmp_path / "link").is_symlink()
        assert contents(tmp_path / "far" / "real") == {content}
    assert names(tmp_path / "far") == ["real"]


def test_the_access_rights_of_the_folder_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o2770)
    promoted(out, "one")
    assert stat.S_IMODE(out.stat().st_mode) == 0o2770


def test_two_runs_at_once(tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    with LocalPlace(out) as place:
        with pytest.raises(OutputBusyError, match=f"process {os.getpid()}"):
            LocalPlace(out)
        with LocalPlace(str(tmp_path / "out2")):
            pass
        fill(place, "one")
        place.promote()
    with LocalPlace(out):
        pass


def test_a_lock_file_that_nobody_holds_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / ".out.lock").write_text("12345\n")
    promoted(tmp_path / "out", "one")
    assert names(tmp_path) == ["out"]


def test_a_lock_that_is_removed_while_it_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, real = tmp_path / ".out.lock", fcntl.flock
    removals = iter([lock.unlink, lambda: None])

    def flock(file: int, operation: int) -> None:
        next(removals)()
        real(file, operation)

    monkeypatch.setattr(fcntl, "flock", flock)
    with LocalPlace(str(tmp_path / "out")):
        monkeypatch.undo()
        assert lock.read_text() == f"{os.getpid()}\n"


def test_dead_runs_are_swept_and_nothing_else(tmp_path: Path) -> None:
    dead = tmp_path / f".out.run-{'0' * 32}" / "pieces"
    kept = [f".out2.run-{'0' * 32}", ".out.run-mine", "out.run", f"xout.run-{'0' * 32}"]
    for folder in (dead, *(tmp_path / name for name in kept)):
        folder.mkdir(parents=True)
        (folder / "file").write_text("")
    promoted(tmp_path / "out", "one")
    assert names(tmp_path) == sorted([*kept, "out"])


def test_a_promotion_that_stopped_half_way_is_undone(tmp_path: Path) -> None:
    former = tmp_path / f".out.run-{'0' * 32}" / "former"
    former.mkdir(parents=True)
    (former / MANIFEST).write_text("one")
    with LocalPlace(str(tmp_path / "out")):
        assert contents(tmp_path / "out") == {"one"}


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "no"), KeyboardInterrupt()])
def test_a_promotion_that_fails_half_way_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    out = tmp_path / "out"
    promoted(out, "one")
    real = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path.name == FILES:
            raise error
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises((PromotionError, KeyboardInterrupt)):
        promoted(out, "two", never)
    assert contents(out) == {"one"}


def test_what_could_not_be_promoted_stays_until_the_next_run(tmp_path: Path) -> None:
    out = tmp_path / "out"
    promoted(out, "one")
    with LocalPlace(str(out)) as place:
        fill(place, "two")
        (out / "mine.txt").write_text("mine")
        with pytest.raises(PromotionError, match=r"mine\.txt"):
            place.promote()
    assert contents(out) == {"one", "mine"}
    assert contents(Path(place.path) / FILES) == {"two"}
    (out / "mine.txt").unlink()
    promoted(out, "three")
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize(
    ("output", "error"),
    [
        ("in", OutputUnusableError),
        ("in/a.txt", OutputUnusableError),
        ("mine", OutputNotOursError),
        ("hdfs://host/out", OutputUnusableError),
        ("x" * 250, OutputUnusableError),
    ],
)
def test_an_output_is_refused_before_anything_is_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, error: type[OutputError]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("in/a.txt", "mine/a.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text("text")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error):
        open_place(output, ["in/*.txt"])
    assert sorted(tmp_path.rglob("*")) == before


def test_the_place_that_is_opened_is_local(tmp_path: Path) -> None:
    with open_place(str(tmp_path / "out")) as place:
        assert Path(place.path).is_absolute()
        assert place.run_id in place.path


def test_folders_are_exchanged_or_nothing_happens(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / folder.name).write_text("")
    done = exchange(one, other)
    assert (names(one), names(other)) == ((["other"], ["one"]) if done else (["one"], ["other"]))
    if done:
        with pytest.raises(FileNotFoundError):
            exchange(one, tmp_path / "missing")


def test_a_system_without_exchange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_more: object())
    assert not exchange(tmp_path, tmp_path)
    promoted(tmp_path / "out", "one")
    promoted(tmp_path / "out", "two")
    assert contents(tmp_path / "out") == {"two"}


@pytest.mark.parametrize(("code", "expected"), [(errno.EIO, "one"), (errno.EINVAL, "two")])
def test_a_disk_that_cannot_keep_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, expected: str
) -> None:
    out = tmp_path / "out"
    promoted(out, "one")

    def fsync(_file: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fsync)
    with suppress(PromotionError):
        promoted(out, "two")
    assert contents(out) == {expected}
