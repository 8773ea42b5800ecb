import pickle
from typing import Any

import pytest
from pydantic import ValidationError

from schemas import Role, Span, Spans

COLUMNS: tuple[tuple[Any, ...], ...] = (
    (0, 4), (4, 5), (Role.BODY, Role.BLANK), (0, None), ("model: keep", "white space"), (0.5, 1.0),
    ("Text", "\n"),
)  # fmt: skip
FIRST = Span(
    start=0, end=4, role=Role.BODY, story_index=0, reason="model: keep", score=0.5, text="Text"
)


def test_spans_are_records_of_their_columns() -> None:
    spans = Spans(COLUMNS)
    assert len(spans) == 2
    assert spans[0] == FIRST
    assert [span.text for span in spans] == ["Text", "\n"]
    assert list(spans[1:]) == [spans[-1]]
    assert spans == Spans.of(spans)
    assert Spans.of(()) == Spans(((),) * 7)
    assert pickle.loads(pickle.dumps(spans)) == spans  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("column", "values"),
    [
        (0, (0, -1)),
        (0, (0, 4.0)),
        (0, (0, True)),
        (1, (0, 5)),
        (2, ("body", Role.BLANK)),
        (3, (0, -1)),
        (4, ("", "white space")),
        (5, (0.5, 1.5)),
        (6, ("Text", 7)),
        (6, ("Text",)),
        (6, ["Text", "\n"]),
    ],
)
def test_what_a_span_does_not_take_no_column_takes(column: int, values: Any) -> None:
    columns = [values if number == column else own for number, own in enumerate(COLUMNS)]
    with pytest.raises((ValidationError, ValueError)):
        Spans(columns)


def test_a_column_that_is_missing_is_refused() -> None:
    with pytest.raises(ValidationError):
        Spans(COLUMNS[:-1])
