"""Who wrote the page's article: structured data first, then the page's own byline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from lxml import etree

from pipeline.cleaning.byline import parse_byline
from pipeline.cleaning.html.facts.gather import Gathered, inner_text
from pipeline.cleaning.html.facts.json_ld import Descriptions, Node
from pipeline.cleaning.html.facts.people import (
    Names,
    is_nobody,
    is_organisation,
    names_in,
    strip_mark,
)
from pipeline.cleaning.html.facts.site import Site
from pipeline.cleaning.html.facts.values import MOST_VALUES, Fact, tidy_text

_META: Final = (
    "citation_author citation_authors article:author article:author_name og:author parsely-author "
    "sailthru.author author dc.creator dc.creator.personalname dcterms.creator byl byline "
    "cxenseparse:author rnews:creator authors news:author twitter:creator:name dable:author "
    "vr:author bt:author article.author content_author mrf:authors cse_author "
    "shareaholic:article_author_name"
).split()
_META_OF_FIRMS: Final = ("article:author", "author", "parsely-author")
_SURNAME_FIRST: Final = frozenset(
    ("citation_author", "dc.creator", "dc.creator.personalname", "dcterms.creator")
)
_LONGEST: Final = 300
_LONGEST_BYLINE: Final = 160
_MOST_ELEMENTS: Final = 60
_MOST_PIECES: Final = 40
_MOST_LEVELS: Final = 14
_MOST_WORDS: Final = 8
"""Words of the longest line that is a byline without saying so."""


_PEN_NAME: Final = re.compile(
    r"(?P<by>(?:by|von|par|por|av|door)\s+)?(?P<name>[^\W\d_][\w.-]{1,28}[^\W_])", re.I
)
"""One word that can be who wrote a blog: `Daniel`, `by gizzmo`."""
_INTERVIEW: Final = re.compile(r"(?:interview|text|reportage|protokoll|essay)\s*:\s*", re.I)
_PEN_WORDS: Final = 3
"""Words of the longest element whose one word is who wrote; in others it is one of many things."""
_VCARD: Final = frozenset(("vcard", "fn", "p-author"))
"""Class names of microformats: `author vcard`, `url fn n`, `p-author h-card`."""

_WRITTEN_BY: Final = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door|"
    r"napisane przez|skriven av|skrevet av|автор|yazan",
    re.I,
)

_CLASSES: Final = etree.XPath("descendant::*/@class", smart_strings=False)
_RELATIONS: Final = etree.XPath("descendant::*/@rel", smart_strings=False)
_PROPERTIES: Final = etree.XPath("descendant::*/@itemprop", smart_strings=False)
_MARKED: Final = ("author", "byline", "autor", "writer", "reporter", "verfasser")
_NOT_A_BYLINE: Final = re.compile(
    r"comment|avatar|image|img|photo|caption|quote|count|date|time\b|role|position|descr|social|"
    r"follow|share|logo|credit|authori[tz]|underwriter|copywriter|typewriter|job|more|other|edit",
    re.I,
)
_ELSEWHERE_WORDS: Final = re.compile(
    r"comment|teaser|related|recommend|sidebar|popular|most-|newsletter|footer|carousel|promo|"
    r"swiper|slider|archive|reply|navigation|figure|gallery|testimonial|blockquote|caption|image",
    re.I,
)
_BIOGRAPHY: Final = re.compile(r"\bbio|biograph|about|box|card|profile|info", re.I)
_ELSEWHERE: Final = frozenset(("aside", "footer", "nav", "figure", "figcaption", "form", "head"))
_NO_LINES: Final = frozenset(
    "script style body html meta link svg img input article main h1 path button".split()
)


def authors(
    gathered: Gathered, own: Sequence[Node], page: Node | None, found: Descriptions, site: Site
) -> tuple[Fact[tuple[str, ...]] | None, Fact[tuple[str, ...]] | None]:
    """Return the persons and the news agencies that JSON-LD or meta elements name as authors.

    The description that names most persons is taken, in its order; the names of meta elements
    count only where JSON-LD names no person.
    """
    agencies: Fact[tuple[str, ...]] | None = None
    best: Fact[tuple[str, ...]] | None = None
    for origin, values in _of_json_ld(own, page, found):
        names = _merged(values, site)
        if names.agencies and agencies is None:
            agencies = Fact(names.agencies, origin)
        if names.persons and (best is None or len(names.persons) > len(best.value)):
            best = Fact(names.persons, origin)
    if best is not None:
        return best, agencies
    for name in (*_META, *_cards(gathered)):
        if name not in gathered.meta:
            continue
        values = gathered.meta[name]
        names = _merged(values, site, surname_first=name in _SURNAME_FIRST)
        if names.agencies and agencies is None:
            agencies = Fact(names.agencies, f"meta:{name}")
        if names.persons:
            return Fact(names.persons, f"meta:{name}"), agencies
    return None, agencies


def _cards(gathered: Gathered) -> Iterator[str]:
    """Yield the names of the values that cards for the authors are labelled with: `Written by`."""
    for number in "12":
        labels = gathered.meta.get(f"twitter:label{number}", ())
        if any(_WRITTEN_BY.fullmatch(label) for label in labels):
            yield f"twitter:data{number}"


def organisations(
    gathered: Gathered, own: Sequence[Node], page: Node | None, found: Descriptions
) -> Fact[tuple[str, ...]] | None:
    """Return what is named as the author and is neither a person nor a desk: a paper, a firm.

    For pages on which nobody is named. An address, a handle or an office ("Staff") is nothing.
    """
    for origin, values in _of_json_ld(own, page, found):
        names = tuple(dict.fromkeys(v for v in values if is_organisation(v)))
        if names:
            return Fact(names[:MOST_VALUES], origin)
    for name in _META_OF_FIRMS:
        firms = [value.split(",")[0] for value in gathered.meta.get(name, [])]
        names = tuple(firm for firm in firms if is_organisation(firm))
        if names:
            return Fact(names[:1], f"meta:{name}")
    return None


def _merged(values: Sequence[str], site: Site, *, surname_first: bool = False) -> Names:
    persons: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for value in values[:MOST_VALUES]:
        names = names_in(value, site, surname_first=surname_first)
        for name in names.persons:
            persons.setdefault(name.casefold(), name)
        for name in names.agencies:
            agencies.setdefault(name.casefold(), name)
    return Names(tuple(persons.values())[:MOST_VALUES], tuple(agencies.values())[:MOST_VALUES])


def _of_json_ld(
    own: Sequence[Node], page: Node | None, found: Descriptions
) -> Iterator[tuple[str, list[str]]]:
    for node in (*own, *([page] if page else [])):
        for key in ("author", "creator"):
            values = node.get(key)
            names = [
                name
                for value in (values if isinstance(values, list) else [values])[:MOST_VALUES]
                for name in _names_of(found.resolve(value))
            ]
            if names:
                yield f"json-ld:{key}", names
                break


def _names_of(author: object) -> Iterator[str]:
    if isinstance(author, dict):
        names = author.get("name")
        for name in names[:MOST_VALUES] if isinstance(names, list) else [names]:
            text = tidy_text(name, _LONGEST)
            if text is not None:
                yield text
    else:
        text = tidy_text(author, _LONGEST)
        if text is not None:
            yield text


def byline(tree: Any, site: Site, *, with_boxes: bool = True) -> Fact[tuple[str, ...]] | None:
    """Return the persons that the page's byline names: marked as an author, nearest to the heading.

    Comments, teasers, captions and side columns are passed over; a box about the author is looked
    at where there is no byline, unless `with_boxes` says that it is not worth much.
    """
    near = _nearest(tree)
    boxes = {element for element in near if _is_biography(element)}
    for element in (*(e for e in near if e not in boxes), *(e for e in near if e in boxes)):
        if element in boxes and not with_boxes:
            break
        persons = _persons(element, site)
        if persons:
            group = [name for beside in _alike(element) for name in _persons(beside, site)]
            return Fact(tuple(dict.fromkeys((*persons, *group))), f"byline:{_mark(element)}")
    return None


def signed_by_site(tree: Any, site: Site) -> Fact[tuple[str, ...]] | None:
    """Return the site's own name where a sure mark gives it as the author, as blogs do.

    For pages that name nobody else: a person's site is called like the person.
    """
    for element in _nearest(tree):
        line = tidy_text(inner_text(element, 4 * _LONGEST), _LONGEST_BYLINE)
        if line is None or not _is_sure(element):
            continue
        name = strip_mark(line)
        if site.is_named(name) and is_organisation(name):
            return Fact((name,), f"byline:{_mark(element)}")
    return None


def _nearest(tree: Any) -> list[Any]:
    """Return the elements that are marked as an author, those nearest to the heading first."""
    marked, heading = _marked(tree)
    near = [*marked[heading:], *reversed(marked[:heading])][:_MOST_ELEMENTS]
    seen: dict[Any, bool] = {}
    return [element for element in near if not _is_elsewhere(element, seen)]


def _marked(tree: Any) -> tuple[list[Any], int]:
    """Return the elements that are marked as an author, and how many stand before the heading.

    The values of an attribute are all read in one step, which costs a fifth of asking elements.
    """
    names = frozenset(_CLASSES(tree))
    together = "\n".join(names).lower()
    words = [word for word in _MARKED if word in together]
    telling = {n for n in names if words and any(word in n.lower() for word in words)}
    relations, properties = "author" in _RELATIONS(tree), "author" in _PROPERTIES(tree)
    if not (telling or relations or properties):
        return [], 0
    marked: list[Any] = []
    heading = 0
    for element in tree.iter():
        tag = element.tag
        if tag == "h1":
            heading = heading or len(marked)
        elif (
            element.get("class") in telling
            or (relations and element.get("rel") == "author")
            or (properties and element.get("itemprop") == "author")
        ) and tag not in _NO_LINES:
            marked.append(element)
    return marked, heading


def _words_of(element: Any) -> str:
    get = element.get
    return f"{get('class') or ''} {get('rel') or ''} {get('itemprop') or ''}"


def _pen_name(name: str, site: Site) -> tuple[str, ...]:
    """Return a name of one word as it stands, unless it is the site's, a desk's or a button's."""
    return () if site.is_named(name) or is_nobody(name) else (name,)


def _is_sure(element: Any) -> bool:
    """Whether a mark says of an element that it is who wrote: hAtom's, schema.org's or HTML's."""
    if element.get("rel") == "author" or "author" in (element.get("itemprop") or ""):
        return True
    return not _VCARD.isdisjoint((element.get("class") or "").split())


def _mark(element: Any) -> str:
    return "rel=author" if "author" in (element.get("rel") or "") else element.tag


def _alike(element: Any) -> Iterator[Any]:
    """Yield the elements right behind one that carry the same class: the other authors."""
    name = element.get("class")
    for beside in islice(element.itersiblings(), _MOST_ELEMENTS):
        if not name or beside.get("class") != name or beside.tag != element.tag:
            return
        yield beside


def _is_elsewhere(element: Any, seen: dict[Any, bool]) -> bool:
    """Whether an element stands in what is no part of the article's head, or is but a part.

    `seen` remembers what stands around the elements that were asked for.
    """
    if _NOT_A_BYLINE.search(_words_of(element)):
        return True
    chain: list[Any] = []
    answer = False
    for level, above in enumerate((element, *element.iterancestors())):
        if above in seen:
            answer = seen[above]
            break
        if level > _MOST_LEVELS or above.tag in ("body", "article", "main"):
            break
        chain.append(above)
        if above.tag in _ELSEWHERE or _ELSEWHERE_WORDS.search(
            f"{above.get('class') or ''} {above.get('id') or ''}"
        ):
            answer = True
            break
    seen |= dict.fromkeys(chain, answer)
    return answer


def _is_biography(element: Any) -> bool:
    above = element.getparent()
    return any(e is not None and _BIOGRAPHY.search(_words_of(e)) for e in (element, above))


def _persons(element: Any, site: Site) -> tuple[str, ...]:
    """Return the persons in an element: all of a short line, the first of a longer text."""
    line = tidy_text(inner_text(element, 4 * _LONGEST), _LONGEST_BYLINE)
    alone = line is not None and len(line.split()) <= _PEN_WORDS and _is_sure(element)
    found: dict[str, str] = {}
    for piece in islice(element.itertext(), _MOST_PIECES):
        for name in _of_text(tidy_text(piece, _LONGEST_BYLINE), site, alone=alone):
            found.setdefault(name.casefold(), name)
        if found and line is None:
            break
    return tuple(found.values()) or _of_text(line, site, alone=alone)


def _of_text(text: str | None, site: Site, *, alone: bool = False) -> tuple[str, ...]:
    """Return the persons of a line that stands where a byline does.

    `alone` says that one word can be who wrote: the mark around it says so.
    """
    if text is None:
        return ()
    pen = _PEN_NAME.fullmatch(text)
    if pen is not None and (alone or pen["by"]):
        return _pen_name(pen["name"], site)
    text = _INTERVIEW.sub("", text)
    parsed = parse_byline(text)
    if parsed is not None and parsed.authors:
        names = [n for name in parsed.authors for n in names_in(name, site, alone=False).persons]
        return tuple(names)
    if parsed is not None:
        return ()
    if len(text.split()) > _MOST_WORDS or ":" in text:
        return ()
    return names_in(text, site, alone=False).persons
