"""From the user's inputs to files: a file, a folder with all below it, a glob, or several.

In a folder, names that begin with a dot or an underscore (Hadoop's marks and work folders) and
`README*` are no data and are skipped; what a glob matches or the user names is always read.
Local paths are walked here rather than by Beam's local file system, which takes `a[1].txt` for a
pattern only, lets `**/` stand for one folder at least, and leaves broken links out without a word.
Other schemes go through Beam's `FileSystems`.
"""

from __future__ import annotations

import functools
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from apache_beam.io.filesystem import FileMetadata
from apache_beam.io.filesystems import FileSystems

from pipeline.sources.glob import Glob, State, has_wildcard
from pipeline.sources.rejections import (
    ReadError,
    rejection,
    source_of,
    unreadable,
    written_uri,
)
from schemas.rejection import ErrorType, Rejection


@dataclass(frozen=True, slots=True)
class Times:
    """When a file was last modified, and when anything of it last changed, its rights included.

    Nanoseconds since 1970 by the clock of its storage. Nobody can set `changed_ns`; stores of
    objects do not have it.
    """

    modified_ns: int
    changed_ns: int | None


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: its path or URL as it was matched, and its size in bytes as stored.

    `times` is None where the storage does not tell them, and no part of what the file is.
    """

    uri: str
    size: int
    times: Times | None = field(default=None, compare=False)


class SkipReason(StrEnum):
    """Why something in a folder is not read."""

    HIDDEN = "hidden"
    UNDERSCORE = "underscore"
    README = "readme"
    SEEN_FOLDER = "seen_folder"
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file in a folder, or a folder with all in it (then `uri` ends with "/"), not read."""

    uri: str
    reason: SkipReason


Found = FoundFile | SkippedFile | Rejection

_SPECIAL: Final = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a character device"),
    (stat.S_ISBLK, "a block device"),
)


_NOTHING: Final[State] = frozenset()

NS_PER_SECOND: Final = 1_000_000_000


def find_files(inputs: Sequence[str], output: str | None = None) -> Iterator[Found]:
    """Give the files of the inputs, each once: input by input, in the order of their names.

    What cannot be read (a broken link, a closed folder, a pipe) is given as a `Rejection`; it is
    not opened. Links are followed, but no folder is walked again through a link. Memory grows with
    the largest folder, and with the number of files when there are several inputs. An input that
    matches nothing gives nothing, see `missing_inputs`. `output` is a folder that is not entered:
    a run does not read what the one before it wrote.

    Raises `ValueError` for a URL whose scheme Beam does not know, `OSError` when a remote file
    system fails to list.
    """
    local, remote = _sorted_inputs(inputs)
    named = frozenset(path for path, glob in local if glob is None)
    globs = [glob for _, glob in local if glob is not None]
    seen: set[str] | None = set() if len(local) + len(remote) > 1 else None
    real_path = functools.lru_cache(maxsize=64)(os.path.realpath)
    for item in _matched(local, remote, _identity(output), _url(output)):
        if (
            isinstance(item, SkippedFile)
            and item.reason is not SkipReason.OUTPUT
            and (item.uri in named or any(glob.matches(item.uri) for glob in globs))
        ):
            continue
        if seen is not None:
            key = _key(item, real_path)
            if key in seen:
                continue
            seen.add(key)
        yield item


def missing_inputs(inputs: Sequence[str]) -> list[str]:
    """Return the inputs that match nothing at all, as they were given; opens no file.

    A folder that exists is not missing, even when it is empty. A URL whose scheme is unknown or
    whose file system cannot be reached is missing.
    """
    return [given for given in inputs if not _is_there(given)]


def _is_there(given: str) -> bool:
    local, remote = _sorted_inputs([given])
    if any(glob is None for _, glob in local):
        return os.path.lexists(local[0][0])
    try:
        return next(_matched(local, remote, None, None), None) is not None
    except (ValueError, OSError):
        return False


def _sorted_inputs(inputs: Sequence[str]) -> tuple[list[tuple[str, Glob | None]], list[str]]:
    local: dict[str, Glob | None] = {}
    remote: set[str] = set()
    for given in inputs:
        if FileSystems.get_scheme(given) is not None:
            remote.add(given)
        elif given and "\0" not in given:
            path = _normalised(given)
            is_literal = os.path.lexists(given) or not has_wildcard(given)
            local[path] = None if is_literal else Glob(path)
    return sorted(local.items(), key=lambda item: item[0]), sorted(remote)


def _normalised(path: str) -> str:
    """Return a path without `.` and doubled slashes; `..` stays, for it may follow a link."""
    parts = [part for part in path.split("/") if part not in {"", "."}]
    return ("/" if path.startswith("/") else "") + "/".join(parts) or "."


def _key(item: Found, real_path: Callable[[str], str]) -> str:
    """Return what all names of one folder entry have in common: its real folder and own name."""
    uri = item.source.uri if isinstance(item, Rejection) else item.uri
    if FileSystems.get_scheme(uri) is None:
        folder, name = os.path.split(uri.rstrip("/"))
        uri = f"{real_path(folder)}/{name}"
    return f"{type(item).__name__} {uri}"


_Identity = tuple[int, int]
"""Device and inode of a folder."""


def _identity(folder: str | None) -> _Identity | None:
    if folder is None:
        return None
    try:
        status = Path(folder).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _url(folder: str | None) -> str | None:
    """Return a folder in a store as its objects begin, None for any other folder."""
    is_remote = folder is not None and FileSystems.get_scheme(folder) is not None
    return f"{folder.rstrip('/')}/" if folder is not None and is_remote else None


def _matched(
    local: Sequence[tuple[str, Glob | None]],
    remote: Sequence[str],
    output: _Identity | None,
    written: str | None,
) -> Iterator[Found]:
    for path, glob in local:
        if glob is None:
            yield from _named(path, output)
        else:
            yield from _walk(_Folder(glob.root, glob.deeper(glob.start), False), glob, output)
    for pattern in remote:
        yield from _match_remote(pattern, written)


def _named(path: str, output: _Identity | None) -> Iterator[Found]:
    try:
        status = Path(path).stat()
    except OSError as error:
        if os.path.lexists(path):
            yield _unreadable(path, error)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(_Folder(path, _NOTHING, True), None, output)
    else:
        yield _file(path, status)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder on the walk: what of the glob is to be matched in it, and whether it is data."""

    path: str
    state: State
    is_data: bool


def _walk(top: _Folder, glob: Glob | None, output: _Identity | None) -> Iterator[Found]:
    """Give what is in a folder and below, without recursion, as paths may be 2,000 folders deep."""
    walked: set[tuple[int, int, State]] = set()
    stack: list[Iterator[Found | _Folder]] = [iter((top,))]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif not isinstance(item, _Folder):
            yield item
        else:
            try:
                status = Path(item.path).stat()
                if (status.st_dev, status.st_ino) == output:
                    yield SkippedFile(written_uri(item.path) + "/", SkipReason.OUTPUT)
                    continue
                # In one state of the glob a folder is walked once: loops of links end here.
                place = (status.st_dev, status.st_ino, item.state)
                if place in walked:
                    if item.is_data:
                        yield SkippedFile(written_uri(item.path) + "/", SkipReason.SEEN_FOLDER)
                    continue
                walked.add(place)
                with os.scandir(item.path) as listing:
                    entries = sorted(listing, key=_order)
            except OSError as error:
                if item.is_data or item is not top:
                    yield _unreadable(item.path + "/", error)
            else:
                stack.append(_entries(item, entries, glob))


def _order(entry: os.DirEntry[str]) -> str:
    """Sort folders by the slash that follows them, so that whole paths come out in order."""
    try:
        return entry.name + "/" if entry.is_dir() else entry.name
    except OSError:
        return entry.name


def _entries(
    folder: _Folder, entries: Sequence[os.DirEntry[str]], glob: Glob | None
) -> Iterator[Found | _Folder]:
    prefix = {".": "", "/": "/"}.get(folder.path, f"{folder.path}/")
    for entry in entries:
        state = glob.advance(folder.state, entry.name) if glob else _NOTHING
        is_matched = glob.accepts(state) if glob else False
        if not (folder.is_data or state):
            continue
        path = f"{prefix}{entry.name}"
        reason = None if is_matched else _skip_reason(entry.name)
        is_data = is_matched or (folder.is_data and reason is None)
        try:
            status = entry.stat()
        except OSError as error:
            if is_data:
                yield _unreadable(path, error)
            elif folder.is_data and reason is not None:
                yield SkippedFile(written_uri(path), reason)
            continue
        if stat.S_ISDIR(status.st_mode):
            is_data = is_data or (folder.is_data and reason is SkipReason.README)
            deeper = glob.deeper(state) if glob else _NOTHING
            if is_data or deeper:
                yield _Folder(path, deeper, is_data)
            elif folder.is_data and reason is not None:
                yield SkippedFile(written_uri(path) + "/", reason)
        elif is_data:
            yield _file(path, status)
        elif folder.is_data and reason is not None:
            yield SkippedFile(written_uri(path), reason)


def _skip_reason(name: str) -> SkipReason | None:
    if name.startswith("."):
        return SkipReason.HIDDEN
    if name.startswith("_"):
        return SkipReason.UNDERSCORE
    return SkipReason.README if name.lower().startswith("readme") else None


def _file(path: str, status: os.stat_result) -> Found:
    if stat.S_ISREG(status.st_mode):
        times = Times(status.st_mtime_ns, status.st_ctime_ns)
        return FoundFile(path, status.st_size, times)
    what = next((name for test, name in _SPECIAL if test(status.st_mode)), "a special file")
    message = f"{what} is not read, only regular files are"
    return rejection(source_of(path, None), ReadError(ErrorType.UNREADABLE_FILE, message))


def _unreadable(path: str, error: OSError) -> Rejection:
    return rejection(source_of(path, None), unreadable(error))


def _match_remote(pattern: str, output: str | None) -> Iterator[Found]:
    """Give the objects that a URL or its glob matches, or those below it as a folder."""
    is_output_seen = False
    prefix = ""
    listed = FileSystems.match([pattern])[0].metadata_list
    if not listed and not has_wildcard(pattern):
        prefix = pattern.rstrip("/") + "/"
        listed = FileSystems.match([prefix + "**"])[0].metadata_list
    for entry in sorted(listed, key=lambda metadata: metadata.path):
        uri = entry.path
        if output is not None and uri.startswith(output):
            if not is_output_seen:
                yield SkippedFile(output, SkipReason.OUTPUT)
            is_output_seen = True
            continue
        below = uri.removeprefix(prefix).split("/") if prefix else []
        reason = next((why for name in below if (why := _skip_reason(name)) is not None), None)
        if uri.endswith("/"):
            continue  # The empty object that stands for a folder.
        yield _object(entry) if reason is None else SkippedFile(uri, reason)


def _object(entry: FileMetadata) -> FoundFile:
    updated = entry.last_updated_in_seconds
    times = Times(round(updated * NS_PER_SECOND), None) if updated else None
    return FoundFile(entry.path, entry.size_in_bytes, times)
