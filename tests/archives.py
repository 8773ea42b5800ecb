"""Pages and web archives for tests."""

import gzip
import html
import io
import uuid
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

DATE = "2024-05-03T07:00:00Z"
OK = "200 OK"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def page_of(text: str, title: str = "Ferries run") -> str:
    """Return a page with a text's lines as its paragraphs."""
    lines = "\n".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><nav><a href=/>Home</a> <a href=/news>News</a></nav><main><article><h1>{title}</h1>"
        f"{lines}</article></main><footer>All rights reserved</footer></body></html>"
    )


def record(
    body: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    url: str = "https://news.example/page",
    kind: str = "response",
    status: str = OK,
    content_type: str | None = None,
    warc: Mapping[str, str] | None = None,
    is_packed: bool = True,
) -> bytes:
    """Return one record as it is stored."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=is_packed)
    name = f"<{uuid.uuid5(uuid.NAMESPACE_URL, url).urn}>"
    http = None
    if kind in {"response", "request", "revisit"}:
        lines = list((HTML if headers is None else headers).items())
        first = ("GET / HTTP/1.1", "") if kind == "request" else (status, "HTTP/1.1")
        http = StatusAndHeaders(first[0], lines, protocol=first[1])
    with warnings.catch_warnings():
        # warcio leaves the closing of its temporary files to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        made = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_content_type=content_type or "",
            warc_headers_dict={"WARC-Date": DATE, "WARC-Record-ID": name, **(warc or {})},
        )
        writer.write_record(made)
        del made, writer
    return target.getvalue()


def archive(pages: Sequence[bytes], *, is_packed: bool = True) -> list[bytes]:
    """Return the records of an archive of pages, one after the other."""
    return [
        record(page, url=f"https://news.example/{number}", is_packed=is_packed)
        for number, page in enumerate(pages)
    ]


def repacked(stored: bytes, old: bytes, new: bytes) -> bytes:
    """Return a stored record with some of its bytes changed."""
    if not stored.startswith(b"\x1f\x8b"):
        return stored.replace(old, new)
    return gzip.compress(gzip.decompress(stored).replace(old, new), mtime=0)


def write_archive(path: Path, records: Sequence[bytes]) -> None:
    """Write an archive."""
    path.write_bytes(b"".join(records))
