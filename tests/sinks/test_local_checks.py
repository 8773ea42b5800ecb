from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.sinks.errors import OutputNotOursError, OutputUnusableError
from pipeline.sinks.local_checks import check_target, fixed_part, foreign_entry, resolve


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a home and a current folder in it."""
    (tmp_path / "home" / "work").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "home" / "work")
    return tmp_path


@pytest.mark.parametrize(
    "output", ["/", ".", "..", "../..", "~home", "inputs", "inputs/deep", "inputs/deep/in.txt"]
)
@pytest.mark.parametrize("pattern", ["deep/in.txt", "deep/*.txt", "deep/**/x"])
def test_a_folder_that_must_not_be_swapped_away(folder: Path, output: str, pattern: str) -> None:
    inputs = Path("inputs")
    (inputs / "deep").mkdir(parents=True)
    (inputs / "deep" / "in.txt").write_text("text")
    before = sorted(folder.rglob("*"))
    target = resolve(output.replace("~home", str(folder / "home")))
    with pytest.raises(OutputUnusableError):
        check_target(target, [str(inputs / pattern)])
    assert sorted(folder.rglob("*")) == before


def test_a_folder_beside_or_inside_an_input_is_fine(folder: Path) -> None:
    Path("inputs").mkdir()
    for output in ("out", "inputs-2", "inputs/out", "new/deeper/out"):
        check_target(resolve(output), ["inputs", "inputs/*.txt", "s3://bucket/out"])
    assert not Path("out").exists()


def test_a_file_is_refused(folder: Path) -> None:
    Path("out").write_text("mine")
    for output in ("out", "out/below", "out/a/b"):
        with pytest.raises(OutputUnusableError, match="is a file"):
            check_target(resolve(output), [])
    assert Path("out").read_text() == "mine"


@pytest.mark.parametrize("output", ["", "a\0b"])
def test_no_path_is_refused(output: str) -> None:
    with pytest.raises(OutputUnusableError):
        resolve(output)


def test_a_mount_point_is_refused() -> None:
    with pytest.raises(OutputUnusableError, match="mount point"):
        check_target(Path("/proc"), [])


@pytest.mark.parametrize("name", ["notes.txt", ".git/config", "articles-00000-of-00001.jsonl/x"])
def test_a_folder_with_files_of_the_user_is_refused(folder: Path, name: str) -> None:
    mine = folder / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    (folder / "out" / "manifest.json").write_text("{}")
    with pytest.raises(OutputNotOursError, match=name.split("/", maxsplit=1)[0]):
        check_target(folder / "out", [])
    assert mine.read_text() == "mine"


def test_a_link_in_the_output_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").symlink_to("elsewhere")
    assert foreign_entry(tmp_path) == "manifest.json"


def test_a_former_output_and_an_empty_folder_are_fine(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    check_target(out, [])
    (out / "manifest.json").write_text("{}")
    (out / "ledger-00000-of-00001.jsonl").write_text("")
    check_target(out, [])


def test_the_fixed_part_of_a_glob(folder: Path) -> None:
    here = Path.cwd()
    assert fixed_part("a/b/*.txt") == here / "a" / "b"
    assert fixed_part("*.txt") == here
    assert fixed_part("/a/[ab]/c.txt") == Path("/a")
    (here / "a[1]").mkdir()
    assert fixed_part("a[1]") == here / "a[1]"


def test_a_link_to_an_input_is_its_target(folder: Path) -> None:
    Path("inputs").mkdir()
    Path("link").symlink_to("inputs")
    with pytest.raises(OutputUnusableError, match="INPUT"):
        check_target(resolve("link"), ["inputs"])
