"""Names in structured data: persons, news agencies, and what is neither."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from pipeline.cleaning.html.facts.site import Site
from pipeline.cleaning.names import names_office

_LONGEST: Final = 60
_MOST_WORDS: Final = 6
_MOST_PARTS: Final = 40

_MARK: Final = re.compile(
    r"(?:(?:written|posted|reported|reviewed|story|text|words|published) by|by|por|par|"
    r"(?:veröffentlicht|verfasst|geschrieben|erstellt|gepostet|ein beitrag) von|"
    r"(?:publié|écrit|rédigé|posté) par|(?:publicado|escrito|postado) por|"
    r"(?:scritto|pubblicato) da|"
    r"autor(?:in)?:|von:|text:|interview:|författare:|skrevet av|reporter:|author:)\s*:?\s+",
    re.I,
)
_ADDRESS: Final = re.compile(r"\S+@\S+\.\S+")
_BRACKETED: Final = re.compile(r"\s*[(\[（][^()\[\]（）]{0,80}[)\]）]")
_ASIDE: Final = re.compile(
    r"\s+[-–—/|•·]+\s+|\s*[|•]\s*|/|\s+(?:for|für|via|at|in|of|from)\s+", re.I
)
"""Behind these a role, a place or a paper follows a name."""

_LISTED: Final = re.compile(r"\s*[,;、，]\s*|\s+(?:&|\+)\s+")
_JOINED: Final = re.compile(r"\s+(?:and|und|et|og|och|en|y|e|i|и|та|with)\s+", re.I)
_CREDENTIAL: Final = re.compile(
    r"(?:(?:[A-Z][A-Za-z]{0,4}\.?-?){1,4}|[IVX]{2,4}|(?:[A-Z]\.){2,4}|ph\.?d\.?|m\.?d\.?|esq\.?)"
)
_GENERATION: Final = frozenset(("jr", "jr.", "sr", "sr.", "ii", "iii", "iv"))
_HONORIFIC: Final = re.compile(r"(?:mr|mrs|ms|herr|frau|herrn)\.?\s+", re.I)
_CALLED: Final = re.compile(r"\s*(?:기자|특파원|記者|记者)$")
_AGENCIES: Final = frozenset(
    """
    afp ap apa reuters dpa sid ansa efe lusa belga anp ntb tt ritzau pap ctk mti tass ria interfax
    unian ukrinform xinhua kyodo jiji yonhap pti ani uni ians bernama antara tnn aap sda ats awp
    keystone-sda keystone-ats epd kna dapd dts ots aptn upi bloomberg anadolu aa dha iha ihа stt
    bns elta leta agerpres tanjug hina sta srna fena mia bta cp pa press-association ap-news
    """.split()
)
"""News agencies as bylines give them."""

_AGENCY_NAME: Final = re.compile(
    r"\b(?:associated press|presse-?agentur|press agency|news agency|news service|agence|agencia|"
    r"agenzia|agência|agencja|newswire|press association|europa press|nachrichtenagentur|"
    r"united press|canadian press|press trust|agence france|通信|통신|thomson reuters)\b",
    re.I,
)
_PARTICLES: Final = frozenset(
    "de da do dos das di del della dello van von der den ten ter la le el al bin ibn abu af av zu "
    "zum y e du des st san mac d' l' dos tot vom zur i ap of the".split()
)

_MARKERS: Final = frozenset("by von par por av door di from autor auteur author".split())
_NO_BEGINNING: Final = frozenset("of the and zur zum".split())
_OFFICE_BEHIND: Final = re.compile(
    r"(?<=\S\s\S)(\S*)\s+(?:chefredakteur(?:in)?|redakteur(?:in)?|journalist(?:in)?|editor|"
    r"reporter|staff writer|correspondent|redaktör|redaktør|periodista|giornalista)$",
    re.I,
)
"""What a person is, right behind the name."""

_NOBODY: Final = frozenset(
    """
    guest anonymous anonym unknown sponsored sponsor partner partners content contents marketing
    blog blogs support user newsletter company official expert experts bot wordpress default root
    test null none undefined nachrichten insights research solutions services software systems
    studio clinic academy school college hospital institute partnership community collective
    advertiser advertisement anzeige promotion club society society's agency labs lab gmbh ag llc
    inc. ltd. co. limited intelligence security health healthcare insurance bank capital ventures
    design designs productions publishing publisher publishers publications brand brands store shop
    twitter facebook instagram linkedin youtube tiktok whatsapp pinterest email e-mail print
    subscribe x.com rss telegram threads bluesky
    reviewer lead
    posted by written contributor contributors various authors verschiedene diverse autoren autor
    autorin autores
    news24 tv com de net org your our my we us read more about share follow profile view all
    posts published updated written story article articles home contact photo image video
    veröffentlicht verfasst geschrieben erstellt gesponserte inhalte galerie beiträge beitrag alle
    artikel artikelübersicht seite page pages
    fotograf journalist journalistin journalista reporter reporterin redaktør redaktör korrespondent
    korrespondentin redakteur correspondent corresponsal periodista giornalista journaliste
    chief head director manager founder ceo president professor lecturer analyst strategist
    specialist consultant advisor adviser attorney lawyer copywriter blogger senior junior associate
    assistant freelance freelancer political politics sports business technology science culture
    opinion world local national international entertainment lifestyle travel education
    communications relations university legal tribune online
    """.split()
)
"""Words that stand in no person's name but in those of desks, firms, roles and buttons."""


_DESKS: Final = frozenset(
    """
    staff team desk newsroom editorial editor editors editorials writer writers reporter reporters
    contributor contributors correspondent correspondents admin administrator adminn webmaster web
    redaktion redaktionen redaksjonen redacción redaccion redação rédaction redaction redazione
    redactie redakcja редакция редакція guest anonymous unknown user root test null none undefined
    default author authors autor posted sponsored newsdesk author's marketing support
    """.split()
)
"""Words of what is a desk or nobody in particular, and so no author at all."""


class Names(NamedTuple):
    """Persons and news agencies, in order and once each."""

    persons: tuple[str, ...]
    agencies: tuple[str, ...]


def names_in(text: str, site: Site, *, surname_first: bool = False, alone: bool = True) -> Names:
    """Return the persons and agencies that a value for the author holds.

    Several names, credentials, roles and e-mail addresses may stand in one value. Left out are the
    site's own name, desks and offices, addresses, handles and codes. `surname_first` says that
    `You, Xiaoying` is one person; `alone` that one word can be a person's pen name.
    """
    persons: dict[str, str] = {}
    agencies: dict[str, str] = {}
    text = _BRACKETED.sub("", _ADDRESS.sub(" ", text)).strip()
    text = strip_mark(text)
    if "://" in text or "www." in text or site.is_named(text):
        return Names((), ())
    if surname_first and text.count(",") == 1:
        last, given = (part.strip() for part in text.split(","))
        if last and given and given.casefold() not in _GENERATION:
            text = f"{given} {last}"
    if is_agency(text):
        return Names((), (text,))
    for number, part in enumerate(_parts(text)):
        if is_agency(part):
            agencies.setdefault(part.casefold(), part)
            continue
        if number and part.casefold() in _GENERATION and persons:
            last = next(reversed(persons))
            persons[last] = f"{persons[last]}, {part}"
            continue
        if number and _CREDENTIAL.fullmatch(part):
            continue
        person = _CALLED.sub("", _OFFICE_BEHIND.sub(r"\1", part))
        name = _HONORIFIC.sub("", person).strip(" .,:;*-–—\"'“”„")
        if _is_name(name, site, alone=alone and number == 0):
            persons.setdefault(name.casefold(), _in_usual_case(name))
    return Names(tuple(persons.values()), tuple(agencies.values()))


def strip_mark(text: str) -> str:
    """Return a value without the word before it that says "by"."""
    return _MARK.sub("", text, count=1) if _MARK.match(text) else text


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's."""
    key = name.strip(" .()").casefold().removeprefix("the ")
    return (
        key in _AGENCIES
        or key.split(" ", 1)[0] in ("afp", "dpa", "reuters", "ansa", "efe")
        or (len(key) <= _LONGEST and _AGENCY_NAME.search(key) is not None)
    )


def is_nobody(word: str) -> bool:
    """Whether one word is no person's: a desk's, an office's, a firm's or a button's."""
    folded = word.strip(".").casefold()
    if folded in _NOBODY or folded in _DESKS or folded in _PARTICLES or folded in _MARKERS:
        return True
    return names_office(word) or is_agency(word)


def is_organisation(text: str) -> bool:
    """Whether a value for the author can be the name of a paper, a firm or an agency."""
    words = text.split()
    return (
        1 <= len(words) <= _MOST_WORDS
        and len(text) <= _LONGEST
        and len(text) > 2
        and "@" not in text
        and "/" not in text
        and (len(words) > 1 or not text.islower() or "." in text or is_agency(text))
        and not any(w.strip(".,-").casefold() in _DESKS for x in words for w in (x, *x.split("-")))
    )


def _parts(text: str) -> list[str]:
    """Return the names of a list, and what follows each behind a dash or bar."""
    found: list[str] = []
    for entry in _LISTED.split(text)[:_MOST_PARTS]:
        both = _JOINED.split(entry)
        # "Ortega y Gasset" is one person.
        names = both if all(" " in name.strip() for name in both) else [entry]
        for name in names:
            first, *rest = [part.strip() for part in _ASIDE.split(name) if part.strip()] or [""]
            found.append(first)
            found += [part for part in rest if is_agency(part)]
    return [part for part in found if part]


def _is_name(name: str, site: Site, *, alone: bool) -> bool:
    """Whether a name is a person's: two to six words of letters, none of a desk, firm or site."""
    if not name or len(name) > _LONGEST or site.is_named(name):
        return False
    words = name.split()
    if len(words) > _MOST_WORDS or not all(map(_is_word, words)):
        return False
    pieces = [p.strip(".'’") for word in words for p in (word, *word.split("-"))]
    if names_office(name) or names_office(" ".join(pieces)):
        return False
    if any(piece.casefold() in _NOBODY for piece in pieces):
        return False
    if words[0].casefold() in _NO_BEGINNING:
        return False
    if not name.islower() and any(w[0].islower() and w not in _PARTICLES for w in words):
        return False
    if len(words) == 1:
        return alone and _stands_alone(name)
    return sum(len(word.strip(".")) > 1 for word in words) >= 1


def _is_word(word: str) -> bool:
    """Whether a word is made of letters with their marks, and what joins them in names."""
    return word[0].isalpha() and all(
        c.isalpha() or c in ".'’‘-·`‐" or unicodedata.category(c)[0] == "M" for c in word
    )


def _stands_alone(name: str) -> bool:
    """Whether one word can be a whole name: `Mike`, `구현모`; no handle and no acronym."""
    if not name[0].isupper() and not name[0].islower():
        return 2 <= len(name) <= 6
    return len(name) >= 3 and name[0].isupper() and name[1:].islower() and name.isalpha()


def _in_usual_case(name: str) -> str:
    """Return a name set all in small letters or all in capitals with capitals at its words."""
    words = name.split()
    if len(words) < 2 or not (name.islower() or name.isupper()):
        return name
    return " ".join(
        word
        if len(word) < 3 and name.isupper()
        else "-".join(p.capitalize() for p in word.split("-"))
        for word in words
    )
