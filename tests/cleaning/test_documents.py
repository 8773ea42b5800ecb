"""Whole documents, labelled line by line: `cases/documents.jsonl` and `cases/known-failures.jsonl`.

A case: its name, the language, the raw `text`, the role of each block in order (several that will
do are parted by a slash; `text` is any role of the text, `removed` any other), the block at which a
second story begins, the number of articles, and the first article's metadata. The known failures
say what should come out and why it does not; a test fails when one of them is mended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cleaning.learned import learned_labeller
from schemas import METADATA_ROLES, TEXT_ROLES
from schemas.roles import Role
from tests.cleaning.helpers import articles, clean, labels

CASES = Path(__file__).parent / "cases"
FIELDS = {
    "title": "title",
    "place": "location_created",
    "date": "date_published",
    "modified": "date_modified",
    "section": "section",
    "language": "language",
}


def cases(file: str) -> list[Any]:
    rows = (CASES / file).read_text(encoding="utf-8").split("\n")
    return [pytest.param(case, id=case["name"]) for case in map(json.loads, filter(None, rows))]


def fits(role: Role, expected: str) -> bool:
    """Whether a role is one of those a case names."""
    return any(
        (name == "text" and role in TEXT_ROLES)
        or (name == "removed" and role not in TEXT_ROLES)
        or name == role.value
        for name in expected.split("/")
    )


def differences(case: dict[str, Any]) -> Iterator[str]:
    """Yield what comes out otherwise than a case says."""
    found = labels(case["text"])
    if len(found) != len(case["roles"]):
        yield f"{len(found)} blocks, not {len(case['roles'])}"
        return
    second = case["second_story_at"]
    for number, (label, expected) in enumerate(zip(found, case["roles"], strict=True)):
        if not fits(label.role, expected):
            yield f"block {number}: {label.role}, not {expected} ({label.reason})"
        if label.story != int(second is not None and number >= second):
            yield f"block {number}: story {label.story}"
    if not case["stories"]:
        if clean(case["text"]).rejection is None:
            yield "there is an article"
        return
    rows = articles(case["text"])
    if len(rows) != case["stories"]:
        yield f"{len(rows)} articles, not {case['stories']}"
    for name, field in FIELDS.items():
        if getattr(rows[0], field) != case[name]:
            yield f"{name}: {getattr(rows[0], field)!r}, not {case[name]!r}"
    if list(rows[0].authors) != case["authors"]:
        yield f"authors: {rows[0].authors}"
    if list(rows[0].agencies) != ([case["agency"]] if case["agency"] else []):
        yield f"agencies: {rows[0].agencies}"


@pytest.mark.parametrize("case", cases("documents.jsonl"))
def test_documents(case: dict[str, Any]) -> None:
    assert list(differences(case)) == []


@pytest.mark.parametrize("case", cases("documents.jsonl"))
def test_documents_with_the_model(case: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.cleaning.helpers.RuleLabeller", learned_labeller)
    assert list(differences(case)) == []


@pytest.mark.parametrize("case", cases("known-failures.jsonl"))
def test_known_failures_still_fail(case: dict[str, Any]) -> None:
    assert case["why"]
    assert list(differences(case)), "mended: move the case to documents.jsonl"


@pytest.mark.parametrize("case", cases("documents.jsonl") + cases("known-failures.jsonl"))
def test_cases_name_roles_that_there_are(case: dict[str, Any]) -> None:
    known = {role.value for role in Role} | {"text", "removed"}
    assert all(known.issuperset(roles.split("/")) for roles in case["roles"])


def test_the_cases_cover_the_roles() -> None:
    seen = {role for case in cases("documents.jsonl") for role in case.values[0]["roles"]}
    assert seen >= {role.value for role in METADATA_ROLES | TEXT_ROLES} - {"dateline"}
