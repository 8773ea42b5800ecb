import numpy as np
import pytest

from pipeline.cleaning.html.later_headlines import later_headlines, regions_of
from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.visible import visible_page
from tests.cleaning.html.made import BRIDGE, WHALE, cleaned, page


def part(title: str, paragraphs: tuple[str, ...], tag: str = "h2") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<div><{tag}>{title}</{tag}>{text}</div>"


def found(body: str) -> list[str]:
    seen = visible_page(parse_html(page(body)))
    units = np.array([len(block.text.split()) for block in seen.page.blocks], np.float32)
    prose = units >= 15
    return [seen.page.blocks[n].text for n in later_headlines(seen, prose, prose, units)]


ONE = part("City closes the old bridge", BRIDGE, "h1")


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_heading_in_an_element_of_its_own_with_text_may_begin_a_story(tag: str) -> None:
    later = part("Whale leaves the harbour", WHALE, tag)
    assert found(ONE + later) == ["Whale leaves the harbour"]
    assert found(ONE + "<p>Up next</p><div><div>" + later + "</div></div>") == [
        "Whale leaves the harbour"
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(ONE, id="one article"),
        pytest.param(part("Whale leaves the harbour", WHALE[:2], "h1") + ONE, id="little before"),
        pytest.param(ONE + part("Whale leaves the harbour", WHALE[:2]), id="little in it"),
        pytest.param(ONE + part("More", WHALE), id="one word"),
        pytest.param(ONE + part("Whale leaves the harbour", WHALE, "h3"), id="a low heading"),
        pytest.param(f"{ONE}<aside>{part('Whale leaves the harbour', WHALE)}</aside>", id="aside"),
        pytest.param(
            ONE.removesuffix("</div>") + "<h2>Whale leaves the harbour</h2>"
            + "".join(f"<p>{paragraph}</p>" for paragraph in WHALE) + "</div>",
            id="in the same element",
        ),
    ],
)  # fmt: skip
def test_other_headings_do_not(body: str) -> None:
    assert found(body) == []


def test_a_list_of_many_parts_is_no_scroll() -> None:
    parts = "".join(part(f"Thing number {n}", WHALE) for n in range(60))
    assert found(ONE + parts) == []


def test_regions_cover_the_page() -> None:
    assert [tuple(region) for region in regions_of([4, 9], 12)] == [(0, 4), (4, 9), (9, 12)]
    assert regions_of([], 12) == ()


RECIPE = (
    "Knead flour, butter and salt with your fingertips until the dough looks like damp sand, then "
    "add the cold water spoon by spoon.",
    "Let it rest in a cool larder for an hour. Peel five apples meanwhile and slice them as "
    "thin as a coin.",
    "Roll the dough out on a floured table, line the tin with it and lay the slices in rings from "
    "the rim inwards.",
    "Whisk two eggs with cream, sugar and a little cinnamon, and pour the custard over the fruit.",
    "Bake the tart for forty minutes at moderate heat until its edges are brown. It tastes best "
    "lukewarm, with a spoon of sour cream.",
)


@pytest.mark.parametrize("engine", ["best", "fast"])
@pytest.mark.parametrize(
    ("tag", "title", "text"),
    [("h1", "Whale leaves the harbour", WHALE), ("h2", "Apple tart with custard", RECIPE)],
)
def test_a_story_without_date_and_author_is_found_by_its_words(
    engine: str, tag: str, title: str, text: tuple[str, ...]
) -> None:
    articles = cleaned(page(ONE + part(title, text, tag)), engine=engine).articles
    assert [article["title"] for article in articles] == ["City closes the old bridge", title]
    assert text[0] not in articles[0]["text"]


@pytest.mark.parametrize("engine", ["best", "fast"])
def test_parts_of_one_article_stay_together(engine: str) -> None:
    more = (
        "The city council will meet on Thursday to decide who pays for the repairs of the bridge.",
        "Engineers will look at the other two pillars of the bridge in the meantime, it said.",
        "Until then the ferry on the river is free for all drivers and for the traders' customers.",
        "The motorway is closed at night, so that drivers will have to cross the river by ferry.",
        "The traders' union wants the city to pay for losses while the bridge over the river is "
        "closed. Four million euros for pillars are well spent, it said, and repairs are late.",
    )
    body = ONE + part("Who pays for the repairs", more)
    assert len(cleaned(page(body), engine=engine).articles) == 1
