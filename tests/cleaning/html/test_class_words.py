import pytest

from pipeline.cleaning.html.class_words import bits_of, meanings_of, names_in


@pytest.mark.parametrize(
    ("value", "meanings"),
    [
        ("article-body", {"article", "body"}),
        ("entryContent", {"entry", "content"}),
        ("read-more", {"related"}),
        ("most read", {"latest"}),
        ("upNext", {"related", "paging"}),
        ("MAIN", {"main"}),
        ("xyz px-4 mt-2", set()),
        ("", set()),
    ],
)
def test_words_in_classes_have_meanings(value: str, meanings: set[str]) -> None:
    assert set(names_in(meanings_of(value))) == meanings
    assert bits_of(meanings) == meanings_of(value)
