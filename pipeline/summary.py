"""What a finished run tells its user: where the files are, and a small table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from schemas.manifest import FileEntry, Manifest

MANIFEST_NAME: Final = "manifest.json"

_WIDTH: Final = 80
_COLUMN: Final = 27
"""Width of the names; the longest role and error type fit with their indent."""


def nothing_new(output: str, already_taken: int | None) -> str:
    """Return the text for the user of an incremental run that found nothing to do."""
    number = _count(already_taken or 0, "file")
    return f"Nothing new in {number}; no batch was added to {_as_folder(output)}\n"


def summary(manifest: Manifest, output: str) -> str:
    """Return the text for the user, aligned and within 80 columns but for long paths.

    `output` is the folder as the user named it. Only boilerplate roles are listed as removed.
    """
    counts = manifest.counts
    lines = [f"Output in {_as_folder(output)}", *_files(manifest.files), ""]
    read = "" if manifest.files_read is None else f"in {_count(manifest.files_read, 'file')}"
    lines.append(_row("documents", counts.documents, read))
    from_documents = f"from {_count(counts.documents_with_articles, 'document')}"
    lines.append(_row("articles", counts.articles, from_documents))
    lines.append(_row("rejected", counts.rejected_rows, _rejected_note(manifest)))
    lines += [
        _row(f"  {entry.error_type}", entry.rows, f"at {entry.stage}")
        for entry in sorted(manifest.rejections, key=lambda entry: -entry.rows)
    ]
    if manifest.files_already_taken:
        lines.append(_row("files taken before", manifest.files_already_taken, "not read again"))
    if manifest.skipped_files:
        lines.append(_row("files not read", len(manifest.skipped_files), f"see {MANIFEST_NAME}"))
    if manifest.skipped_records:
        records = sum(count.records for count in manifest.skipped_records)
        lines.append(_row("archive records skipped", records, f"see {MANIFEST_NAME}"))
    removed = sorted(
        (role for role in manifest.roles if role.use == "removed" and role.blocks),
        key=lambda role: -role.blocks,
    )
    blocks = sum(role.blocks for role in removed)
    characters = sum(role.characters for role in removed)
    lines += ["", _row("blocks removed", blocks, f"{characters:,} characters")]
    lines += [
        _row(f"  {role.role}", role.blocks, f"{role.characters:,} characters") for role in removed
    ]
    return "\n".join(lines) + "\n"


def _as_folder(output: str) -> str:
    return output if output.endswith("/") else f"{output}/"


def _files(files: Iterable[FileEntry]) -> list[str]:
    """Return a line for each kind of file: its only file, or how many shards there are."""
    kinds: defaultdict[str, list[FileEntry]] = defaultdict(list)
    for file in files:
        kinds[file.name.partition("-")[0]].append(file)
    lines = [_file_line(kind, entries) for kind, entries in sorted(kinds.items())]
    return [*lines, f"  {MANIFEST_NAME}"]


def _file_line(kind: str, entries: Sequence[FileEntry]) -> str:
    rows = _count(sum(entry.rows for entry in entries), "row")
    if len(entries) == 1:
        return f"  {entries[0].name:<36} {rows}"
    return f"  {f'{kind}-*.jsonl':<36} {rows} in {len(entries):,} files"


def _rejected_note(manifest: Manifest) -> str:
    counts = manifest.counts
    if counts.rejected_rows == counts.documents_rejected:
        return ""
    return f"from {_count(counts.documents_rejected, 'document')}"


def _row(name: str, number: int, note: str) -> str:
    return f"{name:<{_COLUMN}} {number:>12,}  {note}"[:_WIDTH].rstrip()


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
