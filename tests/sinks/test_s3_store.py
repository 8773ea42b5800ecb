from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sinks import s3_store, storage
from pipeline.sinks.object_store import StoreError
from pipeline.sinks.s3_store import S3Store
from tests.s3 import s3_server
from tests.sinks import store_contract

URL = "s3://bucket/out/_lock"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Store]:
    with s3_server(tmp_path_factory.mktemp("s3")) as address:
        options = PipelineOptions([f"--s3_endpoint_url={address}"])
        former = FileSystems._pipeline_options
        FileSystems.set_options(options)
        yield S3Store(options)
        FileSystems.set_options(former)


@pytest.fixture(autouse=True)
def _empty(store: S3Store) -> None:
    store.delete(list(store.list("s3://bucket/out")))


def test_only_the_expected_object_is_replaced(store: S3Store) -> None:
    store_contract.only_the_expected_object_is_replaced(store, URL, other_tag='"other"')


def test_a_write_whose_answer_was_lost_is_known_again(store: S3Store) -> None:
    store_contract.a_write_whose_answer_was_lost_is_known_again(store, URL)


def test_of_many_at_once_one_wins(store: S3Store) -> None:
    won: list[int] = []

    def take(number: int) -> None:
        if store.put(URL, str(number).encode(), None) is not None:
            won.append(number)

    threads = [threading.Thread(target=take, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = store.get(URL)
    assert found is not None
    assert [str(number).encode() for number in won] == [found.content]


def test_objects_are_listed_and_deleted(store: S3Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3_store, "_DELETE_AT_ONCE", 3)
    urls = [f"s3://bucket/out/{n:04d} ä+%2F" for n in range(7)]
    for url in urls:
        store.put(url, b"", None)
    store.put("s3://bucket/out2/x", b"", None)
    assert list(store.list("s3://bucket/out")) == urls
    store.delete([*urls, "s3://bucket/out/none"])
    assert list(store.list("s3://bucket/out")) == []
    assert list(store.list("s3://bucket/out2")) == ["s3://bucket/out2/x"]


def test_a_bucket_that_is_not_there(store: S3Store) -> None:
    for ask in (
        lambda: store.get("s3://nowhere/x"),
        lambda: store.put("s3://nowhere/x", b"", None),
        lambda: list(store.list("s3://nowhere/x")),
        lambda: store.delete(["s3://nowhere/x"]),
    ):
        with pytest.raises(StoreError, match="does not exist"):
            ask()


@pytest.mark.parametrize("content", [b"", b"x", bytes(11 << 20)], ids=len)
def test_files_are_written_and_renamed(store: S3Store, content: bytes) -> None:
    with storage.create("s3://bucket/out/new") as file:
        file.write(content)
    storage.replace("s3://bucket/out/new", "s3://bucket/out/file")
    assert storage.read_bytes("s3://bucket/out/file") == content
    assert list(store.list("s3://bucket/out")) == ["s3://bucket/out/file"]


def test_an_empty_file(store: S3Store) -> None:
    with storage.create("s3://bucket/out/empty"):
        pass
    assert storage.read_bytes("s3://bucket/out/empty") == b""
