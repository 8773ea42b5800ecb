"""Do pages come out of a web archive as they do out of files?

    python -m benchmarks.archives pages/             3,000 pages, made from the pages of a folder
    python -m benchmarks.archives                    the same from made pages
    python -m benchmarks.archives pages/ --count 300 -- --html-engine=fast

Writes the same pages as files and as one archive (warcio), runs `python -m pipeline` on both, and
compares the articles: they must be the same but for `id`, `document_id`, `url` and `source`, which
tell the place, and `links`, of which a file cannot tell the relative ones. Flags behind a lone `--`
go to the pipeline. Prints times; the exit status is 1 when anything differs or is missing. Each
page gets a number of its own, so that no two are the same.
"""

from __future__ import annotations

import argparse
import gzip
import html
import io
import itertools
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.bundles import articles
from benchmarks.scale import measure

_OF_THE_PLACE = {"id", "document_id", "url", "source", "links"}
_WARCINFO = {"software": "warcio", "format": "WARC File Format 1.0"}


def pages(folder: Path | None, count: int) -> Iterator[bytes]:
    """Give `count` pages, each altered by a comment; those of a folder over and over."""
    if folder is None:
        made = (_page(text).encode() for text in articles(count, 4_000))
    else:
        paths = sorted(path for path in folder.rglob("*") if ".htm" in path.name)
        if not paths:
            raise SystemExit(f"no .html or .html.gz files below {folder}")
        made = (_bytes(path) for path in itertools.cycle(paths))
    for number, page in enumerate(itertools.islice(made, count)):
        yield page + b"\n<!-- %d -->\n" % number


def _bytes(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def _page(text: str) -> str:
    title, *lines = text.splitlines()
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{html.escape(title)}</title></head>"
        f"<body><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><article>"
        f"<h1>{html.escape(title)}</h1>{body}</article><footer>Contact</footer></body></html>"
    )


def write(folder: Path, source: Iterator[bytes]) -> int:
    """Write the pages as files and as an archive; return their bytes."""
    files = folder / "files"
    files.mkdir()
    size = 0
    with (folder / "pages.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("pages.warc.gz", _WARCINFO))
        for number, page in enumerate(source):
            size += len(page)
            (files / f"{number:06}.html").write_bytes(page)
            _write_record(writer, f"https://pages.example/{number:06}.html", page)
    return size


def _write_record(writer: WARCWriter, url: str, page: bytes) -> None:
    # No charset in the header, so that both ways tell the encoding from the same bytes.
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    payload = io.BytesIO(page)
    writer.write_record(writer.create_warc_record(url, "response", payload, http_headers=headers))


def outcome(output: Path) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return a run's articles without what tells their place, and what was rejected, in order."""
    found = [
        {key: value for key, value in row.items() if key not in _OF_THE_PLACE}
        for row in _rows(output, "articles")
    ]
    # A page is known by its bytes in both.
    rejected = [(row["source"]["sha256"], row["error_type"]) for row in _rows(output, "rejected")]
    return found, rejected


def _rows(output: Path, kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted(output.glob(f"{kind}-*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path, nargs="?", help="folder of .html or .html.gz files")
    parser.add_argument("--count", type=int, default=3_000)
    given = sys.argv[1:]
    own = given.index("--") if "--" in given else len(given)
    chosen, flags = parser.parse_args(given[:own]), given[own + 1 :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder, pages(chosen.pages, chosen.count))
        print(f"{chosen.count:,} pages of {size / chosen.count / 1000:,.0f} kB")
        results = []
        for source, target in (("files", "from-files"), ("pages.warc.gz", "from-archive")):
            took = measure(folder / source, folder / target, "--shards=1", *flags)
            results.append(outcome(folder / target))
            found, rejected = results[-1]
            print(
                f"{source:<14} {took.wall:7.1f} s wall, {took.cpu:7.1f} s processor, "
                f"{took.cpu / chosen.count * 1000:6.1f} ms a page; "
                f"{len(found):,} articles, {len(rejected):,} rejected"
            )
    is_same = results[0] == results[1]
    print("the same articles" if is_same else "THE ARTICLES DIFFER")
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
