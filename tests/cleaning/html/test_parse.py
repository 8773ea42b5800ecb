import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.html.parse import (
    MAX_CHARACTERS,
    MAX_TAGS,
    EmptyPageError,
    NestedTooDeepError,
    TooManyNodesError,
    parse_html,
)


def said(markup: str) -> str:
    return " ".join("".join(parse_html(markup).itertext()).split())


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a<p>b", "ab"),
        ("just text", "just text"),
        ("<p>a\0b", "ab"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><html><body>é漢</body></html>", "é漢"),
        ("<meta charset=iso-8859-1><p>é漢", "é漢"),
        ("<p>\ud800x", "?x"),
        ("<p>a<!-- b -->c<?php d ?>", "ac"),
        ('<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>x', "]>x"),
        ('<!DOCTYPE html SYSTEM "http://127.0.0.1:1/x.dtd"><p>x', "x"),
        ("<b><i>a<p>b", "ab"),
        ("</p></div>x", "x"),
    ],
)
def test_whatever_the_markup_is_its_text_is_there(markup: str, text: str) -> None:
    assert said(markup) == text


def test_entities_of_the_document_are_not_expanded() -> None:
    assert "aaaa" not in said('<!DOCTYPE html [<!ENTITY a "aaaa">]><p>x &a; y').split("]>")[-1]


@pytest.mark.parametrize("markup", ["", "  \n", "<!-- nothing -->"])
def test_a_page_without_elements_and_text_is_empty(markup: str) -> None:
    with pytest.raises(EmptyPageError):
        parse_html(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000 + "deep",
        "<div>" * 300 + "deep" + "</div>" * 300,
        "<b><i><font><span>" * 1000 + "deep",
        "<table>" * 3000,
    ],
)
def test_deep_nesting_is_refused(markup: str) -> None:
    with pytest.raises(NestedTooDeepError):
        parse_html(markup)


@pytest.mark.parametrize("markup", ["<p>" * (MAX_TAGS + 1), "a" * (MAX_CHARACTERS + 1)])
def test_a_page_too_large_is_refused_before_it_is_parsed(markup: str) -> None:
    with pytest.raises(TooManyNodesError):
        parse_html(markup)


@given(st.text(alphabet=st.sampled_from("<>/!-?&;#'\"= \n\0abdiv1x"), max_size=200))
def test_no_markup_raises_anything_else(markup: str) -> None:
    with contextlib.suppress(EmptyPageError):
        assert parse_html(markup).tag == "html"
