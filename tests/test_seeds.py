"""The raw bundle, line by line: role and story of each, and the facts of its six articles.

`seeds-expected.jsonl` was made by hand from the seeds. `accept` lists roles that are right too.
"""

import json
from functools import cache
from pathlib import Path

import pytest

from pipeline.cleaning.clean import Cleaned, clean_document
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.learned import learned_labeller
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import RawDocument
from schemas import Article, Format, Role, Source
from schemas.roles import TEXT_ROLES

ROOT = Path(__file__).parent.parent
EXPECTED = [
    json.loads(line)
    for line in (ROOT / "tests/seeds-expected.jsonl").read_text(encoding="utf-8").splitlines()
]
FILES = [expected["file"] for expected in EXPECTED]


@cache
def seed_text(file: str) -> str:
    return (ROOT / "seeds" / file).read_bytes().decode("utf-8")


LABELLERS = {"rules": RuleLabeller, "learned": learned_labeller}


@pytest.fixture(params=LABELLERS)
def labeller(request: pytest.FixtureRequest) -> str:
    """Both labellers hold, so every test runs with each."""
    return str(request.param)


@cache
def cleaned(labeller: str, file: str) -> Cleaned:
    source = Source(
        uri=f"seeds/{file}",
        format=Format.TEXT,
        record=None,
        id=None,
        sha256="0" * 64,
        encoding="utf-8",
        fetched_at=None,
    )
    return clean_document(RawDocument(source, seed_text(file)), LABELLERS[labeller]())


def articles(labeller: str, file: str) -> list[Article]:
    return [row for row in validate_cleaned(cleaned(labeller, file)) if isinstance(row, Article)]


def lines_by_number(labeller: str, file: str) -> dict[int, tuple[Role, int | None, str]]:
    """Role, story and text of every line that is not blank, by its number counted from 1."""
    text = seed_text(file)
    return {
        text.count("\n", 0, span.start) + 1: (span.role, span.story_index, span.text or "")
        for span in cleaned(labeller, file).ledger.spans
        if span.role is not Role.BLANK
    }


def test_the_expectations_cover_the_bundle() -> None:
    assert sorted(FILES) == sorted(path.name for path in (ROOT / "seeds").glob("*.txt"))
    assert sum(len(expected["articles"]) for expected in EXPECTED) == 6


@pytest.mark.parametrize("expected", EXPECTED, ids=FILES)
def test_every_line_has_its_role_and_story(labeller: str, expected: dict) -> None:
    found = lines_by_number(labeller, expected["file"])
    wanted = {line["line"]: line for line in expected["lines"]}
    assert sorted(found) == sorted(wanted)
    wrong = {
        number: (role, story)
        for number, (role, story, _) in found.items()
        if role not in (wanted[number]["role"], *wanted[number].get("accept", ()))
        or story != wanted[number]["story"]
    }
    assert wrong == {}


@pytest.mark.parametrize("expected", EXPECTED, ids=FILES)
def test_every_article_has_its_facts(labeller: str, expected: dict) -> None:
    found = [
        {
            "title": article.title,
            "authors": list(article.authors),
            "dateline_place": article.location_created,
            "agency": article.agencies[0] if article.agencies else None,
            "language": article.language,
            "paragraphs": len(article.text.split("\n\n")),
        }
        for article in articles(labeller, expected["file"])
    ]
    wanted = [
        {key: value for key, value in article.items() if key not in ("first", "last")}
        for article in expected["articles"]
    ]
    assert found == wanted
    for article, facts in zip(
        articles(labeller, expected["file"]), expected["articles"], strict=True
    ):
        assert article.text.startswith(facts["first"])
        assert article.text.endswith(facts["last"])


@pytest.mark.parametrize("file", FILES)
def test_the_text_is_the_kept_lines_in_order(labeller: str, file: str) -> None:
    for article in articles(labeller, file):
        kept = [
            text
            for role, story, text in lines_by_number(labeller, file).values()
            if role in TEXT_ROLES and story == article.story_index
        ]
        assert article.text == "\n\n".join(kept)


@pytest.mark.parametrize("file", FILES)
def test_the_ledger_is_the_document(labeller: str, file: str) -> None:
    assert "".join(span.text or "" for span in cleaned(labeller, file).ledger.spans) == seed_text(
        file
    )


def test_credit_and_captions_become_metadata(labeller: str) -> None:
    (first,) = articles(labeller, FILES[0])
    assert [(person.name, person.role) for person in first.contributors] == [
        ("Doina Chiacu", "reporting"),
        ("Humeyra Pamuk", "reporting"),
        ("Daphne Psaledakis", "writing"),
        ("Howard Goller", "editing"),
    ]
    one, other = articles(labeller, FILES[1])
    assert [image.credit for image in one.images] == ["AP"]
    assert [image.credit for image in other.images] == ["AP Photo/Marko Drobnjakovic"]
