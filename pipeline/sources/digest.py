"""What the stored bytes of a file are, told without reading more than must be read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from apache_beam.io.aws.clients.s3.messages import S3ClientError
from apache_beam.io.filesystems import FileSystems

from pipeline.s3_io import SCHEME, is_refused, s3_io

_CHUNK_BYTES: Final = 1 << 20


def stored_digest(uri: str) -> str | None:
    """Return what changes with the bytes of a file, and with nothing else; None when unreadable.

    `sha256:HEX` for a file of this machine, which is read; `tag:TEXT` for an object in a store: the
    entity tag or checksum that the store keeps, which is asked for.

    Raises Beam's own errors for a store that does not answer.
    """
    if uri.startswith(SCHEME):
        try:
            return f"tag:{s3_io().checksum(uri)}"
        except S3ClientError as error:
            if is_refused(error):
                return None
            raise
    if FileSystems.get_scheme(uri) is not None:
        return f"tag:{FileSystems.checksum(uri)}"
    try:
        return f"sha256:{_sha256(uri)}"
    except OSError:
        return None


def _sha256(path: str) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb", buffering=0) as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
