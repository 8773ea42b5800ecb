"""The column types of the output rows for Hugging Face `datasets`.

`datasets` guesses a file's types from its first rows, and then fails on a later file in which a
column that was null so far holds text. With these features, `load_dataset("json", …, features=
Features.from_dict(…))` reads every shard. The form is that of `datasets` from version 4 on.
"""

from __future__ import annotations

import types
from enum import Enum
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from schemas.base import Row
from schemas.spans import Span, Spans

_DTYPES: Final = {str: "string", int: "int64", float: "float64"}


def features(model: type[Row]) -> dict[str, Any]:
    """Return the features of a row: for every column its type, in the order of the row."""
    return {name: _feature(field.annotation) for name, field in model.model_fields.items()}


def _feature(annotation: Any) -> dict[str, Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _feature(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        (some,) = (part for part in get_args(annotation) if part is not types.NoneType)
        return _feature(some)
    if origin is tuple:
        return {"feature": _feature(get_args(annotation)[0]), "_type": "List"}
    if origin is Literal:
        return _feature(type(get_args(annotation)[0]))
    if issubclass(annotation, Spans):
        return {"feature": features(Span), "_type": "List"}
    if issubclass(annotation, Row):
        return features(annotation)
    base = str if issubclass(annotation, Enum) else annotation
    return {"dtype": _DTYPES[base], "_type": "Value"}
