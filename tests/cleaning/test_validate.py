"""Rows against their schemas."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cleaning.validate import validate_cleaned
from schemas import Article, ErrorType, LedgerRow, Rejection, Stage
from tests.cleaning.helpers import BRIDGE, clean

TEXT = "\n\n".join(("Council closes the iron bridge", *BRIDGE))


def test_articles_come_before_the_ledger_row() -> None:
    assert [type(row) for row in validate_cleaned(clean(TEXT))] == [Article, LedgerRow]


def test_a_rejected_document_has_a_ledger_row_too() -> None:
    assert [type(row) for row in validate_cleaned(clean(" "))] == [Rejection, LedgerRow]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": 7}, "text: Input should be a valid string"),
        ({"language": "English"}, "language: String should match pattern"),
        ({"story_index": 5}, "story_index must be below story_count"),
        ({"date_published": "yesterday"}, "date_published: Value error, a date is YYYY-MM-DD"),
        ({"surprise": 1}, "surprise: Extra inputs are not permitted"),
    ],
)
def test_one_bad_article_rejects_the_document(change: dict[str, object], message: str) -> None:
    cleaned = clean(TEXT)
    good = cleaned.articles[0]
    rows = list(validate_cleaned(replace(cleaned, articles=(good, {**good, **change}))))
    assert [type(row) for row in rows] == [Rejection, LedgerRow]
    rejection = rows[0]
    assert isinstance(rejection, Rejection)
    assert (rejection.stage, rejection.error_type) == (Stage.VALIDATE, ErrorType.INVALID_ARTICLE)
    assert message in rejection.error_message
    assert "\n" not in rejection.error_message
