"""The box about the author that stands behind the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.claims import Claim, Claims
from pipeline.cleaning.evidence import Evidence
from pipeline.cleaning.names import is_full_name, is_person
from schemas.roles import Role

_OCCUPATIONS: Final = re.compile(
    r"\b(?:journalists?|reporters?|correspondents?|editors?|columnists?|writers?|contributors?|"
    r"analysts?|bloggers?|freelancer?|"
    r"authors? of|photographers?|professors?|fellow at|graduated?|alumn\w+|"
    r"journalistin|redakteur(?:in)?|korrespondent(?:in)?|volontär(?:in)?|autor(?:in)?|"
    r"rédacteur|rédactrice|diplômée?|periodista|redactora?|licenciad[oa]|graduad[oa]|"
    r"jornalista|repórter|formad[oa]|giornalista|redattore|redattrice|laureat[oa]|"
    r"verslaggever|redacteur|dziennikar\w+|redaktor(?:ka)?|reporter(?:ka|in)|reporterzy|журналист\w*|редактор|muhabir\w*|"
    r"gazeteci)\b"
    r"|記者|编辑|編輯|作者|기자",
    re.I,
)
_BIO_WAYS: Final = re.compile(
    r"\b(?:covers|covering|writes (?:about|on|for)|reports on|specializ\w+|specialis\w+|based in|"
    r"years of experience|passionate|committed to|"
    r"has (?:been )?(?:written|writing|covered|covering|"
    r"reported|reporting)|"
    r"my goal|follow (?:him|her|them)|contact (?:him|her|them)|reach (?:him|her|them)|joined|"
    r"can be reached|holds a|degree in|lives in|"
    r"schreibt|berichtet|studierte|beschäftigt sich|couvre|spécialisée?|écrit (?:sur|pour)|cubre|"
    r"escribe|especializad[oa]|"
    r"cobre|escreve|especialista em|scrive|si occupa|appassionat[oa]|schrijft|pisze|zajmuje się|"
    r"пишет о)\b",
    re.I,
)
_IS: Final = re.compile(r"(?:,| (?:is|was|ist|est|es|è|é|är|er|jest)) ")
_NAME_REACH: Final = 60
_SURNAME: Final = 4
"""Letters of the shortest name by which a biography may open."""

_REACH: Final = 8
"""Paragraphs at the end among which one that opens with the author's name is looked for."""
_LONGEST_BIO: Final = 150
"""Words of the longest biography."""

_CONTACT_WORDS: Final = 40
_CONTACT: Final = re.compile(
    r"\b(?:can be reached (?:at|by|via|on)|(?:[Cc]ontact|[Rr]each|[Ee]-?mail) (?:(?:him|her|them) |"
    r"(?:[A-Z][\w.'’-]+ ){1,3})(?:at|via|on|by)|erreichbar unter|ist unter)\s"
    r".{0,80}(?:\w@\w|\d{3}[-. /]\d{3,4})"
)
"""How papers say where to find the writer, and an address or a number."""

_REACHED: Final = Claim(Role.AUTHOR_BIO, 0.9, "rule: where the writer can be reached")
_BELOW_NAME: Final = Claim(
    Role.AUTHOR_BIO, 0.85, "rule: an occupation below a name, behind the text"
)
_BELOW_HEADING: Final = Claim(
    Role.AUTHOR_BIO, 0.7, "rule: a word of biographies below what may be a name"
)
_BOX_NAME: Final = Claim(Role.BYLINE, 0.75, "rule: the name above an author's biography")
_WITH_NAME: Final = Claim(
    Role.AUTHOR_BIO, 0.85, "rule: opens with the author's name, an occupation"
)
_INTRODUCTION: Final = Claim(
    Role.AUTHOR_BIO, 0.7, "rule: introduces a person by their work, behind the text"
)


def author_box(lines: Sequence[Evidence], start: int, end: int, claims: Claims) -> dict[int, Claim]:
    """Return the claims on a box about the author behind the text: the name and what it says."""
    found: dict[int, Claim] = {}
    free = [i for i in range(start, end) if i not in claims]
    prose = [i for i in free if lines[i].is_prose]
    if len(prose) < 3:
        return found
    # Above the text a name alone is a byline as well. Newspapers go on with the surname.
    names = tuple(
        {
            form
            for i, line in enumerate(lines[start:end], start)
            if line.byline is not None and (line.byline.marked or i < prose[0])
            for name in line.byline.authors
            for form in _forms(name.casefold(), line.byline.marked)
        }
    )
    for i in reversed(prose[-_REACH:]):
        line = lines[i]
        if line.shape.words > _LONGEST_BIO or i <= start + 2:
            continue
        if i not in prose[-3:] and not line.text.casefold().startswith(names):
            continue  # Behind it may stand what the page says itself.
        if i in prose[-2:] and line.shape.words <= _CONTACT_WORDS and _CONTACT.search(line.text):
            found[i] = _REACHED
            continue
        below = i - 1 in free and _is_name(lines[i - 1])
        said = line.text.casefold()
        opens = said.startswith(names) or any(
            f". {name}" in said for name in names if " " in name.rstrip()
        )
        introduces = i in prose[-2:] and _introduces(line.text)
        if not (below or opens or introduces):
            continue  # the searches below are dear
        signs = bool(_OCCUPATIONS.search(line.text)) + bool(_BIO_WAYS.search(line.text))
        if below and signs > (0 if is_full_name(lines[i - 1].text) else 1):
            # "Search Engine Optimization" looks like a name, and many a text has one such word.
            is_sure = signs > 1 or _mentions(line.text, lines[i - 1].text)
            found[i] = _BELOW_NAME if is_sure else _BELOW_HEADING
            found[i - 1] = _BOX_NAME
        elif opens and signs:
            found[i] = _WITH_NAME
        elif introduces and signs > 1:
            found[i] = _INTRODUCTION
    return found


def _forms(name: str, is_sure: bool) -> list[str]:
    """Return what opens a paragraph about somebody: the whole name, the surname, or the first.

    The first name only where it is sure that the name is one.
    """
    parts = name.split()
    some = {name, parts[-1], parts[0] if is_sure else name}
    parts = [part for part in some if len(part) >= _SURNAME]
    return [f"{part}{end}" for part in parts for end in (" ", "’s ", "'s ")]


def _is_name(line: Evidence) -> bool:
    """Whether a line is a name alone, of one word or more."""
    if line.shape.words > 5 or line.shape.ends_sentence or line.text.endswith(":"):
        return False
    return is_person(line.text)


def _mentions(text: str, name: str) -> bool:
    """Whether a text says a word of a name again."""
    words = {word.casefold() for word in re.findall(r"\w{3,}", name)}
    return not words.isdisjoint(word.casefold() for word in re.findall(r"\w{3,}", text))


def _introduces(text: str) -> bool:
    """Whether a paragraph opens like "Ann Lee is a …"."""
    found = _IS.search(text[:_NAME_REACH])
    return found is not None and is_full_name(text[: found.start()].rstrip(" ,"))


def is_about_a_person(text: str) -> bool:
    """Whether a paragraph tells what somebody does: an occupation and the ways of a biography."""
    sample = text[:1_000]
    return bool(_OCCUPATIONS.search(sample)) and bool(_BIO_WAYS.search(sample))
