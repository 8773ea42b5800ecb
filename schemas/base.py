"""What every output row has in common: frozen, strict, no unknown keys, one JSON form."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"
"""Version of the output contract. A new key or enum value raises the second number, a changed
or removed key the first."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in lower-case hexadecimal."""

DocumentId = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
"""Identifier of a document, see `schemas.source.document_id`."""

Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
"""A score from 0 to 1."""

Count = Annotated[int, Field(ge=0)]
"""A number of things, or an offset in characters."""


class Row(BaseModel):
    """A frozen record whose keys stand in the order of its fields, nulls written out."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    def json_line(self) -> bytes:
        """Return the row as one UTF-8 line of JSON with its line feed."""
        return self.__pydantic_serializer__.to_json(self) + b"\n"
