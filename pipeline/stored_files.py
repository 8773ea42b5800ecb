"""Files as they are stored, opened by their path or URL."""

from __future__ import annotations

from typing import BinaryIO, cast

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipeline import gs_io, s3_io


def open_stored(uri: str) -> BinaryIO:
    """Open a file for reading, for a path or any URL that Beam knows; no name unpacks it."""
    if uri.startswith(s3_io.SCHEME):
        return cast(BinaryIO, s3_io.s3_io().open(uri, "rb"))
    if uri.startswith(gs_io.SCHEME):
        return gs_io.open_object(uri)
    return cast(BinaryIO, FileSystems.open(uri, compression_type=CompressionTypes.UNCOMPRESSED))
