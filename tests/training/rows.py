"""A small data set in the documented format."""

from typing import Any


def row(number: int, url: str, kind: str = "single", parts: Any = ()) -> dict[str, Any]:
    lines = [("Title of page", "title"), ("", "blank")]
    lines += [(f"Sentence {i} of page {number}, long enough to be kept.", "keep") for i in range(5)]
    lines.append(("Share", "drop"))
    return {
        "id": f"{kind}{number}", "url": url, "lang": "de", "stratum": "leaky", "kind": kind,
        "extractor": "x", "parts": list(parts),
        "lines": [{"text": text, "label": label, "art": 0} for text, label in lines],
        "gold_articles": [{"title": "Title of page", "body": "..."}],
    }  # fmt: skip


ROWS = [row(i, f"https://www.site{i % 12}.example/{i}") for i in range(36)]
ROWS.append(row(1, "", "comingled", ["single0", "single1"]))
