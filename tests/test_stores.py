from __future__ import annotations

import pytest

from pipeline import stores
from pipeline.stores import require_packages
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
