"""The command line: `python -m pipeline`, installed as `article-ingest`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Final

from pipeline.logs import set_up_logging
from pipeline.options import LogLevel, Settings, parse_command_line
from pipeline.sinks.errors import OutputBusyError, OutputError
from pipeline.stopping import Stopping, WorkerLostError
from pipeline.usage import UsageError

DONE: Final = 0
FAILED: Final = 1
WRONG_USAGE: Final = 2
BUSY: Final = 3
"""Exit status of a run that another run on the same output has kept from starting."""

BY_SIGNAL: Final = 128
"""Exit status of a run that a signal has ended, less the signal's number."""

_SPEAKING: Final = (RuntimeError, WorkerLostError)
"""Errors whose text needs no class name in front; Beam's begins with the cause's own."""

_LOGGER: Final = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Run the pipeline as `argv` (without the program's name) asks, and return the exit status.

    What was made goes to standard output, everything else to standard error.
    """
    set_up_logging(LogLevel.INFO)
    try:
        settings = parse_command_line(argv)
    except UsageError as error:
        return _wrong_usage(error)
    except SystemExit:  # --help and --version have printed.
        return DONE
    set_up_logging(settings.log_level)
    with Stopping() as stopping:
        try:
            text = _run(settings)
        except UsageError as error:
            return _wrong_usage(error)
        except OutputBusyError as error:
            _say(str(error))
            return BUSY
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a user sees no traceback.
            if stopping.received is not None:
                _say(f"stopped by {stopping.received.name}; the former output is untouched")
                return BY_SIGNAL + stopping.received
            lost = stopping.worker_error
            return _failed(error if lost is None else WorkerLostError(lost), settings)
    _print(text)
    return DONE


def main_cli() -> None:
    """Run with the arguments of the process, and end it with the exit status."""
    status = main(sys.argv[1:])
    if status > BY_SIGNAL:
        # Threads of Beam may still wait for work that nobody wants any more.
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def _run(settings: Settings) -> str:
    """Run the pipeline and return the text that tells of it."""
    # The imports cost over a second, most of it Beam's: --help and wrong flags need none of them.
    from apache_beam.io.filesystems import FileSystems

    from pipeline.beam_options import pipeline_options
    from pipeline.sources.find import missing_inputs
    from pipeline.stores import require_credentials, require_packages

    options = pipeline_options(settings)
    require_packages((*settings.inputs, settings.output))
    require_credentials((*settings.inputs, settings.output), options)
    # Beam does it too, but not before the inputs are looked for.
    FileSystems.set_options(options)
    missing = list(missing_inputs(settings.inputs))
    if missing:
        raise UsageError(f"no such INPUT: {', '.join(map(str, missing))}")
    try:
        from pipeline.run import run

        outcome = run(settings)
    except OutputBusyError:
        raise
    except OutputError as error:
        raise UsageError(str(error)) from error
    from pipeline.summary import nothing_new, summary

    if outcome.manifest is None:
        return nothing_new(outcome.folder, outcome.already_taken)
    return summary(outcome.manifest, outcome.folder)


def plain_failure(error: BaseException) -> str:
    """Return one line for an error: the last of its text, which in Beam's errors is the cause."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    name = type(error).__name__
    if not lines:
        return name
    return lines[-1] if len(lines) > 1 or type(error) in _SPEAKING else f"{name}: {lines[-1]}"


def _failed(error: BaseException, settings: Settings) -> int:
    if settings.log_level is LogLevel.DEBUG:
        _LOGGER.error("the run failed", exc_info=error)
    _say(f"the run failed: {plain_failure(error)}")
    _say("the former output is untouched; --log-level debug shows where it failed")
    return FAILED


def _wrong_usage(error: UsageError) -> int:
    _say(str(error))
    return WRONG_USAGE


def _say(message: str) -> None:
    print(f"article-ingest: {message}", file=sys.stderr)


def _print(text: str) -> None:
    """Print to standard output; a reader that has gone away, as of `| head`, is no error."""
    try:
        print(text, end="", flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main_cli()
