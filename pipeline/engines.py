"""Where the engines are that a run does not bring along: Prism, the job servers of Flink and Spark.

`scripts/engines/*.sh fetch` puts them into one folder; a run looks there, and never downloads
anything by itself, as Beam's runners would.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pipeline.usage import UsageError

FOLDER_VARIABLE: Final = "ARTICLE_INGEST_ENGINES"
"""Environment variable that names the folder of the engines."""

_LOCAL_MASTER: Final = re.compile(r"\[(local|auto)\]|local(\[.+\])?", re.ASCII)
_LOCAL_HOSTS: Final = frozenset({"embed", "localhost", "127.0.0.1", "[::1]"})
_ADDRESS: Final = re.compile(
    r"(?:[a-z]+://)?(?P<host>\[[0-9a-f:]*\]|[^/:]*)(?::\d+)?/?", re.ASCII | re.IGNORECASE
)

PRISM: Final = Path("prism", "prism")
JOB_SERVERS: Final = {
    "FlinkRunner": Path("flink", "job-server.jar"),
    "SparkRunner": Path("spark", "job-server.jar"),
}
"""Where the scripts put what they fetched, below `engines_folder`."""


def engines_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder that the scripts in `scripts/engines/` fetch to.

    It is $ARTICLE_INGEST_ENGINES, else `article-ingest/engines` in the user's cache folder as the
    XDG base directory specification names it.
    """
    named = environment.get(FOLDER_VARIABLE)
    if named:
        return Path(named)
    cache = environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", "~"), ".cache")
    return Path(cache, "article-ingest", "engines").expanduser()


def prism_binary(named: str | None, environment: Mapping[str, str]) -> str:
    """Return the path of Prism: the one that is named, or the one that was fetched.

    Raises UsageError when it is not there. A URL is no path: nothing is downloaded.
    """
    path = Path(named) if named else engines_folder(environment) / PRISM
    if not path.is_file():
        raise _missing("PrismRunner", path, "--prism_location", "prism")
    return str(path)


def job_server_jar(name: str, named: str | None, environment: Mapping[str, str]) -> str:
    """Return the path of the job server for a runner in JOB_SERVERS, like `prism_binary`.

    Raises UsageError when the job server or Java is not there.
    """
    engine = name.removesuffix("Runner").lower()
    path = Path(named) if named else engines_folder(environment) / JOB_SERVERS[name]
    if not path.is_file():
        raise _missing(name, path, f"--{engine}_job_server_jar", engine)
    java_home = environment.get("JAVA_HOME")
    java = str(Path(java_home, "bin", "java")) if java_home else "java"
    if shutil.which(java, path=environment.get("PATH", os.defpath)) is None:
        raise UsageError(f"{name} needs Java, and there is no {java}")
    return str(path)


def _missing(name: str, path: Path, flag: str, script: str) -> UsageError:
    return UsageError(
        f"{name}: no file {path}; fetch it with scripts/engines/{script}.sh fetch, or name it "
        f"with {flag}=FILE"
    )


def is_on_this_machine(address: str) -> bool:
    """Return whether an engine's address (`[local]`, `local[2]`, `localhost:8081`) is local."""
    if _LOCAL_MASTER.fullmatch(address):
        return True
    match = _ADDRESS.fullmatch(address)
    return match is not None and match["host"].lower() in _LOCAL_HOSTS
