"""The picture that stands for the article, with its caption and credit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pipeline.cleaning.html.facts.gather import Gathered
from pipeline.cleaning.html.facts.json_ld import Descriptions, Node
from pipeline.cleaning.html.facts.values import Fact, absolute_url, tidy_text
from schemas.article import Image

_MOST: Final = 10
_LONGEST_CREDIT: Final = 200
_CREDITS: Final = ("creditText", "copyrightNotice", "author", "creator", "copyrightHolder")


def lead_images(
    gathered: Gathered, own: Sequence[Node], found: Descriptions, base: str | None
) -> Fact[tuple[Image, ...]] | None:
    """Return the article's pictures as JSON-LD gives them, else the one that is to be shared.

    JSON-LD lists a picture in several shapes: of those without a caption the first alone counts.
    """
    images: dict[str | None, Image] = {}
    bare = False
    for image in _of_json_ld(own, found, base):
        if image.caption is None:
            if bare:
                continue
            bare = True
        if image.url not in {known.url for known in images.values()}:
            images.setdefault(image.caption, image)
    if images:
        return Fact(tuple(images.values())[:_MOST], "json-ld:image")
    for value, origin in gathered.all("og:image", "og:image:url", "og:image:secure_url"):
        address = absolute_url(value, base)
        if address is not None:
            return Fact((Image(caption=None, credit=None, url=address),), origin)
    return None


def _of_json_ld(own: Sequence[Node], found: Descriptions, base: str | None) -> Iterator[Image]:
    for node in own:
        values = node.get("image")
        for value in values[:_MOST] if isinstance(values, list) else [values]:
            thing = found.resolve(value)
            if not isinstance(thing, dict):
                thing = {"url": thing}
            address = _address(thing, base)
            if address is not None:
                credit = next((c for key in _CREDITS if (c := _name(thing.get(key)))), None)
                yield Image(caption=tidy_text(thing.get("caption")), credit=credit, url=address)


def _address(thing: Node, base: str | None) -> str | None:
    for key in ("url", "contentUrl"):
        value = thing.get(key)
        address = absolute_url(value[0] if isinstance(value, list) and value else value, base)
        if address is not None:
            return address
    return None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    text = tidy_text(value, _LONGEST_CREDIT)
    return None if text is None or "://" in text else text
