"""What helper processes of the tests answer with: some questions wreck them."""

import ctypes
import hashlib
import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path


def answer(question: str) -> str:
    """Return the question in capitals, or do what it says."""
    word, _, rest = question.partition(" ")
    if word in _DEEDS:
        _DEEDS[word](rest)
    return question.upper()


def make() -> Callable[[str], str]:
    """Return the function that answers."""
    return answer


def make_nothing() -> Callable[[str], str]:
    """Fail to start."""
    raise RuntimeError("no model")


def _eat(rest: str) -> None:
    eaten = []
    while True:
        eaten.append(bytearray(16 << 20))


def _kill_once(rest: str) -> None:
    """Be killed by somebody, but only where the file `rest` is not yet there."""
    if not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _raise(rest: str) -> None:
    raise ValueError(rest)


def _spin(rest: str) -> None:
    while True:
        pass


def _print(rest: str) -> None:
    sys.stdout.write("to standard output\n")
    sys.stdout.flush()
    os.write(1, b"and by its number\n")


_DEEDS: dict[str, Callable[[str], object]] = {
    "regex": lambda rest: re.match(r"(a|a)*b", "a" * 64),
    "hash": lambda rest: hashlib.pbkdf2_hmac("sha256", b"a", b"b", 2_000_000_000),
    "spin": _spin,
    "sleep": lambda rest: time.sleep(3600),
    "abort": lambda rest: os.abort(),
    "segfault": lambda rest: ctypes.string_at(0),
    "exit": lambda rest: os._exit(int(rest)),
    "eat": _eat,
    "raise": _raise,
    "print": _print,
    "killed": _kill_once,
    "large": lambda rest: None,
}
