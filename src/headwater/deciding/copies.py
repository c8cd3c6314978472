"""Two people's work on copies of one case, brought together: nothing is lost, and nobody's word is put above another's.

Decisions are known by their ids. Those that are only in the other copy are appended as they are, in their order, and
marked as brought; what contradicts what is then for `standing` to say. Of a source or report that both copies handle,
each without knowing of the other, the stricter handling holds: whoever asked to be protected in one copy is protected
in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater.deciding.standing import Conflict, standing
from headwater.model import Consent, Decision, Handling, People, Sensitivity, Subject, make_id

_CONSENT = (Consent.GIVEN, Consent.UNKNOWN, Consent.INTERNAL, Consent.WITHDRAWN)  # the stricter the later
_SENSITIVITY = (Sensitivity.OPEN, Sensitivity.PROTECTED, Sensitivity.WITHHELD)


@dataclass(frozen=True, slots=True)
class Brought:
    """What is to be appended to this copy, in this order, and what there is to say of it.

    `decisions` and `handlings` are new here, `shown` is what was shown for these decisions. `conflicts` are those that
    come with them, `here` the number of decisions and handlings of the other copy that were here already. `joined` are
    the handlings that were made of two different ones; each is among `handlings` too.
    """

    decisions: tuple[Decision, ...] = ()
    handlings: tuple[Handling, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    here: int = 0
    joined: tuple[Handling, ...] = ()


def bring(mine: People, theirs: People) -> Brought:
    """Return what `theirs` has that `mine` has not. Bringing the same again brings nothing."""
    known = {each.id for each in mine.decisions} | {each.id for each in mine.handlings}
    decisions = tuple(replace(each, brought=True) for each in theirs.decisions if each.id not in known)
    new = {each.id for each in decisions}
    taken = tuple(each for each in theirs.handlings if each.id not in known)
    joined = tuple(_joined(mine.handlings, taken, frozenset(each.id for each in theirs.handlings)))
    before = {_sides(each) for each in standing(mine.decisions).conflicts}
    after = standing((*mine.decisions, *decisions)).conflicts
    everything = len(theirs.decisions) + len(theirs.handlings)
    return Brought(
        decisions=decisions,
        handlings=(*taken, *joined),
        shown=tuple(pair for pair in theirs.shown if pair[0] in new),
        conflicts=tuple(each for each in after if _sides(each) not in before),
        here=everything - len(decisions) - len(taken),
        joined=joined,
    )


def stricter(one: Handling, other: Handling) -> Handling:
    """Return the handling that protects at least as much as either, the same whichever is given first.

    Consent and sensitivity are the stricter ones, the names those of both; the pseudonym is the older one, since it may
    be in print. The later handling gives the rest.
    """
    early, late = sorted((one, other), key=lambda each: (each.time, each.id))
    return replace(
        late,
        id=make_id("handling", early.id, late.id),
        consent=max(one.consent, other.consent, key=_CONSENT.index),
        sensitivity=max(one.sensitivity, other.sensitivity, key=_SENSITIVITY.index),
        names=tuple(sorted({*one.names, *other.names})),
        pseudonym=early.pseudonym or late.pseudonym,
    )


def _joined(mine: Sequence[Handling], taken: Sequence[Handling], known_there: frozenset[str]) -> list[Handling]:
    """Make one handling of two where what is taken meets a last word of this copy that the other copy does not know."""
    new = _last(taken)
    return [
        stricter(own, new[key])
        for key, own in _last(mine).items()
        if key in new and own.id not in known_there and _said(own) != _said(new[key])
    ]


def _last(handlings: Sequence[Handling]) -> dict[tuple[str, str], Handling]:
    return {_key(each.subject): each for each in handlings}


def _key(subject: Subject) -> tuple[str, str]:
    return subject.kind.value, subject.members[0] if subject.members else subject.id


def _said(handling: Handling) -> tuple[object, ...]:
    return handling.consent, handling.sensitivity, handling.names, handling.pseudonym


def _sides(conflict: Conflict) -> frozenset[str]:
    return frozenset(each.id for each in conflict.sides)
