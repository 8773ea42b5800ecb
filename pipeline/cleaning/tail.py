"""What stands behind the last paragraph of a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.claims import Claim, Claims
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.phrases import fold, phrase_book
from schemas.roles import Role

_PUNCTUATION: Final = (".", ",", ";", ":", "!", "?", "…", "。", "、", "”")
"""Verse, signatures and closing words end in these; the page's lines seldom do."""

_NAME_WORDS: Final = 3
_DASHES: Final = "-–—― "
_CLOSING: Final = ("”", '"', "»", "“", "’", "'")
_NAME: Final = Claim(Role.BYLINE, 0.8, "rule: a person's name right behind the last paragraph")
_SIGNATURE: Final = Claim(Role.BYLINE, 0.9, "rule: signed behind the last paragraph")


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
    if rest[:1] == [last + 1]:
        signed = _signature(lines, last + 1, start, claims)
        if signed is _SIGNATURE or (signed and len(rest) == 1):
            return {rest[0]: signed}
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


def _signature(lines: Sequence[Evidence], i: int, start: int, claims: Claims) -> Claim | None:
    """Return the claim on a person's name alone, where nothing above says who wrote.

    Behind a dash it is the writer's in any case, but below a quotation it is who said that.
    """
    line = lines[i]
    byline, claim = line.byline, _NAME
    if line.text[0] in _DASHES:
        byline, claim = parse_byline(line.text.lstrip(_DASHES)), _SIGNATURE
        if lines[i - 1].text.endswith(_CLOSING):
            return None
    said = fold(line.text.lstrip(_DASHES)).split()
    if byline is None or not byline.authors or len(said) > _NAME_WORDS:
        return None
    if claim is _NAME and not phrase_book().words.isdisjoint(said):
        return None  # "Office Hours"
    if any(claims[n].role is Role.BYLINE for n in range(start, i) if n in claims):
        return None
    return claim if line.repeats is None else None
