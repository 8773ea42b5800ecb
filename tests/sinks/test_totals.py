from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.sinks.merge import merge_shard
from pipeline.sinks.pieces import write_piece
from pipeline.sinks.rows import OutputModel, output_row
from pipeline.sinks.totals import (
    ConservationError,
    Totals,
    add_totals,
    read_totals,
    require_conservation,
    role_use,
    write_totals,
)
from schemas import BOILERPLATE_ROLES, Role

from .examples import article, document_rows, ledger_row, place_in, source


def totals_of(place: Path, rows: list[OutputModel], shard: int = 0) -> Totals:
    return merge_shard(
        place_in(place), shard, 2, [write_piece(str(place), [output_row(row) for row in rows])]
    )


def test_shards_add_up_in_any_order(tmp_path: Path) -> None:
    one = totals_of(tmp_path, document_rows(source("a"), 2), 0)
    other = totals_of(tmp_path, document_rows(source("b"), 0, 2), 1)
    both = add_totals([one, other])
    assert add_totals([other, one]) == both
    assert (both.documents, both.articles, both.ledger_rows, both.rejected_rows) == (2, 2, 2, 2)
    assert (both.documents_with_articles, both.documents_rejected) == (1, 1)
    assert [entry.name for entry in both.files] == sorted(e.name for e in both.files)
    assert [(c.role, c.blocks, c.characters) for c in both.roles] == [
        (Role.BLANK, 2, 2),
        (Role.BODY, 2, 10),
    ]
    assert [count.rows for count in both.rejections] == [2]


def test_totals_come_back_from_the_place(tmp_path: Path) -> None:
    totals = totals_of(tmp_path, document_rows(source(), 0))
    write_totals(str(tmp_path), totals)
    write_totals(str(tmp_path), totals)
    assert read_totals(str(tmp_path)) == totals


def test_all_is_well(tmp_path: Path) -> None:
    require_conservation(totals_of(tmp_path, document_rows(source(), 1)))


def test_what_is_lost_is_named_up_to_a_bound(tmp_path: Path) -> None:
    lost = [ledger_row(source(record=n)) for n in range(30)]
    totals = add_totals([totals_of(tmp_path, [*lost]), totals_of(tmp_path, [article()], 1)])
    assert totals.violation_count == 31
    with pytest.raises(ConservationError, match="31 documents") as error:
        require_conservation(totals)
    assert str(error.value).count("document ") == 10


def test_boilerplate_is_what_is_removed() -> None:
    assert {role for role in Role if role_use(role) == "removed"} == BOILERPLATE_ROLES
    assert role_use(Role.STANDFIRST) == "text"
    assert role_use(Role.CAPTION) == "metadata"
    assert role_use(Role.BLANK) == "blank"
