"""Which files a batch of an incremental output was made of: a row of `taken.jsonl`."""

from __future__ import annotations

from pydantic import Field

from schemas.base import Count, Row


class TakenFile(Row):
    """One thing that was found at the inputs, as it was when it was taken.

    Later runs on the same output leave out what has the same `uri`, `size` and `digest`.
    """

    uri: str = Field(min_length=1, description="Path or URL, as it was matched; see Source.uri.")
    size: Count | None = Field(
        description="Bytes as stored; null for what could not be looked at, such as a broken link, "
        "and has a rejected row."
    )
    digest: str | None = Field(
        pattern=r"^(sha256:[0-9a-f]{64}|tag:.+)$",
        description="SHA-256 of the stored bytes, or for an object in a store the entity tag or "
        "checksum that the store keeps; null for what could not be read.",
    )
    modified_ns: int | None = Field(
        description="When the file was last modified, in nanoseconds since 1970. With the same "
        "size and times later runs do not read it to know that it is the same. Null where they "
        "must: the times are unknown, or so close to the run that a change might not show."
    )
    changed_ns: int | None = Field(
        description="When anything of the file last changed, its rights included; null in stores."
    )
