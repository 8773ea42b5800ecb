import json
from pathlib import Path

import pytest

WHY = "JAX, optax and LightGBM are needed for training only (the extra `training`)"
pytest.importorskip("jax", reason=WHY)
pytest.importorskip("optax", reason=WHY)
pytest.importorskip("lightgbm", reason=WHY)

from pipeline.cleaning.model import TextModel  # noqa: E402 - after the check above
from tests.training.rows import ROWS  # noqa: E402 - after the check above
from training import crossfit, evaluate, train  # noqa: E402 - after the check above
from training.blocks import blocks_of  # noqa: E402 - after the check above
from training.dataset import read_pages  # noqa: E402 - after the check above


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.jsonl"
    path.write_text("\n".join(map(json.dumps, ROWS)) + "\n", encoding="utf-8")
    return path


def test_no_part_shares_a_publisher_with_the_pages_it_learns_from(data: Path) -> None:
    pages, _ = read_pages(data)
    held_out, part = crossfit.parts_of(pages)
    for page in pages:
        assert set(page.groups) <= held_out[part[page.id]]


def test_training_twice_gives_the_same_bytes_and_a_model_that_reads_pages(
    data: Path, tmp_path: Path
) -> None:
    for run in ("a", "b"):
        train.main(
            [str(data), str(tmp_path / f"{run}.model"), "--cache", str(tmp_path / run),
             "--made", "30", "--epochs", "1"]
        )  # fmt: skip
    file = tmp_path / "a.model"
    assert file.read_bytes() == (tmp_path / "b.model").read_bytes()
    model = TextModel.read(file)
    text = read_pages(data)[0][0].text
    assert model.look(text, blocks_of(text)).logits.shape == (7, 3)

    evaluate.main([str(data), "--models", str(tmp_path / "m"), "--cache", str(tmp_path / "a")])
    index = json.loads((tmp_path / "m" / "index.json").read_text(encoding="utf-8"))
    assert index.keys() == {row["id"] for row in ROWS}
    assert all((tmp_path / "m" / name).exists() for name in index.values())
