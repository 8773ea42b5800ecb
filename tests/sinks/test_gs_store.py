from __future__ import annotations

from collections.abc import Iterator

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sinks import storage
from pipeline.sinks.gs_store import GsStore
from pipeline.sinks.object_store import StoreError
from tests.gs import gs_server
from tests.sinks import store_contract

URL = "gs://bucket/out/_lock"


@pytest.fixture(scope="module")
def store() -> Iterator[GsStore]:
    with gs_server():
        options = PipelineOptions([])
        former = FileSystems._pipeline_options
        FileSystems.set_options(options)
        yield GsStore(options)
        FileSystems.set_options(former)


@pytest.fixture(autouse=True)
def _empty(store: GsStore) -> None:
    store.delete(list(store.list("gs://bucket/out")))


def test_only_the_expected_object_is_replaced(store: GsStore) -> None:
    store_contract.only_the_expected_object_is_replaced(store, URL, other_tag="7")


def test_a_write_whose_answer_was_lost_is_known_again(store: GsStore) -> None:
    store_contract.a_write_whose_answer_was_lost_is_known_again(store, URL)


def test_an_object_that_is_replaced_while_it_is_read(
    store: GsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from google.api_core.exceptions import NotFound
    from google.cloud.storage import Blob

    tag = store.put(URL, b"one", None)
    left = [2]
    real = Blob.download_as_bytes

    def replaced(blob: Blob) -> bytes:
        assert str(blob.generation) == tag
        left[0] -= 1
        if left[0] >= 0:
            raise NotFound("no such generation")
        return bytes(real(blob))

    monkeypatch.setattr(Blob, "download_as_bytes", replaced)
    found = store.get(URL)
    assert found is not None
    assert found.content == b"one"
    left[0] = 1 << 30
    with pytest.raises(StoreError, match="faster"):
        store.get(URL)


def test_objects_are_listed_and_deleted(store: GsStore) -> None:
    # More than Beam deletes at once.
    urls = [f"gs://bucket/out/{n:04d} ä+%2F" for n in range(103)]
    for url in urls:
        store.put(url, b"", None)
    store.put("gs://bucket/out2/x", b"", None)
    assert list(store.list("gs://bucket/out")) == urls
    store.delete([*urls, "gs://bucket/out/none"])
    assert list(store.list("gs://bucket/out")) == []
    assert list(store.list("gs://bucket/out2")) == ["gs://bucket/out2/x"]


def test_a_bucket_that_is_not_there(store: GsStore) -> None:
    assert store.get("gs://nowhere/x") is None
    for ask in (
        lambda: store.put("gs://nowhere/x", b"", None),
        lambda: list(store.list("gs://nowhere/x")),
    ):
        with pytest.raises(StoreError, match="404"):
            ask()


def test_what_is_no_object_is_not_deleted(store: GsStore) -> None:
    with pytest.raises(StoreError, match="BUCKET/NAME"):
        store.delete(["gs://bucket/"])


@pytest.mark.parametrize("content", [b"", b"x\ny", bytes(17 << 20)], ids=len)
def test_files_are_written_and_renamed(store: GsStore, content: bytes) -> None:
    with storage.create("gs://bucket/out/new") as file:
        file.write(content)
    storage.replace("gs://bucket/out/new", "gs://bucket/out/file")
    assert storage.read_bytes("gs://bucket/out/file") == content
    with storage.open_file("gs://bucket/out/file") as file:
        assert b"".join(file) == content
    assert list(store.list("gs://bucket/out")) == ["gs://bucket/out/file"]
    storage.delete(["gs://bucket/out/file"])
    assert list(store.list("gs://bucket/out")) == []


def test_errors_are_told_in_words(store: GsStore, monkeypatch: pytest.MonkeyPatch) -> None:
    from google.api_core.exceptions import Forbidden, RetryError
    from google.auth.exceptions import RefreshError
    from google.cloud.storage import Client
    from requests import ConnectionError

    for error in (Forbidden("no"), RetryError("no", None), RefreshError("no"), ConnectionError()):

        def fail(*_args: object, error: Exception = error, **_more: object) -> None:
            raise error

        monkeypatch.setattr(Client, "list_blobs", fail)
        with pytest.raises(StoreError):
            list(store.list("gs://bucket/out"))
