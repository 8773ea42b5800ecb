"""What is generated from the models and published beside them.

`NAME.schema.json` is the JSON Schema of a row, `NAME.features.json` its column types for Hugging
Face `datasets`. `python -m schemas` writes them anew; a test fails when they differ from the
models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from schemas.article import Article
from schemas.base import Row
from schemas.features import features
from schemas.ledger import LedgerRow
from schemas.manifest import Manifest
from schemas.rejection import Rejection
from schemas.taken import TakenFile

MODELS: Final[dict[str, type[Row]]] = {
    "article": Article,
    "ledger": LedgerRow,
    "rejected": Rejection,
    "manifest": Manifest,
    "taken": TakenFile,
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


def features_text(model: type[Row]) -> str:
    """Return the features of a row as JSON."""
    return json.dumps(features(model), indent=2) + "\n"


def schema_file(name: str) -> Path:
    """Return the path of one committed schema."""
    return FOLDER / f"{name}.schema.json"


def published() -> dict[Path, str]:
    """Return the content of every generated file by its path."""
    texts = {schema_file(name): schema_text(model) for name, model in MODELS.items()}
    for name, model in MODELS.items():
        if model is not Manifest:
            texts[FOLDER / f"{name}.features.json"] = features_text(model)
    return texts


def export() -> list[Path]:
    """Write all generated files and return their paths."""
    for path, text in published().items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(published())
