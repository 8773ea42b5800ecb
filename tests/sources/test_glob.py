import pytest

from pipeline.sources.glob import Glob, has_wildcard


@pytest.mark.parametrize(
    ("pattern", "path", "is_match"),
    [
        ("data/*.txt", "data/a.txt", True),
        ("data/*.txt", "data/a.jsonl", False),
        ("data/*.txt", "data/x/a.txt", False),
        ("data/*.txt", "other/a.txt", False),
        ("data/*", "data/.a", False),
        ("data/.*", "data/.a", True),
        ("data/_*", "data/_a", True),
        ("data/?.txt", "data/ab.txt", False),
        ("data/[ab].txt", "data/b.txt", True),
        ("data/[!ab].txt", "data/b.txt", False),
        ("data/**", "data/a.txt", True),
        ("data/**", "data/x/y/a.txt", True),
        ("data/**", "data/.x/a.txt", False),
        ("data/**/*.txt", "data/a.txt", True),
        ("data/**/*.txt", "data/x/y/a.txt", True),
        ("data/**/**/*.txt", "data/a.txt", True),
        ("data/**/x/*.txt", "data/x/a.txt", True),
        ("data/**/x/*.txt", "data/a.txt", False),
        ("data/**/a/b.txt", "data/a/a/b.txt", True),
        ("**/*.txt", "a.txt", True),
        ("/tmp/*.txt", "/tmp/a.txt", True),
        ("/tmp/*.txt", "tmp/a.txt", False),
        ("*/a.txt", "b/a.txt", True),
        ("data/*.txt", "data/a\n.txt", True),
    ],
)
def test_matches(pattern: str, path: str, is_match: bool) -> None:
    assert Glob(pattern).matches(path) is is_match


@pytest.mark.parametrize(
    ("pattern", "root"), [("a/b/*.txt", "a/b"), ("*.txt", "."), ("/*.txt", "/"), ("/a/**/b", "/a")]
)
def test_the_walk_starts_at_the_last_fixed_folder(pattern: str, root: str) -> None:
    assert Glob(pattern).root == root


def test_wildcards_are_recognised() -> None:
    assert [has_wildcard(path) for path in ("a*", "a?", "a[1]", "a{1}")] == [True] * 3 + [False]


def test_a_glob_without_matches_below_a_folder_says_so() -> None:
    glob = Glob("a/*/c*.txt")
    inside = glob.advance(glob.start, "b")
    assert not glob.accepts(inside)
    assert glob.deeper(inside)
    assert glob.accepts(glob.advance(inside, "c1.txt"))
    assert not glob.advance(inside, "d1.txt")
