"""From bytes to text: which character encoding a document is in.

The order of trust is: a byte order mark, strict UTF-8, UTF-16 or UTF-32 told by their zeros,
UTF-8 with a few errors, and last the statistics of `chardet`, the best of four detectors measured
on 224 samples of news text, from one sentence to a few pages, in 24 languages. (ISO-2022-JP and
UTF-7 are also valid ASCII, hence read as UTF-8.)
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Final

import chardet
from chardet import EncodingEra

REPLACED_SUFFIX: Final = "-replaced"
"""Ends the name of an encoding whose few invalid bytes became U+FFFD."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_GOOD_PER_BAD: Final = 3
"""Damaged UTF-8 is still UTF-8 when it holds this many multi-byte characters for each error.
No legacy encoding measured came above 0.42 (EUC-JP)."""

_BAD_SHARE: Final = 0.001
"""Largest share of replaced characters in any other encoding; beyond it, another is tried."""

_SAMPLE_BYTES: Final = 1 << 15
_WINDOW_BYTES: Final = 1 << 12
_CANDIDATES: Final = 5

_ERAS: Final = (
    EncodingEra.MODERN_WEB | EncodingEra.LEGACY_ISO | EncodingEra.LEGACY_REGIONAL | EncodingEra.DOS
)
"""What text on the web and on personal computers was written in; no Macintosh, no mainframe."""

# The WHATWG Encoding Standard decodes these labels with their larger relatives, which agree with
# them wherever they define a printable character.
_SUPERSETS: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_NO_MATCH: Final = "ascii"

_NON_ASCII: Final = bytes(range(0x80, 0x100))
_CONTROLS: Final = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])
_HIGH = re.compile(rb"[\x80-\xff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text without lone surrogates, and the name of its encoding.

    The name is lower case and known to `codecs.lookup`, but for `REPLACED_SUFFIX`.
    """

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    """Return the text of a whole document; None when no encoding fits its bytes.

    Valid UTF-8 comes out character for character, less a byte order mark at the start.
    """
    marked = byte_order_mark(data)
    if marked is not None:
        codec, length = marked
        body = data[length:]
        decoded = _decode_as(body, codec, _GOOD_PER_BAD if codec == "utf-8" else None)
        if decoded is not None:
            return decoded
    wide = wide_codec(data)
    if wide is not None and (decoded := _decode_as(data, wide, None)) is not None:
        return decoded
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_as(data, "utf-8", _GOOD_PER_BAD) or _decode_detected(data)


def decode_declared(data: bytes, codec: str) -> Decoded | None:
    """Return the text under a codec that the document declares; None when it does not fit.

    A superset takes the place of the codec, as on the web: what is declared as ISO-8859-1 is
    windows-1252. No fit are more than a few invalid bytes, and UTF-16 without its zeros.
    """
    codec = _superset(codec)
    if codec.startswith(("utf-16", "utf-32")) and wide_codec(data) != codec:
        return None
    return _decode_as(data, codec, _GOOD_PER_BAD if codec == "utf-8" else None)


def without_lone_surrogates(text: str) -> str:
    """Return the text with U+FFFD for every lone surrogate, so that it can be written as UTF-8."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def encoding_name(codec: str) -> str:
    """Return a codec's name for `source.encoding`: IANA's in lower case, where there is one."""
    if codec == "utf-8":
        return codec
    name = re.sub(r"^cp(?=125\d$)", "windows-", codec)
    name = re.sub(r"^(utf-(?:16|32))-", r"\1", name)
    return name.replace("iso8859", "iso-8859").replace("_", "-")


def byte_order_mark(data: bytes) -> tuple[str, int] | None:
    """Return the codec that a leading byte order mark tells and the mark's length in bytes."""
    for mark, codec in _BOMS:
        if data.startswith(mark):
            # FF FE 00 00 may also be UTF-16 that begins with a zero character.
            if codec == "utf-32-le" and not _is_valid(data, codec):
                continue
            return codec, len(mark)
    return None


def wide_codec(data: bytes) -> str | None:
    """Return the codec of UTF-16 or UTF-32 without a byte order mark, told from its first bytes.

    The zeros of such text stand at one parity only, its other high bytes belong to very few
    scripts, and as text it holds no control characters. At least 8 characters are wanted;
    ideograms, which bring no zeros, are not told.
    """
    head = data[:_WINDOW_BYTES]
    if head.count(0) * 200 < len(head) or len(head) < 16:
        return None
    for codec, width, high in (
        ("utf-32-le", 4, (2, 3)),
        ("utf-32-be", 4, (0, 1)),
        ("utf-16-le", 2, (1,)),
        ("utf-16-be", 2, (0,)),
    ):
        whole = head[: len(head) - len(head) % width]
        if len(whole) < 8 * width:
            continue
        if all(_belongs_to_few_scripts(whole[at::width], width) for at in high) and _is_plain(
            whole, codec
        ):
            return codec
    return None


def _belongs_to_few_scripts(high: bytes, width: int) -> bool:
    zeros = high.count(0)
    if width == 4:
        return zeros * 10 >= len(high) * 9
    others = Counter(byte for byte in high if byte)
    commonest = max(others.values(), default=0)
    return zeros > 0 and (zeros + commonest) * 10 >= len(high) * 9


def _is_plain(data: bytes, codec: str) -> bool:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        # The window may cut a pair of surrogates.
        if error.start < len(data) - 4:
            return False
        text = data[: error.start].decode(codec)
    return not any(
        unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}
        for character in text
        if character not in "\t\n\f\r"
    )


def _is_valid(data: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        decoder.decode(data[:_WINDOW_BYTES], final=len(data) <= _WINDOW_BYTES)
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, codec: str, good_per_bad: int | None) -> Decoded | None:
    """Decode with few errors at most: few beside the multi-byte characters, or in all."""
    try:
        return Decoded(without_lone_surrogates(data.decode(codec)), encoding_name(codec))
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    if good_per_bad is None:
        # One is forgiven in the shortest text: the character at which a file was cut.
        allowed = max(1.0, _BAD_SHARE * len(text))
        is_tolerable = text.count("\ufffd") <= allowed
    else:
        bad = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
        ascii_characters = len(data.translate(None, _NON_ASCII))
        is_tolerable = len(text) - ascii_characters - bad >= good_per_bad * bad
    return Decoded(text, encoding_name(codec) + REPLACED_SUFFIX) if is_tolerable else None


def _decode_detected(data: bytes) -> Decoded | None:
    sample = _sample(data)
    best = chardet.detect(
        sample, compat_names=False, encoding_era=_ERAS, no_match_encoding=_NO_MATCH
    )["encoding"]
    if best in {None, _NO_MATCH}:
        return None
    found = _decode_as(data, _superset(str(best)), None) or _decode_next_best(data, sample)
    return None if found is None or _is_noise(found.text) else found


def _decode_next_best(data: bytes, sample: bytes) -> Decoded | None:
    """Try what else the sample may be, as bytes outside of it did not fit the best."""
    results = chardet.detect_all(
        sample, compat_names=False, encoding_era=_ERAS, no_match_encoding=_NO_MATCH
    )
    names = [name for result in results if (name := result["encoding"]) is not None]
    tries = (_decode_as(data, _superset(name), None) for name in names[1:_CANDIDATES])
    return next((found for found in tries if found is not None), None)


def _is_noise(text: str) -> bool:
    """Return whether a text begins with more control characters than any damaged text has."""
    head = text[:_SAMPLE_BYTES]
    controls = sum(
        unicodedata.category(character) == "Cc" and character not in "\t\n\f\r"
        for character in head
    )
    return controls > max(8, len(head) // 20)


def _superset(codec: str) -> str:
    name = codecs.lookup(codec).name
    return _SUPERSETS.get(name, name)


def _sample(data: bytes) -> bytes:
    """Return the parts of a document that tell its encoding, at most about `_SAMPLE_BYTES`.

    These are pieces of lines around non-ASCII bytes, so that an English page with its first
    accent at the end is told as well. Control characters are left out; they only say "binary".
    """
    parts: list[bytes] = []
    size = at = 0
    while size < _SAMPLE_BYTES and (high := _HIGH.search(data, at)) is not None:
        floor = max(at, high.start() - _WINDOW_BYTES)
        # A line break is never the second byte of a character in any of these encodings.
        line_start = data.rfind(b"\n", floor, high.start()) + 1
        start = max(floor, line_start)
        at = min(start + 2 * _WINDOW_BYTES, len(data))
        line_end = data.rfind(b"\n", high.start(), at) + 1
        at = line_end or at
        parts.append(data[start:at])
        size += at - start
    return b"".join(parts).translate(None, _CONTROLS)
