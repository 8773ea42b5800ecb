"""A tree → the page: its visible text, cut into blocks, and what the tree says of each block.

The *visible text* of a page is the text of its `body` without the elements that no browser renders
as text (`SILENT`: scripts, styles, form values, fallbacks), white space collapsed as a browser
does, one line for every block. Scripts are not run: what `noscript` holds is text where it is more
than a notice (`_NOTICE`) and not shown before, for pages that scripts draw stand whole in it. A
block is a run of text between two edges of block-level elements
or line breaks. Text that a style hides stays: what is folded away opens at a click, and what is for
screen readers is marked so that a labeller can tell. Text that scripts would fetch or draw is not
there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from pipeline.cleaning.html.class_words import meanings_of
from pipeline.cleaning.html.elements import (
    BREAK,
    FALLBACK,
    FLOW,
    HEADINGS,
    IN_LINE,
    INLINE_BIT,
    PARAGRAPHS,
    SILENT,
    WITHIN_BIT,
)
from pipeline.cleaning.html.pieces import LONGEST_ADDRESS, Link, length_of, links_in
from pipeline.cleaning.page import MAX_BLOCKS, Block, Page, TooManyBlocksError

_HIDING: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SHORTEST_HIDING: Final = len("display:none") - 1
_NAMING: Final = 1
_STYLE: Final = 2
_HIDDEN: Final = 3
_PROPERTY: Final = 4
_TELLING: Final = {
    "class": _NAMING, "id": _NAMING, "role": _NAMING, "style": _STYLE, "hidden": _HIDDEN,
    "aria-hidden": _HIDDEN, "itemprop": _PROPERTY,
}  # fmt: skip
"""What the attributes that tell something are about."""
_BODY_PROPERTIES: Final = frozenset({"articlebody", "text", "description"})
_MOST_LINKS: Final = 200
"""Links of one block that are remembered."""
_LONGEST_TITLE: Final = 1_000
_NOTICE: Final = 500
"""Characters of the longest text, links left out, that `noscript` holds as a notice. All six longer
ones of the development pages hold the page's own text."""
_MOST_PIECES: Final = 5_000


class Place(NamedTuple):
    """What the tree says of one block.

    `tag` is the block-level element that holds the text, `path` the names of those around it from
    the body down, `number` tells that element from others, `parent` the one around it. `within`
    are bits of `elements.WITHIN`; `near`, `far` and `inline` bits of the meanings in class words of
    the element and its two next, of all around, and of inline elements in the block. `marks` are
    bits of `elements.INLINE_MARKS` in the block. `linked` and `strong` count characters in links
    and in bold face. `property` tells an `itemprop` of a text around it. `picture` is the address
    of the picture in the figure around it.
    """

    tag: str
    path: str
    number: int
    parent: int
    depth: int
    heading: int
    within: int
    near: int
    far: int
    hidden: bool
    property: bool
    picture: str | None
    inline: int
    marks: int
    linked: int
    strong: int
    broken: bool
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page's visible text in blocks, and one place for every block.

    `parents` tells for every block-level element, by its number, the number of the one around it
    (-1 for the outermost). `title` is what the page's `title` element says.
    """

    page: Page
    places: tuple[Place, ...]
    parents: tuple[int, ...]
    title: str


class _Context(NamedTuple):
    """The block-level element that is being read: the first fields of `Place`, and two more.

    `own` and `above` are meanings of the element and of the one around it.
    """

    tag: str
    path: str
    number: int
    parent: int
    depth: int
    heading: int
    within: int
    near: int
    far: int
    hidden: bool
    property: bool
    picture: str | None
    own: int
    above: int


_SHARED: Final = len(_Context._fields) - 2
_OUTSIDE: Final = _Context("", "", -1, -1, 0, 0, 0, 0, 0, False, False, None, 0, 0)

_make: Final = tuple.__new__
"""Makes a named tuple of a tuple: pages have thousands, and naming every field costs thrice."""


def visible_page(tree: Any) -> HtmlPage:
    """Return the visible text of a tree and its blocks, in the order of the markup.

    `tree` is the `html` element; it is not changed.

    Raises:
        TooManyBlocksError: There are more than `MAX_BLOCKS` blocks.
    """
    reader = _Reader()
    bodies = [tree] if tree.tag == "body" else tree.findall("body")
    for body in bodies or [tree]:
        reader.read_block(body, body.tag, _OUTSIDE)
    return reader.page(" ".join((tree.findtext("head/title") or "").split())[:_LONGEST_TITLE])


class _Reader:
    """Collects blocks while the tree is walked.

    A run is the text since the last edge of a block. `_pieces` are its pieces as they stand in the
    tree, `_linked` and `_strong` the numbers of those in links and in bold face, and `_links` the
    links that ended in it: address, and the pieces from the first to before the last.
    """

    __slots__ = (
        "_at", "_blocks", "_broken", "_inline", "_link_depth", "_linked", "_links", "_marks",
        "_open_inline", "_open_marks", "_parents", "_pieces", "_places", "_strong", "_strong_depth",
    )  # fmt: skip

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._places: list[Place] = []
        self._parents: list[int] = []
        self._at = 0
        self._broken = False
        self._link_depth = 0
        self._strong_depth = 0
        self._open_inline = self._open_marks = 0
        self._start_run()

    def _start_run(self) -> None:
        self._pieces: list[str] = []
        self._inline, self._marks = self._open_inline, self._open_marks
        self._linked: list[int] = []
        self._strong: list[int] = []
        self._links: list[tuple[str, int, int]] = []

    def page(self, title: str) -> HtmlPage:
        """Return what was read."""
        text = "\n".join([block.text for block in self._blocks])
        page = Page(text, tuple(self._blocks))
        return HtmlPage(page, tuple(self._places), tuple(self._parents), title)

    def read_block(self, element: Any, tag: str, around: _Context) -> None:
        """Read a block-level element: all text in it, and none of the text behind it."""
        if self._pieces or self._marks or self._inline:
            self._end_run(around)
        own = 0
        (
            _, path, above, _, depth, heading, within, _, far, hidden, is_text, picture,
            around_it, further_up,
        ) = around  # fmt: skip
        for name, value in element.items():  # One call for all attributes costs least.
            what = _TELLING.get(name)
            if what is None:
                continue
            if what == _NAMING:
                own |= meanings_of(value)
            elif what == _STYLE:
                hidden = hidden or (len(value) > _SHORTEST_HIDING and bool(_HIDING.search(value)))
            elif what == _PROPERTY:
                is_text = is_text or value.lower() in _BODY_PROPERTIES
            elif name == "hidden" or value == "true":
                hidden = True
        if tag == "figure":
            picture = _picture_in(element)
        parents = self._parents
        context = _make(
            _Context,
            (
                tag, f"{path}/{tag}", len(parents), above, depth + 1,
                HEADINGS.get(tag, heading), within | WITHIN_BIT.get(tag, 0),
                own | around_it | further_up, far | own, hidden, is_text, picture, own, around_it,
            ),
        )  # fmt: skip
        parents.append(above)
        self._read_content(element, context)
        if self._pieces or self._marks or self._inline:
            self._end_run(context)

    def _read_content(self, element: Any, context: _Context) -> None:
        text = element.text
        if text and (self._pieces or not text.isspace()):
            self._say(text, context)
        for child in element:
            tag = child.tag
            flow = FLOW.get(tag)
            if flow is None:
                if not isinstance(tag, str):
                    pass
                elif "-" in tag and context.tag in PARAGRAPHS:
                    self._read_inline(child, tag, context)
                else:
                    self.read_block(child, tag, context)
            elif flow == IN_LINE:
                self._read_inline(child, tag, context)
            elif flow == BREAK:
                self._end_run(context)
                self._broken = True
            elif flow == FALLBACK and self._stands_in(child):
                self.read_block(child, tag, context)
            text = child.tail
            if text and (self._pieces or not text.isspace()):
                self._say(text, context)

    def _read_inline(self, element: Any, tag: str, context: _Context) -> None:
        # They count for the run that they are in, and for blocks that begin inside the element.
        names = element.get("class")
        meant, mark = meanings_of(names) if names else 0, INLINE_BIT.get(tag, 0)
        self._inline |= meant
        self._marks |= mark
        inline, marks, pieces = self._open_inline, self._open_marks, self._pieces
        self._open_inline, self._open_marks = inline | meant, marks | mark
        if tag == "a":
            before = len(pieces)
            self._link_depth += 1
            self._read_content(element, context)
            self._link_depth -= 1
            # A block may have begun inside the link.
            start = before if self._pieces is pieces else 0
            if len(self._pieces) > start and len(self._links) < _MOST_LINKS:
                address = element.get("href")
                if address:
                    self._links.append((address, start, len(self._pieces)))
        elif tag in _BOLD:
            self._strong_depth += 1
            self._read_content(element, context)
            self._strong_depth -= 1
        else:
            self._read_content(element, context)
        self._open_inline, self._open_marks = inline, marks
        if not self._pieces and self._pieces is not pieces:
            self._start_run()  # Blocks stood inside; the next one does not.

    def _stands_in(self, fallback: Any) -> bool:
        """Whether what is there for readers without scripts is more than a notice, and new."""
        said = _fallback_pieces(fallback)
        if sum(map(len, said)) <= _NOTICE:
            return False
        longest = " ".join(max(said, key=len).split())
        shown = (block.text for block in self._blocks)
        return not any(
            longest in text for text in (*shown, " ".join("".join(self._pieces).split()))
        )

    def _say(self, text: str, context: _Context) -> None:
        """Add a piece of text, unless it is white space and the first."""
        if context.tag == "pre" and "\n" in text:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._end_run(context)
                if line and (self._pieces or not line.isspace()):
                    self._add(line)
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        pieces = self._pieces
        if self._link_depth:
            self._linked.append(len(pieces))
        if self._strong_depth:
            self._strong.append(len(pieces))
        pieces.append(text)

    def _end_run(self, context: _Context) -> None:
        """Make a block of the text since the last edge, if there is any; white space collapses."""
        pieces = self._pieces
        if not pieces:
            self._start_run()  # Inline elements without text tell nothing of the next block.
            return
        if len(self._blocks) == MAX_BLOCKS:
            raise TooManyBlocksError(f"the page has more than {MAX_BLOCKS:,} blocks")
        text = " ".join("".join(pieces).split())
        start = self._at
        length = len(text)
        self._at = start + length + 1
        self._blocks.append(_make(Block, (len(self._blocks), start, start + length, text, 0)))
        self._places.append(
            _make(
                Place,
                (
                    *context[:_SHARED], self._inline, self._marks,
                    length_of(self._linked, pieces, length) if self._linked else 0,
                    length_of(self._strong, pieces, length) if self._strong else 0,
                    self._broken, links_in(self._links, pieces, text) if self._links else (),
                ),
            )
        )  # fmt: skip
        self._broken = False
        self._start_run()


def _fallback_pieces(fallback: Any) -> list[str]:
    """Return the pieces of text in an element, without those in links and in silent elements."""
    said: list[str] = []
    for element in islice(fallback.iterdescendants(), _MOST_PIECES):
        tag = element.tag
        if tag not in SILENT and tag != "a":
            said.append((element.text or "").strip())
        if element.getparent().tag not in SILENT:
            said.append((element.tail or "").strip())
    return said


_BOLD: Final = frozenset({"b", "strong"})


def _picture_in(figure: Any) -> str | None:
    """Return the address of the first picture in a figure."""
    for image in figure.iter("img"):
        for name in ("src", "data-src"):
            address: str | None = image.get(name)
            if address and not address.startswith("data:"):
                return address.strip()[:LONGEST_ADDRESS]
    return None


def part_of(page: HtmlPage, start: int, end: int) -> HtmlPage:
    """Return the blocks from `start` to before `end` (at least one) as a page of their own.

    Places keep their numbers of elements.
    """
    blocks = page.page.blocks[start:end]
    low, high = blocks[0].start, blocks[-1].end
    moved = tuple(
        block._replace(number=number, start=block.start - low, end=block.end - low)
        for number, block in enumerate(blocks)
    )
    return HtmlPage(
        Page(page.page.text[low:high], moved), page.places[start:end], page.parents, page.title
    )
