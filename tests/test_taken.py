from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.sources.find import NS_PER_SECOND, FoundFile, Times, find_files
from pipeline.sources.rejections import ReadError, rejection, source_of
from pipeline.taken import RACY_NS, TakenFiles, taken_file
from schemas import TakenFile
from schemas.rejection import ErrorType

OLD = 1_500_000_000 * NS_PER_SECOND


def write(path: Path, content: str, modified_ns: int = OLD) -> FoundFile:
    path.write_text(content)
    os.utime(path, ns=(modified_ns, modified_ns))
    (found,) = find_files([str(path)])
    assert isinstance(found, FoundFile)
    return found


def settled(found: FoundFile) -> FoundFile:
    """The file as if nothing of it had changed for long, which nobody can bring about."""
    assert found.times is not None
    return FoundFile(found.uri, found.size, Times(found.times.modified_ns, OLD))


def first(found: FoundFile) -> TakenFile:
    row = TakenFiles().new(found)
    assert row is not None
    return row


def test_a_file_that_nobody_took_is_new(tmp_path: Path) -> None:
    row = first(write(tmp_path / "a", "one"))
    assert row.size == 3
    assert row.uri == str(tmp_path / "a")
    assert row.digest is not None


def test_the_same_file_is_taken_once(tmp_path: Path) -> None:
    found = write(tmp_path / "a", "one")
    assert TakenFiles([first(found)]).new(found) is None


def test_a_file_with_the_same_bytes_and_other_times_is_read_and_not_taken(tmp_path: Path) -> None:
    row = first(settled(write(tmp_path / "a", "one")))
    assert TakenFiles([row]).new(write(tmp_path / "a", "one", OLD + 1)) is None


@pytest.mark.parametrize("content", ["two", "one and more", ""])
def test_a_changed_file_is_new(tmp_path: Path, content: str) -> None:
    row = first(settled(write(tmp_path / "a", "one")))
    # Even with its former time of modification, which anybody can set.
    again = TakenFiles([row]).new(write(tmp_path / "a", content))
    assert again is not None
    assert again.digest != row.digest


def test_a_file_that_is_what_it_was_before_a_change_is_not_new(tmp_path: Path) -> None:
    rows = [first(write(tmp_path / "a", content)) for content in ("one", "two")]
    assert TakenFiles(rows).new(write(tmp_path / "a", "one")) is None


def test_the_same_bytes_elsewhere_are_new(tmp_path: Path) -> None:
    row = first(write(tmp_path / "a", "one"))
    assert TakenFiles([row]).new(write(tmp_path / "b", "one")) is not None


def test_a_file_with_known_size_and_times_is_not_read(tmp_path: Path) -> None:
    found = settled(write(tmp_path / "a", "one"))
    taken = TakenFiles([first(found)])
    (tmp_path / "a").unlink()
    assert taken.new(found) is None


def test_a_file_that_could_not_be_read_counts_as_taken_until_it_can_be(tmp_path: Path) -> None:
    found = settled(write(tmp_path / "a", "one"))
    (tmp_path / "a").unlink()
    row = first(found)
    assert row.digest is None
    taken = TakenFiles([row])
    assert taken.new(found) is None
    (tmp_path / "a").write_text("one")
    assert taken.new(found) is not None


def test_what_cannot_be_listed_counts_as_taken_until_it_can_be(tmp_path: Path) -> None:
    link = tmp_path / "link"
    broken = rejection(
        source_of(str(link), None), ReadError(ErrorType.UNREADABLE_FILE, "no such file")
    )
    row = TakenFiles().new(broken)
    assert row == TakenFile(
        uri=str(link), size=None, digest=None, modified_ns=None, changed_ns=None
    )
    taken = TakenFiles([row])
    assert taken.new(broken) is None
    assert taken.new(write(link, "one")) is not None


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    found = write(tmp_path / "a\udcff", "one")
    row = first(found)
    assert row.uri.endswith(r"a\xff")
    assert TakenFiles([row]).new(found) is None


def test_an_object_in_a_store_is_known_by_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.taken.stored_digest", lambda _uri: "tag:1")
    found = FoundFile("s3://b/a", 3, Times(OLD, None))
    row = first(found)
    assert row.changed_ns is None
    monkeypatch.delattr("pipeline.taken.stored_digest")
    assert TakenFiles([row]).new(found) is None


@pytest.mark.parametrize(
    ("times", "kept"),
    [
        (Times(OLD, OLD), True),
        (Times(OLD - 1, OLD + RACY_NS), True),
        (Times(OLD - 1, OLD + RACY_NS + 1), False),
        (Times(OLD + RACY_NS + 1, 0), False),
        (Times(OLD + RACY_NS + 1, None), False),
        (Times(OLD * 2, OLD), False),
        (None, False),
    ],
)
def test_times_close_to_the_run_are_not_relied_on(times: Times | None, kept: bool) -> None:
    row = taken_file("a", 1, "tag:1", times, OLD + 2 * RACY_NS)
    written = None if row.modified_ns is None else Times(row.modified_ns, row.changed_ns)
    assert written == (times if kept else None)


def test_many_rows_are_looked_up(tmp_path: Path) -> None:
    found = write(tmp_path / "a", "one")
    row = first(found)
    others = (row.model_copy(update={"uri": f"{row.uri}{n}"}) for n in range(2000))
    with TakenFiles(others) as taken:
        assert taken.new(found) is not None
