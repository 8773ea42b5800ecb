"""Which language an article is in, when its text and its page disagree."""

from __future__ import annotations

from typing import Final, NamedTuple

from pipeline.cleaning.html.facts.values import Fact
from pipeline.cleaning.language import Language

_UNSURE: Final = 0.7
"""Score of the identifier below which the page is believed."""

_SAME: Final = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "fil": "tl"}
"""Codes for one language: the old and the new one, and the kinds of Norwegian."""


class Judged(NamedTuple):
    """A language, the identifier's score, and who decided: `identifier` or the page's place."""

    code: str
    score: float
    origin: str


def judge(identified: Language | None, declared: Fact[str] | None) -> Judged | None:
    """Return the language of a text.

    The identifier decides, for templates in one language hold articles in another. The page
    decides where the identifier is unsure, or has too little text; the score then is what the
    identifier's guess leaves, 0 where it has none.
    """
    if identified is None:
        return Judged(declared.value, 0.0, declared.origin) if declared is not None else None
    if declared is None or identified.score >= _UNSURE:
        return Judged(identified.code, identified.score, "identifier")
    if _usual(declared.value) == _usual(identified.code):
        return Judged(identified.code, identified.score, "identifier")
    return Judged(declared.value, round(1.0 - identified.score, 3), declared.origin)


def _usual(code: str) -> str:
    return _SAME.get(code, code)
