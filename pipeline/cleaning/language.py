"""The language of a text, by py3langid's model of 97 languages."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

_SAMPLE: Final = 500
"""Characters that are looked at: of 2,014 development texts one gets another language on 800."""

_LEAST_LETTERS: Final = 20
"""Letters below which nothing is guessed: a few words fit many languages."""


_DAY_FIRST: Final = frozenset(
    "ar be bg bn bs ca cs da de el es et fi fr gl he hi hr id is it lv mk ms nb nl nn no pl pt ro "
    "ru sk sl sq sr th tr uk ur vi".split()
)
"""Languages that write 3 April as 03/04: by the short dates of Unicode's CLDR, without those whose
countries differ (English) and those that begin with the year."""

_SURE: Final = 0.9


class Language(NamedTuple):
    """An ISO 639 code and how sure the identifier is of it, 0 to 1."""

    code: str
    score: float


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> Language | None:
    """Return the language of a text, or None when it holds too few letters."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return None
    code, score = _identifier().classify(sample)
    return Language(code, round(min(1.0, max(0.0, float(score))), 3))


def writes_day_first(language: Language | None) -> bool:
    """Whether a day is written before its month where only numbers say it."""
    return language is not None and language.code in _DAY_FIRST and language.score >= _SURE
