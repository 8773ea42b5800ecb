import bz2
import gzip
import io
import struct
import zlib

import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.compression import (
    BOMB_FLOOR_BYTES,
    CHUNK_BYTES,
    ByteStream,
    Codec,
    codec_of,
    sound_length,
    without_suffix,
)
from pipeline.sources.rejections import ReadError
from schemas.rejection import ErrorType
from tests.sources.helpers import COMPRESS, zstd_checked

TEXT = "".join(f"{n} Ein Satz über Straßen und Plätze.\n" for n in range(500)).encode()
SKIPPABLE = struct.pack("<II", 0x184D2A53, 4) + b"note"
PACKED = {suffix: pack(TEXT) for suffix, pack in COMPRESS.items()}
CODECS = {"gz": Codec.GZIP, "bz2": Codec.BZIP2, "zst": Codec.ZSTANDARD}
suffixes = pytest.mark.parametrize("suffix", COMPRESS)


class Dripping(io.BytesIO):
    """Gives a few bytes at a time, as a network may."""

    def __init__(self, data: bytes, step: int) -> None:
        super().__init__(data)
        self._step = step

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(size or 0, self._step))


class Failing(io.BytesIO):
    """Fails at its second read."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(size)


def everything(data: bytes) -> tuple[bytes, ErrorType | None]:
    out: list[bytes] = []
    try:
        out.extend(ByteStream(io.BytesIO(data)))
    except ReadError as error:
        return b"".join(out), error.error_type
    return b"".join(out), None


@suffixes
def test_round_trip(suffix: str) -> None:
    packed = COMPRESS[suffix](TEXT)
    assert codec_of(packed) is CODECS[suffix]
    assert everything(packed) == (TEXT, None)


def test_plain_bytes_pass() -> None:
    assert everything(TEXT) == (TEXT, None)
    assert everything(b"") == (b"", None)


@pytest.mark.parametrize(
    "text",
    [b"BZh9 is the name of a file format", b"BZh91AY", b"P*M", b"\x1f", b"(\xb5/", b"\x1f\x8b"],
)
def test_what_only_begins_like_a_codec_is_plain(text: bytes) -> None:
    assert everything(text) == (text, None)


@suffixes
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_short_reads(suffix: str, step: int) -> None:
    assert b"".join(ByteStream(Dripping(COMPRESS[suffix](TEXT), step))) == TEXT


@suffixes
@pytest.mark.parametrize("count", [2, 50])
def test_several_members(suffix: str, count: int) -> None:
    assert everything(COMPRESS[suffix](TEXT) * count) == (TEXT * count, None)


@suffixes
def test_empty_members(suffix: str) -> None:
    empty = COMPRESS[suffix](b"")
    assert everything(empty) == (b"", None)
    assert everything(empty * 3 + COMPRESS[suffix](TEXT) + empty) == (TEXT, None)


def test_zstd_skippable_frames() -> None:
    frame = zstd_checked(TEXT)
    assert everything(SKIPPABLE + frame + SKIPPABLE + frame + SKIPPABLE) == (TEXT * 2, None)


def test_zstd_frames_without_size_or_checksum() -> None:
    compressor = zstd.ZstdCompressor()
    assert everything(compressor.compress(TEXT) + compressor.flush()) == (TEXT, None)


@pytest.mark.parametrize(("log", "error"), [(27, None), (28, ErrorType.CORRUPT_STREAM)])
def test_zstd_windows_are_capped(log: int, error: ErrorType | None) -> None:
    compressor = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: log})
    assert everything(compressor.compress(TEXT) + compressor.flush())[1] == error


@pytest.mark.parametrize("padding", [1, 511, 200_000])
def test_zeros_behind_gzip_are_padding(padding: int) -> None:
    assert everything(gzip.compress(TEXT) + b"\0" * padding) == (TEXT, None)
    assert everything((gzip.compress(TEXT) + b"\0" * padding) * 2) == (TEXT * 2, None)


@suffixes
@pytest.mark.parametrize("garbage", [b"x", b"garbage at the end", b"\n", TEXT])
def test_garbage_behind_the_end_is_noticed(suffix: str, garbage: bytes) -> None:
    out, error = everything(COMPRESS[suffix](TEXT) + garbage)
    assert out == TEXT
    assert error in {ErrorType.CORRUPT_STREAM, ErrorType.TRUNCATED_STREAM}


@suffixes
@pytest.mark.parametrize("cut", [1, 4, 8, 12, 30])
def test_a_missing_end_is_truncation(suffix: str, cut: int) -> None:
    out, error = everything(COMPRESS[suffix](TEXT)[:-cut])
    assert TEXT.startswith(out)
    assert error is ErrorType.TRUNCATED_STREAM


@suffixes
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_no_cut_goes_unnoticed(suffix: str, data: st.DataObject) -> None:
    packed = PACKED[suffix]
    at = data.draw(st.integers(18, len(packed) - 1))
    out, error = everything(packed[:at])
    assert TEXT.startswith(out)
    assert error is ErrorType.TRUNCATED_STREAM


@suffixes
@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_no_damage_goes_unnoticed(suffix: str, data: st.DataObject) -> None:
    packed = bytearray(PACKED[suffix])
    # The head of gzip holds a time and a name that no checksum covers.
    at = data.draw(st.integers(10, len(packed) - 1))
    packed[at] ^= data.draw(st.integers(1, 255))
    out, error = everything(bytes(packed))
    assert error is not None or out == TEXT


@suffixes
def test_bytes_before_the_damage_are_given(suffix: str) -> None:
    packed = COMPRESS[suffix](TEXT)
    half = packed + packed[: len(packed) * 3 // 4]
    out, error = everything(half)
    assert out.startswith(TEXT)
    assert error is ErrorType.TRUNCATED_STREAM


def test_a_wrong_checksum_is_corruption() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 1
    assert everything(bytes(packed))[1] is ErrorType.CORRUPT_STREAM


@suffixes
def test_bombs_are_stopped(suffix: str) -> None:
    block = COMPRESS[suffix](bytes(8 << 20))
    sizes: list[int] = []
    stream = ByteStream(io.BytesIO(block * 100))
    with pytest.raises(ReadError) as caught:
        sizes.extend(map(len, stream))
    assert caught.value.error_type is ErrorType.DECOMPRESSION_BOMB
    assert max(sizes) <= CHUNK_BYTES
    assert sum(sizes) <= BOMB_FLOOR_BYTES + CHUNK_BYTES
    assert stream.is_bomb


def test_what_packs_well_but_not_absurdly_is_no_bomb() -> None:
    noise = zlib.compress(bytes(range(256)) * 40)
    block = bytes(100 * len(noise)) + noise
    repeats = (BOMB_FLOOR_BYTES // len(block)) + 200
    compressor = zlib.compressobj(1, wbits=31)
    packed = b"".join(compressor.compress(block) for _ in range(repeats)) + compressor.flush()
    total = sum(len(chunk) for chunk in ByteStream(io.BytesIO(packed)))
    assert total == repeats * len(block) > BOMB_FLOOR_BYTES


@suffixes
def test_the_head_stays_in_the_stream(suffix: str) -> None:
    stream = ByteStream(io.BytesIO(COMPRESS[suffix](TEXT)))
    assert stream.head(10) == TEXT[:10]
    assert stream.head(5) == TEXT[:5]
    assert stream.head(1 << 30) == TEXT
    assert b"".join(stream) == TEXT


@suffixes
def test_damage_met_by_the_head_is_raised_after_it(suffix: str) -> None:
    stream = ByteStream(io.BytesIO(COMPRESS[suffix](TEXT)[:-1]))
    head = stream.head(1 << 30)
    assert TEXT.startswith(head)
    out: list[bytes] = []
    with pytest.raises(ReadError):
        out.extend(stream)
    assert b"".join(out) == head


def test_a_read_that_fails_is_unreadable() -> None:
    packed = COMPRESS["gz"](bytes(range(256)) * 4000)
    for data in (bytes(3 << 20), packed + bytes(1 << 20)):
        with pytest.raises(ReadError) as caught:
            list(ByteStream(Failing(data)))
        assert caught.value.error_type is ErrorType.UNREADABLE_FILE
        assert "Input/output error" in caught.value.message


@suffixes
def test_what_checksums_vouch_for(suffix: str) -> None:
    packed = COMPRESS[suffix](TEXT)
    assert sound_length(io.BytesIO(packed * 2)) is None
    assert sound_length(io.BytesIO(packed + packed[:-1])) is None
    assert sound_length(io.BytesIO(packed + b"garbage, long enough to be wrong")) == len(TEXT)
    stream = ByteStream(io.BytesIO(packed + b"garbage, long enough to be wrong"))
    stream.trust_only(1000)
    out: list[bytes] = []
    with pytest.raises(ReadError):
        out.extend(stream)
    assert b"".join(out) == TEXT[:1000]


@suffixes
def test_a_bomb_has_no_sound_length(suffix: str) -> None:
    with pytest.raises(ReadError):
        sound_length(io.BytesIO(COMPRESS[suffix](bytes(8 << 20)) * 9))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt.gz", "a.txt"),
        ("a.JSONL.ZST", "a.JSONL"),
        ("a.bz2", "a"),
        ("a.txt", "a.txt"),
        ("gz", "gz"),
        ("a.gz.txt", "a.gz.txt"),
    ],
)
def test_suffixes(name: str, expected: str) -> None:
    assert without_suffix(name) == expected


def test_bzip2_levels() -> None:
    for level in range(1, 10):
        assert everything(bz2.compress(TEXT, level)) == (TEXT, None)
