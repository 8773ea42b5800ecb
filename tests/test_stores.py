from __future__ import annotations

from pathlib import Path

import pytest
from apache_beam.options.pipeline_options import PipelineOptions

from pipeline import stores
from pipeline.stores import require_credentials, require_packages
from pipeline.usage import UsageError


def test_a_store_whose_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        stores, "_NEEDS", {"s3": ("no_such_module", "aws"), "gs": ("no.such.module", "gcp")}
    )
    require_packages(["a.txt", "s3", "hdfs://host/x", "/s3/x"])
    with pytest.raises(UsageError, match=r"s3://b/x: .*'\.\[aws\]'"):
        require_packages(["a.txt", "s3://b/x"])
    with pytest.raises(UsageError, match=r"'\.\[gcp\]'"):
        require_packages(["gs://b/x"])


def test_a_store_whose_package_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_NEEDS", {"s3": ("json", "aws")})
    require_packages(["s3://b/x"])


@pytest.fixture
def nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user without credentials for S3."""
    pytest.importorskip("boto3", reason="S3 needs: pip install '.[aws]'")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))


@pytest.mark.usefixtures("nobody")
def test_a_store_without_credentials() -> None:
    options = PipelineOptions([])
    require_credentials(["raw", "gs://b/x"], options)
    with pytest.raises(UsageError, match=r"s3://b/x: no credentials .*AWS_ACCESS_KEY_ID"):
        require_credentials(["raw", "s3://b/x"], options)
    given = PipelineOptions(["--s3_access_key_id=me", "--s3_secret_access_key=secret"])
    require_credentials(["s3://b/x"], given)


@pytest.mark.usefixtures("nobody")
def test_a_store_with_credentials_or_wrong_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "no-such-profile")
    with pytest.raises(UsageError, match=r"s3://b/x: .*no-such-profile"):
        require_credentials(["s3://b/x"], PipelineOptions([]))
    monkeypatch.delenv("AWS_PROFILE")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "me")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    require_credentials(["s3://b/x"], PipelineOptions([]))
