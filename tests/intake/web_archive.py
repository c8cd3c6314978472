"""Web archives made by hand, of invented pages, for the tests that read them."""

from __future__ import annotations

import gzip

PARAGRAPHS = "".join(
    f"<p>The council of Ostrava Bay said on day {day} that the lower bridge would stay closed to carts and to people "
    "on foot, because the river had taken two of its piers in the night.</p>"
    for day in range(1, 7)
)


def page(place: str = "Ostrava Bay", *, published: str = "") -> bytes:
    """Return a page about a bridge at `place`, which says when it was published only when told to."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    body = PARAGRAPHS.replace("Ostrava Bay", place)
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Bridge closed at {place}</title>{meta}"
        f"</head><body><article><h1>Bridge closed at {place}</h1>{body}</article></body></html>"
    ).encode()


def answer(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", **fields: str) -> bytes:
    """Return an answer of a web server; names of `fields` are written with hyphens."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}"]
    head += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([*head, "", ""]).encode() + body


def record(
    block: bytes,
    *,
    kind: str = "response",
    url: str = "https://post.example/bridge",
    date: str = "2031-05-07T06:00:00Z",
    packed: bool = False,
    **fields: str,
) -> bytes:
    """Return one record, as a member of its own when `packed`."""
    head = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", f"WARC-Date: {date}"]
    head += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    head += [f"Content-Length: {len(block)}", "", ""]
    whole = "\r\n".join(head).encode() + block + b"\r\n\r\n"
    return gzip.compress(whole, mtime=0) if packed else whole


def chunked(body: bytes, size: int = 100) -> bytes:
    """Return a body as a server sends it in pieces."""
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
