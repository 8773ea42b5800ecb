"""Small made pages for the tests of the page's facts."""

from __future__ import annotations

import json
from typing import Any

from pipeline.cleaning.html.facts import PageFacts, page_facts
from pipeline.cleaning.html.parse import parse_html

URL = "https://www.bugle.example/2024/05/06/bridge"


def page(head: str = "", body: str = "<p>The bridge is closed.</p>", lang: str = "") -> str:
    return f'<html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def json_ld(*things: Any) -> str:
    return "".join(
        f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things
    )


def article(**fields: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", **fields}


def meta(**values: str) -> str:
    """Return meta elements; in their names two underscores stand for a colon."""
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">'
        for name, value in values.items()
    )


def facts(head: str = "", body: str = "<p>The bridge is closed.</p>", lang: str = "") -> PageFacts:
    return page_facts(parse_html(page(head, body, lang)), URL)


def value(fact: Any) -> Any:
    return None if fact is None else fact.value
