"""What became of every character of one document: a row of `ledger-*.jsonl`."""

from __future__ import annotations

from operator import lt
from typing import Self

from pydantic import Field, model_validator

from schemas.base import Count, DocumentId, Row, Sha256
from schemas.source import Source
from schemas.spans import Spans


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
    spans: Spans = Field(description="From 0 to length, no gap and no overlap.")
    fields: tuple[FieldOrigin, ...] = Field(
        description="Where the metadata of each article come from, for every field with a value."
    )

    @model_validator(mode="after")
    def _spans_cover_the_text(self) -> Self:
        starts, ends, *_, texts = self.spans.columns
        edges = (0, *ends)
        if starts != edges[:-1] or not all(map(lt, starts, ends)):
            at = next(
                edge
                for edge, start, end in zip(edges, starts, ends, strict=False)
                if start != edge or end <= edge
            )
            raise ValueError(f"spans leave a gap or overlap at character {at}")
        for start, end, text in zip(starts, ends, texts, strict=True):
            if text is not None and len(text) != end - start:
                raise ValueError(
                    f"the text of the span at {start} has another length than the span"
                )
        if edges[-1] != self.length:
            raise ValueError(f"spans end at {edges[-1]}, the text at {self.length}")
        return self
