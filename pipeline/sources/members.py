"""The parts of a compressed web archive that can be read each by itself, and a way past damage.

A `.warc.gz` holds each record as a gzip member of its own (WARC 1.1, annex D), so that damage to
one costs that one only: behind it the next member is searched for whose content begins as a record
does. The same goes for Zstandard frames and bzip2 streams. An archive without compression, or one
that was compressed as a whole, is a single member.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from pipeline.sources.compression import (
    BOMB_FLOOR_BYTES,
    BOMB_RATIO,
    DAMAGE,
    DECODERS,
    INPUT_BYTES,
    MAGIC,
    MAGIC_BYTES,
    Codec,
    codec_by_name,
    codec_of,
)
from pipeline.sources.rejections import ReadError, unreadable
from schemas.rejection import ErrorType

_OUT_BYTES: Final = 1 << 18
"""Largest chunk that is held back until the bytes behind it have turned out sound."""

_PROBE_BYTES: Final = 1 << 12
_SEARCH_BYTES: Final = 1 << 20
_MOST_CANDIDATES: Final = 10_000
"""Most places of one search that are tried: an archive of nothing but magic numbers ends here."""

_RECORD: Final = re.compile(rb"WARC/[01]\.\d")
_RECORD_LINE: Final = re.compile(rb"(?<=\n)WARC/[01]\.\d\r?\n")


class Member:
    """One member's decompressed bytes, as a file that can be read once.

    `offset` is where the member begins in the archive as stored. `read` raises `ReadError` where
    the bytes are damaged, cut off or a bomb; of a damaged member, the last chunk before the damage
    is not given, since no checksum holds for it.
    """

    def __init__(self, archive: Archive, offset: int) -> None:
        self.offset = offset
        self.is_bomb = False
        self._given = 0
        self._rest = memoryview(b"")
        self._chunks = archive._chunks_of(self)

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, `size` at most; none at the end of the member."""
        if not self._rest:
            self._rest = memoryview(next(self._chunks, b""))
        length = len(self._rest) if size < 0 else size
        data, self._rest = bytes(self._rest[:length]), self._rest[length:]
        self._given += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._given


class Archive:
    """The members of an archive, one after the other.

    `raw` is open for reading bytes, at its start; its `name` tells how it is compressed where
    its first bytes are damaged. Read each member to its end, or to its error,
    before the next: `members` then goes on behind it. Both methods raise `ReadError` when the file
    cannot be read.
    """

    def __init__(self, raw: BinaryIO, name: str) -> None:
        self._raw = raw
        self._read = 0
        head = self._more(MAGIC_BYTES)
        self.codec = codec_of(head)
        if self.codec is Codec.NONE and not _RECORD.match(head):
            self.codec = codec_by_name(name)
        self._data = head
        self._damaged: int | None = None
        self._is_ended = False

    def members(self) -> Iterator[Member]:
        """Give the members; behind a damaged one, those that can still be found."""
        while not self._is_ended:
            if self.codec is Codec.GZIP:
                self._skip_zeros()
            if not self._data:
                self._data = self._more(INPUT_BYTES)
            if not self._data:
                return
            self._damaged = None
            yield Member(self, self._read - len(self._data))
            self._pass_damage()

    def seek_record(self, offset: int) -> None:
        """Go to the first place from `offset` on where a record or its member begins.

        Searches the bytes as they are stored. Where there is none, and in a file in which no place
        can be sought, there are no more members.
        """
        if self._is_ended:
            return
        candidates = self._candidates(offset) if self._raw.seekable() else iter(())
        for at in itertools.islice(candidates, _MOST_CANDIDATES):
            if self._begins_record(at):
                self.seek(at)
                return
        self._is_ended = True

    def _pass_damage(self) -> None:
        if self._damaged is not None:
            self.seek_record(self._damaged + 1)

    def seek(self, offset: int) -> None:
        """Let the next member begin at an offset of the bytes as they are stored."""
        try:
            self._raw.seek(offset)
        except OSError as error:
            raise unreadable(error) from error
        self._data, self._read = b"", offset

    def _candidates(self, offset: int) -> Iterator[int]:
        magic = dict(MAGIC).get(self.codec, _RECORD_LINE)
        # The line break before the line is looked at as well.
        at = max(0, offset - 1)
        while True:
            self.seek(at)
            window = self._more(_SEARCH_BYTES + MAGIC_BYTES)
            for match in magic.finditer(window):
                if match.start() < _SEARCH_BYTES and at + match.start() >= offset:
                    yield at + match.start()
            if len(window) <= _SEARCH_BYTES:
                return
            at += _SEARCH_BYTES

    def _begins_record(self, offset: int) -> bool:
        if self.codec is Codec.NONE:
            return True
        self.seek(offset)
        try:
            start = DECODERS[self.codec]().decompress(self._more(_PROBE_BYTES), MAGIC_BYTES)
        except DAMAGE:
            return False
        return _RECORD.match(start) is not None

    def _chunks_of(self, member: Member) -> Iterator[bytes]:
        try:
            if self.codec is Codec.NONE:
                yield from self._plain()
            else:
                yield from self._decompressed(member)
        except ReadError as error:
            if error.error_type is ErrorType.UNREADABLE_FILE:
                self._is_ended = True
            else:
                self._damaged = member.offset
            raise

    def _plain(self) -> Iterator[bytes]:
        while self._data:
            data, self._data = self._data, b""
            yield data
            self._data = self._more(INPUT_BYTES)

    def _decompressed(self, member: Member) -> Iterator[bytes]:
        decoder = DECODERS[self.codec]()
        held = b""
        size = 0
        start = member.offset
        while not decoder.eof:
            if decoder.needs_input and not self._data:
                self._data = self._more(INPUT_BYTES)
                if not self._data:
                    if held:
                        yield held
                    raise ReadError(
                        ErrorType.TRUNCATED_STREAM,
                        f"the {self.codec} data end before their end mark",
                    )
            data, self._data = self._data, b""
            try:
                out = decoder.decompress(data, _OUT_BYTES)
            except DAMAGE as error:
                raise ReadError(
                    ErrorType.CORRUPT_STREAM, f"the {self.codec} data are damaged: {error}"
                ) from error
            size += len(out)
            member.is_bomb = size > BOMB_RATIO * (self._read - start)
            if member.is_bomb and size > BOMB_FLOOR_BYTES:
                raise ReadError(
                    ErrorType.DECOMPRESSION_BOMB,
                    f"the {self.codec} data grow more than {BOMB_RATIO} times when decompressed",
                )
            if out:
                if held:
                    yield held
                held = out
        self._data = decoder.unused_data
        if held:
            yield held

    def _skip_zeros(self) -> None:
        """Pass over the zeros with which tapes and block devices pad."""
        while not (data := self._data.lstrip(b"\0")) and (more := self._more(INPUT_BYTES)):
            self._data = more
        self._data = data

    def _more(self, size: int) -> bytes:
        """Return `size` bytes as they are stored, fewer at the end of the file."""
        parts = []
        while size > 0:
            try:
                data = self._raw.read(size)
            except OSError as error:
                raise unreadable(error) from error
            if not data:
                break
            parts.append(data)
            size -= len(data)
            self._read += len(data)
        return b"".join(parts)
