"""Words as 64-bit numbers, and the tables in which a page's words are looked up.

A word is a run of letters and digits, or one character of a script without spaces. Its number is
made of its characters in lower case, so that no text of any page is kept in a model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.cleaning.model.arrays import Ints, Keys, Mask
from pipeline.cleaning.model.characters import (
    FIRST_IN_WORD,
    IN_WORD,
    KIND,
    codes_of,
    kind_table,
    letter_table,
)
from pipeline.cleaning.model.lexicon import CONCEPTS, CONCEPTS_OF

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_LONGEST: Final = 48
"""Characters of a word whose place counts for its number."""
_CJK: Final = KIND["cjk"]
_DIGIT: Final = KIND["digit"]

YEAR_ROW: Final = 1
NUMBER_ROW: Final = 2
WORD_COLUMNS: Final = len(CONCEPTS) + 2
"""Concepts, then numbers of four digits (years), then other numbers."""


@cache
def _powers() -> Keys:
    powers: Keys = np.cumprod(np.full(_LONGEST + 1, _FACTOR, np.uint64), dtype=np.uint64)
    return powers


@dataclass(frozen=True, slots=True)
class Words:
    """The characters and words of a list of texts.

    `kinds` uint8[c + n] are the kinds of all characters, a line feed after each text; `lengths`
    int64[n] the texts' lengths with that line feed, `owner` int64[c + n] the characters' texts.
    Of every word, in order: `keys` uint64[t] its number, `at` the place of its first character,
    `block` its text, `size` its length, `digits` whether it is digits only.
    """

    kinds: NDArray[np.uint8]
    lengths: Ints
    owner: Ints
    keys: Keys
    at: Ints
    block: Ints
    size: Ints
    digits: Mask


def words_of(texts: Sequence[str]) -> Words:
    """Find the words of some texts (at least one)."""
    codes = codes_of(texts)
    kinds = kind_table().take(codes)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    owner = np.arange(len(texts)).repeat(lengths)
    inside = (kinds - np.uint8(FIRST_IN_WORD)) < IN_WORD  # Wraps around below the first.
    edges = (inside[1:] != inside[:-1]).nonzero()[0] + 1
    if inside[0]:
        edges = np.concatenate([np.zeros(1, np.int64), edges])
    at = edges[::2]
    size = edges[1::2] - at
    single = kinds == _CJK
    if single.any():
        begins = inside.copy()
        begins[1:] &= ~inside[:-1] | single[1:] | single[:-1]
        at = begins.nonzero()[0]
        size = np.add.reduceat(inside, at, dtype=np.int64)
    if not len(at):
        none = np.zeros(0, np.int64)
        keys = np.zeros(0, np.uint64)
        return Words(kinds, lengths, owner, keys, none, none, none, np.zeros(0, np.bool_))
    values = letter_table().take(codes)
    reach = np.empty(len(at), np.int64)
    reach[:-1] = at[1:] - at[:-1]
    reach[-1] = len(codes) - at[-1]
    offset = np.arange(at[0], len(codes)) - at.repeat(reach)
    values[at[0] :] *= _powers().take(offset, mode="clip")
    keys = np.add.reduceat(values, at)
    digits = np.zeros(len(at), np.bool_)
    some = (kinds.take(at) == _DIGIT).nonzero()[0]
    if len(some):
        bounds = np.empty(2 * len(some), np.int64)
        bounds[::2] = at[some]
        bounds[1::2] = at[some] + size[some]
        digits[some] = np.logical_and.reduceat(kinds == _DIGIT, bounds)[::2]
    return Words(kinds, lengths, owner, keys, at, owner.take(at), size, digits)


def word_key(word: str) -> int:
    """Return the number of a word (letters and digits only)."""
    return int(words_of([word]).keys[0])


def pair_keys(keys: Keys) -> Keys:
    """Return the numbers of the pairs of words that follow each other; one shorter than `keys`."""
    second = keys[1:]
    pairs: Keys = keys[:-1] * _FACTOR + (second ^ (second >> np.uint64(29)))
    return pairs


class KeyTable:
    """A sorted table of different keys, searched for many keys at once.

    The leading bits of a key lead to the few entries that share them; as keys are spread evenly,
    a handful of steps finds any.
    """

    __slots__ = ("_filled", "_first", "_keys", "_shift", "_steps")

    def __init__(self, keys: Keys) -> None:
        bits = min(max(4 * len(keys), 2).bit_length(), 20)
        self._shift = np.uint64(64 - bits)
        self._keys = np.append(keys, np.uint64(2**64 - 1))
        counts = np.bincount((keys >> self._shift).astype(np.int64), minlength=2**bits)
        self._first = (np.cumsum(counts) - counts).astype(np.int32)
        self._filled = counts > 0
        self._steps = int(counts.max(initial=0))

    def may_hold(self, keys: Keys) -> Mask:
        """Return False for keys that are surely not in the table; cheaper than to find them."""
        may: Mask = self._filled.take((keys >> self._shift).view(np.int64))
        return may

    def find(self, keys: Keys) -> Ints:
        """Return int64 places of keys in the table; its length for those that are not in it."""
        place = self._first.take((keys >> self._shift).view(np.int64)).astype(np.int64)
        for _ in range(self._steps):
            place += self._keys.take(place) < keys
        place[self._keys.take(place) != keys] = len(self._keys) - 1
        return place


@cache
def _lexicon() -> tuple[Keys, Ints]:
    """Return the sorted keys of the lexicon's words and their concepts, int64[words + 3, most].

    Row 0 has no concept, rows 1 and 2 are for years and other numbers, the i-th key's is row i + 3.
    Unused places hold WORD_COLUMNS.
    """
    known = [word for word in CONCEPTS_OF if word.isalnum()]
    keys = words_of(known).keys
    order = keys.argsort()
    rows = np.full((len(known) + 3, max(map(len, CONCEPTS_OF.values()))), WORD_COLUMNS, np.int64)
    rows[YEAR_ROW, 0] = len(CONCEPTS)
    rows[NUMBER_ROW, 0] = len(CONCEPTS) + 1
    for row, number in enumerate(order.tolist(), start=3):
        columns = CONCEPTS_OF[known[number]]
        rows[row, : len(columns)] = columns
    return keys[order], rows


def concept_rows() -> Ints:
    """Return int64[rows, most]: the columns of each row of concepts, WORD_COLUMNS where unused."""
    return _lexicon()[1]


@cache
def is_function_row() -> Mask:
    """Return which rows of concepts are those of function words (the, of, und, ...)."""
    rows: Mask = (concept_rows() == CONCEPTS.index("function")).any(axis=1)
    return rows


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sorted keys of the single words and of the pairs of words that a model knows."""

    words: Keys
    pairs: Keys
    _table: KeyTable = field(init=False, repr=False, compare=False)
    _numbers: Ints = field(init=False, repr=False, compare=False)
    _concepts: Ints = field(init=False, repr=False, compare=False)
    _pair_table: KeyTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build one table of the vocabulary and the lexicon: a word is searched for once."""
        lexicon, _ = _lexicon()
        keys = np.union1d(self.words, lexicon)
        numbers, concepts = (np.zeros(len(keys) + 1, np.int64) for _ in range(2))
        numbers[np.searchsorted(keys, self.words)] = np.arange(1, len(self.words) + 1)
        concepts[np.searchsorted(keys, lexicon)] = np.arange(3, len(lexicon) + 3)
        object.__setattr__(self, "_table", KeyTable(keys))
        object.__setattr__(self, "_numbers", numbers)
        object.__setattr__(self, "_concepts", concepts)
        object.__setattr__(self, "_pair_table", KeyTable(self.pairs))

    def look_up(self, found: Words) -> tuple[Ints, Ints, Ints]:
        """Return int64[t + 1] numbers of words and of pairs, and int64[t] rows of concepts.

        Numbers count from 1, 0 is unknown. The pair at a word is the word and the next one of the
        same text; the last entry is padding.
        """
        count = len(found.keys)
        words, pairs = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
        place = self._table.find(found.keys)
        words[:-1] = self._numbers.take(place)
        concepts = self._concepts.take(place)
        numbers = found.digits.nonzero()[0]
        concepts[numbers] = np.where(found.size[numbers] == 4, YEAR_ROW, NUMBER_ROW)
        if count > 1:
            keys = pair_keys(found.keys)
            may = self._pair_table.may_hold(keys)
            may &= found.block[1:] == found.block[:-1]
            some = may.nonzero()[0]
            place = self._pair_table.find(keys.take(some)) + 1
            place[place > len(self.pairs)] = 0
            pairs[some] = place
        return words, pairs, concepts
