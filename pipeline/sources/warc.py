"""Web archives: WARC records that hold pages, WET records that hold text.

Documents are `response` records of HTTP with status 200 and a page in them, `resource` records with
a page, and `conversion` records of plain text (WET) or a page. All others are counted by reason.
fastwarc reads the records; where each begins, and how to go on behind damage, is told by
`pipeline.sources.members`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from fastwarc.warc import ArchiveIterator, WarcRecord

from pipeline.documents import Hints, RawDocument
from pipeline.sources.charset import decode_page
from pipeline.sources.compression import Codec
from pipeline.sources.encoding import Decoded, decode, without_lone_surrogates
from pipeline.sources.http_body import decoded_body, looks_like_markup
from pipeline.sources.limits import ReadLimits
from pipeline.sources.members import Archive, Member
from pipeline.sources.rejections import ReadError, preview_of, rejection, source_of, undecodable
from pipeline.sources.skipped import RecordSkip, SkippedRecords
from schemas.rejection import ErrorType, Rejection
from schemas.source import Format

_READ_BYTES: Final = 1 << 20
_PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
_SKIPPED_TYPES: Final = {
    "warcinfo": RecordSkip.WARCINFO,
    "request": RecordSkip.REQUEST,
    "metadata": RecordSkip.METADATA,
    "revisit": RecordSkip.REVISIT,
    "continuation": RecordSkip.CONTINUATION,
}

_Item = RawDocument | Rejection | RecordSkip


def read_warc(
    raw: BinaryIO, uri: str, limits: ReadLimits
) -> Iterator[RawDocument | Rejection | SkippedRecords]:
    """Give the documents of an archive, what of it could not be read, and what was skipped.

    `raw` is open for reading bytes as they are stored. A record that is damaged, cut off or a bomb
    is one rejected row, and reading goes on with the next record that can be found; where none can,
    that row stands for the rest. Records are counted from 1, a damaged place as one. Holds at most
    `limits.max_document_bytes`, twice over while a body is decoded, and a chunk in memory.
    """
    skipped: Counter[RecordSkip] = Counter()
    for item in _Reader(Archive(raw, uri), uri, limits).items():
        if isinstance(item, RecordSkip):
            skipped[item] += 1
        else:
            yield item
    for reason, records in sorted(skipped.items()):
        yield SkippedRecords(uri, reason, records)


@dataclass(frozen=True, slots=True)
class _Head:
    """What a record's own header says."""

    type: str
    content_type: str
    id: str | None
    date: str | None
    url: str | None
    is_cut: bool


class _Reader:
    """One pass over an archive; `number` is the record that is read, from 1."""

    def __init__(self, archive: Archive, uri: str, limits: ReadLimits) -> None:
        self._archive = archive
        self._uri = uri
        self._limits = limits
        self._number = 0

    def items(self) -> Iterator[_Item]:
        try:
            for member in self._archive.members():
                yield from self._member(member)
        except ReadError as error:
            self._number += 1
            yield self._damage(error)

    def _member(self, member: Member) -> Iterator[_Item]:
        """Give what one member holds: a record, or all of them.

        An item is held back until what follows it has turned out to be a record, or the end.
        """
        held: _Item | None = None
        start = length = 0
        records = _records(member)
        while True:
            try:
                record = next(records, None)
            except ReadError as error:
                yield from _if_any(held)
                self._number += 1
                yield self._damage(error)
                return
            except OSError:
                yield from self._unreadable_header(member, held, start, length)
                return
            yield from _if_any(held)
            if record is None:
                return
            self._number += 1
            start, length = record.stream_pos, record.content_length
            try:
                held = self._item(record)
            except ReadError as error:
                yield self._damage(error)
                if self._archive.codec is Codec.NONE:
                    # It may be its length that is wrong, and the next record stand close by.
                    self._archive.seek_record(member.offset + start + 1)
                return

    def _unreadable_header(
        self, member: Member, held: _Item | None, start: int, length: int
    ) -> Iterator[_Item]:
        """Give the damage where a record should begin, and go on behind it.

        It may be the record before, `held`, whose length is wrong. Without compression its digest
        tells; in a compressed member, which should hold one record alone, it is taken to be so.
        """
        what = "no record begins where the one before it ends"
        error = ReadError(ErrorType.CORRUPT_STREAM, what)
        start += member.offset
        if self._archive.codec is not Codec.NONE:
            self._number += held is None
            yield self._damage(error)
            _drain(member)
        elif held is not None and self._has_right_digest(start):
            yield held
            self._number += 1
            yield self._damage(error)
            self._archive.seek_record(start + length)
        else:
            self._number += held is None
            yield self._damage(error)
            self._archive.seek_record(start + 1)

    def _has_right_digest(self, offset: int) -> bool:
        """Return whether the record at an offset holds what its digest says, or has none."""
        self._archive.seek(offset)
        member = next(self._archive.members())
        record = next(_records(member))
        if record.headers.get("WARC-Block-Digest") is None:
            return True
        return bool(record.verify_block_digest(consume=True))

    def _item(self, record: WarcRecord) -> _Item:
        """Return what a record is; raises `ReadError` if the archive is damaged there."""
        head = _head_of(record)
        try:
            return self._document(record, head)
        except _NotReadError as failure:
            return self._rejection(failure.error, head)

    def _document(self, record: WarcRecord, head: _Head) -> _Item:
        if head.type == "response":
            return self._response(record, head)
        reason = _SKIPPED_TYPES.get(head.type)
        if head.type in {"resource", "conversion"}:
            if head.content_type in _PAGE_TYPES:
                return self._page(_body(record, self._limits), head)
            if head.type == "conversion" and head.content_type == "text/plain":
                return self._text(_body(record, self._limits), head)
            reason = RecordSkip.NOT_HTML
        _drain_record(record)
        return reason or RecordSkip.OTHER

    def _response(self, record: WarcRecord, head: _Head) -> _Item:
        reason: RecordSkip | None = None
        if not record.is_http:
            reason = RecordSkip.NOT_HTTP
        else:
            try:
                record.parse_http(quirks_mode=True)
            except ReadError:
                raise
            except OSError as error:
                raise _NotReadError(
                    ReadError(ErrorType.CORRUPT_STREAM, f"the HTTP header is damaged: {error}")
                ) from error
            http = record.http_headers
            content_type = http.get("Content-Type") if http is not None else None
            type = _plain_type(content_type)
            if http is None or http.status_code != 200:
                reason = RecordSkip.NOT_OK
            elif type and type not in _PAGE_TYPES:
                reason = RecordSkip.NOT_HTML
        if reason is not None:
            _drain_record(record)
            return reason
        body = _body(record, self._limits)
        try:
            body = decoded_body(
                body,
                transfer_encoding=http.get("Transfer-Encoding"),
                content_encoding=http.get("Content-Encoding"),
                limit=self._limits.max_document_bytes,
                is_cut=head.is_cut,
            )
        except ReadError as error:
            raise _NotReadError(error) from error
        if not type and not looks_like_markup(body):
            return RecordSkip.NOT_HTML
        return self._page(body, head, content_type)

    def _page(self, body: bytes, head: _Head, content_type: str | None = None) -> _Item:
        return self._decoded(body, head, Format.WARC, decode_page(body, content_type))

    def _text(self, body: bytes, head: _Head) -> _Item:
        return self._decoded(body, head, Format.WET, decode(body))

    def _decoded(self, body: bytes, head: _Head, format: Format, decoded: Decoded | None) -> _Item:
        source = source_of(
            self._uri,
            format,
            record=self._number,
            id=head.id,
            sha256=hashlib.sha256(body).hexdigest(),
            encoding=decoded.encoding if decoded else None,
            fetched_at=head.date,
        )
        if decoded is None:
            return rejection(source, undecodable(), preview_of(body))
        hints = Hints(url=head.url)
        return RawDocument(source, decoded.text, hints, is_html=format is Format.WARC)

    def _rejection(self, error: ReadError, head: _Head) -> Rejection:
        source = source_of(
            self._uri, Format.WARC, record=self._number, id=head.id, fetched_at=head.date
        )
        return rejection(source, error)

    def _damage(self, error: ReadError) -> Rejection:
        return rejection(source_of(self._uri, Format.WARC, record=self._number), error)


class _NotReadError(Exception):
    """A record, but not the archive, is at fault."""

    def __init__(self, error: ReadError) -> None:
        super().__init__(error)
        self.error = error


def _records(member: Member) -> Iterator[WarcRecord]:
    # Of a file's methods fastwarc calls `read` and `tell` alone.
    file = cast(BinaryIO, member)
    return iter(ArchiveIterator(file, parse_http=False, stream_detect=False))


def _if_any(item: _Item | None) -> Iterator[_Item]:
    if item is not None:
        yield item


def _head_of(record: WarcRecord) -> _Head:
    headers = record.headers
    if headers.get("Content-Length") is None or headers.get("WARC-Type") is None:
        raise ReadError(ErrorType.TRUNCATED_STREAM, "the header of the record is not whole")
    return _Head(
        type=headers["WARC-Type"].strip().lower(),
        content_type=_plain_type(headers.get("Content-Type")),
        id=_field(headers.get("WARC-Record-ID")),
        date=_field(headers.get("WARC-Date")),
        url=_field(headers.get("WARC-Target-URI")),
        is_cut=headers.get("WARC-Truncated") is not None,
    )


def _field(value: str | None) -> str | None:
    """Return a header's value without white space and angle brackets, None for an empty one."""
    return without_lone_surrogates((value or "").strip().strip("<>")) or None


def _plain_type(content_type: str | None) -> str:
    """Return a content type without its parameters, in lower case; empty if there is none."""
    return (content_type or "").partition(";")[0].strip().lower()


def _body(record: WarcRecord, limits: ReadLimits) -> bytes:
    """Return what of a record is not yet read; the reading ends where the record does."""
    parts = []
    kept = 0
    for part in _parts(record):
        kept += len(part)
        if kept <= limits.max_document_bytes:
            parts.append(part)
    if kept > limits.max_document_bytes:
        raise _NotReadError(limits.too_large())
    return b"".join(parts)


def _drain_record(record: WarcRecord) -> None:
    for _ in _parts(record):
        pass


def _parts(record: WarcRecord) -> Iterator[bytes]:
    """Give the rest of a record; raises `ReadError` when the archive ends before it does."""
    missing = record.content_length
    reader = record.reader
    while reader is not None and (part := reader.read(_READ_BYTES)):
        missing -= len(part)
        yield part
    if missing > 0:
        raise ReadError(
            ErrorType.TRUNCATED_STREAM, "the record ends before the length that it tells"
        )


def _drain(member: Member) -> None:
    # Damage behind the place is no more damage than the row for it says.
    with suppress(ReadError):
        while member.read():
            pass
