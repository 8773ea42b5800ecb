"""The spans of one document: a run of characters each, kept column by column.

A page has hundreds of spans. As columns they are checked in a tenth of the time that as many
records take, and nothing is left unchecked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Final, overload

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from schemas.base import Count, Fraction, Row
from schemas.roles import Role

_End = Annotated[int, Field(ge=1)]
_Reason = Annotated[str, Field(min_length=1)]


class Span(Row):
    """A run of characters with one role, one story and the reason for both."""

    start: Count = Field(description="Offset of the first character in the decoded text.")
    end: _End = Field(description="Offset behind the last character.")
    role: Role = Field(description="What the span is to the article.")
    story_index: Count | None = Field(description="The story it belongs to; null for none.")
    reason: _Reason = Field(description="What decided: the rule or the model.")
    score: Fraction = Field(description="How sure the labeller is of the role.")
    text: str | None = Field(description="The characters; null with --ledger=offsets.")


_NAMES: Final = tuple(Span.model_fields)
_COLUMNS: Final = TypeAdapter(
    tuple[
        tuple[Count, ...],
        tuple[_End, ...],
        tuple[Role, ...],
        tuple[Count | None, ...],
        tuple[_Reason, ...],
        tuple[Fraction, ...],
        tuple[str | None, ...],
    ],
    config=ConfigDict(strict=True),
)
"""The fields of `Span`, in their order."""


class Spans(Sequence[Span]):
    """Spans in order. Immutable; a span is made a record when it is asked for."""

    __slots__ = ("_columns",)

    def __init__(self, columns: Sequence[Sequence[Any]]) -> None:
        """Take the fields of all spans: for every field of `Span`, in order, a tuple of values.

        Raises:
            ValidationError: A value is not what `Span` takes.
            ValueError: The columns are not equally long.
        """
        self._columns = _COLUMNS.validate_python(tuple(columns))
        if len({len(column) for column in self._columns}) > 1:
            raise ValueError("the columns of spans are not equally long")

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """Return records as columns."""
        rows = [tuple(getattr(span, name) for name in _NAMES) for span in spans]
        return cls(tuple(zip(*rows, strict=True)) or ((),) * len(_NAMES))

    @property
    def columns(self) -> tuple[tuple[Any, ...], ...]:
        """The values of each field of `Span`, in the order of the fields."""
        return self._columns

    def _made(self, values: Iterable[Any]) -> Span:
        return Span.model_construct(None, **dict(zip(_NAMES, values, strict=True)))

    def __len__(self) -> int:
        return len(self._columns[0])

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Spans: ...
    def __getitem__(self, index: int | slice) -> Span | Spans:
        if isinstance(index, slice):
            return Spans([column[index] for column in self._columns])
        return self._made([column[index] for column in self._columns])

    def __iter__(self) -> Iterator[Span]:
        return map(self._made, zip(*self._columns, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spans) and self._columns == other._columns

    def __hash__(self) -> int:
        return hash(self._columns)

    def __repr__(self) -> str:
        return f"Spans({list(self)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take spans as they are, or records; write them as records."""
        records = handler.generate_schema(tuple[Span, ...])
        made = core_schema.no_info_after_validator_function(cls.of, records)
        return core_schema.json_or_python_schema(
            made,
            core_schema.union_schema([core_schema.is_instance_schema(cls), made]),
            serialization=core_schema.plain_serializer_function_ser_schema(_records_of),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the records."""
        return handler(core_schema.tuple_variable_schema(Span.__pydantic_core_schema__))


def _records_of(spans: Spans) -> list[dict[str, Any]]:
    return [dict(zip(_NAMES, row, strict=True)) for row in zip(*spans.columns, strict=True)]
