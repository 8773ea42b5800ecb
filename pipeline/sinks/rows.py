"""An output row as bytes, with the key that gives it its place in the output."""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass, field
from typing import Final

from pipeline.sinks.layout import Kind
from pipeline.sinks.tallies import NOTHING, Tallies, ledger_tallies, rejection_tallies
from schemas.article import Article
from schemas.base import DocumentId
from schemas.ledger import LedgerRow
from schemas.rejection import Rejection

_KINDS: Final = tuple(Kind)
_DOCUMENT = struct.Struct(">BQ16s")
_ROW = struct.Struct(">BQ16s")
_NO_TIE: Final = bytes(16)

OutputModel = Article | LedgerRow | Rejection
"""A row of one of the three outputs."""


@dataclass(frozen=True, slots=True)
class OutputRow:
    """One line of an output file.

    `key` orders rows as bytes, see `row_key`. `line` is the row's JSON with its line feed.
    """

    document_id: DocumentId
    key: bytes
    line: bytes = field(repr=False)
    tallies: Tallies = NOTHING


def kind_of(row: OutputModel | OutputRow) -> Kind:
    """Return the output that a row belongs to."""
    if isinstance(row, OutputRow):
        return split_key(row.key)[1]
    if isinstance(row, Article):
        return Kind.ARTICLES
    return Kind.LEDGER if isinstance(row, LedgerRow) else Kind.REJECTED


def output_row(model: OutputModel | OutputRow) -> OutputRow:
    """Return the bytes, key and tallies of one row; what has them already comes back."""
    if isinstance(model, OutputRow):
        return model
    line = model.json_line()
    source = model.source
    story_index, tallies, tie = 0, NOTHING, _NO_TIE
    if isinstance(model, Article):
        kind, story_index = Kind.ARTICLES, model.story_index
    elif isinstance(model, LedgerRow):
        kind, tallies = Kind.LEDGER, ledger_tallies(model)
    else:
        # A document can be rejected for several reasons. Those rows have nothing else to be
        # told apart by, and the other kinds are spared a hash over all that they hold.
        kind, tallies = Kind.REJECTED, rejection_tallies(model)
        tie = hashlib.sha256(line).digest()[:16]
    document = document_key(source.uri, source.record, model.document_id)
    return OutputRow(model.document_id, row_key(document, kind, story_index, tie), line, tallies)


def document_key(uri: str, record: int | None, document_id: DocumentId) -> bytes:
    """Return bytes that order documents by (uri, record, document_id).

    Strings compare by code point, and no record comes before record 0. It holds for any uri,
    also one with zero bytes or lone surrogates (file names that are not UTF-8): UTF-8 keeps the
    order of code points, and the end of the uri is marked by two zero bytes that, as a zero byte
    of the uri itself becomes 00 FF, sort before whatever could follow.
    """
    text = uri.encode("utf-8", "surrogatepass").replace(b"\0", b"\0\xff")
    present, number = (0, 0) if record is None else (1, record)
    return text + b"\0\0" + _DOCUMENT.pack(present, number, bytes.fromhex(document_id))


def row_key(document: bytes, kind: Kind, story_index: int = 0, tie: bytes = _NO_TIE) -> bytes:
    """Return bytes that order rows by document, then kind and story.

    Within one kind that is (source.uri, source.record, story_index), as a place in the input
    holds one document. All rows of a document follow each other, whatever their kind.

    Args:
        document: What `document_key` gave.
        kind: The output.
        story_index: Index of the story, 0 for rows that are not about one.
        tie: 16 bytes that order rows of the same document, kind and story.
    """
    return document + _ROW.pack(_KINDS.index(kind), story_index, tie)


def split_key(key: bytes) -> tuple[bytes, Kind]:
    """Return the document's key and the kind that a row's key holds."""
    return key[: -_ROW.size], _KINDS[key[-_ROW.size]]


def document_id_of(document: bytes) -> DocumentId:
    """Return the document id that a document's key holds."""
    return document[-16:].hex()


def shard_of(document_id: DocumentId, shards: int) -> int:
    """Return the shard of all rows of a document: its id as a number, modulo `shards`.

    The id is part of a SHA-256, so that the shards become equally long.
    """
    return int(document_id, 16) % shards
