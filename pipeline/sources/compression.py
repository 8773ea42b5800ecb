"""Decompressed bytes of a file in chunks of bounded size, with its damage noticed.

Three codecs share one loop: gzip (RFC 1952) of any number of members, bzip2 of any number of
streams, Zstandard (RFC 8878) of any number of frames, skippable ones among them. What a file is
follows from its first bytes, not from its name. The one-call readers of these libraries are not
used because they take a file that ends too early, or gigabytes from one kilobyte, without a word.
"""

from __future__ import annotations

import bz2
import re
import zlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import BinaryIO, Final, Protocol

from backports import zstd

from pipeline.sources.rejections import ReadError, unreadable
from schemas.rejection import ErrorType

CHUNK_BYTES: Final = 1 << 20
"""Largest chunk handed out."""

BOMB_FLOOR_BYTES: Final = 64 << 20
"""Below this much output no ratio is suspicious: it costs nothing to read."""

BOMB_RATIO: Final = 200
"""Most bytes out for one byte in, past the floor.

News text packs 3:1 to 5:1, machine logs reach 100:1. Zeros give 229:1 with gzip at its fastest
and 1032:1, the bound of DEFLATE, at its best; bzip2 and Zstandard go far beyond.
"""

ZSTD_WINDOW_LOG: Final = 27
"""Largest Zstandard window, 2**27 bytes = 128 MiB: what `zstd -d` itself takes unasked (its
ZSTD_WINDOWLOG_LIMIT_DEFAULT) and `zstd --long=27` writes. It bounds the decoder's memory."""

INPUT_BYTES: Final = 1 << 16
MAGIC_BYTES: Final = 18
DAMAGE = (OSError, EOFError, ValueError, zlib.error, zstd.ZstdError)


class Codec(StrEnum):
    """How a file is compressed."""

    NONE = "none"
    GZIP = "gzip"
    BZIP2 = "bzip2"
    ZSTANDARD = "zstandard"


MAGIC: Final = (
    (Codec.GZIP, re.compile(rb"\x1f\x8b\x08")),
    # The block or end-of-stream mark follows the level, so that a text may begin with "BZh9".
    (Codec.BZIP2, re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")),
    (Codec.ZSTANDARD, re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18", re.DOTALL)),
)

_SUFFIX = re.compile(r"\.(gz|gzip|bz2|zst|zstd)$", re.IGNORECASE)
_CODECS: Final = {
    "gz": Codec.GZIP,
    "gzip": Codec.GZIP,
    "bz2": Codec.BZIP2,
    "zst": Codec.ZSTANDARD,
    "zstd": Codec.ZSTANDARD,
}


def codec_of(head: bytes) -> Codec:
    """Return the codec that the first bytes of a file (18 or more, if it has them) tell."""
    return next((codec for codec, magic in MAGIC if magic.match(head)), Codec.NONE)


def codec_by_name(name: str) -> Codec:
    """Return the codec that the ending of a file name tells, for files with a damaged beginning."""
    suffix = _SUFFIX.search(name)
    return _CODECS[suffix[1].lower()] if suffix else Codec.NONE


def without_suffix(name: str) -> str:
    """Return a file name without the ending that says how it is compressed, if it has one."""
    return _SUFFIX.sub("", name)


class Decoder(Protocol):
    """One member, stream or frame: the interface of `bz2.BZ2Decompressor`."""

    @property
    def eof(self) -> bool:
        """Whether the end mark was met."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether nothing more can come out before more is given."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What was given and stands behind the end mark."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most `max_length` bytes."""
        ...


class _GzipDecoder:
    """`zlib` with the interface of `bz2`."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._inflate.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        out = self._inflate.decompress(self._inflate.unconsumed_tail + data, max_length)
        # A full output may leave more behind even when the input is used up.
        self.needs_input = len(out) < max_length and not self._inflate.unconsumed_tail
        return out


def _zstd_decoder() -> Decoder:
    option = zstd.DecompressionParameter.window_log_max
    return zstd.ZstdDecompressor(options={option: ZSTD_WINDOW_LOG})


DECODERS: Final[dict[Codec, Callable[[], Decoder]]] = {
    Codec.GZIP: _GzipDecoder,
    Codec.BZIP2: bz2.BZ2Decompressor,
    Codec.ZSTANDARD: _zstd_decoder,
}


class ByteStream:
    """The decompressed bytes of one file, read once from front to end.

    `raw` is open for reading bytes. Iterating gives non-empty chunks of at most `CHUNK_BYTES`
    and raises `ReadError` (unreadable, corrupt, truncated, bomb) after the bytes before the
    damage. `checked_bytes` counts the bytes up to the end of the last whole member, whose
    checksum held.
    """

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._bytes_in = 0
        self._bytes_out = 0
        self._held: list[bytes] = []
        self._error: ReadError | None = None
        self._trusted: int | None = None
        self.checked_bytes = 0
        self._first = b""
        try:
            while len(self._first) < MAGIC_BYTES and (data := self._input()):
                self._first += data
        except ReadError as error:
            self._error = error
        self.codec = codec_of(self._first)
        self._chunks = self._decompressed() if self.codec in DECODERS else self._plain()

    @property
    def is_bomb(self) -> bool:
        """Whether more than `BOMB_RATIO` bytes have come out for each byte read so far."""
        return self.codec is not Codec.NONE and self._bytes_out > BOMB_RATIO * self._bytes_in

    @property
    def is_empty(self) -> bool:
        """Whether the file itself has no bytes."""
        return not self._first and self._error is None

    def head(self, size: int) -> bytes:
        """Return the first `size` bytes, fewer where the file or its undamaged part ends.

        They stay in the stream. Damage met on the way is raised later, by the iteration.
        """
        have = sum(map(len, self._held))
        try:
            while have < size and (chunk := next(self._chunks, b"")):
                self._held.append(chunk)
                have += len(chunk)
        except ReadError as error:
            self._error = error
        return b"".join(self._held)[:size]

    def trust_only(self, size: int | None) -> None:
        """Let the iteration give the first `size` bytes and then the error; None for no limit."""
        self._trusted = size

    def __iter__(self) -> Iterator[bytes]:
        """Give the chunks that are left."""
        if self._trusted is None:
            yield from self._left()
            return
        left = self._trusted
        for chunk in self._left():
            # Behind the trusted part the chunks are read only for the error that ends them.
            if left > 0:
                yield chunk[:left]
                left -= len(chunk)

    def _left(self) -> Iterator[bytes]:
        while self._held:
            yield self._held.pop(0)
        if self._error is not None:
            raise self._error
        yield from self._chunks

    def _input(self) -> bytes:
        try:
            data = self._raw.read(INPUT_BYTES)
        except OSError as error:
            raise unreadable(error) from error
        self._bytes_in += len(data)
        return data

    def _plain(self) -> Iterator[bytes]:
        data = self._first
        while data:
            yield data
            try:
                data = self._raw.read(CHUNK_BYTES)
            except OSError as error:
                raise unreadable(error) from error

    def _decompressed(self) -> Iterator[bytes]:
        make = DECODERS[self.codec]
        decoder, data = make(), self._first
        while True:
            try:
                out = decoder.decompress(data, CHUNK_BYTES)
            except DAMAGE as error:
                raise ReadError(
                    ErrorType.CORRUPT_STREAM, f"the {self.codec} data are damaged: {error}"
                ) from error
            self._bytes_out += len(out)
            if self._bytes_out > BOMB_FLOOR_BYTES and self.is_bomb:
                raise ReadError(
                    ErrorType.DECOMPRESSION_BOMB,
                    f"the {self.codec} data grow more than {BOMB_RATIO} times when decompressed",
                )
            if out:
                yield out
            if decoder.eof:
                self.checked_bytes = self._bytes_out
                data = decoder.unused_data or self._input()
                if self.codec is Codec.GZIP:
                    # Tapes and block devices pad with zeros; gzip(1) takes them as the end.
                    while data and not (data := data.lstrip(b"\0")):
                        data = self._input()
                if not data:
                    return
                decoder = make()
            elif decoder.needs_input:
                data = self._input()
                if not data:
                    raise ReadError(
                        ErrorType.TRUNCATED_STREAM,
                        f"the {self.codec} data end before their end mark",
                    )
            else:
                data = b""


def sound_length(raw: BinaryIO) -> int | None:
    """Return how many decompressed bytes of a damaged file its checksums vouch for.

    Reads the whole file with flat memory. None stands for a file without corruption: then all
    its bytes can be used as they come, up to the end of a truncated one too.

    Raises `ReadError` for a bomb and for a file that cannot be read.
    """
    stream = ByteStream(raw)
    try:
        for _ in stream:
            pass
    except ReadError as error:
        if error.error_type is ErrorType.CORRUPT_STREAM:
            return stream.checked_bytes
        if error.error_type is not ErrorType.TRUNCATED_STREAM:
            raise
    return None
