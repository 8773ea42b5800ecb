"""Scores of pages of which passages are known."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.passages import answers, figures, rows_of

ROW = {
    "file": "a.html", "title": "Old bridge closed", "date": "2024-05-06", "author": ["Ann Lee"],
    "with": ["The bridge is closed", "until  spring"], "without": ["Most read"],
}  # fmt: skip
RIGHT = {
    "text": "The bridge is closed until spring.", "all": "The bridge is closed until spring.",
    "title": "Old Bridge closed!", "authors": ("ann lee",), "date": "2024-05-06T08:00:00Z",
}  # fmt: skip
WRONG = {"text": "Most read", "all": "", "title": None, "authors": (), "date": None}


def test_figures() -> None:
    assert set(figures([ROW], [RIGHT]).values()) == {1.0}
    assert set(figures([ROW], [WRONG]).values()) == {0.0}
    both = figures([ROW, ROW], [RIGHT, WRONG])
    assert (both["precision"], both["recall"], both["title"]) == (2 / 3, 0.5, 0.5)


def test_pages_of_known_publishers_are_left_out(tmp_path: Path) -> None:
    urls = [f"https://www.{name}.example/a" for name in ("bugle", "courier", "post", "star")]
    data, index = tmp_path / "data.json", tmp_path / "index.jsonl"
    data.write_text(json.dumps(dict.fromkeys(urls, ROW)))
    index.write_text(json.dumps({"domain": "bugle.example"}))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.html").write_text("<h1>Old bridge closed</h1>")

    def found(without: Path | None, half: int | None) -> list[str]:
        return [row["url"] for row in rows_of(data, tmp_path / "pages", without, half)]

    assert found(None, None) == urls
    assert found(index, None) == urls[1:]
    assert sorted(found(None, 0) + found(None, 1)) == urls


def test_every_extractor_answers(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><h1>Old bridge closed</h1>{'<p>It is shut. </p>' * 9}</body>")
    found = answers({**ROW, "url": "https://bugle.example/a", "path": str(page)})
    assert set(found) == {"best", "fast", "trafilatura"}
    assert all("shut" in own["all"] or not own["all"].strip() for own in found.values())
