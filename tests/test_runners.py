from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import DirectOptions, PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipeline.beam_options import pipeline_options
from pipeline.options import Settings
from pipeline.runners import (
    RUNNERS,
    create_runner,
    proxy_exemptions,
    runner_name,
    worker_command,
)
from pipeline.usage import UsageError


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *((name, name) for name in RUNNERS),
        ("directrunner", "DirectRunner"),
        ("DIRECT", "DirectRunner"),
        ("fnapirunner", "FnApiRunner"),
        ("flink", "FlinkRunner"),
    ],
)
def test_runner_name(typed: str, name: str) -> None:
    assert runner_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("DirectRuner", "did you mean DirectRunner?"),
        ("Prsm", "did you mean PrismRunner?"),
        ("DaskRunner", "not supported"),
        ("dask", "not supported"),
        ("apache_beam.runners.dask.dask_runner.DaskRunner", "unknown runner"),
        ("qqq", "use one of DirectRunner, FnApiRunner"),
        ("", "unknown runner"),
    ],
)
def test_a_runner_that_is_not_offered(typed: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        runner_name(typed)
    assert message in str(raised.value)


@pytest.mark.parametrize("name", ["DirectRunner", "FnApiRunner"])
def test_the_embedded_engine_runs_in_this_process(name: str) -> None:
    options = PipelineOptions([])
    assert type(create_runner(name, 1, options)) is FnApiRunner
    assert options.view_as(DirectOptions).direct_running_mode == "in_memory"


@pytest.mark.parametrize(
    ("name", "workers", "flags", "message"),
    [
        ("DirectRunner", 2, ["--direct_num_workers=3"], "give one of them"),
        ("DirectRunner", 2, ["--direct_running_mode=multi_threading"], "give one of them"),
        ("FlinkRunner", 2, [], "--workers is for DirectRunner"),
        ("PortableRunner", 1, [], "needs --job_endpoint"),
    ],
)
def test_flags_that_cannot_go_together(
    name: str, workers: int, flags: list[str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        create_runner(name, workers, PipelineOptions(flags))


@pytest.mark.parametrize(
    ("source", "output", "refused"),
    [
        ("gs://raw/news", "out", "OUTPUT out"),
        ("raw", "gs://clean/news", "INPUT raw"),
        ("/srv/raw", "gs://clean/news", "INPUT /srv/raw"),
    ],
)
def test_dataflow_does_not_see_this_machine(source: str, output: str, refused: str) -> None:
    options = PipelineOptions([f"--input={source}", f"--output={output}"])
    with pytest.raises(UsageError, match=f"{refused}: .*DataflowRunner.*gs://"):
        create_runner("DataflowRunner", 1, options)


def test_beams_own_flags_for_processes_mean_the_same() -> None:
    options = PipelineOptions(["--direct_running_mode=multi_processing", "--direct_num_workers=2"])
    runner = create_runner("DirectRunner", 1, options)
    environment = runner._default_environment
    assert environment.command_string == worker_command("info")
    assert options.view_as(DirectOptions).direct_num_workers == 2


def test_the_worker_command_quotes_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/a folder/it's/python")
    assert worker_command("debug") == (
        """exec '/a folder/it'"'"'s/python' -m pipeline.worker debug"""
    )


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, {}),
        ({"no_proxy": "a"}, {}),
        ({"http_proxy": ""}, {}),
        ({"http_proxy": "http://p"}, {"no_grpc_proxy": "localhost,127.0.0.1,::1"}),
        (
            {"https_proxy": "http://p", "no_proxy": "a.example"},
            {"no_grpc_proxy": "a.example,localhost,127.0.0.1,::1"},
        ),
        (
            {"grpc_proxy": "p", "no_proxy": "a", "no_grpc_proxy": "b"},
            {"no_grpc_proxy": "b,localhost,127.0.0.1,::1"},
        ),
    ],
)
def test_proxy_exemptions(environment: dict[str, str], expected: dict[str, str]) -> None:
    assert proxy_exemptions(environment) == expected


def note_process(number: int, folder: str) -> int:
    """Leave the number of the process that works on an element."""
    (Path(folder) / f"{number}").write_text(str(os.getpid()), encoding="ascii")
    return number


def run_toy(settings: Settings, folder: Path) -> set[int]:
    """Run a small graph and return the processes that worked on it."""
    options = pipeline_options(settings)
    with beam.Pipeline(
        runner=create_runner(settings.runner, settings.workers, options), options=options
    ) as pipeline:
        (pipeline | beam.Create(range(20)) | beam.Reshuffle() | beam.Map(note_process, str(folder)))
    pids = {int(path.read_text(encoding="ascii")) for path in folder.iterdir()}
    assert len(list(folder.iterdir())) == 20
    return pids


def test_several_workers_are_processes_and_need_no_proxy_and_say_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_grpc_proxy", "")
    monkeypatch.setenv(
        "PYTHONPATH",
        os.pathsep.join([str(Path(__file__).parent.parent), str(Path(__file__).parent)]),
    )
    pids = run_toy(Settings(inputs=("x",), workers=2), tmp_path)
    assert os.getpid() not in pids
    assert capfd.readouterr().err == ""


def test_the_default_runner_opens_no_connection(tmp_path: Path) -> None:
    """An audit hook sees every connection of the process; it cannot be removed, hence the child."""
    code = f"""
import json, sys
seen = []
sys.addaudithook(
    lambda event, args: event in ("socket.connect", "socket.getaddrinfo") and seen.append(event)
)
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from test_runners import run_toy, Settings
run_toy(Settings(inputs=("x",)), Path({str(tmp_path)!r}))
print(json.dumps(seen))
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []


def test_the_portable_runner_with_the_embedded_job_server(tmp_path: Path) -> None:
    settings = Settings(
        inputs=("x",),
        runner="PortableRunner",
        beam_flags=("--job_endpoint=embed", "--environment_type=LOOPBACK"),
    )
    assert run_toy(settings, tmp_path) == {os.getpid()}


def test_worker_processes_are_told_how_stores_are_reached() -> None:
    options = PipelineOptions(
        ["--s3_endpoint_url=http://host", "--project=mine", "--parallelism=2"]
    )
    runner = create_runner("DirectRunner", 2, options)
    assert isinstance(runner, FnApiRunner)
    told = runner._provision_info.provision_info.pipeline_options
    assert dict(told.items()) == {
        "beam:option:s3_endpoint_url:v1": "http://host",
        "beam:option:project:v1": "mine",
    }
