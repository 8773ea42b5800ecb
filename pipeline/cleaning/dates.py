"""Lines that give a date or a time, and the absolute dates in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from pipeline.cleaning.months import MONTHS

_LONGEST: Final = 120
"""Characters of the longest line that can be a date."""

_SEARCHED: Final = 400
"""Characters of a text in which its date is looked for."""

_YEARS: Final = range(1700, 2201)
"""Years of a day that is believed; others are the defaults of machines."""

_CENTURY: Final = 69
"""Least year of two digits that is one of the last century, as in POSIX."""

_SIGNS: Final = r"\u064b-\u065f\u0900-\u0903\u093c-\u094e"
_LETTER: Final = rf"(?:[^\W\d_]|[{_SIGNS}])"
"""A letter, or a vowel sign of Arabic or Hindi: `\\w` leaves those out."""

_MONTH: Final = rf"{_LETTER}{{2,12}}"
_DAY: Final = re.compile(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2})"
    r"(?P<moment>T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?(?!\d))?(?!\d)"
    r"|(?P<cjk>\d{4}\s*[年년]\s*\d{1,2}\s*[月월]\s*\d{1,2}\s*[日일])"
    r"|(?P<dotted>(?<![\d.,:-])\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}(?!:)|\d{2})\b)"
    r"|(?P<yearfirst>\b\d{4}[./]\d{1,2}[./]\d{1,2}\b)"
    r"|(?P<slashed>\b\d{1,2}[/-]\d{1,2}[/-](?:\d{4}(?!:)|\d{2})\b)"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[ -]?(?:de |of )?(?P<m1>{_MONTH})"
    r"\.?,?[ -]?(?:de |del )?(?P<y1>\d{4})\b"
    rf"|\b(?P<m2>{_MONTH})[.,]? ?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>\d{{4}})\b"
    rf"|\b(?P<y3>\d{{4}})\.? (?P<m3>{_MONTH}) (?P<d3>\d{{1,2}})\b",
    re.I,
)
_TOLD: Final = 4
"""Words in small letters, one after the other, from which on a sentence leads to a day."""

_YEARLESS: Final = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)? (?:de |of )?(?P<m1>{_MONTH})\b"
    rf"|\b(?P<m2>{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)"
)
_MOST_NUMBERS: Final = 8
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"\d+")
_CLOCK: Final = re.compile(
    r"\b(?P<h>[01]?\d|2[0-3])[:.h](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?\s*(?P<half>[ap]\.?m\b\.?)?",
    re.I,
)
_ZONE: Final = re.compile(
    r"(?:\b|(?<=\d))(?P<name>UTC|GMT|Z)(?P<offset>[+-]\d{1,2}(?::?\d{2})?)?\b"
    r"|(?P<bare>(?<![\d-])[+-]\d{2}:?\d{2}\b)"
)

_UNITS: Final = (
    "s sec second seconds m min mins minute minutes h hr hrs hour hours d day days w wk wks week "
    "weeks mo month months y yr yrs year years sekunde sekunden minuten stunde stunden tag tage "
    "tagen woche wochen monat monate monaten jahr jahre jahren heure heures jour jours semaine "
    "semaines mois an ans hora horas minuto minutos día días dia dias semana semanas mes meses "
    "año años ano anos ora ore giorno giorni settimana settimane mese mesi uur dagen dag weken "
    "час часа часов минут минуты минуту мин дня дней день недель неделю недели time timer timmar "
    "timme dagar dager dage saat dakika gün godzin godziny dni"
)
_SHORT_UNITS: Final = "s|sec|m|min|mins|h|hr|hrs|d|w|wk|wks|mo|y|yr|yrs"
_RELATIVE: Final = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|aktualisiert|veröffentlicht|publié|mis à jour|"
    r"actualizad[oa]|publicad[oa]|atualizad[oa]|aggiornato|pubblicato|bijgewerkt|geplaatst|"
    r"zaktualizowano|обновлено)\s*:?\s*)?(?:about |over |etwa )?(?:"
    rf"(?:\d+|an?|one|un|una|uma?|ein) ?(?:{_UNITS.replace(' ', '|')})\.? "
    r"(?:ago|old|atrás|fa|geleden|назад|siden|sedan|önce|temu)"
    rf"|(?:il y a|hace|há|vor) (?:\d+|einer?|einem|un|una|une|uma?) ?(?:{_UNITS.replace(' ', '|')})"
    rf"|\d+ ?(?:{_SHORT_UNITS})\.?)"
    r"|(?:just now|yesterday|today|gestern|heute|hier|ayer|ontem|ieri|вчера|сегодня)"
    r"(?:,? (?:at |um |à |a las |às |alle )?\d{1,2}[:.h]\d{2}.{0,10})?"
    r"|\d+\s*(?:分|分钟|分鐘|時間|小时|小時|日|天|週間|周|週|か月|분|시간|일|주)\s*(?:前|전)",
    re.I,
)
_AROUND: Final = frozenset(
    """
    last first edited updated update modified published publish posted created release released
    date time on at the of am pm a p m st nd rd th mon tue tues wed thu thur thurs fri sat
    sun uhr stand datum veröffentlicht aktualisiert erstellt um den vom montag dienstag
    mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so publié publie
    mis mise à jour le modifié lundi mardi mercredi jeudi vendredi samedi dimanche publicado
    publicada actualizado actualizada fecha el las la lunes martes miércoles jueves viernes
    sábado domingo atualizado em às de segunda terça quarta quinta sexta feira h hs hrs
    pubblicato aggiornato il alle ore lunedì martedì mercoledì giovedì venerdì sabato
    domenica senin selasa rabu kamis jumat sabtu minggu dipublikasikan diterbitkan diperbarui
    pukul måndag tisdag onsdag torsdag lördag söndag tirsdag lørdag søndag pondělí úterý středa
    čtvrtek pátek sobota neděle luni marți miercuri joi vineri sâmbătă duminică hétfő kedd szerda
    csütörtök péntek szombat vasárnap maanantai tiistai keskiviikko torstai perjantai lauantai
    sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
    понеділок вівторок середа четвер субота неділя gepubliceerd bijgewerkt geplaatst op om maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag publicerad uppdaterad publisert oppdatert
    opdateret udgivet kl
    klo dodano opublikowano aktualizacja data publikacji poniedziałek wtorek środa czwartek
    piątek sobota niedziela опубликовано обновлено дата публикации в г понедельник вторник
    среда четверг пятница суббота воскресенье yayınlanma güncelleme tarihi pazartesi salı
    çarşamba perşembe cuma cumartesi pazar et ct mt pt est edt pst pdt cst cdt mst mdt bst gmt utc z
    cet cest mez mesz ist msk jst kst aest aedt acst acdt awst nzst nzdt ast adt nst ndt akst akdt
    hst sgt hkt pht myt wib wita wit ict pkt npt eet eest sast trt brt clt 更新
    更新日 時 分 時分 发布 發布 公開 公開日 配信 发布时间 更新时间 입력
    수정 月 火 水 木 金 土 日 min mins read minutes minute
    zuletzt geändert actualisé créé créée dernière modification última actualización modificado
    creado atualização modificada ultimo aggiornamento ultima modifica modificato laatst
    gewijzigd ändrad senast sist ostatnia zaktualizowano publikacja utworzono godz последнее
    обновление изменено обновлена обновлен создано мск giriş güncellendi yayınlandı son saat
    掲載 掲載日 投稿 投稿日 最終 午前 午後 등록 승인 업데이트 오전 오후
    نشر نُشر نشرت في بتاريخ تاريخ النشر آخر تحديث التحديث تم يوم الساعة صباحا صباحاً مساء مساءً ص م
    بتوقيت غرينتش غرينيتش جرينتش الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    प्रकाशित अपडेटेड अपडेट अंतिम आखिरी संशोधित पब्लिश पब्लिश्ड तारीख तिथि समय बजे को पर
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
    """.split()
)
"""Words that may stand beside a date on its line: they say what it is, its weekday or its zone."""

_WORD: Final = re.compile(rf"{_LETTER}+")
_FREE_WORD: Final = re.compile(rf"(?<![\w{_SIGNS}]){_LETTER}+")
"""A word that no number stands right before."""

_BESIDE: Final = _AROUND.union({"de", "of", "del"}, *map(_WORD.findall, map(str.casefold, MONTHS)))
_CJK_UNITS: Final = frozenset("年년月월日일")
_OPENS_RELATIVE: Final = frozenset(
    "last updated published posted aktualisiert veröffentlicht publié mis actualizado actualizada "
    "publicado publicada atualizado atualizada aggiornato pubblicato bijgewerkt geplaatst "
    "zaktualizowano обновлено about over etwa a an one un una um uma ein il hace "
    "há vor just yesterday today gestern heute hier ayer ontem ieri вчера сегодня".split()
)
"""First words of a relative time; the others open with a number."""

_MODIFIED: Final = re.compile(
    r"(?:\b|(?<=\d))(?:updated?|modified|edited|aktualisiert|mis(?:e)? à jour|modifié|"
    r"actualizad[oa]|atualizad[oa]|aggiornato|bijgewerkt|uppdaterad|oppdatert|opdateret|aktualizacja|обновлено|обновлена|изменено|"
    r"güncelleme|güncellendi|zaktualizowano|actualisé|modificado|modificada|modificato|geändert|"
    r"gewijzigd|ändrad|оновлено|aggiornamento|actualización|atualização|обновление)\b"
    r"|更新|수정|업데이트|تحديث|अपडेट|संशोधित",
    re.I,
)


_CAPITALISED: Final = r"[^\W\d_a-z][^\W\d_]{2,15}"
_PLACE: Final = re.compile(
    rf"{_CAPITALISED}(?: (?:[a-z]{{1,3}}|{_CAPITALISED})){{0,4}}"
    r"(?:,|\s+[-–—|])\s+(?=\S{0,10} ?\d)"
)
"""A name, such as a town's, with what sets it off from a day."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date: when the page was published, when changed, in ISO 8601.

    Both are null where the line gives none that is absolute and unambiguous; `raw` is the line,
    and `of_change` says that it speaks of a change alone.
    """

    raw: str
    published: str | None
    modified: str | None
    of_change: bool


def parse_date_line(line: str, *, day_first: bool = False) -> DateLine | None:
    """Return the date of a line that holds little else, or None.

    A relative time ("3 hours ago") is a date line without an absolute date: nothing is guessed.
    So is 03/04/2023, which is March or April, unless `day_first` says that it is April. One line
    can give two dates: "published …, updated …". A town may stand before the date, and "updated 2
    hours ago" behind it.
    """
    if len(line) > _LONGEST:
        return None
    found = _date_line(line, day_first)
    if found is not None or _DIGIT.search(line) is None:
        return found
    place = _PLACE.match(line)
    rest = line if place is None else line[place.end() :]
    change = _MODIFIED.search(rest)
    if change is not None and _RELATIVE.search(rest, change.end()):
        rest = rest[: change.start()]
    if rest == line:
        return None
    found = _date_line(rest, day_first)
    if found is None or (found.published is None and place is not None):
        return None
    return replace(found, raw=line)


def _date_line(line: str, day_first: bool) -> DateLine | None:
    words = _FREE_WORD.finditer(line.casefold())
    first = next(words, None)
    opening = "" if first is None else first[0]
    if len(line) < 50:
        bare = line.strip(" .|•·-")
        may_be_relative = opening in _OPENS_RELATIVE or bare[:1].isdecimal()
        if may_be_relative and _RELATIVE.fullmatch(bare):
            return DateLine(line, None, None, of_change=False)
    if not (opening == "" or _is_beside(opening)) or _DIGIT.search(line) is None:
        return None
    if not all(_is_beside(word[0]) for word in words):
        return None
    days = list(_days(line))
    if not days and _is_yearless(line):
        return DateLine(line, None, None, of_change=False)
    if not 1 <= len(days) <= 2:
        return None
    rest = line
    for found in reversed(days):
        rest = rest[: found.start()] + " " + rest[found.end() :]
    if len(_NUMBER.findall(rest)) > _MOST_NUMBERS or not _is_around(rest):
        return None
    return _told_apart(line, days, day_first)


def dated(line: str, *, day_first: bool = False) -> DateLine | None:
    """Return the one or two days of a line that may say anything else, None where it has not so.

    For lines of which something else tells that their day is the article's. Of two days one must
    be that of a change. A day that many words in small letters lead to stands in a sentence.
    """
    days = list(_days(line[:_SEARCHED]))
    if not 1 <= len(days) <= 2 or _is_told(line[: days[0].start()]):
        return None
    found = _told_apart(line, days, day_first)
    if len(days) == 2 and found.modified is None:
        return None
    return found if found.published or found.modified else None


def _is_told(before: str) -> bool:
    """Whether a sentence leads to a day: `The act was signed into law on 14 August 1935`."""
    run = 0
    for word in before.split():
        run = run + 1 if word.islower() and word not in _AROUND else 0
        if run == _TOLD:
            return True
    return False


def _told_apart(line: str, days: Sequence[re.Match[str]], day_first: bool) -> DateLine:
    """Return the days of a line as published or, behind a word for change, as modified."""
    published = modified = None
    of_change = True
    at = 0
    for found, end in zip(days, [*(day.start() for day in days[1:]), len(line)], strict=True):
        iso = iso_date(line[found.start() : end], day_first=day_first)
        if _MODIFIED.search(line, at, found.start()):
            modified = modified or iso
        else:
            published, of_change = published or iso, False
        at = found.end()
    return DateLine(line, published, modified, of_change)


def _is_beside(word: str) -> bool:
    """Whether a free word may stand in or beside a date: a cheap look before a dear one."""
    return word in _BESIDE or word.endswith("day") or word[0] in _CJK_UNITS


def _is_around(rest: str) -> bool:
    """Whether words may all stand beside a date."""
    return all(word in _AROUND or word.endswith("day") for word in _WORD.findall(rest.casefold()))


def _is_yearless(line: str) -> bool:
    """Whether a line is a day without its year, and with a time of day.

    A day alone may be a heading in a chronicle.
    """
    found = _YEARLESS.search(line)
    if found is None or (found["m1"] or found["m2"]).lower() not in MONTHS:
        return False
    rest = line[: found.start()] + " " + line[found.end() :]
    return _CLOCK.search(rest) is not None and _is_around(rest)


def iso_date(text: str, *, day_first: bool = False) -> str | None:
    """Return the first absolute date in the first 400 characters of a text in ISO 8601, or None.

    With a time of day and an offset from UTC it is a moment, else a day: the letters of other time
    zones mean several. A day and month that could be read both ways is no date, unless `day_first`
    says how the text's language writes them.
    """
    text = text[:_SEARCHED]
    found = next(_days(text), None)
    if found is None:
        return None
    day = _day(found, day_first)
    if day is None:
        return None
    if found["moment"]:
        return _iso_moment(found.group()) or day
    return day + _time_of_day(text[found.end() : found.end() + 40])


def _days(text: str) -> Iterator[re.Match[str]]:
    """Yield the places of a text that are written as a day, possible or not."""
    for found in _DAY.finditer(text):
        name = found["m1"] or found["m2"] or found["m3"]
        if name is None or name.lower() in MONTHS:
            yield found


def _iso_moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _day(found: re.Match[str], day_first: bool) -> str | None:
    if name := found["m1"] or found["m2"] or found["m3"]:
        month = MONTHS[name.lower()]
        year = int(found["y1"] or found["y2"] or found["y3"])
        day = int(found["d1"] or found["d2"] or found["d3"])
    else:
        numbers = _NUMBER.findall(found["iso"] or found.group())
        first, second, third = map(int, numbers)
        is_american = "/" in found.group() and first <= 12 < second
        if len(numbers[2]) == 2 and (day_first or is_american):
            third += 2000 if third < _CENTURY else 1900
        if found["dotted"]:
            day, month, year = first, second, third
        elif not found["slashed"]:
            year, month, day = first, second, third
        elif first <= 12 and second <= 12 and first != second and not day_first:
            return None
        else:
            day, month, year = (first, second, third) if second <= 12 else (second, first, third)
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _time_of_day(text: str) -> str:
    """Return `Thh:mm:ss` and the zone that stand behind a day, or nothing without a zone."""
    clock, zone = _CLOCK.search(text), _ZONE.search(text)
    if clock is None or zone is None or zone.start() < clock.end() - 1:
        return ""
    hour = int(clock["h"])
    if clock["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if clock["half"].casefold().startswith("p") else 0)
    offset = zone["bare"] or zone["offset"] or ""
    if offset:
        digits = offset[1:].replace(":", "")
        digits = digits.zfill(2) + "00" if len(digits) <= 2 else digits.zfill(4)
        if int(digits[:2]) > 14 or int(digits[2:]) > 59:
            return ""
        offset = "" if digits == "0000" else f"{offset[0]}{digits[:2]}:{digits[2:]}"
    return f"T{hour:02d}:{clock['m']}:{clock['s'] or '00'}{offset or 'Z'}"
