"""Bundles of input for whole-graph tests: the seeds, and everything that can be wrong."""

import bz2
import gzip
import json
import os
import shutil
from pathlib import Path

from backports import zstd

from tests.archives import archive, page_of, record, write_archive

SEEDS = Path(__file__).parent.parent / "seeds"

STORY = """\
Ferry service to the islands resumes after storm

By Ada Moss

PORT ELLEN, May 3 (Coast Wire) - Ferries to the islands resumed on Friday after a storm had kept \
them in harbour for three days, the operator said in a statement.

Sign up for our newsletter

About two hundred people had been waiting on both sides of the sound, and the first sailing left \
with all of its places taken shortly before seven.

"We are glad to be moving again," said the captain, who has worked on the line for twenty years.
"""

ROW = {"id": "row", "url": "https://news.example/ferry", "title": "Ferries run", "text": STORY}


def good_bundle(folder: Path) -> int:
    """Write documents of every form that is read; return how many there are."""
    shutil.copytree(SEEDS, folder / "seeds")
    rows = "".join(json.dumps({**ROW, "id": str(n)}) + "\n" for n in range(40))
    (folder / "rows.jsonl").write_text(rows, encoding="utf-8")
    (folder / "rows.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    (folder / "rows.jsonl.bz2").write_bytes(bz2.compress(rows.encode()))
    (folder / "rows.jsonl.zst").write_bytes(zstd.compress(rows.encode()))
    (folder / "story.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (folder / "story.txt.zst").write_bytes(zstd.compress(STORY.encode()))
    (folder / "bom.txt").write_bytes(b"\xef\xbb\xbf" + STORY.encode())
    (folder / "utf16.txt").write_bytes(STORY.encode("utf-16"))
    (folder / "crlf.txt").write_bytes(STORY.replace("\n", "\r\n").encode())
    (folder / "cr.txt").write_bytes(STORY.replace("\n", "\r").encode())
    (folder / "umlaut.txt").write_bytes(LATIN.encode("cp1252"))
    (folder / "controls.txt").write_bytes(STORY.replace("said", "\x00sa\x07id\x1b").encode())
    (folder / "mojibake.txt").write_bytes(LATIN.encode().decode("cp1252").encode())
    pages = [page_of(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    for number, page in enumerate(pages):
        (folder / f"page{number}.html").write_text(page, encoding="utf-8")
    (folder / "page.htm.gz").write_bytes(gzip.compress(pages[0].encode()))
    markup = "".join(json.dumps({"html": page}) + "\n" for page in pages)
    (folder / "pages.jsonl").write_text(markup, encoding="utf-8")
    records = archive([page.encode() for page in pages])
    records.insert(2, record(b"", kind="request"))
    records.append(record(pages[0].encode(), status="404 Not Found"))
    texts = [record(STORY.encode(), kind="conversion", content_type="text/plain")] * 2
    write_archive(folder / "pages.warc.gz", records)
    write_archive(folder / "texts.warc.wet.gz", texts)
    return 5 + 4 * 40 + 9 + 3 * len(pages) + 1 + 2


SKIPPED_RECORDS = {"request": 1, "status_not_200": 1}
"""Records of the good bundle that are no documents."""


LATIN = (
    "Fähre fährt wieder zu den Inseln\n\n"
    "Nach drei Tagen Sturm fahren die Fähren seit Freitag wieder, wie die Reederei in einer "
    "Erklärung mitteilte. Etwa zweihundert Menschen hätten auf beiden Seiten gewartet.\n\n"
    "„Wir sind froh, dass es weitergeht“, sagte der Kapitän, der seit zwanzig Jahren auf der "
    "Linie arbeitet und so etwas noch nicht erlebt hat.\n"
)

PAGE = page_of(next(SEEDS.glob("000_*")).read_text(encoding="utf-8")).encode()

BAD: dict[str, tuple[bytes, dict[str, int]]] = {
    "empty.txt": (b"", {"empty_document": 1}),
    "blank.txt": (b" \n\t\r\n \n", {"empty_document": 1}),
    "binary.txt": (bytes(range(256)) * 40, {"binary_content": 1}),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(2000), {"binary_content": 1}),
    "furniture.txt": (
        b"Home\nNews\nSport\nSign up for our newsletter\nRead more\nRecent Posts\nOne\nTwo\n"
        b"All rights reserved\n",
        {"no_article": 1},
    ),
    "menu.html": (b"<!DOCTYPE html><script>let a</script>", {"empty_document": 1}),
    "cut.warc.gz": (b"".join(archive([PAGE] * 3))[:-40], {"truncated_stream": 1}),
    "damaged.warc.gz": (
        archive([PAGE])[0] + bytes(500) + b"?" * 90 + archive([PAGE])[0],
        {"corrupt_stream": 1},
    ),
    "bomb.warc.gz": (
        record(b"<p>" + bytes(70 << 20)) + archive([PAGE])[0],
        {"decompression_bomb": 1},
    ),
    "large.txt": (b"A sentence that goes on and on. " * 40_000, {"document_too_large": 1}),
    "truncated.txt.gz": (
        gzip.compress(os.urandom(4000).hex().encode())[:-900],
        {"truncated_stream": 1},
    ),
    "bomb.txt.gz": (gzip.compress(b"A line.\n" * (8 << 20)), {"document_too_large": 1}),
    "bomb.jsonl.zst": (zstd.compress(b"\n" * (400 << 20)), {"decompression_bomb": 1}),
    "rows.jsonl": (
        b"\n".join(
            [
                json.dumps(ROW).encode(),
                b'{"text": "cut off',
                b"[1, 2]",
                b'"text"',
                b'{"title": "no text"}',
                b'{"text": 17}',
                json.dumps({**ROW, "url": ["a", "b"]}).encode(),
                b'{"text": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
                b'{"text": "' + b"x" * (3 << 20) + b'"}',
                b"",
                json.dumps({**ROW, "text": " "}).encode(),
                json.dumps(ROW).encode(),
            ]
        ),
        {
            "invalid_json": 1,
            "not_an_object": 2,
            "missing_text": 1,
            "wrong_type": 2,
            "nested_too_deep": 1,
            "document_too_large": 1,
            "empty_document": 1,
        },
    ),
}
"""Name, bytes and expected rejections of each bad file, at a limit of 1 MB a document."""

GOOD_ROWS_AMONG_BAD = 2 + 2 + 2 + 1


def bad_bundle(folder: Path) -> dict[str, dict[str, int]]:
    """Write every kind of bad input; return the rejections expected of each file by name."""
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    os.mkfifo(folder / "pipe.txt")
    (folder / "broken-link.txt").symlink_to(folder / "nowhere")
    return {
        **{name: expected for name, (_, expected) in BAD.items()},
        "pipe.txt": {"unreadable_file": 1},
        "broken-link.txt": {"unreadable_file": 1},
    }
