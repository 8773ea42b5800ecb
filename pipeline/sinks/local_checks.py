"""Which folders of this machine may be an OUTPUT: a run swaps it away, or adds a batch to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.sinks.errors import OutputModeError, OutputNotOursError, OutputUnusableError
from pipeline.sinks.layout import TAKEN, batch_number, is_harmless, is_output_name

_GLOB = re.compile(r"[*?\[{]")


def resolve(output: str) -> Path:
    """Return the folder that OUTPUT means, absolute and with symbolic links followed.

    Raises:
        OutputUnusableError: OUTPUT is no path.
    """
    if not output or "\0" in output:
        raise OutputUnusableError("OUTPUT must be the path of a folder")
    return Path(os.path.realpath(output))


def check_replaceable(folder: Path) -> None:
    """Make sure that a folder holds nothing but the output of a run that is not incremental.

    Raises:
        OutputModeError: It holds batches.
        OutputNotOursError: It holds files that this pipeline did not write.
    """
    if any(batch_number(path.name) is not None for path in folder.iterdir()):
        raise OutputModeError(
            f"OUTPUT {folder} holds batches of incremental runs: add to them with --incremental, "
            "or name another folder"
        )
    _require_no_foreign(folder, foreign_entry(folder))


def check_batches(folder: Path) -> None:
    """Make sure that a folder holds nothing but batches, each of which says what it took.

    Raises:
        OutputModeError: It holds the output of a run that is not incremental.
        OutputNotOursError: It holds files that this pipeline did not write.
    """
    foreign = []
    with os.scandir(folder) as entries:
        for entry in entries:
            is_file = entry.is_file(follow_symlinks=False)
            if is_file and is_harmless(entry.name):
                continue
            if is_file and is_output_name(entry.name):
                raise OutputModeError(
                    f"OUTPUT {folder} holds the output of a run without --incremental: leave the "
                    "flag out to replace it, or name another folder"
                )
            if batch_number(entry.name) is None or not entry.is_dir(follow_symlinks=False):
                foreign.append(entry.name)
            elif not Path(entry.path, TAKEN).is_file():
                raise OutputNotOursError(
                    f"OUTPUT {folder}: {entry.name} has no {TAKEN}, so that nobody knows what it "
                    "was made of; put it back, or name another folder"
                )
    _require_no_foreign(folder, min(foreign, default=None))


def check_target(
    target: Path,
    inputs: Sequence[str],
    check_content: Callable[[Path], None] = check_replaceable,
) -> None:
    """Make sure that a folder may be the output of a run. Nothing is touched.

    Args:
        target: What `resolve` gave; it need not exist.
        inputs: The INPUT paths and globs.
        check_content: Raises OutputError for a folder with a content that does not fit the run.

    Raises:
        OutputUnusableError: It is a file, a mount point, or holds the user's home, the current
            folder or an input.
        OutputModeError: It holds what a run of the other kind wrote.
        OutputNotOursError: It holds files that this pipeline did not write.
    """
    for what, path in _protected(inputs):
        if target == path or target in path.parents:
            raise OutputUnusableError(f"OUTPUT {target} must not be or contain {what} ({path})")
    try:
        _check_parent(target)
        if not target.exists():
            return
        if not target.is_dir():
            raise OutputUnusableError(f"OUTPUT {target} is a file, it must be a folder")
        if target.is_mount():
            raise OutputUnusableError(
                f"OUTPUT {target} is a mount point and cannot be replaced as a whole; "
                "name a folder inside it"
            )
        if not os.access(target, os.W_OK | os.X_OK):
            raise OutputUnusableError(f"OUTPUT {target} is not writable")
        check_content(target)
    except OSError as error:
        raise OutputUnusableError(f"OUTPUT {target} cannot be used: {error.strerror}") from error


def foreign_entry(folder: Path) -> str | None:
    """Return the first name in a folder that is no output file, None if all are."""
    with os.scandir(folder) as entries:
        foreign = [
            entry.name
            for entry in entries
            if not (is_output_name(entry.name) and entry.is_file(follow_symlinks=False))
        ]
    return min(foreign, default=None)


def _require_no_foreign(folder: Path, foreign: str | None) -> None:
    if foreign is not None:
        raise OutputNotOursError(
            f"OUTPUT {folder} holds {foreign!r}, which this pipeline did not write; "
            "name a new or an empty folder"
        )


def fixed_part(pattern: str) -> Path:
    """Return the folder or file that a path or glob is certain to be in, absolute."""
    path = Path(pattern)
    if not os.path.lexists(pattern):
        parts = path.parts
        wild = next((n for n, part in enumerate(parts) if _GLOB.search(part)), len(parts))
        path = Path(*parts[:wild])
    return Path(os.path.realpath(path))


def _protected(inputs: Iterable[str]) -> Iterator[tuple[str, Path]]:
    yield "the root folder", Path(os.path.realpath(os.sep))
    with suppress(RuntimeError):  # A user without a home.
        yield "your home folder", Path(os.path.realpath(Path.home()))
    with suppress(FileNotFoundError):  # The current folder was removed.
        yield "the current folder", Path(os.path.realpath(Path.cwd()))
    for pattern in inputs:
        if "://" not in pattern:
            yield "an INPUT", fixed_part(pattern)


def _check_parent(target: Path) -> None:
    """Look upwards for what exists, since missing parents are created."""
    parent = next(parent for parent in target.parents if parent.exists())
    if not parent.is_dir():
        raise OutputUnusableError(f"OUTPUT {target} cannot be written: {parent} is a file")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise OutputUnusableError(f"OUTPUT {target} cannot be written: {parent} is not writable")
