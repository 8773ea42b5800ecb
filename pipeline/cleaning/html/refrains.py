"""Text that a page says more than once and means to, other than a copy of what it has said.

A copy stands in a part of the page of its own: the same article for narrow screens, a summary, a
list of what is quoted. A refrain stands beside what it repeats.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.model.arrays import Mask

_CELLS: Final = frozenset(("td", "th", "pre"))
"""Elements in which the same words twice are data, or code: of 41 repeated cells in the development
pages 34 are text both times."""


def meant_again(page: HtmlPage) -> Mask:
    """Return bool[n]: which shown blocks are meant to stand where they do, whatever stood above.

    That is the block right below a heading that comes for the first time, a cell of a table, a line
    of a listing, and what stands beside its like with something else between: of 46 such items and
    paragraphs in the development pages 41 are text both times.
    """
    meant = np.zeros(len(page.places), np.bool_)
    headings: set[str] = set()
    last: dict[tuple[int, str], int] = {}
    is_headed = False
    for number, (place, block) in enumerate(zip(page.places, page.page.blocks, strict=True)):
        before = last.get(key := (place.parent, block.text))
        is_refrain = before is not None and before + 1 < number and not place.heading
        meant[number] = not place.hidden and (is_headed or is_refrain or place.tag in _CELLS)
        last[key] = number
        is_headed = place.heading > 0 and block.text not in headings
        if is_headed:
            headings.add(block.text)
    return meant
