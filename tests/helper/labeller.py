"""A page labeller that some pages wreck."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from typing import Any

from pipeline.cleaning.html.labels import PageLabels
from pipeline.cleaning.html.visible import HtmlPage
from pipeline.cleaning.labels import Label
from pipeline.documents import Hints
from schemas.roles import Role


class FragileLabeller:
    """Takes every block for body text, but does what the page's first block says."""

    version = "fragile 1"

    def label(
        self, tree: Any, page: HtmlPage, hints: Hints, article_body: str | None
    ) -> PageLabels:
        """Return the labels, or hang in C code, or die."""
        blocks = page.page.blocks
        match blocks[0].text:
            case "hang":
                hashlib.pbkdf2_hmac("sha256", b"a", b"b", 2_000_000_000)
            case "die":
                os.abort()
            case "starve":
                raise MemoryError
        labels: Sequence[Label] = [Label(Role.BODY, 0, 1.0, "rule:test") for _ in blocks]
        return PageLabels(labels, 1.0)
