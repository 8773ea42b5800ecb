"""Which stores of objects can be named, and what must be there for them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from pipeline.usage import UsageError

if TYPE_CHECKING:
    from apache_beam.options.pipeline_options import PipelineOptions

_NEEDS: Final = {"s3": ("boto3", "aws"), "gs": ("google.cloud.storage", "gcp")}
"""By scheme: a module that Beam's file system needs, and the extra that brings it."""


def require_packages(paths: Iterable[str]) -> None:
    """Raise UsageError for a URL of a store whose packages are not installed."""
    for path in paths:
        scheme, separator, _ = path.partition("://")
        module, extra = _NEEDS.get(scheme, ("", ""))
        if separator and module and not _is_installed(module):
            raise UsageError(f"{path}: {scheme}:// needs the extra: pip install '.[{extra}]'")


def require_credentials(paths: Iterable[str], options: PipelineOptions) -> None:
    """Raise UsageError for an s3:// URL where nothing says who asks.

    Beam would try again for minutes, and then say that there is no such object.
    """
    from apache_beam.options.pipeline_options import S3Options

    url = next((path for path in paths if path.startswith("s3://")), None)
    if url is None or options.view_as(S3Options).s3_access_key_id:
        return
    import boto3
    from botocore.exceptions import BotoCoreError

    try:
        found = boto3.session.Session().get_credentials()
    except BotoCoreError as error:
        raise UsageError(f"{url}: {error}") from error
    if found is None:
        raise UsageError(
            f"{url}: no credentials for s3:// were found; set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY, or a profile (docs/remote.md)"
        )


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
