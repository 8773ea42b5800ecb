"""What a helper process and the one that started it say to each other.

Both directions carry frames: the length in 8 bytes, big-endian, and a pickle. First goes a `Start`,
and `READY` comes back when it is carried out; then each question is answered in turn, by what the
function returned or by a `Lost`. End of file ends the helper.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from schemas.rejection import ErrorType

LENGTH: Final = struct.Struct(">Q")
READY: Final = "ready"


@dataclass(frozen=True, slots=True)
class HelperLimits:
    """What one question may take.

    `cpu_seconds` is processor time of the helper, so that other load on the machine costs no page;
    `wall_seconds` bounds the waiting for one that sleeps or hangs. `memory_bytes` may be used
    beyond what the function takes once it is made. Up to `in_flight` questions, of
    `in_flight_bytes` together, are on their way, so that the helper never waits for the next.
    """

    cpu_seconds: float = 20.0
    wall_seconds: float = 400.0
    memory_bytes: int = 2 << 30
    in_flight: int = 8
    in_flight_bytes: int = 4 << 20


@dataclass(frozen=True, slots=True)
class Start:
    """How a helper begins: `make` is called once and gives the function that answers."""

    make: Callable[[], Callable[[Any], Any]]
    limits: HelperLimits


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a question has no answer."""

    error_type: ErrorType
    message: str


def frame(payload: bytes) -> bytes:
    """Return a payload with its length in front."""
    return LENGTH.pack(len(payload)) + payload


def read_frame(file: BinaryIO) -> bytes | None:
    """Return the next payload, None at the end of the file, be it within a frame."""
    head = file.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    payload = file.read(length)
    return payload if len(payload) == length else None
