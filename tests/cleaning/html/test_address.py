import math

import pytest

from pipeline.cleaning.html.address import ADDRESS_NAMES, address_features


def told(url: str) -> dict[str, float]:
    figures = dict(zip(ADDRESS_NAMES, address_features(url), strict=True))
    return {name: value for name, value in figures.items() if value}


@pytest.mark.parametrize(
    ("url", "figures"),
    [
        ("https://example.com", {"url_root": 1}),
        ("https://example.com/", {"url_root": 1}),
        (
            "https://example.com/2024/05/02/city-closes-old-bridge",
            {"url_parts": 4, "url_words": 4, "url_last_words": 4, "url_date": 1},
        ),
        (
            "https://example.com/services/roof-repair?ref=1",
            {
                "url_parts": 2, "url_words": 2, "url_last_words": 2, "url_query": 1,
                "url_in_service": 1,
            },
        ),
        (
            "https://blog.example.com/a1-b",
            {"url_parts": 1, "url_words": 1, "url_digits": 1, "url_last_words": 2,
             "url_in_writing": 1},
        ),
        (
            "https://example.com/Services/",
            {"url_parts": 1, "url_words": 1, "url_last_words": 1, "url_is_service": 1},
        ),
        ("https://forum.com/", {"url_root": 1}),
    ],
)  # fmt: skip
def test_an_address_tells_by_its_words_and_its_form(url: str, figures: dict[str, float]) -> None:
    assert told(url) == figures


def test_the_last_part_names_a_kind_only_if_it_is_no_title() -> None:
    assert "url_is_shop" in told("https://example.com/store")
    assert "url_is_shop" not in told("https://example.com/the-store-that-never-closes")


@pytest.mark.parametrize("url", [None, "", "no address", "http://[broken", "/a/b"])
def test_an_unknown_address_tells_nothing(url: str | None) -> None:
    assert all(map(math.isnan, address_features(url)))
