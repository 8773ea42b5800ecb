"""Numbers that describe the blocks of a page by their place in the tree, for the block model.

No figure knows an address, a site or a language; words in classes count by their meaning alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

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


def place_features(page: HtmlPage) -> Floats:
    """Return float32[n, len(PLACE_NAMES)]: each block's own place."""
    n = len(page.places)
    out = np.zeros((n, len(PLACE_NAMES)), np.float32)
    lengths = lengths_of(page)
    by_field = dict(zip(Place._fields, zip(*page.places, strict=True), strict=True))
    for column, name in enumerate(("depth", "heading", "hidden", "property", "broken")):
        out[:, column] = by_field[name]
    out[:, 5] = np.array(by_field["linked"]) / lengths
    out[:, 6] = np.array(by_field["strong"]) / lengths
    out[:, 7] = list(map(len, by_field["links"]))
    out[:, 8] = [picture is not None for picture in by_field["picture"]]
    at = 9
    own = np.array([_OWN_COLUMN.get(tag, -1) for tag in by_field["tag"]])
    rows = (own >= 0).nonzero()[0]
    out[rows, at + own[rows]] = 1
    at += len(_OWN_TAGS)
    meanings = len(class_words.NAMES)
    for name, width in (
        ("within", len(WITHIN)), ("near", meanings), ("far", meanings), ("inline", meanings),
        ("marks", len(INLINE_MARKS)),
    ):  # fmt: skip
        out[:, at : at + width] = _bits(by_field[name], width)
        at += width
    return out


def lengths_of(page: HtmlPage) -> Floats:
    """Return float32[n]: the characters of each block."""
    return np.fromiter(
        (len(block.text) for block in page.page.blocks), np.float32, len(page.places)
    )


_OWN_COLUMN: Final = {
    **{tag: number for number, tag in enumerate(_OWN_TAGS)},
    **{f"h{level}": _OWN_TAGS.index("h") for level in range(1, 7)},
}


def _bits(values: Sequence[int], width: int) -> Floats:
    """Return float32[n, width]: the lowest bits of the numbers, the first of them first."""
    numbers = np.array(values, np.uint64)
    bits = np.unpackbits(numbers.view(np.uint8).reshape(len(values), 8), axis=1, bitorder="little")
    return bits[:, :width].astype(np.float32)


def group_features(page: HtmlPage, units: Floats, prose: Mask) -> Floats:
    """Return float32[n, len(GROUP_NAMES)]: the block's company in the tree.

    `units` float32[n] counts words and `prose` bool[n] tells paragraphs (see
    `model.shape`).
    """
    places = page.places
    n = len(places)
    out = np.zeros((n, len(GROUP_NAMES)), np.float32)
    lengths = lengths_of(page)
    linked = units * np.array([place.linked for place in places], np.float32) / lengths
    text = np.where(prose & (linked < 0.5 * units), units, 0).astype(np.float32)
    total = max(float(text.sum()), 1.0)
    figures = np.stack([np.ones(n, np.float32), units, linked, text], axis=1)
    paths = _numbers([place.path for place in places])
    at = 0
    out[:, at : at + 5] = _described(_summed(figures, paths)[paths], total)
    at += 5
    parents = np.array(page.parents, np.int64)
    own = np.array([place.number for place in places], np.int64)
    inside = _in_subtrees(figures, own, page.parents)
    node = own
    for _ in range(_LEVELS):
        out[:, at : at + 5] = _described(inside[node], total)
        at += 5
        node = np.maximum(parents[node], 0)
    index = np.arange(n)
    for share in (0.5, 0.8):
        core = _smallest(inside[:, 3], page.parents, share * total)
        around = _ancestors(core, page.parents)
        up = _steps_to(own, page.parents, around)
        members = up == 0
        out[:, at] = np.minimum(up, 12)
        first, last = (index[members][0], index[members][-1]) if members.any() else (0, n)
        out[:, at + 1] = members
        out[:, at + 2] = np.log1p(np.maximum(first - index, 0))
        out[:, at + 3] = np.log1p(np.maximum(index - last, 0))
        at += 4
    _write_headings(out[:, at : at + 7], page, units)
    at += 7
    for values in (paths, own):
        out[:, at], out[:, at + 1] = _same(values)
        at += 2
    return out


def _described(sums: Floats, total: float) -> Floats:
    out = np.empty((len(sums), 5), np.float32)
    out[:, 0] = np.log1p(sums[:, 0])
    out[:, 1] = np.log1p(sums[:, 1])
    words = np.maximum(sums[:, 1], 1)
    out[:, 2] = sums[:, 2] / words
    out[:, 3] = sums[:, 3] / words
    out[:, 4] = sums[:, 3] / total
    return out


def _numbers(names: Sequence[str]) -> Ints:
    """Return int64[n]: equal numbers for equal names, counted from 0."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _summed(figures: Floats, groups: Ints) -> Floats:
    out = np.zeros((int(groups.max(initial=-1)) + 1, figures.shape[1]), np.float32)
    np.add.at(out, groups, figures)
    return out


def _in_subtrees(figures: Floats, own: Ints, parents: Sequence[int]) -> Floats:
    """Return float32[elements, k]: sums over all blocks inside each element."""
    count = len(parents)
    sums = np.zeros((count + 1, figures.shape[1]))
    np.add.at(sums[1:], own, figures)
    np.cumsum(sums, axis=0, out=sums)
    # Elements are numbered in the order of the markup: those inside one follow it.
    ends = list(range(1, count + 1))
    for number in range(count - 1, 0, -1):
        parent = parents[number]
        if parent >= 0 and ends[number] > ends[parent]:
            ends[parent] = ends[number]
    return (sums[ends] - sums[:-1]).astype(np.float32)


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


def _ancestors(number: int, parents: Sequence[int]) -> dict[int, int]:
    """Return an element and those around it, with how far up each is."""
    found: dict[int, int] = {}
    while number >= 0:
        found[number] = len(found)
        number = parents[number]
    return found


def _steps_to(own: Ints, parents: Sequence[int], around: dict[int, int]) -> Ints:
    """Return how far up from the core the first element is that holds both the core and a block.

    0 for blocks in the core itself.
    """
    known = dict(around)

    def steps(number: int) -> int:
        trail = []
        while number not in known:
            trail.append(number)
            number = parents[number]
        for passed in trail:
            known[passed] = known[number]
        return known[number]

    return np.array([steps(number) for number in own.tolist()], np.int64)


def _write_headings(out: Floats, page: HtmlPage, units: Floats) -> None:
    """Write where a block stands to the first heading, and what it shares with the title."""
    n = len(page.places)
    index = np.arange(n)
    title = page.title.casefold()
    words = frozenset(title.split())
    longest = len(title) + 40 if words else 0
    best, best_share = -1, 0.0
    for row, block in enumerate(page.page.blocks):
        if len(block.text) > longest:
            continue
        spoken = block.text.casefold().split()
        if not words.isdisjoint(spoken):
            said = frozenset(spoken)
            common = len(said & words)
            out[row, 3] = common / len(said)
            out[row, 4] = common / len(words)
            value = out[row, 3] * out[row, 4] + (0.3 if page.places[row].heading == 1 else 0.0)
            if value > best_share:
                best, best_share = row, float(value)
    heads = np.fromiter((place.heading for place in page.places), np.int64, n)
    first = int((heads == 1).argmax())
    if heads[first] != 1:
        out[:, 2] = 1
    else:
        out[:, 0] = np.log1p(np.maximum(first - index, 0))
        out[:, 1] = np.log1p(np.maximum(index - first, 0))
    if best >= 0 and best_share > 0.3:
        out[:, 5] = np.sign(index - best) * np.log1p(np.abs(index - best))
    last = np.maximum.accumulate(np.where(heads > 0, index, -50))
    out[:, 6] = np.minimum(index - last, 50)


def _same(values: Ints) -> tuple[Floats, Floats]:
    """Return whether a block shares a value with the one before, and with the one behind."""
    equal = (values[1:] == values[:-1]).astype(np.float32)
    pad = np.zeros(1, np.float32)
    return np.concatenate([pad, equal]), np.concatenate([equal, pad])
