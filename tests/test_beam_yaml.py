"""Beam YAML: the rows of `ReadArticles`, and the example of the documentation."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.util import assert_that

from pipeline.beam_yaml import ArticleRow, ReadArticles, RejectedRow

ROOT = Path(__file__).parent.parent


def expect(articles: int, documents: set[str]) -> object:
    def check(rows: list[ArticleRow]) -> None:
        assert len(rows) == articles
        assert {Path(row.source_uri).name for row in rows} == documents
        for row in rows:
            whole = json.loads(row.json)
            assert (whole["id"], whole["text"]) == (row.id, row.text)
            assert list(row.authors) == whole["authors"]

    return check


def test_articles_and_rejected_rows(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    names = {path.name for path in (ROOT / "seeds").glob("*.txt")}

    def check_rejected(rows: list[RejectedRow]) -> None:
        assert [(Path(row.source_uri).name, row.stage, row.error_type) for row in rows] == [
            ("empty.txt", "clean", "empty_document")
        ]

    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        rows = pipeline | ReadArticles([str(ROOT / "seeds"), str(empty)])
        assert rows["articles"].element_type is ArticleRow
        assert rows["rejected"].element_type is RejectedRow
        assert_that(rows["articles"], expect(6, names), label="articles")
        assert_that(rows["rejected"], check_rejected, label="rejected")


def test_a_labeller_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="oracle"):
        ReadArticles("seeds", labeller="oracle")


def test_the_example(tmp_path: Path) -> None:
    # Other extras bring some of its packages, so only its own import says that all are there.
    pytest.importorskip(
        "apache_beam.yaml.main",
        reason="Beam YAML needs: pip install '.[yaml]'",
        exc_type=ImportError,
    )
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    example = ROOT / "examples" / "articles.yaml"
    subprocess.run(
        [
            *(sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
              "from apache_beam.yaml.main import run; run()"),
            f"--yaml_pipeline_file={example}",
            "--runner=FnApiRunner",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )  # fmt: skip
    (written,) = (tmp_path / "out-yaml").glob("articles*")
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 6
    assert all(list(row) == ["title", "authors", "text", "words"] for row in rows)
    assert all(row["words"] >= 200 for row in rows)
