"""Rules of the rows beyond what the examples show."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import (
    BOILERPLATE_ROLES,
    METADATA_ROLES,
    TEXT_ROLES,
    Article,
    Role,
    Source,
    article_id,
    document_id,
)
from schemas.export import FOLDER, MODELS, published, schema_text
from schemas.features import features


@pytest.mark.parametrize("path", published(), ids=lambda path: path.name)
def test_what_is_published_follows_from_the_models(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == published()[path], "run `python -m schemas`"


def test_features_name_every_column_in_order() -> None:
    found = features(Article)
    assert list(found) == list(Article.model_fields)
    assert found["date_published"] == {"dtype": "string", "_type": "Value"}
    assert found["authors"] == {"feature": {"dtype": "string", "_type": "Value"}, "_type": "List"}
    assert found["images"]["feature"]["credit"] == {"dtype": "string", "_type": "Value"}
    assert found["source"]["record"] == {"dtype": "int64", "_type": "Value"}


@pytest.mark.parametrize("name", MODELS)
def test_every_field_of_every_row_is_described_and_required(name: str) -> None:
    schema = json.loads(schema_text(MODELS[name]))
    for part in [schema, *schema.get("$defs", {}).values()]:
        properties = part.get("properties", {})
        assert [key for key, value in properties.items() if "description" not in value] == []
        assert sorted(part.get("required", [])) == sorted(properties)
        if properties:
            assert part["additionalProperties"] is False


def test_each_role_is_of_one_kind() -> None:
    kinds = [TEXT_ROLES, METADATA_ROLES, BOILERPLATE_ROLES, {Role.BLANK}]
    assert sorted(role for kind in kinds for role in kind) == sorted(Role)


def test_a_row_is_frozen() -> None:
    article = Article.model_validate_json((FOLDER / "examples/article.pass.json").read_bytes())
    with pytest.raises(ValidationError):
        article.title = "other"


def test_a_row_is_one_line_of_utf8() -> None:
    source = Source(
        uri="a\n\u2028ü.txt",
        format=None,
        record=None,
        id=None,
        sha256=None,
        encoding=None,
        fetched_at=None,
    )
    line = source.json_line()
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert "ü".encode() in line
    assert json.loads(line)["uri"] == source.uri


@pytest.mark.parametrize(
    "date",
    [
        "2024-05-03",
        "2024-02-29",
        "2024-05-03T08:15:00",
        "2024-05-03T08:15:00Z",
        "2024-05-03T08:15:00+05:30",
    ],
)
def test_absolute_dates_are_taken(date: str) -> None:
    example = json.loads((FOLDER / "examples/article.pass.json").read_bytes())
    row = Article.model_validate_json(json.dumps({**example, "date_published": date}))
    assert row.date_published == date


@pytest.mark.parametrize(
    "date",
    ["", "2024", "2024-5-3", "2023-02-29", "03/05/2024", "2024-05-03 08:15", "2024-05-03T25:00:00"],
)
def test_other_dates_are_refused(date: str) -> None:
    example = json.loads((FOLDER / "examples/article.pass.json").read_bytes())
    with pytest.raises(ValidationError):
        Article.model_validate_json(json.dumps({**example, "date_published": date}))


places = st.tuples(
    st.text(min_size=1),
    st.none() | st.integers(min_value=0),
    st.none() | st.text("0123456789abcdef"),
)


@given(places, places)
def test_documents_have_the_same_id_only_if_they_are_the_same(
    one: tuple[str, int | None, str | None], other: tuple[str, int | None, str | None]
) -> None:
    same = (one[0], one[1], one[2] or "") == (other[0], other[1], other[2] or "")
    assert (document_id(*one) == document_id(*other)) == same


def test_the_id_of_a_document_never_changes() -> None:
    # A new value here would change every id that downstream teams have stored.
    assert document_id("bundle/a.txt", 3, "0" * 64) == "085f3ffe9ee704b2afb4577deff178c8"
    assert article_id("0" * 32, 1) == "0" * 32 + "-1"
