from __future__ import annotations

import json
import time

import pytest

from pipeline.sinks.errors import OutputBusyError
from pipeline.sinks.lease import LEASE_SECONDS, Lease, LeaseLostError
from pipeline.sinks.object_store import StoreError
from tests.sinks.memory_store import MemoryStore

URL = "s3://b/out/_lock"


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def holder(store: MemoryStore) -> tuple[str, str]:
    values = json.loads(store.objects[URL][0])
    return values["run"], values["state"]


def test_one_holder_at_a_time(store: MemoryStore) -> None:
    lease = Lease(store, URL, "one")
    with pytest.raises(OutputBusyError, match=r"process \d+ on .*ends 60 seconds after"):
        Lease(store, URL, "two")
    lease.require()
    assert holder(store) == ("one", "held")
    lease.release()
    lease.release()
    assert holder(store) == ("one", "released")
    Lease(store, URL, "two").release()


def test_a_dead_holder_is_taken_over_and_notices(store: MemoryStore) -> None:
    dead = Lease(store, URL, "dead")
    store.now += LEASE_SECONDS
    with pytest.raises(OutputBusyError):
        Lease(store, URL, "early")
    store.now += 1
    lease = Lease(store, URL, "next")
    with pytest.raises(LeaseLostError, match="another run"):
        dead.require()
    dead.release()
    assert holder(store) == ("next", "held")
    lease.require()
    lease.release()


def test_a_living_holder_renews_its_lease(store: MemoryStore) -> None:
    lease = Lease(store, URL, "one", seconds=0.04)
    writes = store.writes
    deadline = time.monotonic() + 10
    while store.writes < writes + 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    lease.release()
    assert store.writes >= writes + 3


def test_of_two_that_see_the_same_end_one_wins(store: MemoryStore) -> None:
    Lease(store, URL, "dead")
    store.now += 2 * LEASE_SECONDS
    real = store.put

    def overtaken(url: str, content: bytes, expected: str | None) -> str | None:
        store.put = real  # type: ignore[method-assign]
        store.put(url, b'{"holder": "the faster one"}', expected)
        return store.put(url, content, expected)

    store.put = overtaken  # type: ignore[method-assign]
    with pytest.raises(OutputBusyError, match="the faster one"):
        Lease(store, URL, "slow")


def test_a_lock_that_nobody_understands_counts_as_held(store: MemoryStore) -> None:
    store.put(URL, b"[", None)
    with pytest.raises(OutputBusyError, match="unknown"):
        Lease(store, URL, "one")


def test_a_renewal_whose_answer_was_lost(store: MemoryStore) -> None:
    lease = Lease(store, URL, "one")
    content, tag, _ = store.objects[URL]
    store.put(URL, content + b" ", tag)
    lease.require()
    lease.require()
    lease.release()
    assert holder(store) == ("one", "released")


def test_a_store_that_is_down(store: MemoryStore) -> None:
    lease = Lease(store, URL, "one")
    store.is_down = True
    with pytest.raises(LeaseLostError, match="is down"):
        lease.require()
    lease.release()
    with pytest.raises(StoreError):
        Lease(store, URL, "two")
