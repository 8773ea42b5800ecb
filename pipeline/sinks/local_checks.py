"""Which folders of this machine may be an OUTPUT: the promotion swaps the whole folder away."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.sinks.errors import OutputNotOursError, OutputUnusableError
from pipeline.sinks.layout import is_output_name

_GLOB = re.compile(r"[*?\[{]")


def resolve(output: str) -> Path:
    """Return the folder that OUTPUT means, absolute and with symbolic links followed.

    Raises:
        OutputUnusableError: OUTPUT is no path.
    """
    if not output or "\0" in output:
        raise OutputUnusableError("OUTPUT must be the path of a folder")
    return Path(os.path.realpath(output))


def check_target(target: Path, inputs: Sequence[str]) -> None:
    """Make sure that a folder may be replaced by the output of a run. Nothing is touched.

    Args:
        target: What `resolve` gave; it need not exist.
        inputs: The INPUT paths and globs.

    Raises:
        OutputUnusableError: It is a file, a mount point, or holds the user's home, the current
            folder or an input.
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
        foreign = foreign_entry(target)
    except OSError as error:
        raise OutputUnusableError(f"OUTPUT {target} cannot be used: {error.strerror}") from error
    if foreign is not None:
        raise OutputNotOursError(
            f"OUTPUT {target} holds {foreign!r}, which this pipeline did not write; "
            "name a new or an empty folder"
        )


def foreign_entry(folder: Path) -> str | None:
    """Return the first name in a folder that is no output file, None if all are."""
    with os.scandir(folder) as entries:
        foreign = [
            entry.name
            for entry in entries
            if not (is_output_name(entry.name) and entry.is_file(follow_symlinks=False))
        ]
    return min(foreign, default=None)


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
