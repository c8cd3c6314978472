"""What a page says of itself in its metadata: JSON-LD, meta tags, canonical address. Runs in the child only.

Only what the page states; nothing is guessed here and no address is opened.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from headwater.intake.dates import day_of, is_iso
from headwater.intake.html_page import PageView

Known = dict[str, tuple[str, str]]

_ARTICLES = re.compile(r"(?:article|report|posting|newsitem)", re.IGNORECASE)
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"),
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "pubdate", "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "dcterms.created",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "url": ("og:url",),
    "language": ("og:locale", "content-language", "dc.language"),
}  # fmt: skip
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->", re.IGNORECASE)
_LANGUAGE = re.compile(r"^([a-zA-Z]{2})(?:[-_].*)?$")
_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
_LONGEST = 500
_SCRIPT = 1_000_000
_OBJECTS = 2000
_HEAD = 4096


def known_of(view: PageView, source: str) -> Known:
    """Return {field: (value, where it was read)} for title, author, published, outlet, url and language."""
    known: Known = {}
    for name, value in _linked_data(view):
        _put(known, name, value, "the page's JSON-LD")
    for name, tags in _META.items():
        for tag in tags:
            _put(known, name, view.meta.get(tag, ""), f"the page's {tag} tag")
    _put(known, "url", view.canonical, "the page's canonical link")
    saved = _SAVED.search(source[:_HEAD])
    _put(known, "url", saved.group(1) if saved else "", "the mark of the browser that saved the page")
    _put(known, "language", view.language, "the page's lang attribute")
    _put(known, "title", view.title, "the page's title tag")
    return known


def _put(known: Known, name: str, value: object, where: str) -> None:
    """Keep the first usable value of a field."""
    if name in known or not isinstance(value, str):
        return
    text = " ".join(value.split())[:_LONGEST]
    if name == "published":
        text = text if is_iso(text) else day_of(text) or ""
    elif name == "language":
        found = _LANGUAGE.match(text)
        text = found.group(1).lower() if found else ""
    elif name == "url" or (name == "author" and _ADDRESS.match(text)):
        text = text if name == "url" and _ADDRESS.match(text) else ""
    if text:
        known[name] = (text, where)


def _linked_data(view: PageView) -> Iterator[tuple[str, str]]:
    """The fields of the first article described by a JSON-LD script."""
    for source in view.scripts:
        if len(source) > _SCRIPT:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for entry in _objects(data):
            kinds = entry.get("@type")
            if any(
                isinstance(kind, str) and _ARTICLES.search(kind)
                for kind in (kinds if isinstance(kinds, list) else [kinds])
            ):
                yield "title", _text(entry.get("headline"))
                yield "author", _text(entry.get("author"))
                yield "published", _text(entry.get("datePublished"))
                yield "outlet", _text(entry.get("publisher"))
                yield "url", _text(entry.get("url")) or _text(entry.get("mainEntityOfPage"))
                yield "language", _text(entry.get("inLanguage"))
                return


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of the script, outer ones first; a bounded number, without recursion."""
    queue = [data]
    for _ in range(_OBJECTS):
        if not queue:
            return
        value = queue.pop(0)
        if isinstance(value, dict):
            yield value
            queue.extend(inner for inner in value.values() if isinstance(inner, dict | list))
        elif isinstance(value, list):
            queue.extend(value)


def _text(value: Any) -> str:
    """A string, the name of a thing, or the names of several."""
    if isinstance(value, list):
        return ", ".join(text for text in (_text(item) for item in value[:20] if not isinstance(item, list)) if text)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    return value.strip() if isinstance(value, str) else ""
