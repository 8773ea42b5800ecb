"""Section, keywords, language, summary and pictures."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.cleaning.html.facts.tongue import judge
from pipeline.cleaning.html.facts.values import Fact, absolute_url, tidy_text
from pipeline.cleaning.language import Language

from .pages import article, facts, json_ld, meta, value

CRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [
        {"@type": "ListItem", "name": "Home"},
        {"@type": "ListItem", "item": {"@id": "/traffic", "name": "Traffic"}},
        {"@type": "ListItem", "name": "Bridge closed today"},
    ],
}


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (json_ld(article(articleSection="Traffic")), "Traffic"),
        (json_ld(article(articleSection=["News", "Traffic"])), "Traffic"),
        (json_ld(article(articleSection="traffic")) + meta(article__section="Roads"), "Roads"),
        (json_ld(article(articleSection="traffic")), "traffic"),
        (json_ld(article(articleSection="The Bugle")) + meta(og__site_name="Bugle"), None),
        (json_ld(CRUMBS) + meta(og__title="Bridge closed today"), "Traffic"),
        (meta(article__section="https://a.example/traffic"), None),
        ("", None),
    ],
)
def test_section(head: str, section: str | None) -> None:
    assert value(facts(head).section) == section


@pytest.mark.parametrize(
    ("head", "keywords"),
    [
        (json_ld(article(keywords="bridge, lorries,bridge")), ("bridge", "lorries")),
        (json_ld(article(keywords=["bridge", {"name": "Lorries"}])), ("bridge", "Lorries")),
        (json_ld(article(keywords="")) + meta(news_keywords="bridge; roads"), ("bridge", "roads")),
        (meta(article__tag="a bridge", keywords="b"), ("a bridge",)),
        (
            json_ld(article(keywords=["26157981-b4f7-4929-adc1-e860c6f03636", "NLP Category: X"])),
            None,
        ),
        (meta(keywords=",".join(map(str, range(200)))), tuple(map(str, range(50)))),
    ],
)
def test_keywords(head: str, keywords: Any) -> None:
    assert value(facts(head).keywords) == keywords


@pytest.mark.parametrize(
    ("head", "lang", "code"),
    [
        ("", "de", "de"),
        ("", "pt-BR", "pt"),
        ("", "zh_Hans_CN", "zh"),
        (meta(og__locale="fr_FR"), "", "fr"),
        ("", "und", None),
        ("", "English, more or less", None),
    ],
)
def test_declared_language(head: str, lang: str, code: str | None) -> None:
    assert value(facts(head, lang=lang).language) == code


@pytest.mark.parametrize(
    ("identified", "declared", "judged"),
    [
        (Language("en", 0.99), "de", ("en", 0.99, "identifier")),
        (Language("en", 0.4), "de", ("de", 0.6, "html[lang]")),
        (Language("nb", 0.4), "no", ("nb", 0.4, "identifier")),
        (Language("en", 0.4), None, ("en", 0.4, "identifier")),
        (None, "de", ("de", 0.0, "html[lang]")),
        (None, None, None),
    ],
)
def test_who_decides_on_the_language(
    identified: Language | None, declared: str | None, judged: Any
) -> None:
    assert judge(identified, Fact(declared, "html[lang]") if declared else None) == judged


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A crack closes the iron bridge.", "A crack closes the iron bridge."),
        ("A crack closes the iron bridge and …", None),
        ("A crack closes the iron bridge and...", None),
        ("Short", None),
        ("&lt;p&gt;A crack &amp;amp; the bridge&lt;/p&gt;", "A crack & the bridge"),
    ],
)
def test_description(text: str, found: str | None) -> None:
    assert value(facts(meta(og__description=text)).description) == found


def test_the_picture_to_be_shared() -> None:
    found = facts(meta(og__image="/a.jpg")).images
    assert found is not None
    assert [i.url for i in found.value] == ["https://www.bugle.example/a.jpg"]


def test_of_a_picture_in_three_shapes_the_first_counts() -> None:
    shapes = ["/16x9.jpg", "/4x3.jpg", {"url": "/1x1.jpg"}]
    found = facts(json_ld(article(image=shapes))).images
    assert found is not None
    assert [i.url for i in found.value] == ["https://www.bugle.example/16x9.jpg"]


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        (" a\n b ", "a b"),
        ("a&amp;amp;b", "a&b"),
        ("<b>a</b>", "a"),
        ("a < b", "a < b"),
        ("a\x00b", "ab"),
        ("a\ud800", "a?"),
        (1, "1"),
        (True, None),
        (None, None),
        (["a"], None),
        ("", None),
        ("a" * 3000, None),
    ],
)
def test_tidy_text(raw: object, tidy: str | None) -> None:
    assert tidy_text(raw) == tidy


@pytest.mark.parametrize(
    ("address", "base", "url"),
    [
        ("/a", "https://a.example/b", "https://a.example/a"),
        ("//b.example/a", "https://a.example/", "https://b.example/a"),
        ("https://a.example/a", None, "https://a.example/a"),
        ("/a", None, None),
        ("mailto:a@a.example", "https://a.example/", None),
        ("data:text/html,a", "https://a.example/", None),
        ("https://", None, None),
        (None, None, None),
    ],
)
def test_addresses(address: object, base: str | None, url: str | None) -> None:
    assert absolute_url(address, base) == url
