"""A copy of an invented case, as far as decisions go: what people do to it, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from headwater.deciding import answered, bring, bringing_back, standing, taking_back
from headwater.model import Decision, Handling, People, Subject, SubjectKind, Verb

STATEMENTS = tuple(Subject(SubjectKind.STATEMENT, f"statement-{name}") for name in "abcdef")
UTTERANCES = (
    Subject(SubjectKind.UTTERANCE, "utterance-1", ("statement-a", "statement-b")),
    Subject(SubjectKind.UTTERANCE, "utterance-2", ("statement-c", "statement-d")),
    Subject(SubjectKind.UTTERANCE, "utterance-3", ("statement-e", "statement-f")),
)
SOURCES = (
    Subject(SubjectKind.SOURCE, "source-1", ("mention-a", "mention-b")),
    Subject(SubjectKind.SOURCE, "source-2", ("mention-c",)),
)
CLAIMS = (
    Subject(SubjectKind.CLAIM, "claim-1", ("statement-b", "figure-1")),
    Subject(SubjectKind.CLAIM, "claim-2", ("statement-c",)),
)


@dataclass
class Copy:
    """One copy; `name` makes its ids unlike those of other copies."""

    name: str
    decisions: list[Decision] = field(default_factory=list)
    handlings: list[Handling] = field(default_factory=list)
    made: int = 0

    @property
    def people(self) -> People:
        """What people said in this copy."""
        return People(tuple(self.decisions), tuple(self.handlings))

    def decide(self, verb: Verb, subjects: Sequence[Subject], value: str = "") -> Decision:
        """Store a decision that knows all that stands here."""
        self.made += 1
        new = Decision(
            f"decision-{self.name}{self.made}", verb, tuple(subjects), value, "", self.name, f"2031-01-{self.made}", ""
        )
        new = new if verb in {Verb.UNDO, Verb.REDO} else answered(new, self.decisions)
        self.decisions.append(new)
        return new

    def undo(self, wanted: str | None = None) -> bool:
        """Take back the decision `wanted`, or the one that is next; False when there is nothing to take back."""
        upcoming = standing(self.decisions).undo
        name = wanted or (upcoming.id if upcoming else "")
        subjects = taking_back(self.decisions, name)
        if subjects:
            self.decide(Verb.UNDO, subjects)
        return bool(subjects)

    def redo(self, wanted: str | None = None) -> bool:
        """Bring back the decision `wanted`, or the one that is next; False when there is nothing to bring back."""
        upcoming = standing(self.decisions).redo
        name = wanted or (upcoming.id if upcoming else "")
        subjects = bringing_back(self.decisions, name)
        if subjects:
            self.decide(Verb.REDO, subjects)
        return bool(subjects)

    def bring(self, other: Copy) -> int:
        """Take over what the other copy has; return how much that was."""
        brought = bring(self.people, other.people)
        self.decisions += brought.decisions
        self.handlings += brought.handlings
        return len(brought.decisions) + len(brought.handlings)

    def holding(self) -> set[str]:
        """Return the ids of what holds."""
        return {each.id for each in standing(self.decisions).holding}

    def copied(self, name: str) -> Copy:
        """Return a copy of this copy."""
        return Copy(name, list(self.decisions), list(self.handlings))


operations = st.one_of(
    st.tuples(st.sampled_from([Verb.CONFIRM, Verb.REJECT]), st.sampled_from(STATEMENTS[:3])),
    st.tuples(st.sampled_from([Verb.MERGE, Verb.SPLIT]), st.permutations(UTTERANCES)),
    st.tuples(st.just(Verb.SPLIT), st.just((UTTERANCES[0], STATEMENTS[1]))),
    st.tuples(st.sampled_from([Verb.RENAME, Verb.REATTRIBUTE]), st.sampled_from(SOURCES), st.sampled_from("xy")),
    st.tuples(st.just(Verb.NOTE), st.sampled_from(SOURCES), st.just("seen")),
    st.tuples(st.sampled_from([Verb.UNDO, Verb.REDO]), st.none() | st.integers(0, 60)),
)
"""One thing that somebody does; the number of an UNDO or REDO chooses a decision, None the next one."""


def do(copy: Copy, operation: tuple[object, ...]) -> None:
    """Do one thing in a copy; what is not possible there is left out."""
    match operation:
        case (Verb.UNDO | Verb.REDO as verb, None):
            copy.undo() if verb is Verb.UNDO else copy.redo()
        case (Verb.UNDO | Verb.REDO as verb, int() as number):
            if copy.decisions:
                wanted = copy.decisions[number % len(copy.decisions)].id
                copy.undo(wanted) if verb is Verb.UNDO else copy.redo(wanted)
        case (Verb() as verb, Subject() as subject, *value):
            copy.decide(verb, (subject,), str(value[0]) if value else "")
        case (Verb() as verb, subjects):
            assert isinstance(subjects, (tuple, list))
            copy.decide(verb, subjects[:2])
        case _:
            raise AssertionError(operation)
