"""What the tests of the training share."""

import json
from pathlib import Path

import pytest

from tests.training.rows import ROWS
from training.dataset import TrainingPage, read_pages


@pytest.fixture
def pages(tmp_path: Path) -> list[TrainingPage]:
    path = tmp_path / "data.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf-8")
    return read_pages(path)[0]
