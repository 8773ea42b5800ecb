"""Lines that ask the reader to take what the publisher offers, in words that no phrase foresees.

"Stories like this, twice a week: join 8,000 neighbours on our bulletin" holds no phrase that others
use. But it names what only readers are offered (a newsletter, a channel, the reader's inbox), it
says so in the imperative, and it speaks of us or to you. A reporter who writes about newsletters
does one of these, seldom all. The words are in `appeal.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

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

_CONTACT: Final = re.compile(r"\S@\S+\.\w|\+?\(?\d[\d ()/.-]{5,}\d")
"""An address or a number to reach somebody at."""
_CONTACT_WORDS: Final = 30
_WRITE: Final = Claim(Role.PROMOTION, 0.84, "rule: asks the reader to write or call")
"""Of such lines in the development data 31 are no text and four are: firms that write of
themselves."""

_POLL: Final = re.compile(
    r"\?(?: ?[^\W\d][^.%?]{0,25} \d{1,3} ?%){2,}(?! (?:of|der|de|du|des|di)\b)"
)
_POLL_WORDS: Final = 30
_VOTE: Final = Claim(Role.WIDGET, 0.84, "rule: a poll and its answers")

_SPEECH: Final = re.compile(r"(?:^|[.!?…] )[–—-] [^–—]{10,}[^–—\s] [–—-] [^\W\dA-Z]")
"""What somebody says, set between dashes: `– We have no newsletter – says the editor.`"""

_SURE: Final = Claim(Role.NEWSLETTER_PROMPT, 0.9, "rule: asks the reader to take what is offered")
"""Of such lines that no phrase fits 20 of the development data are no text and none is."""

_LIKELY: Final = Claim(Role.NEWSLETTER_PROMPT, 0.84, "rule: an offer to the reader")
"""93 are no text and 16 are, most of these in advice on marketing."""


def appeal_of(line: str, folded: str) -> Claim | None:
    """Return the claim on a line that asks the reader for something, or None.

    `folded` is the line as `phrases.fold` gives it; what stands in quotation marks is left out of
    both by the caller.
    """
    words = folded.split(" ")
    if not _LEAST_WORDS <= len(words) <= MOST_WORDS:
        return None
    if "%" in line and len(words) <= _POLL_WORDS and _POLL.search(line):
        return _VOTE
    claim = _asked_of_readers(line, folded, words)
    return None if claim is None or _SPEECH.search(line) else claim


def _asked_of_readers(line: str, folded: str, words: Sequence[str]) -> Claim | None:
    """Return how a line asks, if it does, whoever says it: what few lines hold is asked first."""
    book, said = _book(), frozenset(words)
    if book["period"].stands_in(said, folded) and _PRICE.search(line):
        is_asked = _asks(line, book["buy"]) or book["supporters"].stands_in(said, folded)
        return _SUBSCRIBE if is_asked else None
    ours = book["ours"].stands_in(said, folded)
    reader = book["reader"].stands_in(said, folded)
    if len(words) <= _CONTACT_WORDS:
        is_meant = ours or (reader and "?" in line) or book["newsroom"].stands_in(said, folded)
        if is_meant and _CONTACT.search(line) and _asks(line, book["contact"]):
            return _WRITE
    free = book["free"].stands_in(said, folded)
    if not (ours or reader or free):
        return None
    is_strong = book["strong"].stands_in(said, folded)
    if not is_strong and not book["weak"].stands_in(said, folded):
        return None
    asks = _asks(line, book["call"])
    if not is_strong:
        return _LIKELY if asks and ours else None
    if asks and (ours or free):
        return _SURE
    return _LIKELY if ours or (asks and reader) else None


def _asks(line: str, calls: _Words) -> bool:
    """Whether a sentence of the line, or a part of one, begins with a call."""
    return any(fold(part).partition(" ")[0] in calls.whole for part in _PARTS.split(line))


class _Words(NamedTuple):
    """A table of words: whole ones, and what others begin with."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def stands_in(self, words: frozenset[str], folded: str) -> bool:
        """Whether one of them is among a line's words; `folded` is the line."""
        if not self.whole.isdisjoint(words):
            return True
        return any(map(folded.__contains__, self.stems)) and any(
            word.startswith(self.stems) for word in words
        )


@cache
def _book() -> dict[str, _Words]:
    """Return the tables of words, read once for a process."""
    tables = tomllib.loads(files(__package__).joinpath("appeal.toml").read_text(encoding="utf-8"))
    return {
        name: _Words(
            frozenset(word for word in words.split() if not word.endswith("*")),
            tuple(word[:-1] for word in words.split() if word.endswith("*")),
        )
        for name, words in tables.items()
    }
