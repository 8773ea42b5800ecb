from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.engines import (
    engines_folder,
    is_on_this_machine,
    job_server_jar,
    prism_binary,
)
from pipeline.usage import UsageError


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"HOME": "/home/a"}, "/home/a/.cache/article-ingest/engines"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": ""}, "/home/a/.cache/article-ingest/engines"),
        ({"HOME": "/home/a", "XDG_CACHE_HOME": "/c"}, "/c/article-ingest/engines"),
        ({"XDG_CACHE_HOME": "/c", "ARTICLE_INGEST_ENGINES": "/e"}, "/e"),
    ],
)
def test_engines_folder(environment: dict[str, str], folder: str) -> None:
    assert engines_folder(environment) == Path(folder)


def test_the_named_file_wins_over_the_fetched_one(tmp_path: Path) -> None:
    fetched, named = tmp_path / "prism" / "prism", tmp_path / "mine"
    fetched.parent.mkdir()
    fetched.touch()
    named.touch()
    environment = {"ARTICLE_INGEST_ENGINES": str(tmp_path)}
    assert prism_binary(None, environment) == str(fetched)
    assert prism_binary(str(named), environment) == str(named)


@pytest.mark.parametrize("named", [None, "/no/such/file", "https://downloads.example/prism.zip"])
def test_an_engine_that_is_not_there(named: str | None, tmp_path: Path) -> None:
    environment = {"ARTICLE_INGEST_ENGINES": str(tmp_path)}
    with pytest.raises(UsageError, match=r"scripts/engines/prism\.sh fetch.*--prism_location=FILE"):
        prism_binary(named, environment)
    with pytest.raises(UsageError, match=r"flink\.sh fetch.*--flink_job_server_jar=FILE"):
        job_server_jar("FlinkRunner", named, environment)


def test_a_job_server_without_java(tmp_path: Path) -> None:
    jar = tmp_path / "job-server.jar"
    jar.touch()
    for environment in ({"PATH": str(tmp_path)}, {"JAVA_HOME": str(tmp_path)}):
        with pytest.raises(UsageError, match="SparkRunner needs Java"):
            job_server_jar("SparkRunner", str(jar), environment)
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.touch(mode=0o755)
    assert job_server_jar("SparkRunner", str(jar), {"JAVA_HOME": str(tmp_path)}) == str(jar)


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("[local]", True),
        ("[auto]", True),
        ("local", True),
        ("local[2]", True),
        ("local[*]", True),
        ("embed", True),
        ("localhost:8081", True),
        ("LOCALHOST:8081", True),
        ("http://localhost:8081/", True),
        ("spark://127.0.0.1:7077", True),
        ("[::1]:8081", True),
        ("flink.example:8081", False),
        ("http://flink.example:8081", False),
        ("localhost.example:8081", False),
        ("10.0.0.1:8081", False),
        ("yarn", False),
        ("", False),
    ],
)
def test_is_on_this_machine(address: str, is_local: bool) -> None:
    assert is_on_this_machine(address) is is_local
