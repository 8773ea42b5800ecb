"""What is counted on the way for the manifest: blocks by role, rejected rows by reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.ledger import LedgerRow
from schemas.rejection import ErrorType, Rejection, Stage
from schemas.roles import Role


@dataclass(frozen=True, slots=True)
class Tallies:
    """Sums over some rows.

    `roles` holds (role, blocks, characters) sorted by role, `rejections` holds
    (stage, error type, rows) sorted by both.
    """

    roles: tuple[tuple[Role, int, int], ...] = ()
    rejections: tuple[tuple[Stage, ErrorType, int], ...] = ()


NOTHING = Tallies()
"""The tallies of no row."""


def ledger_tallies(row: LedgerRow) -> Tallies:
    """Return blocks and characters by role of one document."""
    blocks: defaultdict[Role, int] = defaultdict(int)
    characters: defaultdict[Role, int] = defaultdict(int)
    for span in row.spans:
        blocks[span.role] += 1
        characters[span.role] += span.end - span.start
    return Tallies(roles=tuple((role, blocks[role], characters[role]) for role in sorted(blocks)))


def rejection_tallies(row: Rejection) -> Tallies:
    """Return the tallies of one rejected row."""
    return Tallies(rejections=((row.stage, row.error_type, 1),))


def add_tallies(parts: Iterable[Tallies]) -> Tallies:
    """Return the sum of tallies; their order does not matter."""
    blocks: defaultdict[Role, int] = defaultdict(int)
    characters: defaultdict[Role, int] = defaultdict(int)
    rejections: defaultdict[tuple[Stage, ErrorType], int] = defaultdict(int)
    for part in parts:
        for role, some_blocks, some_characters in part.roles:
            blocks[role] += some_blocks
            characters[role] += some_characters
        for stage, error_type, rows in part.rejections:
            rejections[stage, error_type] += rows
    return Tallies(
        roles=tuple((role, blocks[role], characters[role]) for role in sorted(blocks)),
        rejections=tuple((*reason, rejections[reason]) for reason in sorted(rejections)),
    )
