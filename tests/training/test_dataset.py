import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from training.dataset import (
    Line,
    TrainingPage,
    fold_of,
    mixed_pages,
    read_pages,
    registrable_domain,
)


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


@pytest.fixture
def pages(tmp_path: Path) -> list[TrainingPage]:
    path = tmp_path / "data.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf-8")
    return read_pages(path)


def test_the_documented_format_is_read(pages: list[TrainingPage]) -> None:
    page = pages[0]
    assert page.id == "single0"
    assert page.titles == ("Title of page",)
    assert page.lines[0] == Line("Title of page", "title", 0)
    assert page.text.startswith("Title of page\n\nSentence 0")


def test_a_gzip_file_is_read_alike(pages: list[TrainingPage], tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, ROWS)).encode()))
    assert read_pages(path) == pages


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.com/a", "example.com"),
        ("http://news.example.co.uk:80/", "example.co.uk"),
        ("https://example.org", "example.org"),
        ("", ""),
    ],
)
def test_registrable_domains(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


def test_publishers_are_groups_and_a_mix_is_in_those_of_its_parts(
    pages: list[TrainingPage],
) -> None:
    groups = {page.id: page.groups for page in pages}
    assert groups["single0"] == groups["single12"] == groups["single24"]
    assert groups["single0"] != groups["single1"]
    assert set(groups["comingled1"]) == {*groups["single0"], *groups["single1"]}


def test_the_fold_of_a_group_depends_on_its_name_only() -> None:
    assert [fold_of(name, 5) for name in "abc"] == [fold_of(name, 5) for name in "abc"]
    assert {fold_of(f"group {i}", 5) for i in range(100)} == set(range(5))


def test_made_pages_are_the_same_again_and_made_of_the_given_pages(
    pages: list[TrainingPage],
) -> None:
    made = list(mixed_pages(pages[:6], 20, seed=3))
    assert [p.text for p in made] == [p.text for p in mixed_pages(pages[:6], 20, seed=3)]
    given = {group for page in pages[:6] for group in page.groups}
    assert {group for page in made for group in page.groups} <= given
    assert max(line.story for page in made for line in page.lines) > 0
