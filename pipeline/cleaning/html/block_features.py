"""All that the block models read of a page's blocks, in one table.

The place in the tree and the company there (`features`), some of the text's own figures
(`model.page_features`), the same of the neighbours, and evidence: what the text model says, and
which blocks stand in a reference text (the article's text as JSON-LD gives it, or as another
extractor sees it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.cleaning.html import features
from pipeline.cleaning.html.overlap import BlockRuns, Overlap
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.model.arrays import Floats
from pipeline.cleaning.model.page_features import NAMES as TEXT_NAMES
from pipeline.cleaning.model.page_features import PageFeatures

_TEXT: Final = (
    "log_chars log_words capital_share small_share upper_share digit_share no_small stops_share "
    "log_stops prose time slash_date first_lower first_quote first_bullet last_dot last_question "
    "last_quote last_colon last_ellipsis last_lower share_comma share_pipe has_function has_month "
    "has_published has_by has_author has_bio has_photo has_share has_follow has_subscribe "
    "has_comment has_read_more has_related has_advert has_legal has_you has_heading words_place "
    "log_words_before log_words_after repeated_before repeated_after "
    "page_blocks page_words page_prose_words page_short"
).split()
"""Figures of the text itself. The others of the text model gain nothing here."""

_INLINE: Final = frozenset(
    "author bio date caption comment related teaser share subscribe advert hidden tags button "
    "title lead text".split()
)
"""Meanings of inline elements' classes that occur often enough."""

_STEPS: Final = (1, -1, 2, -2)
_WINDOWS: Final = (4, 12)
_SUMS: Final = "prose_words linked_words words headings".split()


class BaseFigures:
    """A choice of the figures of tree, text and neighbours, by name.

    `names` are all of them, in the order of the rows of `of`: those of a block's own place and of
    its company in the tree, some of both and of the text of its neighbours, sums over some blocks
    around, figures of the text, and how much of it the page says twice.
    """

    def __init__(
        self,
        place: Sequence[str],
        text: Sequence[str],
        near_text: Sequence[str],
        near_place: Sequence[str],
    ) -> None:
        """Take the names of figures of `features.PLACE_NAMES` and of `model.page_features`."""
        near = (*near_text, *near_place)
        self.names: tuple[str, ...] = (
            *place,
            *features.GROUP_NAMES,
            *(f"{name}@{step}" for step in _STEPS for name in near),
            *(f"{name}<{w}{side}" for w in _WINDOWS for side in ("before", "after")
              for name in _SUMS),
            *(f"text_{name}" for name in text),
            "runs_before", "runs_after",
        )  # fmt: skip
        self._place_count = len(place)
        wanted = tuple(dict.fromkeys((*place, *near_place, "linked", "heading")))
        self._place = features.PlaceFigures(wanted)
        self._near_place = [wanted.index(name) for name in near_place]
        self._linked, self._heading = wanted.index("linked"), wanted.index("heading")
        self._text = [TEXT_NAMES.index(name) for name in text]
        self._near_text = [TEXT_NAMES.index(name) for name in near_text]

    def of(self, page: HtmlPage, text: PageFeatures, runs: BlockRuns) -> Floats:
        """Return float32[len(names), n] for the n blocks of a page (at least one).

        `runs` are those of the blocks' texts.
        """
        columns, lengths = features.place_columns(page), features.lengths_of(page)
        place = self._place.of(columns, lengths)
        said, units = text.dense.T, text.units
        prose = said[_PROSE] > 0
        near = np.concatenate([said[self._near_text], place[self._near_place]])
        sums = np.stack(
            [prose * units, place[self._linked] * units, units, place[self._heading] > 0]
        ).astype(np.float32)
        return np.concatenate(
            [
                place[: self._place_count],
                features.group_features(page, columns, lengths, units, prose),
                *(_moved(near, step) for step in _STEPS),
                *_around(sums),
                said[self._text],
                runs.repeats(),
            ],
            dtype=np.float32,
        )


FULL: Final = BaseFigures(
    [
        name
        for name in features.PLACE_NAMES
        if not name.startswith("inline_") or name.removeprefix("inline_") in _INLINE
    ],
    _TEXT,
    "log_words prose stops_share capital_share last_dot".split(),
    """linked heading is_p is_li depth near_related near_content near_comment near_share near_author
    near_teaser near_caption""".split(),
)
"""What trees read that also read what other models say."""

LEAN: Final = BaseFigures(
    [
        *"""depth heading hidden linked strong broken picture is_p is_li is_td is_div is_h
        is_figcaption inline_button marks_a""".split(),
        *(f"within_{tag}" for tag in """article main aside footer header nav figure figcaption ul li
          table td form pre p blockquote""".split()),
        *(f"near_{name}" for name in """comment caption content button table related author teaser
          share faq references""".split()),
        *(f"far_{name}" for name in """comment table page text inner footer embed related article
          main content entry""".split()),
    ],
    """log_chars log_words capital_share small_share upper_share stops_share log_stops prose
    last_dot has_function has_photo has_subscribe words_place log_words_before log_words_after
    repeated_before page_blocks page_words page_prose_words page_short""".split(),
    "log_words capital_share".split(),
    "linked near_comment is_p depth".split(),
)  # fmt: skip
"""Half as many, with which trees over the page alone are as good."""

_SAID: Final = "keep headline logit_keep logit_headline logit_start".split()
_LIKENESS: Final = "seen_before shared core_cosine in_core cohesion_5 cohesion_12".split()
"""Figures of the text that cost more than they gain where the text model does not need them too."""
TEXT_MODEL_NAMES: Final = (
    *(f"model_{name}@{step}" for step in (0, *_STEPS) for name in _SAID),
    *(f"model_words<{w}{side}" for w in _WINDOWS for side in ("before", "after")),
    "model_words",
    *(f"text_{name}" for name in _LIKENESS),
)
"""Columns of `text_model_features`."""

_REFERENCE: Final = (
    "there exact share exact@1 share@1 exact@-1 share@-1 to_first from_last before_5 after_5"
).split()


def reference_names(reference: str) -> tuple[str, ...]:
    """Return the columns of `reference_features` for a reference of that name."""
    return tuple(f"{reference}_{name}" for name in _REFERENCE)


_LIKENESS_COLUMNS: Final = [TEXT_NAMES.index(name) for name in _LIKENESS]
_PROSE: Final = TEXT_NAMES.index("prose")


def text_model_features(text: PageFeatures, scores: Floats, logits: Floats) -> Floats:
    """Return float32[len(TEXT_MODEL_NAMES), n]: what the text model says of blocks and near them.

    `text` is what the text model read of n blocks, `scores` float32[n, 2] and `logits`
    float32[n, 3] are what it says.
    """
    units = text.units
    sure = np.clip(scores, 1e-4, 1 - 1e-4)
    said = np.concatenate([np.log(sure / (1 - sure)), logits], axis=1).astype(np.float32).T
    words = (scores[:, 0] * units).astype(np.float32)[None]
    whole = np.full((1, len(units)), np.log1p(words.sum()))
    moved = [_moved(said, step) for step in (0, *_STEPS)]
    alike = text.dense.T[_LIKENESS_COLUMNS]
    return np.concatenate([*moved, *_around(words), whole, alike], dtype=np.float32)


def reference_features(overlap: Overlap | None, n: int) -> Floats:
    """Return float32[len(_REFERENCE), n]: what of the blocks stands in a reference text.

    `overlap` is None where there is no reference.
    """
    out = np.zeros((len(_REFERENCE), n), np.float32)
    if overlap is None:
        return out
    both = np.stack([overlap.exact, overlap.share])
    out[0] = 1
    out[1:3], out[3:5], out[5:7] = both, _moved(both, 1), _moved(both, -1)
    there = overlap.share > _FOUND
    index = np.arange(n)
    found = there.nonzero()[0]
    if len(found):
        out[7] = np.log1p(np.maximum(found[0] - index, 0))
        out[8] = np.log1p(np.maximum(index - found[-1], 0))
    else:
        out[7:9] = -1
    counts = np.concatenate([[0], there.cumsum()])
    out[9] = counts[index] - counts[np.maximum(index - 5, 0)]
    out[10] = counts[np.minimum(index + 6, n)] - counts[np.minimum(index + 1, n)]
    return out


_FOUND: Final = 0.7
"""Share of a block's words in the reference from which on the block counts as found."""


def _moved(rows: Floats, step: int) -> Floats:
    """Return what stands so many blocks before each block (behind, if negative); 0 off the page."""
    n = rows.shape[1]
    if step == 0:
        return rows
    out = np.zeros_like(rows)
    if 0 < step < n:
        out[:, step:] = rows[:, :-step]
    elif step < 0 and -step < n:
        out[:, :step] = rows[:, -step:]
    return out


def _around(rows: Floats) -> list[Floats]:
    """Return the logarithms of the sums over some blocks before and behind, for each window."""
    n = rows.shape[1]
    index = np.arange(n)
    sums = np.zeros((len(rows), n + 1), np.float32)
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    found = []
    for window in _WINDOWS:
        before = sums[:, :-1] - sums.take(np.maximum(index - window, 0), axis=1)
        after = sums.take(np.minimum(index + window + 1, n), axis=1) - sums[:, 1:]
        found += [np.log1p(np.maximum(part, 0)) for part in (before, after)]
    return found
