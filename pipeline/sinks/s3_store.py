"""Objects in S3, and in whatever speaks its protocol with conditional writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, Final

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.s3_io import s3_client
from pipeline.sinks.object_store import Stored, StoreError, split_url, tag_of_ours

_SCHEME: Final = "s3"
_DELETE_AT_ONCE: Final = 1000
"""Most objects in one request to delete them."""

_PRECONDITION_FAILED: Final = 412
_CONFLICT: Final = 409
_NOT_FOUND: Final = 404


class S3Store:
    """An `ObjectStore` with the credentials and the end point that Beam has.

    `If-None-Match` and `If-Match` of PutObject make a write conditional.
    """

    def __init__(self, options: PipelineOptions) -> None:
        """Take Beam's options; raises `StoreError` when they make no client."""
        with _in_words():
            self._client: Any = s3_client(options).client

    def list(self, folder: str) -> Iterator[str]:
        """Give the URLs of all objects below a folder, in order."""
        bucket, prefix = split_url(folder + "/", _SCHEME)
        with _in_words():
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=bucket, Prefix=prefix):
                for entry in page.get("Contents", ()):
                    yield f"s3://{bucket}/{entry['Key']}"

    def get(self, url: str) -> Stored | None:
        """Return a small object, None if there is none."""
        bucket, key = split_url(url, _SCHEME)
        with _in_words():
            try:
                found = self._client.get_object(Bucket=bucket, Key=key)
            except Exception as error:
                if _status(error) == _NOT_FOUND and _code(error) != "NoSuchBucket":
                    return None
                raise
            content = found["Body"].read()
        now = parsedate_to_datetime(found["ResponseMetadata"]["HTTPHeaders"]["date"])
        return Stored(content, found["ETag"], (now - found["LastModified"]).total_seconds())

    def put(self, url: str, content: bytes, expected: str | None) -> str | None:
        """Write a small object if its tag is the expected one; see `ObjectStore`."""
        bucket, key = split_url(url, _SCHEME)
        condition = {"IfNoneMatch": "*"} if expected is None else {"IfMatch": expected}
        with _in_words():
            try:
                done = self._client.put_object(Bucket=bucket, Key=key, Body=content, **condition)
            except Exception as error:
                if _status(error) not in (_PRECONDITION_FAILED, _CONFLICT, _NOT_FOUND):
                    raise
                if _code(error) == "NoSuchBucket":
                    raise
            else:
                return str(done["ETag"])
        return tag_of_ours(self.get(url), content)

    def delete(self, urls: Iterable[str]) -> None:
        """Delete objects; one that is not there is no error."""
        buckets: dict[str, list[dict[str, str]]] = {}
        for url in urls:
            bucket, key = split_url(url, _SCHEME)
            buckets.setdefault(bucket, []).append({"Key": key})
        with _in_words():
            for bucket, keys in buckets.items():
                for start in range(0, len(keys), _DELETE_AT_ONCE):
                    some = {"Objects": keys[start : start + _DELETE_AT_ONCE], "Quiet": True}
                    done = self._client.delete_objects(Bucket=bucket, Delete=some)
                    for failed in done.get("Errors", ()):
                        raise StoreError(f"cannot delete {failed['Key']}: {failed['Message']}")


@contextmanager
def _in_words() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError, ValueError) as error:
        raise StoreError(str(error)) from error


def _response(error: Exception) -> dict[str, Any]:
    response: dict[str, Any] = getattr(error, "response", {})
    return response


def _status(error: Exception) -> int | None:
    status: int | None = _response(error).get("ResponseMetadata", {}).get("HTTPStatusCode")
    return status


def _code(error: Exception) -> str | None:
    code: str | None = _response(error).get("Error", {}).get("Code")
    return code
