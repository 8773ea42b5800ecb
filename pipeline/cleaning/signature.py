"""Lines under a headline that sign the article without saying "by".

`Jan Kowalski, PAP`, `PTI | New Delhi`, `Staff Reporter, Mumbai`, `Anna Nowak, Kraków`, `Redakcja`,
`12.03.2025, 14:20 | Ben Lund`: parts with a mark between them, each a name, an agency, a desk, a
place, a day or an office. In the text such a line may be anything; between headline and first
paragraph, where the caller looks, it says who reports.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from pipeline.cleaning.agencies import is_agency, named_agencies, short_name
from pipeline.cleaning.byline import Byline, parse_byline
from pipeline.cleaning.dates import parse_date_line
from pipeline.cleaning.names import is_full_name, names_office, split_names

_LONGEST: Final = 90
"""Characters of the longest such line."""
_MOST_PARTS: Final = 5
_PLACE_WORDS: Final = 3
_PAPER_WORDS: Final = 5
_SMALL: Final = 3
"""Capitalised words of the longest place, and of the longest paper that opens with an article; and
letters of the small ones between them."""
_ARTICLES: Final = frozenset("the la le les el il lo die der das de o a".split())
"""What papers' names open with, and no person's."""
_AROUND: Final = 6
"""Characters around an agency's name at most: `The `, ` Staff`."""
_OFFICE_WORDS: Final = 5

_BARS: Final = re.compile(r"\s*[|•·;]\s*|\s+[–—-]\s+|\t+")
_BETWEEN: Final = re.compile(r"\s*/\s*|,\s+|\s*[()]\s*|\s+(?=@\w)")
_DESK: Final = re.compile(
    r"(?:(?:our|own|from our|a|by) )?(?:(?:staff|special|own|local|foreign|legal|sports|business|"
    r"chief|senior|city|state|district|political|web|digital|online|news|desk|express|"
    r"bureau|data|tech) ){0,3}"
    r"(?:reporter|correspondent|writer|bureau|desk|newsroom|news service|team|staff|agencies)s?|"
    r"(?:la |da |de la |de |die |van de |van onze |unsere |nasza |od )?"
    r"(?:redacción|redaccion|rédaction|redação|redazione|redaktion|redakcja|redactie|redaktionen|"
    r"redaksjonen|redakce|toimitus|редакция|редакція|haber merkezi|dış haberler|web servisi)"
    r"(?: online| web| digital)?|"
    r"agencias|agences|agências|agenzie|agenturen|ajanslar|агентства|وكالات",
    re.I,
)
"""Who reports where nobody is named: a desk, an unnamed reporter, the agencies."""
_FROM: Final = re.compile(r"(?:De|Do|Da|Desde)(?: (?:d[aeo]s? )?[^\W\d_a-z][\w'’-]*){1,4}")
"""Where it was written, as papers of Brazil sign: `De São Paulo`."""
_BARE_INITIALS: Final = re.compile(r"(?:[^\W\d_a-z]\. ?){2,3}")
"""All that is said of a reporter, before a place: `R. C. | Puertoviejo`."""
_WORD_FOR_AGENCY: Final = re.compile(
    r"^(?:agencia|agence|agência|agenzia|agentur|agencja|redazione|news agency)\s+(?=\S)", re.I
)
_SIGNERS: Final = re.compile(r"[^/,]+/[^/,]+")
"""Two names with a stroke; with a comma as many are rubrics: `College Admissions, Resources`."""
_STOCK: Final = re.compile(r"getty|shutterstock|istock|alamy|adobe stock|unsplash|pexels", re.I)
"""Where pictures come from: who stands before it took one."""
_HANDLE: Final = re.compile(r"@\w{2,40}|\S+@\S+\.\w+")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]{2,5}\. ?)?[^\W\d_]{2,4}")
"""Of who wrote or edited, beside an agency: `opr. JK`, `lnw`."""
_SHOUTED_WORDS: Final = 3
_UNSPACED: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts in which any two words have the form of a name."""
_OFFICE_BEHIND: Final = re.compile(
    r"\s+(?:(?:Staff|Senior|Chief|Political|Sports?|Business|Special|Education|Health|Crime|"
    r"Local|Assistant|Managing|News|City|Features|Investigative|Associate) ){1,3}"
    r"(?:Writer|Reporter|Correspondent|Editor|Columnist|Contributor)$"
)


_CLOSES: Final = re.compile(
    "[。」][（(](?:記者[・:：]?|文[・:：])?(?P<names>[\u3400-\u9fff]{3,5}(?:、[\u3400-\u9fff]{3,5})*)[）)]$"
)
"""Who wrote, in brackets behind the last full stop, as papers in Japan sign."""
_NO_NAMES: Final = re.compile("写真|敬称|電子版|共同|時事|通信|新聞|編集|本紙|関連|記事|掲載|完$")


class _Part(Enum):
    NAME = auto()
    AGENCY = auto()
    DESK = auto()
    DAY = auto()
    OFFICE = auto()
    HANDLE = auto()
    PLACE = auto()
    OTHER = auto()


_SIGNS: Final = frozenset({_Part.NAME, _Part.AGENCY, _Part.DESK})


def parse_signature(line: str) -> Byline | None:
    """Return what a line under a headline names, or None where it does not sign the article.

    Lines that say "by" are read as bylines everywhere are.
    """
    byline = parse_byline(line)
    if byline is not None or not 2 <= len(line) <= _LONGEST or line.endswith((".", "!", "?", ":")):
        return byline
    if " , " in line or parse_date_line(line) or _STOCK.search(line) or _UNSPACED.search(line):
        return None
    parts = _parts_of(line)
    if not 1 <= len(parts) <= _MOST_PARTS:
        return None
    kinds = _kinds_of(parts)
    first = next((i for i, kind in enumerate(kinds) if kind is not _Part.DAY), 0)
    if kinds[first] not in _SIGNS or not _fits(kinds, first, parts, line):
        return None
    authors = [
        name
        for part, kind in zip(parts, kinds, strict=True)
        if kind is _Part.NAME
        for name in split_names(_OFFICE_BEHIND.sub("", part))
    ]
    agencies = [_agency(part) for part, k in zip(parts, kinds, strict=True) if k is _Part.AGENCY]
    return Byline(
        tuple(dict.fromkeys(authors)),
        tuple(dict.fromkeys(agencies)),
        marked=_Part.AGENCY in kinds or _Part.DESK in kinds or _Part.DAY in kinds,
        day=next((p for p, k in zip(parts, kinds, strict=True) if k is _Part.DAY), None),
    )


def closing_authors(paragraph: str) -> tuple[str, ...]:
    """Return who signs a story in brackets behind its last sentence, as in Japan."""
    found = _CLOSES.search(paragraph[-40:]) if paragraph.endswith(("）", ")")) else None
    if found is None or _NO_NAMES.search(found["names"]):
        return ()
    return tuple(found["names"].split("、"))


def _parts_of(line: str) -> list[str]:
    """Return the parts of a line; a day stays whole, commas and all."""
    parts: list[str] = []
    for stretch in _BARS.split(line):
        parts += [stretch] if parse_date_line(stretch) else _BETWEEN.split(stretch)
    return [part for part in parts if part]


def _kinds_of(parts: list[str]) -> list[_Part]:
    """Return what each part is, in the light of those before it."""
    kinds: list[_Part] = []
    has_agency = any(_agency(part) for part in parts)
    for part in parts:
        kind = _kind_of(part)
        if kind is _Part.NAME and (_Part.AGENCY in kinds or _Part.DESK in kinds):
            kind = _Part.PLACE  # "PTI | New Delhi"
        if kind in (_Part.OTHER, _Part.PLACE) and has_agency and _INITIALS.fullmatch(part):
            kind = _Part.OFFICE if kinds else _Part.DESK
        kinds.append(kind)
    return kinds


def _kind_of(part: str) -> _Part:
    if parse_date_line(part):
        return _Part.DAY
    if _agency(part):
        return _Part.AGENCY
    if any(form.fullmatch(part) for form in (_DESK, _FROM, _BARE_INITIALS)):
        return _Part.DESK
    if _HANDLE.fullmatch(part):
        return _Part.HANDLE
    name = _OFFICE_BEHIND.sub("", part)
    words = part.split()
    shouts = name.isupper() and len(words) <= _SHOUTED_WORDS
    is_paper = words[0].casefold() in _ARTICLES
    if not is_paper and (is_full_name(name) or (shouts and is_full_name(name.title()))):
        return _Part.NAME
    if len(words) <= _OFFICE_WORDS and words[0][0].isupper() and names_office(part):
        return _Part.OFFICE
    small = [word for word in words if not word[0].isupper()]
    longest = _PAPER_WORDS if is_paper else _PLACE_WORDS
    is_short = len(words) - len(small) <= longest and len(small) < len(words)
    if words[0][0].isupper() and is_short and all(len(word) <= _SMALL for word in small):
        return _Part.PLACE
    return _Part.OTHER


def _agency(part: str) -> str:
    """Return the agency that a part is, by its name or its letters, or nothing."""
    bare = _WORD_FOR_AGENCY.sub("", part)
    if not bare or bare.islower():
        return bare if bare in ("dpa", "epd", "afp") else ""
    named = named_agencies(bare)
    if named and len(bare) > len(named[0]) + _AROUND:
        return ""
    return short_name(named[0] if named else bare) if is_agency(bare) else ""


def _fits(kinds: list[_Part], first: int, parts: list[str], line: str) -> bool:
    """Whether the parts behind the one that signs are what stands behind names."""
    rest = kinds[first + 1 :]
    if _Part.OTHER in rest:
        return False
    if kinds[first] is _Part.NAME and not rest:
        # A name alone is a byline's with an office or a day; others `parse_byline` knows.
        return bool(_OFFICE_BEHIND.search(parts[first])) or first > 0
    if _Part.NAME in rest and first == 0 and not _SIGNERS.fullmatch(line):
        return False
    if rest.count(_Part.PLACE) > 1:
        return False
    if kinds[first] is _Part.NAME and _Part.PLACE in rest and "." in parts[-1]:
        return False  # "Master Grader, M.A. Journalism"
    # "Real Madrid, Barcelona" has the form of a name and a place; with a third part it is a list.
    is_sure = kinds[first] is not _Part.NAME or rest[0] is _Part.OFFICE
    return len(rest) == 1 or _Part.PLACE not in rest or is_sure
