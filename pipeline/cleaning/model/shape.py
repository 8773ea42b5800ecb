"""What a block looks like: its characters by kind, its first and last one, its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.cleaning.model.arrays import Floats, Ints, Mask
from pipeline.cleaning.model.characters import FIRST_IN_WORD, FIRST_MARK, KIND, KINDS
from pipeline.cleaning.model.words import Words

PROSE_WORDS: Final = 15
"""A block of so many words with the end of a sentence counts as prose."""

_FIRSTS: Final = (
    "lower", "upper", "digit", "quote", "bracket", "bullet", "hyphen", "symbol", "dash",
)  # fmt: skip
_LASTS: Final = (
    "dot", "question", "exclamation", "quote", "colon", "comma", "bracket", "ellipsis", "digit",
    "lower", "upper", "letter", "semicolon",
)  # fmt: skip
_FIRST_KINDS: Final = np.array([KIND[name] for name in _FIRSTS], np.uint8)[:, None]
_LAST_KINDS: Final = np.array([KIND[name] for name in _LASTS], np.uint8)[:, None]
_MARKS: Final = KINDS[FIRST_MARK:]
_PLAIN: Final = (
    "log_chars log_words word_length capital_share small_share number_share upper_share "
    "digit_share no_small all_caps stops_share log_stops prose no_words time slash_date decimal"
).split()

NAMES: Final = (
    *_PLAIN,
    *(f"first_{name}" for name in _FIRSTS),
    *(f"last_{name}" for name in _LASTS),
    *(f"share_{name}" for name in _MARKS),
    *(f"count_{name}" for name in _MARKS),
)
"""Names of the figures of `write_shape`."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Counts of n blocks.

    `counts` and `initials` float32[kinds, n]: characters and beginnings of words of each kind.
    `marks` int64[kinds, n]: marks between two digits (12:30, 3.50, 1/2). `stops` float32[n]: ends
    of sentences inside the block. `units` float32[n]: words; a character of a script without
    spaces is half a word, a Korean syllable a quarter more.
    """

    counts: Floats
    initials: Floats
    marks: Ints
    stops: Floats
    units: Floats


def shape_of(found: Words) -> Shape:
    """Count the kinds of characters and of beginnings of words of every block."""
    kinds, n, width = found.kinds, len(found.lengths), len(KINDS)
    places = kinds * np.int64(n)
    places += found.owner
    counts = np.bincount(places, minlength=n * width).reshape(width, n).astype(np.float32)
    counts[KIND["space"]] -= 1
    initials = np.bincount(places.take(found.at), minlength=n * width).reshape(width, n)
    digit = kinds == KIND["digit"]
    between = (digit[:-2] & digit[2:] & ~digit[1:-1]).nonzero()[0] + 1
    marks = np.bincount(places.take(between), minlength=n * width).reshape(width, n)
    # The line feed after the last block ends no sentence inside it; those between blocks count.
    former = kinds[:-2]
    stop = (former == KIND["dot"]) | (former == KIND["question"]) | (former == KIND["exclamation"])
    stop &= kinds[1:-1] == KIND["space"]
    stops = np.bincount(found.owner.take(stop.nonzero()[0]), minlength=n)
    units = initials.sum(axis=0) - initials[KIND["cjk"]] / 2 + counts[KIND["hangul"]] / 4
    return Shape(
        counts, initials.astype(np.float32), marks, stops.astype(np.float32),
        units.astype(np.float32),
    )  # fmt: skip


def is_prose(found: Words, shape: Shape) -> Mask:
    """Return which blocks are long enough and hold a sentence that ends."""
    last = found.kinds.take(found.lengths.cumsum() - 2)
    prose: Mask = (shape.units >= PROSE_WORDS) & ((shape.stops > 0) | (last == KIND["dot"]))
    return prose


def write_shape(out: Floats, found: Words, shape: Shape, prose: Mask) -> None:
    """Write the figures of all blocks into float32[len(NAMES), n]."""
    counts, initials = shape.counts, shape.initials
    ends = found.lengths.cumsum()
    first, last = found.kinds.take(ends - found.lengths), found.kinds.take(ends - 2)
    length = np.maximum(counts.sum(axis=0), 1)
    words = np.maximum(shape.units, 1)
    letters = np.maximum(counts[FIRST_IN_WORD:FIRST_MARK].sum(axis=0), 1)
    upper = counts[KIND["upper"]]
    capitals, small = initials[KIND["upper"]], initials[KIND["lower"]]
    out[0], out[1], out[11] = length, shape.units, shape.stops
    np.log1p(out[:2], out=out[:2])
    np.log1p(out[11], out=out[11])
    np.divide(letters, words, out=out[2])
    np.divide(capitals, words, out=out[3])
    np.divide(small, words, out=out[4])
    np.divide(initials[KIND["digit"]], words, out=out[5])
    np.divide(upper, letters, out=out[6])
    np.divide(counts[KIND["digit"]], length, out=out[7])
    out[8] = (small == 0) & (capitals > 0)
    out[9] = upper == letters
    np.divide(shape.stops, words, out=out[10])
    out[12] = prose
    out[13] = shape.units == 0
    out[14:17] = shape.marks.take((KIND["colon"], KIND["slash"], KIND["dot"]), axis=0) > 0
    place = len(_PLAIN)
    out[place : place + len(_FIRSTS)] = first == _FIRST_KINDS
    place += len(_FIRSTS)
    out[place : place + len(_LASTS)] = last == _LAST_KINDS
    place += len(_LASTS)
    shares, logs = out[place : place + len(_MARKS)], out[place + len(_MARKS) :]
    np.divide(counts[FIRST_MARK:], words, out=shares)
    np.minimum(shares, 2, out=shares)
    np.log1p(counts[FIRST_MARK:], out=logs)
