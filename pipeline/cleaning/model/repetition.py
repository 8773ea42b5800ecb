"""Repetition inside a page: words and lines seen before, and how alike neighbouring blocks are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Doubles, Floats, Ints, Keys, Mask
from pipeline.cleaning.model.words import Words

DIMENSIONS: Final = 192
"""Most columns of the bag of repeated words; words of one page beyond it share columns."""

SHARE_NAMES: Final = "seen_before seen_after shared seen_near log_content".split()
"""Names of the figures of `bag_of`."""
NAMES: Final = (
    "repeated_before repeated_after core_cosine in_core prose_before prose_after no_prose_before "
    "no_prose_after like_before like_after like_previous like_next cohesion_2 cohesion_5 "
    "cosine_left cosine_right cohesion_12 cohesion_all"
).split()
"""Names of the figures of `write_repetition`."""

_NEAR: Final = 5
_LAGS: Final = 6
_WINDOWS: Final = (2, 5, 12)
_AT_ONCE: Final = 512
_MARGIN: Final = 64
"""Likeness is looked for in stretches of so many blocks and a margin, so that time and memory stay
linear in the length of the page."""
_SPAN: Final = _AT_ONCE + 2 * _MARGIN
_FAR: Final = 10_000
_LEAST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Bag:
    """The content words that stand in two blocks or more, weighted by rarity inside the page.

    `words` float32[n, d] with 1 <= d <= DIMENSIONS; `norm` float32[n] is the length of a block's
    vector with the words of one block only added. `word` and `block` int64[r] say which of these
    words stands in which block, sorted by both, each pair once.
    """

    words: Floats
    norm: Floats
    word: Ints
    block: Ints


def bag_of(out: Floats, keys: Keys, block: Ints, n: int) -> Bag:
    """Collect the content words `keys` of the blocks `block`.

    Writes shares of seen words into float32[len(SHARE_NAMES), n].
    """
    out[:] = 0
    if not len(keys):
        out[4] = np.log(2)
        none = np.zeros(0, np.int64)
        return Bag(np.zeros((n, 1), np.float32), np.full(n, 1e-3, np.float32), none, none)
    # A word's number and its block in one 64-bit number: sorted, equal words stand together.
    bits = np.uint64(max(16, n.bit_length()))
    low = (np.uint64(1) << bits) - np.uint64(1)
    packed = np.sort((keys & ~low) | block.view(np.uint64))
    fresh = np.ones(len(packed), np.bool_)
    np.not_equal(packed[1:], packed[:-1], out=fresh[1:])
    packed = packed[fresh]
    word, owner = packed >> bits, (packed & low).view(np.int64)
    total = np.bincount(owner, minlength=n)
    some = np.maximum(total, 1)
    begins = np.concatenate([np.zeros(1, np.int64), (word[1:] != word[:-1]).nonzero()[0] + 1])
    frequency = np.empty(len(begins), np.int64)
    frequency[:-1] = begins[1:] - begins[:-1]
    frequency[-1] = len(word) - begins[-1]
    weight = np.log((n + 1) / frequency).astype(np.float32)
    squares = np.bincount(owner, weights=(weight * weight).repeat(frequency), minlength=n)
    norm = np.sqrt(np.maximum(squares, _LEAST)).astype(np.float32)

    several = frequency > 1
    rows = owner[several.repeat(frequency)]
    frequency, weight = frequency[several], weight[several]
    used = len(frequency)
    bag = np.zeros((n, min(max(used, 1), DIMENSIONS)), np.float32)
    column = np.arange(used).repeat(frequency)
    if used:
        if used <= DIMENSIONS:
            bag[rows, column] = weight.repeat(frequency)
        else:
            np.add.at(bag, (rows, column % DIMENSIONS), weight.repeat(frequency))
        last = frequency.cumsum() - 1
        repeated = np.bincount(rows, minlength=n)
        out[0] = repeated - np.bincount(rows.take(last - frequency + 1), minlength=n)
        out[1] = repeated - np.bincount(rows.take(last), minlength=n)
        out[2] = repeated
        close = (column[1:] == column[:-1]) & (rows[1:] - rows[:-1] <= _NEAR)
        out[3] = np.bincount(rows[1:][close], minlength=n)
        out[:4] /= some
    out[4] = np.log1p(some)
    return Bag(bag, norm, column, rows)


def no_bag(n: int) -> Bag:
    """Return the bag of n blocks of which no words are compared."""
    none = np.zeros(0, np.int64)
    return Bag(np.zeros((n, 1), np.float32), np.ones(n, np.float32), none, none)


def write_repetition(out: Floats, found: Words, counts: Ints, bag: Bag, prose: Mask) -> None:
    """Write the figures of all blocks into float32[len(NAMES), n]."""
    n = len(counts)
    write_repeated_lines(out[:2], found.keys, counts)
    words = bag.words
    there = (words > 0).astype(np.float32)
    in_prose = there[prose].sum(axis=0)
    # Words of the page's prose; those of one block of prose only are not news to that block.
    both = there @ np.stack([in_prose > 0, in_prose == 1], axis=1).astype(np.float32)
    core = words[prose].sum(axis=0)
    own = np.einsum("ij,ij->i", words, words)
    along = words @ core
    rest = np.maximum(float(core @ core) - prose * (2 * along - own), _LEAST)
    out[2] = (along - prose * own) / (np.sqrt(rest) * bag.norm)
    out[3] = (both[:, 0] - prose * both[:, 1]) / np.maximum(there.sum(axis=1), 1)

    index = np.arange(n)
    last, following = np.full(n, -_FAR), np.full(n, n + _FAR)
    np.maximum.accumulate(np.where(prose, index, -_FAR)[:-1], out=last[1:])
    np.minimum.accumulate(np.where(prose, index, n + _FAR)[:0:-1], out=following[-2::-1])
    back, ahead = index - last, following - index
    out[4], out[5] = np.minimum(back, 100), np.minimum(ahead, 100)
    np.log1p(out[4:6], out=out[4:6])
    out[6], out[7] = back > 1000, ahead > 1000
    for low in range(0, n, _AT_ONCE):
        high = min(low + _AT_ONCE, n)
        start, stop = max(low - _MARGIN, 0), min(high + _MARGIN, n)
        figures = _likeness(words[start:stop], bag.norm[start:stop])
        out[8:, low:high] = figures[:, low - start : high - start]


def write_repeated_lines(out: Floats, keys: Keys, counts: Ints) -> None:
    """Mark blocks of the same words as one before, and the first of such blocks.

    Writes into float32[2, n]; `keys` are the blocks' words, `counts` int64[n] how many each has.

    A block without words stands for the word behind it here: the sums below give it that number,
    and the trained file was fitted so.
    """
    out[:] = 0
    starts = counts.cumsum() - counts
    turn = np.arange(len(keys)) - starts.repeat(counts)
    weighted = np.zeros(len(keys) + 1, np.uint64)
    np.multiply(keys, (2 * turn + 1).view(np.uint64), out=weighted[:-1])
    lines = np.add.reduceat(weighted, starts)
    first: dict[int, int] = {}
    for block, line in enumerate(lines.tolist()):
        earlier = first.setdefault(line, block)
        if earlier != block:
            out[0, block] = 1
            out[1, earlier] = 1
    out[:, counts == 0] = 0


def _sides() -> tuple[Ints, Ints, Ints, Ints]:
    """Return for every figure and block the runs a..b and c..d to compare, ends unbounded."""
    index = np.arange(_SPAN)
    runs = []
    for window in _WINDOWS:
        left = np.maximum(index - window, 0)
        runs.append((left, index, index, index + window))
        if window == _WINDOWS[1]:
            runs.append((left, index, index, index + 1))
            runs.append((index + 1, index + 1 + window, index, index + 1))
    runs.append((np.zeros_like(index), index, index, np.full_like(index, _SPAN)))
    a, b, c, d = (np.stack([run[i] for run in runs]) for i in range(4))
    return a, b, c, d


_SIDES: Final = _sides()
_BEFORE: Final = np.maximum(np.arange(_SPAN) - np.arange(1, _LAGS + 1)[:, None], 0)
_AFTER: Final = np.arange(_SPAN) + np.arange(1, _LAGS + 1)[:, None]


def _likeness(part: Floats, norm: Floats) -> Doubles:
    """Compare blocks with their neighbours, by sums over the matrix of inner products."""
    n = len(part)
    inner = part @ part.T
    scale = 1 / norm
    unit = inner * scale
    unit *= scale[:, None]
    unit.ravel()[:: n + 1] = 0
    row = np.arange(n) * n
    # A lag beyond the page's end falls on its last block, which a smaller lag falls on too.
    before = unit.take(_BEFORE[:, :n] + row)
    after = unit.take(np.minimum(_AFTER[:, :n], n - 1) + row)
    out = np.empty((len(NAMES) - 8, n))
    np.max(before, axis=0, out=out[0], initial=0)
    np.max(after, axis=0, out=out[1], initial=0)
    out[2], out[3] = before[0], after[0]
    np.cumsum(inner, axis=0, out=inner)
    area = np.zeros((n + 1, n + 1))
    np.cumsum(inner, axis=1, out=area[1:, 1:])
    a, b, c, d = (side[:, :n] for side in _SIDES)
    b, d = np.minimum(b, n), np.minimum(d, n)
    flat, width = area.ravel(), n + 1

    def product(a: Ints, b: Ints, c: Ints, d: Ints) -> Doubles:
        """Return the inner product of the sums of blocks a..b and c..d."""
        low, high = a * width, b * width
        found: Doubles = flat.take(high + d)
        found -= flat.take(low + d)
        found -= flat.take(high + c)
        found += flat.take(low + c)
        return found

    lengths = product(a, b, a, b)
    lengths *= product(c, d, c, d)
    np.maximum(lengths, _LEAST, out=lengths)
    np.divide(product(a, b, c, d), np.sqrt(lengths), out=out[4:])
    return out
