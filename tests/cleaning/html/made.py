"""Pages made of the tests' own words."""

from __future__ import annotations

import hashlib

from pipeline.cleaning.clean import Cleaned, clean_document
from pipeline.cleaning.html.labeller import best_page_labeller, fast_page_labeller
from pipeline.cleaning.learned import learned_labeller
from pipeline.documents import Hints, RawDocument
from schemas.source import Format, Source

BRIDGE = (
    "The old bridge over the river was closed on Monday after engineers found cracks in two of its "
    "pillars, the city said.",
    "Repairs are expected to take until the spring and will cost about four million euros, a "
    "spokeswoman told reporters on Tuesday.",
    "Drivers have to use the motorway in the meantime. The ferry will run every ten minutes in the "
    "morning and in the evening.",
    "Shop owners in the old town fear for their trade. Many of their customers come from the other "
    "bank, said the head of the traders' union.",
    "The bridge was built in 1931 and was last repaired thirty years ago. It carries some twelve "
    "thousand cars a day, more than it was made for.",
)
WHALE = (
    "A young whale that had strayed into the harbour found its way back to the open sea on Sunday, "
    "the coast guard reported.",
    "Volunteers had watched the animal for three days and kept boats at a distance, so that it "
    "could rest in the shallow water.",
    "Marine biologists believe that it followed a shoal of herring. Whales of its kind usually "
    "pass the coast much farther out in autumn.",
    "Hundreds of people had gathered on the pier. Some of them sang when the whale dived for the "
    "last time and left the bay.",
    "The harbour will open for ships again on Monday morning. The ferry company said that no trip "
    "had been cancelled for good.",
)


def story(title: str, paragraphs: tuple[str, ...], level: int = 1) -> str:
    """Return the markup of an article with headline, byline and date."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<article><h{level}>{title}</h{level}><div class="meta"><span class="author">By Jane '
        f'Miller</span> <time datetime="2024-05-06">6 May 2024</time></div>{text}</article>'
    )


def page(body: str, title: str = "City closes the old bridge") -> str:
    """Return a page with menu and footer around a body."""
    return (
        f"<html><head><title>{title}</title></head><body><nav><ul><li><a href=/>Home</a></li>"
        "<li><a href=/news>News</a></li><li><a href=/sport>Sport</a></li></ul></nav>"
        f"<main>{body}</main><footer><p>Copyright 2024 The Example. All rights reserved.</p>"
        "<a href=/imprint>Imprint</a></footer></body></html>"
    )


def document(markup: str) -> RawDocument:
    """Return a page as the sources hand it on."""
    source = Source(
        uri="page.html", format=Format.HTML, record=None, id=None,
        sha256=hashlib.sha256(markup.encode("utf-8", "replace")).hexdigest(),
        encoding="utf-8", fetched_at=None,
    )  # fmt: skip
    return RawDocument(source, markup, Hints(), is_html=True)


def cleaned(markup: str, *, keep: bool = True, engine: str = "fast") -> Cleaned:
    """Clean a page; one that is no article is kept unless told not."""
    return clean_document(
        document(markup),
        learned_labeller(),
        page_labeller=fast_page_labeller() if engine == "fast" else best_page_labeller(),
        keep_non_articles=keep,
    )
