"""The article's text as JSON-LD gives it: evidence for what the page shows, never the text."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from pipeline.cleaning.html.facts.json_ld import Node

_LONGEST: Final = 500_000
_LEAST: Final = 100
"""Characters of the shortest text that can be an article's."""

_BREAK: Final = re.compile(r"<(?:br|/?p|/?div|/?h[1-6]|/?li)\b[^<>]{0,300}>", re.I)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")


def article_body(own: Sequence[Node]) -> str | None:
    """Return the longest text that JSON-LD gives for the page's own article, or None.

    Entities are decoded, tags are gone; line breaks stay, and stand where paragraphs end.
    """
    texts = [
        text
        for node in own
        for key in ("articleBody", "text", "reviewBody")
        if isinstance(text := node.get(key), str) and _LEAST <= len(text) <= _LONGEST
    ]
    if not texts:
        return None
    text = max(texts, key=len)
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return text.encode("utf-8", "replace").decode("utf-8").strip() or None
