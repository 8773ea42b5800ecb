"""Numbers that tell a page that holds an article from listings, products, forums and forms."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import numpy as np

from pipeline.cleaning.html.address import ADDRESS_NAMES, address_features
from pipeline.cleaning.html.class_words import NAMES as MEANINGS
from pipeline.cleaning.html.elements import INLINE_BIT, WITHIN_BIT
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
_COUNTED: Final = "author date comment button product".split()
_OPENERS: Final = frozenset("best guide how is the top what when why".split())
_LONG: Final = 15
"""Words of a block that is more than a line."""
_LINK: Final = 0.8
_MEANT: Final = "comment related author date product table form tags paging login faq".split()

KIND_NAMES: Final = (
    *(f"type_{name}" for name in _KINDS),
    "types", "published", "modified", "authors", "section", "keywords", "article_body", "pictures",
    *ADDRESS_NAMES,
    "title_words", "title_question", "title_colon", "title_digit", "title_opener",
    "title_capitals", "title_bar",
    "blocks", "words", "linked", "prose", "kept_blocks", "kept_words", "kept_share", "kept_prose",
    "kept_linked", "kept_mean", "kept_least", "kept_spread", "kept_gaps", "kept_lists",
    "kept_headings", "kept_longest", "kept_tables", "headings", "h1", "articles", "forms", "unsure",
    *(f"page_{name}" for name in _WORDS),
    *(f"kept_{name}" for name in _WORDS),
    *(f"near_{name}" for name in _MEANT),
    "linked_headings", "links", "times", "kept_heading_count", "kept_code", "kept_listings",
    "kept_money", "kept_questions", "kept_cries", "money", "kept_together", "kept_parents",
    *(f"count_{name}" for name in _COUNTED),
    "kept_median", "kept_long", "kept_heading_words", "within_nav", "kept_within_article",
    "kept_within_main",
)  # fmt: skip
"""Columns of `kind_features`."""

_KEPT_SHARE: Final = KIND_NAMES.index("kept_share")
_KEPT_PROSE: Final = KIND_NAMES.index("kept_prose")
_ADDRESS: Final = KIND_NAMES.index(ADDRESS_NAMES[0])
_MOSTLY_KEPT: Final = 0.7
_MOSTLY_PROSE: Final = 0.75


def kind_features(
    page: HtmlPage, text: PageFeatures, facts: PageFacts, url: str | None, keep: Floats, kept: Mask
) -> Floats:
    """Return float32[len(KIND_NAMES)] for a page of n blocks (at least one).

    `keep` float32[n] is how likely each block is text, `kept` bool[n] which are chosen. Figures of
    an address that is not known are NaN.
    """
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
    address = address_features(url or (facts.canonical_url.value if facts.canonical_url else None))
    return np.array(
        [
            *(sum(bool(kind.search(name)) for name in facts.types) > 0 for kind in _KINDS.values()),
            len(facts.types), facts.date_published is not None, facts.date_modified is not None,
            facts.authors is not None, facts.section is not None, facts.keywords is not None,
            facts.article_body is not None, len(facts.images.value) if facts.images else 0,
            *address, *_title(page, facts),
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
            *_build(page, units, linked, kept),
        ],
        np.float32,
    )  # fmt: skip


def is_running_text(kind: Floats) -> bool:
    """Whether most words of a page (see `kind_features`) without address are kept, in sentences.

    Such a page is no listing, shop or forum, whatever else it lacks of what articles have: the
    model learned from pages of the web with their addresses, and distrusts a plain one.
    """
    share, prose = kind[_KEPT_SHARE], kind[_KEPT_PROSE]
    return bool(np.isnan(kind[_ADDRESS]) and share >= _MOSTLY_KEPT and prose >= _MOSTLY_PROSE)


def _title(page: HtmlPage, facts: PageFacts) -> tuple[float, ...]:
    """Return the form of the article's title."""
    title = facts.title.value if facts.title else ""
    words = title.split()
    return (
        min(len(words), 30),
        title.endswith("?"),
        ":" in title,
        any(map(str.isdigit, title)),
        bool(words) and words[0].lower() in _OPENERS,
        sum(word[0].isupper() for word in words) / max(len(words), 1),
        "|" in page.title,
    )


def _build(page: HtmlPage, units: Floats, linked: Floats, kept: Mask) -> tuple[float, ...]:
    """Return how the page is built around what is kept; `linked` float32[n] counts linked words."""
    places, n = page.places, len(page.places)
    are_links = linked / np.maximum(units, 1) > _LINK
    heads = np.array([place.heading > 0 for place in places])
    marks = np.array([place.marks for place in places], np.int64)
    within = np.array([place.within for place in places], np.int64)
    near = np.array([place.near for place in places], np.uint64)
    chosen = kept.nonzero()[0].tolist()
    words = max(float(units[kept].sum()), 1.0)
    text = " ".join(page.page.blocks[number].text for number in chosen)
    by_parent: Counter[int] = Counter()
    for number in chosen:
        by_parent[places[number].parent] += 1
    core = max(by_parent, key=lambda parent: by_parent[parent], default=-1)
    together = sum(float(units[number]) for number in chosen if places[number].parent == core)
    counted = (np.uint64(1 << MEANINGS.index(name)) for name in _COUNTED)
    return (
        np.log1p((heads & are_links).sum()),
        are_links.sum() / n,
        np.log1p(((marks & INLINE_BIT["time"]) > 0).sum()),
        np.log1p((heads & kept).sum()),
        _share(marks[kept], INLINE_BIT["code"]),
        _share(within[kept], WITHIN_BIT["pre"]),
        np.log1p(sum(map(text.count, "$€£"))),
        100 * text.count("?") / words,
        100 * text.count("!") / words,
        np.log1p(sum(map(page.page.text.count, "$€£"))),
        together / words,
        np.log1p(len(by_parent)),
        *(np.log1p(((near & bit) > 0).sum()) for bit in counted),
        float(np.median(units[kept])) if chosen else 0.0,
        float(units[kept & (units >= _LONG)].sum()) / words,
        float(units[kept & heads].sum()) / words,
        _share(within, WITHIN_BIT["nav"]),
        _share(within[kept], WITHIN_BIT["article"]),
        _share(within[kept], WITHIN_BIT["main"]),
    )


def _share(bits: object, mask: int) -> float:
    values = np.asarray(bits)
    return float(((values & values.dtype.type(mask)) != 0).mean()) if len(values) else 0.0
