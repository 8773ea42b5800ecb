"""The Beam part of the sources: listing → files → documents. As little logic as possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

import apache_beam as beam
from apache_beam.io.aws.clients.s3.messages import S3ClientError
from apache_beam.pvalue import PBegin, PCollection, TaggedOutput

from pipeline.documents import RawDocument
from pipeline.s3_io import is_refused
from pipeline.sources.find import FoundFile, SkippedFile, find_files
from pipeline.sources.limits import ReadLimits
from pipeline.sources.listing import read_listing
from pipeline.sources.read import read_file
from pipeline.sources.skipped import SkippedRecords
from pipeline.stored_files import open_stored

FILES: Final = "files"
SKIPPED: Final = "skipped"
DOCUMENTS: Final = "documents"
REJECTED: Final = "rejected"


def open_bytes(uri: str) -> BinaryIO:
    """Return the bytes of a file as they are stored, for a path or any URL that Beam knows.

    Raises OSError for a file that cannot be opened, and Beam's own errors for a store that does not
    answer.
    """
    try:
        return open_stored(uri)
    except S3ClientError as error:
        if not is_refused(error):
            raise
        raise OSError(error.code, error.message) from error


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class FindFiles(beam.PTransform):
    """The files of the inputs, spread over the workers.

    Gives the tagged outputs `files` (`FoundFile`), `skipped` (`SkippedFile`) and `rejected`
    (`schemas.Rejection`). Only paths cross the shuffle. The folder `output` is not entered.
    """

    inputs: tuple[str, ...]
    output: str | None = None

    def expand(self, pipeline: PBegin) -> dict[str, PCollection]:
        """Apply `find_files` to all inputs at once."""
        found = (
            pipeline
            | "Inputs" >> beam.Create([self.inputs])
            | "Find" >> beam.ParDo(_Find(self.output)).with_outputs(SKIPPED, REJECTED, main=FILES)
        )
        return {
            FILES: found[FILES] | "Spread" >> beam.Reshuffle(),
            SKIPPED: found[SKIPPED],
            REJECTED: found[REJECTED],
        }


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class ListedFiles(beam.PTransform):
    """The files of a listing (`pipeline.sources.listing`), spread over the workers.

    `path` is where all workers can read it. Gives the tagged outputs `files` (`FoundFile`) and
    `rejected` (`schemas.Rejection`). Only paths cross the shuffle.
    """

    path: str

    def expand(self, pipeline: PBegin) -> dict[str, PCollection]:
        """Read the listing."""
        listed = (
            pipeline
            | "Listing" >> beam.Create([self.path], reshuffle=False)
            | "Rows" >> beam.ParDo(_ReadListing()).with_outputs(REJECTED, main=FILES)
        )
        return {
            FILES: listed[FILES] | "Spread" >> beam.Reshuffle(),
            REJECTED: listed[REJECTED],
        }


@dataclass  # Not frozen: Beam sets attributes of a PTransform.
class ReadDocuments(beam.PTransform):
    """The documents of files.

    Takes `FoundFile`s, gives the tagged outputs `documents` (`RawDocument`), `rejected`
    (`schemas.Rejection`) and `skipped` (`SkippedRecords`).
    """

    limits: ReadLimits

    def expand(self, files: PCollection) -> dict[str, PCollection]:
        """Apply `read_file` to each file."""
        read = files | "Read" >> beam.ParDo(_Read(self.limits)).with_outputs(
            REJECTED, SKIPPED, main=DOCUMENTS
        )
        return {name: read[name] for name in (DOCUMENTS, REJECTED, SKIPPED)}


class _Find(beam.DoFn):
    def __init__(self, output: str | None) -> None:
        self._output = output

    def process(self, inputs: tuple[str, ...]) -> Iterator[FoundFile | TaggedOutput]:
        for item in find_files(inputs, self._output):
            if isinstance(item, FoundFile):
                yield item
            else:
                yield TaggedOutput(SKIPPED if isinstance(item, SkippedFile) else REJECTED, item)


class _ReadListing(beam.DoFn):
    def process(self, path: str) -> Iterator[FoundFile | TaggedOutput]:
        with open_bytes(path) as file:
            for item in read_listing(file):
                yield item if isinstance(item, FoundFile) else TaggedOutput(REJECTED, item)


class _Read(beam.DoFn):
    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits

    def process(self, found: FoundFile) -> Iterator[RawDocument | TaggedOutput]:
        for item in read_file(found, open_bytes, self._limits):
            if isinstance(item, RawDocument):
                yield item
            else:
                yield TaggedOutput(SKIPPED if isinstance(item, SkippedRecords) else REJECTED, item)
