from __future__ import annotations

import pytest

from pipeline.sinks.layout import Kind, is_output_name, shard_name


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize(("shard", "shards"), [(0, 1), (7, 12), (123456, 200000)])
def test_every_shard_is_an_output(kind: Kind, shard: int, shards: int) -> None:
    assert is_output_name(shard_name(kind, shard, shards))


def test_the_name_of_a_shard() -> None:
    assert shard_name(Kind.ARTICLES, 0, 1) == "articles-00000-of-00001.jsonl"


@pytest.mark.parametrize("name", ["manifest.json", ".DS_Store"])
def test_other_names_that_may_go(name: str) -> None:
    assert is_output_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "articles.jsonl",
        "articles-mine.jsonl",
        "articles-00000-of-00001.jsonl.gz",
        "articles-00000-of-00001.jsonl\n",
        "my-articles-00000-of-00001.jsonl",
        "summaries-00000-of-00001.jsonl",
        "manifest.json.bak",
        ".git",
        "",
    ],
)
def test_names_of_the_user(name: str) -> None:
    assert not is_output_name(name)
