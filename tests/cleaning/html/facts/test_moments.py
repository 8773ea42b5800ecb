"""When it was published and changed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.cleaning.html.facts import page_facts
from pipeline.cleaning.html.facts.moments import in_url, is_before, moment
from pipeline.cleaning.html.parse import parse_html
from schemas.article import IsoDate

from .pages import article, facts, json_ld, meta, page, value

ISO: TypeAdapter[str] = TypeAdapter(IsoDate)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-06", "2024-05-06"),
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09.1234567Z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09:684Z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09+0200", "2024-05-06T07:08:09+02:00"),
        ("2024-05-06T07:08+02", "2024-05-06T07:08:00+02:00"),
        ("2024-05-06T07:08:09-04:00", "2024-05-06T07:08:09-04:00"),
        ("2024-05-06 07:08:09.0", "2024-05-06T07:08:09"),
        ("2024-05-06T00:00:00", "2024-05-06"),
        ("2024-05-06T00:00:00+00:00", "2024-05-06T00:00:00Z"),
        ("2024-05-06T25:00:00Z", "2024-05-06"),
        ("20240506", "2024-05-06"),
        ("1715000000", "2024-05-06T12:53:20Z"),
        ("1715000000000", "2024-05-06T12:53:20Z"),
        ("Mon May 06 07:08:09 CEST 2024", "2024-05-06"),
        ("Mon May 06 07:08:09 +0200 2024", "2024-05-06T07:08:09+02:00"),
        ("Mon, 06 May 2024 07:08:09 GMT", "2024-05-06T07:08:09Z"),
        ("May 6, 2024", "2024-05-06"),
        ("6. Mai 2024", "2024-05-06"),
        ("2024/05/06", "2024-05-06"),
        ("2024-13-06", None),
        ("0001-01-01T00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("9999-12-31", None),
        ("0", None),
        ("today", None),
        ("3 hours ago", None),
        ("PT2M53S", None),
        ("", None),
    ],
)
def test_moments(text: str, iso: str | None) -> None:
    assert moment(text) == iso


@settings(deadline=None)
@given(st.text(alphabet="0123456789-:T+Z. /MayGMT", max_size=40) | st.text(max_size=40))
def test_a_moment_is_one_that_the_schema_takes(text: str) -> None:
    found = moment(text)
    assert found is None or ISO.validate_python(found) == found


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2024/05/06/bridge", "2024-05-06"),
        ("https://a.example/2024/5/6/bridge", "2024-05-06"),
        ("https://a.example/news/2024-05-06/bridge", "2024-05-06"),
        ("https://a.example/bridge-20240506.html", "2024-05-06"),
        ("https://web.archive.org/web/20240509120000/http://a.example/2023/5/6/x", "2023-05-06"),
        ("https://web.archive.org/web/20240509/http://a.example/bridge", None),
        ("https://a.example/2024/05/bridge", None),
        ("https://a.example/2024/13/40/bridge", None),
        ("https://a.example/bridge-12345678", None),
        (None, None),
    ],
)
def test_days_in_addresses(url: str | None, day: str | None) -> None:
    assert value(in_url(url)) == day


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            json_ld(article(datePublished="2024-05-01T08:00:00Z"))
            + meta(article__published_time="2024-05-02"),
            "",
            "2024-05-01T08:00:00Z",
        ),
        # A day gives way to the same day with a time.
        (
            json_ld(article(datePublished="2024-05-01"))
            + meta(article__published_time="2024-05-01T07:00:00Z"),
            "",
            "2024-05-01T07:00:00Z",
        ),
        (json_ld(article(datePublished="soon")) + meta(date="2024-05-02"), "", "2024-05-02"),
        (meta(og__updated_time="2024-05-02"), "", "2024-05-06"),
        ("", '<time itemprop="datePublished" datetime="2024-05-03">x</time>', "2024-05-03"),
        ("", "<time pubdate>3 May 2024</time>", "2024-05-03"),
        ("", '<span itemprop="datePublished">May 3, 2024</span>', "2024-05-03"),
        (
            "",
            '<b itemprop="datePublished" content="2024-05-03T07:08Z">x</b>',
            "2024-05-03T07:08:00Z",
        ),
        ("", '<abbr class="published" title="2024-05-03">Friday</abbr>', "2024-05-03"),
        ("", '<abbr title="2024-05-03T07:08:00Z">2 hrs ago</abbr>', "2024-05-03T07:08:00Z"),
        ("", '<p property="schema:dateCreated" content="2024-05-03">x</p>', "2024-05-03"),
        ("", '<abbr title="2024 in music">music</abbr>', "2024-05-06"),
        (
            "",
            '<span property="dc:date" content="2024-05-03T00:00:00-05:00">5/3</span>',
            "2024-05-03T00:00:00-05:00",
        ),
        ("", '<li><span itemprop="datePublished">May 3, 2024</span></li>', "2024-05-06"),
        # The address says more than any time of the page.
        ("", '<time datetime="2024-05-03">x</time>', "2024-05-06"),
    ],
)
def test_published(head: str, body: str, published: Any) -> None:
    assert value(facts(head, body or "<p>Text</p>").date_published) == published


def test_a_time_that_is_not_marked_counts_where_nothing_else_does() -> None:
    listed = '<li><time datetime="2023-01-01">x</time></li>'
    tree = parse_html(page("", f'{listed}<p><time datetime="2024-05-03">x</time></p>'))
    found = page_facts(tree, "https://bugle.example/a").date_published
    assert (value(found), found and found.origin) == ("2024-05-03", "time[datetime]")


@pytest.mark.parametrize(
    ("changed", "modified"),
    [
        ("2024-05-06T09:00:00Z", "2024-05-06T09:00:00Z"),
        ("2024-05-06T07:00:00Z", None),
        ("2024-05-06", "2024-05-06"),
        ("2024-05-04", None),
    ],
)
def test_a_change_does_not_come_before_the_publication(changed: str, modified: str | None) -> None:
    head = json_ld(article(datePublished="2024-05-06T08:00:00Z", dateModified=changed))
    assert value(facts(head).date_modified) == modified


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        ("2024-05-06T08:00:00+02:00", "2024-05-06T07:00:00Z", True),
        ("2024-05-06T09:00:00+02:00", "2024-05-06T07:00:00Z", False),
        ("2024-05-05", "2024-05-06T07:00:00Z", True),
        ("2024-05-06", None, False),
        ("never", "2024-05-06", False),
    ],
)
def test_before(one: str, other: str | None, before: bool) -> None:
    assert is_before(one, other) is before
