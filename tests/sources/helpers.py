"""What the tests of this room share."""

import bz2
import gzip
import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from backports import zstd

from pipeline.documents import RawDocument
from pipeline.sources.find import FoundFile
from pipeline.sources.limits import ReadLimits
from pipeline.sources.read import read_file
from pipeline.sources.skipped import SkippedRecords
from schemas.rejection import Rejection

CHECKED: dict[int, int] = {zstd.CompressionParameter.checksum_flag: 1}


def zstd_checked(data: bytes) -> bytes:
    """Compress as the zstd command does: with a checksum."""
    return zstd.compress(data, options=CHECKED)


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, 1, mtime=0),
    "bz2": lambda data: bz2.compress(data, 1),
    "zst": zstd_checked,
}


def read(
    data: bytes, name: str = "a.txt", limits: ReadLimits | None = None
) -> list[RawDocument | Rejection]:
    """Read one file that is given as its name and its bytes."""

    def open_file(uri: str) -> BinaryIO:
        return io.BytesIO(data)

    items = read_file(FoundFile(name, len(data)), open_file, limits or ReadLimits())
    return [item for item in items if not isinstance(item, SkippedRecords)]


def one(items: list[RawDocument | Rejection]) -> RawDocument | Rejection:
    """Return the only item."""
    (item,) = items
    return item


def outcomes(items: list[RawDocument | Rejection]) -> list[str]:
    """Name each item by its text or by its error type."""
    return [item.text if isinstance(item, RawDocument) else f"!{item.error_type}" for item in items]


def write(path: Path, data: bytes = b"x") -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
