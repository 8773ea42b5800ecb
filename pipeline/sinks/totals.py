"""What a run wrote in all, and whether every document is accounted for."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from pydantic import Field

from pipeline.sinks import storage
from pipeline.sinks.layout import TOTALS
from pipeline.sinks.tallies import Tallies, add_tallies
from schemas.base import Count, DocumentId, Row
from schemas.manifest import FileEntry, RejectionCount, RoleCount, RoleUse
from schemas.roles import METADATA_ROLES, TEXT_ROLES, Role

_SHOWN: Final = 10
"""Most violations that are named one by one."""


class Rule(StrEnum):
    """A rule on the rows of one document, by what it looks like when it is broken."""

    LOST = "lost: it has a ledger row, but neither an article nor a rejected row"
    BOTH = "both: it has articles and rejected rows"
    NO_LEDGER = "no ledger: it has articles, but no ledger row"
    TWICE = "twice: a row of it was written twice"


class ConservationError(Exception):
    """A document is not accounted for; this is a fault of the pipeline, never of its input."""


class Violation(Row):
    """A document that breaks a rule."""

    document_id: DocumentId = Field(description="Id of the document.")
    rule: Rule = Field(description="The rule it breaks.")


class Totals(Row):
    """Sums over one shard, or over all of them."""

    files: tuple[FileEntry, ...] = Field(description="Files, sorted by name.")
    documents: Count = Field(description="Documents with a row of any kind.")
    documents_with_articles: Count = Field(description="Documents with articles.")
    documents_rejected: Count = Field(description="Documents with rejected rows.")
    articles: Count = Field(description="Article rows.")
    ledger_rows: Count = Field(description="Ledger rows.")
    rejected_rows: Count = Field(description="Rejected rows.")
    roles: tuple[RoleCount, ...] = Field(description="Blocks by role.")
    rejections: tuple[RejectionCount, ...] = Field(description="Rejected rows by reason.")
    violation_count: Count = Field(description="How often a rule is broken.")
    violations: tuple[Violation, ...] = Field(description="The first of them.")


def broken_rules(articles: int, ledger: int, rejected: int, *, repeated: bool) -> tuple[Rule, ...]:
    """Return the rules that a document with so many rows breaks, none if all is well.

    Args:
        articles: Its article rows.
        ledger: Its ledger rows.
        rejected: Its rejected rows.
        repeated: Whether two of its rows have the same kind and story.
    """
    broken = []
    if not articles and not rejected:
        broken.append(Rule.LOST)
    if articles and rejected:
        broken.append(Rule.BOTH)
    if articles and not ledger:
        broken.append(Rule.NO_LEDGER)
    if repeated:
        broken.append(Rule.TWICE)
    return tuple(broken)


def role_use(role: Role) -> RoleUse:
    """Return where the blocks of a role end up."""
    if role in TEXT_ROLES:
        return "text"
    if role in METADATA_ROLES:
        return "metadata"
    return "blank" if role is Role.BLANK else "removed"


def role_counts(tallies: Tallies) -> tuple[RoleCount, ...]:
    """Return tallies by role as rows of the manifest."""
    return tuple(
        RoleCount(role=role, use=role_use(role), blocks=blocks, characters=characters)
        for role, blocks, characters in tallies.roles
    )


def rejection_counts(tallies: Tallies) -> tuple[RejectionCount, ...]:
    """Return tallies by reason as rows of the manifest."""
    return tuple(
        RejectionCount(stage=stage, error_type=error_type, rows=rows)
        for stage, error_type, rows in tallies.rejections
    )


def add_totals(parts: Iterable[Totals]) -> Totals:
    """Return the sum of the shards' totals; their order does not matter."""
    parts = tuple(parts)
    tallies = add_tallies(
        Tallies(
            roles=tuple((count.role, count.blocks, count.characters) for count in part.roles),
            rejections=tuple(
                (count.stage, count.error_type, count.rows) for count in part.rejections
            ),
        )
        for part in parts
    )
    return Totals(
        files=tuple(sorted((f for part in parts for f in part.files), key=lambda f: f.name)),
        documents=sum(part.documents for part in parts),
        documents_with_articles=sum(part.documents_with_articles for part in parts),
        documents_rejected=sum(part.documents_rejected for part in parts),
        articles=sum(part.articles for part in parts),
        ledger_rows=sum(part.ledger_rows for part in parts),
        rejected_rows=sum(part.rejected_rows for part in parts),
        roles=role_counts(tallies),
        rejections=rejection_counts(tallies),
        violation_count=sum(part.violation_count for part in parts),
        violations=first_violations(v for part in parts for v in part.violations),
    )


def first_violations(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return the few violations that are named one by one."""
    return tuple(sorted(violations, key=lambda v: (v.document_id, v.rule))[:_SHOWN])


def require_conservation(totals: Totals) -> None:
    """Make sure that each document gave articles or was rejected, once.

    Raises:
        ConservationError: It names the first documents that break a rule.
    """
    if not totals.violation_count:
        return
    lines = [f"  document {v.document_id}: {v.rule.value}" for v in totals.violations]
    head = f"{totals.violation_count} documents are not accounted for:"
    raise ConservationError("\n".join([head, *lines]))


def write_totals(place: str, totals: Totals) -> None:
    """Leave the totals in the run's place; a second attempt writes over the first."""
    path = storage.join(place, f"{TOTALS}-{uuid.uuid4().hex}")
    with storage.create(path) as file:
        file.write(totals.json_line())
    storage.replace(path, storage.join(place, TOTALS))


def read_totals(place: str) -> Totals:
    """Return the totals that the graph left in the run's place."""
    return Totals.model_validate_json(storage.read_bytes(storage.join(place, TOTALS)))
