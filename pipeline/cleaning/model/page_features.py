"""Numbers that describe the blocks of a page, computed for a whole page at once.

Everything comes from the text alone: shape of the characters, words by meaning (`lexicon`),
position, white space, repetition inside the page, and how much a block shares with its neighbours
and with the page's prose. No figure knows an address, a site or a language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, starmap
from typing import Final

import numpy as np

from pipeline.cleaning.model import layout, repetition, shape
from pipeline.cleaning.model.arrays import Floats, Ints, Span
from pipeline.cleaning.model.characters import KIND
from pipeline.cleaning.model.lexicon import CONCEPTS, PIECES
from pipeline.cleaning.model.words import (
    WORD_COLUMNS,
    Vocabulary,
    Words,
    concept_rows,
    is_function_row,
    words_of,
)

_WORD_NAMES: Final = (*CONCEPTS, "year", "number")
NAMES: Final = (
    *shape.NAMES,
    *(f"has_{name}" for name in _WORD_NAMES),
    *(f"density_{name}" for name in _WORD_NAMES),
    *layout.NAMES,
    *repetition.SHARE_NAMES,
    *repetition.NAMES,
    *layout.PAGE_NAMES,
)
"""Names of the columns of `PageFeatures.dense`."""

_PIECES_WITHIN: Final = 200
"""Concepts of scripts without spaces are looked for in blocks shorter than this (characters)."""


@dataclass(frozen=True, slots=True)
class PageFeatures:
    """What the models read of one page of n blocks and t words.

    `dense` is float32[n, len(NAMES)]. `words` and `pairs` are int64[t + 1], places in the
    vocabulary counted from 1 (0: not in it; the pair at a word is the word and the next one in the
    block); the last entry is padding. `starts` int64[n] is where each block's words begin and
    `counts` int64[n] how many there are. `bag` float32[n, d], `bag_norm` float32[n], and
    `repeated_word` and `repeated_block` int64[r] are those of `repetition.Bag`. `units` float32[n]
    counts words (see `shape.Shape`).
    """

    dense: Floats
    words: Ints
    pairs: Ints
    starts: Ints
    counts: Ints
    bag: Floats
    bag_norm: Floats
    units: Floats
    repeated_word: Ints
    repeated_block: Ints

    def __len__(self) -> int:
        return len(self.dense)


def page_features(
    text: str,
    blocks: Sequence[Span],
    vocabulary: Vocabulary,
    words: Words | None = None,
    *,
    likeness: bool = True,
) -> PageFeatures:
    """Describe the blocks of a page.

    `blocks` are (start, end) offsets in characters, in order, none empty. For no blocks every array
    is empty (`words` and `pairs` hold their padding). `words` are the blocks' words, where they are
    known. Without `likeness` the columns that compare words of different blocks, other than whole
    lines, hold 0 and so does `bag`: they are half of the work, and the model of HTML pages that
    asks no text model reads none of them.
    """
    n = len(blocks)
    if not n:
        return _nothing()
    texts = [text[start:end] for start, end in blocks]
    found = words_of(texts) if words is None else words
    counts = np.bincount(found.block, minlength=n)
    numbers, pairs, concepts = vocabulary.look_up(found)
    counted = shape.shape_of(found)
    prose = shape.is_prose(found, counted)

    # One row a figure while they are computed: rows are contiguous.
    rows = np.empty((len(NAMES), n), np.float32)
    looks, has, density, places, shares, repeats, whole = (rows[part] for part in _PARTS)
    shape.write_shape(looks, found, counted, prose)
    has[:] = _meanings(found, concepts, n)
    if counted.counts[[KIND["cjk"], KIND["hangul"]]].any():
        _count_pieces(texts, has)
    np.divide(has, np.maximum(counted.units, 1), out=density)
    np.log1p(has, out=has)
    layout.write_layout(places, text, blocks, counted.units)
    if likeness:
        content = (found.size > 2) | (found.kinds.take(found.at) == KIND["cjk"])
        content &= ~(is_function_row().take(concepts) | found.digits)
        bag = repetition.bag_of(shares, found.keys[content], found.block[content], n)
        repetition.write_repetition(repeats, found, counts, bag, prose)
    else:
        bag = repetition.no_bag(n)
        shares[:] = repeats[:] = 0
        repetition.write_repeated_lines(repeats[:2], found.keys, counts)
    layout.write_page(whole, places, counted, prose)
    return PageFeatures(
        np.ascontiguousarray(rows.T), numbers, pairs, counts.cumsum() - counts, counts,
        bag.words, bag.norm, counted.units, bag.word, bag.block,
    )  # fmt: skip


def _parts() -> tuple[slice, ...]:
    widths = (
        len(shape.NAMES), WORD_COLUMNS, WORD_COLUMNS, len(layout.NAMES),
        len(repetition.SHARE_NAMES), len(repetition.NAMES), len(layout.PAGE_NAMES),
    )  # fmt: skip
    return tuple(starmap(slice, pairwise(accumulate(widths, initial=0))))


_PARTS: Final = _parts()


def _nothing() -> PageFeatures:
    none, pad, flat = np.zeros(0, np.int64), np.zeros(1, np.int64), np.zeros(0, np.float32)
    dense, bag = np.zeros((0, len(NAMES)), np.float32), np.zeros((0, 1), np.float32)
    return PageFeatures(dense, pad, pad, none, none, bag, flat, flat, none, none)


def _meanings(found: Words, concepts: Ints, n: int) -> Ints:
    """Count the concepts of each block: int64[WORD_COLUMNS, n]."""
    some = concepts.nonzero()[0]
    places = concept_rows().take(concepts.take(some), axis=0) * n
    places += found.block.take(some)[:, None]
    counts = np.bincount(places.ravel(), minlength=n * (WORD_COLUMNS + 1))
    return counts[: n * WORD_COLUMNS].reshape(WORD_COLUMNS, n)


def _count_pieces(texts: Sequence[str], counts: Floats) -> None:
    """Add the concepts of scripts without spaces, in blocks that are short enough."""
    for block, text in enumerate(texts):
        if len(text) < _PIECES_WITHIN and not text.isascii():
            for piece, column in PIECES:
                if piece in text:
                    counts[column, block] += 1
