"""Which stores of objects can be named, and what must be installed for them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import Final

from pipeline.usage import UsageError

_NEEDS: Final = {"s3": ("boto3", "aws"), "gs": ("google.cloud.storage", "gcp")}
"""By scheme: a module that Beam's file system needs, and the extra that brings it."""


def require_packages(paths: Iterable[str]) -> None:
    """Raise UsageError for a URL of a store whose packages are not installed."""
    for path in paths:
        scheme, separator, _ = path.partition("://")
        module, extra = _NEEDS.get(scheme, ("", ""))
        if separator and module and not _is_installed(module):
            raise UsageError(f"{path}: {scheme}:// needs the extra: pip install '.[{extra}]'")


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
