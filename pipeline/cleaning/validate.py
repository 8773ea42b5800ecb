"""The last look at what leaves the cleaning: every row against its schema."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from pipeline.cleaning.clean import Cleaned, reject
from schemas.article import Article
from schemas.ledger import LedgerRow
from schemas.rejection import ErrorType, Rejection, Stage


def validate_cleaned(cleaned: Cleaned) -> Iterator[Article | LedgerRow | Rejection]:
    """Yield a document's rows: its articles or its rejection, then its ledger row.

    When one of its articles breaks the schema, the whole document is rejected with pydantic's
    message: a document is in the articles or in the rejected rows, never half in each.
    """
    if cleaned.rejection is not None:
        yield cleaned.rejection
    else:
        try:
            yield from [Article.model_validate(fields) for fields in cleaned.articles]
        except ValidationError as error:
            yield reject(cleaned.document, Stage.VALIDATE, ErrorType.INVALID_ARTICLE, _plain(error))
    yield cleaned.ledger


def _plain(error: ValidationError) -> str:
    """Return pydantic's messages on one line, without the input's values, which may be long."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    return "; ".join(
        f"{'.'.join(map(str, problem['loc'])) or 'article'}: {problem['msg']}"
        for problem in problems
    )
