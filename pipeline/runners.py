"""Which engine runs the graph: the name a user types to the runner object.

Beam 2.77's own `DirectRunner` asks the network for Prism before it does anything else, and falls
back to another engine depending on the graph. Here the name stands for Beam's embedded FnApiRunner
and nothing else. What it connects to, as traced with `strace -f -e trace=connect`:

- one worker: nothing at all;
- several workers: the loopback addresses 127.0.0.1 and ::1 only;
- PortableRunner with `--job_endpoint=embed --environment_type=LOOPBACK`: loopback only.

Engines outside of this process are prepared in `pipeline.portable`. Beam is imported only when a
runner is made.
"""

from __future__ import annotations

import multiprocessing
import os
import shlex
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from pipeline.usage import UsageError, nearest

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions
    from apache_beam.runners.portability.fn_api_runner.fn_runner import ExtendedProvisionInfo
    from apache_beam.runners.runner import PipelineRunner

DEFAULT_RUNNER: Final = "DirectRunner"

EMBEDDED_RUNNERS: Final = frozenset({DEFAULT_RUNNER, "FnApiRunner"})
"""Names of Beam's embedded engine, which runs on this machine without a server."""

RUNNERS: Final = (
    DEFAULT_RUNNER,
    "FnApiRunner",
    "PortableRunner",
    "FlinkRunner",
    "SparkRunner",
    "PrismRunner",
    "DataflowRunner",
)
"""Every runner on offer. DaskRunner is not: it mixes good and failed elements."""

_SUFFIX: Final = "Runner"
_NOT_OFFERED: Final = {"daskrunner": "it mixes up good and failed elements"}
_PROXY_VARIABLES: Final = ("grpc_proxy", "https_proxy", "http_proxy")
_LOCAL_HOSTS: Final = "localhost,127.0.0.1,::1"


def runner_name(name: str) -> str:
    """Return the runner's name as Beam spells it; case and the ending "Runner" do not count.

    Raises UsageError for a name that is not in RUNNERS, with the nearest one that is.
    """
    wanted = name.lower().removesuffix(_SUFFIX.lower())
    for known in RUNNERS:
        if known.removesuffix(_SUFFIX).lower() == wanted:
            return known
    reason = _NOT_OFFERED.get(f"{wanted}runner")
    if reason is not None:
        raise UsageError(f"--runner: {name} is not supported ({reason}); use one of {_listed()}")
    near = nearest(wanted, (known.removesuffix(_SUFFIX) for known in RUNNERS))
    advice = f"did you mean {near}{_SUFFIX}?" if near else f"use one of {_listed()}"
    raise UsageError(f"--runner: unknown runner {name!r}; {advice}")


def _listed() -> str:
    return ", ".join(RUNNERS)


def create_runner(name: str, workers: int, options: PipelineOptions) -> PipelineRunner:
    """Return the runner for `name`, a member of RUNNERS, and set in `options` what it needs.

    `workers` is the number of processes on this machine; Beam's own
    `--direct_running_mode=multi_processing --direct_num_workers=N` means the same. Raises
    UsageError when a runner is given flags that cannot go together, its engine is not there, or
    its package is not installed.
    """
    from apache_beam.runners import runner as beam_runners

    from pipeline.portable import PORTABLE_RUNNERS, prepare

    os.environ.update(proxy_exemptions(os.environ))
    if name in EMBEDDED_RUNNERS:
        return _embedded_runner(workers, options)
    if workers > 1:
        raise UsageError(f"--workers is for DirectRunner; {name} has flags of its own for that")
    if name in PORTABLE_RUNNERS:
        prepare(name, options, os.environ)
    else:
        _require_remote_paths(name, options)
    try:
        return beam_runners.create_runner(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed: {error}") from error


def _require_remote_paths(name: str, options: PipelineOptions) -> None:
    """Raise UsageError for a path of this machine, which the service's workers do not see."""
    from pipeline.beam_options import IngestOptions

    own = options.view_as(IngestOptions)
    named = [*(("INPUT", path) for path in own.input or ()), ("OUTPUT", own.output)]
    for what, path in named:
        if path is not None and "://" not in path:
            raise UsageError(
                f"{what} {path}: workers of {name} do not see this machine; name a place in a "
                "store (gs://BUCKET/FOLDER)"
            )


def _embedded_runner(workers: int, options: PipelineOptions) -> PipelineRunner:
    from apache_beam.options.pipeline_options import DirectOptions
    from apache_beam.runners.portability.fn_api_runner import FnApiRunner
    from apache_beam.transforms.environments import SubprocessSDKEnvironment

    from pipeline.beam_options import IngestOptions

    direct = options.view_as(DirectOptions)
    asked = direct.direct_num_workers
    if workers > 1 and (asked != 1 or direct.direct_running_mode != "in_memory"):
        raise UsageError("--workers and --direct_num_workers mean the same: give one of them")
    if direct.direct_running_mode == "multi_processing":
        workers = asked or multiprocessing.cpu_count()
    elif workers == 1:
        return FnApiRunner()

    direct.direct_num_workers = workers
    # Any mode that Beam knows would put its own worker command, which does not quote the path of
    # the interpreter, in the place of ours.
    direct.direct_running_mode = None
    command = worker_command(options.view_as(IngestOptions).log_level)
    return FnApiRunner(
        SubprocessSDKEnvironment.from_command_string(command), provision_info=_provision(options)
    )


def _provision(options: PipelineOptions) -> ExtendedProvisionInfo:
    """Return what worker processes are told, which would be nothing: how stores are reached."""
    from apache_beam.options.pipeline_options import GoogleCloudOptions, S3Options
    from apache_beam.portability.api import beam_provision_api_pb2
    from apache_beam.runners.job.utils import dict_to_struct
    from apache_beam.runners.portability.fn_api_runner.fn_runner import ExtendedProvisionInfo

    stores = {
        f"beam:option:{name}:v1": value
        for kind in (S3Options, GoogleCloudOptions)
        for name, value in options.view_as(kind).get_all_options(drop_default=True).items()
        if name in kind().get_all_options(current_only=True)
    }
    return ExtendedProvisionInfo(
        beam_provision_api_pb2.ProvisionInfo(
            retrieval_token="unused",  # noqa: S106 - no secret, and required.
            pipeline_options=dict_to_struct(stores),
        )
    )


def worker_command(log_level: str) -> str:
    """Return the shell command that starts one worker process of the embedded engine."""
    return f"exec {shlex.quote(sys.executable)} -m pipeline.worker {log_level}"


def proxy_exemptions(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variable that keeps gRPC's talk on this machine off a proxy, or nothing.

    gRPC sends even loopback connections through `http_proxy`, so that worker processes behind a
    company's proxy would wait for good. `no_grpc_proxy`, where it is set, is read instead of
    `no_proxy`, so the hosts of the latter are kept.
    """
    if not any(environment.get(variable) for variable in _PROXY_VARIABLES):
        return {}
    former = environment.get("no_grpc_proxy") or environment.get("no_proxy") or ""
    return {"no_grpc_proxy": ",".join(filter(None, (former, _LOCAL_HOSTS)))}
