from __future__ import annotations

import io

import pytest

from pipeline.sources.find import FoundFile, Times
from pipeline.sources.listing import Listed, listing_line, read_listing
from pipeline.sources.rejections import ReadError, rejection, source_of
from schemas.rejection import ErrorType

REJECTED = rejection(
    source_of("d/no\udcfftf", None), ReadError(ErrorType.UNREADABLE_FILE, "ein “Fehler”\n")
)


@pytest.mark.parametrize(
    "item",
    [
        FoundFile("a.txt", 5, Times(1, 2)),
        FoundFile("s3://b/ä\n\u2028.txt", 0),
        FoundFile("not-utf-8-\udcff.txt", 1 << 60),
        REJECTED,
    ],
)
def test_what_is_listed_is_read_again(item: Listed) -> None:
    line = listing_line(item)
    assert line.count(b"\n") == 1
    assert list(read_listing(io.BytesIO(line * 2))) == [item, item]


def test_an_empty_listing() -> None:
    assert list(read_listing([])) == []
