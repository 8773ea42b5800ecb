"""White space around the blocks, their places in the page, and figures of the whole page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Mask, Span
from pipeline.cleaning.model.characters import KIND
from pipeline.cleaning.model.shape import Shape

NAMES: Final = (
    "blank_before blank_after more_blank_before more_blank_after less_blank_before indent "
    "indent_change place log_index log_index_end words_place log_words_before log_words_after "
    "words_share first last"
).split()
"""Names of the figures of `write_layout`."""
PAGE_NAMES: Final = (
    "page_blocks page_words page_prose_words page_prose page_blank page_indent page_short page_cjk"
).split()
"""Names of the figures of `write_page`, the same for every block."""

_MOST_BLANK: Final = 4
_MOST_INDENT: Final = 60
_SHORT: Final = 3


def write_layout(out: Floats, text: str, blocks: Sequence[Span], units: Floats) -> None:
    """Write the figures of all blocks into float32[len(NAMES), n]."""
    n = len(blocks)
    blank, indents = [0] * (n + 1), [0] * n
    behind = 0
    for row, (start, end) in enumerate(blocks):
        if start - behind != 1 or text[behind] != "\n":
            gap = text[behind:start]
            if row:
                blank[row] = (gap.count("\n") or gap.count("\r") or 1) - 1
            indents[row] = len(gap) - gap.rfind("\n") - 1
        behind = end
    near = np.minimum(np.array(blank, np.float32), _MOST_BLANK)
    indent = np.array(indents, np.float32)
    usual = float(np.sort(near[1:n])[(n - 1) // 2]) if n > 1 else 0.0
    index = np.arange(n, dtype=np.float32)
    done = np.cumsum(units)
    total = max(float(done[-1]), 1.0)
    before = done - units
    out[0], out[1] = near[:-1], near[1:]
    np.greater(out[:2], usual, out=out[2:4], casting="unsafe")
    out[4] = near[:-1] < usual
    np.minimum(indent, _MOST_INDENT, out=out[5])
    out[6, 0] = 0
    np.sign(indent[1:] - indent[:-1], out=out[6, 1:])
    np.divide(index, n, out=out[7])
    out[8], out[9] = index, index[::-1]
    np.divide(before, total, out=out[10])
    out[11] = before
    np.maximum(total - done, 0, out=out[12])
    np.divide(units, total, out=out[13])
    out[14:16] = 0
    out[14, 0] = out[15, -1] = 1
    for logs in (out[5], out[8:10], out[11:13]):
        np.log1p(logs, out=logs)


def write_page(out: Floats, layout: Floats, shape: Shape, prose: Mask) -> None:
    """Write the page's own figures into float32[len(PAGE_NAMES), n]."""
    units = shape.units
    n = len(units)
    total = max(float(units.sum()), 1.0)
    unspaced = float(shape.counts[KIND["cjk"]].sum() + shape.counts[KIND["hangul"]].sum())
    figures = np.array(
        [
            n, total, float(units[prose].sum()) / total, np.count_nonzero(prose) / n,
            float(layout[NAMES.index("blank_before")].sum()) / n,
            np.count_nonzero(layout[NAMES.index("indent")] > 0) / n,
            np.count_nonzero(units <= _SHORT) / n,
            unspaced / max(float(shape.counts.sum()), 1.0),
        ],
        np.float32,
    )  # fmt: skip
    np.log1p(figures[:2], out=figures[:2])
    out[:] = figures[:, None]
