import io
from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.testing import test_pipeline
from apache_beam.testing.util import assert_that, equal_to

from pipeline.documents import RawDocument
from pipeline.sources.find import SkippedFile
from pipeline.sources.limits import ReadLimits
from pipeline.sources.transforms import FindFiles, ReadDocuments, open_bytes
from schemas.rejection import Rejection
from tests.sources.helpers import COMPRESS, write


def test_from_inputs_to_documents(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"one")
    write(tmp_path / "b.jsonl.gz", COMPRESS["gz"](b'{"text": "two"}\n{}\n'))
    write(tmp_path / "_SUCCESS")
    (tmp_path / "broken").symlink_to("nowhere")
    with test_pipeline.TestPipeline(runner="FnApiRunner") as pipeline:
        found = pipeline | FindFiles((str(tmp_path),))
        read = found["files"] | ReadDocuments(ReadLimits())
        rejected = (found["rejected"], read["rejected"]) | beam.Flatten()
        documents = read["documents"] | "Texts" >> beam.Map(_text)
        errors = rejected | "Errors" >> beam.Map(_error)
        skipped = found["skipped"] | "Names" >> beam.Map(_name)
        assert_that(documents, equal_to(["one", "two"]), "documents")
        assert_that(errors, equal_to(["missing_text", "unreadable_file"]), "errors")
        assert_that(skipped, equal_to(["_SUCCESS"]), "skipped")


def _text(document: RawDocument) -> str:
    return document.text


def _error(rejection: Rejection) -> str:
    return str(rejection.error_type)


def _name(skipped: SkippedFile) -> str:
    return Path(skipped.uri).name


def test_local_bytes_are_those_on_disk(tmp_path: Path) -> None:
    packed = COMPRESS["gz"](b"text")
    path = write(tmp_path / "a.gz", packed)
    with open_bytes(str(path)) as raw:
        assert raw.read() == packed


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nothing"):
        open_bytes(str(tmp_path / "nothing"))


def test_urls_are_opened_by_beam_without_decompression(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fake(uri: str, compression_type: str) -> io.BytesIO:
        asked.append((uri, compression_type))
        return io.BytesIO(b"x")

    monkeypatch.setattr(FileSystems, "open", fake)
    assert open_bytes("mem://b/a.gz").read() == b"x"
    assert asked == [("mem://b/a.gz", "uncompressed")]
