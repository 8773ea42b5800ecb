"""The listing: what the launching process found at the inputs, in a file that the graph reads.

A row of JSON for each thing: `{"file": PATH, "size": BYTES}`, or `{"rejected": ROW}` for what could
not even be listed. So what was counted is what is read, and inputs are looked through once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from pipeline.sources.find import FoundFile
from schemas.rejection import Rejection

Listed = FoundFile | Rejection
"""What a listing holds: a file to read, or why it cannot be."""


def listing_line(item: Listed) -> bytes:
    """Return the row of one thing; it is ASCII, which holds names that are no UTF-8 as well."""
    if isinstance(item, Rejection):
        return b'{"rejected":' + item.json_line().rstrip() + b"}\n"
    return json.dumps({"file": item.uri, "size": item.size}).encode() + b"\n"


def read_listing(lines: Iterable[bytes]) -> Iterator[Listed]:
    """Give what the rows of a listing hold; the times of files are not in it."""
    for line in lines:
        row = json.loads(line)
        if "file" in row:
            yield FoundFile(row["file"], row["size"])
        else:
            yield Rejection.model_validate_json(json.dumps(row["rejected"]))
