from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from apache_beam.io.filesystem import BeamIOError
from apache_beam.io.filesystems import FileSystems

from pipeline.sources.digest import stored_digest
from tests.sources.helpers import write


def test_the_stored_bytes_of_a_local_file(tmp_path: Path) -> None:
    content = b"\x1f\x8b" + bytes(3 << 20)
    path = write(tmp_path / "a[1].gz", content)
    assert stored_digest(str(path)) == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert stored_digest(str(tmp_path / "missing")) is None
    assert stored_digest(str(tmp_path)) is None


def test_an_object_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileSystems, "checksum", lambda uri: f'"{len(uri)}"')
    assert stored_digest("mem://b/a") == 'tag:"9"'

    def fail(uri: str) -> str:
        raise BeamIOError("gone")

    monkeypatch.setattr(FileSystems, "checksum", fail)
    # A store that does not answer says nothing about the object.
    with pytest.raises(BeamIOError):
        stored_digest("mem://b/a")
