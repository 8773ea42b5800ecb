"""Fetching an engine: it is there as a whole or not at all, and what went wrong is said.

Maven and Go are small programs here that do what the tests want.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.runners.engines import SCRIPTS

JAR = b"the parts of an engine"
COPY = 'for a; do case $a in -DoutputDirectory=*) lib=${a#*=} ;; esac; done; mkdir -p "$lib"'
GOOD = f'{COPY}; printf "{JAR.decode()}" >"$lib/a.jar"'
ALTERED = f'{COPY}; printf "something else" >"$lib/a.jar"'
TOO_MANY = f'{GOOD}; touch "$lib/b.jar"'
# The end of the sleep must not keep the test's pipe open.
HANGS = f'{GOOD}; touch "$ARTICLE_INGEST_ENGINES/begun"; exec sleep 60'
SECONDS = 30

Script = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def engines(tmp_path: Path) -> Path:
    """The folder that is fetched to."""
    folder = tmp_path / "engines"
    folder.mkdir()
    return folder


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """The scripts, which expect a Flink and a Spark of one jar."""
    copy = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, copy)
    for engine in ("flink", "spark"):
        line = f"{hashlib.sha256(JAR).hexdigest()}  a.jar\n"
        (copy / engine / "jars.sha256").write_text(line, encoding="ascii")
    return copy


@pytest.fixture
def script(tmp_path: Path, engines: Path, scripts: Path) -> Iterator[Script]:
    """Begin SCRIPT.sh in a process group of its own, with programs of these names and contents."""
    programs = tmp_path / "programs"
    # What a shell runs in its background ignores SIGINT, and so would all that it starts.
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    begun: list[subprocess.Popen[str]] = []

    def begin(name: str, *words: str, **contents: str) -> subprocess.Popen[str]:
        programs.mkdir(exist_ok=True)
        for program, content in {"java": "", **contents}.items():
            path = programs / program
            path.write_text(f"#!/bin/sh\n{content}\n", encoding="utf-8")
            path.chmod(0o755)
        environment = {
            **{name: value for name, value in os.environ.items() if name != "JAVA_HOME"},
            "PATH": f"{programs}:{os.environ['PATH']}",
            "ARTICLE_INGEST_ENGINES": str(engines),
        }
        process = subprocess.Popen(
            [str(scripts / f"{name}.sh"), *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        begun.append(process)
        return process

    yield begin
    signal.signal(signal.SIGINT, usual)
    for process in begun:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_good_one(script: Script, engines: Path) -> None:
    for _ in range(2):  # The second time it replaces the first.
        process = script("flink", "fetch", mvn=GOOD)
        assert process.communicate(timeout=SECONDS)[1] == f"{engines}/flink/job-server.jar\n"
        assert process.returncode == 0
        assert names(engines) == ["flink"]
        assert names(engines / "flink") == ["job-server.jar", "lib"]
        assert (engines / "flink/lib/a.jar").read_bytes() == JAR


@pytest.mark.parametrize(
    ("maven", "told"),
    [
        (ALTERED, "flink.sh: flink: files are not the ones in flink/jars.sha256"),
        (TOO_MANY, "flink.sh: flink: files are not the ones in flink/jars.sha256"),
        (f"{GOOD}; exit 1", "flink.sh: could not fetch flink"),
    ],
)
def test_a_bad_one_is_not_kept(script: Script, engines: Path, maven: str, told: str) -> None:
    process = script("flink", "fetch", mvn=maven)
    assert told in process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 1
    assert names(engines) == []


def test_a_bad_one_does_not_replace_a_good_one(script: Script, engines: Path) -> None:
    for maven in (GOOD, ALTERED):
        script("flink", "fetch", mvn=maven).communicate(timeout=SECONDS)
        assert names(engines) == ["flink"]
        assert (engines / "flink/lib/a.jar").read_bytes() == JAR


@pytest.mark.parametrize(
    ("number", "left"), [(signal.SIGTERM, []), (signal.SIGINT, []), (signal.SIGKILL, ["rest"])]
)
def test_one_that_is_killed(
    script: Script, engines: Path, number: signal.Signals, left: list[str]
) -> None:
    process = script("flink", "fetch", mvn=HANGS)
    wait_for(engines / "begun")
    os.killpg(process.pid, number)
    process.communicate(timeout=SECONDS)
    assert process.returncode != 0
    (engines / "begun").unlink()
    rest = f"flink.new-{process.pid}"
    assert names(engines) == ([rest] if left else [])
    # The next one sweeps what is left.
    script("flink", "fetch", mvn=GOOD).communicate(timeout=SECONDS)
    assert names(engines) == ["flink"]


def test_two_at_once(script: Script, engines: Path) -> None:
    slow = script("flink", "fetch", mvn=f'{GOOD}; touch "$ARTICLE_INGEST_ENGINES/begun"; sleep 1')
    wait_for(engines / "begun")
    fast = script("flink", "fetch", mvn=GOOD)
    for process in (fast, slow):
        process.communicate(timeout=SECONDS)
        assert process.returncode == 0
    (engines / "begun").unlink()
    assert names(engines) == ["flink"]
    assert names(engines / "flink") == ["job-server.jar", "lib"]


def test_prism_that_cannot_be_fetched(script: Script, engines: Path) -> None:
    process = script("prism", "fetch", go='echo "\\"Error\\": \\"no such host\\""; exit 1')
    told = process.communicate(timeout=SECONDS)[1]
    assert "no such host" in told
    assert "prism.sh: could not fetch" in told
    assert process.returncode == 1
    assert names(engines) == []


def test_prism_of_another_digest_is_not_built(script: Script, engines: Path) -> None:
    process = script("prism", "fetch", go='[ "$1" = mod ] && echo "\\"Sum\\": \\"h1:other=\\""')
    assert "is h1:other=, not h1:" in process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 1
    assert names(engines) == []


def test_a_build_of_prism_that_fails_leaves_nothing(
    script: Script, engines: Path, scripts: Path
) -> None:
    lines = (scripts / "prism.sh").read_text(encoding="utf-8").splitlines()
    (digest,) = (line.partition("=")[2] for line in lines if line.startswith("DIGEST="))
    go = f'[ "$1" = mod ] && {{ echo "\\"Sum\\": \\"{digest}\\""; exit; }}; touch "$GOBIN/prism"'
    process = script("prism", "fetch", go=f"{go}; exit 1")
    assert "could not build Prism" in process.communicate(timeout=SECONDS)[1]
    assert names(engines) == []
    script("prism", "fetch", go=go).communicate(timeout=SECONDS)
    assert names(engines / "prism") == ["prism"]


def test_all_of_them_say_what_came_of_each(script: Script, engines: Path) -> None:
    (engines / "prism").mkdir()
    (engines / "prism/prism").touch()
    maven = f"{GOOD}; case $lib in *spark*) echo unreachable; exit 1 ;; esac"
    process = script("fetch_all", mvn=maven)
    out, told = process.communicate(timeout=SECONDS)
    flink, prism, spark = sorted(out.splitlines())
    assert flink.startswith("flink: fetched in ")
    assert spark.startswith("spark: not to be had here: spark.sh: could not fetch spark")
    assert prism == "prism: there already"
    assert "unreachable" in told
    assert process.returncode == 0


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_all_of_them_can_be_stopped(
    script: Script, engines: Path, number: signal.Signals, status: int
) -> None:
    builds = 'touch "$ARTICLE_INGEST_ENGINES/builds"; exec sleep 60'
    process = script("fetch_all", mvn=HANGS, go=builds)
    wait_for(engines / "begun")
    wait_for(engines / "builds")
    os.killpg(process.pid, number)
    out, _ = process.communicate(timeout=SECONDS)
    flink, prism, spark = sorted(out.splitlines())
    assert flink.startswith("flink: not fetched, it was stopped after ")
    assert prism.startswith("prism: not fetched, it was stopped after ")
    assert spark == "spark: not fetched, there was no time left"
    assert process.returncode == status
    # What two signals at once may leave is swept by the next fetch, see above.
    kept = [name for name in names(engines) if ".new-" not in name]
    assert kept == ["begun", "builds"]
