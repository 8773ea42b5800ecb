"""Captions of pictures, and who took the picture."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from pipeline.cleaning.names import is_full_name

_PHOTO: Final = (
    r"photos?|photograph|photographer|pictures?|pic|images?|illustration|graphic|screenshot|"
    r"screengrab|foto de archivo|foto de arquivo|foto d'archivio|photo d'archives?|archieffoto|"
    r"foto archiwalne|foto|fotos|bild|bilder|symbolbild|symbolfoto|archivbild|archivfoto|imagen|"
    r"imágenes|fotografía|fotógrafo|imagem|immagine|fotografia|beeld|afbeelding|zdjęcie|fot\.?|"
    r"fotoğraf|foto: arkiv|arkivfoto|arkivbilde|arkivbild|genrebild|illustrasjonsfoto|"
    r"illustrationsfoto|pressefoto|фото|写真|照片|图片|圖片|사진|صورة|تصوير|عدسة|फोटो|तस्वीर"
)
_CREDIT_WORD: Final = (
    r"crédits? photos?|credit|crédit|crédits|credits|crédito|créditos|crediti|courtesy(?: of)?|"
    r"handout|file photo|quelle|source|bildquelle|fotocredit|image credit|photo credit"
)
_SHARP_CREDIT: Final = re.compile(rf"\b(?:{_CREDIT_WORD}|by|via)\b", re.I)
_LABELLED: Final = re.compile(
    rf"(?P<label>(?:{_PHOTO}|{_CREDIT_WORD})(?:\s+(?:{_CREDIT_WORD}|by|via|von|de))?)"
    r"\s*[:：/／]\s*(?P<credit>\S.*)",
    re.I | re.S,
)
_PARENTHESIS: Final = re.compile(r"[(\[（](?P<credit>[^()\[\]（）]{2,100})[)\]）]\s*\.?$")
_CREDIT_INSIDE: Final = re.compile(
    rf"^(?i:{_PHOTO}|{_CREDIT_WORD})\b"
    r"|(?i:\b(?:photo|foto|image|bild|picture|handout|courtesy|gentileza|cortes[íi]a|getty|"
    r"stock|archiv|archive)\b)"
    r"|^[A-Z][\w .'-]{1,40}/[A-Z]"
    r"|^(?:[A-Z]{2,5}|[A-Z][\w.'-]+ [\w .'-]{1,30}): [^\W\d_a-z][\w.'’-]+ [^\W\d_a-z][\w'’ -]+$"
    r"|^©|^[A-Z]{2,5}$|^[A-Z]{2,5}[ /][A-Z]|[^\W\d_] ?/ ?[A-Z]{2,5}$"
    r"|写真|照片|图|사진|撮影|提供"
    r"|(?<!\w)أ ?\.? ?ف ?\.? ?ب(?!\w)|رويترز|الأناضول|غيتي|تصوير|صورة|وكالات|फोटो|तस्वीर"
)
_LETTERS: Final = re.compile(r"[A-Za-z]{2,5}(?:/[A-Za-z]{2,5})*|[A-Z]{2,5}(?: \w+){1,2}")
"""An agency's letters, or those of anything else: a weak sign."""

_LABEL_INSIDE: Final = re.compile(
    rf"(?i:{_PHOTO}|{_CREDIT_WORD})(?: (?:{_CREDIT_WORD}))?(?:\s*[:：/]|\s+(?:by|via|von|de|of)\s)"
    r"|AP (?:Photo|Video)|©",
    re.I,
)
_PICTURED: Final = re.compile(
    rf"\b(?:{_PHOTO}|{_CREDIT_WORD}|gentileza|cortes[íi]a|getty|stock|archiv|archive)\b", re.I
)
_TAKEN_BY: Final = re.compile(r"(?i:photo|foto|ph\.?|fot\.|beeld|bild) (?=[^\W\d_a-z]\w)")
"""A label without its colon, as Italian and French papers set it, and a name."""

_SOURCE: Final = re.compile(r"(?:source|quelle)\b", re.I)
_SOURCED_WORDS: Final = 30
"""Words of a text behind which "(Source: ...)" names where the facts are from."""

_LIST_MARK: Final = re.compile(r"\s*(?:[•·*+▪◦‣–-]|\d{1,2}[.)])\s")
_WEAK: Final = 0.6
"""Score of what may be a credit, or anything else."""

_CREDIT_WORDS: Final = 8
_SOURCE_WORDS: Final = 4
_QUOTES: Final = '"“”„«»'
_RESERVED: Final = ". DR"
"""French papers' credit of a picture whose owner they do not know (droits réservés)."""

_ASKS: Final = frozenset("click discover find get learn order read see shop start watch".split())
"""Words that begin a button, which is no name."""

_STOPS: Final = frozenset('.!?…"”')
_ENDS: Final = _STOPS | frozenset({"", ")", "|", "–", "—", "-"})
_TRAILING: Final = re.compile(
    r"(?:^|[.…!?\"”\s])(?P<credit>"
    rf"(?:{_PHOTO}|{_CREDIT_WORD})(?: (?:{_CREDIT_WORD}|by|via))?\s*[:：/]\s*[^.:]{{2,80}}"
    r"|(?:photo(?:graph)?|picture|image)s? (?:by|courtesy of) [^.:]{2,60}"
    r"|(?:©|\(c\)) ?(?:[^.]|(?<=[\s/][^\W\d_])\.){2,60})\.?$",
    re.I,
)
_NAMED: Final = r"(?:[^\W\d_a-z](?:\.|[\w'’-]*) )"
"""A capitalised word or an initial."""

_SLASHED: Final = re.compile(
    rf"(?:^|(?<=\s))(?P<credit>{_NAMED}{{0,4}}[^\W\d_a-z][\w'’.-]*/"
    r"(?:[A-Z][\w'’.-]*[ /]?){1,5})$"
)
_STOCK: Final = re.compile(
    rf"(?:^|(?<=\s))(?P<credit>{_NAMED}{{0,3}}(?:via )?Getty Images"
    r"|(?:i?Stock|Shutter\w+|Alamy)(?:\S* ?){0,4})$"
)
_UPPER: Final = r"[^\W\d_a-z\u00df-\u00f6\u00f8-\u00ff]"
_CAPITAL: Final = rf"{_UPPER}(?:{_UPPER}|['’.-])+"
_IN_CAPITALS: Final = re.compile(
    rf"(?<=[^\W\dA-Z_][.…!?]\s)(?:[—–-]\s)?(?P<credit>{_CAPITAL}(?: {_CAPITAL}){{1,4}}"
    r"(?: ?[/(«“] ?[^.]{2,40})?)$"
)
"""A name in capitals behind the sentence, as French and Spanish papers set it."""

_NAME_BEHIND: Final = re.compile(
    r"(?:\S+ ){7}.*[^\W\dA-Z_]{3}[.…]\s"
    r"(?P<credit>(?:[^\W\d_a-z](?:[\w'’-]+|\.) ){1,3}[^\W\d_a-z][\w'’-]+)",
    re.S,
)
"""A sentence, and behind it a name without a full stop. Of such lines in the development data 33
are no text and one is."""

_BEFORE_CAPITALS: Final = 6
"""Spaces of the shortest caption with a name in capitals; a shorter line is a heading."""

_ABBREVIATED: Final = re.compile(
    r"(?:^|(?<=[.…!?)”]\s))(?P<credit>(?:[Ff]ot|[Pp]h)\. [^\W\d_a-z][^.:]{2,60})\.?$"
)
"""The Polish and the Italian abbreviation, which are set without a colon."""

_OF_THE_AUTHOR: Final = re.compile(
    r"[.!?…)”\d]\s(?P<credit>(?:Фото|Foto|Photo|Fotografia|Bild)s?:? "
    r"(?:автора|авторки|autora|autorki|de l[’']auteure?|del autor|d[oa] autora?|dell[’']autore|"
    r"des Autors|der Autorin|by the author|"
    r"van de auteur|из архива(?: [\w.]+){0,3}))\.?$"
)
"""The writer's own picture, set without a colon behind a caption."""

_BY_CJK: Final = re.compile(
    r"[、=＝。 （(](?P<credit>[^、=＝。 （(]{2,14}(?:撮影|提供|摄|攝))[）)]?$"
)
"""The photographer behind a caption, with the character for taking or providing pictures."""

_LABEL_WORDS: Final = frozenset(
    word.rstrip("s?:")
    for word in re.findall(r"[^\W\d_]+", f"{_PHOTO} {_CREDIT_WORD} by via of courtesy")
)
_BRACKETS: Final = (")", "]", "）", ").", "].")
_LONGEST: Final = 500
_LONGEST_WORDS: Final = 60
_LABEL_REACH: Final = 40
"""Characters at the start of a line in which a label ends."""

_TAIL: Final = 140
"""Characters at the end of a line in which a credit stands."""


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption without its credit, and the credit; either may be missing. `score` is 0 to 1."""

    caption: str | None
    credit: str | None
    score: float


def parse_caption(line: str) -> Caption | None:
    """Return the caption and credit of a line that names a picture's source, or None.

    Lines that only describe a picture cannot be told from prose here; where a line stands, and
    whether it comes twice, tells more.
    """
    if len(line) > _LONGEST:
        return None
    head = line[:_LABEL_REACH]
    if ":" in head or "/" in head or "：" in head or "／" in head:
        labelled = _LABELLED.fullmatch(line)
        if labelled is not None and line.count(" ") < 40:
            return _labelled(labelled, line)
    found = _in_brackets(line) or _at_the_end(line)
    if found is not None and found.score > _WEAK and _LIST_MARK.match(line):
        return replace(found, score=_WEAK)
    return found


def _labelled(found: re.Match[str], line: str) -> Caption | None:
    """Return what stands behind a label: a credit, or after "Picture:" a caption."""
    behind = found["credit"].strip()
    if _SHARP_CREDIT.search(found["label"]):
        return Caption(None, behind, 0.9) if len(line) < 120 else None
    if len(behind.split()) <= 6:
        return Caption(None, behind, 0.9)
    return Caption(behind, None, 0.8)


def _in_brackets(line: str) -> Caption | None:
    if not line.endswith(_BRACKETS):
        return None
    found = _PARENTHESIS.search(line[-_TAIL:])
    if found is None:
        return None
    credit = found["credit"].strip()
    if _CREDIT_INSIDE.search(credit) is None or len(credit.split()) > _CREDIT_WORDS:
        return None
    rest = line[: max(0, len(line) - _TAIL) + found.start()].strip()
    return Caption(rest or None, credit, _WEAK if _is_aside(rest, credit) else 0.95)


def _is_aside(rest: str, credit: str) -> bool:
    """Whether brackets may hold anything else: "(PUB/SUB)", "(photos, videos)", "(I picture it.)".

    `rest` is what stands before them. A label with its colon, or a name and an agency behind a
    full sentence, hold nothing else; but a text of several sentences may name its source.
    """
    if _LETTERS.fullmatch(credit) or credit.endswith((".", "!", "?")):
        return True
    if _TAKEN_BY.match(credit):
        return False
    label = _LABEL_INSIDE.match(credit)
    if label is not None:
        return bool(_SOURCE.match(credit)) and rest.count(" ") > _SOURCED_WORDS
    is_plain = any(map(str.isupper, credit)) and not _PICTURED.search(credit)
    return (is_plain or credit[0].islower()) and bool(rest) and rest[-1] not in _STOPS


def _at_the_end(line: str) -> Caption | None:
    if line.count(" ") > _LONGEST_WORDS:
        return None
    tail = line[-_TAIL:]
    found = _TRAILING.search(tail) if _could_trail(tail) else None
    if found is not None:
        credit = found["credit"]
        before = tail[: found.start("credit")].rstrip()[-1:]
        # In the middle of a line of capitalised words a label may be one of them, and what stands
        # behind its colon the rest of a headline.
        is_source = credit.count(" ") <= _SOURCE_WORDS or "/" in credit or "|" in credit
        if before in _ENDS or (is_source and not credit[0].islower()):
            return _split(line, found, 0.9)
    found = _ABBREVIATED.search(tail) if "ot. " in tail or "h. " in tail else None
    if found is None and ("oto" in tail or "ото" in tail or "Bild" in tail):
        found = _OF_THE_AUTHOR.search(tail)
    if found is None and tail.rstrip("）)")[-1:] in "影供摄攝":
        found = _BY_CJK.search(tail)
    if found is None and _ends_in_capitals(tail):
        found = _IN_CAPITALS.search(tail)
    if found is not None:
        return _split(line, found, 0.9)
    found = _SLASHED.search(tail) if "/" in tail else None
    if found is None and _could_be_stock(tail):
        found = _STOCK.search(tail)
    if found is None:
        return _with_name(line)
    # Behind a full sentence it is a credit; elsewhere "Name/Name" may be any pair of things.
    return _split(
        line, found, 0.8 if tail[: found.start("credit")].rstrip()[-1:] in _STOPS else 0.6
    )


def _with_name(line: str) -> Caption | None:
    """Return a caption behind whose sentence a photographer's name stands alone."""
    if line.endswith(_RESERVED):
        return Caption(line.removesuffix(_RESERVED[1:]).strip(), _RESERVED[2:], 0.9)
    if not line[-1:].isalpha() or ". " not in line[-_LABEL_REACH:]:
        return None
    found = _NAME_BEHIND.fullmatch(line)
    if found is None or not is_full_name(found["credit"]) or any(map(line.__contains__, _QUOTES)):
        return None
    if found["credit"].partition(" ")[0].casefold() in _ASKS:
        return None
    return Caption(line[: found.start("credit")].strip(), found["credit"], 0.9)


def _ends_in_capitals(tail: str) -> bool:
    """Whether a name in capitals can stand at the end: a cheap look before a dear one."""
    if tail.count(" ") < _BEFORE_CAPITALS:
        return False
    words = tail.replace(" / ", " ").split()[-2:]
    return tail[-1:] in "»)”" or all(map(str.isupper, words))


def _could_be_stock(tail: str) -> bool:
    """Whether an agency of stock pictures is named: a cheap look before a dear one."""
    return "tock" in tail or "Getty" in tail or "Alamy" in tail or "Shutter" in tail


def _could_trail(tail: str) -> bool:
    """Whether a credit behind a label can stand in a tail: a cheap look before a dear one."""
    folded = tail.casefold()
    if "©" in tail or "(c)" in folded:
        return True
    if ":" in tail or "/" in tail or "：" in tail:
        parts = folded.replace("/", ":").replace("：", ":").split(":")
        if any(_last_word(part) in _LABEL_WORDS for part in parts[:-1]):
            return True
    return (" by " in folded or " of " in folded) and (
        "photo" in folded or "picture" in folded or "image" in folded
    )


def _last_word(text: str) -> str:
    """Return the last word of a text without a plural s."""
    return text[-_LABEL_REACH:].rstrip(" .\xa0").rpartition(" ")[2].strip('(["“.').rstrip("s")


def _split(line: str, found: re.Match[str], score: float) -> Caption:
    """Return a line cut where a match in its tail begins."""
    rest = line[: max(0, len(line) - _TAIL) + found.start("credit")].strip(" |–—-")
    return Caption(rest or None, found["credit"].strip(" .()"), score)
