"""The line that names who wrote the article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pipeline.cleaning.dates import parse_date_line
from pipeline.cleaning.names import is_full_name, names_office, split_names

_MARKERS: Final = (
    "story by|text by|words by|written by|reported by|report by|analysis by|opinion by|posted by|"
    "published by|interview by|by|"
    "ein gastbeitrag von|ein kommentar von|eine analyse von|interview von|von|text|autorin|autor|"
    "par|propos recueillis par|"
    "por|escrito por|"
    "a cura di|di|"
    "door|tekst|"
    "av|af|skrevet av|skrevet af|"
    "autorzy|opracował|opracowała|oprac\\.|"
    "авторы|автор|текст|yazan|haber|author|authors|reporter|writer"
)
_MARKED: Final = re.compile(
    rf"(?:{_MARKERS})(?P<colon>\s*:)?\s+(?P<names>\S.{{0,150}})$", re.I | re.S
)
_FIRST_WORDS: Final = frozenset(
    marker.split()[0] for marker in _MARKERS.replace("\\", "").split("|")
)
_COLON_ONLY: Final = frozenset(
    "text autor autorin autorzy tekst haber "
    "author authors reporter writer автор авторы текст".split()
)
_CJK: Final = re.compile(
    "^(?:文|记者|記者|作者|撰文|執筆|取材\u30fb文|글|기자)\\s*[:：/／=\uff1d\\s]\\s*"
    "(?P<names>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u30fb、 ]{2,30})$"
    "|^(?P<korean>[\uac00-\ud7af]{2,4})\\s*(?:기자|특파원)$"
)
_CUT: Final = re.compile(
    r"\s+[|–—•·/-]\s+|\s*[|•·]\s*|\s*\(|\s+(?=(?:updated|published|posted|last|on|in|at|for|the|"
    r"contact|email|aktualisiert|publié|publicado|pubblicato)\b)|,?\s+(?=\d)|,?\s+\S+@|\t",
    re.I,
)
_ACRONYM: Final = re.compile(
    r"(?!(?:MD|MA|MBA|JD|RN|CPA|CFA|CEO|LLB|DDS|MP|UK|US|USA|EU)$)[A-Z]{2,5}"
)
_AGENCY_WORD: Final = re.compile(
    r"\b(?:news agency|news service|press|agency|agence|agencia|agentur|agenzia|wire)\b", re.I
)


_SEPARATORS: Final = " ,|•·–—-/"
_BARE_WORDS: Final = 8
"""Words of the longest line that is a name and what the person does."""


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons and agencies that a byline names. `marked`: it says "by" in some language."""

    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    marked: bool


def parse_byline(line: str) -> Byline | None:
    """Return what a byline names, or None when the line is none.

    A line that opens with "By" in some language, or that is one full name. A bare name is weak
    evidence: the caller looks where it stands.
    """
    if len(line) > 200:
        return None
    if (cjk := _CJK.match(line)) is not None:
        names = cjk["names"] or cjk["korean"]
        return Byline(tuple(re.split("[、 ]+", names.strip())), (), marked=True)
    first = line.split(maxsplit=1)[0] if line.strip() else ""
    marked = _MARKED.match(line) if first.rstrip(":").casefold() in _FIRST_WORDS else None
    if marked is None:
        if not _could_be_name(line):
            return None
        if line.endswith(":") or len(line.split()) > _BARE_WORDS:
            return None
        bare = _CUT.split(line, maxsplit=1)[0].strip(" ,")
        behind = line[line.index(bare) + len(bare) :].strip(_SEPARATORS)
        if behind[:1].isdigit() and parse_date_line(behind) is None:
            return None  # "Fitness Trends 2025: a look" is no name with a date
        if is_full_name(bare) and not bare.isupper():
            return Byline(split_names(bare) or (bare,), _agencies(line[len(bare) :]), marked=False)
        return None
    marker = line[: marked.start("names")].strip(" :").casefold()
    if marker in _COLON_ONLY and marked["colon"] is None:
        return None
    names = marked["names"]
    if names.rstrip().endswith((".", "!", "?", ":")) and len(names.split()) > 5:
        return None
    kept = _CUT.split(names, maxsplit=1)[0]
    authors = split_names(kept)
    agencies = _agencies(names)
    if not authors and not agencies and not _is_office(kept):
        return None
    leading = kept.split(",")[0].strip()
    if not authors and not leading[:1].isupper():
        return None
    return Byline(authors, agencies, marked=True)


def _could_be_name(line: str) -> bool:
    """Whether a line's first two words are no lower-case words, a cheap look before a dear one."""
    words = line.split(maxsplit=2)[:2]
    return (
        len(words) == 2
        and not words[0][0].islower()
        and (not words[1][0].islower() or len(words[1]) <= 5)
    )


def _agencies(text: str) -> tuple[str, ...]:
    parts = [
        part.strip(" .()").removeprefix("The ")
        for part in re.split(r"[,;|/–—•·()]|\s-\s|\band\b", text)
    ]
    return tuple(
        dict.fromkeys(
            part
            for part in parts
            if _ACRONYM.fullmatch(part) or (_AGENCY_WORD.search(part) and len(part.split()) <= 4)
        )
    )


def _is_office(text: str) -> bool:
    """Whether the text is a short capitalised name that is no person's: `Staff Writer`.

    One capitalised word alone is a nickname, a paper or an agency.
    """
    words = text.split()
    if not 1 <= len(words) <= 6 or not words[0][:1].isupper():
        return False
    return len(words) == 1 or names_office(text)
