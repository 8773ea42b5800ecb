"""The place, day and agency that open a news story: `LONDON, May 3 (Agency) - `."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_UPPER_WORD: Final = (
    r"[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff][^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff.'\u2019-]*\.?"
)
_PLACE_UPPER: Final = rf"{_UPPER_WORD}(?:[ /-]{_UPPER_WORD}){{0,4}}"
_WORD: Final = r"[^\W\d_][\w.'\u2019-]*"
_PLACE_ANY: Final = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}"
_REGION: Final = rf"(?:, {_WORD}(?: {_WORD}){{0,2}})?"
_DAY: Final = r"(?:,? (?:\d{1,2}\.? ?[^\W\d_]{2,12}\.?|[^\W\d_]{3,12}\.? \d{1,2})(?:,? \d{4})?)?"
_AGENCY: Final = r"\((?P<agency>[^()]{2,40})\)"
_DASH: Final = r"[\s\u00a0]*(?:\.?[-\u2013—]{1,2}|:)[\s\u00a0]*"

_FORMS: Final = (
    # PLACE, Region, Sept 3 (Agency) -
    ("(", rf"(?P<line>(?P<place>{_PLACE_UPPER}){_REGION}{_DAY},? {_AGENCY}){_DASH}(?=\S)"),
    # Place, 3 mai (Agency) -
    ("(", rf"(?P<line>(?P<place>{_PLACE_ANY}){_REGION}{_DAY},? ?{_AGENCY})\.?{_DASH}(?=\S)"),
    # (Agency) - PLACE, 20 GEN -
    ("(", rf"(?P<line>{_AGENCY} ?[-\u2013—] ?(?P<place>{_PLACE_UPPER}){_DAY}){_DASH}(?=\S)"),
    # PLACE, September 19. /Agency/.
    (
        "/",
        rf"(?P<line>(?P<place>{_PLACE_UPPER}){_DAY}\.? /(?P<agency>[^/]{{2,30}})/)\.?\s+(?=\S)",
    ),
    # Place - agencies: as Arabic papers set it
    (
        ":",
        "(?P<line>(?P<place>[\u0621-\u064a]+(?: [\u0621-\u064a]+){0,3})\\s*[-\u2013—]\\s*"
        "(?P<agency>[\u0621-\u064a]+(?: [\u0621-\u064a]+){0,2}))\\s*:\\s*(?=\\S)",
    ),
    # PLACE, Region, Sept 3 -   (a dash with a space, or a long dash)
    (
        "",
        rf"(?P<line>(?P<place>{_PLACE_UPPER}){_REGION}{_DAY})"
        r"[\s\u00a0]*(?:[–—]{1,2}[\s\u00a0]*|-{1,2}[\s\u00a0]+|:[\s\u00a0]+)(?=\S)",
    ),
    # PLACE. Sentence, as German and Dutch papers set it
    (
        ". ",
        rf"(?P<line>(?P<place>[^\W\d_a-zß-öø-ÿ]{{5,}}(?:[ /-]{_UPPER_WORD}){{0,3}}))(?<!\.)\.\s+"
        r"(?=[^\W\d_a-zß-öø-ÿ][^\W\dA-Z_]|[„“\"«])",
    ),
    # [Place, day, agency] -   and the same in lenticular brackets, as in Japan
    (
        "",
        "(?P<line>[\uff3b\\[\u3010](?P<place>[^\\s\uff3d\\]\u3011\\d=\uff1d（(]{2,14})"
        "[^\uff3d\\]\u3011]{0,30}[\uff3d\\]\u3011])\\s*(?:[-\u2013—\uff0d]\\s*)?(?=\\S)",
    ),
    # Agency, place, month and day, as in China
    (
        "社",
        "(?P<line>(?P<agency>[\u4e00-\u9fff]{2,4}社)(?P<place>[\u4e00-\u9fff]{2,8}?)"
        "(?:\\d{1,2}月)?\\d{1,2}日[电電])",
    ),
)
"""Forms of a dateline, each behind a sign without which it cannot be there."""

_SIGNED: Final = tuple((sign, re.compile(form)) for sign, form in _FORMS)

_CAPITALISED: Final = r"[^\W\d_a-z][\w.'\u2019\u0900-\u0903\u093c-\u094d-]*[^\W_.]?"
_PLAIN: Final = re.compile(
    rf"^(?P<place>{_CAPITALISED}(?: (?:{_CAPITALISED}|[a-z]{{1,3}})){{0,3}})"
    r"(?:\s*[–—]\s*|\s+-\s+|\.\s+(?=[^\W\d_a-z])|\s*:\s+(?=[\u0900-\u097f]))"
)
_NEAR: Final = (
    r"(?:in|aus|bei|nach|near|from|at|à|de|en|a|di|da|em|te|uit|bij|i|vid|från|w|we|z|pod|koło|в|во|"
    r"из|под|у)"
)
_NEAR_BEHIND: Final = "गांव|गाँव|शहर|जिले|जिला|में|के|की|का|से"
_REPORTERS: Final = re.compile(
    r"[（(](?:本报|本報)?[记記]者\s*[:：]?\s*(?P<names>[^（）()]{2,40})[）)]"
)
_IN_BRACKETS: Final = re.compile(r"[=＝](?P<names>[\u3040-\u30ff\u3400-\u9fff、 ]{2,24})[】］\]]")
"""Reporters behind a dateline, as in China, or in it, as in Japan."""

_LONGEST: Final = 120
"""Characters in which a dateline ends."""

_LEAST_BEHIND: Final = 20
"""Characters of the sentence behind it."""

_NOT_A_PLACE: Final = frozenset(
    "breaking update updated updates exclusive watch video videos photo photos live opinion "
    "analysis note notes editor's correction clarification read more related q a interview review "
    "fact facts file warning tip tips question answer spoiler disclaimer ps p.s myth verdict score "
    "scores result results host moderator part step day week round game final quote summary tl;dr "
    "tldr important attention alert key background context overview why how what when who where "
    "achtung wichtig hinweis anmerkung info kommentar analyse hintergrund frage antwort lesen "
    "attention rappel question réponse analyse opinion lire vidéo pregunta respuesta opinión nota "
    "análisis pergunta resposta nota opinião domanda risposta vraag antwoord".split()
)


_STATES: Final = frozenset(
    "AC AL AM BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split()
)
"""Brazil's states, which papers there set in brackets behind a town; AP is an agency as well."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: its text as it stands, the place, the agency if one is named, and its length.

    `end` is the offset in the block behind the dateline's dash, where the first sentence begins.
    `authors` are the reporters that Chinese and Japanese datelines name.
    """

    text: str
    place: str
    agency: str | None
    end: int
    authors: tuple[str, ...] = ()


def parse_dateline(block: str) -> Dateline | None:
    """Return the dateline that a paragraph opens with, or None.

    The place is in capitals unless an agency in brackets follows, and what stands behind the dash
    begins like a sentence: "NATO - the alliance …" is none.
    """
    head = block[:_LONGEST]
    for sign, form in _SIGNED:
        found = form.match(head) if sign in head else None
        if found is None or len(block) - found.end() < _LEAST_BEHIND:
            continue
        place = found["place"].strip(" ,.")
        agency = found.groupdict().get("agency")
        if block[found.end()].islower() or not _is_place(
            place, in_capitals=_agency(agency) is None
        ):
            continue
        return Dateline(
            text=" ".join(found["line"].split()),
            place=place,
            agency=_agency(agency),
            end=found.end(),
            authors=_reporters(head, found),
        )
    return None


def parse_plain_dateline(block: str, others: Sequence[str]) -> Dateline | None:
    """Return the place that a first paragraph opens with, or None, where nothing marks it as one.

    `Harlow – The council …` and `Harlow. The council …` open with a place only if another block or
    the rest of this one speaks of what is in, from or near it: `others` are the other blocks.
    """
    found = _PLAIN.match(block[:_LONGEST])
    if found is None or len(block) - found.end() < _LEAST_BEHIND:
        return None
    place = found["place"]
    if block[found.end()].islower() or not _is_place(place, in_capitals=False):
        return None
    name = re.escape(place)
    near = re.compile(
        rf"(?<!\w)(?:{_NEAR} {name}(?!\w)|{name} (?:{_NEAR_BEHIND})(?!\w))",
        re.I,
    )
    if not any(near.search(text) for text in (block[found.end() :], *others)):
        return None
    return Dateline(text=place, place=place, agency=None, end=found.end())


def _reporters(head: str, dateline: re.Match[str]) -> tuple[str, ...]:
    """Return the names behind the place in a dateline's brackets, or in brackets behind it."""
    found = _REPORTERS.match(head, dateline.end()) or _IN_BRACKETS.search(dateline["line"])
    if found is None:
        return ()
    return tuple(name for name in re.split("[、,， ]+", found["names"]) if 2 <= len(name) <= 8)


def _is_place(name: str, *, in_capitals: bool) -> bool:
    words = name.casefold().split()
    if len(name) < 2 or words[0].strip(".:") in _NOT_A_PLACE or not name[0].isalpha():
        return False
    if name.islower() or any(character.isdigit() for character in name):
        return False
    return not in_capitals or name == name.upper()


def _agency(name: str | None) -> str | None:
    """Return an agency's name, unless what stands in the brackets is a day."""
    if name is None or any(character.isdigit() for character in name) or name in _STATES:
        return None
    return name.strip() or None
