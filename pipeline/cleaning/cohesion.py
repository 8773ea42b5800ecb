"""How much two stretches of text speak of the same things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import sqrt
from typing import Final

_UNSPACED: Final = r"\u3040-\u30ff\u3400-\u9fff"
_WORD: Final = re.compile(rf"[^\W\d_{_UNSPACED}]{{4,}}")
_PAIR: Final = re.compile(rf"(?=([{_UNSPACED}]{{2}}))")
_ASCII_WORD: Final = re.compile(r"[a-z]{4,}")
_SAMPLE: Final = 2_000


def bag(texts: Iterable[str]) -> Counter[str]:
    """Count the words of four letters and more, folded, a trailing plural s cut off.

    Of each text the first 2,000 characters are read. Short words are mostly grammar. In scripts
    without spaces every two characters count that stand side by side.
    """
    words: Counter[str] = Counter()
    for text in texts:
        sample = text[:_SAMPLE].casefold()
        is_ascii = sample.isascii()
        found = (_ASCII_WORD if is_ascii else _WORD).findall(sample)
        if not is_ascii:
            found += _PAIR.findall(sample)
        words.update([w[:-1] if w[-1] == "s" and len(w) > 4 else w for w in found])
    return words


def cosine(one: Counter[str], other: Counter[str], common: Counter[str]) -> float:
    """Return the cosine of two bags, from 0 to 1, damping words that `common` has often.

    A word's weight is the square root of its count, divided by one plus its share of all lines.
    """
    total = sum(common.values()) or 1

    def weight(word: str, count: int) -> float:
        return sqrt(count) / (1.0 + 200.0 * common[word] / total)

    first = {word: weight(word, count) for word, count in one.items()}
    second = {word: weight(word, count) for word, count in other.items()}
    dot = sum(value * second[word] for word, value in first.items() if word in second)
    norm = sqrt(sum(v * v for v in first.values())) * sqrt(sum(v * v for v in second.values()))
    return dot / norm if norm else 0.0


def share(wanted: Counter[str], have: Counter[str]) -> float:
    """Return the share of one bag's words that another has too, from 0 to 1."""
    return sum(1 for word in wanted if word in have) / len(wanted) if wanted else 0.0
