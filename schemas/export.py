"""The JSON Schemas of the output rows, as files beside the models.

`python -m schemas` writes them anew; a test fails when they differ from the models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from schemas.article import Article
from schemas.base import Row
from schemas.ledger import LedgerRow
from schemas.manifest import Manifest
from schemas.rejection import Rejection

MODELS: Final[dict[str, type[Row]]] = {
    "article": Article,
    "ledger": LedgerRow,
    "rejected": Rejection,
    "manifest": Manifest,
}
"""The model of each output, by the name of its schema's file."""

FOLDER: Final = Path(__file__).parent


def schema_text(model: type[Row]) -> str:
    """Return the JSON Schema (draft 2020-12) of a row as it is written."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_file(name: str) -> Path:
    """Return the path of one committed schema."""
    return FOLDER / f"{name}.schema.json"


def export() -> list[Path]:
    """Write all schemas and return their paths."""
    for name, model in MODELS.items():
        schema_file(name).write_text(schema_text(model), encoding="utf-8", newline="\n")
    return [schema_file(name) for name in MODELS]
