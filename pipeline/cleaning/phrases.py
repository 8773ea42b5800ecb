"""Phrases that give a line away as furniture, from the data files in `phrases/`.

A phrase is a run of words in which `*` stands for up to eight words of any kind and `#` for one
number ("7", "1,204", "1.2k"). It is compared with the folded line (see `fold`), as the whole line
(`whole`), as its start (`start`), or anywhere in it (`contains`). A phrase under `opens` is the
whole line too, and the heading of a list: the lines that follow belong to it.

A data file is a TOML table: `max_words`, the length up to which a line is compared at all, and a
table of places for every language. A phrase that is safe in longer lines, or only in shorter
ones, brings its own limit: `{ words = "…", max_words = 60 }`.

Whole lines are looked up. A phrase that begins a line is filed under its first two words, every
other under its rarest word (its rarest pair of characters in scripts without spaces), so that a
line is compared only with the few phrases it shares them with: the cost of a line hardly grows
with the number of phrases.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import Final, Literal, get_args

from schemas.roles import Role

Place = Literal["whole", "start", "contains", "opens"]

_PLACES: Final = frozenset(get_args(Place))
_SIGNS: Final = frozenset("*#:")
_APOSTROPHES: Final = "'`\u00b4\u02bc\u02b9\u2018\u2019\u201b"
_SEPARATORS: Final = ":|>\u00bb\u203a\u2192\u25b6\u25b8\u25ba\u3011"
"""What sets a label off from what it announces: a colon, bars, arrows, angle quotes, and the
bracket behind a label in Japanese."""

_TYPOGRAPHY: Final = {
    "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2013": "-",
    "\u2014": "-", "\u2026": "...", "\u2022": "-", "\u00b7": "-", "\u00a0": " ",
}  # fmt: skip

_ASCII_SEPARATORS: Final = tuple(sign for sign in _SEPARATORS if sign.isascii())

_UNSPACED_RANGES: Final = (
    "\u0e00-\u0e7f\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
)
"""Scripts that set no spaces between words: Thai, Chinese, Japanese."""

_UNSPACED: Final = re.compile(f"[{_UNSPACED_RANGES}]")

# `\w` leaves the vowel signs of Indic and South-East Asian scripts out, which would cut their words
# in pieces: the ranges keep them. U+0964 and U+0965 are their full stops.
_NOT_A_WORD: Final = re.compile(
    r"[^\w :\n\u0900-\u0963\u0966-\u0e4e\u0e50-\u109f\u1780-\u17d3]+|_+"
)

_KOREAN_UNIT: Final = re.compile("([0-9])(?=[\uac00-\ud7a3])")
"""Between a number and what it counts: Korean writes them as one word."""

_WILDCARD: Final = r"(?: \S+){0,8}?"
_WILDCARD_UNSPACED: Final = ".{0,24}?"
_NUMBER: Final = r"\d+(?: \d+){0,2}[km]?"

_FREQUENT: Final = frozenset(
    (
        "a about after all also an and are article as at be before by can day directly each email "
        "find follow for free from full get has have here home how if in information is it its "
        "keep latest like making may minutes month more most my new news next no not now of on "
        "one only or our out own professional read right see service sign small story subscribe "
        "terms that the their this through time to up us use video was we what when who will "
        "with work x year you your de la el der die das und le les en"
    ).split()
)
"""Words so common in lines that a phrase is better filed under any other of its words."""


def _spellings() -> dict[str, str]:
    """Return what fold replaces letter by letter outside ASCII, after NFKC and case folding."""
    table: dict[str, str] = {}
    for first, last in (
        (0x00AD, 0x00AD),  # soft hyphen
        (0x0300, 0x036F),  # accents that stand apart
        (0x0640, 0x0640),  # Arabic tatweel
        (0x064B, 0x065F),  # Arabic vowel signs
        (0x0670, 0x0670),
        (0x093C, 0x093C),  # nukta, which Hindi leaves out at will
        (0x200B, 0x200F),  # zero-width characters, joiners, marks of direction
        (0x202A, 0x202E),
        (0x2060, 0x2069),
        (0xFE00, 0xFE0F),  # variation selectors
        (0xFEFF, 0xFEFF),
    ):
        table.update(dict.fromkeys(map(chr, range(first, last + 1)), ""))
    for first, last in ((0x00C0, 0x024F), (0x0400, 0x045F), (0x0620, 0x064A), (0x1E00, 0x1EFF)):
        for letter in map(chr, range(first, last + 1)):
            plain = unicodedata.normalize("NFD", letter)
            if len(plain) > 1 and unicodedata.combining(plain[1]):
                table[letter] = plain[0]
    table.update({"\u0131": "i", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "©": " copyright "})
    table.update({"ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"})  # Arabic, Persian
    # What stands in most lines that are not ASCII: without it they take the short way.
    table.update(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015", " "))
    table.update(dict.fromkeys("\u201c\u201d\u201e\u2022\u00b7", " "))
    table.update(dict.fromkeys(_APOSTROPHES, ""))
    table.update(dict.fromkeys(_SEPARATORS, " : "))
    return {letter: plain for letter, plain in table.items() if not letter.isascii()}


_SPELLINGS: Final = _spellings()
_RESPELLED: Final = re.compile(f"[{''.join(map(re.escape, _SPELLINGS))}]")

_ASCII: Final = bytes(
    ord(letter.lower()) if letter.isalnum() or letter in ":\n" else ord(" ")
    for letter in map(chr, range(128))
).ljust(256)
"""Case folding and white space for punctuation, for a line of ASCII."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: the role it gives a line, its language, and how it is compared.

    `words` is in folded form, `max_words` the length in words up to which a line is compared.
    """

    role: Role
    language: str
    place: Place
    words: str
    max_words: int

    def fits(self, folded: str) -> bool:
        """Whether a folded line matches, whatever its length."""
        return _pattern(self.words, self.place).search(f" {folded}") is not None

    @property
    def reason(self) -> str:
        """What the ledger says when this phrase decided."""
        return f"phrase:{self.language}: {self.words}"


_Entry = tuple[int, str, Phrase]
"""A phrase, its rank (the smaller is asked first), and what a line that fits it holds for sure."""


def fold(line: str) -> str:
    """Return a line in the form phrases are compared in: words with one space between them.

    Compatibility forms are unified (NFKC), case is folded, apostrophes, accents, Arabic vowel
    signs, tatweel and zero-width characters are dropped (so that "À LIRE" and "a lire" agree, and
    the dotted and the dotless i). Colons, bars and arrows become one sign, a colon that is a word
    of its own, and none stands at the start. "©" becomes the word "copyright"; every other run of
    punctuation is a space. Folding a folded line changes nothing.
    """
    return _in_words(_respelled(line))


def fold_lines(lines: Sequence[str]) -> list[str]:
    """Return each line as `fold` does, in fewer steps: the letters of all lines at once.

    What folding does to a letter depends on no letter beyond a line feed. Lines of ASCII take a
    short way.
    """
    plain = _without_typography("\n".join(lines)).split("\n")
    if len(plain) != len(lines):  # one of them holds a line feed itself
        return list(map(fold, lines))
    folded = [""] * len(lines)
    for is_ascii in (True, False):
        places = [i for i, line in enumerate(plain) if line.isascii() is is_ascii]
        respelled = _respelled("\n".join([plain[i] for i in places])).split("\n")
        for i, line in zip(places, respelled, strict=False):
            folded[i] = _in_words(line)
    return folded


def _without_typography(text: str) -> str:
    """Return a text with the signs that most often keep it from being ASCII as ASCII has them."""
    if not text.isascii():
        for sign, plain in _TYPOGRAPHY.items():
            if sign in text:
                text = text.replace(sign, plain)
    return text


def _respelled(text: str) -> str:
    """Return a text in the letters, signs and spaces that folded lines are made of."""
    text = _without_typography(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).casefold()
        text = unicodedata.normalize("NFC", _RESPELLED.sub(_respell, text))
    for separator in _ASCII_SEPARATORS:
        if separator in text:
            text = text.replace(separator, " : ")
    if text.isascii():
        return text.encode("ascii").translate(_ASCII, b"'`").decode("ascii")
    return _NOT_A_WORD.sub(" ", _KOREAN_UNIT.sub(r"\1 ", text.replace("'", "").replace("`", "")))


def _in_words(respelled: str) -> str:
    """Return the words of a respelled line with one space between them, and its colons tidied."""
    words = respelled.split()
    if ":" in words:
        words = [w for w, before in zip(words, [":", *words], strict=False) if w + before != "::"]
    return " ".join(words)


def _respell(found: re.Match[str]) -> str:
    return _SPELLINGS[found[0]]


class PhraseBook:
    """All phrases, filed so that a line finds the few that can match it."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """File the phrases.

        Of those that match one line, a whole line without open places wins, then the first given.
        """
        self._whole: dict[str, Phrase] = {}
        self._by_head: dict[str, list[_Entry]] = {}
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_gram: dict[str, list[_Entry]] = {}
        self._max_words = 0
        elsewhere: list[tuple[_Entry, list[str]]] = []
        words: set[str] = set()
        for rank, phrase in enumerate(phrases):
            self._max_words = max(self._max_words, phrase.max_words)
            tokens = phrase.words.split()
            words.update(tokens)
            entry = (rank, _literal(tokens), phrase)
            if phrase.place in ("whole", "opens") and _SIGNS.isdisjoint(tokens):
                unspaced = _UNSPACED.search(phrase.words) is not None
                self._whole.setdefault(_key(phrase.words, unspaced), phrase)
            elif phrase.place != "contains" and (head := _head(tokens)):
                self._by_head.setdefault(head, []).append(entry)
            else:
                elsewhere.append((entry, _handles(tokens)))
        uses = Counter(handle for _, handles in elsewhere for handle in set(handles))
        for entry, handles in elsewhere:
            handle = min(handles, key=lambda h: (h in _FREQUENT, uses[h], -len(h), h))
            shelf = self._by_gram if _UNSPACED.search(handle) else self._by_word
            shelf.setdefault(handle, []).append(entry)
        self._words = frozenset(self._by_word)
        self._grams = frozenset(self._by_gram)
        self.words = frozenset(words)
        """The words of all phrases, folded: what furniture is made of, and few names are."""

    def match(self, folded: str) -> Phrase | None:
        """Return the phrase that fits a folded line best, or None."""
        words = folded.split(" ")
        length = len(words)
        if length > self._max_words:
            return None
        unspaced = not folded.isascii() and _UNSPACED.search(folded) is not None
        if whole := self._whole.get(_key(folded, unspaced)):
            return whole
        if words[-1].isdecimal() and length > 1:
            # "Show comments (7)": what counts comments may say so behind.
            counted = self._whole.get(_key(" ".join(words[:-1]), unspaced))
            if counted is not None and counted.role is Role.COMMENT:
                return counted
        found: list[_Entry] = []
        if length > 1:
            found += self._by_head.get(f"{words[0]} {words[1]}", ())
        found += self._by_head.get(words[0], ())
        if not self._words.isdisjoint(words):
            for word in self._words.intersection(words):
                found += self._by_word[word]
        if unspaced:
            # A word of such a script has about two characters.
            length += len(_UNSPACED.findall(folded)) // 2
            compact = folded.replace(" ", "")
            found += self._by_head.get(compact[:2], ())
            for gram in self._grams.intersection(_grams(compact)):
                found += self._by_gram[gram]
        found = [entry for entry in found if entry[1] in folded]
        found.sort(key=_order)
        for _, _, phrase in found:
            if length <= phrase.max_words and phrase.fits(folded):
                return phrase
        return None


def _order(entry: _Entry) -> int:
    return entry[0]


def _key(folded: str, unspaced: bool) -> str:
    """Return a whole line as it is looked up: no last colon, no spaces in unspaced scripts."""
    folded = folded.removesuffix(" :")
    return folded.replace(" ", "") if unspaced else folded


def _literal(tokens: Sequence[str]) -> str:
    """Return the longest run of a phrase's words that stands in every line which fits it.

    Nothing for scripts without spaces: there a line may have spaces wherever it likes.
    """
    if any(map(_UNSPACED.search, tokens)):
        return ""
    between = " ".join(" " if token in ("*", "#") else token for token in tokens)
    return max(map(str.strip, between.split("   ")), key=len)


def _head(tokens: list[str]) -> str:
    """Return what a line must begin with for a phrase to fit it, as far as that is certain.

    That is the first two words, or the first if the second is left open; the first two characters
    in scripts without spaces; nothing, if the phrase begins with an open place.
    """
    certain: list[str] = []
    for token in tokens:
        if token in ("*", "#"):
            break
        certain.append(token)
    if any(map(_UNSPACED.search, tokens)):
        compact = "".join(certain)
        return compact[:2] if len(compact) > 1 else ""
    return " ".join(certain[:2])


def _handles(tokens: list[str]) -> list[str]:
    """Return what a phrase can be filed under: its words, or the pairs of its characters."""
    literal = [token for token in tokens if token not in _SIGNS]
    if not any(map(_UNSPACED.search, literal)):
        return literal
    runs = "".join(token if token not in _SIGNS else " " for token in tokens).split()
    pairs = [gram for run in runs for gram in map("".join, pairwise(run))]
    return [gram for gram in pairs or runs if _UNSPACED.search(gram)]


def _grams(compact: str) -> Iterator[str]:
    return chain(compact, map("".join, pairwise(compact)))


@cache
def _pattern(words: str, place: Place) -> re.Pattern[str]:
    """Turn a phrase into a pattern over folded lines that have a space before them.

    Wildcards are bounded, so it cannot blow up. Most phrases never meet a line they share a word
    with: none is compiled before it does.
    """
    unspaced = _UNSPACED.search(words) is not None
    parts: list[str] = []
    for word in words.split():
        if word == "*":
            parts.append(_WILDCARD_UNSPACED if unspaced else _WILDCARD)
        else:
            token = _NUMBER if word == "#" else re.escape(word)
            parts.append((" ?" if unspaced else " ") + token)
    body = "".join(parts)
    if place in ("whole", "opens"):
        return re.compile(f"^{body}(?: :)?$")
    edge = "" if unspaced else r"(?!\S)"
    return re.compile(f"^{body}{edge}" if place == "start" else f"{body}{edge}")


def phrases_of(role: Role, table: Mapping[str, object]) -> Iterator[Phrase]:
    """Yield the phrases of one data file, in its order.

    Raises:
        ValueError: the table has another shape than the module describes, or a phrase in it has
            no word.
    """
    limit = table.get("max_words")
    if not isinstance(limit, int):
        raise ValueError(f"{role}: max_words must be a number")
    for language, places in table.items():
        if language == "max_words":
            continue
        if not isinstance(places, dict) or not _PLACES.issuperset(places):
            raise ValueError(f"{role}: {language} must be a table of {sorted(_PLACES)}")
        for place, entries in places.items():
            for entry in entries:
                own = entry if isinstance(entry, dict) else {"words": entry, "max_words": limit}
                line = own["words"]
                words = " ".join(w if w in _SIGNS else fold(w) for w in line.split())
                words = " ".join(words.split())
                if not _handles(words.split()):
                    raise ValueError(f"{role}: {language}: a phrase needs a word: {line!r}")
                yield Phrase(role, language, place, words, own["max_words"])


@cache
def phrase_book() -> PhraseBook:
    """Return the phrases that come with the package, read once for a process."""
    folder = files(__package__).joinpath("phrases")
    phrases: list[Phrase] = []
    for role in Role:
        file = folder.joinpath(f"{role.value}.toml")
        if file.is_file():
            phrases.extend(phrases_of(role, tomllib.loads(file.read_text(encoding="utf-8"))))
    return PhraseBook(phrases)
