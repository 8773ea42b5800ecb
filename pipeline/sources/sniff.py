"""What kind of content a file has, told from its first bytes and its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final

from pipeline.sources.compression import Codec, codec_of, without_suffix
from pipeline.sources.encoding import byte_order_mark, wide_codec
from pipeline.sources.json_value import parse_tolerant
from pipeline.sources.rejections import ReadError
from schemas.rejection import ErrorType

SNIFF_BYTES: Final = 1 << 16
"""How much of the decompressed content is looked at."""


class Kind(StrEnum):
    """How a file is to be read."""

    TEXT = "text"
    JSONL = "jsonl"
    JSON = "json"
    HTML = "html"
    WARC = "warc"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind of a file, and in words what was recognised ("a PDF document")."""

    kind: Kind
    description: str


# A magic number of printable characters only is not trusted without something no text holds.
_MAGIC: Final[tuple[tuple[str, re.Pattern[bytes]], ...]] = tuple(
    (description, re.compile(pattern, re.DOTALL))
    for description, pattern in (
        ("a PDF document", rb"%PDF-\d\.\d[\r\n ]"),
        ("a ZIP archive or office document", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"),
        ("a PNG image", rb"\x89PNG\r\n\x1a\n"),
        ("a JPEG image", rb"\xff\xd8\xff"),
        ("a GIF image", rb"GIF8[79]a.{6}\x00"),
        ("a RIFF file (image, sound or film)", rb"RIFF.{4}(?:WEBP|WAVE|AVI )"),
        ("a TIFF image", rb"II\*\x00|MM\x00\*"),
        ("an MPEG-4 or HEIF file", rb"\x00\x00.{2}ftyp"),
        ("an MP3 sound", rb"ID3[\x02-\x04]\x00"),
        ("an Ogg file", rb"OggS\x00"),
        ("a Matroska film", rb"\x1a\x45\xdf\xa3"),
        ("a program", rb"\x7fELF|MZ.{0,58}\x00|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|\x00asm"),
        ("an RTF document", rb"\{\\rtf1"),
        ("an old Office document", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a 7z archive", rb"7z\xbc\xaf\x27\x1c"),
        ("a RAR archive", rb"Rar!\x1a\x07"),
        ("an xz file", rb"\xfd7zXZ\x00"),
        ("an LZ4 file", rb"\x04\x22\x4d\x18"),
        ("a tar archive", rb".{257}ustar(?:\x00|  \x00)"),
        ("an SQLite database", rb"SQLite format 3\x00"),
        ("a Parquet file", rb"PAR1[\x00-\x1f]"),
        ("an Arrow file", rb"ARROW1\x00"),
        ("an Avro file", rb"Obj\x01"),
        ("a font", rb"wOF[F2]\x00|\x00\x01\x00\x00\x00"),
        ("a Python pickle", rb"\x80[\x02-\x05]"),
    )
)

_HTML = re.compile(
    rb"(?:\s++|<\?xml[^>]{0,200}>|<!--.{0,2000}?-->){0,20}(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_WARC = re.compile(rb"\s{0,8}WARC/[01]\.\d+\r?\n")
_FIRST_LINE = re.compile(rb"\s*+([^\r\n]++)([\r\n]?)")
_OBJECT_BEGINS = re.compile(rb'\{\s*"(?:[^"\\]|\\.){0,200}"\s*:', re.DOTALL)

_CONTROLS: Final = bytes([*range(8), *range(14, 27), *range(28, 32), 127])
"""Characters below the space that no line of text holds; not back space, nor the escape of
ISO-2022-JP and of terminal colours."""


def sniff(head: bytes, name: str) -> Sniffed:
    """Return the kind of a file.

    `head` is its first `SNIFF_BYTES` decompressed bytes, all of them if there are fewer; `name`
    its path or file name.
    """
    suffix = PurePosixPath(without_suffix(name)).suffix.lower()
    # An archive may begin with damage, and behind its first line with anything.
    if suffix in {".warc", ".wet", ".wat"} or _WARC.match(head):
        return Sniffed(Kind.WARC, "a web archive (WARC)")
    binary = _binary_magic(head)
    if binary is not None:
        return Sniffed(Kind.BINARY, binary)
    if suffix in {".jsonl", ".ndjson"}:
        return Sniffed(Kind.JSONL, "JSON Lines")
    text = _as_utf8(head)
    if text is None:
        if is_mostly_controls(head):
            return Sniffed(Kind.BINARY, "binary data of an unknown kind")
        text = head
    if suffix in {".html", ".htm", ".xhtml"} or _HTML.match(text):
        return Sniffed(Kind.HTML, "an HTML page")
    if _begins_with_object(text, is_whole=len(head) < SNIFF_BYTES):
        return Sniffed(Kind.JSONL, "JSON Lines")
    if suffix == ".json" and text.lstrip()[:1] in {b"{", b"["}:
        return Sniffed(Kind.JSON, "a JSON document that is no JSON Lines")
    return Sniffed(Kind.TEXT, "plain text")


def is_mostly_controls(head: bytes) -> bool:
    """Return whether bytes hold more control characters than damaged text does.

    Random bytes hold 11 %. A few are always allowed, so that a short text may have one or two.
    """
    count = len(head) - len(head.translate(None, _CONTROLS))
    return count * 10 > len(head) * 3 or (count > 8 and count * 20 > len(head))


def _binary_magic(head: bytes) -> str | None:
    codec = codec_of(head)
    if codec is not Codec.NONE:
        return f"{codec} data inside of the file"
    return next((what for what, magic in _MAGIC if magic.match(head)), None)


def _as_utf8(head: bytes) -> bytes | None:
    """Return the head without its byte order mark, as UTF-8; None if nothing tells its encoding."""
    marked = byte_order_mark(head)
    codec, length = marked or (wide_codec(head[: len(head) // 4 * 4]), 0)
    if codec is None:
        return None
    if codec == "utf-8":
        return None if is_mostly_controls(head) else head[length:]
    return head[length:].decode(codec, "replace").encode("utf-8", "replace")


def _begins_with_object(text: bytes, *, is_whole: bool) -> bool:
    first = _FIRST_LINE.match(text)
    if first is None or not first[1].startswith(b"{"):
        return False
    if not first[2] and not is_whole:
        return _OBJECT_BEGINS.match(first[1]) is not None
    try:
        return isinstance(parse_tolerant(first[1].decode("utf-8", "replace")), dict)
    except ReadError as error:
        return (
            error.error_type is ErrorType.NESTED_TOO_DEEP
            and _OBJECT_BEGINS.match(first[1]) is not None
        )
