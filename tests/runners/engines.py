"""Engines for tests: is one there, how is it started, and what does a run on it leave."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline.engines import JOB_SERVERS, PRISM, engines_folder

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ROOT / "scripts" / "engines"
RUN_SECONDS = 300
"""A machine with other work on it is slow; a run that hangs must end all the same."""

SMALL_JVM = (
    "--job_server_jvm_properties=-Xmx512m",
    "--job_server_jvm_properties=-XX:+UseSerialGC",
    "--job_server_jvm_properties=-XX:TieredStopAtLevel=1",
)


def missing(engine: str) -> str | None:
    """Why an engine cannot be had here, None when it can: embedded, prism, flink, spark."""
    if engine == "embedded":
        return None
    files = {
        "prism": PRISM,
        "flink": JOB_SERVERS["FlinkRunner"],
        "spark": JOB_SERVERS["SparkRunner"],
    }
    path = engines_folder(os.environ) / files[engine]
    if not path.is_file():
        return f"no {path}: scripts/engines/{engine}.sh fetch"
    java = Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    if engine != "prism" and shutil.which(java) is None:
        return f"{engine} needs Java"
    return None


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(folder: Path, script: str, *words: str) -> Iterator[None]:
    """Within the block something runs that a script of `scripts/engines/` starts and stops.

    Its logs go to `folder`; engines that somebody else has started are left alone.
    """
    environment = {
        "START_SECONDS": "240",
        "PYTHON": sys.executable,
        # The workers of a pool find the pipeline as if it were installed.
        "PYTHONPATH": str(ROOT),
        **os.environ,
        "ARTICLE_INGEST_RUN": str(folder),
    }
    command = [str(SCRIPTS / f"{script}.sh")]
    try:
        subprocess.run([*command, *words], check=True, env=environment, timeout=RUN_SECONDS)
        yield
    finally:
        subprocess.run([*command, "stop"], check=True, env=environment, timeout=120)


def run(output: Path, *words: str) -> None:
    """Run the command line as a user does."""
    with subprocess.Popen(
        [sys.executable, "-m", "pipeline", f"--output={output}", "--progress=off", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            _, told = process.communicate(timeout=RUN_SECONDS)
        except subprocess.TimeoutExpired:
            # Not kill, which would leave the engine behind that the run has started.
            process.terminate()
            _, told = process.communicate(timeout=60)
            raise AssertionError(f"no end within {RUN_SECONDS} s: {told}") from None
    assert process.returncode == 0, told


def left_behind(output: Path) -> dict[str, Any]:
    """All bytes of an output; of the manifest all that does not tell of the run itself."""
    files: dict[str, Any] = {
        path.name: path.read_bytes() for path in sorted(output.iterdir()) if path.suffix == ".jsonl"
    }
    manifest = json.loads((output / "manifest.json").read_bytes())
    del manifest["run"]
    return {**files, "manifest.json": manifest}
