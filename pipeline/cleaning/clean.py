"""One document in, its articles or its rejection out, and its ledger row in any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.cleaning.labels import Label, Labeller
from pipeline.cleaning.metadata import tidy
from pipeline.cleaning.page import Page, TooManyBlocksError, page_from_text, undivided
from pipeline.cleaning.projection import ArticleFields, articles_of, ledger_of
from pipeline.documents import RawDocument
from schemas.ledger import LedgerRow
from schemas.rejection import PREVIEW_CHARACTERS, ErrorType, Rejection, Stage
from schemas.roles import Role


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a document: articles not yet validated, or a rejection, and the ledger."""

    document: RawDocument
    articles: tuple[ArticleFields, ...]
    rejection: Rejection | None
    ledger: LedgerRow


def clean_document(
    document: RawDocument, labeller: Labeller, *, ledger_with_text: bool = True
) -> Cleaned:
    """Label a document's blocks and project its articles.

    A document without text, or in which no block is an article's, is rejected; so is one on which
    the labeller fails, for one document must not stop the others. Its ledger row then says so.
    """
    document = replace(document, hints=tidy(document.hints))
    labels: Sequence[Label] = ()
    articles: tuple[ArticleFields, ...] = ()
    rejection = None
    try:
        page = page_from_text(document.text)
        if page.blocks:
            labels = labeller.label(page, document.hints)
            articles = articles_of(document, page, labels, labeller.version)
        if not articles:
            rejection = _without_article(document, page)
    except TooManyBlocksError as error:
        page, labels = undivided(document.text), _UNLABELLED
        rejection = reject(document, Stage.CLEAN, ErrorType.DOCUMENT_TOO_LARGE, str(error))
    except Exception as error:  # noqa: BLE001 - whatever fails is a row in `rejected`
        page, labels = undivided(document.text), _UNLABELLED
        why = f"{type(error).__name__}: {error}"
        rejection = reject(document, Stage.CLEAN, ErrorType.CLEANING_FAILED, why)
    stories = {fields["story_index"] for fields in articles}
    ledger = ledger_of(document, page, labels, stories=stories, with_text=ledger_with_text)
    return Cleaned(document, articles, rejection, ledger)


def reject(document: RawDocument, stage: Stage, error: ErrorType, message: str) -> Rejection:
    """Return the row that says why a document gave no article."""
    return Rejection(
        document_id=document.id,
        source=document.source,
        stage=stage,
        error_type=error,
        error_message=message,
        preview=document.text[:PREVIEW_CHARACTERS],
    )


def _without_article(document: RawDocument, page: Page) -> Rejection:
    if page.blocks:
        why = f"none of the {len(page.blocks)} lines is an article's text"
        return reject(document, Stage.CLEAN, ErrorType.NO_ARTICLE, why)
    why = "the document is white space only" if document.text else "the document is empty"
    return reject(document, Stage.CLEAN, ErrorType.EMPTY_DOCUMENT, why)


_UNLABELLED: Final = (Label(Role.OTHER, 0, 0.0, "not labelled: the document was rejected"),)
