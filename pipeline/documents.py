"""What a source hands to the cleaning: a decoded document and what the input says about it."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.source import Source, document_id


@dataclass(frozen=True, slots=True)
class Hints:
    """Values that the input itself gives for a document. They win over anything found in it."""

    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as decoded text, not yet cut into blocks.

    `text` holds no lone surrogates (they are U+FFFD), so that it can be written as UTF-8. With
    `is_html` it is the markup of a page, decoded.
    """

    source: Source
    text: str
    hints: Hints = Hints()
    is_html: bool = False

    @property
    def id(self) -> str:
        """The document's id, which follows from its source alone."""
        return document_id(self.source.uri, self.source.record, self.source.sha256)
