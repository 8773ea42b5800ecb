"""What the tree says of the role of a block, where it says it surely or nothing else speaks."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from pipeline.cleaning.claims import Claim
from pipeline.cleaning.html.class_words import NAMES as MEANINGS
from pipeline.cleaning.html.elements import INLINE_BIT, WITHIN_BIT
from pipeline.cleaning.html.visible import Place
from schemas.roles import Role

_MOSTLY: Final = 0.8
_BIT: Final = {name: 1 << bit for bit, name in enumerate(MEANINGS)}

_BY_MEANING: Final = (
    ("consent", Role.COOKIE_NOTICE),
    ("paywall", Role.PAYWALL),
    ("subscribe", Role.NEWSLETTER_PROMPT),
    ("comment", Role.COMMENT),
    ("share", Role.WIDGET),
    ("advert", Role.PROMOTION),
    ("product", Role.PROMOTION),
    ("related", Role.TEASER),
    ("bio", Role.AUTHOR_BIO),
    ("caption", Role.CAPTION),
    ("login", Role.WIDGET),
    ("search", Role.WIDGET),
    ("button", Role.WIDGET),
    ("form", Role.WIDGET),
    ("video", Role.WIDGET),
    ("paging", Role.NAVIGATION),
    ("navigation", Role.NAVIGATION),
    ("legal", Role.LEGAL),
    ("footer", Role.NAVIGATION),
    ("tags", Role.SECTION_LABEL),
    ("latest", Role.TEASER),
    ("teaser", Role.TEASER),
    ("sidebar", Role.TEASER),
)
"""Roles by the meaning of a class; the first that is there counts. Tags become a label only above
the text: see `dropped_role`."""


def is_caption(place: Place) -> bool:
    """Whether a block is the caption of a figure."""
    return bool(place.within & WITHIN_BIT["figcaption"])


def is_date(place: Place, length: int) -> bool:
    """Whether a short block holds a `time` element."""
    return bool(place.marks & INLINE_BIT["time"]) and length <= 80 and not place.heading


def dropped_role(place: Place, length: int, above: bool, behind: bool) -> Claim | None:
    """Return the role that the tree gives a block that is not text; None if it says nothing.

    `above` and `behind` tell whether the block stands before or after all text.
    """
    return _by_tree(
        place.within & _TELLING,
        place.near | place.inline,
        place.far,
        is_date(place, length),
        place.linked >= _MOSTLY * length > 0,
        above,
        behind,
    )


_TELLING: Final = sum(
    WITHIN_BIT[tag] for tag in ("figcaption", "nav", "footer", "button", "form", "label", "aside")
)


@lru_cache(maxsize=8192)
def _by_tree(
    within: int, near: int, far: int, dated: bool, linked: bool, above: bool, behind: bool
) -> Claim | None:
    """Return the role by what is around a block; pages repeat the same surroundings."""
    if within & WITHIN_BIT["figcaption"] and not behind:
        return Claim(Role.CAPTION, 0.95, "html: figcaption")
    if within & WITHIN_BIT["nav"]:
        return Claim(Role.NAVIGATION, 0.95, "html: nav")
    if dated and not behind:
        return Claim(Role.DATE, 0.9, "html: time")
    if within & WITHIN_BIT["footer"] and behind:
        return Claim(Role.NAVIGATION, 0.85, "html: footer")
    if within & (WITHIN_BIT["button"] | WITHIN_BIT["form"] | WITHIN_BIT["label"]):
        return Claim(Role.WIDGET, 0.8, "html: form or button")
    meant = _by_meaning(near, far, above)
    if meant is not None:
        return meant
    if within & WITHIN_BIT["aside"]:
        return Claim(Role.TEASER, 0.6, "html: aside")
    if linked:
        role = Role.NAVIGATION if above else Role.TEASER
        return Claim(role, 0.6, "html: nothing but a link")
    return None


def _by_meaning(near: int, around: int, above: bool) -> Claim | None:
    """Return the role by the words in classes: first those nearby, then those further out."""
    for bits, score in ((near, 0.7), (around, 0.6)):
        for name, role in _BY_MEANING:
            if not bits & _BIT[name] or (role is Role.SECTION_LABEL and not above):
                continue
            if role is not Role.CAPTION or bits is near:
                return Claim(role, score, f"html: class {name}")
    return None
