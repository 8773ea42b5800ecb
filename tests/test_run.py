from __future__ import annotations

import pytest

from pipeline.run import without_secrets


@pytest.mark.parametrize(
    ("flags", "shown"),
    [
        (["--flink_master=[local]", "--parallelism", "2"], None),
        (["--s3_endpoint_url=http://host/?key=x"], None),
        (["--s3_secret_access_key=abc=="], ["--s3_secret_access_key=…"]),
        (["--s3_access_key_id", "abc", "--project"], ["--s3_access_key_id", "…", "--project"]),
        (["--s3_session_token", "--abc"], ["--s3_session_token", "…"]),
        ([], None),
    ],
)
def test_secrets_are_not_shown(flags: list[str], shown: list[str] | None) -> None:
    assert without_secrets(flags) == (flags if shown is None else shown)
