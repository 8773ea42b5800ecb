"""What trafilatura takes for the article of a page, as evidence for the block model."""

from __future__ import annotations

import copy
from typing import Any


def extracted_text(tree: Any) -> str | None:
    """Return the text that trafilatura extracts from a tree, None where it finds nothing or fails.

    The tree is copied, since trafilatura changes what it reads; a copy costs a tenth of a second
    parse. Its metadata is not asked for: that is half of its time.
    """
    import trafilatura  # Half a second, which runs without pages need not spend.

    try:
        found = trafilatura.bare_extraction(
            copy.deepcopy(tree), with_metadata=False, include_comments=False
        )
    except Exception:  # noqa: BLE001 - its failure costs evidence, not the page
        return None
    if found is None or isinstance(found, dict):
        return None
    return found.text or None
