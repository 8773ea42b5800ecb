"""One document in, its articles or its rejection out, and its ledger row in any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from pipeline.cleaning.html.facts import page_facts
from pipeline.cleaning.html.facts.title import shown_title
from pipeline.cleaning.html.labels import PageLabeller, TextPageLabeller
from pipeline.cleaning.html.parse import (
    EmptyPageError,
    NestedTooDeepError,
    TooManyNodesError,
    UnparsableError,
    parse_html,
)
from pipeline.cleaning.html.shown_byline import with_shown_byline
from pipeline.cleaning.html.shown_day import with_shown_day
from pipeline.cleaning.html.shown_headline import with_shown_headline
from pipeline.cleaning.html.visible import visible_page
from pipeline.cleaning.labels import Label, Labeller
from pipeline.cleaning.metadata import tidy
from pipeline.cleaning.page import Page, TooManyBlocksError, page_from_text, undivided
from pipeline.cleaning.projection import ArticleFields, Projection, ledger_of, project
from pipeline.documents import RawDocument
from schemas.ledger import LedgerRow
from schemas.rejection import PREVIEW_CHARACTERS, ErrorType, Rejection, Stage
from schemas.roles import Role

ARTICLE: Final = 0.4
"""Least probability of a page that passes as an article: out of fold 95% of the articles (of the
news among them all) pass and 86% of the other pages are rejected; at .34 these are 96% and 82%, at
.5 93% and 88%."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of a document: articles not yet validated, or a rejection, and the ledger."""

    document: RawDocument
    articles: tuple[ArticleFields, ...]
    rejection: Rejection | None
    ledger: LedgerRow


_NOTHING: Final = Projection((), ())


class _Labelled(NamedTuple):
    """A page with its labels, and what came of it."""

    page: Page
    labels: Sequence[Label]
    made: Projection
    rejection: Rejection | None


def clean_document(
    document: RawDocument,
    labeller: Labeller,
    *,
    page_labeller: PageLabeller | None = None,
    keep_non_articles: bool = False,
    ledger_with_text: bool = True,
) -> Cleaned:
    """Label a document's blocks and project its articles.

    A document without text, or in which no block is an article's, is rejected; so is one on which
    the labeller fails, for one document must not stop the others. Its ledger row then says so.

    `page_labeller` labels HTML documents; without one `labeller` does, by their visible text. A
    page that holds no article is rejected unless `keep_non_articles`. The ledger row of HTML is
    about the visible text (see `html.visible`), and is empty where the markup could not be parsed.
    """
    document = replace(document, hints=tidy(document.hints))
    try:
        if document.is_html:
            pages = page_labeller or TextPageLabeller(labeller)
            result = _clean_page(document, pages, keep_non_articles)
        else:
            result = _clean_text(document, labeller)
    except UnparsableError as error:
        why = reject(document, Stage.PARSE, _PARSE_ERRORS[type(error)], str(error))
        result = _Labelled(Page("", ()), (), _NOTHING, why)
    except TooManyBlocksError as error:
        why = reject(document, Stage.CLEAN, ErrorType.DOCUMENT_TOO_LARGE, str(error))
        result = _unlabelled(document, why)
    except MemoryError:
        why = reject(document, Stage.CLEAN, ErrorType.MEMORY_LIMIT, "the memory did not suffice")
        result = _unlabelled(document, why)
    except Exception as error:  # noqa: BLE001 - whatever fails is a row in `rejected`
        message = f"{type(error).__name__}: {error}"
        why = reject(document, Stage.CLEAN, ErrorType.CLEANING_FAILED, message)
        result = _unlabelled(document, why)
    page, labels, made, rejection = result
    stories = {fields["story_index"] for fields in made.articles}
    ledger = ledger_of(
        document,
        page,
        labels,
        stories=stories,
        with_text=ledger_with_text,
        origins=made.origins,
    )
    return Cleaned(document, made.articles, rejection, ledger)


def _clean_text(document: RawDocument, labeller: Labeller) -> _Labelled:
    page = page_from_text(document.text)
    labels = labeller.label(page, document.hints) if page.blocks else ()
    made = project(document, page, labels, labeller.version)
    rejection = None if made.articles else _without_article(document, page, document.text)
    return _Labelled(page, labels, made, rejection)


def _clean_page(
    document: RawDocument, labeller: PageLabeller, keep_non_articles: bool
) -> _Labelled:
    tree = parse_html(document.text)
    visible = visible_page(tree)
    facts = page_facts(tree, document.hints.url)
    page = visible.page
    if not page.blocks:
        return _Labelled(page, (), _NOTHING, _without_article(document, page, ""))
    labels, chance = labeller.label(tree, visible, document.hints, facts)
    if chance < ARTICLE and not keep_non_articles:
        why = f"the page holds no article: score {chance:.2f} of {ARTICLE:.2f}"
        listing = reject(document, Stage.CLEAN, ErrorType.NOT_AN_ARTICLE, why, page.text)
        return _Labelled(page, labels, _NOTHING, listing)
    facts = replace(facts, title=shown_title(facts.title, page))
    facts, labels = with_shown_headline(facts, tree, visible, labels)
    facts, labels = with_shown_day(facts, visible, labels)
    labels = with_shown_byline(facts, visible, labels)
    made = project(document, page, labels, labeller.version, facts, visible.places)
    rejection = None if made.articles else _without_article(document, page, page.text)
    return _Labelled(page, labels, made, rejection)


def _unlabelled(document: RawDocument, why: Rejection) -> _Labelled:
    """Return a document of which nothing is known; of HTML, not even which text is visible."""
    if document.is_html:
        return _Labelled(Page("", ()), (), _NOTHING, why)
    return _Labelled(undivided(document.text), _UNLABELLED, _NOTHING, why)


def reject(
    document: RawDocument, stage: Stage, error: ErrorType, message: str, text: str | None = None
) -> Rejection:
    """Return the row that says why a document gave no article.

    `text` is what the preview shows the beginning of, if not the document's own text.
    """
    return Rejection(
        document_id=document.id,
        source=document.source,
        stage=stage,
        error_type=error,
        error_message=message,
        preview=(document.text if text is None else text)[:PREVIEW_CHARACTERS],
    )


def _without_article(document: RawDocument, page: Page, text: str) -> Rejection:
    if page.blocks:
        what = "blocks" if document.is_html else "lines"
        why = f"none of the {len(page.blocks)} {what} is an article's text"
        return reject(document, Stage.CLEAN, ErrorType.NO_ARTICLE, why, text)
    if document.is_html:
        why = "no text of the page is visible without scripts"
    else:
        why = "the document is white space only" if document.text else "the document is empty"
    return reject(document, Stage.CLEAN, ErrorType.EMPTY_DOCUMENT, why, text or None)


_PARSE_ERRORS: Final = {
    EmptyPageError: ErrorType.EMPTY_DOCUMENT,
    NestedTooDeepError: ErrorType.NESTED_TOO_DEEP,
    TooManyNodesError: ErrorType.TOO_MANY_NODES,
    UnparsableError: ErrorType.CLEANING_FAILED,
}

_UNLABELLED: Final = (Label(Role.OTHER, 0, 0.0, "not labelled: the document was rejected"),)
