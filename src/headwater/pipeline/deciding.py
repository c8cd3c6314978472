"""A sitting: somebody decides about a case, takes back and brings back; then the results are made anew under it.

Each decision is on the disk before the next one is asked for. Results are made anew once, at the end, and only then:
a run that is stopped or fails there loses no decision.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from headwater import casefile
from headwater.casefile.lock import sole_writer
from headwater.deciding import (
    Conflict,
    Standing,
    about,
    allowed,
    answered,
    bring,
    bringing_back,
    named,
    standing,
    taking_back,
)
from headwater.errors import CannotDecide, HeadwaterError, Stopped
from headwater.model import Case, Decision, Handling, People, Subject, Verb
from headwater.pipeline.returning import withdrawn_from
from headwater.pipeline.shown import reports_in, shown, shown_decision
from headwater.pipeline.subjects import Index, decision_named
from headwater.pipeline.verbs import apart, value_for

Clock = Callable[[], datetime]
Remake = Callable[[Case, Sequence[Decision]], Case]
"""Makes the results of a case anew under the decisions that hold."""

KEPT = "Every decision is kept; the results are as they were before it."


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to decide: the verb, the subjects as they were named, and what goes with it."""

    verb: Verb
    subjects: tuple[str, ...]
    value: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was stored: the decision, its name for people, and what was shown for it.

    Of an UNDO or REDO, `holds` tells whether what it is about is in effect now. `conflicts` are those that it is one
    side of.
    """

    decision: Decision
    name: str
    shown: str
    holds: bool
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """What came over from another copy.

    `only_there` are the files of reports that the other copy has and this one has not; of them `withdrawn` were taken
    out of this copy. `without_words` is the number of decisions that came without words, being about those, and
    `withdrawn_there` the number of decisions that stand here and were withdrawn there.
    """

    decisions: tuple[Decision, ...]
    handlings: tuple[Handling, ...]
    joined: tuple[Handling, ...]
    conflicts: tuple[Conflict, ...]
    here: int
    only_there: tuple[str, ...]
    withdrawn: int
    without_words: int
    withdrawn_there: int


class Sitting:
    """One person at one case. Reads it when it is made; raises what `casefile.read_both` raises."""

    def __init__(self, path: Path, *, clock: Clock, agent: str, key: casefile.Key | None = None) -> None:
        self.path = path
        self._clock = clock
        self._agent = agent
        self._key = key
        self.case, self.people = casefile.read_both(path, key=key)
        self._index = Index(self.case)

    def decide(self, asked: Asked) -> list[Answer]:
        """Store what somebody decided: one decision for all subjects of a merge or split, else one for each.

        Raises CannotDecide, with nothing stored, and what `casefile.decide` raises.
        """
        subjects = tuple(self._index.subject(each) for each in asked.subjects)
        value, given_to = value_for(asked.verb, asked.value, self._index)
        refusal = allowed(asked.verb, subjects, value)
        if refusal:
            raise CannotDecide(refusal, next_step="See what can be decided with `headwater decide --help`.")
        self._refresh()
        drafts = [
            self._draft(casefile.NewDecision(asked.verb, each, value, asked.why), given_to)
            for each in apart(asked.verb, subjects)
        ]
        return self._store(drafts)

    def undo(self, wanted: str | None = None) -> Answer:
        """Take back the decision named, or the one that is next. Raises CannotDecide when there is none."""
        return self._back(Verb.UNDO, wanted)

    def redo(self, wanted: str | None = None) -> Answer:
        """Bring back the decision named, or the one that is next. Raises CannotDecide when there is none."""
        return self._back(Verb.REDO, wanted)

    def merge(self, other: Path, *, key: casefile.Key | None = None) -> Merged:
        """Append what people said in another copy of this case; reads the other copy and changes nothing there.

        Words of reports that were withdrawn here stay there. Raises CannotDecide when the
        other is no copy of this case.
        """
        case, theirs = casefile.read_both(other, key=key)
        own = {report.id for report in self.case.received.reports}
        if own.isdisjoint(report.id for report in case.received.reports):
            raise CannotDecide(
                f"{other} is not a copy of {self.path}: they have no report in common.",
                next_step="Give a copy of the same case.",
            )
        self._refresh()
        made = bring(self.people, theirs)
        gone = self._withdrawn()
        wordless = {each for each, words in made.shown if not gone.isdisjoint(reports_in(words))}
        here = {each.id: each for each in self.people.decisions}
        if made.decisions or made.handlings:
            decisions = tuple(_without_words(each) if each.id in wordless else each for each in made.decisions)
            words = tuple(pair for pair in made.shown if pair[0] not in wordless)
            people = People(decisions, made.handlings, words)
            casefile.bring(self.path, people, now=self._clock(), agent=self._agent, key=self._key)
            self._refresh()
        return Merged(
            made.decisions,
            made.handlings,
            made.joined,
            made.conflicts,
            made.here,
            tuple(report.info.file for report in case.received.reports if report.id not in own),
            sum(report.id in gone for report in case.received.reports),
            len(wordless),
            sum(each.withdrawn and each.id in here and not here[each.id].withdrawn for each in theirs.decisions),
        )

    @property
    def standing(self) -> Standing:
        """What holds now."""
        return standing(self.people.decisions)

    def name(self, decision: Decision) -> str:
        """Return the name of a decision for people."""
        return named(decision, dict(self.people.shown).get(decision.id))

    def waiting(self) -> int:
        """Return how many decisions the results do not show yet."""
        return casefile.behind(self.path, key=self._key)

    def finish(self, remake: Remake) -> tuple[Case, Case]:
        """Make the results anew under all decisions and write them; return the case before and after.

        Raises Stopped and whatever stands in the way; no decision is lost by it.
        """
        target = Path(os.path.realpath(self.path))
        try:
            with sole_writer(target):
                before, people = casefile.read_both(self.path, key=self._key)
                after = remake(before, standing(people.decisions).holding)
                casefile.write_case(
                    self.path,
                    after,
                    now=self._clock(),
                    agent=self._agent,
                    action="made anew under decisions",
                    key=self._key,
                    under=len(people.decisions),
                )
        except KeyboardInterrupt as interrupt:
            raise Stopped(
                "Stopped before the results were made anew.",
                safe=KEPT,
                next_step="Run `headwater decide CASE --recompute` when there is time.",
            ) from interrupt
        except HeadwaterError as error:
            error.safe = KEPT
            raise
        self.case, self.people = after, people
        self._index = Index(after)
        return before, after

    def _draft(self, new: casefile.NewDecision, given_to: str) -> casefile.NewDecision:
        """Return the decision with the earlier ones that it contradicts and with what is shown for it."""
        plain = Decision("", new.verb, new.subjects, new.value, new.why, self._agent, "", "")
        subjects = answered(plain, self.people.decisions).subjects
        answers = {each.id for each in subjects[len(new.subjects) :]}
        before = [each for each in self.people.decisions if each.id in answers]
        return replace(new, subjects=subjects, shown=shown(self._index, new.subjects, given_to=given_to, before=before))

    def _back(self, verb: Verb, wanted: str | None) -> Answer:
        self._refresh()
        now = self.standing
        upcoming = now.undo if verb is Verb.UNDO else now.redo
        chosen = upcoming if wanted is None else decision_named(wanted, self.people.decisions)
        if chosen is None:
            raise _nothing(verb)
        find = taking_back if verb is Verb.UNDO else bringing_back
        subjects = find(self.people.decisions, chosen.id)
        if not subjects:
            raise _not_possible(verb, chosen, self.name(chosen))
        words = shown_decision(chosen)
        (answer,) = self._store([casefile.NewDecision(verb, subjects, "", "", words)])
        holds = any(each.id == chosen.id for each in self.standing.holding)
        return replace(answer, name=self.name(chosen), holds=holds)

    def _store(self, drafts: Sequence[casefile.NewDecision]) -> list[Answer]:
        made = casefile.decide(self.path, drafts, now=self._clock(), agent=self._agent, key=self._key)
        self._refresh()
        now = self.standing
        holding = {each.id for each in now.holding}
        return [
            Answer(
                decision=decision,
                name=named(decision, draft.shown),
                shown=draft.shown,
                holds=decision.id in holding,
                conflicts=tuple(each for each in now.conflicts if decision.id in {side.id for side in each.sides}),
            )
            for decision, draft in zip(made, drafts, strict=True)
        ]

    def _withdrawn(self) -> frozenset[str]:
        """Return the ids of the reports that were withdrawn from this copy and did not come back."""
        here = {report.id for report in self.case.received.reports}
        return frozenset(each.report for each in withdrawn_from(self.path, self._key)) - here

    def _refresh(self) -> None:
        """Read again what people said: others may decide at the same moment, and a decision names what it answers."""
        self.people = casefile.read_people(self.path, key=self._key)


def states(people: People, waiting: int) -> list[tuple[Decision, str]]:
    """Return every decision that is not an UNDO or REDO with how it stands, oldest first.

    "withdrawn", "undone", "in conflict", "overruled", "waiting" (holds, and is among the last `waiting` that the
    results do not show yet) or "holds".
    """
    now = standing(people.decisions)
    groups = {
        "holds": now.holding,
        "overruled": now.overruled,
        "undone": now.undone,
        "in conflict": tuple(side for each in now.conflicts for side in each.sides),
        "withdrawn": now.withdrawn,
    }
    state = {each.id: name for name, group in groups.items() for each in group}
    new = people.decisions[len(people.decisions) - waiting :]
    touched = {each.id for each in new} | {subject.id for each in new for subject in _brought_back(each)}
    return [
        (each, "waiting" if state[each.id] == "holds" and each.id in touched else state[each.id])
        for each in people.decisions
        if each.id in state
    ]


def _brought_back(decision: Decision) -> tuple[Subject, ...]:
    return about(decision) if decision.verb is Verb.REDO else ()


def _without_words(decision: Decision) -> Decision:
    return replace(decision, value="", why="", withdrawn=True)


def _nothing(verb: Verb) -> CannotDecide:
    if verb is Verb.UNDO:
        return CannotDecide("There is no decision to undo.", next_step="See them all with `headwater decisions CASE`.")
    return CannotDecide(
        "There is nothing to bring back: redo follows directly after undo.",
        next_step="Name the decision: `headwater redo CASE decision-…`; `headwater decisions CASE` shows their ids.",
    )


def _not_possible(verb: Verb, chosen: Decision, name: str) -> CannotDecide:
    if chosen.verb in {Verb.UNDO, Verb.REDO}:
        return CannotDecide(
            f"{chosen.id} is itself an {chosen.verb.value} ({name}).",
            next_step="Name the decision that it is about.",
        )
    if chosen.withdrawn:
        return CannotDecide(
            f"{chosen.id} was withdrawn together with a report, and holds no longer.",
            next_step="Decide anew about what is in the case.",
        )
    was = "is undone already" if verb is Verb.UNDO else "is not undone"
    return CannotDecide(f"{chosen.id} {was}: {name}.", next_step="See how each stands with `headwater decisions CASE`.")
