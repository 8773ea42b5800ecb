"""All that the block models read of a page's blocks, in one table.

The place in the tree and the company there (`features`), some of the text's own figures
(`model.page_features`), the same of the neighbours, and evidence: what the text model says, and
which blocks stand in a reference text (the article's text as JSON-LD gives it, or as another
extractor sees it).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.cleaning.html import features
from pipeline.cleaning.html.overlap import Overlap, repeats_of
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.model.arrays import Floats
from pipeline.cleaning.model.page_features import NAMES as TEXT_NAMES
from pipeline.cleaning.model.page_features import PageFeatures
from pipeline.cleaning.model.words import Words

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

_PLACE: Final = tuple(
    name
    for name in features.PLACE_NAMES
    if not name.startswith("inline_") or name.removeprefix("inline_") in _INLINE
)
_NEAR_TEXT: Final = "log_words prose stops_share capital_share last_dot".split()
_NEAR_PLACE: Final = (
    "linked heading is_p is_li depth near_related near_content near_comment near_share near_author "
    "near_teaser near_caption"
).split()
_STEPS: Final = (1, -1, 2, -2)
_WINDOWS: Final = (4, 12)
_SUMS: Final = "prose_words linked_words words headings".split()

BASE_NAMES: Final = (
    *_PLACE,
    *features.GROUP_NAMES,
    *(f"{name}@{step}" for step in _STEPS for name in (*_NEAR_TEXT, *_NEAR_PLACE)),
    *(f"{name}<{w}{side}" for w in _WINDOWS for side in ("before", "after") for name in _SUMS),
    *(f"text_{name}" for name in _TEXT),
    "runs_before", "runs_after",
)  # fmt: skip
"""Columns of `base_features`."""

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


_PLACE_COLUMNS: Final = [features.PLACE_NAMES.index(name) for name in _PLACE]
_TEXT_COLUMNS: Final = [TEXT_NAMES.index(name) for name in _TEXT]
_LIKENESS_COLUMNS: Final = [TEXT_NAMES.index(name) for name in _LIKENESS]
_NEAR_TEXT_COLUMNS: Final = [TEXT_NAMES.index(name) for name in _NEAR_TEXT]
_NEAR_PLACE_COLUMNS: Final = [features.PLACE_NAMES.index(name) for name in _NEAR_PLACE]
_PROSE: Final = TEXT_NAMES.index("prose")
_LINKED: Final = features.PLACE_NAMES.index("linked")
_HEADING: Final = features.PLACE_NAMES.index("heading")


def base_features(page: HtmlPage, text: PageFeatures, words: Words) -> Floats:
    """Return float32[n, len(BASE_NAMES)]: tree, text and neighbours of n blocks (at least one).

    `words` are those of the blocks' texts.
    """
    place = features.place_features(page)
    prose = text.dense[:, _PROSE] > 0
    near = np.concatenate(
        [text.dense[:, _NEAR_TEXT_COLUMNS], place[:, _NEAR_PLACE_COLUMNS]], axis=1
    )
    units = text.units
    sums = np.stack(
        [prose * units, place[:, _LINKED] * units, units, place[:, _HEADING] > 0], axis=1
    ).astype(np.float32)
    return np.concatenate(
        [
            place[:, _PLACE_COLUMNS],
            features.group_features(page, units, prose),
            *(_moved(near, step) for step in _STEPS),
            *_around(sums),
            text.dense[:, _TEXT_COLUMNS],
            repeats_of(words),
        ],
        axis=1,
        dtype=np.float32,
    )


def text_model_features(text: PageFeatures, scores: Floats, logits: Floats) -> Floats:
    """Return float32[n, len(TEXT_MODEL_NAMES)]: what the text model says of a block and near it.

    `text` is what the text model read of n blocks, `scores` float32[n, 2] and `logits`
    float32[n, 3] are what it says.
    """
    units = text.units
    sure = np.clip(scores, 1e-4, 1 - 1e-4)
    said = np.concatenate([np.log(sure / (1 - sure)), logits], axis=1).astype(np.float32)
    words = (scores[:, :1] * units[:, None]).astype(np.float32)
    whole = np.full((len(units), 1), np.log1p(words.sum()))
    moved = [_moved(said, step) for step in (0, *_STEPS)]
    alike = text.dense[:, _LIKENESS_COLUMNS]
    return np.concatenate([*moved, *_around(words), whole, alike], axis=1, dtype=np.float32)


def reference_features(overlap: Overlap | None, n: int) -> Floats:
    """Return float32[n, len(_REFERENCE)]: what of the blocks stands in a reference text.

    `overlap` is None where there is no reference.
    """
    out = np.zeros((n, len(_REFERENCE)), np.float32)
    if overlap is None:
        return out
    both = np.stack([overlap.exact, overlap.share], axis=1)
    out[:, 0] = 1
    out[:, 1:3], out[:, 3:5], out[:, 5:7] = both, _moved(both, 1), _moved(both, -1)
    there = overlap.share > _FOUND
    index = np.arange(n)
    found = there.nonzero()[0]
    if len(found):
        out[:, 7] = np.log1p(np.maximum(found[0] - index, 0))
        out[:, 8] = np.log1p(np.maximum(index - found[-1], 0))
    else:
        out[:, 7:9] = -1
    counts = np.concatenate([[0], there.cumsum()])
    out[:, 9] = counts[index] - counts[np.maximum(index - 5, 0)]
    out[:, 10] = counts[np.minimum(index + 6, n)] - counts[np.minimum(index + 1, n)]
    return out


_FOUND: Final = 0.7
"""Share of a block's words in the reference from which on the block counts as found."""


def _moved(rows: Floats, step: int) -> Floats:
    """Return what stands so many blocks before each block (behind, if negative); 0 off the page."""
    out = np.zeros_like(rows)
    n = len(rows)
    if step == 0:
        return rows
    if 0 < step < n:
        out[step:] = rows[:-step]
    elif step < 0 and -step < n:
        out[:step] = rows[-step:]
    return out


def _around(rows: Floats) -> list[Floats]:
    """Return the logarithms of the sums over some blocks before and behind, for each window."""
    n = len(rows)
    index = np.arange(n)
    sums = np.zeros((n + 1, rows.shape[1]), np.float32)
    np.cumsum(rows, axis=0, out=sums[1:])
    found = []
    for window in _WINDOWS:
        before = sums[index] - sums[np.maximum(index - window, 0)]
        after = sums[np.minimum(index + window + 1, n)] - sums[index + 1]
        found += [np.log1p(np.maximum(part, 0)) for part in (before, after)]
    return found
