"""Scores of cleaned articles against the lines and articles that are right.

Words are compared after NFKC, in lower case, without apostrophes; a character of a script without
spaces is a word. Only lines labelled keep or drop count as lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any, Final

_UNSPACED: Final = (
    "\u2e80-\u2fff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f"
)
_WORD: Final = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2018\u2019\u201b\u02bc\u00b4`"))
_MOST_MATCHED: Final = 7
_SAME: Final = 0.85


@dataclass(frozen=True, slots=True)
class Prediction:
    """A cleaned article."""

    title: str
    text: str


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_APOSTROPHES)
    return _WORD.findall(plain)


def word_f1(right: Sequence[str], given: Sequence[str]) -> float:
    """Return the F1 of two bags of words."""
    common = sum((Counter(right) & Counter(given)).values())
    return 2 * common / (len(right) + len(given)) if common else 0.0


def best_match(scores: Sequence[Sequence[float]]) -> dict[int, int]:
    """Pair gold articles (rows) with predicted ones (columns), one to one, for the greatest sum."""
    rows, columns = len(scores), len(scores[0]) if scores else 0
    if not rows or not columns:
        return {}
    if min(rows, columns) > _MOST_MATCHED:  # Too many to try all: the best pairs first.
        pairs: dict[int, int] = {}
        order = sorted((-scores[r][c], r, c) for r in range(rows) for c in range(columns))
        for _, row, column in order:
            if row not in pairs and column not in pairs.values():
                pairs[row] = column
        return pairs
    if columns > _MOST_MATCHED and columns > rows:  # The best few of each row hold the best pairs.
        good = {c for row in scores for c in sorted(range(columns), key=lambda c: -row[c])[:rows]}
        kept = sorted(good)
    else:
        kept = list(range(columns))
    if rows <= len(kept):
        pairings = [tuple(enumerate(chosen)) for chosen in permutations(kept, rows)]
    else:
        pairings = [
            tuple((r, c) for c, r in zip(kept, chosen, strict=True))
            for chosen in permutations(range(rows), len(kept))
        ]
    return dict(max(pairings, key=lambda pairs: sum(scores[r][c] for r, c in pairs)))


def owners_of(lines: Sequence[str], articles: Sequence[Prediction]) -> dict[int, int]:
    """Return which predicted article holds each raw line; lines that none holds are left out."""
    raw = [" ".join(words_of(line)) for line in lines]
    places: dict[str, list[int]] = {}
    for index in reversed(range(len(raw))):
        if raw[index]:
            places.setdefault(raw[index], []).append(index)
    owners: dict[int, int] = {}
    edited: list[tuple[int, str]] = []
    behind = -1
    for number, article in enumerate(articles):
        for line in article.text.split("\n"):
            said = " ".join(words_of(line))
            if not said:
                continue
            left = places.get(said, [])
            ahead = [i for i in left if i > behind]
            if ahead or left:
                behind = min(ahead) if ahead else left[-1]
                left.remove(behind)
                owners[behind] = number
            else:
                edited.append((number, f" {said} "))
    for index, said in enumerate(raw):  # Lines that were joined into a paragraph.
        if said and index not in owners:
            holder = next((n for n, text in edited if f" {said} " in text), None)
            if holder is not None:
                owners[index] = holder
    return owners


def same_title(given: str, right: str) -> bool:
    """Whether a title is found: equal, with a site's name around it, or edited a little."""
    a, b = words_of(given), words_of(right)
    if a == b:
        return bool(a)
    if len(b) < 4:
        return False
    if a[: len(b)] == b and len(a) - len(b) <= 5:
        return True
    if b[: len(a)] == a and len(b) - len(a) <= 5 and len(a) >= 4:
        return True
    if a[-len(b) :] == b and len(a) - len(b) <= 8:
        return True
    common = sum((Counter(a) & Counter(b)).values())
    return abs(len(a) - len(b)) <= 2 and common / max(len(a), len(b)) >= _SAME


def counts_of(case: dict[str, Any], articles: Sequence[Prediction]) -> Counter[str]:
    """Count what is right and wrong in the articles of one case; counts of cases add up."""
    articles = [a for a in articles if a.text.strip()]
    gold, lines = case["gold_articles"], case["lines"]
    right = [words_of(g["body"]) for g in gold]
    given = [words_of(a.text) for a in articles]
    scores = [[word_f1(g, p) for p in given] for g in right]
    pairs = best_match(scores)
    found: Counter[str] = Counter(cases=1, gold=len(gold), most=max(len(gold), len(articles)))
    found["f1_ppm"] = round(sum(scores[g][p] for g, p in pairs.items()) * 1e6)
    owners = owners_of([line["text"] for line in lines], articles)
    for index, line in enumerate(lines):
        if line["label"] in ("keep", "drop"):
            found[f"{line['label']}_{'kept' if index in owners else 'left'}"] += 1
    if len(gold) == 1:
        found["single"], found["cut"] = 1, len(articles) > 1
    else:
        found.update(_boundary_counts(lines, owners))
    with_title = {line["art"] for line in lines if line["label"] == "title"}
    for number, article in enumerate(gold):
        if number in with_title and article["title"]:
            found["titles"] += 1
            if number in pairs:
                found["titles_found"] += same_title(articles[pairs[number]].title, article["title"])
    return found


def _boundary_counts(lines: Sequence[dict[str, Any]], owners: dict[int, int]) -> Counter[str]:
    """Compare boundaries among the lines to keep; one between two kept lines may lie anywhere."""
    keep = [(index, line["art"]) for index, line in enumerate(lines) if line["label"] == "keep"]
    right = [k for k in range(1, len(keep)) if keep[k][1] != keep[k - 1][1]]
    seen = [(k, owners[index]) for k, (index, _) in enumerate(keep) if index in owners]
    cuts = [(a, b) for (a, x), (b, y) in pairwise(seen) if x != y]
    hits = 0
    left = list(right)
    for low, high in cuts:
        inside = [k for k in left if low < k <= high]
        if inside:
            left.remove(inside[0])
            hits += 1
    return Counter(cut_right=hits, cut_wrong=len(cuts) - hits, cut_missed=len(left))


def summary(found: Counter[str]) -> dict[str, float | None]:
    """Return the figures of a table row; None where a figure has no meaning."""

    def share(a: float, b: float) -> float | None:
        return a / b if b else None

    f1, cuts = found["f1_ppm"] / 1e6, found["cut_right"]
    return {
        "cases": found["cases"],
        "wF1": share(f1, found["gold"]),
        "wF1s": share(f1, found["most"]),
        "dropP": share(found["drop_left"], found["drop_left"] + found["keep_left"]),
        "dropR": share(found["drop_left"], found["drop_left"] + found["drop_kept"]),
        "cut in two": share(found["cut"], found["single"]),
        "bF1": share(2 * cuts, 2 * cuts + found["cut_wrong"] + found["cut_missed"]),
        "titles": share(found["titles_found"], found["titles"]),
    }
