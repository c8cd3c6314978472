"""Which agency a report credits for its text, and where: by-line, date line, copyright line, sign-off, address.

The credit of a picture, or of a part of the text ("... contributed to this report"), is not a credit for the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from headwater.model import CitationKind, PassageKind, Reading, Report, Span
from headwater.tracing.outlets import AGENCIES, agency, is_outlet

# Signatures are matched in their own case ("PA", not "pa"); full names also in capitals, as by-lines print them.
_SIGNED = {form for name, short in AGENCIES.items() for form in (name, name.upper(), *short)}
_FORMS = "|".join(sorted(map(re.escape, _SIGNED), key=lambda form: (-len(form), form)))
_CREDIT_LINE = re.compile(
    rf"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\))[^.\n]{{0,30}}?\b({_FORMS})\b|\(({_FORMS})\)\s*[-—–]"
    rf"|^\s*(?:[Bb]y\s+|BY\s+)?(?:[Tt]he\s+|THE\s+)?({_FORMS})\s*$|[-—–]\s*({_FORMS})\s*$",
    re.MULTILINE,
)
# "NORVIK, Marrania (Longshore) — ": whoever stands in the brackets of a date line sent the copy, known or not.
_DATELINE = re.compile(r"^[A-Z]{3}[^\n()]{0,60}\(([A-Z][\w .&-]{1,40})\)\s*[—–-]", re.MULTILINE)
# A date line stands at the beginning, its place in capitals; so far into the text it may come.
_HEAD = 1500
# Words that make a credit that of a picture: before it ("Image copyright", "Photo by"), or right behind ("AP Photo").
_PICTURE = re.compile(
    r"\b(?:pictures?|photos?|photographs?|photographer|images?|videos?|footage|graphics?|caption|credit)\b[^\n]{0,40}$",
    re.IGNORECASE,
)
_ITS_PICTURE = re.compile(r"^\W{0,2}(?:photos?|images?|pictures?|videos?|graphics?|file)\b|^\s*/", re.IGNORECASE)
# Words that make it the credit of a part: one report more went into this text, it is not that agency's.
_PART = re.compile(
    r"\b(?:contribut\w+|additional|files? from|material from|information from|reporting from|assisted|in part)\b",
    re.IGNORECASE,
)
_CREDIT_ADDRESS = re.compile(r"/(?:wires?/)?(aponline|ap|afp|pa|reuters)/", re.IGNORECASE)
_ADDRESS_NAMES = {"aponline": "Associated Press"}
_LOOK_BACK = 60
# How far from its head and its foot the bare text of a report is searched for a credit.
_EDGE = 800


class Credit(NamedTuple):
    """The agency's name, and the words that credit it; None where only the address, author or outlet says so."""

    agency: str
    span: Span | None
    own: bool = False  # the report is the agency's own


def credit(report: Report, reading: Reading) -> Credit | None:
    """Return the agency whose text a report is by its own words, address, author or outlet, else None."""
    info = report.info
    if info.outlet and (known := _carrier(info.outlet.value)):
        return Credit(known, None, own=True)
    if info.url and (match := _CREDIT_ADDRESS.search(info.url.value)):
        return Credit(_of_address(match.group(1)), None)
    if info.author and (known := _by_line(info.author.value)):
        return Credit(known, None)
    return _in_words(report, reading)


def agency_of(text: str, outlet: str, url: str, author: str) -> str:
    """Return the agency whose text a report is, from its bare text and what is known of it; "" where none is credited.

    What `credit` looks for, without a reading: words are looked for at the head and the foot, where credits stand.
    """
    if outlet and (known := _carrier(outlet)):
        return known
    if url and (match := _CREDIT_ADDRESS.search(url)):
        return _of_address(match.group(1))
    if author and (known := _by_line(author)):
        return known
    for part in (text[:_EDGE], text[max(_EDGE, len(text) - _EDGE) :]):
        if found := _credit_line(part, ()) or _in_dateline(part):
            return found.agency
    return ""


def is_by(report: Report, name: str) -> bool:
    """True when the outlet of a report is the agency of that name, whether the list knows it or not."""
    outlet = report.info.outlet
    return outlet is not None and _is_carrier(name, outlet.value)


@lru_cache(maxsize=4096)
def _carrier(outlet: str) -> str | None:
    """Return the agency that an outlet is, else None."""
    return next((name for name in AGENCIES if _is_carrier(name, outlet)), None)


def _of_address(part: str) -> str:
    found = part.casefold()
    return _ADDRESS_NAMES.get(found) or agency(found) or found


def _is_carrier(name: str, outlet: str) -> bool:
    """By the whole name, since abbreviated ones fit many; an address is compared as such ("apnews.com")."""
    if " " not in outlet and "." in outlet:
        return any(is_outlet(form, outlet) for form in (name, *AGENCIES.get(name, ())))
    return (agency(outlet) or _bare(outlet)) == (agency(name) or _bare(name))


def _bare(name: str) -> str:
    return name.strip().casefold().removeprefix("the ")


def _by_line(author: str) -> str | None:
    """Read "Associated Press" and "Ilan Torv, Associated Press"; an agency beside the outlet's reporters is none."""
    return agency(author.rpartition(",")[2]) if " and " not in author else None


def _in_words(report: Report, reading: Reading) -> Credit | None:
    text = report.text
    captions = [passage.span for passage in report.passages if passage.kind is PassageKind.CAPTION]
    if found := _credit_line(text, captions) or _in_dateline(text):
        return found
    for citation in reading.citations:
        if citation.kind is CitationKind.CREDIT and _credits_text(text, citation.span, captions):
            return Credit(agency(citation.name) or citation.name, citation.span)
    return None


def _credit_line(text: str, captions: Sequence[Span]) -> Credit | None:
    if not any(form in text for form in _SIGNED):
        return None  # most reports: looking for the names is four times as quick as for the lines they stand in
    for match in _CREDIT_LINE.finditer(text):
        group = next(number for number in range(1, 5) if match.group(number))
        span = Span(*match.span(group))
        if _credits_text(text, Span(match.start(), span.end), captions):
            return Credit(agency(match.group(group)) or match.group(group), span)
    return None


def _in_dateline(text: str) -> Credit | None:
    if dateline := _DATELINE.search(text[:_HEAD]):
        return Credit(agency(dateline.group(1)) or dateline.group(1), Span(*dateline.span(1)))
    return None


def _credits_text(text: str, found: Span, captions: Sequence[Span]) -> bool:
    """Tell a credit for the text from that of a picture or of a part."""
    if any(span.overlaps(found) for span in captions):
        return False
    before = text[max(0, found.start - _LOOK_BACK) : found.start]
    line_end = text.find("\n", found.end)
    after = text[found.end : line_end if line_end >= 0 else len(text)][:_LOOK_BACK]
    line = before.rpartition("\n")[2]
    return not (_PICTURE.search(line) or _ITS_PICTURE.search(after) or _PART.search(f"{line} {after}"))
