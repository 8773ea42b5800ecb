from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.cleaning.clean import Cleaned
from pipeline.cleaning.validate import validate_cleaned
from schemas.rejection import ErrorType
from tests.cleaning.html.made import BRIDGE, WHALE, cleaned, page, story


def texts(result: Cleaned) -> list[str]:
    return [article["text"] for article in result.articles]


def roles(result: Cleaned) -> dict[str, str]:
    return {span.text: span.role for span in result.ledger.spans if span.text}


ONE = page(story("City closes the old bridge", BRIDGE))


def test_the_text_of_an_article_is_its_paragraphs() -> None:
    result = cleaned(ONE, keep=False)
    assert texts(result) == ["\n\n".join(BRIDGE)]
    assert result.articles[0]["title"] == "City closes the old bridge"


def test_furniture_is_named_by_the_tree() -> None:
    found = roles(cleaned(ONE))
    assert found["Sport"] == "navigation"
    assert found["City closes the old bridge"] == "headline"
    assert found["Imprint"] in {"navigation", "legal"}


def test_two_articles_in_one_page_come_out_as_two() -> None:
    markup = page(
        story("City closes the old bridge", BRIDGE) + story("Whale leaves the harbour", WHALE)
    )
    result = cleaned(markup)
    assert texts(result) == ["\n\n".join(BRIDGE), "\n\n".join(WHALE)]
    assert [article["title"] for article in result.articles][1] == "Whale leaves the harbour"
    assert [article["story_index"] for article in result.articles] == [0, 1]


def test_teasers_behind_an_article_are_no_second_story() -> None:
    teasers = "".join(
        f"<article><h2><a href=/{n}>Whale number {n} leaves</a></h2><time>6 May</time>"
        f"<p>{paragraph}</p></article>"
        for n, paragraph in enumerate(WHALE)
    )
    markup = page(story("City closes the old bridge", BRIDGE) + teasers)
    assert len(cleaned(markup).articles) == 1


def test_comments_are_no_second_story() -> None:
    comments = "".join(f"<p>{paragraph}</p>" for paragraph in WHALE)
    markup = page(
        story("City closes the old bridge", BRIDGE)
        + f'<article class="comment"><h2>What I think of whales</h2><time>now</time>{comments}'
        "</article>"
    )
    assert len(cleaned(markup).articles) == 1


def test_a_body_that_stands_there_twice_is_given_once() -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE)
    result = cleaned(page(f"<h1>City closes the old bridge</h1>{body}<div>{body}</div>"))
    assert sum(text.count(BRIDGE[1]) for text in texts(result)) == 1


def test_a_caption_is_no_text() -> None:
    figure = (
        "<figure><img src=/b.jpg><figcaption>The bridge at dusk, last May</figcaption></figure>"
    )
    markup = ONE.replace("<p>Drivers", figure + "<p>Drivers")
    result = cleaned(markup)
    assert roles(result)["The bridge at dusk, last May"] == "caption"
    assert "dusk" not in texts(result)[0]


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("<div>" * 200_000, ErrorType.NESTED_TOO_DEEP),
        ("<p>" * 500_000, ErrorType.TOO_MANY_NODES),
        ("<p>x" * 60_000, ErrorType.DOCUMENT_TOO_LARGE),
        ("", ErrorType.EMPTY_DOCUMENT),
        ("<html><script>x</script>", ErrorType.EMPTY_DOCUMENT),
        ("<nav><a href=/>Home</a></nav>", ErrorType.NO_ARTICLE),
    ],
)
def test_a_page_that_gives_no_article_says_why(markup: str, error: ErrorType) -> None:
    result = cleaned(markup)
    assert result.rejection is not None
    assert result.rejection.error_type == error
    assert result.articles == ()


def test_a_listing_is_rejected_as_no_article() -> None:
    items = "".join(
        f'<li class="product"><a href=/p/{n}>Blue widget {n}</a> <b>{n},99 €</b> <button>Add to '
        "cart</button></li>"
        for n in range(60)
    )
    result = cleaned(page(f"<h1>All widgets</h1><ul>{items}</ul>", "All widgets"), keep=False)
    assert result.rejection is not None
    assert result.rejection.error_type in {ErrorType.NOT_AN_ARTICLE, ErrorType.NO_ARTICLE}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("<p>" + "word " * 1_000_000, id="one text of 5 MB"),
        pytest.param("".join(f"<a href=/{n}>x</a> " for n in range(100_000)), id="100,000 links"),
        pytest.param("<b><i>" * 60 + story("A bridge", BRIDGE), id="nothing is closed"),
        pytest.param("<p>" + "a" * 1_000_000 + "!", id="one word of 1 MB"),
        pytest.param("<p>" + "By " * 50_000 + "<p>" + "(" * 50_000, id="hostile to patterns"),
    ],
)
def test_pathological_pages_end_in_rows(body: str) -> None:
    rows: Sequence[object] = list(validate_cleaned(cleaned(page(body))))
    assert len(rows) >= 2


_PARTS = st.sampled_from(
    [
        "<p>", "</p>", "<div class=related>", "</div>", "<h1>", "</h1>", "<h2>", "<ul><li>",
        "<a href=x>", "</a>", "<article>", "</article>", "<time>", "<br>",
        "<table><td>", "</table>",
        "<figure>", "<figcaption>", "</figure>", "Photo: Jane Doe", "By Jane Doe", "6 May 2024",
        "Share", " \n",
        *BRIDGE, *WHALE, "\x85", "é漢字。", "\0", "&amp;", "<x-y>",
        "<pre>a\nb</pre>", "<script>x</script>",
    ]
)  # fmt: skip


@given(st.lists(_PARTS, max_size=30).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_character_of_the_visible_text_has_one_span(markup: str) -> None:
    result = cleaned(markup)
    at = 0
    for span in result.ledger.spans:
        assert span.start == at
        at = span.end
    assert at == result.ledger.length
    if result.rejection is not None:
        assert result.rejection.error_type in {ErrorType.EMPTY_DOCUMENT, ErrorType.NO_ARTICLE}


PLAIN = (
    "<html><head>"
    "<title>Harbour closed | The Paper</title></head><body><nav><a href=/>Home</a></nav>"
    "<div><h1>Harbour closed after crane falls</h1><p>By Anna Berg</p>"
    "<p>The harbour was closed on Monday after a crane fell into the basin, the port authority "
    "said in the evening of the same day.</p><p>Sign up for our newsletter</p>"
    "<p>Nobody was hurt. Divers will look at the wreck before it is lifted, and ships are sent to "
    "the northern quay until Friday, the mayor told reporters.</p>"
    "<p>Read more: A new quay</p></div>"
    "<footer>Copyright 2026</footer></body></html>"
)


@pytest.mark.parametrize("engine", ["best", "fast"])
def test_a_short_page_without_metadata_is_an_article(engine: str) -> None:
    result = cleaned(PLAIN, keep=False, engine=engine)
    assert result.rejection is None


@pytest.mark.parametrize("engine", ["best", "fast"])
def test_a_phrase_that_only_furniture_has_is_no_text_though_the_tree_says_so(engine: str) -> None:
    result = cleaned(PLAIN, engine=engine)
    found = roles(result)
    assert found["Sign up for our newsletter"] == "newsletter_prompt"
    assert found["Read more: A new quay"] == "read_more"
    assert found["By Anna Berg"] == "byline"
    assert "newsletter" not in texts(result)[0]


def test_a_program_stands_whole_in_the_text() -> None:
    code = "SELECT *\nFROM ferries\n)\n-----\nWHERE day = 1;"
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE[1:])
    markup = page(
        f"<h1>City closes the old bridge</h1><p>{BRIDGE[0]}</p><pre>{code}</pre>{paragraphs}"
    )
    result = cleaned(markup)
    found = roles(result)
    assert {found[line] for line in code.split("\n")} == {"body"}
    assert all(line in texts(result)[0] for line in code.split("\n"))


def test_what_a_new_heading_heads_is_no_repetition() -> None:
    said = f"<p>{BRIDGE[0]} {BRIDGE[1]}</p>"
    below = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE[2:])
    start = f"<h1>City closes the old bridge</h1>{said}{below}"
    again = cleaned(page(f"{start}<div>{said}</div><p>{WHALE[0]}</p>"))
    heading = "<h2>What the city said</h2>"
    headed = cleaned(page(f"{start}{heading}<div>{said}</div><p>{WHALE[0]}</p>"))
    assert texts(again)[0].count(BRIDGE[1]) == 1
    assert texts(headed)[0].count(BRIDGE[1]) == 2


PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE)


@pytest.mark.parametrize("engine", ["best", "fast"])
def test_a_heading_far_above_the_text_is_the_headline(engine: str) -> None:
    tools = "".join(f"<div>Tool {number}</div>" for number in range(20))
    markup = page(f"<h1>City closes the old bridge</h1><div>May 6, 2024</div>{tools}{PARAGRAPHS}")
    result = cleaned(markup, engine=engine)
    assert roles(result)["City closes the old bridge"] == "headline"
    assert result.articles[0]["date_published"] == "2024-05-06"


@pytest.mark.parametrize("engine", ["best", "fast"])
def test_a_name_that_is_a_heading_quoted_or_listed_is_no_byline(engine: str) -> None:
    head = "<h1>City closes the old bridge</h1><div>May 6, 2024</div>"
    heading = page(f"{head}<h2>Stand Up Guys</h2>{PARAGRAPHS}")
    assert cleaned(heading, engine=engine).articles[0]["authors"] == ()
    embed = "<blockquote><p>Posted by Ann Lee on Monday, May 6, 2024</p></blockquote>"
    quoted = page(f"{head}{PARAGRAPHS}{embed}<p>{WHALE[0]}</p>")
    assert cleaned(quoted, engine=engine).articles[0]["authors"] == ()
    listed = page(f"{head}{PARAGRAPHS}<ul><li>Good</li><li>by Ann Lee on May 7, 2024</li></ul>")
    assert cleaned(listed, engine=engine).articles[0]["authors"] == ()
    named = page(f'{head}<h3 class="author">Ann Lee</h3>{PARAGRAPHS}')
    assert cleaned(named, engine=engine).articles[0]["authors"] == ("Ann Lee",)
