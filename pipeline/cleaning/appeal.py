"""Lines that ask the reader to take what the publisher offers, in words that no phrase foresees.

"Stories like this, twice a week: join 8,000 neighbours on our bulletin" holds no phrase that others
use. But it names what only readers are offered (a newsletter, a channel, the reader's inbox), it
says so in the imperative, and it speaks of us or to you. A reporter who writes about newsletters
does one of these, seldom all. The words are in `appeal.toml`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from pipeline.cleaning.claims import Claim
from pipeline.cleaning.phrases import fold
from schemas.roles import Role

MOST_WORDS: Final = 50
"""Words of the longest line that asks; of text in development data that fits, a third is longer."""

_LEAST_WORDS: Final = 3
_PARTS: Final = re.compile(r"[.!?:;,–—|►»›]\s+|\s-\s")
"""Between the sentences of a line, and the parts of one."""

_PRICE: Final = re.compile(r"[$€£]\s?\d|\d\s?(?:[€$£]|(?:euros?|zł|kr)\b)", re.I)

_SUBSCRIBE: Final = Claim(Role.PAYWALL, 0.84, "rule: asks to subscribe, with the price of a period")
"""No line of the development data that is text fits it."""

_SURE: Final = Claim(Role.NEWSLETTER_PROMPT, 0.9, "rule: asks the reader to take what is offered")
"""Of such lines that no phrase fits 20 of the development data are no text and none is."""

_LIKELY: Final = Claim(Role.NEWSLETTER_PROMPT, 0.84, "rule: an offer to the reader")
"""93 are no text and 16 are, most of these in advice on marketing."""


def appeal_of(line: str, folded: str) -> Claim | None:
    """Return the claim on a line that asks the reader for something, or None.

    `folded` is the line as `phrases.fold` gives it; what stands in quotation marks is left out of
    both by the caller.
    """
    book = _book()
    if not _LEAST_WORDS <= folded.count(" ") + 1 <= MOST_WORDS:
        return None
    if _PRICE.search(line) and book["period"].search(folded):
        return _SUBSCRIBE if _asks(line, book["buy"]) else None
    offers = book["strong"].search(folded)
    if offers is None and book["weak"].search(folded) is None:
        return None
    ours = book["ours"].search(folded) is not None
    reader = book["reader"].search(folded) is not None
    free = book["free"].search(folded) is not None
    if not (ours or reader or free):
        return None
    asks = _asks(line, book["call"])
    if offers is None:
        return _LIKELY if asks and ours else None
    if asks and (ours or free):
        return _SURE
    return _LIKELY if ours or (asks and reader) else None


def _asks(line: str, calls: re.Pattern[str]) -> bool:
    """Whether a sentence of the line, or a part of one, begins with a call."""
    return any(calls.match(fold(part)) for part in _PARTS.split(line))


@cache
def _book() -> dict[str, re.Pattern[str]]:
    """Return a pattern over folded lines for each table of words, read once for a process."""
    tables = tomllib.loads(files(__package__).joinpath("appeal.toml").read_text(encoding="utf-8"))
    return {name: _any_of(words.split()) for name, words in tables.items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    forms = "|".join(
        re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "")
        for word in sorted(words)
    )
    return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")
