"""Which paths a glob matches, decided name by name on the way down a folder tree."""

from __future__ import annotations

import fnmatch
import re
from typing import Final

_WILDCARD = re.compile(r"[*?\[]")
_ANY_FOLDERS: Final = "**"

State = frozenset[int]
"""The parts of a glob that the next name may match: a set of indices, as one of several may hold
where `**` stands. The number of parts stands for "all matched"."""


def has_wildcard(path: str) -> bool:
    """Return whether a path holds a character that means something in a glob."""
    return _WILDCARD.search(path) is not None


class Glob:
    """A pattern of `*`, `?`, `[...]` within a name and `**` for any number of folders.

    As in a shell, a wildcard does not match a leading dot. `root` is the folder at which the walk
    begins and `start` the state there.
    """

    def __init__(self, pattern: str) -> None:
        parts = pattern.split("/")
        fixed = next(at for at, part in enumerate(parts) if has_wildcard(part))
        self.root = "/".join(parts[:fixed]) or ("/" if pattern.startswith("/") else ".")
        self._root_parts = tuple(parts[:fixed])
        self._parts = tuple(
            None if part == _ANY_FOLDERS else _name_pattern(part) for part in parts[fixed:]
        )
        self.start = self._closed({0})

    def advance(self, state: State, name: str) -> State:
        """Return the state below a folder entry, empty if nothing there can match."""
        following: set[int] = set()
        for at in state:
            if at == len(self._parts):
                continue
            pattern = self._parts[at]
            if pattern is None:
                if not name.startswith("."):
                    following.add(at)
            elif pattern.match(name):
                following.add(at + 1)
        return self._closed(following)

    def accepts(self, state: State) -> bool:
        """Return whether the path that led to the state matches."""
        return len(self._parts) in state

    def deeper(self, state: State) -> State:
        """Return the part of a state for which a folder's entries have to be looked at."""
        return state - {len(self._parts)}

    def matches(self, path: str) -> bool:
        """Return whether a whole path, written like the pattern, matches."""
        parts = tuple(path.split("/"))
        fixed = len(self._root_parts)
        if parts[:fixed] != self._root_parts:
            return False
        state = self.start
        for name in parts[fixed:]:
            state = self.advance(state, name)
        return self.accepts(state)

    def _closed(self, state: set[int]) -> State:
        closed = set(state)
        # In order, as a `**` that matches no folder may stand before another.
        for at, pattern in enumerate(self._parts):
            if pattern is None and at in closed:
                closed.add(at + 1)
        return frozenset(closed)


def _name_pattern(part: str) -> re.Pattern[str]:
    hidden = "" if part.startswith(".") else r"(?!\.)"
    return re.compile(hidden + fnmatch.translate(part))
