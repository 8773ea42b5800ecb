"""Numbers that tell a page that holds an article from listings, products, forums and forms."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

import numpy as np

from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.model.arrays import Floats, Mask
from pipeline.cleaning.model.page_features import NAMES as TEXT_NAMES
from pipeline.cleaning.model.page_features import PageFeatures

_KINDS: Final = {
    "news": re.compile(r"NewsArticle|ReportageNews|AnalysisNews|OpinionNews|LiveBlog"),
    "article": re.compile(r"Article$|og:article"),
    "blog": re.compile(r"Blog|og:blog"),
    "product": re.compile(r"Product|Offer|og:product|Store$"),
    "forum": re.compile(r"Discussion|QAPage|Question$|Answer$|Comment$"),
    "list": re.compile(r"ItemList|CollectionPage|SearchResults"),
    "service": re.compile(r"Service|LocalBusiness|Place$|ContactPage|AboutPage|FAQPage"),
    "event": re.compile(r"Event$|JobPosting|Course|SoftwareApplication|Recipe|VideoObject"),
    "website": re.compile(r"og:website"),
    "technical": re.compile(r"TechArticle|HowTo|APIReference"),
}
_WORDS: Final = (
    "month published by author bio photo share comment read_more related advert legal navigation "
    "contact commerce you we first said question rating event note year number"
).split()
_WORD_COLUMNS: Final = [TEXT_NAMES.index(f"has_{name}") for name in _WORDS]
_MEANT: Final = "comment related author date product table form tags paging login faq".split()

KIND_NAMES: Final = (
    *(f"type_{name}" for name in _KINDS),
    "types", "published", "modified", "authors", "section", "keywords", "article_body", "pictures",
    "url", "url_parts", "url_words", "url_digits", "url_date",
    "blocks", "words", "linked", "prose", "kept_blocks", "kept_words", "kept_share", "kept_prose",
    "kept_linked", "kept_mean", "kept_least", "kept_spread", "kept_gaps", "kept_lists",
    "kept_headings", "kept_longest", "kept_tables", "headings", "h1", "articles", "forms", "unsure",
    *(f"page_{name}" for name in _WORDS),
    *(f"kept_{name}" for name in _WORDS),
    *(f"near_{name}" for name in _MEANT),
)  # fmt: skip
"""Columns of `kind_features`."""

_KEPT_SHARE: Final = KIND_NAMES.index("kept_share")
_KEPT_PROSE: Final = KIND_NAMES.index("kept_prose")
_MOSTLY_KEPT: Final = 0.7
_MOSTLY_PROSE: Final = 0.75
_DATE: Final = re.compile(r"/(19|20)\d\d[/-]\d{1,2}\b")


def kind_features(
    page: HtmlPage, text: PageFeatures, facts: PageFacts, url: str | None, keep: Floats, kept: Mask
) -> Floats:
    """Return float32[len(KIND_NAMES)] for a page of n blocks (at least one).

    `keep` float32[n] is how likely each block is text, `kept` bool[n] which are chosen.
    """
    from pipeline.cleaning.html.class_words import NAMES as MEANINGS
    from pipeline.cleaning.html.elements import WITHIN_BIT

    units, places = text.units, page.places
    words = max(float(units.sum()), 1.0)
    prose = text.dense[:, TEXT_NAMES.index("prose")] > 0
    lengths = np.array([len(block.text) for block in page.page.blocks], np.float32)
    linked = units * np.array([place.linked for place in places], np.float32) / lengths
    heads = np.array([place.heading for place in places])
    within = np.array([place.within for place in places], np.int64)
    near = np.array([place.near for place in places], np.uint64)
    kept_words = max(float(units[kept].sum()), 1.0)
    chosen = kept.nonzero()[0]
    spread = int(chosen[-1] - chosen[0]) + 1 if len(chosen) else 1
    count = max(len(chosen), 1)
    address = _address(url or (facts.canonical_url.value if facts.canonical_url else None))
    return np.array(
        [
            *(sum(bool(kind.search(name)) for name in facts.types) > 0 for kind in _KINDS.values()),
            len(facts.types), facts.date_published is not None, facts.date_modified is not None,
            facts.authors is not None, facts.section is not None, facts.keywords is not None,
            facts.article_body is not None, len(facts.images.value) if facts.images else 0,
            *address,
            np.log1p(len(units)), np.log1p(words), linked.sum() / words, units[prose].sum() / words,
            np.log1p(len(chosen)), np.log1p(kept_words), kept_words / words,
            units[kept & prose].sum() / kept_words, linked[kept].sum() / kept_words,
            float((keep * units)[kept].sum()) / kept_words, float(keep[kept].min(initial=1.0)),
            np.log1p(spread), len(chosen) / spread, _share(within[kept], WITHIN_BIT["li"]),
            (heads[kept] > 0).sum() / count, np.log1p(float(units[kept].max(initial=0))),
            _share(within[kept], WITHIN_BIT["table"]), np.log1p((heads > 0).sum()),
            min((heads == 1).sum(), 5), len({p.number for p in places if p.tag == "article"}),
            _share(within, WITHIN_BIT["form"]),
            float((units * keep * (1 - keep)).sum()) / kept_words,
            *(text.dense[:, _WORD_COLUMNS].sum(axis=0) / len(units)),
            *(text.dense[kept][:, _WORD_COLUMNS].sum(axis=0) / count),
            *(_share(near, 1 << MEANINGS.index(name)) for name in _MEANT),
        ],
        np.float32,
    )  # fmt: skip


def is_running_text(kind: Floats) -> bool:
    """Whether most words of a page (see `kind_features`) are kept, in sentences.

    Such a page is no listing, shop or forum, whatever else it lacks of what articles have: the
    trees learned from pages of the web as it is, and distrust a plain one. Of 132 pages that are no
    article 15 are like that, of 755 articles 354.
    """
    share, prose = kind[_KEPT_SHARE], kind[_KEPT_PROSE]
    return bool(share >= _MOSTLY_KEPT and prose >= _MOSTLY_PROSE)


def _share(bits: object, mask: int) -> float:
    values = np.asarray(bits)
    return float(((values & values.dtype.type(mask)) != 0).mean()) if len(values) else 0.0


def _address(url: str | None) -> tuple[float, ...]:
    """Return figures of an address's form: known, parts, words of the last, digits, a date."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        path = ""
    parts = [part for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    words = len([word for word in re.split(r"[-_.]", last) if word.isalpha()])
    digits = sum(map(str.isdigit, last))
    return (
        float(bool(url)),
        float(min(len(parts), 10)),
        float(min(words, 20)),
        float(min(digits, 12)),
        float(bool(_DATE.search(path))),
    )
