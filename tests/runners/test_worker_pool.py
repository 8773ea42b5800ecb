"""A worker pool that could not work is not started."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.runners.engines import SCRIPTS


def test_one_without_the_pipeline(tmp_path: Path) -> None:
    python = tmp_path / "bin/python"
    python.parent.mkdir()
    python.write_text("#!/bin/sh\necho No module named pipeline >&2; exit 1\n", encoding="utf-8")
    python.chmod(0o755)
    environment = {**os.environ, "PYTHON": str(python), "ARTICLE_INGEST_RUN": str(tmp_path / "run")}
    done = subprocess.run(
        [str(SCRIPTS / "worker_pool.sh"), "start", "1"],
        env=environment, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "the pipeline is not installed" in done.stderr
    assert "pip install ." in done.stderr
