"""Beam's access to Google Cloud Storage, with the errors and the speed of other files."""

from __future__ import annotations

import io
from typing import BinaryIO, Final, cast

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

SCHEME: Final = "gs://"

_BUFFER_BYTES: Final = 1 << 20


def open_object(uri: str) -> BinaryIO:
    """Open an object for reading, as it is.

    Raises OSError for one that is not there or not ours to read; all else, such as a store that
    does not answer, is raised as Google's own errors and must end a run.
    """
    from google.api_core.exceptions import Forbidden, NotFound

    try:
        opened = FileSystems.open(uri, compression_type=CompressionTypes.UNCOMPRESSED)
    except (Forbidden, NotFound) as error:
        raise OSError(int(error.code), str(error)) from error
    # Google's reader has no `peek`, so that it would look for the end of a line byte by byte.
    return cast(BinaryIO, io.BufferedReader(opened, _BUFFER_BYTES))
