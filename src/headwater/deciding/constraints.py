"""From the decisions that hold to what they ask of reading, tracing and weighing.

A subject is found by what it was made of, and each of these by its id, else where it stood. What is not found is
said, and never given to something that is only like it. Of two decisions about one thing the later one wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from headwater.deciding.levels import Merged, Parted, replayed
from headwater.deciding.verbs import GROUPS
from headwater.model import (
    Decided,
    Decision,
    Given,
    Leaves,
    Mention,
    Named,
    Place,
    Reading,
    Ruling,
    SourceKind,
    Span,
    Statement,
    Stood,
    Subject,
    SubjectKind,
    Unlinked,
    Verb,
    make_id,
    source_id,
    whole,
)

_IDENT = re.compile(r"(?:mention|source)-[0-9a-f]{16}")
_LITTLE = frozenset("a an and at by de for in of on the to van von".split())


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A decision of which something is not found, or cannot be done: why, in a sentence."""

    decision: str
    subject: str
    sentence: str


def constraints(decisions: Sequence[Decision], readings: Iterable[Reading]) -> tuple[Decided, tuple[Unresolved, ...]]:
    """Return what the holding decisions ask for, and what of them finds nothing among `readings`.

    `decisions` are those that hold, in the order in which they were made. `readings` are those that the reader made;
    statements that only tracing makes (parts of quotations, repeats) are found when its readings stand beside them,
    and asked for in any case. Raises nothing of its own.
    """
    maker = _Maker(tuple(readings))
    for at, decision in enumerate(decisions):
        maker.take(at, decision)
    return maker.made(), tuple(maker.unresolved)


@dataclass(slots=True)
class _Events:
    sources: list[Merged | Parted] = field(default_factory=list)
    utterances: list[Merged | Parted] = field(default_factory=list)
    origins: list[Merged | Parted] = field(default_factory=list)
    claims: list[Merged | Parted] = field(default_factory=list)

    def of(self, kind: SubjectKind) -> list[Merged | Parted]:
        return {
            SubjectKind.SOURCE: self.sources,
            SubjectKind.UTTERANCE: self.utterances,
            SubjectKind.ORIGIN: self.origins,
            SubjectKind.CLAIM: self.claims,
        }[kind]


_Pair = tuple[str, ...]


class _Maker:
    """Takes one decision after the other; what a later one says of a thing replaces what an earlier one said."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self.unresolved: list[Unresolved] = []
        self._reports = {reading.report for reading in readings}
        self._statements = {each.id: each for reading in readings for each in reading.statements}
        self._mentions = {each.id: each for reading in readings for each in reading.mentions}
        self._places = {ident: Place(each.report, whole(each)) for ident, each in self._statements.items()}
        self._places |= {ident: Place(each.report, each.span) for ident, each in self._mentions.items()}
        self._places |= {each.id: Place(each.report, each.span) for reading in readings for each in reading.figures}
        self._leaves = Leaves(readings)
        self._founded = {source_id(ident): each for ident, each in self._mentions.items()}
        self._stood: dict[str, Stood] = {}
        self._out: dict[tuple[SubjectKind, str], str] = {}
        self._given: dict[str, Given] = {}
        self._pairs: dict[_Pair, Unlinked] = {}
        self._agreeing: dict[_Pair, Unlinked] = {}
        self._names: dict[tuple[SubjectKind, str], Named] = {}
        self._events = _Events()
        self._made: dict[str, Mention] = {}

    def take(self, at: int, decision: Decision) -> None:
        """Add what one decision asks for."""
        if decision.verb in {Verb.UNDO, Verb.REDO}:
            return
        for subject in decision.subjects:
            self._remember(subject)
            if not self._is_there(subject) and not self._is_out(decision, subject):
                self._miss(decision, subject, self._why_gone(subject))
        match decision.verb:
            case Verb.CONFIRM:
                self._confirmed(decision)
            case Verb.REJECT:
                self._rejected(decision)
            case Verb.MERGE:
                self._merged(at, decision)
            case Verb.SPLIT:
                self._split(at, decision)
            case Verb.REATTRIBUTE:
                self._given_to(at, decision)
            case Verb.RENAME:
                subject = decision.subjects[0]
                name = Named(subject.kind, _members(subject), decision.value.strip(), decision.id)
                self._names.pop((subject.kind, subject.id), None)
                self._names[subject.kind, subject.id] = name
            case _:
                pass

    def made(self) -> Decided:
        """Return what all decisions together ask for."""
        events = self._events
        origins, claims = replayed(events.origins), replayed(events.claims)
        # What comes from two origins, or says two things, is not one act of speech.
        utterances = replayed([*events.utterances, *origins.walls, *claims.walls])
        return Decided(
            left_out=self._rulings(SubjectKind.STATEMENT, SubjectKind.FIGURE),
            given=tuple(self._given.values()),
            links=self._rulings(SubjectKind.LINK),
            reuse=self._rulings(SubjectKind.REUSE),
            sources=replayed(events.sources).binding(),
            utterances=utterances.binding(),
            origins=origins.binding(),
            claims=claims.binding(),
            unanswered=tuple(self._pairs.values()),
            agreeing=tuple(self._agreeing.values()),
            names=tuple(self._names.values()),
            stood=tuple(each for each in self._stood.values() if (each.kind, each.id) not in self._out),
        )

    def _rulings(self, *kinds: SubjectKind) -> tuple[Ruling, ...]:
        found = ((ident, decision) for (kind, ident), decision in self._out.items() if kind in kinds)
        return tuple(Ruling(ident, decision, self._stood.get(ident)) for ident, decision in found)

    def _remember(self, subject: Subject) -> None:
        """Keep where what a subject is made of stands, so that it is found there when it is parted."""
        founder = _leaf_kind(subject)
        if founder is not None and subject.place is not None:
            ident = _members(subject)[0]
            self._stood.setdefault(ident, Stood(ident, self._leaves.kinds.get(ident, founder), subject.place))
        for ident in _members(subject):
            if ident in self._places:
                self._stood[ident] = Stood(ident, self._leaves.kinds[ident], self._places[ident])

    def _is_out(self, decision: Decision, subject: Subject) -> bool:
        """True for what is rejected, and is not there: so it was asked, as long as its report is there."""
        kinds = {SubjectKind.STATEMENT, SubjectKind.FIGURE}
        inside = subject.place is not None and subject.place.report in self._reports
        return decision.verb is Verb.REJECT and {each.kind for each in decision.subjects} <= kinds and inside

    def _is_there(self, subject: Subject) -> bool:
        if subject.kind is SubjectKind.REPORT:
            return subject.id in self._reports
        if subject.kind is SubjectKind.DECISION:
            return True
        if subject.kind in {SubjectKind.LINK, SubjectKind.REUSE}:
            return subject.place is None or subject.place.report in self._reports
        members = _members(subject)
        stood = self._stood.get(members[0])
        return any(ident in self._places for ident in members) or bool(stood and self._leaves.standing(stood))

    def _why_gone(self, subject: Subject) -> str:
        if subject.place is not None and subject.place.report not in self._reports:
            return f"The {subject.kind} stands in a report that is not in the case."
        return f"The {subject.kind} is not found any more: the reports are read otherwise now."

    def _miss(self, decision: Decision, subject: Subject, sentence: str) -> None:
        self.unresolved.append(Unresolved(decision.id, subject.id, sentence))

    def _confirmed(self, decision: Decision) -> None:
        key = tuple(sorted(each.id for each in decision.subjects))
        self._pairs.pop(key, None)
        self._agreeing.pop(key, None)
        for subject in decision.subjects:
            self._out.pop((subject.kind, subject.id), None)

    def _rejected(self, decision: Decision) -> None:
        kinds = [each.kind for each in decision.subjects]
        if SubjectKind.CLAIM not in kinds:
            self._out.update({(each.kind, each.id): decision.id for each in decision.subjects})
            return
        one, other = sorted(decision.subjects, key=lambda each: (each.kind is not SubjectKind.CLAIM, each.id))
        key = tuple(sorted((one.id, other.id)))
        pairs = self._agreeing if other.kind is SubjectKind.CLAIM else self._pairs
        pairs[key] = Unlinked(_members(one), _members(other), decision.id)

    def _merged(self, at: int, decision: Decision) -> None:
        sorts = {self._leaves.kinds.get(ident, SubjectKind.STATEMENT) for ident in _all(decision.subjects)}
        if decision.subjects[0].kind is SubjectKind.CLAIM and len(sorts) > 1:
            self._miss(
                decision,
                decision.subjects[0],
                "One of the claims is made of numbers and another of words, so that they stay two.",
            )
            return
        self._events.of(decision.subjects[0].kind).append(Merged(at, _all(decision.subjects), decision.id))

    def _split(self, at: int, decision: Decision) -> None:
        first, *others = decision.subjects
        events = self._events.of(first.kind)
        if all(each.kind is first.kind for each in others):
            own = first.kind in {SubjectKind.SOURCE, SubjectKind.ORIGIN}
            sides = [frozenset(_members(each)) for each in decision.subjects]
            for number, side in enumerate(sides):
                for other in sides[number + 1 :]:
                    events.append(Parted(at, side, other, decision.id, own))
            return
        out = frozenset(each.id for each in others)
        events.append(Parted(at, frozenset(_members(first)) - out, out, decision.id))

    def _given_to(self, at: int, decision: Decision) -> None:
        for subject in decision.subjects:
            statement = self._statements.get(subject.id)
            place = Place(statement.report, whole(statement)) if statement else subject.place
            if place is None or place.report not in self._reports:
                continue
            mention = None
            if value := decision.value.strip():
                mention = self._mention(at, decision, value, place, statement)
                if mention is None:
                    self._miss(decision, subject, "Whom the statement was given to is not in the case any more.")
                    continue
            self._out.pop((subject.kind, subject.id), None)
            self._given[subject.id] = Given(subject.id, mention, decision.id)

    def _mention(
        self, at: int, decision: Decision, value: str, place: Place, statement: Statement | None
    ) -> Mention | None:
        """The mention that a statement is given to: one of its report, else one made where the statement stands."""
        meant = self._mentions.get(value) or self._founded.get(value)
        if meant is None and _IDENT.fullmatch(value):
            return None
        if meant is not None and meant.report == place.report:
            return meant
        words = meant.text if meant else value
        alike = [each for each in self._mentions.values() if _calls(each, words)]
        here = next((each for each in alike if each.report == place.report), None)
        if meant is None and here is not None:
            return here
        model = meant or next(iter(alike), None)
        made = self._make(words, place, statement, model, meant)
        if meant is not None:
            self._events.sources.append(Merged(at, frozenset((meant.id, made.id)), decision.id))
        return made

    def _make(
        self, words: str, place: Place, statement: Statement | None, model: Mention | None, meant: Mention | None
    ) -> Mention:
        """Make a mention at the words that name the source beside the statement, else at the statement itself."""
        ident = make_id("mention", place.report, "given", meant.id if meant else None, words)
        if ident in self._made:
            return self._made[ident]
        named = statement.source_span if statement else None
        span = named or (statement.content[0] if statement else place.span)
        made = Mention(
            id=ident,
            report=place.report,
            text=words,
            span=Span(*span),
            kind=model.kind if model else SourceKind.UNKNOWN,
            named=model.named if model else _is_name(words),
            plural=model.plural if model else False,
            spans=(Span(*named),) if named else (),
        )
        self._made[ident] = made
        return made


def _members(subject: Subject) -> tuple[str, ...]:
    return subject.members or (subject.id,)


def _all(subjects: Iterable[Subject]) -> frozenset[str]:
    return frozenset(ident for each in subjects for ident in _members(each))


def _leaf_kind(subject: Subject) -> SubjectKind | None:
    """What stands at the place of a subject: itself, or its founder."""
    if subject.kind in {SubjectKind.STATEMENT, SubjectKind.MENTION, SubjectKind.FIGURE}:
        return subject.kind
    if subject.kind in GROUPS:
        return SubjectKind.MENTION if subject.kind is SubjectKind.SOURCE else SubjectKind.STATEMENT
    return None


def _calls(mention: Mention, words: str) -> bool:
    return words.casefold() in {mention.text.casefold(), *(alias.casefold() for alias in mention.aliases)}


def _is_name(words: str) -> bool:
    """True when every word but the little ones begins with a capital: "Oda Renn", not "a woman from Tarn"."""
    telling = [word for word in words.split() if word.casefold() not in _LITTLE]
    return bool(telling) and all(word[0].isupper() for word in telling)
