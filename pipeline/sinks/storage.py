"""Files on whatever storage Beam knows: the only module that opens pieces and output files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, cast

from apache_beam.io.filesystem import CompressionTypes
from apache_beam.io.filesystems import FileSystems


def join(place: str, *names: str) -> str:
    """Return the path of something below a folder."""
    return cast(str, FileSystems.join(place, *names))


def create(path: str) -> BinaryIO:
    """Open a new file for writing, as it is: no name makes Beam compress it."""
    return cast(BinaryIO, FileSystems.create(path, compression_type=CompressionTypes.UNCOMPRESSED))


def open_file(path: str) -> BinaryIO:
    """Open a file for reading, as it is."""
    return cast(BinaryIO, FileSystems.open(path, compression_type=CompressionTypes.UNCOMPRESSED))


def read_bytes(path: str) -> bytes:
    """Return the content of a small file."""
    with open_file(path) as file:
        return file.read()


def replace(source: str, target: str) -> None:
    """Give a finished file its name, over a file that has it already."""
    FileSystems.rename([source], [target])


def delete(paths: Sequence[str]) -> None:
    """Delete files."""
    FileSystems.delete(list(paths))
