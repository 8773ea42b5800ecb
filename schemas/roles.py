"""The roles a block of a page can have. Their names are part of the output contract."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a block is to the article it stands in."""

    # In the text of the article.
    BODY = "body"
    SUBHEADING = "subheading"
    STANDFIRST = "standfirst"
    # Kept as metadata.
    HEADLINE = "headline"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    CREDIT = "credit"
    CAPTION = "caption"
    SECTION_LABEL = "section_label"
    # Boilerplate.
    NEWSLETTER_PROMPT = "newsletter_prompt"
    READ_MORE = "read_more"
    TEASER = "teaser"
    AUTHOR_BIO = "author_bio"
    WIDGET = "widget"
    COMMENT = "comment"
    NAVIGATION = "navigation"
    LEGAL = "legal"
    COOKIE_NOTICE = "cookie_notice"
    PAYWALL = "paywall"
    PROMOTION = "promotion"
    DUPLICATE = "duplicate"
    OTHER = "other"
    # The white space between blocks.
    BLANK = "blank"


TEXT_ROLES: Final = frozenset({Role.BODY, Role.SUBHEADING, Role.STANDFIRST})
"""Roles whose blocks make up the text of an article."""

METADATA_ROLES: Final = frozenset(
    {
        Role.HEADLINE,
        Role.BYLINE,
        Role.DATE,
        Role.DATELINE,
        Role.CREDIT,
        Role.CAPTION,
        Role.SECTION_LABEL,
    }
)
"""Roles whose blocks leave the text and come back as fields of the article."""

BOILERPLATE_ROLES: Final = frozenset(Role) - TEXT_ROLES - METADATA_ROLES - {Role.BLANK}
"""Roles whose blocks stand in the ledger only, and are counted in `removed_counts`."""
