from __future__ import annotations

import pytest

from pipeline.sinks.object_store import StoreError, split_url


@pytest.mark.parametrize("url", ["s3://bucket", "s3://bucket/", "gs://bucket/x", "S3://b/x", "x"])
def test_what_is_no_object(url: str) -> None:
    with pytest.raises(StoreError, match=r"is not s3://BUCKET/NAME"):
        split_url(url, "s3")


def test_the_bucket_and_the_rest() -> None:
    assert split_url("gs://bucket/a/b\n?#ä", "gs") == ("bucket", "a/b\n?#ä")
