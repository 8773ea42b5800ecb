import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.cleaning.model import TextModel
from pipeline.cleaning.model.modelfile import digest_of, read_arrays, write_arrays

ARRAYS = {
    "half": np.array([[1, 2, 3]], np.float16),
    "keys": np.array([5, 2**64 - 1], np.uint64),
    "none": np.zeros((0, 4), np.int32),
}


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    write_arrays(tmp_path / "a.model", ARRAYS, {"cut": 0.5, "who": "é"})
    return (tmp_path / "a.model").read_bytes()


def test_what_is_written_is_read(data: bytes) -> None:
    arrays, card = read_arrays(data)
    assert card == {"cut": 0.5, "who": "é"}
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        np.testing.assert_array_equal(arrays[name], array)


def test_arrays_cannot_be_changed(data: bytes) -> None:
    with pytest.raises(ValueError, match="read-only"):
        read_arrays(data)[0]["keys"][0] = 1


def test_the_same_arrays_give_the_same_bytes_in_any_order(data: bytes, tmp_path: Path) -> None:
    write_arrays(tmp_path / "b", dict(reversed(ARRAYS.items())), {"who": "é", "cut": 0.5})
    assert (tmp_path / "b").read_bytes() == data


@pytest.mark.parametrize("foreign", [b"", b"\n", b"\xff\xfe", b"{}\n", b"[]\n", b"null", b"PK\3\4"])
def test_foreign_bytes_are_refused(foreign: bytes) -> None:
    with pytest.raises(ValueError, match="not a model file"):
        read_arrays(foreign)


def test_a_file_that_ends_early_is_refused(data: bytes) -> None:
    header = data.index(b"\n") + 1
    for length in (10, header - 1, header, header + 5):
        with pytest.raises(ValueError, match=r"model file|buffer"):
            read_arrays(data[:length])


@pytest.mark.parametrize("damage", [{"type": "object"}, {"at": None}, {"shape": "x"}])
def test_a_damaged_table_of_contents_is_refused(data: bytes, damage: dict[str, Any]) -> None:
    line, _, body = data.partition(b"\n")
    header = json.loads(line)
    header["arrays"][0] |= damage
    with pytest.raises(ValueError, match="table of contents"):
        read_arrays(json.dumps(header).encode() + b"\n" + body)


def test_a_model_file_without_what_a_model_needs_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="lacks"):
        TextModel.from_bytes(data)


def test_a_digest_tells_files_apart(data: bytes) -> None:
    assert digest_of(data) == digest_of(bytes(data))
    assert digest_of(data) != digest_of(data[:-1])
    assert len(digest_of(data)) == 12
