"""One original to one report: its bytes decoded, its text, passages, and what is known or guessed of it.

The one way in which bytes become a report, whatever they came in: a file, a record of a web archive, a corpus.
Knows one original at a time and collapses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from headwater.intake.files import CannotRead, Found, TooLarge, holds, read_bytes
from headwater.intake.guesses import (
    guess_author,
    guess_language,
    guess_outlet,
    guess_published,
    guess_title,
    guess_url,
)
from headwater.intake.html import Page, PageReader, PageRefused, claimed_encoding
from headwater.intake.limits import FORMATS_READ, MEBIBYTE, PAGE_ENDINGS, TEXT_ENDINGS, Limits
from headwater.intake.passages import divide
from headwater.intake.text import Decoded, NotText, Undecodable, decode
from headwater.model import (
    Completeness,
    Noted,
    Original,
    Passage,
    ReportInfo,
    SetAside,
    SetAsideKind,
    sha256_bytes,
    sha256_text,
)

PAGE_TYPE = "text/html"
TEXT_TYPE = "text/plain"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An original that could be read, before duplicates are collapsed; `info.id` is still empty."""

    info: ReportInfo
    original: Original
    text: str
    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()


def open_file(file: Found, limits: Limits, *, more: frozenset[str] = frozenset()) -> Original | SetAside:
    """Read the bytes of one received file of a kind that holds one report, or say why it is none.

    `more` are endings of further kinds, beside texts and pages, that the caller can read.
    """
    ending = file.path.suffix.lower()
    if ending not in TEXT_ENDINGS | PAGE_ENDINGS | more and not file.path.is_symlink() and holds(file.path.is_file):
        what = f"Files that end in {ending}" if ending else "Files without an ending"
        return SetAside(file.name, SetAsideKind.UNSUPPORTED, f"{what} are not read yet; {FORMATS_READ} are.")
    try:
        data = read_bytes(file.path, at_most=limits.file_bytes)
    except CannotRead as error:
        return SetAside(file.name, SetAsideKind.UNREADABLE, str(error))
    except TooLarge:
        most = limits.file_bytes / MEBIBYTE
        return SetAside(
            file.name, SetAsideKind.TOO_LARGE, f"It is larger than {most:g} MB, the most that is read of one file."
        )
    if not data.strip():
        why = "The file is empty." if not data else "The file holds nothing but white space."
        return SetAside(file.name, SetAsideKind.EMPTY, why, sha256_bytes(data))
    return Original(sha256_bytes(data), PAGE_TYPE if ending in PAGE_ENDINGS else TEXT_TYPE, data)


def read_original(
    original: Original, *, name: str, given: Mapping[str, Noted], pages: PageReader, charset: str | None = None
) -> Candidate | SetAside:
    """Decode, extract and divide one original, or say why no report can be made of it.

    `given` is what is known of it from elsewhere and outranks what it says of itself; `charset` is the encoding that
    a server gave with it.
    """
    is_page = original.media_type == PAGE_TYPE
    claim = (charset or claimed_encoding(original.data)) if is_page else None
    try:
        decoded = decode(original.data, declared=claim, mend=is_page)
        page = pages.read(decoded.text) if is_page else Page(decoded.text)
    except NotText as error:
        return SetAside(name, SetAsideKind.BINARY, str(error), original.sha256)
    except Undecodable as error:
        return SetAside(name, SetAsideKind.UNDECODABLE, str(error), original.sha256)
    except PageRefused as error:
        return SetAside(name, error.kind, str(error), original.sha256)
    if not page.text.strip().strip("\ufeff").strip():
        kind = SetAsideKind.NO_TEXT if is_page else SetAsideKind.EMPTY
        return SetAside(name, kind, "The file holds nothing but white space.", original.sha256)
    return candidate_of(original, decoded, page, name=name, given=given)


def candidate_of(
    original: Original, decoded: Decoded, page: Page, *, name: str, given: Mapping[str, Noted]
) -> Candidate:
    """Divide the text of a page or a plain text, and note what is known of it: given, else said by it, else guessed."""
    title = given.get("title") or page.known.get("title")
    passages = divide(page.text, title=title.value if title else None, hints=dict(page.hints))
    stated = {**page.known, **given}
    known = {**_guesses(name, page, passages, stated), **stated}
    whole = Completeness.NOT_CHECKED if decoded.note else Completeness.COMPLETE  # unless its encoding was guessed
    info = ReportInfo(
        id="",
        file=name,
        files=(name,),
        sha256=original.sha256,
        text_sha256=sha256_text(page.text),
        encoding=decoded.encoding,
        completeness=page.completeness if original.media_type == PAGE_TYPE else whole,
        missing=page.missing,
        **known,
    )
    notes = tuple(f"{name}: {note}." for note in (decoded.note, *page.notes) if note)
    return Candidate(info, original, page.text, passages, notes)


def _guesses(file: str, page: Page, passages: Sequence[Passage], known: Mapping[str, Noted]) -> dict[str, Noted]:
    """Guess what is not known. An address that is known serves the guess of the outlet."""
    url = known.get("url") or guess_url(page.text)
    guessed = {
        "url": url,
        "outlet": guess_outlet(file, page.text, url=url.value if url else None),
        "title": guess_title(page.text, passages),
        "published": guess_published(page.text, passages),
        "author": guess_author(page.text, passages),
        "language": guess_language(page.text),
    }
    return {name: noted for name, noted in guessed.items() if noted}
