"""The phrases, the form lines are compared in, and the book that finds them."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cleaning.phrases import Phrase, PhraseBook, fold, phrase_book, phrases_of
from schemas.roles import BOILERPLATE_ROLES, Role

CASES = [
    json.loads(row)
    for row in (Path(__file__).parent / "cases" / "phrases.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
LANGUAGES = "en de fr es pt it nl sv no da pl ru uk tr ja ko zh ar hi".split()


def book_of(**places: list[object]) -> PhraseBook:
    """Return a book of one role and language."""
    return PhraseBook(phrases_of(Role.WIDGET, {"max_words": 10, "en": places}))


def words_of(found: Phrase | None) -> str | None:
    """Return the words of a phrase that was found."""
    return found.words if found else None


@cache
def shipped(role: Role) -> tuple[Phrase, ...]:
    """Return the phrases of one data file of the package."""
    file = files("pipeline.cleaning").joinpath("phrases", f"{role.value}.toml")
    return tuple(phrases_of(role, tomllib.loads(file.read_text(encoding="utf-8"))))


FILES = sorted(
    Path(entry.name).stem
    for entry in files("pipeline.cleaning").joinpath("phrases").iterdir()
    if entry.name.endswith(".toml")
)


@pytest.mark.parametrize("case", CASES, ids=[case["line"] for case in CASES])
def test_a_line_gets_its_role_or_none(case: dict[str, str | None]) -> None:
    found = phrase_book().match(fold(str(case["line"])))
    assert (found.role if found else None) == case["role"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_phrases_of_every_role(language: str) -> None:
    missing = {name for name in FILES if language not in {p.language for p in shipped(Role(name))}}
    assert missing == set()


@pytest.mark.parametrize("name", FILES)
def test_a_data_file_is_named_after_a_role_of_boilerplate(name: str) -> None:
    assert Role(name) in BOILERPLATE_ROLES


def test_no_phrase_is_given_twice() -> None:
    given_to = Counter(
        (phrase.words, "whole" if phrase.place == "opens" else phrase.place)
        for name in FILES
        for phrase in shipped(Role(name))
    )
    assert [words for words, times in given_to.items() if times > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_every_phrase_finds_itself(name: str) -> None:
    lost = []
    for phrase in shipped(Role(name)):
        line = fold(phrase.words.replace("#", "7").replace("*", "filler"))
        if phrase.place in ("start", "contains"):
            line = fold(line + " 。 tail")
        if phrase_book().match(line) is None:
            lost.append(phrase.words)
    assert lost == []


@pytest.mark.parametrize("name", FILES)
def test_a_phrase_inside_a_line_has_two_words_at_least(name: str) -> None:
    short = [
        phrase.words
        for phrase in shipped(Role(name))
        if phrase.place == "contains" and phrase.words.isascii() and " " not in phrase.words
    ]
    assert short == []


@pytest.mark.parametrize(
    ("line", "folded"),
    [
        ("  Read   MORE »  Storm", "read more : storm"),
        ("| Read more |", "read more :"),
        (":: Share", "share"),
        ("Don't – don’t", "dont dont"),
        ("snake_case & (brackets)", "snake case brackets"),
        ("À LIRE AUSSI", "a lire aussi"),
        ("a\u0300 lire aussi", "a lire aussi"),
        ("Größe", "grosse"),
        ("ЧИТАЙТЕ ЕЩЁ", fold("читайте еще")),
        ("İLGİLİ HABERLER", "ilgili haberler"),
        ("ılgılı haberler", "ilgili haberler"),
        ("شـــارك", "شارك"),
        ("اقرأ أيضًا", fold("اقرا ايضا")),
        ("न्यूज़", fold("न्यूज")),
        ("हिन्दी", "हिन्दी"),
        ("続きを読む：嵐。", "続きを読む : 嵐"),
        ("ＲＥＡＤ　ＭＯＲＥ", "read more"),
        ("댓글 12개", "댓글 12 개"),
        ("© 2020 Example", "copyright 2020 example"),
        ("zero\u200bwidth", "zerowidth"),
        ("tab\tand\x00null", "tab and null"),
        ("", ""),
        ("—*—", ""),
    ],
)
def test_fold(line: str, folded: str) -> None:
    assert fold(line) == folded


@given(st.text())
def test_folding_a_folded_line_changes_nothing(line: str) -> None:
    assert fold(fold(line)) == fold(line)


@given(st.text())
def test_a_folded_line_has_single_spaces_and_no_colon_in_front(line: str) -> None:
    folded = fold(line)
    assert folded == " ".join(folded.split())
    assert not folded.startswith(":")


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_folds_as_it_does_beside_other_letters(line: str) -> None:
    assert fold(line + " 橋") == f"{fold(line)} 橋".strip()


@given(st.text(max_size=300))
def test_any_line_can_be_asked(line: str) -> None:
    found = phrase_book().match(fold(line))
    assert found is None or found.fits(fold(line))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see more", "see more"),
        ("see more :", "see more"),
        ("to see more", None),
        ("see more boats", None),
    ],
)
def test_a_whole_line(line: str, found: str | None) -> None:
    assert words_of(book_of(whole=["see more"]).match(line)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("see also boats", "see also"),
        ("see also", "see also"),
        ("see alsop", None),
        ("we see also boats", None),
        ("see also " + "boat " * 8, "see also"),
        ("see also " + "boat " * 9, None),
    ],
)
def test_the_start_of_a_line_up_to_its_limit(line: str, found: str | None) -> None:
    assert words_of(book_of(start=["See also"]).match(line.strip())) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("boats in your inbox", "in your inbox"),
        ("in your inbox", "in your inbox"),
        ("in your inboxes", None),
        ("begin your inbox", None),
    ],
)
def test_anywhere_in_a_line(line: str, found: str | None) -> None:
    assert words_of(book_of(contains=["in your inbox"]).match(line)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("share on boats", "share * on boats"),
        ("share this fine story on boats", "share * on boats"),
        ("share a b c d e f g h on boats", None),
        ("on boats", None),
    ],
)
def test_open_words(line: str, found: str | None) -> None:
    assert words_of(book_of(whole=["share * on boats"]).match(line)) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("5 comments", "# comments"),
        ("1,204 comments", "# comments"),
        ("1.2K comments", "# comments"),
        ("٣ comments", "# comments"),
        ("five comments", None),
        ("comments", None),
    ],
)
def test_numbers(line: str, found: str | None) -> None:
    assert words_of(book_of(whole=["# comments"]).match(fold(line))) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("続きを読む", "続きを読む"),
        ("続き を読む", "続きを読む"),
        ("この続きを読む", None),
        ("読了時間 3 分", "読了時間 # 分"),
        ("読了時間3分", "読了時間 # 分"),
        ("記事の無断転載を禁じます", "無断転載を禁"),
        ("関連リンク : 橋", "関連リンク :"),
        ("橋の関連リンク : 橋", None),
    ],
)
def test_scripts_without_spaces(line: str, found: str | None) -> None:
    book = book_of(
        whole=["続きを読む", "読了時間 # 分"], contains=["無断転載を禁"], start=["関連リンク :"]
    )
    assert words_of(book.match(line)) == found


def test_what_counts_comments_may_say_so_behind() -> None:
    book = PhraseBook([
        Phrase(Role.COMMENT, "en", "whole", "show comments", 10),
        Phrase(Role.WIDGET, "en", "whole", "step", 10),
    ])  # fmt: skip
    assert words_of(book.match(fold("Show comments (7)"))) == "show comments"
    assert words_of(book.match(fold("Step 7"))) is None


def test_unspaced_characters_count_towards_the_limit() -> None:
    book = book_of(contains=["無断転載を禁"])
    assert book.match("無断転載を禁" + "橋" * 12) is not None
    assert book.match("無断転載を禁" + "橋" * 20) is None


def test_a_phrase_may_bring_its_own_limit() -> None:
    book = book_of(start=[{"words": "see also", "max_words": 3}])
    assert book.match("see also boats") is not None
    assert book.match("see also boats there") is None


def test_a_closed_whole_line_goes_before_other_places_and_then_the_first_wins() -> None:
    book = book_of(start=["see", "see also"], whole=["see also boats"])
    assert words_of(book.match("see also boats")) == "see also boats"
    assert words_of(book.match("see also ships")) == "see"


def test_the_reason_names_language_and_words() -> None:
    found = book_of(opens=["Boats & ships"]).match("boats ships")
    assert found is not None
    assert found.place == "opens"
    assert found.reason == "phrase:en: boats ships"


@pytest.mark.parametrize(
    "table",
    [
        {"en": {"whole": ["a"]}},
        {"max_words": "9", "en": {"whole": ["a"]}},
        {"max_words": 9, "en": ["a"]},
        {"max_words": 9, "en": {"end": ["a"]}},
        {"max_words": 9, "en": {"whole": ["* # :"]}},
        {"max_words": 9, "en": {"whole": ["—"]}},
    ],
)
def test_a_table_of_another_shape_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="widget"):
        list(phrases_of(Role.WIDGET, table))


def test_a_line_of_any_length_is_answered() -> None:
    assert phrase_book().match(fold("share " * 50_000)) is None
    assert phrase_book().match(fold("続" * 50_000)) is None
    assert phrase_book().match(fold("x" * 500_000)) is None
