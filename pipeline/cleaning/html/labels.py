"""What the labeller of pages decides, and the form of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from pipeline.cleaning.html.facts.page_facts import PageFacts
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.labels import Label, Labeller
from pipeline.documents import Hints


class PageLabels(NamedTuple):
    """One label for every block of a page, and how likely the page holds an article (0 to 1)."""

    labels: Sequence[Label]
    article: float


class PageLabeller(Protocol):
    """Gives every block of an HTML page its role and its story."""

    @property
    def version(self) -> str:
        """Name and version of the labeller, as it stands in `model_version`."""
        ...

    def label(self, tree: Any, page: HtmlPage, hints: Hints, facts: PageFacts) -> PageLabels:
        """Return what a page is and what its blocks are.

        `tree` is the tree that `page` was made of, `facts` what the page says of its article.
        """
        ...


@dataclass(frozen=True, slots=True)
class TextPageLabeller:
    """Labels a page's visible text as if it were a text: knows nothing of the tree."""

    labeller: Labeller

    @property
    def version(self) -> str:
        """Name and version of the text's labeller."""
        return self.labeller.version

    def label(self, tree: Any, page: HtmlPage, hints: Hints, facts: PageFacts) -> PageLabels:
        """Return the text labeller's labels; every page is taken for an article."""
        return PageLabels(self.labeller.label(page.page, hints), 1.0)
