import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sources.json_value import MAX_DEPTH, is_too_deep, parse_fast, parse_tolerant
from pipeline.sources.rejections import ReadError
from schemas.rejection import ErrorType

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(values)
@settings(max_examples=80, deadline=None)
def test_both_parsers_agree_on_strict_json(value: object) -> None:
    text = json.dumps(value)
    assert parse_tolerant(text) == json.loads(text)
    try:
        fast = parse_fast(text.encode())
    except ValueError:
        assert "\\ud" in text  # A lone surrogate.
    else:
        assert fast == json.loads(text)


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_any_text_gives_a_value_or_a_read_error(text: str) -> None:
    try:
        expected = json.loads(text, strict=False)
    except ValueError:
        with pytest.raises(ReadError):
            parse_tolerant(text)
    else:
        assert repr(parse_tolerant(text)) == repr(expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "x\x01\ty\n"}', {"a": "x\x01\ty\n"}),
        ('{"a": 1, "a": 2}', {"a": 2}),
        ('{"a": "\\ud800"}', {"a": "\ud800"}),
        ('{"a": Infinity}', {"a": math.inf}),
        (f'{{"a": {"9" * 5000}}}', {"a": math.inf}),
        (f'{{"a": -{"9" * 5000}}}', {"a": -math.inf}),
        (f'{{"a": {10**50}}}', {"a": 10**50}),
        ('\r {"a": 1}\t\r', {"a": 1}),
    ],
)
def test_what_real_bundles_hold_is_accepted(text: str, value: object) -> None:
    assert parse_tolerant(text) == value


def test_not_a_number_is_accepted() -> None:
    value = parse_tolerant('{"a": NaN}')
    assert isinstance(value, dict)
    assert math.isnan(value["a"])


@pytest.mark.parametrize(
    ("text", "place"),
    [("", 1), ("{", 2), ('{"a": }', 7), ('{"a": 1} x', 10), ("{'a': 1}", 2), ("\ufeff{}", 1)],
)
def test_broken_json_says_where(text: str, place: int) -> None:
    with pytest.raises(ReadError) as caught:
        parse_tolerant(text)
    assert caught.value.error_type is ErrorType.INVALID_JSON
    assert f"at character {place}" in caught.value.message


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 10_000, 1_000_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ("[", "")])
def test_deep_nesting_is_refused(depth: int, opening: str, closing: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_tolerant(opening * depth + "1" + closing * depth)
    assert caught.value.error_type is ErrorType.NESTED_TOO_DEEP


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[" * MAX_DEPTH + "]" * MAX_DEPTH, False),
        ("[]" * 5000, False),
        ('"' + "[" * 5000 + '"', False),
        ('"\\"' + "[" * 5000 + '"', False),
        ('"' + "[" * 5000, False),
        ('"\\\\"' + "[" * 5000, True),
        ('"a"' + "[" * 5000, True),
    ],
)
def test_only_brackets_outside_of_strings_count(text: str, expected: bool) -> None:
    assert is_too_deep(text) is expected


def test_many_quotation_marks_cost_linear_time() -> None:
    assert not is_too_deep('"\\' * 500_000 + "[" * 300)
