"""Names of the months, in the languages that news pages are mostly written in."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    # English, German, Dutch, Swedish, Danish, Norwegian
    "january jan januar jänner januari",
    "february feb februar feber februari febr",
    "march mar märz maerz mär mrz maart mrt mars marts",
    "april apr",
    "may mai mei maj",
    "june jun juni",
    "july jul juli",
    "august aug augustus augusti",
    "september sep sept",
    "october oct oktober okt",
    "november nov",
    "december dec dezember dez desember des",
    # French, Spanish, Portuguese, Italian, Catalan, Romanian
    "janvier janv enero ene janeiro gennaio gen gener ianuarie ian",
    "février févr fév fevrier febrero fevereiro fev febbraio febrer februarie",
    "mars marzo março marco març martie",
    "avril avr abril abr aprile aprilie",
    "mai mayo maio maggio mag maig",
    "juin junio junho giugno giu juny iunie iun",
    "juillet juil julio julho luglio lug juliol iulie iul",
    "août aout agosto ago agost",
    "septembre septiembre setiembre setembro set settembre sett setembre septembrie",
    "octobre octubre outubro out ottobre ott octombrie",
    "novembre noviembre novembro noiembrie noi",
    "décembre déc diciembre dic dezembro dicembre desembre decembrie",
    # Polish, Czech, Finnish, Hungarian
    "styczeń stycznia sty leden ledna tammikuuta január",
    "luty lutego lut únor února helmikuuta február",
    "marzec marca březen března maaliskuuta március márc",
    "kwiecień kwietnia kwi duben dubna huhtikuuta április ápr",
    "maja květen května toukokuuta május máj",
    "czerwiec czerwca cze červen června kesäkuuta június jún",
    "lipiec lipca lip červenec července heinäkuuta július júl",
    "sierpień sierpnia sie srpen srpna elokuuta augusztus",
    "wrzesień września wrz září syyskuuta szeptember szept",
    "październik października paź říjen října lokakuuta október",
    "listopad listopada lis marraskuuta",
    "grudzień grudnia gru prosinec prosince joulukuuta",
    # Turkish, Indonesian, Greek
    "ocak oca ιανουαρίου ιαν",
    "şubat şub februari φεβρουαρίου φεβ",
    "mart maret μαρτίου μαρ",
    "nisan nis απριλίου απρ",
    "mayıs mayis μαΐου μαΐ",
    "haziran haz ιουνίου ιουν",
    "temmuz tem ιουλίου ιουλ",
    "ağustos agustos ağu αυγούστου αυγ",
    "eylül eyl σεπτεμβρίου σεπ σεπτ",
    "ekim eki οκτωβρίου οκτ",
    "kasım kas νοεμβρίου νοε",
    "aralık ara δεκεμβρίου δεκ",
    # Russian, Ukrainian, Bulgarian
    "январь января янв січень січня січ януари",
    "февраль февраля фев февр лютий лютого лют февруари",
    "март марта мар березень березня бер",
    "апрель апреля апр квітень квітня квіт април",
    "май мая травень травня трав",
    "июнь июня июн червень червня черв юни",
    "июль июля июл липень липня лип юли",
    "август августа авг серпень серпня серп",
    "сентябрь сентября сен сент вересень вересня вер септември",
    "октябрь октября окт жовтень жовтня жовт октомври",
    "ноябрь ноября ноя нояб листопада ноември",
    "декабрь декабря дек грудень грудня груд декември",
    # Arabic, as in Egypt and the Levant, and Hindi
    "يناير جانفي जनवरी",
    "فبراير فيفري شباط फरवरी फ़रवरी",
    "مارس آذار मार्च",
    "أبريل أفريل ابريل إبريل نيسان अप्रैल",
    "مايو ماي أيار मई",
    "يونيو جوان يونيه حزيران जून",
    "يوليو جويلية يوليه تموز जुलाई",
    "أغسطس أوت اغسطس آب अगस्त",
    "سبتمبر أيلول सितंबर सितम्बर",
    "أكتوبر اكتوبر अक्टूबर अक्तूबर",
    "نوفمبر नवंबर नवम्बर",
    "ديسمبر दिसंबर दिसम्बर",
)
"""Twelve lines for each group of languages, January first. Croatian is left out: its `listopad` is
October, the Polish and Czech one November."""

MONTHS: Final[dict[str, int]] = {
    name: line % 12 + 1 for line, names in enumerate(_NAMES) for name in names.lower().split()
}
"""The number of a month by its lower-case name or usual abbreviation, without a full stop."""
