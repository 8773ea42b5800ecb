from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import pytest

from pipeline import survey as module
from pipeline.sinks.layout import MANIFEST
from pipeline.sinks.local_batches import LocalBatchPlace
from pipeline.sinks.local_place import LocalPlace
from pipeline.sources.find import FoundFile
from pipeline.sources.listing import read_listing
from pipeline.survey import Survey, survey
from schemas import TakenFile


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in {"a.txt": "one", "d/b.txt": "two more", "README.md": "x"}.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (tmp_path / "in" / "link").symlink_to("nowhere")
    return tmp_path


def listed(seen: Survey) -> list[str]:
    with Path(seen.listing).open("rb") as file:
        return [
            item.uri if isinstance(item, FoundFile) else item.source.uri
            for item in read_listing(file)
        ]


def test_what_is_counted_is_what_is_listed(bundle: Path) -> None:
    with LocalPlace("out") as place:
        seen = survey(["in"], "out", place, incremental=False)
        assert listed(seen) == ["in/a.txt", "in/d/b.txt", "in/link"]
        assert list(Path(place.files).iterdir()) == []
    assert (seen.files, seen.size, seen.unreadable) == (2, 11, 1)
    assert [file.uri for file in seen.skipped] == ["in/README.md"]
    assert (seen.already_taken, seen.taken, seen.is_empty) == (None, None, False)


def add() -> tuple[Survey, list[str]]:
    with LocalBatchPlace("out") as place:
        seen = survey(["in"], "out", place, incremental=True)
        uris = listed(seen)
        (Path(place.files) / MANIFEST).touch()
        place.promote()
    return seen, uris


def test_an_incremental_run_lists_what_no_batch_has_taken(bundle: Path) -> None:
    seen, uris = add()
    assert uris == ["in/a.txt", "in/d/b.txt", "in/link"]
    content = Path("out/batch-00001/taken.jsonl").read_bytes()
    rows = [TakenFile.model_validate_json(line) for line in content.splitlines()]
    assert [(row.uri, row.size) for row in rows] == [
        ("in/a.txt", 3), ("in/d/b.txt", 8), ("in/link", None)
    ]  # fmt: skip
    assert seen.taken is not None
    assert (seen.taken.name, seen.taken.rows, seen.taken.bytes) == ("taken.jsonl", 3, len(content))
    assert seen.taken.sha256 == hashlib.sha256(content).hexdigest()
    assert (seen.already_taken, seen.is_empty) == (0, False)

    (bundle / "in" / "c.txt").write_text("three")
    (bundle / "in" / "a.txt").write_text("ONE")
    seen, uris = add()
    assert uris == ["in/a.txt", "in/c.txt"]
    assert (seen.files, seen.size, seen.unreadable, seen.already_taken) == (2, 8, 0, 2)
    seen, uris = add()
    assert uris == []
    assert (seen.is_empty, seen.already_taken) == (True, 4)


def test_a_file_of_several_inputs_is_listed_once(bundle: Path) -> None:
    with LocalBatchPlace("out") as place:
        seen = survey(["in/*.txt", "in", "./in//a.txt"], "out", place, incremental=True)
        assert sorted(listed(seen)) == ["in/a.txt", "in/d/b.txt", "in/link"]


def test_a_long_look_says_that_it_goes_on(
    bundle: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SAY_SECONDS", 0.0)
    with caplog.at_level(logging.INFO), LocalBatchPlace("out") as place:
        survey(["in"], "out", place, incremental=True)
    assert "looking for new files: 2 compared so far" in caplog.text
