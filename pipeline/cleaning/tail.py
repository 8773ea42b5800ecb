"""What stands behind the last paragraph of a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.claims import Claim, Claims
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.phrases import fold, phrase_book
from schemas.roles import Role

_PUNCTUATION: Final = (".", ",", ";", ":", "!", "?", "…", "。", "、", "”")
"""Verse, signatures and closing words end in these; the page's lines seldom do."""

_NAME_WORDS: Final = 3
_NAME: Final = Claim(Role.BYLINE, 0.8, "rule: a person's name right behind the last paragraph")


def trailing(lines: Sequence[Evidence], start: int, end: int, claims: Claims) -> dict[int, Claim]:
    """Return the claims on short lines behind a story's last paragraph.

    One or two of them may still be text (the end of a list, a signature); from three on, and with
    furniture among them, they are the page's.
    """
    last = max(
        (i for i in range(start, end) if lines[i].is_prose and i not in claims), default=None
    )
    if last is None:
        return {}
    rest = [i for i in range(last + 1, end) if i not in claims]
    if rest == [last + 1] and _signs(lines, last + 1, start, claims):
        return {rest[0]: _NAME}
    furniture = sum(1 for i in range(last + 1, end) if i in claims)
    if not rest or (len(rest) < 3 and not furniture):
        return {}
    if len(rest) < 3 and any(lines[i].shape.words >= 6 for i in rest):
        return {}
    if sum(lines[i].text.endswith(_PUNCTUATION) for i in rest) * 2 >= len(rest):
        return {}
    if any(lines[i].shape.is_list_item or "\t" in lines[i].text for i in rest[:2]):
        return {}
    return {i: Claim(Role.OTHER, 0.55, "rule: short lines behind the last paragraph") for i in rest}


def _signs(lines: Sequence[Evidence], i: int, start: int, claims: Claims) -> bool:
    """Whether a line is a person's name alone, where nothing above says who wrote."""
    byline = lines[i].byline
    if byline is None or not byline.authors or lines[i].shape.words > _NAME_WORDS:
        return False
    if not phrase_book().words.isdisjoint(fold(lines[i].text).split()):
        return False  # "Office Hours"
    signed = any(claims[n].role is Role.BYLINE for n in range(start, i) if n in claims)
    return not signed and lines[i].repeats is None
