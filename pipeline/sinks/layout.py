"""Names of the output files and of the folders in a run's fresh place."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """The three outputs; the value is how their files' names begin."""

    ARTICLES = "articles"
    LEDGER = "ledger"
    REJECTED = "rejected"


FILES: Final = "files"
"""Folder of the place that becomes the output."""

PIECES: Final = "pieces"
"""Folder of the place for temporary files."""

TOTALS: Final = "totals.json"
"""File of the place in which the graph leaves its totals for the launching process."""

MANIFEST: Final = "manifest.json"
"""Name of the manifest in the output."""

TAKEN: Final = "taken.jsonl"
"""Name of the file in a batch that says which files the batch was made of."""

_BATCH = re.compile(r"batch-(\d{5,})")
_SHARD = re.compile(rf"(?:{'|'.join(Kind)})-\d{{5,}}-of-\d{{5,}}\.jsonl")
_LEFT_BY_THE_DESKTOP: Final = frozenset({".DS_Store"})
"""Files that looking at a folder leaves in it (macOS Finder); nobody misses them."""


def shard_name(kind: Kind, shard: int, shards: int) -> str:
    """Return the name of one shard's file, such as `articles-00000-of-00004.jsonl`.

    Args:
        kind: The output.
        shard: Number of the shard, counted from 0.
        shards: How many shards there are.
    """
    return f"{kind.value}-{shard:05d}-of-{shards:05d}.jsonl"


def batch_name(number: int) -> str:
    """Return the name of a batch's folder in an incremental output, such as `batch-00001`."""
    return f"batch-{number:05d}"


def batch_number(name: str) -> int | None:
    """Return the number of a batch by the name of its folder, None if it is no such name."""
    match = _BATCH.fullmatch(name)
    return int(match[1]) if match and batch_name(int(match[1])) == name else None


def is_harmless(name: str) -> bool:
    """Say whether a file of this name may stand in an output, whoever put it there."""
    return name in _LEFT_BY_THE_DESKTOP


def is_output_name(name: str) -> bool:
    """Say whether a file of this name in an output folder may be replaced by the next run."""
    return name == MANIFEST or is_harmless(name) or bool(_SHARD.fullmatch(name))
