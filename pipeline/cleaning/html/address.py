"""What the form of a page's address tells of its kind: words of the path, never a site's name."""

from __future__ import annotations

import re
from math import nan
from typing import Final
from urllib.parse import urlsplit

_GROUPS: Final = {
    "writing": """article articles blog blogs essay essays guide guides insights journal magazine
        news opinion post posts press stories story weblog""",
    "documentation": """api book developer developers doc docs documentation help kb learn manual
        reference support tutorial tutorials wiki""",
    "forum": """board comments community discussion discussions forum forums question questions
        showthread thread threads topic topics viewtopic""",
    "shop": """buy cart catalog catalogue categories category collection collections deals item
        items marketplace product products shop store""",
    "service": """about capabilities career careers cases company contact course courses features
        industries locations platform portfolio pricing program programs service services solution
        solutions team testimonials use what""",
    "list": "archive archives author category directory index list page search section tag tags",
}
"""Words of addresses by what stands behind them, as content management systems and people who name
folders use them."""

_WORDS: Final = {name: frozenset(words.split()) for name, words in _GROUPS.items()}
_WORD: Final = re.compile(r"[a-z]+")
_DATE: Final = re.compile(r"/(19|20)\d\d[/-]\d{1,2}\b")
_NAMING_WORDS: Final = 2
"""Words of the last part that are a name of a kind; more are a title."""

ADDRESS_NAMES: Final = (
    "url_parts", "url_words", "url_digits", "url_date", "url_root", "url_query", "url_last_words",
    *(f"url_in_{name}" for name in _WORDS),
    *(f"url_is_{name}" for name in _WORDS),
)  # fmt: skip
"""Columns of `address_features`."""


def address_features(url: str | None) -> tuple[float, ...]:
    """Return the figures of an address's form (see `ADDRESS_NAMES`); all NaN where it is not known.

    Of the host only the names before a site's own count, such as `docs` or `blog`.
    """
    try:
        address = urlsplit(url or "")
        host = address.hostname or ""
    except ValueError:
        host = ""
    if not host:
        return (nan,) * len(ADDRESS_NAMES)
    path = address.path.lower()
    parts = [part for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    around = {word for part in parts[:-1] for word in _WORD.findall(part)}
    around.update(_WORD.findall(" ".join(host.split(".")[:-2])))
    named = _WORD.findall(last)
    is_name = len(named) <= _NAMING_WORDS
    return (
        float(min(len(parts), 10)),
        float(min(sum(map(str.isalpha, re.split(r"[-_.]", last))), 20)),
        float(min(sum(map(str.isdigit, last)), 12)),
        float(bool(_DATE.search(path))),
        float(not parts),
        float(bool(address.query)),
        float(min(len(named), 20)),
        *(float(not around.isdisjoint(words)) for words in _WORDS.values()),
        *(float(is_name and not words.isdisjoint(named)) for words in _WORDS.values()),
    )
