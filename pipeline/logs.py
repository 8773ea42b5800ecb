"""What is printed of the messages of the pipeline and of Beam."""

from __future__ import annotations

import logging
import os
import sys
from typing import Final

_FORMAT: Final = "%(levelname)s: %(message)s"
_DEBUG_FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_NOISE: Final = (
    "apitools not found",
    "No semi_persistent_directory found",
    "Discarding unparseable args",
    "Discarding invalid overrides",
    "Error processing instruction",
    "Error running pipeline",
    "Traceback (most recent call last)",
    "Really starting service",
    "Really destroying service",
    "Waiting for grpc channel",
)
"""How Beam's messages begin that say nothing: parts that are missing and not used, the head of a
traceback, and the start and the end of a job server."""

_REPEATING_LOGGER: Final = "apache_beam.runners.common"
"""Prints the error that it then raises, and that ends the run."""


class _OneLine(logging.Formatter):
    """A message without its traceback: the first line that is not empty."""

    def format(self, record: logging.LogRecord) -> str:
        lines = [line for line in record.getMessage().splitlines() if line.strip()]
        return f"{_erase_line()}{record.levelname.lower()}: {lines[0] if lines else ''}"


def _erase_line() -> str:
    """Return what wipes a live progress line off the terminal, nothing elsewhere."""
    is_terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return "\x1b[2K" if is_terminal else ""


def _is_worth_showing(record: logging.LogRecord) -> bool:
    if record.name.partition(".")[0] == "pipeline":
        return True
    if record.levelno < logging.WARNING or record.name == _REPEATING_LOGGER:
        return False
    return not record.getMessage().startswith(_NOISE)


def set_up_logging(level: str) -> None:
    """Send messages from `level` (debug, info, warning, error) on to standard error.

    Of libraries, Beam among them, only warnings and errors are shown, a line each; with debug
    everything is, with tracebacks. Replaces what Beam has set up at its import.
    """
    handler = logging.StreamHandler()
    handler.setLevel(level.upper())  # Beam's worker changes the level of the root logger.
    debug = level == "debug"
    handler.setFormatter(logging.Formatter(_DEBUG_FORMAT) if debug else _OneLine())
    if not debug:
        handler.addFilter(_is_worth_showing)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
