"""From a document to its rows, for texts in this process and for pages in a helper process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.cleaning.clean import clean_document, reject
from pipeline.cleaning.html.labels import PageLabeller
from pipeline.cleaning.labels import Labeller
from pipeline.cleaning.page import Page
from pipeline.cleaning.projection import ledger_of
from pipeline.cleaning.validate import validate_cleaned
from pipeline.documents import RawDocument
from pipeline.helper.protocol import Lost
from pipeline.sinks.rows import OutputModel, OutputRow, output_row
from schemas.rejection import Stage


@dataclass(frozen=True, slots=True)
class CleaningSettings:
    """What shapes the rows of a document.

    The labellers are made once in each process: `make_page_labeller` where there are HTML pages,
    None for the text labeller on their visible text.
    """

    make_labeller: Callable[[], Labeller]
    make_page_labeller: Callable[[], PageLabeller] | None = None
    keep_non_articles: bool = False
    ledger_with_text: bool = True


class TextCleaner:
    """Cleans text documents."""

    def __init__(self, settings: CleaningSettings) -> None:
        """Make the labeller."""
        self._settings = settings
        self._labeller = settings.make_labeller()

    def rows(self, document: RawDocument) -> Iterator[OutputModel]:
        """Give the rows of a document: its articles or its rejection, then its ledger row."""
        with_text = self._settings.ledger_with_text
        cleaned = clean_document(document, self._labeller, ledger_with_text=with_text)
        return validate_cleaned(cleaned)


class PageCleaner:
    """Cleans HTML pages. Its answers hold lines of the output files: they cost least to send."""

    def __init__(self, settings: CleaningSettings) -> None:
        """Make the labellers."""
        self._settings = settings
        self._labeller = settings.make_labeller()
        make = settings.make_page_labeller
        self._page_labeller = None if make is None else make()

    def __call__(self, document: RawDocument) -> tuple[OutputRow, ...]:
        """Return the rows of a page as they are written."""
        cleaned = clean_document(
            document,
            self._labeller,
            page_labeller=self._page_labeller,
            keep_non_articles=self._settings.keep_non_articles,
            ledger_with_text=self._settings.ledger_with_text,
        )
        return tuple(map(output_row, validate_cleaned(cleaned)))


@dataclass(frozen=True, slots=True)
class MakePageCleaner:
    """What a helper process begins with; can be pickled."""

    settings: CleaningSettings

    def __call__(self) -> PageCleaner:
        """Return a new `PageCleaner`."""
        return PageCleaner(self.settings)


def rows_of_lost(document: RawDocument, lost: Lost) -> tuple[OutputModel, ...]:
    """Return the rows of a page that the helper could not clean.

    Which text of it is visible is not known, so its ledger row is empty.
    """
    rejection = reject(document, Stage.CLEAN, lost.error_type, lost.message)
    return rejection, ledger_of(document, Page("", ()), (), stories=(), with_text=True)
