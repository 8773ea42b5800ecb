"""Numbers that describe the blocks of a page by their place in the tree, for the block model.

No figure knows an address, a site or a language; words in classes count by their meaning alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from pipeline.cleaning.html import class_words
from pipeline.cleaning.html.elements import INLINE_MARKS, WITHIN
from pipeline.cleaning.html.visible import HtmlPage, Place
from pipeline.cleaning.model.arrays import Floats, Ints, Mask

_OWN_TAGS: Final = "p li td div h span section a article blockquote figcaption dd body".split()

PLACE_NAMES: Final = (
    "depth", "heading", "hidden", "property", "broken", "linked", "strong", "links", "picture",
    *(f"is_{tag}" for tag in _OWN_TAGS),
    *(f"within_{tag}" for tag in WITHIN),
    *(f"near_{name}" for name in class_words.NAMES),
    *(f"far_{name}" for name in class_words.NAMES),
    *(f"inline_{name}" for name in class_words.NAMES),
    *(f"marks_{tag}" for tag in INLINE_MARKS),
)  # fmt: skip

_LEVELS: Final = 4
_GROUP: Final = "blocks words linked prose prose_share".split()
GROUP_NAMES: Final = (
    *(f"path_{name}" for name in _GROUP),
    *(f"level{level}_{name}" for level in range(_LEVELS) for name in _GROUP),
    "core50_up", "core50_inside", "core50_before", "core50_after",
    "core80_up", "core80_inside", "core80_before", "core80_after",
    "h1_before", "h1_after", "h1_none", "title_share", "title_of", "title_before", "heading_before",
    "same_path_before", "same_path_after", "same_parent_before", "same_parent_after",
)  # fmt: skip


PlaceColumns = Mapping[str, Sequence[Any]]
"""The places of a page's blocks by field: see `place_columns`."""


def place_columns(page: HtmlPage) -> PlaceColumns:
    """Return every field of `Place` for all blocks (at least one)."""
    return dict(zip(Place._fields, zip(*page.places, strict=True), strict=True))


def lengths_of(page: HtmlPage) -> Floats:
    """Return float32[n]: the characters of each block."""
    return np.fromiter(
        (block.end - block.start for block in page.page.blocks), np.float32, len(page.places)
    )


_OWN_COLUMN: Final = {
    **{tag: number for number, tag in enumerate(_OWN_TAGS)},
    **{f"h{level}": _OWN_TAGS.index("h") for level in range(1, 7)},
}
_BIT_NAMES: Final = {
    "within": WITHIN, "near": class_words.NAMES, "far": class_words.NAMES,
    "inline": class_words.NAMES, "marks": INLINE_MARKS,
}  # fmt: skip
_NUMBERS: Final = ("depth", "heading", "hidden", "property", "broken")
_SHARES: Final = ("linked", "strong")


class PlaceFigures:
    """Some figures of each block's own place, by name (of `PLACE_NAMES`)."""

    def __init__(self, names: Sequence[str]) -> None:
        """Find out where each figure comes from."""
        self._single: list[tuple[int, str]] = []
        own: list[tuple[int, int]] = []
        bits: dict[str, list[tuple[int, int]]] = {}
        for row, name in enumerate(names):
            field, _, rest = name.partition("_")
            if field == "is":
                own.append((row, _OWN_TAGS.index(rest)))
            elif rest:
                bits.setdefault(field, []).append((row, _BIT_NAMES[field].index(rest)))
            else:
                self._single.append((row, name))
        self._count = len(names)
        self._own = [row for row, _ in own]
        self._own_tags = np.array([[tag] for _, tag in own], np.int64).reshape(-1, 1)
        self._bits = [
            (field, [row for row, _ in some], np.array([[1 << b] for _, b in some], np.uint64))
            for field, some in bits.items()
        ]

    def of(self, columns: PlaceColumns, lengths: Floats) -> Floats:
        """Return float32[names, n] for n blocks of these places and so many characters."""
        out = np.empty((self._count, len(lengths)), np.float32)
        for row, name in self._single:
            if name in _NUMBERS:
                out[row] = columns[name]
            elif name in _SHARES:
                out[row] = np.array(columns[name]) / lengths
            elif name == "links":
                out[row] = list(map(len, columns[name]))
            else:
                out[row] = [picture is not None for picture in columns[name]]
        if self._own:
            tags = np.array([_OWN_COLUMN.get(tag, -1) for tag in columns["tag"]])
            out[self._own] = tags == self._own_tags
        for field, rows, masks in self._bits:
            out[rows] = (np.array(columns[field], np.uint64) & masks) != 0
        return out


def group_features(
    page: HtmlPage, columns: PlaceColumns, lengths: Floats, units: Floats, prose: Mask
) -> Floats:
    """Return float32[len(GROUP_NAMES), n]: the blocks' company in the tree.

    `lengths` float32[n] are the characters of each block; `units` float32[n] counts words and
    `prose` bool[n] tells paragraphs (see `model.shape`).
    """
    n = len(lengths)
    out = np.zeros((len(GROUP_NAMES), n), np.float32)
    linked = units * np.array(columns["linked"], np.float32) / lengths
    text = np.where(prose & (linked < 0.5 * units), units, 0).astype(np.float32)
    total = max(float(text.sum()), 1.0)
    figures = np.stack([np.ones(n, np.float32), units, linked, text])
    paths = _numbers(columns["path"])
    at = 0
    out[at : at + 5] = _described(_summed(figures, paths).take(paths, axis=1), total)
    at += 5
    parents = np.array(page.parents, np.int64)
    own = np.array(columns["number"], np.int64)
    ends = np.array(_ends(page.parents), np.int64)
    inside = _in_subtrees(figures, own, ends)
    node = own
    for _ in range(_LEVELS):
        out[at : at + 5] = _described(inside.take(node, axis=1), total)
        at += 5
        node = np.maximum(parents.take(node), 0)
    index = np.arange(n)
    for share in (0.5, 0.8):
        core = _smallest(inside[3], page.parents, share * total)
        up = _steps_to(own, core, page.parents, ends)
        members = (up == 0).nonzero()[0]
        out[at] = np.minimum(up, 12)
        first, last = (members[0], members[-1]) if len(members) else (0, n)
        out[at + 1] = up == 0
        out[at + 2] = np.log1p(np.maximum(first - index, 0))
        out[at + 3] = np.log1p(np.maximum(index - last, 0))
        at += 4
    _write_headings(out[at : at + 7], page, columns["heading"])
    at += 7
    for values in (paths, own):
        equal = values[1:] == values[:-1]
        out[at, 1:] = out[at + 1, :-1] = equal
        at += 2
    return out


def _described(sums: Floats, total: float) -> Floats:
    out = np.empty((5, sums.shape[1]), np.float32)
    np.log1p(sums[:2], out=out[:2])
    np.divide(sums[2:], np.maximum(sums[1], 1), out=out[2:4])
    np.divide(sums[3], total, out=out[4])
    return out


def _numbers(names: Sequence[str]) -> Ints:
    """Return int64[n]: equal numbers for equal names, counted from 0."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _summed(figures: Floats, groups: Ints, most: int = 0) -> Floats:
    """Return float32[k, groups]: the sums of figures float32[k, n] over the groups of n rows."""
    return np.stack([np.bincount(groups, row, most) for row in figures]).astype(np.float32)


def _ends(parents: Sequence[int]) -> list[int]:
    """Return for each element the number behind that of the last element inside it.

    Elements are numbered in the order of the markup: those inside one follow it.
    """
    count = len(parents)
    ends = list(range(1, count + 1))
    for number in range(count - 1, 0, -1):
        parent = parents[number]
        if parent >= 0 and ends[number] > ends[parent]:
            ends[parent] = ends[number]
    return ends


def _in_subtrees(figures: Floats, own: Ints, ends: Ints) -> Floats:
    """Return float32[k, elements]: sums over all blocks inside each element."""
    sums = np.zeros((len(figures), len(ends) + 1))
    for row, figure in zip(sums, figures, strict=True):
        np.cumsum(np.bincount(own, figure, len(ends)), out=row[1:])
    return (sums.take(ends, axis=1) - sums[:, :-1]).astype(np.float32)


def _smallest(text: Floats, parents: Sequence[int], least: float) -> int:
    """Return the last, and so the deepest, element that holds at least so much text."""
    enough = np.nonzero(text >= least)[0]
    if not len(enough):
        return 0
    best = int(enough[0])
    for number in enough.tolist()[1:]:
        if parents[number] == best:
            best = number
    return best


def _steps_to(own: Ints, core: int, parents: Sequence[int], ends: Ints) -> Ints:
    """Return how far up from the core the first element is that holds both the core and a block.

    0 for blocks in the core itself.
    """
    around = []
    while core >= 0:
        around.append(core)
        core = parents[core]
    begins = np.array(around)[:, None]
    steps: Ints = ((own < begins) | (own >= ends.take(begins))).sum(axis=0)
    return steps


def _write_headings(out: Floats, page: HtmlPage, headings: Sequence[int]) -> None:
    """Write where blocks stand to the first heading, and what they share with the title."""
    n = len(headings)
    index = np.arange(n)
    title = page.title.casefold()
    words = frozenset(title.split())
    longest = len(title) + 40
    best, best_share = -1, 0.0
    for row, (_, start, end, text, _) in enumerate(page.page.blocks if words else ()):
        if end - start <= longest and not words.isdisjoint(spoken := text.casefold().split()):
            said = frozenset(spoken)
            common = len(said & words)
            of_line, of_title = common / len(said), common / len(words)
            out[3, row], out[4, row] = of_line, of_title
            value = of_line * of_title + (0.3 if headings[row] == 1 else 0.0)
            if value > best_share:
                best, best_share = row, value
    heads = np.array(headings)
    first = int((heads == 1).argmax())
    if heads[first] != 1:
        out[2] = 1
    else:
        out[0] = np.log1p(np.maximum(first - index, 0))
        out[1] = np.log1p(np.maximum(index - first, 0))
    if best >= 0 and best_share > 0.3:
        out[5] = np.sign(index - best) * np.log1p(np.abs(index - best))
    last = np.maximum.accumulate(np.where(heads > 0, index, -50))
    out[6] = np.minimum(index - last, 50)
