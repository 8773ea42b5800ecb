"""The output contract: pydantic models of every row that the pipeline writes."""

from schemas.article import Article, Contributor, Image, Link, RemovedCount
from schemas.base import SCHEMA_VERSION, Row
from schemas.ledger import FieldOrigin, LedgerRow
from schemas.manifest import Manifest
from schemas.rejection import ErrorType, Rejection, Stage
from schemas.roles import BOILERPLATE_ROLES, METADATA_ROLES, TEXT_ROLES, Role
from schemas.source import Format, Source, article_id, document_id
from schemas.spans import Span, Spans
from schemas.taken import TakenFile

__all__ = [
    "BOILERPLATE_ROLES",
    "METADATA_ROLES",
    "SCHEMA_VERSION",
    "TEXT_ROLES",
    "Article",
    "Contributor",
    "ErrorType",
    "FieldOrigin",
    "Format",
    "Image",
    "LedgerRow",
    "Link",
    "Manifest",
    "Rejection",
    "RemovedCount",
    "Role",
    "Row",
    "Source",
    "Span",
    "Spans",
    "Stage",
    "TakenFile",
    "article_id",
    "document_id",
]
