"""A local server that speaks the protocol of Google Cloud Storage, for tests.

It is gcp-storage-emulator, which knows no conditional writes: they are added here, as the
documentation of `ifGenerationMatch` says. It answers one request at a time.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

BUCKET = "bucket"


@contextmanager
def gs_server() -> Iterator[None]:
    """Start a server with an empty bucket; this process finds it, without any credentials."""
    pytest.importorskip("google.cloud.storage", reason="gs:// needs: pip install '.[gcp]'")
    reason = "its tests need: pip install gcp-storage-emulator"
    server = pytest.importorskip("gcp_storage_emulator.server", reason=reason)
    from apache_beam.internal.gcp.auth import _Credentials
    from gcp_storage_emulator.handlers import objects

    logging.getLogger("gcp_storage_emulator").setLevel(logging.ERROR)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORAGE_EMULATOR_HOST", f"http://127.0.0.1:{port}")
        # Beam looks for credentials for half a minute before it does without.
        patch.setattr(_Credentials, "_credentials_init", True)
        patch.setattr(_Credentials, "_credentials", None)
        patch.setattr(objects, "_multipart_upload", _conditional(objects._multipart_upload))
        with server.create_server("127.0.0.1", port, in_memory=True, default_bucket=BUCKET):
            yield


def _conditional(upload: Any) -> Any:
    from gcp_storage_emulator.exceptions import NotFound

    def checked(request: Any, response: Any, storage: Any) -> Any:
        name = request.query.get("name", [request.data["meta"].get("name")])[0]
        try:
            there = storage.get_file_obj(request.params["bucket_name"], name)["generation"]
        except NotFound:
            there = "0"
        if request.query.get("ifGenerationMatch", [there]) == [there]:
            return upload(request, response, storage)
        response.status = HTTPStatus.PRECONDITION_FAILED
        response.json({"error": {"code": 412, "message": "conditionNotMet"}})
        return None

    return checked


def bucket() -> Any:
    """Return the bucket as Google's client sees it."""
    from google.cloud.storage import Client

    return Client.create_anonymous_client().bucket(BUCKET)


def upload(folder: Path, prefix: str) -> None:
    """Copy the files below a folder into the bucket."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = f"{prefix}/{path.relative_to(folder).as_posix()}"
            bucket().blob(name).upload_from_filename(str(path))


def objects(prefix: str) -> dict[str, bytes]:
    """Return what is in the bucket below a prefix, by the rest of the name."""
    return {
        blob.name.removeprefix(f"{prefix}/"): blob.download_as_bytes()
        for blob in bucket().list_blobs(prefix=f"{prefix}/")
    }
