"""What a page says about its article: JSON-LD, OpenGraph, meta elements, bylines."""

from pipeline.cleaning.html.facts.page_facts import PageFacts, page_facts
from pipeline.cleaning.html.facts.values import Fact

__all__ = ["Fact", "PageFacts", "page_facts"]
