import gzip
import json
from pathlib import Path

import pytest

from tests.training.rows import ROWS
from training.dataset import (
    Line,
    TrainingPage,
    fold_of,
    read_pages,
    registrable_domain,
)


def test_the_documented_format_is_read(pages: list[TrainingPage]) -> None:
    page = pages[0]
    assert page.id == "single0"
    assert page.titles == ("Title of page",)
    assert page.lines[0] == Line("Title of page", "title", 0)
    assert page.text.startswith("Title of page\n\nSentence 0")


def test_a_gzip_file_is_read_alike(pages: list[TrainingPage], tmp_path: Path) -> None:
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, ROWS)).encode()))
    assert read_pages(path) == (pages, len(pages))


def test_views_follow_the_data_and_share_its_groups(tmp_path: Path) -> None:
    data, views = tmp_path / "data.jsonl", tmp_path / "views.jsonl"
    data.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf-8")
    view = {**ROWS[3], "id": "single3#leaky:other"}
    views.write_text(json.dumps(view) + "\n" + json.dumps(ROWS[0]) + "\n", encoding="utf-8")
    pages, count = read_pages(data, views)
    assert count == len(ROWS)
    assert [p.id for p in pages[count:]] == ["single3#leaky:other"]
    assert pages[-1].groups == next(p.groups for p in pages if p.id == "single3")


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
