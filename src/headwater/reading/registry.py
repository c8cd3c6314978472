"""Which reader reads a report: the built-in ones, and those that other packages bring as entry points.

Readers are chosen by name, so that a reading process can be told which one to make. Nothing is loaded before it is
needed; what was loaded is kept for the life of the process. The rules of choosing stand in docs/readers.md.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from headwater.errors import ReaderUnusable
from headwater.model import Maker
from headwater.reading.english.reader import EnglishReader, EnglishRules
from headwater.reading.interface import Reader, Unread

GROUP = "headwater.readers"
DEFAULT = "english"
# Opens no model; it is what is left when a model is damaged or not wanted.
RULES = "english-rules"
UNREAD = Unread()

# The built-in readers by the name that a person types; all of them read English.
_BUILT_IN: Mapping[str, Callable[[], Reader]] = {DEFAULT: EnglishReader, RULES: EnglishRules}
_ENGLISH = frozenset({"en"})

# What a module that is missing, broken or short of a file raises while it is imported and its reader made.
_LOADING = (ImportError, SyntaxError, AttributeError, TypeError, ValueError, LookupError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Known:
    """A reader under its name, with the languages that it reads (two-letter codes)."""

    name: str
    reader: Reader
    languages: frozenset[str]


def reader_for(language: str | None, named: str | None = None) -> Reader:
    """Return the reader of a report in `language` (a code, None when unknown); `named` is the one a person chose.

    The chosen reader reads its own languages and what is in an unknown one; every other report is read as if nobody
    had chosen: English and unknown by the default reader, another language by the one plug-in that reads it, else by
    nobody.
    Raises ReaderUnusable when there is no such reader, when it cannot be loaded, or when two plug-ins could be meant.
    """
    code = _code(language) if language else None
    if named is not None:
        chosen = known(named)
        if code is None or code in chosen.languages:
            return chosen.reader
    if code is None or code in _ENGLISH:
        return known(DEFAULT).reader
    return _installed_for(code)


@cache
def known(name: str) -> Known:
    """Return the reader that is called `name`. Raises ReaderUnusable."""
    make = _BUILT_IN.get(name)
    if make:
        return Known(name, make(), _ENGLISH)
    plug_ins = _plug_ins()
    if name not in plug_ins:
        raise ReaderUnusable(
            f"There is no reader called “{name}”.",
            next_step=f"Name one of these: {', '.join([*_BUILT_IN, *plug_ins])}.",
        )
    return _loaded(plug_ins[name])


@cache
def _installed_for(code: str) -> Reader:
    claiming = [each for each in map(known, _plug_ins()) if code in each.languages]
    if len(claiming) > 1:
        names = " and ".join(f"“{each.name}”" for each in claiming)
        raise ReaderUnusable(
            f"The readers {names} are installed and all read the language “{code}”.",
            next_step=f"Choose one, for example with --reader {claiming[0].name}.",
        )
    return claiming[0].reader if claiming else UNREAD


@cache
def _plug_ins() -> dict[str, Any]:
    """Return the entry points of the installed plug-ins by name, in order of their names."""
    # importlib.metadata takes longer to load than most commands take to start, and few ever need it.
    metadata = importlib.import_module("importlib.metadata")
    points: dict[str, Any] = {}
    for point in sorted(metadata.entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        other = points.setdefault(point.name, point)
        if point.name in _BUILT_IN or other.value != point.value:
            theirs = "Headwater itself" if point.name in _BUILT_IN else _package(other)
            raise ReaderUnusable(
                f"A reader of the package {_package(point)} is called “{point.name}”, as is one of {theirs}.",
                next_step=f"Take one of the packages away, for example with: pip uninstall {_package(point)}.",
            )
    return points


def _loaded(point: Any) -> Known:
    try:
        reader = point.load()()
        fault = _fault(reader)
        languages = () if fault else reader.languages
    except _LOADING as error:
        raise _unusable(point, f"making it failed with {type(error).__name__}: {error}") from error
    if fault:
        raise _unusable(point, fault)
    return Known(point.name, reader, frozenset(map(_code, languages)))


def _fault(reader: object) -> str | None:
    """Say what a plug-in lacks to be a reader, None when nothing."""
    if not callable(getattr(reader, "read", None)):
        return "what it makes has no method `read`"
    if not isinstance(getattr(reader, "maker", None), Maker):
        return "what it makes has no `maker` that is a headwater.model.Maker"
    languages = getattr(reader, "languages", None)
    # A string would be taken letter by letter: “de” would claim the languages “d” and “e”.
    if not isinstance(languages, tuple) or not languages or not all(isinstance(each, str) for each in languages):
        return "what it makes has no `languages` that are a tuple of codes, such as (“de”,)"
    return None


def _unusable(point: Any, why: str) -> ReaderUnusable:
    return ReaderUnusable(
        f"The reader “{point.name}” of the package {_package(point)} cannot be used: {why}.",
        next_step=f"Mend the package, or take it away with: pip uninstall {_package(point)}.",
    )


def _package(point: Any) -> str:
    return str(point.dist.name) if point.dist else point.value


def _code(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]
