from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sinks.layout import Kind
from pipeline.sinks.rows import (
    document_id_of,
    document_key,
    output_row,
    row_key,
    shard_of,
    split_key,
)
from schemas import Role
from schemas.base import Row

from .examples import article, id_of, ledger_row, rejection, source

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=6)
"""Any string, also with zero bytes, line breaks and lone surrogates."""
URIS = ANY_TEXT | st.text("\0\1\xff\ud800\U0001f600a", max_size=6)
RECORDS = st.none() | st.integers(0, 2**63)
IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)
PLACES = st.tuples(URIS, RECORDS, IDS, st.sampled_from(list(Kind)), st.integers(0, 9))


def key_of(uri: str, record: int | None, document: str, kind: Kind, story: int) -> bytes:
    return row_key(document_key(uri, record, document), kind, story)


def plain_key(
    uri: str, record: int | None, document: str, kind: Kind, story: int
) -> tuple[str, int, str, int, int]:
    return uri, -1 if record is None else record, document, list(Kind).index(kind), story


@given(PLACES, PLACES)
def test_keys_order_as_the_values_do(
    one: tuple[str, int | None, str, Kind, int], other: tuple[str, int | None, str, Kind, int]
) -> None:
    assert (key_of(*one) < key_of(*other)) == (plain_key(*one) < plain_key(*other))
    assert (key_of(*one) == key_of(*other)) == (one == other)


@given(PLACES)
def test_a_key_gives_back_document_and_kind(place: tuple[str, int | None, str, Kind, int]) -> None:
    uri, record, name, kind, story = place
    document = document_key(uri, record, name)
    assert split_key(row_key(document, kind, story)) == (document, kind)
    assert document_id_of(document) == name


@pytest.mark.parametrize("row", [article(), ledger_row(), rejection()])
def test_a_line_is_the_row_as_json_and_one_line(row: Row) -> None:
    made = output_row(row)  # type: ignore[arg-type]
    assert made.line.endswith(b"}\n")
    assert made.line.count(b"\n") == 1
    assert json.loads(made.line) == row.model_dump(mode="json")


@given(st.text(min_size=1))
def test_no_text_breaks_the_line(text: str) -> None:
    assert output_row(article(text=text)).line.count(b"\n") == 1


def test_stories_of_a_document_follow_each_other() -> None:
    rows = [output_row(article(story_index=n, story_count=300)) for n in range(300)]
    assert sorted(rows, key=lambda row: row.key) == rows


def test_rejections_of_one_document_have_keys_of_their_own() -> None:
    one, other = output_row(rejection(message="one")), output_row(rejection(message="other"))
    assert one.key != other.key
    assert split_key(one.key) == split_key(other.key)


def test_tallies() -> None:
    row = ledger_row(spans=((Role.BODY, "Body."), (Role.BLANK, "\n"), (Role.BODY, "More.")))
    assert output_row(row).tallies.roles == ((Role.BLANK, 1, 1), (Role.BODY, 2, 10))
    assert output_row(article()).tallies.roles == ()


@pytest.mark.parametrize("shards", [1, 2, 7])
def test_rows_of_a_document_share_the_shard(shards: int) -> None:
    for n in range(20):
        origin = source(record=n)
        rows = [output_row(row) for row in (article(origin), ledger_row(origin), rejection(origin))]
        assert {shard_of(row.document_id, shards) for row in rows} == {
            int(id_of(origin), 16) % shards
        }
