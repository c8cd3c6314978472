"""What a person names, found in a case: by an id, by the beginning of one, or by words that one statement carries.

Finding is exact or it is refused: what could be several things is told with all of them, never chosen among.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from headwater.errors import CannotDecide
from headwater.model import (
    Case,
    Claim,
    Decision,
    Figure,
    Link,
    Mention,
    Origin,
    Place,
    Report,
    Reuse,
    Source,
    Span,
    Statement,
    Subject,
    SubjectKind,
    Utterance,
    keys,
)

Record = Report | Statement | Mention | Figure | Source | Utterance | Origin | Claim | Link | Reuse

_LIKE_AN_ID = re.compile(r"[a-z]+-[0-9a-f]*[…*]?", re.IGNORECASE)
_TOLD = 5  # of what it could be
_WORDS = 60


class Index:
    """The records of a case that a decision can be about, by id, and where and of what they are."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.reports = {report.id: report for report in case.received.reports}
        self.records: dict[str, tuple[SubjectKind, Record]] = {each.id: (kind, each) for kind, each in _records(case)}
        arrival = {report: at for at, report in enumerate(self.reports)}
        self._order = {
            each.id: (arrival[each.report], _span(each), each.id)
            for _, each in self.records.values()
            if isinstance(each, Statement | Mention | Figure)
        }

    def kinds(self) -> dict[str, SubjectKind]:
        """Return what each id is the id of."""
        return {ident: kind for ident, (kind, _) in self.records.items()}

    def subject(self, named: str) -> Subject:
        """Return what `named` names: an id, its unique beginning, or words of one statement. Raises CannotDecide."""
        word = named.strip().strip("“”\"'‘’").strip()
        found = [word] if word in self.records else self._beginning(word)
        if len(found) > 1:
            raise _several(named, [self.told(each) for each in found])
        if not found:
            found = self._carrying(named, word)
        return self.subject_of(found[0])

    def subject_of(self, ident: str) -> Subject:
        """Return the record with this id as what a decision is about: its members in the order of their arrival."""
        kind, record = self.records[ident]
        members = tuple(sorted((each for each in _members(record) if each in self._order), key=self._order.__getitem__))
        founder = self.records[members[0]][1] if members else record
        return Subject(kind, ident, members, self._place(founder))

    def members(self, subject: Subject) -> list[Statement | Mention | Figure]:
        """Return what a subject is made of, its founder first."""
        found = (self.records[each][1] for each in subject.members if each in self.records)
        return [each for each in found if isinstance(each, Statement | Mention | Figure)]

    def told(self, ident: str) -> str:
        """Return an id with the words by which a person knows what it is."""
        _, record = self.records[ident]
        words = record.info.called if isinstance(record, Report) else getattr(record, "text", "")
        words = " ".join((words or getattr(record, "name", "")).split())
        cut = words if len(words) <= _WORDS else f"{words[:_WORDS].rpartition(' ')[0]}…"
        return f"{ident} (“{cut}”)" if cut else ident

    def _beginning(self, word: str) -> list[str]:
        start = word.rstrip("…*").casefold()
        return [each for each in self.records if each.startswith(start)] if _LIKE_AN_ID.fullmatch(word) else []

    def _carrying(self, named: str, word: str) -> list[str]:
        """Return the one statement that carries the words; the inner one where one is quoted inside another."""
        if _LIKE_AN_ID.fullmatch(word):
            raise CannotDecide(
                f"Nothing in this case has an id that begins with “{word.rstrip('…*')}”.",
                next_step='See the ids with `headwater show CASE "WORDS"`.',
            )
        wanted = f" {' '.join(keys(word))} "
        found = [
            each
            for kind, each in self.records.values()
            if isinstance(each, Statement) and wanted.strip() and wanted in f" {' '.join(keys(each.text))} "
        ]
        outer = {each.inside for each in found}
        inner = [each.id for each in found if each.id not in outer]
        if not inner:
            raise CannotDecide(
                f"No statement in this case carries the words “{word}”.",
                next_step='See what is there with `headwater show CASE "WORDS"`, and give its id or other words.',
            )
        if len(inner) > 1:
            raise _several(named, [self.told(each) for each in inner])
        return inner

    def _place(self, record: Record) -> Place | None:
        match record:
            case Statement() | Mention() | Figure():
                return Place(record.report, _span(record))
            case Link():
                return record.later
            case Reuse():
                return record.a
            case _:
                return None


def decision_named(named: str, decisions: Iterable[Decision]) -> Decision:
    """Return the decision with this id, or with the only id that begins so. Raises CannotDecide."""
    start = named.strip().rstrip("…*").casefold()
    found = [each for each in decisions if start and each.id.startswith(start)]
    exact = [each for each in found if each.id == start]
    if len(exact or found) > 1:
        raise _several(named, [each.id for each in found])
    if not found:
        raise CannotDecide(
            f"There is no decision “{named}” in this case.", next_step="See them with `headwater decisions CASE`."
        )
    return (exact or found)[0]


def _records(case: Case) -> Iterator[tuple[SubjectKind, Record]]:
    traced = case.traced
    yield from ((SubjectKind.REPORT, each) for each in case.received.reports)
    for reading in case.readings:
        yield from ((SubjectKind.STATEMENT, each) for each in reading.statements)
        yield from ((SubjectKind.MENTION, each) for each in reading.mentions)
        yield from ((SubjectKind.FIGURE, each) for each in reading.figures)
    yield from ((SubjectKind.SOURCE, each) for each in traced.sources)
    yield from ((SubjectKind.UTTERANCE, each) for each in traced.utterances)
    yield from ((SubjectKind.ORIGIN, each) for each in traced.origins)
    yield from ((SubjectKind.CLAIM, each) for each in case.weighed.claims)
    yield from ((SubjectKind.LINK, each) for each in traced.links)
    yield from ((SubjectKind.REUSE, each) for each in traced.reuse)


def _members(record: Record) -> Iterable[str]:
    match record:
        case Source():
            return record.mentions
        case Utterance():
            return record.statements
        case Origin() | Claim():
            return chain(record.statements, record.figures)
        case _:
            return ()


def _span(record: Statement | Mention | Figure) -> Span:
    if isinstance(record, Statement):
        return Span(record.content[0].start, record.content[-1].end)
    return record.span


def _several(named: str, could_be: list[str]) -> CannotDecide:
    more = f" and {len(could_be) - _TOLD:,} more" if len(could_be) > _TOLD else ""
    return CannotDecide(
        f"“{named}” could be {len(could_be):,} things: {', '.join(could_be[:_TOLD])}{more}.",
        next_step="Give the id of the one that you mean, or more of it.",
    )
