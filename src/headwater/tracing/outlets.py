"""Outlets and agencies as the reports write them: is "Daily Harbour" the outlet dailyharbour.example; who is credited.

A short list of news agencies by their own names, extended here; nothing about any one report.
"""

from __future__ import annotations

import re

from headwater.model import CitationKind, PassageKind, Reading, Report

# Agencies whose copy other outlets print, with the short forms they sign with.
_AGENCIES = {
    "Associated Press": ("AP",),
    "Reuters": ("Thomson Reuters",),
    "Agence France-Presse": ("AFP", "Agence France Presse"),
    "Press Association": ("PA", "PA Media"),
    "Interfax": (),
    "RIA Novosti": ("RIA",),
    "TASS": ("ITAR-TASS",),
    "Xinhua": (),
    "Deutsche Presse-Agentur": ("DPA",),
    "EFE": (),
    "ANSA": (),
    "Kyodo": ("Kyodo News",),
    "Anadolu": ("Anadolu Agency", "AA"),
    "United Press International": ("UPI",),
    "Australian Associated Press": ("AAP",),
    "Press Trust of India": ("PTI",),
    "IANS": (),
    "Bloomberg": ("Bloomberg News",),
}
_BY_NAME = {form.casefold(): name for name, short in _AGENCIES.items() for form in (name, *short)}
# Signatures are matched in their own case ("PA", not "pa"); full names also in capitals, as by-lines print them.
_SIGNED = {form for name, short in _AGENCIES.items() for form in (name, name.upper(), *short)}
_FORMS = "|".join(sorted(map(re.escape, _SIGNED), key=lambda form: (-len(form), form)))
_CREDIT_LINE = re.compile(
    rf"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\))[^.\n]{{0,30}}?\b({_FORMS})\b|\(({_FORMS})\)\s*[-—–]|^\s*(?:[Bb]y\s+|BY\s+)?(?:[Tt]he\s+|THE\s+)?({_FORMS})\s*$"
    rf"|[-—–/]\s*({_FORMS})\s*$",
    re.MULTILINE,
)
# "NORVIK, Marrania (Longshore) — ": whoever stands in the brackets of a date line sent the copy, known or not.
_DATELINE = re.compile(r"^[A-Z]{3}[^\n()]{0,60}\(([A-Z][\w .&-]{1,40})\)\s*[—–-]", re.MULTILINE)
# A date line stands at the beginning, its place in capitals; so far into the text it may come.
_HEAD = 1500
_PICTURE = re.compile(r"\b(?:pictures?|photos?|photographs?|image|video|credit)\b[^\n]{0,20}$", re.IGNORECASE)
_CREDIT_ADDRESS = re.compile(r"/(?:wires?/)?(aponline|ap|afp|pa|reuters)/", re.IGNORECASE)
_ADDRESS_NAMES = {"aponline": "Associated Press"}
_WORD = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\d?\.|m\.|edition\.)?([^/:]+)")
_ENDINGS = re.compile(r"(?:\.(?:co|com|org|net|gov|ac|edu))?\.[a-z]{2,12}$")
_LITTLE = frozenset("the of and online newspaper".split())


def agency(name: str) -> str | None:
    """Return the full name of a known news agency, or None."""
    plain = re.sub(r"^the\s+", "", name.strip().strip("()[].").casefold())
    return _BY_NAME.get(plain)


def credit(report: Report, reading: Reading) -> str | None:
    """Return the agency that a report credits for its text: in its address, credit or copyright line, else None.

    The credit of a picture is not a credit for the text.
    """
    info = report.info
    if info.url and (match := _CREDIT_ADDRESS.search(info.url.value)):
        found = match.group(1).casefold()
        return _ADDRESS_NAMES.get(found) or agency(found)
    if info.author and (known := agency(info.author.value)):
        return known
    captions = [passage.span for passage in report.passages if passage.kind is PassageKind.CAPTION]
    for match in _CREDIT_LINE.finditer(report.text):
        if not any(span.start <= match.start() < span.end for span in captions):
            return agency(next(group for group in match.groups() if group))
    if match := _DATELINE.search(report.text[:_HEAD]):
        return agency(match.group(1)) or match.group(1)
    for citation in reading.citations:
        picture = _PICTURE.search(report.text[max(0, citation.span.start - 40) : citation.span.start])
        inside = picture or any(span.overlaps(citation.span) for span in captions)
        if citation.kind is CitationKind.CREDIT and not inside:
            return agency(citation.name) or citation.name
    return None


def outlet_keys(outlet: str) -> frozenset[str]:
    """Return the squeezed forms by which an outlet's name or address can be recognised."""
    if " " not in outlet.strip() and (match := _DOMAIN.match(outlet.strip().casefold())) and "." in outlet:
        squeezed = _ENDINGS.sub("", match.group(1))
        return frozenset({squeezed.replace("-", "").replace(".", ""), squeezed.split(".")[-1].replace("-", "")})
    return name_keys(outlet)


def name_keys(name: str) -> frozenset[str]:
    """Return the squeezed forms under which a name of an outlet may stand in an address."""
    parts = [word for word in _WORD.findall(name.casefold()) if word not in _LITTLE]
    if not parts:
        return frozenset()
    whole, first = "".join(parts), "".join(part[0] for part in parts)
    forms = {
        whole,
        "".join(part[0] for part in parts[:-1]) + parts[-1],
        f"the{whole}",
        f"{whole}news",
        f"{whole}online",
    }
    return frozenset({*forms, first} if len(first) > 2 else forms)


def is_outlet(name: str, outlet: str) -> bool:
    """True when a name in a text and the outlet of a report are the same carrier."""
    return bool(name_keys(name) & outlet_keys(outlet))
