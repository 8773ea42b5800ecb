"""One document in; articles or a rejection, and a ledger row, out. The three promises."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cleaning import page as page_module
from pipeline.cleaning.clean import Cleaned, clean_document
from pipeline.cleaning.labeller import RuleLabeller
from pipeline.cleaning.labels import Label
from pipeline.cleaning.metadata import printable
from pipeline.cleaning.page import Page, page_from_text
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import Hints, RawDocument
from schemas import TEXT_ROLES, Article, ErrorType, LedgerRow, Rejection, Stage
from tests.cleaning.helpers import BRIDGE, SOURCE, WHALE, clean, document

LINES = st.sampled_from(
    [
        *BRIDGE,
        *WHALE,
        "Council closes the iron bridge",
        "Is it safe?",
        "By Ann Lee",
        "Ann Lee",
        "September 5, 2023",
        "5/9/2023",
        "OSLO (Bugle) - " + BRIDGE[0],
        "(Reporting by Ann Lee; Editing by Bo Ek)",
        "The bridge. (Bugle Photo/Ann Lee)",
        "Photo: Ann Lee",
        "Related articles",
        "Comments",
        "About the author",
        "Ann Lee is a reporter who covers bridges for the Bugle.",
        "Read more",
        "Subscribe to our newsletter",
        "***",
        "- an item",
        "",
        "",
        "\x00",
        "東京で橋が閉鎖された。",
    ]
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=500)
PAGES = st.lists(
    LINES | st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=30
)
TEXTS = ANY_TEXT | st.builds(
    lambda lines, newline: newline.join(lines), PAGES, st.sampled_from(["\n", "\r\n", "\r", "\n\n"])
)
WORD = st.none() | st.text(max_size=40)
HINTS = st.builds(Hints, WORD, WORD, st.lists(st.text(max_size=20), max_size=3).map(tuple), WORD)
PATIENT = settings(deadline=None)
THOROUGH = settings(max_examples=300, deadline=None)


def rows_of(text: str, hints: Hints) -> tuple[list[Article], list[Rejection], LedgerRow]:
    *rest, ledger = validate_cleaned(clean(text, hints))
    assert isinstance(ledger, LedgerRow)
    articles = [row for row in rest if isinstance(row, Article)]
    rejections = [row for row in rest if isinstance(row, Rejection)]
    return articles, rejections, ledger


@THOROUGH
@given(TEXTS, HINTS)
def test_nothing_is_lost(text: str, hints: Hints) -> None:
    _, _, ledger = rows_of(text, hints)
    assert "".join(span.text or "" for span in ledger.spans) == text
    assert ledger.length == len(text)
    assert ledger.text_sha256 == hashlib.sha256(text.encode()).hexdigest()


@THOROUGH
@given(TEXTS, HINTS)
def test_articles_or_a_rejection_never_both_and_none_for_a_failure(text: str, hints: Hints) -> None:
    articles, rejections, _ = rows_of(text, hints)
    assert bool(articles) != bool(rejections)
    assert len(rejections) <= 1
    assert {r.error_type for r in rejections} <= {ErrorType.EMPTY_DOCUMENT, ErrorType.NO_ARTICLE}


@THOROUGH
@given(TEXTS, HINTS)
def test_the_text_of_an_article_is_its_blocks_in_order(text: str, hints: Hints) -> None:
    articles, _, ledger = rows_of(text, hints)
    joined = {block.start: block.text for block in page_from_text(text).blocks}
    for article in articles:
        kept = [
            printable(joined[span.start])
            for span in ledger.spans
            if span.story_index == article.story_index and span.role in TEXT_ROLES
        ]
        assert article.text == "\n\n".join(line for line in kept if line)
        assert article.text.strip()
    assert {span.story_index for span in ledger.spans} <= {None, *(a.story_index for a in articles)}


@PATIENT
@given(TEXTS, HINTS)
def test_the_same_document_gives_the_same_bytes(text: str, hints: Hints) -> None:
    first = [row.json_line() for row in validate_cleaned(clean(text, hints))]
    assert first == [row.json_line() for row in validate_cleaned(clean(text, hints))]


@PATIENT
@given(TEXTS, HINTS)
def test_every_row_comes_back_from_its_json(text: str, hints: Hints) -> None:
    for row in validate_cleaned(clean(text, hints)):
        assert type(row).model_validate_json(row.json_line()) == row


@PATIENT
@given(TEXTS)
def test_the_ledger_without_text_has_the_same_spans(text: str) -> None:
    full = clean(text).ledger
    bare = clean_document(document(text), RuleLabeller(), ledger_with_text=False).ledger
    assert [s.model_copy(update={"text": None}) for s in full.spans] == list(bare.spans)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", ErrorType.EMPTY_DOCUMENT, "the document is empty"),
        (" \n\t\r\n\u00a0", ErrorType.EMPTY_DOCUMENT, "white space only"),
        ("Council closes the iron bridge", ErrorType.NO_ARTICLE, "none of the 1 lines"),
        ("Read more\n\nSubscribe to our newsletter", ErrorType.NO_ARTICLE, "none of the 2 lines"),
        ("\x00\x01", ErrorType.NO_ARTICLE, "none of the 1 lines"),
    ],
)
def test_documents_without_an_article(text: str, error: ErrorType, message: str) -> None:
    rejection = clean(text).rejection
    assert rejection is not None
    assert (rejection.stage, rejection.error_type) == (Stage.CLEAN, error)
    assert message in rejection.error_message


def test_too_many_lines_are_a_rejection_with_a_ledger_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "MAX_BLOCKS", 5)
    found = clean("one\n" * 6)
    assert found.rejection is not None
    assert found.rejection.error_type is ErrorType.DOCUMENT_TOO_LARGE
    assert [span.text for span in found.ledger.spans] == ["one\n" * 6]


class _Broken:
    version = "broken-1"

    def label(self, page: Page, hints: Hints) -> Sequence[Label]:
        raise RuntimeError("no model")


class _Short:
    version = "short-1"

    def label(self, page: Page, hints: Hints) -> Sequence[Label]:
        return []


@pytest.mark.parametrize(
    ("labeller", "message"), [(_Broken(), "RuntimeError: no model"), (_Short(), "ValueError")]
)
def test_a_labeller_that_fails_rejects_one_document(
    labeller: _Broken | _Short, message: str
) -> None:
    found: Cleaned = clean_document(document(BRIDGE[0]), labeller)
    assert found.articles == ()
    assert found.rejection is not None
    assert found.rejection.error_type is ErrorType.CLEANING_FAILED
    assert found.rejection.error_message.startswith(message)
    assert "".join(span.text or "" for span in found.ledger.spans) == BRIDGE[0]


def test_the_preview_is_short() -> None:
    rejection = clean("x" * 5000).rejection
    assert rejection is not None
    assert rejection.preview == "x" * 200


def test_hints_are_the_first_story_s_alone() -> None:
    text = "\n\n".join(
        (
            "Council closes the iron bridge",
            *BRIDGE,
            "\n\nYoung humpback whale finds its way",
            "By Bo Ek",
            *WHALE,
        )
    )
    hints = Hints(url="https://bugle.example/1", title="Given", authors=("Ann",), date="2020-01-02")
    first, second = clean_document(RawDocument(SOURCE, text, hints), RuleLabeller()).articles
    assert (first["title"], first["url"], first["authors"]) == (
        "Given",
        "https://bugle.example/1",
        ("Ann",),
    )
    assert (second["title"], second["url"], second["authors"]) == (
        "Young humpback whale finds its way",
        None,
        ("Bo Ek",),
    )
