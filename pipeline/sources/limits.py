"""How much of an input is read."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.sources.rejections import ReadError
from schemas.rejection import ErrorType


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds for one document: the decompressed file, or the row without its line break."""

    max_document_bytes: int = 16 * 2**20

    def too_large(self) -> ReadError:
        """Return the error for a document that is over the limit."""
        return ReadError(
            ErrorType.DOCUMENT_TOO_LARGE,
            f"the document is larger than {self.max_document_bytes:,} bytes",
        )
