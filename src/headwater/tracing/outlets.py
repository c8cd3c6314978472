"""Outlets and agencies as the reports write them: is "Daily Harbour" the outlet dailyharbour.example.

A short list of news agencies by their own names, extended here; nothing about any one report.
"""

from __future__ import annotations

import re

# Agencies whose copy other outlets print, with the short forms they sign with.
AGENCIES = {
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
_BY_NAME = {form.casefold(): name for name, short in AGENCIES.items() for form in (name, *short)}
_WORD = re.compile(r"[^\W_]+")
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\d?\.|m\.|edition\.)?([^/:]+)")
_ENDINGS = re.compile(r"(?:\.(?:co|com|org|net|gov|ac|edu))?\.[a-z]{2,12}$")
_LITTLE = frozenset("the of and online newspaper".split())


def agency(name: str) -> str | None:
    """Return the full name of a known news agency, or None."""
    plain = re.sub(r"^the\s+", "", name.strip().strip("()[].").casefold())
    return _BY_NAME.get(plain)


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
