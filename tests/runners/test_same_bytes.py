"""The seeds and 500 made-up documents on every engine: the same bytes as on the embedded one.

An engine that is not on this machine is skipped, and the reason says how to get it.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from benchmarks.news import write_page_bundle, write_text_bundle
from tests.runners.engines import ROOT, SMALL_JVM, left_behind, run

BAD = {
    "empty.txt": b"",
    "cut-off.txt.gz": gzip.compress(b"A line of a text that goes on. " * 9_000)[:-90],
    "rows.jsonl": b'{"text": "cut off\n[1, 2]\n{"title": "no text"}\n',
}
"""Files that give rejected rows, which must be the same bytes too."""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The inputs of every run, by absolute paths, which workers elsewhere need."""
    folder = tmp_path_factory.mktemp("bundle")
    assert write_text_bundle(folder / "text") + write_page_bundle(folder / "pages") == 500
    (folder / "bad").mkdir()
    for name, content in BAD.items():
        (folder / "bad" / name).write_bytes(content)
    return ["--shards=3", "--input", str(ROOT / "seeds"), str(folder)]


@pytest.fixture(scope="module")
def expected(bundle: list[str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the embedded engine leaves."""
    output = tmp_path_factory.mktemp("expected") / "out"
    run(output, *bundle)
    left = left_behind(output)
    counts = left["manifest.json"]["counts"]
    assert counts["documents"] == 5 + 500 + 5
    assert counts["documents_with_articles"] >= 5 + 490
    assert counts["documents_rejected"] >= 5
    # Rows of JSON Lines keep their format, whatever they hold.
    formats = b"".join(content for name, content in left.items() if name.startswith("articles"))
    assert formats.count(b'"format":"html"') >= 140
    return left


def check(expected: dict[str, Any], bundle: list[str], output: Path, *words: str) -> None:
    run(output, *bundle, *words)
    left = left_behind(output)
    assert sorted(left) == sorted(expected)
    assert [name for name in left if left[name] != expected[name]] == []


def test_several_worker_processes(
    bundle: list[str], expected: dict[str, Any], tmp_path: Path
) -> None:
    check(expected, bundle, tmp_path / "out", "--workers=2")


def test_portable_runner_with_the_embedded_job_server(
    bundle: list[str], expected: dict[str, Any], tmp_path: Path
) -> None:
    check(expected, bundle, tmp_path / "out", "--runner=PortableRunner", "--job_endpoint=embed")


@pytest.mark.engine("prism")
def test_prism(bundle: list[str], expected: dict[str, Any], tmp_path: Path) -> None:
    check(expected, bundle, tmp_path / "out", "--runner=PrismRunner")


@pytest.mark.engine("flink")
def test_flink_local(bundle: list[str], expected: dict[str, Any], tmp_path: Path) -> None:
    words = ("--runner=FlinkRunner", "--flink_master=[local]", "--parallelism=2", *SMALL_JVM)
    check(expected, bundle, tmp_path / "out", *words)


@pytest.mark.engine("flink")
def test_flink_cluster(
    flink_cluster: list[str], bundle: list[str], expected: dict[str, Any], tmp_path: Path
) -> None:
    check(expected, bundle, tmp_path / "out", *flink_cluster, *SMALL_JVM)


@pytest.mark.engine("spark")
def test_spark_local(bundle: list[str], expected: dict[str, Any], tmp_path: Path) -> None:
    words = ("--runner=SparkRunner", "--spark_master_url=local[2]", *SMALL_JVM)
    check(expected, bundle, tmp_path / "out", *words)
