"""What one run made, with counts and checksums: the whole of `manifest.json`."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from schemas.base import Count, Row, Sha256
from schemas.rejection import ErrorType, Stage
from schemas.roles import Role

RoleUse = Literal["text", "metadata", "removed", "blank"]
"""Where the blocks of a role end up: in an article's text, in its other fields, in the ledger
only (boilerplate), or they are the white space between blocks."""

Utc = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
"""A second in UTC, in ISO 8601."""


class Counts(Row):
    """How many documents and rows there are."""

    documents: Count = Field(description="Documents found in the input.")
    articles: Count = Field(description="Rows of articles-*.jsonl.")
    documents_with_articles: Count = Field(description="Documents that gave articles.")
    documents_rejected: Count = Field(description="Documents that have rows in rejected-*.jsonl.")
    ledger_rows: Count = Field(description="Rows of ledger-*.jsonl.")
    rejected_rows: Count = Field(description="Rows of rejected-*.jsonl.")

    @model_validator(mode="after")
    def _nothing_is_lost(self) -> Self:
        if self.documents != self.documents_with_articles + self.documents_rejected:
            raise ValueError("documents must be documents_with_articles + documents_rejected")
        return self


class RoleCount(Row):
    """How much text got one role, in all documents together."""

    role: Role = Field(description="Role of the blocks.")
    use: RoleUse = Field(description="Where they end up; 'removed' is boilerplate.")
    blocks: Count = Field(description="Number of blocks.")
    characters: Count = Field(description="Their length in characters.")


class RejectionCount(Row):
    """How many rows were rejected for one reason."""

    stage: Stage = Field(description="The step at which they failed.")
    error_type: ErrorType = Field(description="Why they failed.")
    rows: Count = Field(description="Number of rows of rejected-*.jsonl.")


class FileEntry(Row):
    """One file of the output."""

    name: str = Field(min_length=1, description="Name within the output folder.")
    rows: Count = Field(description="Number of lines.")
    bytes: Count = Field(description="Length in bytes.")
    sha256: Sha256 = Field(description="SHA-256 of the whole file.")


class SkippedFile(Row):
    """A file of the input that was matched and not read."""

    uri: str = Field(min_length=1, description="Path or URL of the file, as it was matched.")
    reason: str = Field(min_length=1, description="Why it was not read.")


class SkippedRecordCount(Row):
    """How many records of web archives were no documents, for one reason."""

    reason: str = Field(min_length=1, description="Why they are none.")
    records: Count = Field(description="Number of records.")


class Versions(Row):
    """What made the output."""

    schema_version: str = Field(description="Version of the output contract.")
    pipeline: str = Field(description="Version of the pipeline.")
    model: str = Field(description="Version of the labeller.")
    beam: str = Field(description="Version of Apache Beam.")
    python: str = Field(description="Version of Python.")


class Option(Row):
    """A setting and its value, written as on the command line."""

    name: str = Field(min_length=1, description="Name of the flag without its dashes.")
    value: str | None = Field(description="Its value as text; null when it is unset.")


class RunInfo(Row):
    """What differs between two runs that give the same output."""

    id: str = Field(min_length=1, description="Random id of the run.")
    started_at: Utc = Field(description="When the run began.")
    finished_at: Utc = Field(description="When its last row was written.")
    runner: str = Field(min_length=1, description="Name of the Beam runner.")
    settings: tuple[Option, ...] = Field(
        description="Settings that do not change the output, such as the number of workers."
    )


class Manifest(Row):
    """What one run made.

    All but `run` follows from the input, the options and the versions, and from the earlier batches
    of an incremental output.
    """

    counts: Counts = Field(description="Documents and rows.")
    files_read: Count | None = Field(description="Input files that were read; null if not counted.")
    files_already_taken: Count | None = Field(
        description="Input files that earlier batches of this output had taken, and that are not "
        "read again; null for an output that is not incremental."
    )
    skipped_files: tuple[SkippedFile, ...] = Field(description="Input files that were not read.")
    skipped_records: tuple[SkippedRecordCount, ...] = Field(
        description="Records of web archives that are no documents, such as requests and pictures, "
        "sorted by reason."
    )
    roles: tuple[RoleCount, ...] = Field(description="What was labelled, sorted by role.")
    rejections: tuple[RejectionCount, ...] = Field(
        description="What was rejected, sorted by stage and error type."
    )
    files: tuple[FileEntry, ...] = Field(description="The other output files, sorted by name.")
    versions: Versions = Field(description="Versions of all that made the output.")
    options: tuple[Option, ...] = Field(description="Options that shape the output, by name.")
    run: RunInfo = Field(description="What differs between two runs of the same input.")
