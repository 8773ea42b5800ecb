"""What the elements of HTML mean for the text of a page, after the HTML standard's rendering rules.

Sources: https://html.spec.whatwg.org/multipage/rendering.html (which elements are rendered, and as
a block), and what browsers do with elements that nobody defined (they are inline).
"""

from __future__ import annotations

from typing import Final

SILENT: Final = frozenset(
    "applet area audio base basefont bgsound canvas datalist embed frame frameset head iframe "
    "input link map meta noembed noframes noscript object optgroup option param rp rt rtc script "
    "select source style svg template textarea title track video".split()
)
"""Elements whose content no reader sees as text of the page: code, form values, fallbacks. And how
characters are read, which stands above them in small print."""

INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i img ins kbd label mark "
    "math nobr output picture q rb ruby s samp small span strike strong sub sup time tt u var "
    "wbr".split()
)
"""Elements that stand in a line of text. All others that are rendered begin and end a block."""

LINE_BREAKS: Final = frozenset({"br", "hr"})

UNSEEN: Final = 0
IN_LINE: Final = 1
BREAK: Final = 2
FALLBACK: Final = 3
FLOW: Final = {
    **dict.fromkeys(SILENT, UNSEEN),
    "noscript": FALLBACK,
    **dict.fromkeys(INLINE, IN_LINE),
    **dict.fromkeys(LINE_BREAKS, BREAK),
}
"""What an element is to the text around it; one that is not here begins and ends a block."""

PARAGRAPHS: Final = frozenset(
    "p h1 h2 h3 h4 h5 h6 blockquote li dd dt td th figcaption pre".split()
)
"""Blocks in which an element of an unknown name is part of the sentence around it."""

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}

WITHIN: Final = (
    "article main aside footer header nav figure figcaption ul ol dl li blockquote table td form "
    "section address details dialog p pre h1 h2 h3 button label thead caption center"
).split()
"""Elements whose presence around a block tells what it is."""

_SAME: Final = {
    "tr": "table", "th": "td", "dt": "li", "dd": "li", "h4": "h3", "h5": "h3", "h6": "h3",
}  # fmt: skip
WITHIN_BIT: Final = {
    **{tag: 1 << bit for bit, tag in enumerate(WITHIN)},
    **{tag: 1 << WITHIN.index(like) for tag, like in _SAME.items()},
}
"""The bit of each such element; elements of one use share one."""

INLINE_MARKS: Final = "a b strong em i time cite small span button label abbr q sup code".split()
"""Inline elements that may hold the whole of a block, which tells what it is."""
INLINE_BIT: Final = {tag: 1 << bit for bit, tag in enumerate(INLINE_MARKS)}
