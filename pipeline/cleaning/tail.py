"""What stands behind the last paragraph of a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.claims import Claim, Claims
from pipeline.cleaning.evidence import Evidence
from schemas.roles import Role

_PUNCTUATION: Final = (".", ",", ";", ":", "!", "?", "…", "。", "、", "”")
"""Verse, signatures and closing words end in these; the page's lines seldom do."""


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
