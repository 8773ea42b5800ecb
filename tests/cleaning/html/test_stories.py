import numpy as np
import pytest

from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.stories import story_regions
from pipeline.cleaning.html.visible import visible_page
from tests.cleaning.html.made import BRIDGE, WHALE, page, story


def first_lines(body: str) -> list[str]:
    """Return the first block of each story that is found."""
    seen = visible_page(parse_html(page(body)))
    units = np.array([len(block.text.split()) for block in seen.page.blocks], np.float32)
    regions = story_regions(seen, units >= 15, units)
    return [seen.page.blocks[region.start].text for region in regions]


ONE = story("City closes the old bridge", BRIDGE)
TWO = story("Whale leaves the harbour", WHALE)
IN_DIVS = [
    part.replace("<article>", "<div>").replace("</article>", "</div>") for part in (ONE, TWO)
]


@pytest.mark.parametrize(
    "body",
    [
        ONE + TWO,
        f"<div>{ONE}</div><div><p>Up next</p>{TWO}</div>",
        "".join(IN_DIVS),
        ONE + story("Whale leaves the harbour", WHALE, level=2),
    ],
)
def test_two_articles_in_elements_of_their_own_are_two(body: str) -> None:
    found = first_lines(body)
    assert len(found) == 2
    assert found[0] == "City closes the old bridge"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(ONE, id="one"),
        pytest.param(ONE + ONE, id="the same one twice"),
        pytest.param(ONE.replace("</article>", f"{TWO}</article>"), id="one in the other"),
        pytest.param(ONE + TWO.replace("<article>", "<article class=comment>"), id="a comment"),
        pytest.param(f"{ONE}<aside>{TWO}</aside>", id="an aside"),
        pytest.param(ONE + story("Whale leaves the harbour", WHALE[:2]), id="a teaser"),
        pytest.param(ONE + TWO.replace("<h1>", "<p>"), id="no headline"),
        pytest.param(
            "<h1>A first part</h1>"
            + "".join(f"<p>{x}</p>" for x in BRIDGE)
            + "<h1>A second part</h1>"
            + "".join(f"<p>{x}</p>" for x in WHALE),
            id="headings that share a parent",
        ),
        pytest.param(
            "".join(
                f"<section><h1>Part {n} of it</h1>{''.join(f'<p>{x}</p>' for x in part)}</section>"
                for n, part in enumerate((BRIDGE, WHALE))
            ),
            id="sections without date or author",
        ),
    ],
)
def test_what_is_not_dressed_as_a_second_article_is_none(body: str) -> None:
    assert first_lines(body) == []
