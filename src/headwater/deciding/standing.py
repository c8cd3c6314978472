"""What people decided, replayed: what holds, what was undone, what another decision stands over, what is in conflict.

Everything here follows from the list of decisions alone, and what holds does not depend on how two copies of a case
were joined. Three rules do that:

* A decision is undone while one of the UNDOs about it is not taken back. A REDO takes back the UNDOs that it names, and
  no other: an UNDO that somebody made elsewhere, without knowing of the REDO, stays.
* A decision names the last earlier ones on the same matter (`answered`), and so knows of them and of all that they knew
  of. It stands over what it knows of and contradicts, while it is not undone itself.
* Two decisions that contradict one another, neither of which knows of the other, were made in different copies of the
  case, or by two programs at the same moment. Then neither holds, until a person undoes one of them or decides again;
  the new decision names both.

The second and third are the rules of a register with several values (Shapiro and others, "A comprehensive study of
convergent and commutative replicated data types", INRIA 2011, section 3.2.2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import NamedTuple

from headwater.model import Decision, Subject, SubjectKind, Verb

_TAKES_BACK = frozenset({Verb.UNDO, Verb.REDO})
_ALL_SUBJECTS = _TAKES_BACK | {Verb.NOTE}  # a note contradicts nothing, and may be about a decision


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
    stays = {each: one for each, one in work.items() if not one.withdrawn}
    live = [each for each in stays.values() if not history.undos[each.id]]
    field = _Field(live, _Knowledge([each for each in decisions if each.id in work]))
    conflicts = tuple(field.conflicts())
    sides = {side.id for each in conflicts for side in each.sides}
    return Standing(
        holding=tuple(each for each in live if each.id not in field.overruled and each.id not in sides),
        overruled=tuple(each for each in live if each.id in field.overruled),
        undone=tuple(each for each in stays.values() if history.undos[each.id]),
        conflicts=conflicts,
        withdrawn=tuple(each for each in work.values() if each.withdrawn),
        undo=_last(history.stack, stays),
        redo=_last([each for each in history.again if history.undos[each]], stays),
    )


def about(decision: Decision) -> tuple[Subject, ...]:
    """Return what a decision is about, without the earlier decisions that it answers."""
    if decision.verb in _ALL_SUBJECTS:
        return decision.subjects
    return tuple(subject for subject in decision.subjects if subject.kind is not SubjectKind.DECISION)


def answered(decision: Decision, earlier: Sequence[Decision]) -> Decision:
    """Return a new decision with the last of the `earlier` ones on each of its matters named after its own subjects.

    Those that are undone are named too: brought back, they are still the earlier word. A decision that is stored
    without this is taken for one that knew of none.
    """
    heads: dict[_Matter, list[Decision]] = {matter: [] for matter in _matters(decision)}
    for each in earlier:
        if not each.withdrawn and each.verb not in _TAKES_BACK:
            names = _answers(each)
            for matter in heads.keys() & set(_matters(each)):
                heads[matter] = [*(head for head in heads[matter] if head.id not in names), each]
    named = {each.id for head in heads.values() for each in head}
    answers = (Subject(SubjectKind.DECISION, each.id) for each in earlier if each.id in named)
    return replace(decision, subjects=(*about(decision), *answers))


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


class _Knowledge:
    """Which decisions each one knew of, as a set of bits by their place in the list."""

    def __init__(self, work: Sequence[Decision]) -> None:
        self._place: dict[str, int] = {}
        self.of: dict[str, int] = {}
        for at, each in enumerate(work):
            self._place[each.id] = at
            known = 0
            for name in _answers(each):
                if name in self.of:
                    known |= 1 << self._place[name] | self.of[name]
            self.of[each.id] = known

    def among(self, decisions: Sequence[Decision], knowing: Sequence[Decision]) -> Iterator[str]:
        """Yield the ids of those of `decisions` that any of `knowing` knew of."""
        known = 0
        for each in knowing:
            known |= self.of[each.id]
        yield from (each.id for each in decisions if known >> self._place[each.id] & 1)


class _Field:
    """What is decided of each matter, and what of it another decision stands over. Those that say the same are one."""

    def __init__(self, live: Sequence[Decision], knowledge: _Knowledge) -> None:
        self._live = live
        self._opposed: list[tuple[list[Decision], list[Decision]]] = []
        said: dict[_Matter, dict[tuple[object, ...], list[Decision]]] = defaultdict(lambda: defaultdict(list))
        for each in live:
            for matter in set(_matters(each)):
                said[matter][_saying(each)].append(each)
        against: dict[tuple[object, ...], bool] = {}
        for sayings in said.values():
            for one, other in combinations(sayings, 2):
                if (one, other) not in against:
                    against[one, other] = _contradict(sayings[one][0], sayings[other][0])
                if against[one, other]:
                    self._opposed.append((sayings[one], sayings[other]))
        self.overruled = {
            ident
            for pair in self._opposed
            for some, others in (pair, pair[::-1])
            for ident in knowledge.among(some, others)
        }

    def conflicts(self) -> Iterator[Conflict]:
        """Yield those that contend with one another, together."""
        root: dict[str, str] = {}

        def find(ident: str) -> str:
            while root.setdefault(ident, ident) != ident:
                ident = root[ident]
            return ident

        for pair in self._opposed:
            one, other = ([each.id for each in side if each.id not in self.overruled] for side in pair)
            if one and other:
                for ident in (*one[1:], *other):
                    root[find(ident)] = find(one[0])
        groups: dict[str, list[Decision]] = defaultdict(list)
        for each in self._live:
            if each.id in root:
                groups[find(each.id)].append(each)
        for sides in groups.values():
            yield Conflict(sides[0].subjects[0], tuple(sides))


def _last(ids: Iterable[str], work: dict[str, Decision]) -> Decision | None:
    return next((work[each] for each in reversed(list(ids)) if each in work), None)


def _plain(decision: Decision) -> Decision:
    own = about(decision)
    return decision if own == decision.subjects else replace(decision, subjects=own)


def _answers(decision: Decision) -> frozenset[str]:
    return frozenset(subject.id for subject in decision.subjects if subject.kind is SubjectKind.DECISION)


def _matters(decision: Decision) -> Iterator[_Matter]:
    subjects = about(decision)
    match decision.verb:
        case Verb.CONFIRM | Verb.REJECT if is_pair(subjects):
            yield _Matter("answers", SubjectKind.CLAIM, " ".join(sorted(map(_founder, subjects))))
        case Verb.CONFIRM | Verb.REJECT:
            yield from (_Matter("right", each.kind, _founder(each)) for each in subjects)
        case Verb.REATTRIBUTE:
            yield from (_Matter("whose", each.kind, _founder(each)) for each in subjects)
        case Verb.RENAME:
            yield from (_Matter("name", each.kind, _founder(each)) for each in subjects)
        case Verb.MERGE | Verb.SPLIT:
            yield from (_Matter("together", subjects[0].kind, part) for each in subjects for part in _parts(each))
        case _:
            return


def _saying(decision: Decision) -> tuple[object, ...]:
    """Return what a decision says, but for who says it when and why."""
    return decision.verb, decision.value, tuple((each.kind, _parts(each)) for each in about(decision))


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


def is_pair(subjects: Sequence[Subject]) -> bool:
    """True when something is said of two together: that a statement denies or qualifies a claim, or two claims part."""
    kinds = sorted(each.kind for each in subjects)
    return kinds in ([SubjectKind.CLAIM, SubjectKind.STATEMENT], [SubjectKind.CLAIM, SubjectKind.CLAIM])


def _parts(subject: Subject) -> frozenset[str]:
    return frozenset(subject.members or (subject.id,))


def _founder(subject: Subject) -> str:
    """Return what the record is known by, however it was made anew: its first member, or itself."""
    return subject.members[0] if subject.members else subject.id
