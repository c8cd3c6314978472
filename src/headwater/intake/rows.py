"""A row of named values to a report of a corpus: which names mean what, and what a value must be.

The one table for Parquet columns and JSON keys. The text of a row is taken exactly as it stands and is its own
original; only what the row does not say is guessed: the outlet from the address, the language from the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from headwater.intake.dates import day_of, is_iso
from headwater.intake.guesses import domain_of, guess_language
from headwater.intake.limits import MEBIBYTE, Limits
from headwater.intake.original import TEXT_TYPE
from headwater.intake.unfit import Unfit
from headwater.model import CorpusReport, Dated, SetAsideKind, make_id, sha256_text

# The names of each field, lower case; of several in one row the first that holds anything is taken. Those after the
# first are how news-please (maintext, date_publish, source_domain), other collections and spreadsheets say it.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id",),
    "outlet": ("outlet", "source", "publisher", "source_domain", "domain"),
    "published": ("published", "date_publish", "publish_date", "published_at", "date_published", "date"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "authors": ("authors", "author", "byline"),
    "language": ("language", "lang"),
    "text": ("text", "maintext", "body", "content"),
}
KNOWN_NAMES = frozenset(name for names in NAMES.values() for name in names)
_LONGEST_ID = 1_000
_LONGEST_FIELD = 10_000
_MOST_AUTHORS = 100


def row_report(values: Mapping[str, object], *, file: str, place: str, limits: Limits) -> CorpusReport:
    """Return the report that a row makes; `values` are by lower-case name. Raises Unfit.

    Only a text is required. Without an id, one is made from outlet, address and text. A number is taken for its
    digits, several authors are joined with commas, and a day that cannot be told stays unknown.
    """
    text = _text(values, limits)
    given = {field: _words(values, NAMES[field]) for field in NAMES if field not in {"id", "text"}}
    outlet = given["outlet"] or domain_of(given["url"]) or ""
    guessed = None if given["language"] else guess_language(text)
    published = iso_day(given["published"])
    sha256 = sha256_text(text)
    return CorpusReport(
        id=_id(values) or made_id(outlet, given["url"], sha256),
        outlet=outlet,
        published=published,
        dated=Dated.GIVEN if published else Dated.UNKNOWN,
        title=given["title"],
        url=given["url"],
        authors=given["authors"],
        language=given["language"] or (guessed.value if guessed else ""),
        text=text,
        text_sha256=sha256,
        file=file,
        place=place,
        sha256=sha256,
        media_type=TEXT_TYPE,
    )


def made_id(outlet: str, url: str, text_sha256: str) -> str:
    """Return the id of a report that brings none: the same outlet, address and text give the same."""
    return make_id("report", outlet, url, text_sha256)


def iso_day(value: str) -> str:
    """Return a date or date-time in ISO 8601 as found, another written date as its day, and "" for anything else."""
    return value if is_iso(value) else day_of(value) or ""


def whole(text: str) -> bool:
    """True when every character of `text` can be written as UTF-8 (JSON may carry halves of characters)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _text(values: Mapping[str, object], limits: Limits) -> str:
    held = [values[name] for name in NAMES["text"] if values.get(name) is not None]
    text = next((value for value in held if value != ""), held[0] if held else None)
    if text is None:
        raise Unfit(SetAsideKind.UNREADABLE, f"It has no text (none of {', '.join(NAMES['text'])}).")
    if not isinstance(text, str):
        raise Unfit(SetAsideKind.UNREADABLE, "Its text is no string.")
    if not text.strip().strip("\ufeff").strip():
        raise Unfit(SetAsideKind.EMPTY, "Its text is empty or nothing but white space.")
    if not whole(text):
        raise Unfit(SetAsideKind.UNDECODABLE, "Its text holds half of a character (a lone surrogate).")
    if len(text) > limits.file_bytes or len(text.encode("utf-8")) > limits.file_bytes:
        why = f"Its text is longer than {limits.file_bytes / MEBIBYTE:g} MB, the most that is read of one report."
        raise Unfit(SetAsideKind.TOO_LARGE, why)
    return text


def _id(values: Mapping[str, object]) -> str:
    value = values.get("id")
    if value is None or value == "":
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unfit(SetAsideKind.UNREADABLE, "Its “id” is neither a string nor a whole number.")
    name = str(value)
    if len(name) > _LONGEST_ID or not whole(name) or not name.isprintable():
        why = f"Its “id” is longer than {_LONGEST_ID} characters or holds some that cannot be printed."
        raise Unfit(SetAsideKind.UNREADABLE, why)
    return name


def _words(values: Mapping[str, object], names: Iterable[str]) -> str:
    """Return the first value among `names` that says anything, on one line, or ""."""
    for name in names:
        value = values.get(name)
        parts = value[:_MOST_AUTHORS] if isinstance(value, list) else [value]
        told = ", ".join(filter(None, (_line(part) for part in parts)))
        if told:
            return told[:_LONGEST_FIELD]
    return ""


def _line(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())
