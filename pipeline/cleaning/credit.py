"""The line behind a story that says who reported, wrote and edited it."""

from __future__ import annotations

import re
from typing import Final, Literal

from pipeline.cleaning.names import split_names

ContributorRole = Literal["reporting", "writing", "editing", "photography", "translation", "other"]

_ROLES: Final[tuple[tuple[ContributorRole, str], ...]] = (
    (
        "reporting",
        r"(?:additional |further )?report(?:ing|age)(?: and writing)? (?:by|from)|reported by|"
        r"(?:zusätzlicher )?bericht(?:et)? von|mitarbeit|reportage(?: de)?|avec la contribution de|"
        r"reporte(?:s)? (?:adicional(?:es)? )?de|reportagem (?:adicional )?(?:de|por)|"
        r"con información de|"
        r"servizio di|репортаж",
    ),
    (
        "writing",
        r"(?:writing|written|compiled|story) by|geschrieben von|rédigé par|escrito por|"
        r"redactado por|escrita por|scritto da",
    ),
    (
        "translation",
        r"(?:translated|translation) by|übersetzt von|übersetzung|traduit par|"
        r"version française(?: de)?|"
        r"traducido por|traducción de|tradução de|traduzido por|traduzione di",
    ),
    (
        "editing",
        r"edit(?:ing|ed)(?: \w+){0,3} (?:by|de|por)|edit(?:ing|ed) by|redigiert von|redaktion|"
        r"édité par|"
        r"editado(?: en \w+)? por|edición de|edição de|a cura di",
    ),
    (
        "photography",
        r"photo(?:s|graphy|graphs)? by|fotos? von|photos? de|fotos? de",
    ),
    ("other", r"(?:graphics?|production|produced|video|research|data|illustrations?) by"),
)
_SEGMENT: Final = re.compile(
    r"[(\[]?\s*(?:"
    + "|".join(f"(?P<{role}>{words})" for role, words in _ROLES)
    + r")\s*:?\s+(?P<names>.+)",
    re.I,
)
_OPENING: Final = re.compile(
    r"^[(\[]?\s*(?:" + "|".join(words for _, words in _ROLES) + r")\s*:?\s+[^\W\d_]", re.I
)
_BEGINNINGS: Final = frozenset(
    "add fur rep zus ber mit ave con ser реп wri com sto ges réd esc red scr tra übe ver edi édi "
    "pho fot gra pro vid res dat ill".split()
) | {"a c"}
"""First three letters of the roles, for a cheap look before a dear one."""

_SIGN_OFF: Final = re.compile(
    r"[(\[]?(?P<codes>(?:[a-zà-ž]{2,4}|AFP|AP|EFE|PAP|APA|SDA|SID|KNA|ATS|ANP|NTB)"
    r"(?: ?[/,] ?(?:[a-zà-ž]{2,4}|AFP|AP|EFE|PAP|APA|SDA|SID|KNA|ATS|ANP|NTB)){1,5}/?)[)\]]?\.?"
    r"|[(\[](?:dpa|AFP|AP|EFE|ANSA|PAP|Reuters|ТАСС|KNA|epd|SID)[)\]]\.?"
    r"|[（(]?(?:完|了)[）)]"
)
"""The letters with which an agency's writers sign: `dpa/kew`, `aq/mlr`, and the sign of the end."""

_NO_CODES: Final = frozenset(
    "and/or km/h he/him she/her they/them n/a w/o mi/h kg/m on/off".split()
)

_PLACE: Final = r"[^\W\d_a-z][\w.-]*(?:,? [^\W\d_a-z][\w.-]*){0,3}"
_CONTRIBUTED: Final = re.compile(
    r"(?P<names>[^\W\d_a-z][\w.'’, -]{2,120}?) (?:also )?(?:"
    rf"reported (?:from|in) {_PLACE}|contributed (?:reporting|to (?:this|the) (?:report|story|"
    rf"article))(?: (?:from|in) {_PLACE})?)"
)
"""A sentence that says who helped: `Bugle writer Ann Lee contributed to this report`."""

_OFFICES: Final = re.compile(r".*\b(?:writer|reporter|journalist|correspondent|editor)s?\s")
_WHERE: Final = re.compile(rf" (?:in|from) {_PLACE}")

_LONGEST: Final = 400
_LONGEST_SIGN_OFF: Final = 30


def parse_credit(line: str) -> tuple[tuple[str, ContributorRole], ...] | None:
    """Return (name, role) of each person a credit line names, or None when the line is none.

    A credit line stands in brackets or opens with its first role, and every one of its segments
    (between semicolons or full stops) that has a role names at least one person. The letters of an
    agency's writers name nobody.
    """
    if len(line) <= _LONGEST_SIGN_OFF and _is_sign_off(line):
        return ()
    if "contributed" in line[:_LONGEST] and (helped := _contributors(line)) is not None:
        return helped
    if len(line) > _LONGEST or line.lstrip("([").lstrip()[:3].casefold() not in _BEGINNINGS:
        return None
    if not _OPENING.match(line):
        return None
    bracketed = line[0] in "([" and line.rstrip(". ")[-1:] in ")]"
    people: list[tuple[str, ContributorRole]] = []
    for part in re.split(
        r"[;•|]|,\s+(?=(?:writing|editing|geschrieben|redigiert|édité)\b)|(?<=[^\W\d_]{3})\.\s",
        line.strip("()[] "),
    ):
        found = _SEGMENT.match(part.strip())
        if found is None:
            continue
        role = next(name for name, _ in _ROLES if found[name])
        names = re.split(r"\s+(?:in|from|at|dans|aus)\s+(?=[^\W\d_])", found["names"])
        listed = [split_names(names[0])]
        listed += [split_names(rest.partition(" and ")[2]) for rest in names[1:]]
        people += [(name, role) for group in listed for name in group]
    if not people:
        return None
    if not bracketed and (len(line.split()) > 25 or not all(n in line for n, _ in people)):
        return None
    return tuple(dict.fromkeys(people))


def _contributors(line: str) -> tuple[tuple[str, ContributorRole], ...] | None:
    """Return who helped where every sentence of a line says so; a surname alone names nobody."""
    people: list[tuple[str, ContributorRole]] = []
    text = line[:_LONGEST].strip("()[] ").rstrip(".")
    for sentence in re.split(r"(?<=[^\W\d_]{3})\.\s+", text):
        found = _CONTRIBUTED.fullmatch(sentence)
        if found is None:
            return None
        names = _WHERE.sub("", _OFFICES.sub("", found["names"]))
        people += [(name, "reporting") for name in split_names(names) if " " in name]
    return tuple(dict.fromkeys(people))


def _is_sign_off(line: str) -> bool:
    """Whether a line is the letters with which an agency's writers sign."""
    return _SIGN_OFF.fullmatch(line) is not None and line.casefold() not in _NO_CODES
