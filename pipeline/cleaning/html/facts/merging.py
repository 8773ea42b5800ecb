"""What the input, the page's facts and the labelled blocks say, made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from pipeline.cleaning.byline import Byline, parse_byline
from pipeline.cleaning.html.facts.moments import is_before
from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.facts.topics import is_slug
from pipeline.cleaning.html.facts.values import Fact, letters
from pipeline.cleaning.metadata import Metadata
from pipeline.documents import Hints
from schemas.article import Image

_WEAK_DATES: Final = ("url", "time[datetime]", "time")
"""Origins of a date that give way to one that the text says."""

_MOST_IMAGES: Final = 50


def merge(said: Metadata, hints: Hints, facts: PageFacts, text: str, first_block: int) -> Metadata:
    """Return the metadata of the page's own article.

    `said` is what the labelled blocks say, with the hints over it; `text` is the article's text and
    `first_block` the number of the block that it opens with.
    The hints win, then the page's facts, then the blocks, except where the blocks know better:

    - authors: a byline that names all persons of the facts and more; and a byline where the facts
      name no person. Where nobody is named stands the organisation that the page's data name as the
      author, for one is more than none.
    - a date in the text over one from the address or from a `time` that is not marked;
    - a standfirst that readers see over a description for machines, which is left out where it is
      but the beginning of the text;
    - a section as readers see it over one as in an address;
    - captions as readers see them; the article's picture is put before them.
    """
    chosen: dict[str, Any] = {}
    origins = dict(said.origins)

    def take(field: str, fact: Fact[Any] | None) -> None:
        if fact is not None:
            chosen[field], origins[field] = fact

    if hints.title is None:
        take("title", facts.title)
    if not hints.authors:
        take("authors", _authors(said, facts, first_block))
    if facts.agencies is not None:
        take("agencies", _agencies(said, facts.agencies, origins.get("agencies")))
    if hints.date is None:
        take("date_published", _published(said, facts))
    published = chosen.get("date_published", said.date_published)
    changed = facts.date_modified
    if changed is not None and not is_before(changed.value, published):
        take("date_modified", changed)
    if said.description is None and not _opens(text, facts.description):
        take("description", facts.description)
    if said.section is None or not (facts.section and is_slug(facts.section.value)):
        take("section", facts.section)
    take("images", _images(said, facts, origins.get("images")))
    take("keywords", facts.keywords)
    take("canonical_url", facts.canonical_url)
    take("site_name", facts.site_name)
    return replace(said, **chosen, origins=tuple(origins.items()))


def _authors(said: Metadata, facts: PageFacts, first_block: int) -> Fact[tuple[str, ...]] | None:
    """Return the authors where they are not those of the blocks' byline."""
    first = parse_byline(said.byline) if said.byline else None
    if facts.authors is None:
        firm = facts.organisations
        if said.authors and (firm is None or _is_sure(said, facts, first, first_block)):
            return None
        return facts.organisations
    named = {letters(name) for name in facts.authors.value}
    signed = {letters(name) for name in first.authors} if first else set()
    if len(signed) > len(named) and named <= signed and len(said.authors) == len(signed):
        return None
    return facts.authors


def _is_sure(said: Metadata, facts: PageFacts, byline: Byline | None, first_block: int) -> bool:
    """Whether a byline is one, although the page's own data name a firm as the author.

    A bare name may as well be a photographer's or a teaser's: it must stand above the text.
    """
    if byline is None or said.byline is None:
        return False
    site = letters(facts.site_name.value) if facts.site_name else ""
    if site and any(site in letters(name) for name in said.authors):
        return False
    number = dict(said.origins).get("authors", "").removeprefix("block ")
    above = number.isdecimal() and int(number) < first_block
    return byline.marked or (above and "/" not in said.byline)


def _agencies(
    said: Metadata, given: Fact[tuple[str, ...]], origin: str | None
) -> Fact[tuple[str, ...]]:
    names: dict[str, str] = {}
    for name in (*said.agencies, *given.value):
        names.setdefault(letters(name), name)
    if len(names) == len({letters(name) for name in said.agencies}):
        return Fact(said.agencies, origin or given.origin)
    origins = [origin, given.origin] if origin else [given.origin]
    return Fact(tuple(names.values()), ", ".join(origins))


def _published(said: Metadata, facts: PageFacts) -> Fact[str] | None:
    given = facts.date_published
    if given is None:
        return None
    is_weak = given.origin in _WEAK_DATES or given.origin.startswith("block ")
    return None if is_weak and said.date_published is not None else given


def _opens(text: str, description: Fact[str] | None) -> bool:
    """Whether a description is the beginning of the text and so says nothing of its own."""
    if description is None:
        return True
    key = letters(description.value)
    return letters(text[: 2 * len(description.value) + 200]).startswith(key[: int(0.9 * len(key))])


def _images(said: Metadata, facts: PageFacts, origin: str | None) -> Fact[tuple[Image, ...]] | None:
    """Return the pictures of the facts that no caption has yet, and the captioned ones."""
    if facts.images is None:
        return None
    images: list[Image] = list(said.images)
    lead: list[Image] = []
    for image in facts.images.value:
        twin = _twin(image, images)
        if twin is None:
            lead.append(image)
        else:
            known = images[twin]
            images[twin] = Image(
                caption=known.caption or image.caption,
                credit=known.credit or image.credit,
                url=known.url or image.url,
            )
    origins = [facts.images.origin, origin] if origin else [facts.images.origin]
    return Fact((*lead, *images)[:_MOST_IMAGES], ", ".join(origins))


def _twin(image: Image, others: Sequence[Image]) -> int | None:
    """Return which of the others is the same picture: by its file's name or its caption."""
    name = _file(image.url)
    caption = letters(image.caption or "")
    for number, other in enumerate(others):
        if name and name == _file(other.url):
            return number
        seen = letters(other.caption or "")
        if caption and seen and (caption.startswith(seen) or seen.startswith(caption)):
            return number
    return None


def _file(url: str | None) -> str:
    """Return the last part of an address without its query: a picture's name at all its sizes."""
    return (url or "").split("?", 1)[0].rstrip("/").rpartition("/")[2]
