"""Labels for the lines of an extracted text, found by aligning it with the article as it should be.

A data set of pages knows each page's article, not which lines of some extractor's output belong to
it. A line belongs if its runs of words stand in the article; where it stands there is used up, so
that a pull quote or a second copy is `dup`, not `keep`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from benchmarks.text_scores import same_title, words_of

RUN: Final = 4
"""Words of the runs that are looked up in the article."""
KEEP: Final = 0.6
DROP: Final = 0.25
"""Share of a line's words inside such runs from which it belongs, and below which it does not."""
_COPY: Final = 0.8
_NEAR: Final = 40
"""Words behind the last line's place in the article within which a short line is looked for."""


def labels_of(lines: Sequence[str], title: str, body: str) -> list[str]:
    """Return one label a line: keep, drop, title, dup, unsure or blank.

    `title` and `body` are the article's; a blank `title` is none.
    """
    article = _Article(body)
    longest = 2 * len(words_of(title)) + 2
    labels: list[str] = []
    for line in lines:
        words = words_of(line)
        if not line.strip():
            labels.append("blank")
        elif not words:
            labels.append("unsure")
        elif title and len(words) <= longest and same_title(line, title):
            labels.append("title")
        else:
            labels.append(article.long(words) if len(words) >= RUN else article.short(words))
    return labels


class _Article:
    """The words of an article, and which of them were found so far."""

    def __init__(self, body: str) -> None:
        self._words = words_of(body)
        self._paragraphs = {" ".join(words_of(line)) for line in body.split("\n")}
        self._used = [False] * len(self._words)
        self._behind = 0
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at in range(len(self._words) - RUN + 1):
            self._places[tuple(self._words[at : at + RUN])].append(at)

    def long(self, words: Sequence[str]) -> str:
        """Label a line by the share of its words in runs that the article has."""
        hit = [False] * len(words)
        spots: list[int] = []
        for at in range(len(words) - RUN + 1):
            found = self._places.get(tuple(words[at : at + RUN]))
            if found:
                goes_on = spots and spots[-1] + 1 in found
                unused = (p for p in found if not self._used[p])
                spots.append(spots[-1] + 1 if goes_on else next(unused, found[0]))
                hit[at : at + RUN] = [True] * RUN
        share = sum(hit) / len(words)
        if share < KEEP:
            return "drop" if share <= DROP else "unsure"
        taken = {p + k for p in spots for k in range(RUN)}
        copied = sum(self._used[p] for p in taken) >= _COPY * len(taken)
        for p in taken:
            self._used[p] = True
        if copied:
            return "dup"
        self._behind = max(spots[-1] + RUN, self._behind)
        return "keep"

    def short(self, words: Sequence[str]) -> str:
        """Label a line of few words: it belongs where the article goes on with it."""
        n = len(words)
        is_paragraph = " ".join(words) in self._paragraphs
        last = min(self._behind + _NEAR, len(self._words) - n + 1)
        for at in range(max(0, self._behind - 2), last):
            here = slice(at, at + n)
            is_free = self._words[here] == list(words) and not any(self._used[here])
            if is_free and (is_paragraph or at <= self._behind + 1):
                self._used[here] = [True] * n
                self._behind = at + n
                return "keep"
        return "unsure" if is_paragraph else "drop"
