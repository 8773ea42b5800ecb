"""One file of named arrays: a line of JSON (the card and the table of contents), then the numbers.

No pickle: reading a file runs none of its content. Numbers are little-endian, arrays begin at
multiples of 64 bytes after the header line.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_KIND: Final = "block-model 1"
_TYPES: Final = {
    "float16": "<f2",
    "float32": "<f4",
    "int16": "<i2",
    "int32": "<i4",
    "uint64": "<u8",
}
_ALIGN: Final = 64


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], card: Mapping[str, Any]) -> None:
    """Write arrays, sorted by name, and a card (anything JSON can hold); same input, same bytes."""
    contents, parts, place = [], [], 0
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        data = array.astype(_TYPES[array.dtype.name]).tobytes()
        data += b"\0" * (-len(data) % _ALIGN)
        contents.append(
            {"name": name, "type": array.dtype.name, "shape": list(array.shape), "at": place}
        )
        place += len(data)
        parts.append(data)
    header = {"kind": _KIND, "card": card, "arrays": contents}
    line = json.dumps(header, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    path.write_bytes(line + b"".join(parts))


def digest_of(data: bytes) -> str:
    """Return what tells one model file from another: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(data).hexdigest()[:12]


def read_arrays(data: bytes) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays (read-only) and the card of a model file's bytes.

    Raises ValueError if the bytes are no such file or end early.
    """
    line, _, body = data.partition(b"\n")
    try:
        header = json.loads(line)
    except ValueError as error:
        raise ValueError("not a model file") from error
    if not isinstance(header, dict) or header.get("kind") != _KIND:
        raise ValueError("not a model file of this version")
    arrays = {}
    try:
        for entry in header["arrays"]:
            count = math.prod(entry["shape"])
            flat = np.frombuffer(body, _TYPES[entry["type"]], count, entry["at"])
            arrays[entry["name"]] = flat.reshape(entry["shape"])
        return arrays, dict(header["card"])
    except (KeyError, TypeError) as error:
        raise ValueError("the model file's table of contents is damaged") from error
