"""Incremental runs on every engine: the same batches as on the embedded one."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from pipeline.taken import NS_PER_SECOND, RACY_NS
from tests.runners.engines import ROOT, SMALL_JVM, left_behind, run
from tests.runners.test_same_bytes import BAD


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The seeds, and beside them files of which some are bad."""
    seeds, more = (tmp_path_factory.mktemp("inputs") / name for name in ("seeds", "more"))
    shutil.copytree(ROOT / "seeds", seeds)
    more.mkdir()
    for name, content in BAD.items():
        (more / name).write_bytes(content)
    # The times of files that are just being written are not noted, by whichever run comes first.
    time.sleep(RACY_NS / NS_PER_SECOND)
    return [seeds, more]


def batches(inputs: list[Path], output: Path, *words: str) -> list[dict[str, Any]]:
    """Run on the first input, on all of them, and on all of them again; return the batches."""
    for paths in (inputs[:1], inputs, inputs):
        run(output, "--input", *map(str, paths), "--incremental", *words)
    assert sorted(path.name for path in output.iterdir()) == ["batch-00001", "batch-00002"]
    return [left_behind(batch) for batch in sorted(output.iterdir())]


@pytest.fixture(scope="module")
def expected(inputs: list[Path], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the embedded engine leaves."""
    made = batches(inputs, tmp_path_factory.mktemp("expected") / "out")
    counts = [batch["manifest.json"]["counts"] for batch in made]
    assert [count["documents_with_articles"] for count in counts] == [5, 0]
    assert counts[1]["documents_rejected"] == 5
    assert [batch["manifest.json"]["files_already_taken"] for batch in made] == [0, 5]
    return made


def check(expected: list[dict[str, Any]], inputs: list[Path], output: Path, *words: str) -> None:
    for batch, wanted in zip(batches(inputs, output, *words), expected, strict=True):
        assert [name for name in wanted if batch[name] != wanted[name]] == []
        assert sorted(batch) == sorted(wanted)


@pytest.mark.engine("embedded")
@pytest.mark.parametrize(
    "words",
    [("--workers=2",), ("--runner=PortableRunner", "--job_endpoint=embed")],
    ids=["two processes", "embedded job server"],
)
def test_on_this_machine(
    expected: list[dict[str, Any]], inputs: list[Path], tmp_path: Path, words: tuple[str, ...]
) -> None:
    check(expected, inputs, tmp_path / "out", *words)


@pytest.mark.engine("prism")
def test_prism(expected: list[dict[str, Any]], inputs: list[Path], tmp_path: Path) -> None:
    check(expected, inputs, tmp_path / "out", "--runner=PrismRunner")


@pytest.mark.engine("flink")
def test_flink_local(expected: list[dict[str, Any]], inputs: list[Path], tmp_path: Path) -> None:
    words = ("--runner=FlinkRunner", "--flink_master=[local]", *SMALL_JVM)
    check(expected, inputs, tmp_path / "out", *words)


@pytest.mark.engine("flink")
def test_flink_cluster(
    flink_cluster: list[str],
    expected: list[dict[str, Any]],
    inputs: list[Path],
    tmp_path: Path,
) -> None:
    check(expected, inputs, tmp_path / "out", *flink_cluster, *SMALL_JVM)


@pytest.mark.engine("spark")
def test_spark_local(expected: list[dict[str, Any]], inputs: list[Path], tmp_path: Path) -> None:
    words = ("--runner=SparkRunner", "--spark_master_url=local[2]", *SMALL_JVM)
    check(expected, inputs, tmp_path / "out", *words)
