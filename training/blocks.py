"""Lines of a text as blocks, for training: the pipeline brings its own."""

from __future__ import annotations

import re
from typing import Final

from pipeline.cleaning.model.arrays import Span

_LINE: Final = re.compile("[^\n\r\v\f\u2028\u2029]+")


def blocks_of(text: str) -> list[Span]:
    """Return the (start, end) of every line that is not white space alone, white space cut off."""
    spans = []
    for line in _LINE.finditer(text):
        ink = line.group().lstrip()
        if ink:
            start = line.end() - len(ink)
            spans.append((start, start + len(ink.rstrip())))
    return spans
