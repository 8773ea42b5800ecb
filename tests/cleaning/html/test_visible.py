import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.html.class_words import NAMES, meanings_of, names_in
from pipeline.cleaning.html.elements import INLINE_BIT, WITHIN_BIT
from pipeline.cleaning.html.parse import UnparsableError, parse_html
from pipeline.cleaning.html.visible import HtmlPage, Link, part_of, visible_page
from pipeline.cleaning.page import MAX_BLOCKS, TooManyBlocksError


def page_of(markup: str) -> HtmlPage:
    return visible_page(parse_html(markup))


def lines(markup: str) -> list[str]:
    return [block.text for block in page_of(markup).page.blocks]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<p>One <b>bold</b>\n  word</p><p>Two", ["One bold word", "Two"]),
        ("<div>Loose <p>inner</p> tail</div>", ["Loose", "inner", "tail"]),
        ("<p>a<br>b<br><br>c<hr>d", ["a", "b", "c", "d"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["a", "b", "c"]),
        ("<table><tr><th>a<td>b<tr><td>c", ["a", "b", "c"]),
        ("<figure><img src=x><figcaption>a</figcaption></figure>b", ["a", "b"]),
        ("<pre>a\n  b\n\nc</pre>", ["a", "b", "c"]),
        ("<p>a<span> </span>b &nbsp; c</p>", ["a b c"]),
        ("<p>a</p><script>b</script><style>c</style><template>d</template>e", ["a", "e"]),
        (f"<noscript><p>{'Long ' * 120}</noscript><p>c", [("Long " * 120).strip(), "c"]),
        (f"<p>{'Long ' * 120}<noscript><p>{'Long ' * 120}</noscript>", [("Long " * 120).strip()]),
        (f"<noscript><a>{'Long ' * 120}</a></noscript><p>c", ["c"]),
        (f"<noscript><style>{'Long ' * 120}</style></noscript><p>c", ["c"]),
        ("<noscript>a</noscript><svg><text>b</text></svg><p>c", ["c"]),
        ("<select><option>a</select><textarea>b</textarea><button>c</button>", ["c"]),
        ("<iframe>a</iframe><object>b</object><video>c</video><p>d", ["d"]),
        ("<p>The <x-ticker>ABC</x-ticker> rose</p><x-box>news</x-box>", ["The ABC rose", "news"]),
        ("<title>a</title><body>b", ["b"]),
        ("<p>H<sub>2</sub>O</p>", ["H2O"]),
        ("<p><ruby>川<rp>(</rp><rt>かわ</rt><rp>)</rp></ruby>の橋</p>", ["川の橋"]),
        ("<p hidden>folded", ["folded"]),
        ("<frameset><frame src=a></frameset>", []),
    ],
)
def test_a_block_is_a_run_of_text_between_edges_of_blocks(markup: str, blocks: list[str]) -> None:
    assert lines(markup) == blocks


@pytest.mark.parametrize(
    ("markup", "hidden"),
    [
        ("<p>a", False),
        ("<div hidden><p>a", True),
        ("<p style='color:red; DISPLAY : none'>a", True),
        ("<p style='visibility:hidden'>a", True),
        ("<p aria-hidden=true>a", True),
        ("<p style='display:block'>a", False),
    ],
)
def test_hidden_text_is_marked(markup: str, hidden: bool) -> None:
    (place,) = page_of(markup).places
    assert place.hidden is hidden


def test_a_place_tells_where_a_block_stands() -> None:
    markup = """<body><article class="postContent"><figure><img data-src="b.jpg">
        <figcaption>A <a href=" /c ">bridge</a></figcaption></figure>
        <h2 id="related-posts"><time>May</time></h2></article>"""
    caption, heading = page_of(markup).places
    assert caption.tag == "figcaption"
    assert caption.path == "/body/article/figure/figcaption"
    assert caption.within == sum(WITHIN_BIT[tag] for tag in ("article", "figure", "figcaption"))
    assert caption.links == (Link("/c", "bridge"),)
    assert caption.linked == len("bridge")
    assert caption.picture == "b.jpg"
    assert set(names_in(caption.near)) == {"post", "content"}
    assert (heading.heading, heading.picture) == (2, None)
    assert heading.marks & INLINE_BIT["time"]
    assert "related" in names_in(heading.near)
    assert heading.parent == page_of(markup).parents[heading.number]


def test_an_inline_element_without_text_says_nothing_of_the_next_block() -> None:
    first, second = page_of(
        "<div><i class=share-icon></i><p>a</p><time></time></div><p><i class=date></i>b</p>"
    ).places
    assert (first.inline, first.marks) == (0, 0)
    assert set(names_in(second.inline)) == {"date"}


def test_an_inline_element_tells_of_all_blocks_inside_it() -> None:
    one, two, behind = page_of("<a class=teaser href=/x><h3>a</h3><p>b</p></a>c").places
    assert [set(names_in(place.inline)) for place in (one, two)] == [{"teaser"}] * 2
    assert one.marks == two.marks == INLINE_BIT["a"]
    assert (behind.inline, behind.marks) == (0, 0)


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ("<p>a <a href=/x> b </a>c", [Link("/x", "b")]),
        ("<p>a <a href=/x> </a>c", []),
        ("<p>a</p><a href=/x><div></div>b</a>", [Link("/x", "b")]),
        ("<p>abc <a href=/x>d<br>e</a>", [Link("/x", "e")]),
        ("<p>a <a>b</a>", []),
    ],
)
def test_a_link_is_kept_with_its_text(markup: str, links: list[Link]) -> None:
    assert [link for place in page_of(markup).places for link in place.links] == links


@pytest.mark.parametrize(
    ("names", "meanings"),
    [
        ("related-posts", {"related", "post"}),
        ("articleBody", {"article", "body"}),
        ("comment_list", {"comment", "teaser"}),
        ("css-1x2y3z flex p-4", set()),
        ("bugle-gazette", set()),
    ],
)
def test_classes_count_by_what_their_words_mean(names: str, meanings: set[str]) -> None:
    assert set(names_in(meanings_of(names))) == meanings


def test_meanings_fit_into_64_bits() -> None:
    assert len(NAMES) <= 64


def test_a_part_of_a_page_is_a_page() -> None:
    page = page_of("<h1>a</h1><p>bb<p>ccc<p>d")
    part = part_of(page, 1, 3)
    assert part.page.text == "bb\nccc"
    assert [b.text for b in part.page.blocks] == ["bb", "ccc"]
    assert [part.page.text[b.start : b.end] for b in part.page.blocks] == ["bb", "ccc"]
    assert part.places == page.places[1:3]


def test_text_nested_as_deeply_as_the_parser_lets_it_is_found() -> None:
    assert lines("<div><b>" * 120 + "deep") == ["deep"]


def test_a_page_of_too_many_blocks_is_refused() -> None:
    with pytest.raises(TooManyBlocksError):
        page_of("<p>x" * (MAX_BLOCKS + 1))


_TAGS = st.sampled_from(
    "p div span a b br h1 ul li table td pre article nav script title x-y figure".split()
)
_WORDS = st.text(alphabet=st.sampled_from("ab \n\t\u00a0\u2028é漢\x85\x01&"), max_size=6)
_PIECES = st.one_of(
    _WORDS, _TAGS.map("<{}>".format), _TAGS.map("</{}>".format), _TAGS.map("<{} class=a-b>".format)
)


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_blocks_cover_the_text_but_for_the_line_feeds_between_them(markup: str) -> None:
    try:
        page = page_of(markup)
    except UnparsableError:
        return
    text, blocks = page.page.text, page.page.blocks
    assert text == "\n".join(block.text for block in blocks)
    assert all(text[block.start : block.end] == block.text for block in blocks)
    assert all(block.text and block.text == " ".join(block.text.split()) for block in blocks)
    assert [block.number for block in blocks] == list(range(len(blocks)))
    assert len(page.places) == len(blocks)
    for block, place in zip(blocks, page.places, strict=True):
        assert 0 <= place.linked <= len(block.text)
        assert -1 <= place.parent < place.number < len(page.parents)
