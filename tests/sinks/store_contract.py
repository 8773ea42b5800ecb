"""What every `ObjectStore` promises of its conditional writes, checked on any of them."""

from __future__ import annotations

from pipeline.sinks.object_store import ObjectStore


def only_the_expected_object_is_replaced(store: ObjectStore, url: str, other_tag: str) -> None:
    """Check compare and swap; `other_tag` is in the form of a tag and no object's."""
    assert store.get(url) is None
    assert store.put(url, b"early", other_tag) is None
    tag = store.put(url, b"one", None)
    assert tag is not None
    assert store.put(url, b"two", None) is None
    assert store.put(url, b"two", other_tag) is None
    found = store.get(url)
    assert found is not None
    assert (found.content, found.tag) == (b"one", tag)
    assert 0 <= found.age < 60
    assert store.put(url, b"two", tag) not in (None, tag)


def a_write_whose_answer_was_lost_is_known_again(store: ObjectStore, url: str) -> None:
    """Check that a write that is sent once more is taken for the same one."""
    tag = store.put(url, b"mine", None)
    assert store.put(url, b"mine", None) == tag
