"""Wrong usage of the command line: the error, and the name the user may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UsageError(Exception):
    """The command line cannot be understood or carried out. Its text is for the user."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the member of `known` that looks most like `name`, or None when none does.

    Case does not count, nor whether words are joined by hyphens or underscores; of two spellings
    of one name the one that sorts first, which is the hyphened one, is returned.
    """
    by_form = {_form(candidate): candidate for candidate in sorted(known, reverse=True)}
    close = difflib.get_close_matches(_form(name), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else None


def _form(name: str) -> str:
    return name.lower().replace("_", "-")
