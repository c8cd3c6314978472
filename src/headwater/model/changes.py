"""What two renderings of the same words have differently: numbers, names, doubts, bounds, negations.

English, on folded words. It compares; which rendering came first, or is right, is for others to know or leave open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from headwater.model.amounts import Amount
from headwater.model.folding import stem
from headwater.model.spans import Span
from headwater.model.wordrow import NEGATIONS, REACH, Token, may_be_one, tokens
from headwater.model.words import Bound, ChangeKind, Rendering

# Verbs and words that deny without a "not": two of them, or one and a "not", may say what none says.
_DENYING = NEGATIONS | {
    stem(word)
    for word in "avoid avoided avoiding refrain prevent stop stopped fail failed refuse refused deny denied denies "
    "lack lacked hardly barely scarcely unable impossible false untrue unlikely doubt against".split()
}
# Words that may hold back and may not ("could", "appears"): no hedge by themselves, but enough to keep one company.
_WEAK = frozenset(
    stem(word)
    for word in "could would can appear appears appeared seem seems seemed suggest suggests if believe believed think "
    "thought suspect suspected fear feared claim claims claimed suppose supposed presume presumed expected say says "
    "said estimate estimated".split()
)
# The numbers below, and the lists of words that keep an alarm quiet, were chosen on the invented groups of the tests
# and on 29 stretches of four days of unrelated American news (some 2,500 reports), by reading every alarm.
# A doubt or a negation that stands so near in the other rendering has only moved.
_NEAR = 6
# Between two shared stretches, what was put in the other's place is at most so many words.
_SLOT = 5
# So many telling words must agree before a difference in one of them says anything.
LEAST_SHARED = 2
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september "
    "october november december".split()
)
_PARTITIVE = frozenset("of the these those our their his her them us".split())
_FROM_BELOW = frozenset({Bound.AT_LEAST, Bound.MORE_THAN, Bound.DOZENS})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two texts have differently. `effect`, CHANGED, HARDENED or SOFTENED, is of `here` beside `there`.

    Both are spans of code points of the texts compared.
    """

    kind: ChangeKind
    effect: Rendering
    here: Span
    there: Span


@dataclass(frozen=True, slots=True)
class Likened:
    """How one text reads beside another: KEPT, TRIMMED, LONGER or REWORDED, and every difference that tells."""

    reading: Rendering
    differences: tuple[Difference, ...]


_Run = tuple[str, int, int, int, int]


def likened(here: str, there: str, *, quoted: bool = True) -> Likened:
    """Compare `here` with `there`, word by word in their order (Ratcliff and Obershelp, as in difflib).

    `quoted` is False when one of the two is retold: "I think" may then stand in the report's own cue.
    """
    if here == there:
        return Likened(Rendering.KEPT, ())
    ours, theirs = tokens(here, quoted=quoted), tokens(there, quoted=quoted)
    matcher = SequenceMatcher(None, [each.shape for each in theirs], [each.shape for each in ours], autojunk=False)
    return _Comparison(ours, theirs, matcher.get_opcodes()).likened()


class _Comparison:
    """Two rows of tokens and how they align: `theirs` is what `ours` is compared with."""

    def __init__(self, ours: Sequence[Token], theirs: Sequence[Token], runs: Sequence[_Run]) -> None:
        self._ours, self._theirs, self._runs = ours, theirs, runs
        self._partner = {
            i: j
            for tag, i1, i2, j1, j2 in runs
            if tag == "equal"
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True)
        }
        self._shared = sum(theirs[i].telling for i in self._partner)

    def likened(self) -> Likened:
        found = list(self._differences()) if self._shared >= LEAST_SHARED else []
        return Likened(self._reading(), tuple(sorted(found, key=lambda each: (each.here, each.there, each.kind))))

    def _reading(self) -> Rendering:
        changed = [run for run in self._runs if run[0] != "equal"]
        if not changed and [each.key for each in self._ours] == [each.key for each in self._theirs]:
            return Rendering.KEPT
        put_in = sum(each.telling for _, _, _, j1, j2 in changed for each in self._ours[j1:j2])
        left_out = sum(each.telling for _, i1, i2, _, _ in changed for each in self._theirs[i1:i2])
        if left_out and not put_in:
            return Rendering.TRIMMED
        return Rendering.LONGER if put_in and not left_out else Rendering.REWORDED

    def _differences(self) -> Iterator[Difference]:
        for tag, i1, i2, j1, j2 in self._runs:
            if tag == "equal":
                for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                    yield from self._bound(i, j)
                    yield from self._doubt(i, j)
                    yield from self._denial(i, j)
            elif tag == "replace" and i2 - i1 <= _SLOT and j2 - j1 <= _SLOT:
                yield from self._number(i1, i2, j1, j2)
                yield from self._name(i1, i2, j1, j2)

    def _bound(self, i: int, j: int) -> Iterator[Difference]:
        theirs, ours = self._theirs[i].amount, self._ours[j].amount
        effect = _bound_effect(ours.bound, theirs.bound) if ours and theirs else None
        if effect:
            yield Difference(ChangeKind.BOUND, effect, _counted(self._ours, j), _counted(self._theirs, i))

    def _doubt(self, i: int, j: int) -> Iterator[Difference]:
        theirs, ours = self._theirs[i], self._ours[j]
        if bool(theirs.doubts) == bool(ours.doubts) or not self._in_company(i, j):
            return
        if (theirs.belief and _opens(self._ours, j)) or (ours.belief and _opens(self._theirs, i)):
            return
        if theirs.doubts and not _in_doubt(self._ours, j):
            yield Difference(
                ChangeKind.HEDGE, Rendering.HARDENED, self._verb(self._ours, j), _cover(theirs.doubts[0], theirs.span)
            )
        elif ours.doubts and not _in_doubt(self._theirs, i):
            yield Difference(
                ChangeKind.HEDGE, Rendering.SOFTENED, _cover(ours.doubts[0], ours.span), self._verb(self._theirs, i)
            )

    def _denial(self, i: int, j: int) -> Iterator[Difference]:
        theirs, ours = self._theirs[i], self._ours[j]
        if bool(theirs.denial) == bool(ours.denial) or not self._in_company(i, j):
            return
        # A "not" far before may still reach here ("does not allow them to ..."): one has one, the other none at all.
        if sorted(sum(each.shape in _DENYING for each in row) for row in (self._ours, self._theirs)) != [0, 1]:
            return
        here = _cover(ours.denial, ours.span) if ours.denial else self._verb(self._ours, j)
        there = _cover(theirs.denial, theirs.span) if theirs.denial else self._verb(self._theirs, i)
        yield Difference(ChangeKind.NEGATION, Rendering.CHANGED, here, there)

    def _in_company(self, i: int, j: int) -> bool:
        """True when the telling word before or after agrees as well: one shared word may be any word."""
        for step in (-1, 1):
            at = i + step
            while 0 <= at < len(self._theirs) and not self._theirs[at].telling:
                at += step
            partner = self._partner.get(at)
            if partner is not None and abs(partner - j) <= _NEAR and (partner - j) * step > 0:
                return True
        return False

    @staticmethod
    def _verb(row: Sequence[Token], at: int) -> Span:
        """A word with the small words right before it: "were taken"."""
        first = at
        while first and at - first < REACH - 1 and not row[first - 1].telling:
            first -= 1
        return _cover(row[first].span, row[at].span)

    def _number(self, i1: int, i2: int, j1: int, j2: int) -> Iterator[Difference]:
        theirs = [i for i in range(i1, i2) if self._theirs[i].amount]
        ours = [j for j in range(j1, j2) if self._ours[j].amount]
        if len(theirs) != 1 or len(ours) != 1 or not self._same_unit(theirs[0], i2, ours[0], j2):
            return
        one, two = self._theirs[theirs[0]].amount, self._ours[ours[0]].amount
        if one and two and one.age is two.age and one.dated is two.dated and not self._elsewhere(one, two):
            effect = _vague_effect(two, one) or Rendering.CHANGED
            kind = ChangeKind.AGE if one.age else ChangeKind.DAY if one.dated else ChangeKind.NUMBER
            yield Difference(kind, effect, _counted(self._ours, ours[0]), _counted(self._theirs, theirs[0]))

    def _same_unit(self, i: int, i2: int, j: int, j2: int) -> bool:
        """True when what is counted is the same word on both sides, or both end with the number after shared words."""
        small = not any(each.telling for each in (*self._theirs[i + 1 : i2], *self._ours[j + 1 : j2]))
        if i2 < len(self._theirs) and j2 < len(self._ours):
            return small and any(each.telling for each in self._theirs[i2 : i2 + REACH])
        return small and self._partner.get(i - 1) == j - 1

    def _elsewhere(self, one: Amount, two: Amount) -> bool:
        """True when either number stands in the other text too: they have only changed places."""
        theirs = {each.amount.value for each in self._theirs if each.amount}
        ours = {each.amount.value for each in self._ours if each.amount}
        return one.value in ours or two.value in theirs

    def _name(self, i1: int, i2: int, j1: int, j2: int) -> Iterator[Difference]:
        theirs = [each for each in self._theirs[i1:i2] if each.telling]
        ours = [each for each in self._ours[j1:j2] if each.telling]
        if not theirs or not ours or not all(each.name for each in (*theirs, *ours)) or not self._held(i1, i2):
            return
        days = {each.name in _DAYS for each in (*theirs, *ours)}
        known = {each.shape for each in self._ours} & {each.shape for each in theirs}
        known |= {each.shape for each in self._theirs} & {each.shape for each in ours}
        if len(days) == 1 and not known and not may_be_one([e.name for e in ours], [e.name for e in theirs]):
            kind = ChangeKind.DAY if days == {True} else ChangeKind.NAME
            here, there = _cover(ours[0].span, ours[-1].span), _cover(theirs[0].span, theirs[-1].span)
            yield Difference(kind, Rendering.CHANGED, here, there)

    def _held(self, i1: int, i2: int) -> bool:
        """True when a telling word agrees right before or right after the slot."""
        around = (*range(max(0, i1 - 2), i1), *range(i2, min(len(self._theirs), i2 + 2)))
        return any(i in self._partner and self._theirs[i].telling for i in around)


def _counted(row: Sequence[Token], at: int) -> Span:
    """A number with what it counts ("forty people", "five of the lower cabins"); an age or a day by itself."""
    amount = row[at].amount
    unit = at + 1
    while unit < len(row) and row[unit].shape in _PARTITIVE:
        unit += 1
    vague = amount is not None and amount.bound is Bound.DOZENS
    if at + 1 < unit < len(row) - 1 and row[unit + 1].telling and not vague:
        unit += 1
    if unit >= len(row) or not row[unit].telling:
        unit = at
    alone = amount and (amount.age or amount.dated)
    return row[at].span if alone else _cover(row[at].span, row[unit].span)


def _bound_effect(ours: Bound, theirs: Bound) -> Rendering | None:
    """What a bound dropped, gained or turned does to the same number; "more than" and "at least" are taken as alike."""
    if ours is theirs or {ours, theirs} <= _FROM_BELOW:
        return None
    if ours is Bound.EXACT or theirs is Bound.EXACT:
        return Rendering.HARDENED if ours is Bound.EXACT else Rendering.SOFTENED
    if (ours in _FROM_BELOW) is (theirs in _FROM_BELOW):
        return None
    return Rendering.HARDENED if ours in _FROM_BELOW else Rendering.SOFTENED


def _vague_effect(ours: Amount, theirs: Amount) -> Rendering | None:
    """A vague number made exact ("dozens", "30") is hardened where the two fit; two exact numbers are two numbers."""
    vague = [each.bound is Bound.DOZENS for each in (ours, theirs)]
    if vague == [True, True] or vague == [False, False]:
        return None
    exact, loose = (theirs, ours) if vague[0] else (ours, theirs)
    if exact.value < loose.value:
        return None
    return Rendering.SOFTENED if vague[0] else Rendering.HARDENED


def _opens(row: Sequence[Token], at: int) -> bool:
    """True when a fragment begins with this word: "she believes" may stand before its quotation marks."""
    return not row[0].capital and not any(each.telling for each in row[:at])


def _in_doubt(row: Sequence[Token], at: int) -> bool:
    return any(each.doubts or each.shape in _WEAK for each in row[max(0, at - _NEAR) : at + _NEAR + 1])


def _cover(a: Span, b: Span) -> Span:
    return Span(min(a.start, b.start), max(a.end, b.end))
