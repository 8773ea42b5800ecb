from __future__ import annotations

import json
from contextlib import suppress

import pytest

from pipeline.sinks.errors import (
    OutputBusyError,
    OutputError,
    OutputModeError,
    OutputNotOursError,
    OutputUnusableError,
    PromotionError,
)
from pipeline.sinks.layout import MANIFEST, TAKEN
from pipeline.sinks.lease import LEASE_SECONDS, Lease
from pipeline.sinks.store_place import StorePlace
from schemas.export import FOLDER
from tests.sinks.memory_store import MemoryStore

OUT = "s3://bucket/deep/out"
MANIFEST_CONTENT = (FOLDER / "examples" / "manifest.pass.json").read_bytes()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def fill(store: MemoryStore, place: StorePlace, content: str = "x") -> None:
    """Write what a run writes: files as the example of a manifest names them, and work files."""
    for file in json.loads(MANIFEST_CONTENT)["files"]:
        store.put(f"{place.files}/{file['name']}", content.encode(), None)
    store.put(f"{place.files}/{TAKEN}", content.encode(), None)
    store.put(f"{place.files}/{MANIFEST}", MANIFEST_CONTENT, None)
    store.put(f"{place.path}/pieces/1", b"", None)


def promoted(store: MemoryStore, content: str, *, incremental: bool = False) -> str:
    with StorePlace(OUT, store, incremental=incremental) as place:
        fill(store, place, content)
        return place.promote()


def names(store: MemoryStore) -> list[str]:
    return [url.removeprefix(f"{OUT}/") for url in store.list(OUT)]


def read(store: MemoryStore, root: str = "") -> set[str]:
    """Read an output as the documentation says: from its manifest."""
    manifest = json.loads(store.objects[f"{OUT}/{root}{MANIFEST}"][0])
    return {store.objects[f"{OUT}/{root}{file['name']}"][0].decode() for file in manifest["files"]}


def test_the_manifest_makes_the_output(store: MemoryStore) -> None:
    with StorePlace(OUT, store) as place:
        fill(store, place, "one")
        assert f"{OUT}/{MANIFEST}" not in store.objects
        assert place.promote() == f"run-{place.run_id}"
    assert read(store) == {"one"}
    assert not [name for name in names(store) if name.startswith("_run-")]


def test_the_former_files_stay_until_the_next_run(store: MemoryStore) -> None:
    folders = [promoted(store, "one")]
    for content in ("two", "three"):
        with StorePlace(OUT, store) as place:
            fill(store, place, content)
            folders.append(place.promote())
        assert read(store) == {content}
        there = {name.partition("/")[0] for name in names(store)}
        assert there == {"_lock", MANIFEST, *folders[-2:]}


def test_batches_are_added(store: MemoryStore) -> None:
    folders = [promoted(store, content, incremental=True) for content in ("one", "two")]
    assert [folder.partition("/")[0] for folder in folders] == ["batch-00001", "batch-00002"]
    assert read(store, "batch-00001/") == {"one"}
    assert read(store, "batch-00002/") == {"two"}
    with StorePlace(OUT, store, incremental=True) as place:
        assert place.batches() == tuple(f"{OUT}/{folder}" for folder in folders)
        assert place.files.startswith(f"{OUT}/batch-00003/run-")


def test_what_a_run_leaves_that_fails_is_nothing(store: MemoryStore) -> None:
    promoted(store, "one")
    before = names(store)
    with StorePlace(OUT, store) as place:
        fill(store, place, "two")
    assert names(store) == before
    assert read(store) == {"one"}


@pytest.mark.parametrize("incremental", [False, True])
def test_dead_runs_are_swept_and_committed_ones_are_not(
    store: MemoryStore, incremental: bool
) -> None:
    promoted(store, "one", incremental=incremental)
    dead = StorePlace(OUT, store, incremental=incremental)
    fill(store, dead, "dead")
    store.put(f"{OUT}/run-{'1' * 32}/late", b"", None)
    store.put(f"{OUT}/batch-00001/run-{'1' * 32}/late", b"", None)
    store.now += 2 * LEASE_SECONDS
    with StorePlace(OUT, store, incremental=incremental) as place:
        assert not [name for name in names(store) if dead.run_id in name or "late" in name]
        assert read(store, "batch-00001/" if incremental else "") == {"one"}
        fill(store, place, "two")
        place.promote()
    with pytest.raises(PromotionError):
        dead.promote()


def test_a_run_that_was_taken_for_dead_cannot_promote(store: MemoryStore) -> None:
    slow = StorePlace(OUT, store)
    store.now += 2 * LEASE_SECONDS
    promoted(store, "fast")
    fill(store, slow, "slow")
    with pytest.raises(PromotionError, match="another run has taken"):
        slow.promote()
    slow.discard()
    assert read(store) == {"fast"}


@pytest.mark.parametrize("incremental", [False, True])
def test_a_run_that_was_overtaken_at_the_very_last_moment_cannot_promote(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, incremental: bool
) -> None:
    slow = StorePlace(OUT, store, incremental=incremental)
    store.now += 2 * LEASE_SECONDS
    promoted(store, "fast", incremental=incremental)
    fill(store, slow, "slow")
    monkeypatch.setattr(slow._lease, "require", lambda: None)
    with pytest.raises(PromotionError, match="meanwhile"):
        slow.promote()
    slow.discard()
    assert read(store, "batch-00001/" if incremental else "") == {"fast"}
    assert not [name for name in names(store) if slow.run_id in name]


def test_files_stay_when_nobody_knows_whether_the_manifest_was_written(store: MemoryStore) -> None:
    with StorePlace(OUT, store) as place:
        fill(store, place, "one")
        real = store.put

        def lost(url: str, content: bytes, expected: str | None) -> str | None:
            tag = real(url, content, expected)
            store.is_down = url.endswith(MANIFEST)
            store._require()
            return tag

        store.put = lost  # type: ignore[method-assign]
        with pytest.raises(PromotionError, match="is down"):
            place.promote()
        store.is_down = False
    assert read(store) == {"one"}


def test_two_runs_at_once(store: MemoryStore) -> None:
    with StorePlace(OUT, store), pytest.raises(OutputBusyError):
        StorePlace(OUT, store, incremental=True)
    with StorePlace(OUT, store):
        pass


@pytest.mark.parametrize(
    ("objects", "incremental", "error"),
    [
        ({"mine.txt": b""}, False, OutputNotOursError),
        ({"mine/manifest.json": b""}, True, OutputNotOursError),
        ({"run-1/x": b""}, False, OutputNotOursError),
        ({"batch-00001/mine.txt": b""}, True, OutputNotOursError),
        ({"batch-00001/manifest.json": b""}, False, OutputModeError),
        ({"manifest.json": b""}, True, OutputModeError),
        ({"manifest.json": b"[]"}, False, OutputNotOursError),
        ({"manifest.json": b'{"files": [{"name": "a"}]}'}, False, OutputNotOursError),
        ({"batch-00001/manifest.json": b"{}"}, True, OutputNotOursError),
        (
            {"batch-00001/manifest.json": b"{}", f"batch-00001/run-{'0' * 32}/articles": b""},
            True,
            OutputNotOursError,
        ),
    ],
)
def test_an_output_is_refused_untouched(
    store: MemoryStore, objects: dict[str, bytes], incremental: bool, error: type[OutputError]
) -> None:
    for name, content in objects.items():
        store.put(f"{OUT}/{name}", content, None)
    before = dict(store.objects)
    with pytest.raises(error):
        StorePlace(OUT, store, incremental=incremental)
    assert store.objects == before


@pytest.mark.parametrize("output", ["s3://bucket", "s3://bucket/", "s3:///out", "s3://b/o*"])
def test_what_is_no_folder_in_a_bucket(store: MemoryStore, output: str) -> None:
    with pytest.raises(OutputUnusableError):
        StorePlace(output, store)


def test_a_slash_at_the_end_means_nothing(store: MemoryStore) -> None:
    with StorePlace("s3://b/o/", store) as place:
        assert place.path.startswith("s3://b/o/_run-")


@pytest.mark.parametrize("given", [OUT, f"{OUT}/", f"{OUT}/batch-00001/*.jsonl"])
def test_an_output_that_holds_an_input(store: MemoryStore, given: str) -> None:
    with pytest.raises(OutputUnusableError, match="INPUT"):
        StorePlace(OUT, store, ["in", given])
    with StorePlace(OUT, store, ["s3://bucket/deep", f"{OUT}2", "s3://bucket/deep/*"]):
        pass


def test_an_output_that_is_not_finished(store: MemoryStore) -> None:
    with StorePlace(OUT, store, incremental=True) as place:
        fill(store, place)
        store.delete([f"{place.files}/{TAKEN}"])
        with pytest.raises(PromotionError, match="no finished output"):
            place.promote()
    assert names(store) == ["_lock"]


def test_a_store_that_is_down(store: MemoryStore) -> None:
    store.is_down = True
    with pytest.raises(OutputUnusableError, match="is down"):
        StorePlace(OUT, store)


class Killed(BaseException):
    """The process is dead: nothing that it does reaches the store any more."""


@pytest.mark.parametrize("incremental", [False, True])
def test_killed_before_every_call_of_the_store(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, incremental: bool
) -> None:
    # No renewals in the background: a dead process makes none.
    monkeypatch.setattr(Lease, "_keep", lambda _lease: None)
    left = [0]

    def require() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise Killed

    monkeypatch.setattr(store, "_require", require)
    expected: list[str] = []
    finished = 0
    for number in range(60):
        left[0] = number
        with suppress(Killed):
            promoted(store, f"run {number}", incremental=incremental)
            finished += 1
        left[0] = 1 << 30
        store.now += 2 * LEASE_SECONDS
        roots = sorted(
            name.removesuffix(MANIFEST)
            for name in names(store)
            if name.endswith(MANIFEST) and not name.partition(MANIFEST)[0].count("run-")
        )
        seen = [content for root in roots for content in read(store, root)]
        assert seen in (expected, [*expected[: len(roots) - 1], f"run {number}"])
        expected = seen
    assert 0 < finished < 60, "the steps do not reach from the first to the last"
    with StorePlace(OUT, store, incremental=incremental) as place:
        assert len(place.batches()) == (len(expected) if incremental else 0)
        folders = {name.rpartition("/")[0] for name in names(store)}
        assert len([folder for folder in folders if "run-" in folder]) == len(expected)
