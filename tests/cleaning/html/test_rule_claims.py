from pipeline.cleaning.html.parse import parse_html
from pipeline.cleaning.html.rule_claims import rule_claims
from pipeline.cleaning.html.visible import visible_page
from schemas.roles import Role
from tests.cleaning.html.made import BRIDGE

LINES = [*BRIDGE[:3], "By Ann Lee", "Read more:", "Updated 5 September 2023", *BRIDGE[-3:]]
BYLINE, MORE, DATE = 3, 4, 5


def roles(keep: float, name: str = "") -> list[Role]:
    paragraphs = "".join(f"<p class='{name}'>{line}</p>" for line in LINES)
    page = visible_page(parse_html(f"<body>{paragraphs}"))
    count = len(LINES)
    claims, lines = rule_claims(page, range(count), [keep] * count, [True] * count, None)
    assert [lines[number].text for number in range(count)] == LINES
    return [claims[number].role for number in range(count)]


def test_what_is_doubtful_is_read_for_phrases_and_dates() -> None:
    found = roles(0.6)
    assert found[MORE] is not Role.BODY
    assert found[DATE] is Role.DATE
    assert found[BYLINE] is not Role.BYLINE


def test_what_stands_above_the_first_paragraph_is_read() -> None:
    lines = [
        "Bridge closed",
        "News",
        "Home",
        "Local",
        "By Ann Lee, reporter",
        " ".join(BRIDGE),
        *BRIDGE,
    ]
    page = visible_page(parse_html("".join(f"<p>{line}</p>" for line in lines)))
    count = len(lines)
    claims, _ = rule_claims(page, range(count), [0.6] * count, [True] * count, 0)
    assert claims[lines.index("By Ann Lee, reporter")].role is Role.BYLINE


def test_what_is_plainly_text_is_not_read() -> None:
    found = roles(0.95)
    assert found[BYLINE] is not Role.BYLINE
    assert found[DATE] is not Role.DATE


def test_what_its_class_hints_at_is_read_however_likely_it_is_text() -> None:
    found = roles(0.95, "author")
    assert found[BYLINE] is Role.BYLINE
    assert found[DATE] is Role.DATE


def test_without_blocks_there_are_no_claims() -> None:
    page = visible_page(parse_html("<body><p>One"))
    assert rule_claims(page, [], [0.5], [True], None) == ({}, {})
