"""Objects in Google Cloud Storage."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, Final

from apache_beam.options.pipeline_options import PipelineOptions

from pipeline.sinks.object_store import Stored, StoreError, split_url, tag_of_ours

_SCHEME: Final = "gs"
_NEW: Final = 0
"""The generation that Google takes for "there is no such object"."""

_READS: Final = 5
"""How often an object is read that is replaced between the two requests that a read takes."""


class GsStore:
    """An `ObjectStore` with the credentials that Beam has; a tag is an object's generation.

    `ifGenerationMatch` makes a write conditional.
    """

    def __init__(self, options: PipelineOptions) -> None:
        """Take Beam's options; raises `StoreError` or `ImportError` when they make no client."""
        from apache_beam.io.gcp.gcsio import GcsIO, create_storage_client

        with _in_words():
            self._client: Any = create_storage_client(options)
            self._beam: Any = GcsIO(self._client, options)
            self._answer = threading.local()
            # The library gives no headers of answers, and ages need the clock of the store.
            self._client._http.hooks["response"].append(self._note_date)

    def list(self, folder: str) -> Iterator[str]:
        """Give the URLs of all objects below a folder, in order."""
        bucket, prefix = split_url(folder + "/", _SCHEME)
        with _in_words():
            fields = "items(name),nextPageToken"
            for blob in self._client.list_blobs(bucket, prefix=prefix, fields=fields):
                yield f"gs://{bucket}/{blob.name}"

    def get(self, url: str) -> Stored | None:
        """Return a small object, None if there is none, be it for want of the bucket."""
        from google.api_core.exceptions import NotFound

        name, key = split_url(url, _SCHEME)
        with _in_words():
            bucket = self._client.bucket(name)
            for _ in range(_READS):
                found = bucket.get_blob(key)
                if found is None:
                    return None
                age = (self._answer.date - found.updated).total_seconds()
                try:
                    content = bucket.blob(key, generation=found.generation).download_as_bytes()
                except NotFound:
                    continue
                # The date of an answer has no fractions of a second, that of an object has.
                return Stored(content, str(found.generation), max(age, 0.0))
        raise StoreError(f"{url} changes faster than it can be read")

    def put(self, url: str, content: bytes, expected: str | None) -> str | None:
        """Write a small object if its tag is the expected one; see `ObjectStore`."""
        from google.api_core.exceptions import PreconditionFailed

        bucket, key = split_url(url, _SCHEME)
        with _in_words():
            blob = self._client.bucket(bucket).blob(key)
            generation = _NEW if expected is None else int(expected)
            try:
                blob.upload_from_string(
                    content, "application/octet-stream", if_generation_match=generation
                )
            except PreconditionFailed:
                pass
            else:
                return str(blob.generation)
        return tag_of_ours(self.get(url), content)

    def delete(self, urls: Iterable[str]) -> None:
        """Delete objects; one that is not there is no error."""
        urls = list(urls)
        for url in urls:
            split_url(url, _SCHEME)
        with _in_words():
            for url, status in self._beam.delete_batch(urls):
                if status is not None:
                    raise StoreError(f"cannot delete {url}: status {status}")

    def _note_date(self, response: Any, *_args: Any, **_more: Any) -> None:
        self._answer.date = parsedate_to_datetime(response.headers["Date"])


@contextmanager
def _in_words() -> Iterator[None]:
    from google.api_core.exceptions import GoogleAPIError
    from google.auth.exceptions import GoogleAuthError
    from requests import RequestException

    try:
        yield
    except (GoogleAPIError, GoogleAuthError, RequestException, ValueError) as error:
        raise StoreError(str(error)) from error
