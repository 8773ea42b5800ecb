import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from apache_beam.io.filesystem import FileMetadata, MatchResult
from apache_beam.io.filesystems import FileSystems

from pipeline.sources.find import (
    Found,
    FoundFile,
    SkippedFile,
    SkipReason,
    find_files,
    missing_inputs,
)
from schemas.rejection import ErrorType, Rejection
from tests.sources.helpers import write


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(*paths: str) -> None:
    for path in paths:
        write(Path(path))


def found(*inputs: str) -> list[str]:
    return [item.uri for item in find_files(inputs) if isinstance(item, FoundFile)]


def skipped(*inputs: str) -> dict[str, str]:
    return {item.uri: item.reason for item in find_files(inputs) if isinstance(item, SkippedFile)}


def rejected(*inputs: str) -> dict[str, str]:
    return {
        item.source.uri: item.error_message
        for item in find_files(inputs)
        if isinstance(item, Rejection)
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("data/a.txt", ["data/a.txt"]),
        ("./data//a.txt", ["data/a.txt"]),
        ("data", ["data/a.txt", "data/b.txt", "data/c-d.txt", "data/c/e.jsonl"]),
        ("data/", ["data/a.txt", "data/b.txt", "data/c-d.txt", "data/c/e.jsonl"]),
        ("data/*.txt", ["data/a.txt", "data/b.txt", "data/c-d.txt"]),
        ("data/[ab].*", ["data/a.txt", "data/b.txt"]),
        ("data/**/*.jsonl", ["data/c/e.jsonl"]),
        ("data/**/*.txt", ["data/a.txt", "data/b.txt", "data/c-d.txt"]),
        ("data/*", ["data/a.txt", "data/b.txt", "data/c-d.txt", "data/c/e.jsonl"]),
        ("data/c*", ["data/c-d.txt", "data/c/e.jsonl"]),
        ("*/c/*", ["data/c/e.jsonl"]),
        ("data/../data/a.txt", ["data/../data/a.txt"]),
        ("nothing", []),
        ("nothing/*.txt", []),
        ("", []),
        ("a\0b", []),
    ],
)
def test_an_input_is_a_file_a_folder_or_a_glob(given: str, expected: list[str]) -> None:
    plant("data/b.txt", "data/a.txt", "data/c/e.jsonl", "data/c-d.txt")
    assert found(given) == expected


def test_the_current_folder_has_no_prefix() -> None:
    plant("b/c.txt", "a.txt")
    assert found(".") == found("*") == ["a.txt", "b/c.txt"]


def test_absolute_paths_stay_absolute(here: Path) -> None:
    plant("d/a.txt")
    assert found(str(here / "d")) == found(str(here / "d/*")) == [str(here / "d/a.txt")]


def test_sizes_are_those_of_the_files() -> None:
    write(Path("a.txt"), b"12345")
    assert list(find_files(["a.txt"])) == [FoundFile("a.txt", 5)]


@pytest.mark.parametrize("name", ["a[1].txt", "a*.txt", "what?.txt", "[x]/b.txt"])
def test_an_existing_path_is_taken_literally(name: str) -> None:
    plant(name, "a1.txt", "ab.txt", "whats.txt", "x/b.txt")
    assert found(name) == [name]
    assert missing_inputs([name]) == []


def test_what_is_no_data_in_a_folder_is_listed_not_lost() -> None:
    plant("d/a.txt", "d/.b", "d/_SUCCESS", "d/README.md", "d/readme", "d/x/ReadMe.txt")
    plant("d/.git/config", "d/_temporary/0/part", "d/readme.d/c.txt")
    assert found("d") == ["d/a.txt", "d/readme.d/c.txt"]
    assert skipped("d") == {
        "d/.b": "hidden",
        "d/.git/": "hidden",
        "d/README.md": "readme",
        "d/_SUCCESS": "underscore",
        "d/_temporary/": "underscore",
        "d/readme": "readme",
        "d/x/ReadMe.txt": "readme",
    }


@pytest.mark.parametrize("name", [".a.txt", "_a.txt", "README.txt", ".git/a.txt"])
def test_what_is_named_is_read(name: str) -> None:
    plant(f"d/{name}")
    assert found(f"d/{name}") == [f"d/{name}"]


@pytest.mark.parametrize("folder", [".hidden", "_work"])
def test_a_folder_that_is_named_is_read(folder: str) -> None:
    plant(f"{folder}/a.txt")
    assert found(folder) == [f"{folder}/a.txt"]


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("d/_*", ["d/_a.txt"]),
        ("d/READ*", ["d/README.md"]),
        ("d/*", ["d/README.md", "d/_a.txt"]),
        ("d/.*", ["d/.b.txt"]),
        ("d/**", ["d/README.md", "d/_a.txt"]),
    ],
)
def test_what_a_glob_matches_is_read(glob: str, expected: list[str]) -> None:
    plant("d/_a.txt", "d/README.md", "d/.b.txt")
    assert found(glob) == expected


def test_an_explicit_input_beats_the_skip_of_a_folder() -> None:
    plant("d/README.md", "d/_a.txt", "d/b.txt", "d/.c")
    assert found("d", "d/README.md", "d/_*") == ["d/b.txt", "d/README.md", "d/_a.txt"]
    assert skipped("d", "d/README.md", "d/_*") == {"d/.c": "hidden"}


@pytest.mark.parametrize(
    "inputs",
    [
        ["d", "d"],
        ["d", "./d/a.txt"],
        ["d/*.txt", "d/a*"],
        ["d", "link"],
        ["link/a.txt", "d"],
        ["d/../d", "d"],
    ],
)
def test_a_file_matched_twice_is_read_once(inputs: list[str]) -> None:
    plant("d/a.txt")
    Path("link").symlink_to("d")
    assert len(found(*inputs)) == 1


def test_absolute_and_relative_names_are_one_file(here: Path) -> None:
    plant("d/a.txt")
    assert len(found(str(here / "d"), "d")) == 1


def test_the_order_does_not_depend_on_that_of_the_inputs() -> None:
    plant("b/2", "b/1", "a/2", "a/1", "c")
    expected = ["a/1", "a/2", "b/1", "b/2", "c"]
    assert found("b", "c", "a") == found("a", "b", "c") == expected


def test_links_to_files_are_followed() -> None:
    plant("elsewhere/a.txt")
    Path("d").mkdir()
    Path("d/l.txt").symlink_to("../elsewhere/a.txt")
    assert list(find_files(["d"])) == [FoundFile("d/l.txt", 1)]


def test_links_to_folders_are_followed() -> None:
    plant("elsewhere/x/a.txt", "d/b.txt")
    Path("d/l").symlink_to("../elsewhere")
    assert found("d") == ["d/b.txt", "d/l/x/a.txt"]


def test_loops_of_links_end() -> None:
    plant("d/x/a.txt")
    Path("d/x/up").symlink_to("..")
    Path("d/x/self").symlink_to(".")
    Path("d/round").symlink_to("round")
    assert found("d") == ["d/x/a.txt"]
    assert skipped("d") == {"d/x/self/": "seen_folder", "d/x/up/": "seen_folder"}
    assert list(rejected("d")) == ["d/round"]


@pytest.mark.parametrize("glob", ["d/**", "d/**/*.txt", "**/a.txt"])
def test_loops_of_links_end_below_a_recursive_glob(glob: str) -> None:
    plant("d/x/a.txt", "d/y/z")
    for place in ("d/x/1", "d/x/2", "d/y/3", "d/4"):
        Path(place).symlink_to(Path("d").resolve())
    paths = found(glob)
    assert "d/x/a.txt" in paths
    assert len(paths) < 10


@pytest.mark.parametrize("given", ["d", "d/*", "d/broken.txt"])
def test_a_broken_link_is_rejected(given: str) -> None:
    Path("d").mkdir()
    Path("d/broken.txt").symlink_to("nowhere")
    (item,) = find_files([given])
    assert isinstance(item, Rejection)
    assert item.source.uri == "d/broken.txt"
    assert item.error_type == ErrorType.UNREADABLE_FILE
    assert "No such file" in item.error_message
    assert missing_inputs([given]) == []


def test_a_hidden_broken_link_is_only_skipped() -> None:
    Path("d").mkdir()
    Path("d/.lock").symlink_to("nowhere")
    assert skipped("d") == {"d/.lock": "hidden"}
    assert not rejected("d")


def test_special_files_are_rejected_unopened() -> None:
    plant("d/a.txt")
    os.mkfifo("d/pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("d/socket")
        assert found("d") == ["d/a.txt"]
        assert list(rejected("d")) == ["d/pipe", "d/socket"]
        assert "named pipe" in rejected("d/pipe")["d/pipe"]
    assert "character device" in rejected("/dev/null")["/dev/null"]


def test_a_closed_folder_is_rejected_and_the_rest_read(monkeypatch: pytest.MonkeyPatch) -> None:
    plant("d/a/1", "d/b/2", "d/c/3")
    scandir = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if path == "d/b":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found("d") == ["d/a/1", "d/c/3"]
    assert rejected("d") == {"d/b/": "the file cannot be read: Permission denied"}


def test_names_that_are_no_utf8_are_found_and_can_be_written() -> None:
    name = os.fsdecode(b"d/caf\xe9.txt")
    plant(name)
    assert found("d") == [name]
    Path(os.fsdecode(b"d/\xff")).symlink_to("nowhere")
    assert list(rejected("d")) == [r"d/\xff"]


def test_very_deep_folders() -> None:
    folder = Path("d/" + "x/" * 300)
    os.makedirs(folder)  # noqa: PTH103 (Path.mkdir recurses)
    write(folder / "a.txt")
    assert found("d") == [str(folder / "a.txt")]


@pytest.mark.parametrize(
    ("given", "is_missing"),
    [
        ("d", False),
        ("d/a.txt", False),
        ("d/*.txt", False),
        ("d/**/*.txt", False),
        ("empty", False),
        ("d/*.jsonl", True),
        ("e", True),
        ("e/*.txt", True),
        ("empty/*", True),
        ("", True),
        ("d/a.txt/b", True),
        ("x" * 300, True),
        ("nosuchscheme://bucket/a", True),
    ],
)
def test_missing_inputs(given: str, is_missing: bool) -> None:
    plant("d/a.txt")
    Path("empty").mkdir()
    assert missing_inputs(["d/a.txt", given]) == ([given] if is_missing else [])


OBJECTS = ("mem://b/d/.x", "mem://b/d/2.txt", "mem://b/d/1.txt", "mem://b/d/_t/3", "mem://b/e")


def _match(patterns: list[str]) -> list[MatchResult]:
    """Stand in for a store of objects, which has no folders."""

    def hits(pattern: str, name: str) -> bool:
        return name == pattern or ("*" in pattern and name.startswith(pattern.rstrip("*")))

    return [
        MatchResult(each, [FileMetadata(name, 7) for name in OBJECTS if hits(each, name)])
        for each in patterns
    ]


def remote(*inputs: str) -> list[Found]:
    return list(find_files(inputs))


def test_other_schemes_go_through_beam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileSystems, "match", _match)
    assert remote("mem://b/e") == [FoundFile("mem://b/e", 7)]
    assert [item.uri for item in remote("mem://b/d*") if isinstance(item, FoundFile)] == [
        "mem://b/d/.x",
        "mem://b/d/1.txt",
        "mem://b/d/2.txt",
        "mem://b/d/_t/3",
    ]
    assert remote("mem://b/d", "mem://b/d/1.txt") == [
        SkippedFile("mem://b/d/.x", SkipReason.HIDDEN),
        FoundFile("mem://b/d/1.txt", 7),
        FoundFile("mem://b/d/2.txt", 7),
        SkippedFile("mem://b/d/_t/3", SkipReason.UNDERSCORE),
    ]
    assert missing_inputs(["mem://b/e", "mem://b/x"]) == ["mem://b/x"]


def test_the_output_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/articles-00000-of-00001.jsonl").write_text("{}")
    for inputs in ([str(tmp_path)], [f"{tmp_path}/*/*.jsonl"], [f"{tmp_path}/**"]):
        found = list(find_files(inputs, str(tmp_path / "out")))
        assert [item.uri for item in found if isinstance(item, FoundFile)] == (
            [] if "jsonl" in inputs[0] else [str(tmp_path / "a.txt")]
        )
        skipped = [item for item in found if isinstance(item, SkippedFile)]
        assert skipped == [SkippedFile(f"{tmp_path}/out/", SkipReason.OUTPUT)]


def test_an_output_in_a_store_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileSystems, "match", _match)
    skipped = SkippedFile("mem://b/d/", SkipReason.OUTPUT)
    for output in ("mem://b/d", "mem://b/d/"):
        assert list(find_files(["mem://b/d*"], output)) == [skipped]
    assert skipped not in list(find_files(["mem://b/d*"], "mem://b/e"))
