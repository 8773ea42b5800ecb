from __future__ import annotations

from pipeline.summary import summary
from schemas.manifest import (
    Counts,
    FileEntry,
    Manifest,
    RejectionCount,
    RoleCount,
    RunInfo,
    SkippedFile,
    SkippedRecordCount,
    Versions,
)
from schemas.rejection import ErrorType, Stage
from schemas.roles import Role

SHA = "0" * 64


def manifest(
    files: tuple[FileEntry, ...] = (),
    rejections: tuple[RejectionCount, ...] = (),
    roles: tuple[RoleCount, ...] = (),
    skipped: int = 0,
    files_read: int | None = 5,
    already_taken: int | None = None,
) -> Manifest:
    rejected = sum(entry.rows for entry in rejections)
    return Manifest(
        counts=Counts(
            documents=5 + min(rejected, 1),
            articles=6,
            documents_with_articles=5,
            documents_rejected=min(rejected, 1),
            ledger_rows=5,
            rejected_rows=rejected,
        ),
        files_read=files_read,
        files_already_taken=already_taken,
        skipped_files=tuple(SkippedFile(uri=str(n), reason="hidden") for n in range(skipped)),
        skipped_records=tuple(
            SkippedRecordCount(reason=str(n), records=1000) for n in range(skipped)
        ),
        roles=roles,
        rejections=rejections,
        files=files,
        versions=Versions(schema_version="1.0", pipeline="0", model="0", beam="2", python="3"),
        options=(),
        run=RunInfo(
            id="x",
            started_at="2020-01-01T00:00:00Z",
            finished_at="2020-01-01T00:00:00Z",
            runner="DirectRunner",
            settings=(),
        ),
    )


def entry(name: str, rows: int) -> FileEntry:
    return FileEntry(name=name, rows=rows, bytes=1, sha256=SHA)


def test_summary() -> None:
    text = summary(
        manifest(
            files=(
                entry("articles-00000-of-00002.jsonl", 4),
                entry("articles-00001-of-00002.jsonl", 2),
                entry("ledger-00000-of-00001.jsonl", 5),
                entry("rejected-00000-of-00001.jsonl", 1),
            ),
            rejections=(
                RejectionCount(stage=Stage.CLEAN, error_type=ErrorType.NO_ARTICLE, rows=1),
                RejectionCount(stage=Stage.PARSE, error_type=ErrorType.INVALID_JSON, rows=1200),
            ),
            roles=(
                RoleCount(role=Role.BODY, use="text", blocks=70, characters=9000),
                RoleCount(role=Role.TEASER, use="removed", blocks=3, characters=300),
                RoleCount(role=Role.WIDGET, use="removed", blocks=12, characters=1200),
                RoleCount(role=Role.COMMENT, use="removed", blocks=0, characters=0),
            ),
            skipped=2,
        ),
        "out",
    )
    assert text == (
        "Output in out/\n"
        "  articles-*.jsonl                     6 rows in 2 files\n"
        "  ledger-00000-of-00001.jsonl          5 rows\n"
        "  rejected-00000-of-00001.jsonl        1 row\n"
        "  manifest.json\n"
        "\n"
        "documents                              6  in 5 files\n"
        "articles                               6  from 5 documents\n"
        "rejected                           1,201  from 1 document\n"
        "  invalid_json                     1,200  at parse\n"
        "  no_article                           1  at clean\n"
        "files not read                         2  see manifest.json\n"
        "archive records skipped            2,000  see manifest.json\n"
        "\n"
        "blocks removed                        15  1,500 characters\n"
        "  widget                              12  1,200 characters\n"
        "  teaser                               3  300 characters\n"
    )


def test_names_of_all_roles_and_reasons_keep_the_columns() -> None:
    text = summary(
        manifest(
            rejections=tuple(
                RejectionCount(stage=Stage.VALIDATE, error_type=error, rows=1)
                for error in ErrorType
            ),
            roles=tuple(
                RoleCount(role=role, use="removed", blocks=10**9, characters=10**12)
                for role in Role
            ),
            files_read=None,
        ),
        "/somewhere/out/",
    )
    table = text.split("\n\n", 1)[1].splitlines()
    assert max(map(len, table)) <= 80
    assert {line[:27].rstrip()[-1] != " " and line[27] for line in table if line} == {" "}
    assert text.startswith("Output in /somewhere/out/\n")
