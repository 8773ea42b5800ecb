"""The line that names who wrote the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.cleaning.agencies import is_agency, named_agencies, short_name, without_agency
from pipeline.cleaning.dates import parse_date_line
from pipeline.cleaning.names import (
    is_full_name,
    is_name_list,
    is_particle,
    may_begin_name,
    names_office,
    split_names,
)

_MARKERS: Final = (
    "from our (?:own |special )?correspondent|"
    "von unserem (?:\\w+)?(?:korrespondenten|redakteur|reporter)|"
    "von unserer (?:\\w+)?(?:korrespondentin|redakteurin|reporterin)|"
    "de (?:notre|nos) (?:correspondante?s?|envoyée?s? spéciale?s?|envoyés spéciaux)|"
    "notre (?:correspondante?|envoyée? spéciale?)|"
    "de nuestr[oa] (?:corresponsal|enviad[oa] especial)|"
    "d[oa] noss[oa] (?:correspondente|enviad[oa] especial)|"
    "dal nostro (?:corrispondente|inviato)|dalla nostra (?:corrispondente|inviata)|"
    "van onze (?:correspondent|verslaggever)|"
    "od naszego korespondenta|от нашего корреспондента|"
    "texte et photos?|text und fotos?|text and photos? by|story and photos? by|texto y fotos?|"
    "texto e fotos?|tekst en foto'?s?|tekst i zdjęcia|text och foto|tekst og foto|"
    "story by|text by|words by|written by|reported by|report by|analysis by|opinion by|posted by|"
    "published by|interview by|checked by|fact-checked by|by|words|"
    "postado por|publicado por|enviado por|publié par|écrit par|rédigé par|posté par|"
    "veröffentlicht von|geschrieben von|verfasst von|erstellt von|gepostet von|"
    "scritto da|pubblicato da|geplaatst door|geschreven door|napisane przez|dodane przez|"
    "ein gastbeitrag von|ein rezept von|ein essay von|eine kolumne von|eine reportage von|"
    "ein bericht von|ein interview von|ein kommentar von|eine analyse von|interview von|von|text|"
    "autorin|autor|"
    "par|propos recueillis par|auteure|auteur|autrice|"
    "por|escrito por|autora|"
    "a cura di|testo e foto di|testo di|di|autore|"
    "door|tekst|penulis|oleh|laporan|"
    "av|af|skrevet av|skrevet af|"
    "autorzy|autorka|opracował|opracowała|oprac\\.|"
    "беседовала|беседовал|беседу вела|беседу вёл|беседу вел|записала|записал|подготовила|"
    "подготовил|розмовляла|розмовляв|підготувала|підготував|записав|rozmawiała|rozmawiał|rozmawiali|notowała|"
    "notował|wywiad przeprowadziła|wywiad przeprowadził|"
    "авторы|автор|текст|texto|texte|testo|yazan|haber|author|authors|reporter|writer|"
    "लेखक|كتب|كتبت|بقلم"
)
_MARKED: Final = re.compile(
    rf"(?:{_MARKERS})(?P<colon>\s*:)?,?\s+(?P<names>\S.{{0,150}})$", re.I | re.S
)
_FIRST_WORDS: Final = frozenset(
    re.split(r"[ (]", marker)[0] for marker in _MARKERS.replace("\\", "").split("|")
) | {"da", "do"}
_COLON_ONLY: Final = frozenset(
    "penulis laporan words text texto texte testo autor autora autore autorin autorka autorzy "
    "auteur auteure autrice tekst haber author authors reporter writer "
    "автор авторы текст लेखक كتب كتبت".split()
)
_CJK: Final = re.compile(
    "^(?:文|记者|記者|作者|撰文|執筆|取材\u30fb文|글|기자)\\s*[:：/／=\uff1d|｜丨\\s]\\s*"
    "(?P<names>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u30fb、 ]{2,30})$"
    "|^(?P<korean>[\uac00-\ud7af]{2,4})\\s*(?:기자|특파원)$"
)
_ROLES: Final = "(?:特约|特約|特派|实习|實習|本报|本報)?(?:记者|記者|通讯员|通訊員)|实习生|實習生"
_HAN: Final = "[\u4e00-\u9fff]"
_REPORTERS: Final = re.compile(
    f"[〔【［]?(?:{_HAN}{{2,8}}?)?(?:特约|特約|特派|实习|實習)?(?:记者|記者)[ :：]?"
    f"(?P<names>{_HAN}{{2,4}}(?:[、 ·]+(?:(?:{_ROLES})[ :：]?)?{_HAN}{{2,4}}){{0,4}}?)"
    f"(?:[ /／]*{_HAN}{{0,4}}(?:報導|报道|報道))?[〕】］]?"
)
"""`〔記者許家瑋／澎湖報導〕`, `晚报记者 周砚秋 实习生 林可`, as papers in Chinese sign."""
_ROLE: Final = re.compile(f"{_ROLES}|[、 :：·]+")

_FIRST_CJK: Final = "\u3000"
"""Kana, Chinese characters and Hangul come behind it."""

_CUT: Final = re.compile(
    r"\s+[|–—•·/-]\s+|\s*[|•·]\s*|\s*\(|\s+(?=(?:updated|published|posted|last|on|in|at|for|the|"
    r"contact|email|aktualisiert|publié|publicado|pubblicato)\b)|,?\s+(?=\d)|,?\s+\S+@|\t"
    r"|,?\s+(?=(?:le|am|den|vom|op|il|el|em|a|dne|dnia|från|på|den)\s+\d)"
    r"|,\s+(?=(?:à|au|aux|en|em|aus|a|da|te|uit|w|we|z|i)\s+(?-i:[^\W\d_a-z]))",
    re.I,
)
_ACRONYM: Final = re.compile(
    r"(?!(?:MD|MA|MBA|JD|RN|CPA|CFA|CEO|LLB|DDS|MP|UK|US|USA|EU)$)[A-Z]{2,5}"
)
_AGENCY_WORD: Final = re.compile(
    r"\b(?:news agency|news service|press|agency|agence|agencia|agentur|agenzia|wire)\b", re.I
)


_DESK: Final = re.compile(
    r"(?:redacción|redaccion|la rédaction|redação|da redação|redazione)$|"
    r"(?:la |da |die |de |van de |od )?"
    r"(?:redacción|redaccion|rédaction|redação|redazione|redaktion|redakcja|redakcji|redactie|"
    r"redaktionen|redaksjonen|редакция|newsroom|newsdesk)"
    r"(?:\s*[/|,–—-]\s*|,?\s(?:avec|com|con|mit|met|i|z|und|e|y|with|med|og|och)\s)"
    r"(?P<agency>\S.{1,40})",
    re.I,
)
"""The desk, alone or with an agency: `La rédaction avec AFP`, `Redacción / EFE`."""

_CORRESPONDENT: Final = re.compile(
    r"\s(?:correspondante?|envoyée? spéciale?|journaliste|corresponsal|enviad[oa] especial|"
    r"correspondente|inviat[oa]|corrispondente|korrespondent(?:in)?|correspondent|reporter|"
    r"special correspondent|staff writer)(?:\s(?!of\b|d'|de l)\S+){0,5}$",
    re.I,
)
"""Behind a name, what the person is to the paper."""

_WITH_AGENCY: Final = re.compile(
    r"(?P<name>\S+(?: \S+){1,4}?) "
    r"(?:e|y|et|und|mit|avec|con|com|and|with|i|z|og|med|och|en|met|ve) "
    r"(?P<agency>\S{2,20}(?: \S{2,20})?)"
)
"""A name and the agency that the report is also by: `Anna Weber mit dpa`, `Rui Lobo e Lusa`."""

_JOINED_WORDS: Final = 4
"""A name of two words, what joins, and an agency."""

_SEPARATORS: Final = " ,|•·–—-/"
_CASELESS_RANGE: Final = frozenset(map(chr, range(0x0900, 0x0E00)))
"""Scripts of India, which have no capitals: any words have the form of a name there."""

_NO_FIRST_NAMES: Final = frozenset("the our my your add how why what this".split())
"""Words that open other short capitalised lines."""

_WHAT: Final = re.compile(
    r"\s*\((?:text|texte|texto|testo|tekst|words|fotos?|photos?|bild(?:er)?|bilder|pictures|video|"
    r"foto's|grafik|illustration(?:en)?)\)",
    re.I,
)
"""What each of several names did: `Ann Lee (Text) and Ben Lund (Pictures)`."""

_PICTURES: Final = re.compile(
    r"\s*\((?:fotos?|photos?|foto's|bild(?:er)?|pictures|video|grafik|illustration(?:en)?)\)", re.I
)

_WORD: Final = re.compile(r"\w+")
_JOINT: Final = 3
"""Letters of the longest word that joins two names."""

_WHEN: Final = re.compile(r"\s*\([^\W\d_A-Z][^()]{1,30}\)(?=\s*(?:,|&|$|[^\W\d_]{1,3}\s+[A-Z]))")
"""A word in brackets behind a name: `Ann Lee (now) and …`."""

_OFFICE_BEHIND: Final = re.compile(
    r"(?<=\S\s\S)(?P<rest>\S*)\s+(?:journalist(?:in|e)?|reporter(?:in)?|redakteur(?:in)?|"
    r"chefredakteur(?:in)?|redaktør|redaktör|korrespondent(?:in)?|correspondent|periodista|"
    r"giornalista|jornalista|dziennikar(?:z|ka)|redaktor|muhabiri?)$",
    re.I,
)
"""What a person is, right behind the name."""

_OFFICE_WORDS: Final = 4
_BARE_WORDS: Final = 8
"""Words of the longest line that is a name and what the person does."""


@dataclass(frozen=True, slots=True)
class Byline:
    """The persons and agencies that a byline names.

    `marked`: it says "by" in some language, or gives its date. `day` is what it says of a date.
    """

    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    marked: bool
    day: str | None = None


def _cjk_names(line: str) -> tuple[str, ...]:
    """Return whom a byline in Chinese, Japanese or Korean names, none if it is none."""
    if (found := _REPORTERS.fullmatch(line)) is not None:
        return tuple(name for name in _ROLE.split(found["names"]) if name)
    if (found := _CJK.match(line)) is not None:
        return tuple(re.split("[、 ]+", (found["names"] or found["korean"]).strip()))
    return ()


def parse_byline(line: str) -> Byline | None:
    """Return what a byline names, or None when the line is none.

    A line that opens with "By" in some language, or that is one full name. A bare name is weak
    evidence: the caller looks where it stands.
    """
    if len(line) > 200:
        return None
    if "\xad" in line:
        line = line.replace("\xad", "")  # Where words may be hyphenated
    if line[:1] >= _FIRST_CJK and (persons := _cjk_names(line)):
        return Byline(persons, (), marked=True)
    if line.startswith("By") and line[2:3].isupper():
        line = f"By {line[2:]}"  # What stood apart on the page
    if "(" in line:
        if persons := names_with_work(line):
            return Byline(persons, (), marked=True)
        line = _WHEN.sub("", line)
    words = line.split(maxsplit=2)
    opens = bool(words) and words[0].rstrip(":").casefold() in _FIRST_WORDS
    marked = _MARKED.match(line) if opens else None
    if marked is None and (desk := _DESK.fullmatch(line)) is not None:
        agency = desk["agency"] or ""
        both = (*named_agencies(agency), *_agencies(agency))
        return Byline((), tuple(dict.fromkeys(both)), marked=True)
    if marked is None:
        return _bare(line, words)
    marker = line[: marked.start("names")].strip(" :").casefold()
    if marker in _COLON_ONLY and marked["colon"] is None:
        return None
    names = marked["names"]
    kept = _CUT.split(names, maxsplit=1)[0]
    reads_on = kept == names or names[len(kept) :].lstrip()[:1] not in "|•·"
    if reads_on and names.rstrip().endswith((".", "!", "?", ":")) and len(names.split()) > 5:
        return None
    person = _OFFICE_BEHIND.sub(r"\g<rest>", without_agency(kept))
    authors = split_names(person)
    agencies = tuple(dict.fromkeys((*named_agencies(names), *_agencies(names, person))))
    if not authors and not agencies and not _is_office(kept):
        return None
    leading = kept.split(",")[0].strip()
    if not authors and not leading[:1].isupper():
        return None
    return Byline(authors, agencies, marked=True, day=_day(names[len(kept) :]))


def names_with_work(line: str) -> tuple[str, ...]:
    """Return who wrote, of a line that says what each did: `Ann Lee (text), Bo Ek (photos)`.

    Nothing for any other line.
    """
    bare = _WHAT.sub("", line)
    if bare == line:
        return ()
    names = split_names(bare)
    rest = bare
    for name in names:
        rest = rest.replace(name, "", 1)
    if any(len(word) > _JOINT for word in _WORD.findall(rest)) or not all(map(is_full_name, names)):
        return ()
    pictured = {name for name in names if _PICTURES.match(line.partition(name)[2])}
    return tuple(name for name in names if name not in pictured) or names


def _day(behind: str) -> str | None:
    """Return what stands behind a name, if it is a date."""
    day = behind.strip(_SEPARATORS)
    return day if day and parse_date_line(day) else None


def _bare(line: str, words: Sequence[str]) -> Byline | None:
    """Return what a line names that is a name, or names, and does not say "by"."""
    if not _could_be_name(words) or words[0].casefold() in _NO_FIRST_NAMES:
        return None
    if not may_begin_name(words[0], words[1]):
        return None
    count = len(line.split())
    if line.endswith(":") or count > _BARE_WORDS or line[0] in _CASELESS_RANGE:
        return None
    joint = _WITH_AGENCY.fullmatch(line) if count >= _JOINED_WORDS else None
    if joint is not None and is_agency(joint["agency"]) and is_full_name(joint["name"]):
        return Byline((joint["name"],), (joint["agency"],), marked=True)
    name, _, rest = line.partition(",")
    if rest and _CORRESPONDENT.match(rest) and is_full_name(name):
        return Byline((name,), (), marked=True)
    cut = name if _day(rest) else _CUT.split(line, maxsplit=1)[0]
    bare = _OFFICE_BEHIND.sub(r"\g<rest>", _without_office(cut.strip(" ,")))
    behind = line[line.index(bare) + len(bare) :].strip(_SEPARATORS)
    day = _day(behind)
    if behind[:1].isdigit() and day is None:
        return None  # "Fitness Trends 2025: a look" is no name with a date
    if bare.isupper() or not (is_full_name(bare) or is_name_list(bare)):
        return None
    authors = split_names(without_agency(bare)) or (bare,)
    agencies = dict.fromkeys((*named_agencies(line), *_agencies(line[len(bare) :])))
    return Byline(authors, tuple(agencies), marked=day is not None, day=day)


def _without_office(text: str) -> str:
    """Return the name before a comma and an office: `Ann Lee, Political Editor`."""
    name, _, office = text.partition(",")
    is_office = bool(office) and office.strip()[:1].isupper() and names_office(office)
    return name if is_office and len(office.split()) <= _OFFICE_WORDS else text


def _could_be_name(words: Sequence[str]) -> bool:
    """Whether a line's first two words are no lower-case words, a cheap look before a dear one.

    A name's second word may be a particle; any other small word makes it none, and a name that
    ends before its second word is none either (in scripts without spaces it can be).
    """
    if len(words) < 2 or words[0][0].islower():
        return False
    second = words[1]
    if not second[0].islower():
        return True
    return len(second) <= 5 and (
        is_particle(second) or not second.isalpha() or words[0][0] >= _FIRST_CJK
    )


def _agencies(text: str, person: str = "") -> tuple[str, ...]:
    """Return what looks like an agency, by its letters or a word for agency, without known names.

    `person` is the name that an agency's name follows, if that is known.
    """
    rest = text.replace(person, ",", 1) if named_agencies(text) else text
    for name in named_agencies(text):
        rest = rest.replace(name, ",")
    parts = [
        short_name(part.strip(" .()").removeprefix("The "))
        for part in re.split(r"[,;|/–—•·()]|\s-\s|\b(?:and|with|und|mit|avec|con|com)\b", rest)
    ]
    return tuple(
        dict.fromkeys(
            part
            for part in parts
            if (_ACRONYM.fullmatch(part) and (len(part) > 2 or is_agency(part)))
            or (_AGENCY_WORD.search(part) and len(part.split()) <= 4)
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
