from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from apache_beam.options.pipeline_options import (
    FlinkRunnerOptions,
    PipelineOptions,
    PortableOptions,
    PrismRunnerOptions,
    SparkRunnerOptions,
)
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.beam_options import pipeline_options
from pipeline.options import Settings
from pipeline.portable import engine_for_run, prepare, wait_for
from pipeline.usage import UsageError


@pytest.fixture
def engines(tmp_path: Path) -> dict[str, str]:
    """An environment in which all engines were fetched, and Java is there."""
    for name in ("prism/prism", "flink/job-server.jar", "spark/job-server.jar", "bin/java"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch(mode=0o755)
    return {"ARTICLE_INGEST_ENGINES": str(tmp_path), "PATH": str(tmp_path / "bin")}


@pytest.fixture
def listening() -> Iterator[str]:
    """An address of this machine at which somebody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"localhost:{server.getsockname()[1]}"


def prepared(name: str, environment: dict[str, str], *flags: str) -> PortableOptions:
    options = PipelineOptions(list(flags))
    prepare(name, options, environment)
    return options.view_as(PortableOptions)


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("PrismRunner", ()),
        ("FlinkRunner", ()),
        ("FlinkRunner", ("--flink_master=[local]",)),
        ("SparkRunner", ()),
        ("SparkRunner", ("--spark_master_url=local[2]",)),
        ("PortableRunner", ("--job_endpoint=embed",)),
    ],
)
def test_workers_run_in_this_process(
    name: str, flags: tuple[str, ...], engines: dict[str, str]
) -> None:
    options = prepared(name, engines, *flags)
    assert options.environment_type == "LOOPBACK"
    folder = engines["ARTICLE_INGEST_ENGINES"]
    found = {
        "PrismRunner": options.view_as(PrismRunnerOptions).prism_location,
        "FlinkRunner": options.view_as(FlinkRunnerOptions).flink_job_server_jar,
        "SparkRunner": options.view_as(SparkRunnerOptions).spark_job_server_jar,
    }
    assert found.get(name, folder).startswith(folder)


def test_a_cluster_on_this_machine(engines: dict[str, str], listening: str) -> None:
    options = prepared("FlinkRunner", engines, f"--flink_master={listening}")
    assert options.environment_type == "LOOPBACK"
    options = prepared("PortableRunner", {}, f"--job_endpoint={listening}")
    assert options.environment_type == "LOOPBACK"


def test_what_the_user_says_about_workers_stays(engines: dict[str, str]) -> None:
    flags = ("--environment_type=EXTERNAL", "--environment_config=localhost:50000")
    assert prepared("PrismRunner", engines, *flags).environment_type == "EXTERNAL"


@pytest.mark.parametrize(
    ("name", "flags", "message"),
    [
        ("PortableRunner", (), "PortableRunner needs --job_endpoint"),
        ("PortableRunner", ("--job_endpoint=localhost",), "not HOST:PORT"),
        ("PortableRunner", ("--job_endpoint=localhost:http",), "not HOST:PORT"),
        ("PortableRunner", ("--job_endpoint=localhost:1",), "nobody answers at localhost:1"),
        ("PortableRunner", ("--job_endpoint=localhost:99999",), "nobody answers"),
        ("FlinkRunner", ("--flink_master=http://localhost:1",), "--flink_master: nobody answers"),
        (
            "SparkRunner",
            ("--spark_master_url=spark://spark.example:7077",),
            "where the workers run",
        ),
    ],
)
def test_an_engine_that_cannot_be_used(
    name: str, flags: tuple[str, ...], message: str, engines: dict[str, str]
) -> None:
    with pytest.raises(UsageError, match=message):
        prepared(name, engines, *flags)


@pytest.mark.parametrize("kind", ["EXTERNAL", "DOCKER", "PROCESS"])
def test_workers_elsewhere_need_absolute_paths(kind: str, engines: dict[str, str]) -> None:
    def settings(*inputs: str) -> Settings:
        return Settings(inputs=inputs, beam_flags=(f"--environment_type={kind}",))

    with pytest.raises(UsageError, match=r"INPUT seeds: .* absolute paths"):
        prepare("PrismRunner", pipeline_options(settings("/a", "seeds")), engines)
    prepare("PrismRunner", pipeline_options(settings("/a", "s3://bucket/b")), engines)


class Server:
    def __init__(self) -> None:
        self.stopped = 0

    def stop(self) -> None:
        self.stopped += 1


def test_the_engine_ends_with_the_run() -> None:
    server = Server()
    runner: Any = SimpleNamespace(default_job_server=lambda options: server)

    def interrupted_run() -> None:
        with engine_for_run(runner):
            assert runner.default_job_server(PipelineOptions()) is server
            assert server.stopped == 0
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_run()
    assert server.stopped == 1


def test_the_embedded_engine_has_nothing_to_stop() -> None:
    with engine_for_run(FnApiRunner()):
        pass


class Result:
    def __init__(self, error: BaseException | None) -> None:
        self.error = error
        self.cancelled = 0

    def wait_until_finish(self) -> None:
        if self.error is not None:
            raise self.error

    def cancel(self) -> None:
        self.cancelled += 1
        raise ConnectionError("the engine is gone")


@pytest.mark.parametrize("error", [KeyboardInterrupt("stop"), RuntimeError("failed")])
def test_a_job_is_cancelled_when_the_run_ends_early(error: BaseException) -> None:
    result = Result(error)
    with pytest.raises(type(error), match=str(error)):
        wait_for(result)
    assert result.cancelled == 1


def test_a_job_that_is_done_is_not_cancelled() -> None:
    result = Result(None)
    wait_for(result)
    assert result.cancelled == 0
