"""Names of persons and agencies as bylines, datelines and credit lines give them."""

from __future__ import annotations

import re
from typing import Final

_JOINTS: Final = re.compile(
    r"\s*(?:,|;|、|\uff0c|\s&\s|\s\+\s"
    r"|(?<!\w)(?:and|und|et|y|e|i|en|og|och|a|ve|и|та|و|with|mit|avec|con|com|met)(?!\w))\s*"
)
_AND: Final = re.compile(r"\s(?:and|und|et|y|e|en|og|och|ve|и|та)\s")
_PARTICLES: Final = frozenset(
    "de da do dos das di del della dello van von der den ten ter la le el al bin ibn abu af av "
    "zu zum y e del-la d' l' du des st san mac mc ap".split()
)
_NOT_A_PERSON: Final = frozenset(
    "staff team desk newsroom news agency agencies press wire service services bureau editorial "
    "editor editors editorials board correspondent correspondents reporter reporters writer "
    "writers contributor contributors special columnist producer author authors admin "
    "administrator webmaster online web digital media group network radio television tv channel "
    "magazine journal times post daily herald tribune gazette guardian telegraph today report "
    "reports redaktion redakteur redakteurin agentur agenturen nachrichten zeitung rédaction "
    "redaction agence agences journal presse redacción redaccion agencia agencias noticias "
    "redazione agenzia redactie redaksjonen redaktionen redakcja редакция редакція redação "
    "agência jornal gazeta diario diário correio tribuna ltd inc gmbh llc corp university "
    "institute ministry department council association "
    "foundation center centre school college hospital management poster words "
    # What a paper calls a column: "Weekly Round-Up" with a day is a headline, not who it is by.
    "wrap-up roundup round-up recap digest briefing newsletter update updates preview".split()
)
_OCCUPATIONS: Final = frozenset(
    "manager director expert experts engineer analyst officer president founder co-founder ceo "
    "cto cfo coordinator specialist consultant strategist scientist developer professor lecturer "
    "photographer economist".split()
)
"""What a person is, which stands behind the name: `Ann Lee, Product Manager`."""

_NO_FIRST_NAMES: Final = frozenset(
    "new san santa são los las hong buenos kuala tel addis belo porto fort cape port rio mexico "
    "real prime north south east west de da do das dos desde dal dalla del from aus key best "
    "top quick full local customer google more most related buy for of by with at in on to".split()
)
"""What places and phrases of two words open with, and no person's name."""
_NAME: Final = re.compile(r"[^\W\d_][\w.'\u2019\-\u0900-\u0903\u093c-\u094d]*")
_UNSPACED_NAME: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u30fb ]{2,12}")
_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\.-?){1,3}")
_ACRONYM: Final = re.compile(r"[A-Z]{2,5}")
_STATION: Final = re.compile(r"[A-ZÄÖÜ]{3,5}\s+\S*[^\W\dA-Z_]")
"""An organisation's letters before its region, behind a person: `NDR Niedersachsen`."""
_SHOUTED: Final = re.compile(r"[^\W\d_]{3,}")


def is_person(name: str) -> bool:
    """Whether a name has the form of a person's: one to five capitalised words, no office."""
    if _UNSPACED_NAME.fullmatch(name):
        return True
    words = name.split()
    if not 1 <= len(words) <= 5 or len(name) > 60:
        return False
    if names_office(name):
        return False
    capitals = 0
    for word in words:
        if not _NAME.fullmatch(word):
            return False
        if word[0].isupper() or not (word[0].islower() or word[0].isupper()):
            capitals += 1
        elif not is_particle(word):
            return False
    return capitals >= 1


def is_particle(word: str) -> bool:
    """Whether a word stands in names in lower case: `van`, `de la`, `bin`."""
    return word.casefold() in _PARTICLES


def names_office(text: str) -> bool:
    """Whether a word of the text is an office, a desk, a paper or an organisation."""
    return any(word.strip(".,").casefold() in _NOT_A_PERSON for word in text.split())


def is_full_name(name: str) -> bool:
    """Whether a name has a first and a last part, and is not an acronym."""
    words = name.split()
    if len(words) > 1 and _INITIALS.fullmatch(words[0]):
        return len(words[-1]) > 2 and is_person(name)  # "M. Ferrandi"
    if len(words) < 2 or words[0].isupper() or words[0].casefold() in _NO_FIRST_NAMES:
        return bool(_UNSPACED_NAME.fullmatch(name))
    return is_person(name)


def may_begin_name(first: str, second: str) -> bool:
    """Whether two words can be the first ones of a full name: a cheap look before a dear one."""
    if first.isupper() and not _INITIALS.fullmatch(first):
        return False
    return first.casefold() not in _NO_FIRST_NAMES and not names_office(f"{first} {second}")


def is_name_list(text: str) -> bool:
    """Whether a text is several full names with "and" before the last.

    Where that is a sign, as in "Trends & Tips", it joins any two things.
    """
    if _AND.search(text) is None:
        return False
    parts = _JOINTS.split(text)
    return 2 <= len(parts) <= 4 and all(
        2 <= len(part.split()) <= 3 and is_full_name(part) for part in parts
    )


def split_names(text: str) -> tuple[str, ...]:
    """Return the persons that a list of names gives, in order and once each.

    Parts that are no persons (offices, papers, places in lower case) are left out.
    """
    found: dict[str, str] = {}
    for part in _JOINTS.split(text):
        name = part.strip(' .,:;|/–—-*()[]"“”')
        if part.strip().endswith((" Jr.", " Sr.")):
            name += "."
        if name.casefold() in ("jr", "sr", "ii", "iii") and found:
            last = next(reversed(found))
            found[last] = f"{found[last]}, {part.strip()}"
            continue
        if not name or not is_person(name) or _ACRONYM.fullmatch(name):
            continue
        if found and (_STATION.match(name) or not _OCCUPATIONS.isdisjoint(name.lower().split())):
            continue
        if " " not in name and not _UNSPACED_NAME.fullmatch(name):
            continue  # one word alone is a place, a paper or an agency
        found.setdefault(name.casefold(), _unshout(name))
    return tuple(found.values())


def _unshout(name: str) -> str:
    """Return a name set in capitals in the usual form: `JOHN SMITH` is `John Smith`."""
    if not name.isupper() or not _SHOUTED.search(name) or " " not in name:
        return name
    return " ".join(
        word if "." in word or len(word) < 3 else "-".join(p.capitalize() for p in word.split("-"))
        for word in name.split()
    )
