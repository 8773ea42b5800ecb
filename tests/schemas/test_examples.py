"""Every example row of `schemas/examples`: `*.pass.json` is valid, `*.fail.json` is not.

The models and the published JSON Schemas are held to the same examples.
"""

import json
from pathlib import Path

import jsonschema
import pytest
from pydantic import ValidationError

from schemas.export import FOLDER, MODELS, schema_file

EXAMPLES = sorted((FOLDER / "examples").glob("*.json"))
PASS = [path for path in EXAMPLES if path.name.endswith(".pass.json")]
FAIL = [path for path in EXAMPLES if path.name.endswith(".fail.json")]

ONLY_THE_MODEL_SEES = {
    "article.impossible-date.fail.json",
    "article.story-beyond-count.fail.json",
    "ledger.gap.fail.json",
    "ledger.overlap.fail.json",
    "ledger.short.fail.json",
    "ledger.other-text.fail.json",
    "manifest.lost-document.fail.json",
}
"""Rules between two values of a row, which a JSON Schema cannot state."""


def name(path: Path) -> str:
    return path.name


def model_of(path: Path) -> str:
    return path.name.split(".")[0]


def schema_errors(path: Path) -> list[str]:
    schema = json.loads(schema_file(model_of(path)).read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    return [error.message for error in validator.iter_errors(json.loads(path.read_bytes()))]


def test_each_model_has_examples_of_both_kinds() -> None:
    assert {model_of(path) for path in PASS} == set(MODELS)
    assert {model_of(path) for path in FAIL} == set(MODELS)
    assert len(PASS) + len(FAIL) == len(EXAMPLES)


@pytest.mark.parametrize("path", PASS, ids=name)
def test_a_pass_example_is_valid_and_comes_out_unchanged(path: Path) -> None:
    row = MODELS[model_of(path)].model_validate_json(path.read_bytes())
    written = json.loads(row.json_line())
    assert written == json.loads(path.read_bytes())
    assert list(written) == list(type(row).model_fields), "keys in the order of the model"
    assert schema_errors(path) == []


@pytest.mark.parametrize("path", FAIL, ids=name)
def test_a_fail_example_is_refused(path: Path) -> None:
    with pytest.raises(ValidationError):
        MODELS[model_of(path)].model_validate_json(path.read_bytes())
    if path.name not in ONLY_THE_MODEL_SEES:
        assert schema_errors(path)
