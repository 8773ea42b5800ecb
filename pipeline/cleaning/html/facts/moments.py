"""When the page says it was published and changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from lxml import etree

from pipeline.cleaning.dates import iso_date
from pipeline.cleaning.html.facts.gather import Gathered, inner_text
from pipeline.cleaning.html.facts.json_ld import Node
from pipeline.cleaning.html.facts.values import Fact, tidy_text

_LONGEST: Final = 80
_YEARS: Final = range(1800, 2101)
"""Years that are believed. Archives of papers go back so far; machines default to 0001 and 1970."""

_DEFAULTS: Final = frozenset(("1969-12-31", "1970-01-01", "1900-01-01", "1999-11-30", "1901-01-01"))
"""Days that stand for no day at all."""

_MOMENT: Final = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})(?:[T ]+|\s*-\s*)(?P<hour>\d{2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2})(?:[.,:]\d{1,9})?)?\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?(?![\d:])",
    re.I,
)
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?")
_EPOCH: Final = re.compile(r"\d{10}|\d{13}")
_CTIME: Final = re.compile(
    r"[A-Z][a-z]{2},? (?P<month>[A-Z][a-z]{2}) (?P<day>\d{1,2}) (?P<clock>\d{2}:\d{2}:\d{2}) "
    r"(?:(?P<zone>GMT|UTC|[+-]\d{4})|[A-Z]{2,5}) (?P<year>\d{4})"
)
_MAILED: Final = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2})[a-z]* (?P<year>\d{4}) "
    r"(?P<clock>\d{2}:\d{2}(?::\d{2})?)(?: (?:(?P<zone>GMT|UTC|[+-]\d{4})|[A-Z]{2,5}))?"
)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1
    )
}
_IN_URL: Final = re.compile(
    r"/(?P<y1>(?:19|20)\d{2})[/-](?P<m1>\d{1,2})[/-](?P<d1>\d{1,2})(?=[/_-]|$)"
    r"|[/_-](?P<y2>20\d{2})-?(?P<m2>[01]\d)-?(?P<d2>[0-3]\d)(?=[/_.-]|\d{4,6}(?!\d)|$)"
)

_ARCHIVED: Final = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]*/")
"""Where the Wayback Machine keeps a page, and since when."""

_PUBLISHED: Final = (
    "article:published_time article:published article:published:time article:publish_time "
    "og:published_time og:publish_date datepublished date.published publish_date publish-date "
    "pubdate publishdate published_at publication_date publication-date article.published "
    "parsely-pub-date sailthru.date cxenseparse:publishtime cxenseparse:recs:publishtime "
    "bt:pubdate dcterms.created dc.date.issued dcterms.issued dcterms.date dc.date "
    "citation_publication_date citation_date prism.publicationdate release_date date "
    "article_date_original originalpublicationdate rnews:datepublished uploaddate"
).split()
_MODIFIED: Final = (
    "article:modified_time article:modified article:modified:time og:updated_time datemodified "
    "dcterms.modified dc.date.modified last-modified lastmod article.updated article:updated_time "
    "revision_date updated_at modified_at"
).split()
_MARKED: Final = etree.XPath(
    "//*[(@itemprop='datePublished'"
    " or contains(' dc:date dc:created datePublished schema:datePublished schema:dateCreated ',"
    " concat(' ', @property, ' '))"
    " or (self::abbr and (@class='published' or (starts-with(@title, '20')"
    " and substring(@title, 11, 1)='T'))))"
    " and not(self::meta or self::time)]"
)
"""What schema.org, RDFa and hAtom mark as the day of publication, and an abbreviated moment."""

_MOST_MARKED: Final = 20
_ASIDE: Final = frozenset(("aside", "footer", "nav", "li", "table", "figure"))
_CREATED: Final = "datecreated article.created article:created_time dc.date.created".split()


def published(
    tree: Any, gathered: Gathered, own: Sequence[Node], page: Node | None, url: str | None
) -> Fact[str] | None:
    """Return when the article was published, in ISO 8601 with the zone where the page gives it.

    A day alone gives way to another value that has the same day and a time.
    """
    found = [Fact(m, f.origin) for f in _given(gathered, own, page) if (m := moment(f.value))]
    if not found:
        times = gathered.times
        marked = next(_times(times), None) or next(_marked(tree), None)
        return marked or in_url(url) or _first_time(times)
    best = found[0]
    if len(best.value) == _DAY:
        return next((f for f in found if f.value.startswith(f"{best.value}T")), best)
    return best


def modified(
    gathered: Gathered, own: Sequence[Node], page: Node | None, since: str | None
) -> Fact[str] | None:
    """Return when the article was last changed, unless that is before `since`, its publication."""
    facts = [
        *_of_nodes(own, "dateModified"),
        *gathered_facts(gathered, _MODIFIED),
        *(_of_nodes((page,), "dateModified") if page else ()),
    ]
    for fact in facts:
        changed = moment(fact.value)
        if changed is not None and not is_before(changed, since):
            return Fact(changed, fact.origin)
    return None


def _given(gathered: Gathered, own: Sequence[Node], page: Node | None) -> Iterator[Fact[str]]:
    yield from _of_nodes(own, "datePublished")
    yield from gathered_facts(gathered, _PUBLISHED)
    if page:
        yield from _of_nodes((page,), "datePublished")
    yield from _of_nodes(own, "uploadDate")
    yield from _of_nodes(own, "dateCreated")
    yield from gathered_facts(gathered, _CREATED)


def gathered_facts(gathered: Gathered, names: Sequence[str]) -> Iterator[Fact[str]]:
    """Yield the values of meta elements of these names, those with `itemprop` last."""
    yield from (Fact(value, origin) for value, origin in gathered.all(*names))
    for name in names:
        for value in gathered.itemprops.get(name, ()):
            yield Fact(value, f"itemprop:{name}")


def _of_nodes(nodes: Iterable[Node], key: str) -> Iterator[Fact[str]]:
    for node in nodes:
        values = node.get(key)
        for value in values if isinstance(values, list) else [values]:
            text = tidy_text(value, _LONGEST)
            if text is not None:
                yield Fact(text, f"json-ld:{key}")


def _times(elements: Sequence[Any]) -> Iterator[Fact[str]]:
    """Yield the moments of the `time` elements that are marked as the publication's."""
    for element in elements:
        if (
            element.get("pubdate") is not None
            or "datepublished" in (element.get("itemprop") or "").lower()
            or "published" in (element.get("class") or "").lower()
        ):
            yield from _of_time(element)


def _marked(tree: Any) -> Iterator[Fact[str]]:
    """Yield the moments of other elements that are marked so."""
    for element in _MARKED(tree)[:_MOST_MARKED]:
        if _is_aside(element):
            continue
        given = element.get("content") or element.get("title")
        found = moment(tidy_text(given or inner_text(element), _LONGEST) or "")
        if found is not None:
            yield Fact(found, f"{element.tag}[datePublished]")


def _is_aside(element: Any) -> bool:
    """Whether an element stands in a list, a table, a side column, a figure or a footer."""
    return any(ancestor.tag in _ASIDE for ancestor in element.iterancestors())


def _of_time(element: Any) -> Iterator[Fact[str]]:
    value = element.get("datetime")
    found = moment(tidy_text(value or inner_text(element), _LONGEST) or "")
    if found is not None:
        yield Fact(found, "time[datetime]" if value else "time")


def _first_time(elements: Sequence[Any]) -> Fact[str] | None:
    """Return the first moment of the page that stands in no list, table, side column or footer."""
    for element in elements:
        if not _is_aside(element):
            return next(_of_time(element), None)
    return None


def in_url(url: str | None) -> Fact[str] | None:
    """Return the day that an address holds: `/2024/05/06/`, `-20240506`."""
    for found in _IN_URL.finditer(_ARCHIVED.sub("", (url or "")[:2_000])):
        year, month, day = (found[f"{part}1"] or found[f"{part}2"] for part in "ymd")
        iso = _believed(f"{year}-{int(month):02d}-{int(day):02d}")
        if iso is not None:
            return Fact(iso, "url")
    return None


def moment(text: str) -> str | None:
    """Return a date as pages write it in ISO 8601, or None.

    ISO 8601 with its liberties, seconds or milliseconds since 1970, `20240506`, the forms of mail
    and of C, and whatever `iso_date` reads. A time of day stays without zone where none is given;
    the letters of a zone are understood only for UTC.
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return None
    if (found := _MOMENT.match(text)) is not None:
        clock = f"{found['hour']}:{found['minute']}:{found['second'] or '00'}"
        return _believed(found["day"], clock, found["zone"])
    if _EPOCH.fullmatch(text):
        seconds = int(text) // (1000 if len(text) == 13 else 1)
        when = datetime.fromtimestamp(seconds, UTC)
        return _believed(when.date().isoformat(), when.time().isoformat(), "Z")
    if (found := _COMPACT.fullmatch(text)) is not None:
        return _believed(f"{found['year']}-{found['month']}-{found['day']}")
    found = _CTIME.match(text) or _MAILED.match(text)
    if found is not None and found["month"] in _MONTHS:
        day = f"{found['year']}-{_MONTHS[found['month']]:02d}-{int(found['day']):02d}"
        clock = found["clock"] if found["clock"].count(":") == 2 else found["clock"] + ":00"
        return _believed(day, clock if found["zone"] else None, found["zone"])
    found_in_text = iso_date(text)
    if found_in_text is None or int(found_in_text[:4]) not in _YEARS:
        return None
    return None if found_in_text[:_DAY] in _DEFAULTS else found_in_text


_DAY: Final = 10
"""Characters of a day without a time."""


def _believed(day: str, clock: str | None = None, zone: str | None = None) -> str | None:
    """Return day, time and zone in ISO 8601 where they exist, the day alone where the time cannot.

    Midnight with no zone is a day.
    """
    try:
        when = datetime.fromisoformat(day)
    except ValueError:
        return None
    if when.year not in _YEARS or day in _DEFAULTS:
        return None
    offset = _offset(zone)
    if clock is None or (zone is None and clock == "00:00:00"):
        return day
    try:
        datetime.fromisoformat(f"{day}T{clock}{offset}")
    except ValueError:
        return day
    return f"{day}T{clock}{offset}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "Z"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    if digits == "0000":
        return "Z"
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def is_before(one: str, other: str | None) -> bool:
    """Whether a date is certainly before another; days and times without a zone may be near it."""
    if other is None:
        return False
    try:
        first, second = datetime.fromisoformat(one), datetime.fromisoformat(other)
    except ValueError:
        return False
    exact = first.tzinfo is not None and second.tzinfo is not None
    first, second = (d if d.tzinfo else d.replace(tzinfo=UTC) for d in (first, second))
    return first < second - (timedelta(0) if exact else timedelta(days=1))
