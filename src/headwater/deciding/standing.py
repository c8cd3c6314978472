"""What people decided, replayed: what holds, what was undone, what another decision stands over, what is in conflict.

Everything here follows from the list of decisions alone, and what holds does not depend on how two copies of a case
were joined. Three rules do that:

* A decision is undone while one of the UNDOs about it is not taken back. A REDO takes back the UNDOs that it names, and
  no other: an UNDO that somebody made elsewhere, without knowing of the REDO, stays.
* A decision names the earlier ones that it contradicts (`answered`), and stands over them while it is not undone
  itself.
* Two decisions that contradict one another, neither of which names the other, were made without knowing of one
  another, in different copies of the case or by two programs at the same moment. Then neither holds, until a person
  undoes one of them or decides again; the new decision names both.

The second and third are the rules of a register with several values (Shapiro and others, "A comprehensive study of
convergent and commutative replicated data types", INRIA 2011, section 3.2.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import NamedTuple

from headwater.model import Decision, Subject, SubjectKind, Verb

_TAKES_BACK = frozenset({Verb.UNDO, Verb.REDO})
# One statement, mention or figure is part of a record of these kinds.
_WHOLE = {
    SubjectKind.STATEMENT: SubjectKind.UTTERANCE,
    SubjectKind.MENTION: SubjectKind.SOURCE,
    SubjectKind.FIGURE: SubjectKind.CLAIM,
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Decisions that contradict one another and were made without knowing of one another; none of them holds.

    `subject` is what they are about, as the first of them has it; `sides` stand in the order of the list.
    """

    subject: Subject
    sides: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a list of decisions comes to. Every decision but UNDO and REDO is in exactly one of the five groups.

    `holding` is in effect, `overruled` is contradicted by a later decision that knew of it, `undone` was taken back,
    `conflicts` hold neither side, `withdrawn` lost its words with a report. Each group stands in the order of the list,
    and its decisions have as `subjects` only what they are about, without the decisions that they answer. `undo` is
    what a plain undo takes back next, `redo` what a plain redo brings back next, or None.
    """

    holding: tuple[Decision, ...] = ()
    overruled: tuple[Decision, ...] = ()
    undone: tuple[Decision, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    withdrawn: tuple[Decision, ...] = ()
    undo: Decision | None = None
    redo: Decision | None = None


class _Matter(NamedTuple):
    """Something on which two decisions can differ."""

    topic: str
    kind: SubjectKind
    record: str


def standing(decisions: Sequence[Decision]) -> Standing:
    """Return what holds after `decisions`, in the order in which the case keeps them."""
    history = _History(decisions)
    work = {each.id: _plain(each) for each in decisions if each.verb not in _TAKES_BACK}
    live = [each for each in decisions if each.id in work and not each.withdrawn and not history.undos[each.id]]
    against = _against(live)
    names = {each.id: _answers(each) for each in live}
    overruled = {each.id for each in live if any(each.id in names[other] for other in against[each.id])}
    contending = {
        each.id: [other for other in against[each.id] if other not in overruled]
        for each in live
        if each.id not in overruled
    }
    undone = [work[each.id] for each in decisions if each.id in work and history.undos[each.id] and not each.withdrawn]
    return Standing(
        holding=tuple(work[each] for each, others in contending.items() if not others),
        overruled=tuple(work[each.id] for each in live if each.id in overruled),
        undone=tuple(undone),
        conflicts=tuple(_conflicts(work, {each: others for each, others in contending.items() if others})),
        withdrawn=tuple(each for each in work.values() if each.withdrawn),
        undo=_last(history.stack, work),
        redo=_last([each for each in history.again if history.undos[each]], work),
    )


def about(decision: Decision) -> tuple[Subject, ...]:
    """Return what a decision is about: of an UNDO or REDO the decisions, of all others not those they answer."""
    if decision.verb in _TAKES_BACK:
        return decision.subjects
    return tuple(subject for subject in decision.subjects if subject.kind is not SubjectKind.DECISION)


def answered(decision: Decision, earlier: Sequence[Decision]) -> Decision:
    """Return a new decision with the `earlier` ones that it contradicts named after its own subjects.

    Those that are undone are named too: brought back, they are still the earlier word. A decision that is stored
    without this is taken for one that knew of none.
    """
    own = about(decision)
    matters = set(_matters(decision))
    named = [
        Subject(SubjectKind.DECISION, each.id)
        for each in earlier
        if each.verb not in _TAKES_BACK
        and not each.withdrawn
        and not matters.isdisjoint(_matters(each))
        and _contradict(decision, each)
    ]
    return replace(decision, subjects=(*own, *named))


def taking_back(decisions: Sequence[Decision], wanted: str) -> tuple[Subject, ...]:
    """Return the subjects of an UNDO of the decision `wanted`, none when there is nothing to take back."""
    history = _History(decisions)
    known = {each.id for each in decisions if each.verb not in _TAKES_BACK and not each.withdrawn}
    return () if wanted not in known or history.undos[wanted] else (Subject(SubjectKind.DECISION, wanted),)


def bringing_back(decisions: Sequence[Decision], wanted: str) -> tuple[Subject, ...]:
    """Return the subjects of a REDO of the decision `wanted`, none when it is not undone.

    Its members are the UNDOs that are taken back.
    """
    undos = _History(decisions).undos[wanted]
    gone = any(each.id == wanted and each.withdrawn for each in decisions)
    return (Subject(SubjectKind.DECISION, wanted, tuple(undos)),) if undos and not gone else ()


class _History:
    """The list gone through once: the UNDOs that stand against each decision, and what undo and redo are about next."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.undos: dict[str, list[str]] = defaultdict(list)
        self.stack: dict[str, None] = {}  # in the order in which they came to hold
        self.again: dict[str, None] = {}  # undone here since the last new work, in that order
        for each in decisions:
            if each.brought or each.verb not in _TAKES_BACK:
                self.again.clear()
            if each.withdrawn and each.verb not in _TAKES_BACK:
                continue
            if each.verb is Verb.UNDO:
                self._undo(each)
            elif each.verb is Verb.REDO:
                self._redo(each)
            else:
                self.stack[each.id] = None

    def _undo(self, undo: Decision) -> None:
        for subject in undo.subjects:
            self.undos[subject.id].append(undo.id)
            self.stack.pop(subject.id, None)
            if not undo.brought:
                self.again.pop(subject.id, None)
                self.again[subject.id] = None

    def _redo(self, redo: Decision) -> None:
        for subject in redo.subjects:
            left = [undo for undo in self.undos[subject.id] if undo not in subject.members]
            if self.undos[subject.id] and not left:
                self.stack[subject.id] = None
                self.again.pop(subject.id, None)
            self.undos[subject.id] = left


def _last(ids: Sequence[str] | dict[str, None], work: dict[str, Decision]) -> Decision | None:
    return next((work[each] for each in reversed(list(ids)) if each in work and not work[each].withdrawn), None)


def _plain(decision: Decision) -> Decision:
    own = about(decision)
    return decision if own == decision.subjects else replace(decision, subjects=own)


def _answers(decision: Decision) -> frozenset[str]:
    return frozenset(subject.id for subject in decision.subjects if subject.kind is SubjectKind.DECISION)


def _against(live: Sequence[Decision]) -> dict[str, list[str]]:
    """Return, for each decision, those of the others that say something else of the same."""
    found: dict[str, list[str]] = defaultdict(list)
    by_matter: dict[_Matter, list[Decision]] = defaultdict(list)
    for each in live:
        matters = dict.fromkeys(_matters(each))
        near = {other.id: other for matter in matters for other in by_matter[matter]}
        for other in near.values():
            if _contradict(each, other):
                found[each.id].append(other.id)
                found[other.id].append(each.id)
        for matter in matters:
            by_matter[matter].append(each)
    return found


def _conflicts(work: dict[str, Decision], contending: dict[str, list[str]]) -> Iterator[Conflict]:
    """Yield those that contend with one another, together."""
    order = {each: at for at, each in enumerate(contending)}
    seen: set[str] = set()
    for first in contending:
        if first in seen:
            continue
        group, todo = {first}, [first]
        while todo:
            more = [other for other in contending[todo.pop()] if other not in group]
            group.update(more)
            todo += more
        seen |= group
        sides = tuple(work[each] for each in sorted(group, key=order.__getitem__))
        yield Conflict(sides[0].subjects[0], sides)


def _matters(decision: Decision) -> Iterator[_Matter]:
    subjects = about(decision)
    match decision.verb:
        case Verb.CONFIRM | Verb.REJECT:
            yield from (_Matter("right", each.kind, _founder(each)) for each in subjects)
        case Verb.REATTRIBUTE:
            yield from (_Matter("whose", each.kind, _founder(each)) for each in subjects)
        case Verb.RENAME:
            yield from (_Matter("name", each.kind, _founder(each)) for each in subjects)
        case Verb.MERGE | Verb.SPLIT:
            kind = _level(subjects)
            yield from (_Matter("together", kind, part) for each in subjects for part in _parts(each))
        case _:
            return


def _contradict(one: Decision, other: Decision) -> bool:
    """Tell whether two decisions that share a matter say different things of it."""
    verbs = {one.verb, other.verb}
    if verbs == {Verb.CONFIRM, Verb.REJECT}:
        return True
    if verbs in ({Verb.REATTRIBUTE}, {Verb.RENAME}):
        return one.value != other.value
    if verbs == {Verb.MERGE, Verb.SPLIT}:
        merge, split = (one, other) if one.verb is Verb.MERGE else (other, one)
        return _undoes(about(split), about(merge))
    return False


def _undoes(split: tuple[Subject, ...], merge: tuple[Subject, ...]) -> bool:
    """Tell whether `split` parts what `merge` joins: parts of two records that the merge names one beside the other."""
    whole = _parts(split[0])
    for other in split[1:]:
        out = _parts(other)
        stays = whole - out
        for left, right in permutations(merge, 2):
            if stays & _parts(left) and out & _parts(right):
                return True
    return False


def _level(subjects: Sequence[Subject]) -> SubjectKind:
    """Return what is joined or parted: a statement named beside an utterance is about utterances."""
    kinds = [each.kind for each in subjects]
    return next((kind for kind in kinds if kind not in _WHOLE), _WHOLE.get(kinds[0], kinds[0]))


def _parts(subject: Subject) -> frozenset[str]:
    return frozenset(subject.members or (subject.id,))


def _founder(subject: Subject) -> str:
    """Return what the record is known by, however it was made anew: its first member, or itself."""
    return subject.members[0] if subject.members else subject.id
