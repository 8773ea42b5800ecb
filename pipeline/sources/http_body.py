"""The body of an HTTP response as it was meant: transfer and content encodings undone.

Crawlers differ in what they store: some leave `Content-Encoding` and `Transfer-Encoding` in the
header of a body that they have decoded. So a body that is no such data but looks like markup is
taken as it is.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import brotli

from pipeline.sources.compression import BOMB_RATIO, DAMAGE, DECODERS, Codec
from pipeline.sources.rejections import ReadError
from schemas.rejection import ErrorType

MOST_CODINGS: Final = 3
"""Most content encodings of one body; more than one is rare already."""

_MARKUP = re.compile(rb"[\s\x00\xef\xbb\xbf\xff\xfe]{0,1024}<[\x00]?[!?a-zA-Z]")
_CHUNK = re.compile(rb"\s{0,4}([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]{0,4096})?\r?\n")

_Decode = Callable[[bytes, int], tuple[bytes, bool]]
"""From a body and a limit to its first bytes, a little over the limit at most, and whether the end
was met; raises what is in `_DAMAGE`."""

_DAMAGE: Final = (*DAMAGE, brotli.error)


def looks_like_markup(body: bytes) -> bool:
    """Return whether bytes begin as HTML or XML does, in any common encoding."""
    return _MARKUP.match(body) is not None


def decoded_body(
    body: bytes,
    *,
    transfer_encoding: str | None = None,
    content_encoding: str | None = None,
    limit: int,
    is_cut: bool = False,
) -> bytes:
    """Return a body without its encodings, which are given as the headers' values.

    Raises `ReadError`: `document_too_large` or `decompression_bomb` above `limit` bytes,
    `corrupt_stream`, `unsupported_format` for an unknown encoding, and `truncated_stream` for a
    body that ends too early, unless `is_cut` says that the archive knows that.
    """
    is_whole = True
    stored = len(body)
    if "chunked" in _codings(transfer_encoding):
        body, is_whole = _dechunked(body)
    codings = _codings(content_encoding)
    if len(codings) > MOST_CODINGS:
        raise ReadError(
            ErrorType.UNSUPPORTED_FORMAT, f"the body has more than {MOST_CODINGS} encodings"
        )
    for coding in reversed(codings):
        if coding == "identity" or looks_like_markup(body):
            continue
        body, is_end = _decoded(body, coding, limit, stored)
        is_whole = is_whole and is_end
    if len(body) > limit:
        raise _too_large(limit)
    if not (is_whole or is_cut):
        raise ReadError(ErrorType.TRUNCATED_STREAM, "the body of the response is cut off")
    return body


def _codings(value: str | None) -> list[str]:
    return [name for part in (value or "").split(",") if (name := part.strip().lower())]


def _decoded(body: bytes, coding: str, limit: int, stored: int) -> tuple[bytes, bool]:
    decode = _DECODE.get(coding)
    if decode is None:
        raise ReadError(ErrorType.UNSUPPORTED_FORMAT, f"unknown content encoding: {coding[:40]!r}")
    try:
        out, is_end = decode(body, limit + 1)
    except _DAMAGE as error:
        raise ReadError(
            ErrorType.CORRUPT_STREAM, f"the {coding} body is damaged: {error}"
        ) from error
    if len(out) > limit:
        if len(out) > BOMB_RATIO * stored:
            raise ReadError(
                ErrorType.DECOMPRESSION_BOMB,
                f"{stored:,} bytes of {coding} decompress to more than {limit:,}",
            )
        raise _too_large(limit)
    return out, is_end


def _too_large(limit: int) -> ReadError:
    return ReadError(ErrorType.DOCUMENT_TOO_LARGE, f"the document is larger than {limit:,} bytes")


def _with(codec: Codec) -> _Decode:
    def decode(body: bytes, limit: int) -> tuple[bytes, bool]:
        decoder = DECODERS[codec]()
        return decoder.decompress(body, limit), decoder.eof

    return decode


def _deflate(body: bytes, limit: int) -> tuple[bytes, bool]:
    """Read zlib data, or the bare deflate data that some servers send under the same name."""
    # The first byte of zlib data names the method, 8, and the first two are a multiple of 31.
    is_zlib = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
    inflate = zlib.decompressobj(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)
    return inflate.decompress(body, limit), inflate.eof


def _brotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    decoder = brotli.Decompressor()
    out = decoder.process(body, output_buffer_limit=limit)
    return out, decoder.is_finished()


_DECODE: Final[Mapping[str, _Decode]] = MappingProxyType(
    {
        "gzip": _with(Codec.GZIP),
        "x-gzip": _with(Codec.GZIP),
        "deflate": _deflate,
        "br": _brotli,
        "zstd": _with(Codec.ZSTANDARD),
    }
)


def _dechunked(body: bytes) -> tuple[bytes, bool]:
    """Return the content of chunks (RFC 9112, 7.1) and whether the last one was there.

    What does not begin with a chunk is returned as it is.
    """
    parts: list[bytes] = []
    at = 0
    while chunk := _CHUNK.match(body, at):
        size = int(chunk[1], 16)
        if size == 0:
            return b"".join(parts), True
        at = chunk.end() + size
        parts.append(body[chunk.end() : at])
    return (b"".join(parts), False) if parts else (body, True)
