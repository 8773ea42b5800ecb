"""One clean article: a row of `articles-*.jsonl`."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from schemas.base import Count, DocumentId, Fraction, Row
from schemas.roles import Role
from schemas.source import Source, article_id

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?)?")


def _absolute_date(value: str) -> str:
    if not _ISO.fullmatch(value):
        raise ValueError("a date is YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with an optional zone")
    if "T" in value:
        datetime.fromisoformat(value)
    else:
        date.fromisoformat(value)
    return value


IsoDate = Annotated[
    str, AfterValidator(_absolute_date), Field(json_schema_extra={"pattern": f"^{_ISO.pattern}$"})
]
"""A day, or a second with or without its zone, in ISO 8601. Never a guess from relative time."""

Text = Annotated[str, Field(min_length=1)]


class Contributor(Row):
    """A person named in the credit line, and what they did."""

    name: Text = Field(description="The person's name.")
    role: Literal["reporting", "writing", "editing", "photography", "translation", "other"] = Field(
        description="What the person did for the article."
    )


class Image(Row):
    """What the page says about one picture."""

    caption: str | None = Field(description="The caption without its credit.")
    credit: str | None = Field(description="Photographer and agency.")
    url: str | None = Field(description="Address of the picture; null in plain text.")


class Link(Row):
    """A link that stands in the text."""

    url: Text = Field(description="Where the link leads.")
    text: str = Field(description="The words that carry the link.")


class RemovedCount(Row):
    """How much of one role was left out of the text around this story."""

    role: Role = Field(description="Role of the blocks that were left out.")
    blocks: Annotated[int, Field(ge=1)] = Field(description="Number of blocks.")
    characters: Annotated[int, Field(ge=1)] = Field(description="Their length in characters.")


class Article(Row):
    """One story of one document, without boilerplate."""

    schema_version: Literal["1.0"] = Field(description="Version of this contract.")
    id: Text = Field(description="The document's id, a hyphen and the story's index.")
    document_id: DocumentId = Field(description="Id of the document, as in the ledger.")
    story_index: Count = Field(description="0 for the page's own article, 1, 2, … for others.")
    story_count: Annotated[int, Field(ge=1)] = Field(description="Stories in the document.")
    title: Text | None = Field(description="The headline; null when the document has none.")
    description: Text | None = Field(description="The standfirst: the article's own summary.")
    text: Text = Field(description="Body, subheadings and standfirst, a blank line between them.")
    authors: tuple[Text, ...] = Field(description="Persons named in the byline, in order.")
    byline: Text | None = Field(description="The byline as it stands.")
    contributors: tuple[Contributor, ...] = Field(description="Persons of the credit line.")
    agencies: tuple[Text, ...] = Field(description="News agencies of dateline and byline.")
    dateline: Text | None = Field(description="The dateline as it stands, without the dash.")
    location_created: Text | None = Field(description="The dateline's place.")
    date_published: IsoDate | None = Field(description="When it was published.")
    date_modified: IsoDate | None = Field(description="When it was last changed.")
    date_published_raw: Text | None = Field(description="The publication date as it stands.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = Field(
        description="ISO 639 code of the text's language; null when there is too little text."
    )
    language_score: Fraction | None = Field(description="How sure the identifier is.")
    section: Text | None = Field(description="The section the page names.")
    keywords: tuple[Text, ...] = Field(description="Keywords that the page gives.")
    images: tuple[Image, ...] = Field(description="Captions and credits of pictures.")
    links: tuple[Link, ...] = Field(description="Links of the text; empty for plain text.")
    url: Text | None = Field(description="Address of the page, as the input gives it.")
    canonical_url: Text | None = Field(description="Address that the page gives itself.")
    site_name: Text | None = Field(description="Name of the site, where the page tells it.")
    word_count: Annotated[int, Field(ge=1)] = Field(description="Words of `text`.")
    removed_counts: tuple[RemovedCount, ...] = Field(description="What was left out, by role.")
    confidence: Fraction = Field(description="How sure the labeller is of this article.")
    source: Source = Field(description="Where the document came from.")
    cluster_id: Text | None = Field(description="Cluster of near-duplicates; null when not asked.")
    duplicate_of: Text | None = Field(description="Id of the article that this one repeats.")
    pipeline_version: Text = Field(description="Version of the pipeline.")
    model_version: Text = Field(description="Version of the labeller.")

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.story_index >= self.story_count:
            raise ValueError("story_index must be below story_count")
        if self.id != article_id(self.document_id, self.story_index):
            raise ValueError("id must be document_id, a hyphen and story_index")
        if (self.language is None) != (self.language_score is None):
            raise ValueError("language and language_score are both given or both null")
        return self
