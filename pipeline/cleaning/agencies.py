"""News agencies by name, as bylines and datelines give them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_NAMES: Final = (
    "Reuters|Associated Press|Agence France-Presse|Press Association|Canadian Press|Bloomberg|"
    "Bloomberg News|Deutsche Presse-Agentur|Europa Press|Lusa|Ansa|AdnKronos|Anadolu|"
    "Anadolu Ajansı|Anadolu Agency|Xinhua|Kyodo|Kyodo News|Jiji Press|Yonhap|Tanjug|Hina|Fena|"
    "Belga|Ritzau|Estadão Conteúdo|Folhapress|Agência Brasil|Agência Lusa|Interfax|Ukrinform|"
    "Unian|BelTA|Agerpres|Mediafax|Prensa Latina|Notimex|Colprensa|Télam|"
    "Press Trust of India|Tass|ТАСС|РИА Новости|Интерфакс|Укринформ|БелТА|"
    "新华社|新華社|中新社|共同通信|時事通信|연합뉴스|"
    "أ ف ب|أ.ف.ب|رويترز|الأناضول|وام|واس|"
    "पीटीआई|एएनआई"
)
_NAMED: Final = re.compile(rf"(?<!\w)(?:The )?(?P<name>{_NAMES.replace('.', chr(92) + '.')})(?!\w)")
_BEHIND: Final = re.compile(
    rf"[\s,|/–—-]+(?:The )?(?:{_NAMES.replace('.', chr(92) + '.')})"
    r"(?:[\s,]+(?:Staff )?(?:Writer|Reporter|Correspondent|Business Writer|Sports Writer))?\s*$",
    re.I,
)
_WORD: Final = re.compile(r"^(?:Agencia|Agence|Agência|Agenzia|Agentur)\s+(?=[A-ZÉ]{2,5}$)")


_LETTERS: Final = {
    "Associated Press": "AP",
    "Agence France-Presse": "AFP",
    "Press Association": "PA",
    "Deutsche Presse-Agentur": "dpa",
    "Anadolu Agency": "AA",
    "Anadolu Ajansı": "AA",
    "Press Trust of India": "PTI",
}


_KNOWN_LETTERS: Final = frozenset(
    "aa aap adn afp agi ani anp ansa ap apa ats bta cna čtk ctk cp dha dpa dts efe epd fena iha "
    "ians jta kna kyodo lusa mti ntb pa pap pti rnd sda sid sta stt tass tanjug tasr tt upi voa "
    "reuters bloomberg xinhua belga ritzau hina ansa/reuters ap/dpa dpa/ap afp/dpa dpa/afp".split()
)
"""Agencies by the letters that datelines give."""


def is_agency(name: str) -> bool:
    """Whether what stands in a dateline's brackets names an agency that is known."""
    return name.casefold() in _KNOWN_LETTERS or bool(named_agencies(name))


def once_each(agencies: Iterable[str]) -> tuple[str, ...]:
    """Return agencies once each, in order; a full name goes where its letters stand as well."""
    names = dict.fromkeys(agencies)
    return tuple(name for name in names if _LETTERS.get(name) not in names)


def named_agencies(text: str) -> tuple[str, ...]:
    """Return the agencies that a short line names in full, in order and once each."""
    return tuple(dict.fromkeys(found["name"] for found in _NAMED.finditer(text)))


def without_agency(name: str) -> str:
    """Return a person's name without the agency right behind it: `Ann Lee Associated Press`.

    An agency alone stays.
    """
    return _BEHIND.sub("", name) or name


def short_name(agency: str) -> str:
    """Return an agency's letters without the word for agency before them: `Agencia EFE`."""
    return _WORD.sub("", agency)
