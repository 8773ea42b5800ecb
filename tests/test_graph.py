"""The whole graph: nothing lost, every document once, the same bytes whoever does the work."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.options import Settings, parse_command_line
from pipeline.run import run
from tests.bundles import GOOD_ROWS_AMONG_BAD, SKIPPED_RECORDS, bad_bundle, good_bundle

Rows = list[dict[str, Any]]


def rows(output: Path, kind: str) -> Rows:
    return [
        json.loads(line)
        for path in sorted(output.glob(f"{kind}-*.jsonl"))
        for line in path.read_bytes().splitlines()
    ]


def settings(*words: str | Path) -> Settings:
    return parse_command_line([*map(str, words), "--progress=off", "--log-level=warning"])


def digests(output: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in output.glob("*.jsonl")
    }


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    (folder / "good").mkdir()
    (folder / "bad").mkdir()
    good_bundle(folder / "good")
    bad_bundle(folder / "bad")
    return folder


@pytest.fixture(scope="module")
def output(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("runs") / "out"
    run(settings("--input", bundle, "--output", target, "--max-document-mb=1"))
    return target


def test_documents_in_are_documents_with_articles_and_rejected_ones(
    output: Path, tmp_path: Path
) -> None:
    documents = good_bundle(tmp_path)
    with_articles = {row["document_id"] for row in rows(output, "articles")}
    rejected = {row["document_id"] for row in rows(output, "rejected")}
    assert with_articles.isdisjoint(rejected)
    assert len(with_articles) == documents + GOOD_ROWS_AMONG_BAD
    manifest = json.loads((output / "manifest.json").read_text())
    assert manifest["counts"]["documents"] == len(with_articles) + len(rejected)
    assert manifest["counts"]["articles"] == len(rows(output, "articles"))
    skipped = {count["reason"]: count["records"] for count in manifest["skipped_records"]}
    assert skipped == SKIPPED_RECORDS


def test_whatever_is_wrong_is_a_rejected_row_with_its_reason(output: Path, tmp_path: Path) -> None:
    expected = bad_bundle(tmp_path)
    found: dict[str, Counter[str]] = {}
    for row in rows(output, "rejected"):
        assert row["error_message"]
        assert row["stage"]
        found.setdefault(Path(row["source"]["uri"]).name, Counter())[row["error_type"]] += 1
    assert found == expected


def test_the_ledger_rebuilds_every_document_that_was_decoded(output: Path) -> None:
    ledger = rows(output, "ledger")
    for row in ledger:
        text = "".join(span["text"] for span in row["spans"])
        assert len(text) == row["length"]
        assert hashlib.sha256(text.encode()).hexdigest() == row["text_sha256"]
    covered = {row["document_id"] for row in ledger}
    assert {row["document_id"] for row in rows(output, "articles")} <= covered
    decoded = {
        row["document_id"]
        for row in rows(output, "rejected")
        if row["stage"] in ("clean", "validate")
    }
    assert decoded <= covered


def test_the_same_story_gives_the_same_text_whatever_its_file_looked_like(output: Path) -> None:
    texts = {
        Path(row["source"]["uri"]).name: row["text"]
        for row in rows(output, "articles")
        if Path(row["source"]["uri"]).name
        in (
            "story.txt.gz",
            "story.txt.zst",
            "bom.txt",
            "utf16.txt",
            "crlf.txt",
            "cr.txt",
            "controls.txt",
        )
    }
    assert len(texts) == 7
    assert len(set(texts.values())) == 1


def test_a_page_gives_the_same_articles_wherever_it_stood(output: Path) -> None:
    places: dict[str, list[dict[str, Any]]] = {}
    for row in rows(output, "articles"):
        name = Path(row["source"]["uri"]).name
        if "page" in name and name != "page.htm.gz":
            kind = row["source"]["format"]
            same = {key: row[key] for key in ("title", "text", "authors", "story_index")}
            places.setdefault(kind, []).append(same)
    assert set(places) == {"html", "jsonl", "warc"}
    assert places["html"] == places["jsonl"] == places["warc"]


def test_the_rows_own_values_win_over_guesses(output: Path) -> None:
    row = next(
        row for row in rows(output, "articles") if row["source"]["uri"].endswith("rows.jsonl.gz")
    )
    assert row["title"] == "Ferries run"
    assert row["url"] == "https://news.example/ferry"
    assert row["source"]["record"] == 1
    assert row["source"]["id"] == "0"
    assert row["authors"] == ["Ada Moss"]


def test_all_rows_have_the_same_keys_and_no_free_form_value(output: Path) -> None:
    for kind in ("articles", "ledger", "rejected"):
        assert len({tuple(row) for row in rows(output, kind)}) == 1


def test_rows_stand_in_the_order_of_their_sources(output: Path) -> None:
    for kind in ("articles", "ledger", "rejected"):
        order = [(row["source"]["uri"], row["source"]["record"] or 0) for row in rows(output, kind)]
        assert order == sorted(order)


def test_a_second_run_gives_the_same_manifest_but_for_the_run(
    bundle: Path, output: Path, tmp_path: Path
) -> None:
    again = tmp_path / "out"
    run(settings("--input", bundle, "--output", again, "--max-document-mb=1"))
    one, other = (json.loads((path / "manifest.json").read_text()) for path in (output, again))
    assert one.pop("run") != other.pop("run")
    assert one == other


@pytest.mark.parametrize(
    "flags",
    [
        ("--workers=2",),
        ("--runner=PortableRunner", "--job_endpoint=embed", "--environment_type=LOOPBACK"),
    ],
    ids=["two processes", "portable runner"],
)
def test_other_workers_give_the_same_bytes(
    bundle: Path, output: Path, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    again = tmp_path / "out"
    run(settings("--input", bundle, "--output", again, "--max-document-mb=1", *flags))
    assert digests(again) == digests(output)


def test_more_shards_hold_the_same_rows(bundle: Path, output: Path, tmp_path: Path) -> None:
    again = tmp_path / "out"
    run(settings("--input", bundle, "--output", again, "--max-document-mb=1", "--shards=3"))
    assert len(list(again.glob("articles-*-of-00003.jsonl"))) == 3
    for kind in ("articles", "ledger", "rejected"):
        one, other = (sorted(map(json.dumps, rows(path, kind))) for path in (output, again))
        assert one == other


def test_a_ledger_of_offsets_leaves_the_text_out(bundle: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    run(settings("--input", bundle / "good/seeds", "--output", target, "--ledger=offsets"))
    spans = [span for row in rows(target, "ledger") for span in row["spans"]]
    assert spans
    assert {span["text"] for span in spans} == {None}


def test_a_run_over_a_former_output_replaces_it(bundle: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    run(settings("--input", bundle / "good", "--output", target, "--shards=2"))
    run(settings("--input", bundle / "good/seeds", "--output", target))
    assert len(rows(target, "articles")) == 6
    assert sorted(path.name for path in target.iterdir()) == [
        "articles-00000-of-00001.jsonl",
        "ledger-00000-of-00001.jsonl",
        "manifest.json",
        "rejected-00000-of-00001.jsonl",
    ]
    assert list(tmp_path.iterdir()) == [target]
