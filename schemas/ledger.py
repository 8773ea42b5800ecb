"""What became of every character of one document: a row of `ledger-*.jsonl`."""

from __future__ import annotations

from operator import lt
from typing import Annotated, Self

from pydantic import Field, model_validator

from schemas.base import Count, DocumentId, Fraction, Row, Sha256
from schemas.roles import Role
from schemas.source import Source


class Span(Row):
    """A run of characters with one role, one story and the reason for both."""

    start: Count = Field(description="Offset of the first character in the decoded text.")
    end: Annotated[int, Field(ge=1)] = Field(description="Offset behind the last character.")
    role: Role = Field(description="What the span is to the article.")
    story_index: Count | None = Field(description="The story it belongs to; null for none.")
    reason: str = Field(min_length=1, description="What decided: the rule or the model.")
    score: Fraction = Field(description="How sure the labeller is of the role.")
    text: str | None = Field(description="The characters; null with --ledger=offsets.")


class FieldOrigin(Row):
    """Where the value of one field of one article comes from."""

    story_index: Count = Field(description="The article of the document.")
    field: str = Field(min_length=1, description="Name of the article's field.")
    origin: str = Field(
        min_length=1,
        description="`input:` and the key of the input; `block` and the number of the document's "
        "block, counted from 0; `identifier`; or the place in the page's markup, such as "
        "`json-ld:author`, `meta:og:title`, `h1`.",
    )


class LedgerRow(Row):
    """All spans of a document: joined in order they are its decoded text."""

    document_id: DocumentId = Field(description="Id of the document.")
    source: Source = Field(description="Where the document came from.")
    length: Count = Field(description="Length of the decoded text in characters.")
    text_sha256: Sha256 = Field(description="SHA-256 of the decoded text in UTF-8.")
    spans: tuple[Span, ...] = Field(description="From 0 to length, no gap and no overlap.")
    fields: tuple[FieldOrigin, ...] = Field(
        description="Where the metadata of each article come from, for every field with a value."
    )

    @model_validator(mode="after")
    def _spans_cover_the_text(self) -> Self:
        # In steps over all spans: one loop that checks all of each costs three times as much.
        starts = [span.start for span in self.spans]
        ends = [span.end for span in self.spans]
        edges = [0, *ends]
        if starts != edges[:-1] or not all(map(lt, starts, ends)):
            at = next(
                edge
                for edge, start, end in zip(edges, starts, ends, strict=False)
                if start != edge or end <= edge
            )
            raise ValueError(f"spans leave a gap or overlap at character {at}")
        for start, end, text in zip(starts, ends, [s.text for s in self.spans], strict=True):
            if text is not None and len(text) != end - start:
                raise ValueError(
                    f"the text of the span at {start} has another length than the span"
                )
        if edges[-1] != self.length:
            raise ValueError(f"spans end at {edges[-1]}, the text at {self.length}")
        return self
