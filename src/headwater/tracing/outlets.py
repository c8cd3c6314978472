"""Outlets and agencies as the reports write them: is "Daily Harbour" the outlet dailyharbour.example.

The news agencies stand in a list beside this module, to be extended there; nothing about any one report.
"""

from __future__ import annotations

import re
from importlib.resources import files

_LIST = "agencies.txt"


def _listed() -> dict[str, tuple[str, ...]]:
    """Read the list of agencies: the name of each, and the short forms that it signs with."""
    lines = files("headwater.tracing").joinpath(_LIST).read_text(encoding="utf-8").splitlines()
    entries = ([part.strip() for part in line.split("|")] for line in lines if line.strip() and line[0] != "#")
    return {name: tuple(short) for name, *short in entries}


# Agencies whose copy other outlets print, with the short forms they sign with.
AGENCIES = _listed()
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
