"""A local server that speaks the protocol of S3 (moto's), for tests."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

START_SECONDS = 60
BUCKET = "bucket"
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """Give the address of a server with an empty bucket; its log goes to `folder`."""
    pytest.importorskip("boto3", reason="S3 needs: pip install '.[aws]'")
    pytest.importorskip("moto.server", reason="its tests need: pip install 'moto[server]'")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with (
        pytest.MonkeyPatch.context() as patch,
        (folder / "moto.log").open("wb") as log,
        subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=log,
            stderr=log,
        ) as server,
    ):
        try:
            for name, value in CREDENTIALS.items():
                patch.setenv(name, value)
            _wait_for(port)
            address = f"http://127.0.0.1:{port}"
            client(address).create_bucket(Bucket=BUCKET)
            yield address
        finally:
            server.kill()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def client(address: str) -> Any:
    """Return boto3's client of a server."""
    import boto3

    return boto3.client("s3", endpoint_url=address)


def upload(address: str, folder: Path, prefix: str) -> None:
    """Copy the files below a folder into the bucket."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            key = f"{prefix}/{path.relative_to(folder).as_posix()}"
            client(address).upload_file(str(path), BUCKET, key)


def objects(address: str, prefix: str) -> dict[str, bytes]:
    """Return what is in the bucket below a prefix, by the rest of the name."""
    found = client(address).list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/").get("Contents", [])
    return {
        entry["Key"].removeprefix(f"{prefix}/"): client(address)
        .get_object(Bucket=BUCKET, Key=entry["Key"])["Body"]
        .read()
        for entry in found
    }
