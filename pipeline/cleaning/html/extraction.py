"""What trafilatura takes for the article of a page, as evidence for the block model."""

from __future__ import annotations

from typing import Any


def extracted_text(tree: Any) -> str | None:
    """Return the text that trafilatura extracts from a tree, None where it finds nothing or fails.

    The tree stays as it is: trafilatura works on a copy of its own. Neither its metadata nor its
    second opinions (`fast`) are asked for, which together are two thirds of its time; the block
    model is no better with them.
    """
    import trafilatura  # Half a second, which runs without pages need not spend.

    try:
        found = trafilatura.bare_extraction(
            tree, fast=True, with_metadata=False, include_comments=False
        )
    except Exception:  # noqa: BLE001 - its failure costs evidence, not the page
        return None
    if found is None or isinstance(found, dict):
        return None
    return found.text or None
