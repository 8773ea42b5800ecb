"""The wheel and the source archive hold what the pipeline needs to run, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("pipeline", "schemas")


def package_files() -> set[str]:
    """Every file of the packages, but what Python leaves there."""
    return {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to build in, since setuptools leaves folders behind."""
    copy = tmp_path_factory.mktemp("checkout")
    for package in PACKAGES:
        shutil.copytree(
            ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    return copy


def build(checkout: Path, *words: str) -> None:
    """Run setup.py, as Beam does for --setup_file."""
    subprocess.run(
        [sys.executable, "setup.py", "--quiet", *words],
        cwd=checkout,
        check=True,
        capture_output=True,
    )


def test_the_wheel(checkout: Path, tmp_path: Path) -> None:
    build(checkout, "bdist_wheel", "--dist-dir", str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == package_files()


def test_the_archive_of_setup_file(checkout: Path, tmp_path: Path) -> None:
    build(checkout, "sdist", "--dist-dir", str(tmp_path))
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert package_files() | {"setup.py", "pyproject.toml", "README.md", "LICENSE"} <= names
