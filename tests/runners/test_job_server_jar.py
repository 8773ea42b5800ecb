"""The jar that starts a job server, and what the scripts say without an engine."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.runners.engines import SCRIPTS


def test_the_jar_names_its_parts(tmp_path: Path) -> None:
    names = [f"part-{number:03d}-with-a-long-name.jar" for number in range(60)]
    (tmp_path / "lib").mkdir()
    for name in reversed(names):
        (tmp_path / "lib" / name).touch()
    script = SCRIPTS / "job_server_jar.py"
    subprocess.run([sys.executable, str(script), str(tmp_path), "a.b.Main"], check=True)
    manifest = zipfile.ZipFile(tmp_path / "job-server.jar").read("META-INF/MANIFEST.MF")
    assert manifest.endswith(b"\r\n\r\n")
    assert max(map(len, manifest.split(b"\r\n"))) <= 70
    unfolded = manifest.replace(b"\r\n ", b"").decode().split("\r\n")
    assert "Main-Class: a.b.Main" in unfolded
    assert f"Class-Path: {' '.join(f'lib/{name}' for name in names)}" in unfolded


@pytest.mark.parametrize("engine", ["prism", "flink", "spark"])
def test_scripts_without_the_engine(engine: str, tmp_path: Path) -> None:
    def script(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(SCRIPTS / f"{engine}.sh"), *words],
            env={**os.environ, "ARTICLE_INGEST_ENGINES": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    assert script("path").stdout.startswith(f"{tmp_path}/{engine}/")
    start = script("start")
    assert start.returncode == 1
    assert f"first: {SCRIPTS / engine}.sh fetch" in start.stderr
    assert script("stop").returncode == 0
    wrong = script("begin")
    assert wrong.returncode == 2
    assert f"scripts/engines/{engine}.sh fetch" in wrong.stdout
