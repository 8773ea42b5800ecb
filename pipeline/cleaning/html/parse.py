"""Markup → one tree. Limits come before and while parsing; nothing is fetched, nothing expanded."""

from __future__ import annotations

from typing import Final

import lxml.etree
import lxml.html

MAX_CHARACTERS: Final = 20_000_000
"""Characters of the longest page that is parsed. The longest of 891 development pages has
1.4 million; Common Crawl cuts pages at 1 MiB."""

MAX_TAGS: Final = 400_000
"""Signs `<` of the richest page that is parsed, outside of which a tree of elements could fill the
memory. The development pages have 8,000 elements at most."""

_TOO_DEEP: Final = "Excessive depth"

_ALL_ALIKE: Final = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
"""One class for all elements: choosing by name, as `lxml.html` does, calls Python for each."""


class UnparsableError(ValueError):
    """The markup cannot be made a tree."""


class EmptyPageError(UnparsableError):
    """The markup holds no element and no text."""


class NestedTooDeepError(UnparsableError):
    """Elements stand inside each other more than the parser's 256 levels deep.

    Pages have up to 50 levels. The parser drops what lies deeper, so the page is not used at all.
    """


class TooManyNodesError(UnparsableError):
    """The markup is longer than `MAX_CHARACTERS` or has more than `MAX_TAGS` tags."""


def parse_html(markup: str) -> lxml.html.HtmlElement:
    """Return the `html` element of a page.

    Comments and processing instructions are left out. An encoding that the markup declares is not
    looked at, since a string has none.

    Raises:
        EmptyPageError: There is no element and no text.
        NestedTooDeepError: Elements are nested too deep.
        TooManyNodesError: The page is too large.
        UnparsableError: The parser gave up for another reason.
    """
    if len(markup) > MAX_CHARACTERS:
        raise TooManyNodesError(f"the page has more than {MAX_CHARACTERS:,} characters")
    if markup.count("<") > MAX_TAGS:
        raise TooManyNodesError(f"the page has more than {MAX_TAGS:,} tags")
    # A parser of its own for every page: its log of errors is the page's.
    parser = lxml.etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_ALL_ALIKE)
    # Behind a NUL some libraries see no text.
    data = markup.replace("\0", "").encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(data, parser=parser)
    except lxml.etree.ParserError as error:
        raise EmptyPageError("the page holds no element and no text") from error
    except lxml.etree.LxmlError as error:
        raise UnparsableError(f"the parser gave up: {error}") from error
    for entry in parser.error_log:
        if entry.level == lxml.etree.ErrorLevels.FATAL:
            if _TOO_DEEP in entry.message:
                raise NestedTooDeepError("elements are nested more than 256 levels deep")
            raise UnparsableError(f"the parser gave up: {entry.message}")
    return tree
