"""Files on whatever storage Beam knows: the only module that opens pieces and output files."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import BinaryIO, Self, cast

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems

from pipeline.s3_io import SCHEME, s3_io
from pipeline.sinks.object_store import split_url
from pipeline.stored_files import open_stored


def join(place: str, *names: str) -> str:
    """Return the path of something below a folder."""
    return cast(str, FileSystems.join(place, *names))


def create(path: str) -> BinaryIO:
    """Open a new file for writing, as it is: no name makes Beam compress it."""
    if path.startswith(SCHEME):
        return cast(BinaryIO, _S3Writer(path))
    return cast(BinaryIO, FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED))


def open_file(path: str) -> BinaryIO:
    """Open a file for reading, as it is."""
    return open_stored(path)


def read_bytes(path: str) -> bytes:
    """Return the content of a small file."""
    with open_file(path) as file:
        return file.read()


def replace(source: str, target: str) -> None:
    """Give a finished file its name, over a file that has it already."""
    if source.startswith(SCHEME):
        # Nobody sees the source, so that a copy that is left of it does no harm.
        store = s3_io()
        store.copy(source, target)
        store.delete(source)
    else:
        FileSystems.rename([source], [target])


def delete(paths: Sequence[str]) -> None:
    """Delete files."""
    if paths:
        FileSystems.delete(list(paths))


class _S3Writer:
    """Beam's file, and an empty object where nothing is written.

    Beam writes objects in parts, and the store refuses an object without any part.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: BinaryIO | None = None

    def write(self, data: bytes) -> int:
        if not data:
            return 0
        if self._file is None:
            self._file = cast(BinaryIO, s3_io().open(self._path, "wb"))
        return self._file.write(data)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        else:
            bucket, key = split_url(self._path, "s3")
            s3_io().client.client.put_object(Bucket=bucket, Key=key, Body=b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
