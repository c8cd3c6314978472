"""The one gate through which everything leaves a case: pages, exports and answers for other programs.

What leaves is made from the protected view of the case, and what was made is searched for every protected name before
any of it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

from headwater.errors import InternalError, WouldLeak
from headwater.model import Case, People, SubjectKind
from headwater.protection import Leak, Plan, Replacer, apply, plan, scan
from headwater.protection.scan import folded_bytes
from headwater.protection.shadow import folded

_SHOWN = 3  # places that the sentence of an error names
# The rooms whose words are printed, with the kinds of files that hold them.
_PRINTING = ("dossier", "exchange", "intake", "model", "pipeline", "reading", "tracing", "weighing")
_KINDS = (".py", ".html", ".css")
_NOT_PRINTED = re.compile(rb'"""(?:.|\n)*?"""|#[^\n]*')


@dataclass(frozen=True)
class Leaving:
    """A case as it may leave: the plan for it, and a sentence that says what is protected, empty where nothing is.

    `secret` are the random bytes that the case keeps for its new ids.
    """

    whole: Case = field(repr=False)
    plan: Plan
    notice: str
    secret: bytes = field(repr=False)

    @cached_property
    def case(self) -> Case:
        """The protected view, made when it is first asked for; the case itself where nothing is protected."""
        return apply(self.whole, self.plan, self.secret)

    def words(self, text: str) -> str:
        """Return `text`, such as a title that a person gave, with every protected name replaced."""
        return Replacer(self.plan).text(text) if self.plan else text


def leaving(case: Case, people: People, secret: bytes) -> Leaving:
    """Return a case as it may leave. `secret` are the random bytes that the case keeps for its new ids.

    Raises InternalError when something is protected and there is no secret.
    """
    found = plan(case, people.handlings)
    if found and not secret:
        raise InternalError.of("a case with protected names has no secret for its pseudonyms")
    return Leaving(case, found, notice(found), secret)


def check_leaving(made: Mapping[str, bytes], found: Plan) -> None:
    """Raise WouldLeak when a protected name stands in `made` (by file name) in any shape that the scan knows."""
    leaks = scan(made, found, own=own_words()) if found else []
    if leaks:
        raise WouldLeak(
            f"{_many(len(leaks), 'protected name')} would have left the case: {_where(leaks)}.",
            safe="Nothing was written.",
            next_step="Add the wording that was missed with `headwater protect`, or take the packed part out.",
        )


def notice(found: Plan) -> str:
    """Return what is protected, in a sentence for the first page; empty where nothing is."""
    sources, reports = found.of(SubjectKind.SOURCE), found.of(SubjectKind.REPORT)
    renamed = "appears under a pseudonym", "appear under pseudonyms"
    silent = "appears under a pseudonym and without its words", "appear under pseudonyms and without their words"
    said = [
        *_part(sum(not each.withheld for each in sources), "source", renamed),
        *_part(sum(each.withheld for each in sources), "source", silent),
        *_part(sum(not each.withheld for each in reports), "report", renamed),
        *_part(sum(each.withheld for each in reports), "report", ("is withheld", "are withheld")),
    ]
    return f"{'; '.join(said)}. Quoted words can still be found by searching for them." if said else ""


def _part(number: int, what: str, verbs: tuple[str, str]) -> Iterator[str]:
    if number:
        yield f"{_many(number, what)} {verbs[number > 1]}"


def _where(leaks: list[Leak]) -> str:
    places = [f"{each.pseudonym or 'not known whose'} in {each.file} ({each.shape})" for each in leaks[:_SHOWN]]
    more = len(leaks) - len(places)
    return "; ".join([*places, *([f"and {more:,} more"] if more else [])])


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def not_searched(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the names that are a single word of Headwater's own: replaced, but not looked for afterwards."""
    return tuple(each for each in names if folded(each).strip() in own_words())


@cache
def own_words() -> frozenset[str]:
    """Return every folded word that Headwater itself may print: a name that is one of them cannot be told from it."""
    found: set[str] = set()
    for room in _PRINTING:
        for data in _sources(files("headwater") / room):
            found.update(folded_bytes(_NOT_PRINTED.sub(b" ", data)).decode("utf-8", "replace").split())
    return frozenset(found)


def _sources(folder: Traversable) -> Iterator[bytes]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(_KINDS):
            yield each.read_bytes()
