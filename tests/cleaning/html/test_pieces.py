import pytest

from pipeline.cleaning.html.pieces import Link, length_of, links_in


@pytest.mark.parametrize(
    ("some", "pieces", "length"),
    [
        ([0], ["  More \n news "], 9),
        ([1], ["Read", " more", "."], 5),
        ([1], ["Read ", " more"], 4),
        ([0, 1], ["a ", "b"], 2),
        ([], ["a", "b"], 0),
    ],
)
def test_the_length_of_pieces_is_that_of_their_text(
    some: list[int], pieces: list[str], length: int
) -> None:
    assert length_of(some, pieces, len(" ".join("".join(pieces).split()))) == length


def test_links_have_the_text_of_their_pieces() -> None:
    pieces = ["See ", "the ", " bridge", " ", "."]
    assert links_in([(" /bridge ", 1, 3), ("/nothing", 3, 4)], pieces, "See the bridge .") == (
        Link("/bridge", "the bridge"),
    )


def test_a_block_that_is_a_link_is_its_text() -> None:
    assert links_in([("/a", 0, 1)], [" The  bridge "], "The bridge") == (Link("/a", "The bridge"),)
