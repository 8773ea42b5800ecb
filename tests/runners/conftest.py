"""Engines for tests: skipped where they cannot be had, started once, and listed at the end."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.runners.engines import free_port, missing, started

SECONDS_VARIABLE = "ENGINE_TESTS_SECONDS"
"""For so many seconds tests of engines are begun; those left over are skipped, which says so."""

_BEGIN = time.monotonic()
_PROPERTY = "engine"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test, before anything is started for it, that cannot run or would begin too late."""
    marker = item.get_closest_marker("engine")
    if marker is None:
        return
    (engine,) = marker.args
    item.user_properties.append((_PROPERTY, engine))
    reason = missing(engine) or _out_of_time()
    if reason is not None:
        pytest.skip(reason)


def _out_of_time() -> str | None:
    seconds = os.environ.get(SECONDS_VARIABLE)
    if not seconds or time.monotonic() - _BEGIN < float(seconds):
        return None
    return f"the {seconds} s for tests of engines are over ({SECONDS_VARIABLE})"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List each engine with what came of its tests, and with the reasons of what was skipped."""
    outcomes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.getreports(outcome):
            # The report of a file that was skipped as a whole has none.
            engine = dict(getattr(report, "user_properties", ())).get(_PROPERTY)
            if engine is not None:
                reason = f": {_reason(report)}" if outcome == "skipped" else ""
                outcomes[str(engine)][f"{outcome}{reason}"] += 1
    if outcomes:
        terminalreporter.section("engines")
    for engine, counts in sorted(outcomes.items()):
        told = "; ".join(f"{count} {outcome}" for outcome, count in counts.items())
        terminalreporter.write_line(f"{engine}: {told}")


def _reason(report: pytest.TestReport) -> str:
    assert isinstance(report.longrepr, tuple)
    return report.longrepr[2].removeprefix("Skipped: ")


@pytest.fixture(scope="session")
def _cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    with started(tmp_path_factory.mktemp("cluster"), "flink", "start-cluster", str(port)):
        yield port


@pytest.fixture(scope="session")
def _pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    port = free_port()
    with started(tmp_path_factory.mktemp("pool"), "worker_pool", "start", str(port)):
        yield port


@pytest.fixture(params=["LOOPBACK", "EXTERNAL"])
def flink_cluster(request: pytest.FixtureRequest, _cluster: int) -> list[str]:
    """Flags for a run on a standalone cluster, with workers here, then with those of a pool."""
    words = [
        "--runner=FlinkRunner",
        f"--flink_master=localhost:{_cluster}",
        "--parallelism=2",
        f"--environment_type={request.param}",
    ]
    if request.param == "EXTERNAL":
        words.append(f"--environment_config=localhost:{request.getfixturevalue('_pool')}")
    return words
