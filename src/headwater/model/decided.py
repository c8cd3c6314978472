"""What decisions ask of reading, tracing and weighing, said of statements, mentions and figures.

Groups (sources, utterances, origins, claims) are made anew whenever a case is, so that nothing here names one by its
id; whom a person meant is told by what it was made of. `Decided()` asks for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from headwater.model.readings import Mention, Reading, Statement
from headwater.model.spans import Place, Span
from headwater.model.traces import Reason
from headwater.model.words import SubjectKind

BY_PERSON = "decided by a person"


class Stood(NamedTuple):
    """Where a statement, mention or figure that a decision names stood: it is found there when its id is gone."""

    id: str
    kind: SubjectKind
    place: Place


class Ruling(NamedTuple):
    """A record that is left out, the id of the decision, and where it stood, when that is known."""

    id: str
    decision: str
    stood: Stood | None = None


class Given(NamedTuple):
    """A statement that somebody else said: `mention` is of its report, perhaps made for this; None is nobody."""

    statement: str
    mention: Mention | None
    decision: str


class Together(NamedTuple):
    """Statements, mentions or figures (ids) that are one, by these decisions."""

    members: tuple[str, ...]
    decisions: tuple[str, ...]


class Apart(NamedTuple):
    """Of `one` and `other` no two are one. `independent`: a person says that they are two, each for itself."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    decision: str
    independent: bool = False


class Binding(NamedTuple):
    """What must be together and apart at one level. Sets that are together share nothing and no wall parts them."""

    together: tuple[Together, ...] = ()
    apart: tuple[Apart, ...] = ()


_FREE = Binding()


class Unlinked(NamedTuple):
    """Two that do not answer one another: a claim (by its members) and a statement, or two claims."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    decision: str


class Named(NamedTuple):
    """The name that a person gave to a source, origin or claim, found by what it is made of, its founder first."""

    kind: SubjectKind
    members: tuple[str, ...]
    name: str
    decision: str


@dataclass(frozen=True, slots=True)
class Decided:
    """All that the decisions which hold ask for, with no two of them against one another.

    `left_out` are statements and figures; `links` and `reuse` are left out by id. `sources` bind mentions,
    `utterances` statements, `origins` and `claims` statements and figures. `unanswered` are claims and the statements
    that do not deny or qualify them, `agreeing` pairs of claims that do not contradict one another. `stood` tells where
    all that is named stood, but for what is left out. An id may be one that only tracing makes; whatever is not there
    is passed over.
    """

    left_out: tuple[Ruling, ...] = ()
    given: tuple[Given, ...] = ()
    links: tuple[Ruling, ...] = ()
    reuse: tuple[Ruling, ...] = ()
    sources: Binding = _FREE
    utterances: Binding = _FREE
    origins: Binding = _FREE
    claims: Binding = _FREE
    unanswered: tuple[Unlinked, ...] = ()
    agreeing: tuple[Unlinked, ...] = ()
    names: tuple[Named, ...] = ()
    stood: tuple[Stood, ...] = ()


class Leaves:
    """The statements, mentions and figures of readings, found by id, else by the place where they stood."""

    def __init__(self, readings: Iterable[Reading], stood: Iterable[Stood] = ()) -> None:
        self._readings = tuple(readings)
        self._stood = {each.id: each for each in stood}

    @cached_property
    def kinds(self) -> dict[str, SubjectKind]:
        """What each id is, made when first asked for: a case without decisions asks for nothing."""
        out: dict[str, SubjectKind] = {}
        for reading in self._readings:
            out.update((each.id, SubjectKind.STATEMENT) for each in reading.statements)
            out.update((each.id, SubjectKind.MENTION) for each in reading.mentions)
            out.update((each.id, SubjectKind.FIGURE) for each in reading.figures)
        return out

    @cached_property
    def _statements(self) -> dict[str, dict[str, Statement]]:
        out: dict[str, dict[str, Statement]] = defaultdict(dict)
        for reading in self._readings:
            out[reading.report].update((each.id, each) for each in reading.statements)
        return out

    @cached_property
    def _mentions(self) -> dict[Place, str]:
        return {
            Place(each.report, each.span): each.id for one in reversed(self._readings) for each in one.mentions[::-1]
        }

    @cached_property
    def _figures(self) -> dict[Place, str]:
        return {
            Place(each.report, each.span): each.id for one in reversed(self._readings) for each in one.figures[::-1]
        }

    def now(self, ident: str) -> tuple[str, ...]:
        """Return the ids that stand for a statement, mention or figure now: itself, its parts, what it is part of."""
        if ident in self.kinds:
            return (ident,)
        stood = self._stood.get(ident)
        return self.standing(stood) if stood else ()

    def standing(self, stood: Stood) -> tuple[str, ...]:
        """Return the ids of what stands where something stood."""
        if stood.kind is SubjectKind.STATEMENT:
            return self._at(stood.place)
        found = (self._mentions if stood.kind is SubjectKind.MENTION else self._figures).get(stood.place)
        return (found,) if found else ()

    def all_now(self, idents: Iterable[str]) -> tuple[str, ...]:
        """Return what stands for each of several ids, once each."""
        return tuple(dict.fromkeys(one for ident in idents for one in self.now(ident)))

    def _at(self, place: Place) -> tuple[str, ...]:
        """The statements that a place was parted into, else the smallest it is part of; never what is only near."""
        spans = {one.id: whole(one) for one in self._statements.get(place.report, {}).values()}
        within = {ident for ident, span in spans.items() if place.span.contains(span)}
        # What is quoted inside one of them is a statement of its own, and was one before.
        outer = [
            one.id
            for one in self._statements.get(place.report, {}).values()
            if one.id in within and one.inside not in within
        ]
        if outer:
            return tuple(outer)
        around = [ident for ident, span in spans.items() if span.contains(place.span)]
        return (min(around, key=lambda ident: (spans[ident].length, ident)),) if around else ()


def whole(statement: Statement) -> Span:
    """Return the stretch from the first to the last word of what was said."""
    return Span(statement.content[0].start, statement.content[-1].end)


def by_person(text: str, decisions: Iterable[str], places: tuple[Place, ...] = ()) -> Reason:
    """Return the reason of something that a person decided; `text` is a sentence without its full stop."""
    named = tuple(decisions)
    return Reason(BY_PERSON, f"{text} ({'decisions' if len(named) > 1 else 'decision'} {', '.join(named)}).", places)
