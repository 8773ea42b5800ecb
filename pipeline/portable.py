"""Runs on an engine outside of this process: what must be set for it, and how it is left.

Beam's defaults are made for clusters with containers. Here workers run in the launching process
(LOOPBACK) unless the user says otherwise, nothing is downloaded, and an engine that was started for
the run ends with it, whatever ends the run.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from apache_beam.options.pipeline_options import (
    FlinkRunnerOptions,
    PortableOptions,
    PrismRunnerOptions,
    SparkRunnerOptions,
)

from pipeline.beam_options import IngestOptions
from pipeline.engines import is_on_this_machine, job_server_jar, prism_binary
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions
    from apache_beam.runners.runner import PipelineRunner

PORTABLE_RUNNERS: Final = frozenset({"PortableRunner", "FlinkRunner", "SparkRunner", "PrismRunner"})

CONNECT_SECONDS: Final = 10.0
"""How long to wait for an answer from the engine's address before the run is refused."""

_LOOPBACK: Final = "LOOPBACK"
_LOGGER: Final = logging.getLogger(__name__)


def prepare(name: str, options: PipelineOptions, environment: Mapping[str, str]) -> None:
    """Set in `options` what the runner `name`, a member of PORTABLE_RUNNERS, needs.

    Raises UsageError when the engine is not there, or the workers would not find the files.
    """
    portable = options.view_as(PortableOptions)
    if portable.job_endpoint:
        _require_answer("--job_endpoint", portable.job_endpoint)
    elif name == "PortableRunner":
        raise UsageError("PortableRunner needs --job_endpoint=HOST:PORT, or --job_endpoint=embed")
    else:
        _name_engine(name, options, environment)
    address = portable.job_endpoint or _master(name, options)
    if not portable.environment_type and not portable.output_executable_path:
        if not is_on_this_machine(address):
            raise UsageError(
                f"{name} at {address}: say where the workers run, with --environment_type=EXTERNAL "
                "--environment_config=HOST:PORT (a worker pool), DOCKER or PROCESS"
            )
        portable.environment_type = _LOOPBACK
    if portable.environment_type == _LOOPBACK:
        _LOGGER.info(
            "%s: the engine plans and moves the data; documents are read and cleaned in this "
            "process (--environment_type=LOOPBACK)",
            name,
        )
    else:
        _require_absolute_paths(portable.environment_type, options)


def _name_engine(name: str, options: PipelineOptions, environment: Mapping[str, str]) -> None:
    if name == "PrismRunner":
        prism = options.view_as(PrismRunnerOptions)
        prism.prism_location = prism_binary(prism.prism_location, environment)
    elif name == "FlinkRunner":
        flink = options.view_as(FlinkRunnerOptions)
        flink.flink_job_server_jar = job_server_jar(name, flink.flink_job_server_jar, environment)
        if not flink.flink_master.startswith("["):
            _require_answer("--flink_master", flink.flink_master)
    elif name == "SparkRunner":
        spark = options.view_as(SparkRunnerOptions)
        spark.spark_job_server_jar = job_server_jar(name, spark.spark_job_server_jar, environment)


def _master(name: str, options: PipelineOptions) -> str:
    match name:
        case "FlinkRunner":
            return str(options.view_as(FlinkRunnerOptions).flink_master)
        case "SparkRunner":
            return str(options.view_as(SparkRunnerOptions).spark_master_url)
        case _:
            return "localhost"


def _require_answer(flag: str, address: str) -> None:
    """Raise UsageError unless somebody answers at HOST:PORT; Beam would wait, and say little."""
    if address == "embed":
        return
    host, _, port = address.rpartition("//")[2].rstrip("/").rpartition(":")
    if not host or not port.isdecimal():
        raise UsageError(f"{flag}: {address} is not HOST:PORT")
    try:
        socket.create_connection((host.strip("[]"), int(port)), CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise UsageError(f"{flag}: nobody answers at {address} ({error})") from error


def _require_absolute_paths(environment_type: str, options: PipelineOptions) -> None:
    """Raise UsageError for a relative input, which a worker elsewhere would take for another one.

    The workers' place of the output is absolute already.
    """
    for path in options.view_as(IngestOptions).input or ():
        if "://" not in path and not PurePath(path).is_absolute():
            raise UsageError(
                f"INPUT {path}: workers of --environment_type={environment_type} run in a folder "
                "of their own, so name inputs by absolute paths that they reach"
            )


@contextmanager
def engine_for_run(runner: PipelineRunner) -> Iterator[None]:
    """Stop the engines that `runner` starts within the `with` block when the block is left.

    Beam stops them when Python exits, which a run that a signal ends does not wait for.
    """
    if not hasattr(runner, "default_job_server"):
        yield
        return
    create: Callable[[Any], Any] = runner.default_job_server
    servers = []

    def create_and_remember(options: Any) -> Any:
        server = create(options)
        servers.append(server)
        return server

    runner.default_job_server = create_and_remember
    try:
        yield
    finally:
        for server in servers:
            server.stop()


def wait_for(result: Any) -> None:
    """Wait until the job of a `PipelineResult` is done, and take it from the engine if we stop.

    Raises what ended the job or the waiting.
    """
    try:
        result.wait_until_finish()
    except BaseException:
        # The engine may be gone already; then there is nothing to cancel.
        with suppress(Exception):
            result.cancel()
        raise
