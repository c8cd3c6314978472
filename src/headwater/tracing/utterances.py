"""Which statements render one act of speech: pairs judged by words and source, grown around a core rendering.

Never joins on words alone what names keep apart, and never by a chain of fringes: a new rendering must match the
fullest one of its utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import Binding, Bonds, Form, Place, Reason, Utterance, by_person, make_id
from headwater.tracing.candidates import candidates
from headwater.tracing.joining import (
    LEAST_SHARE,
    NEAR_VERBATIM,
    TRIMMED_MASS,
    could_join,
    plainly_the_same,
    same_act,
)
from headwater.tracing.material import Material, Piece
from headwater.tracing.names import Affinity
from headwater.tracing.similarity import Likeness, likeness, overlap

Judge = Callable[[Piece, Piece], Affinity]


# A sentence that holds two others whole has about as many words as both.
_WHOLE = 0.75


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements (orders in the case, smaller first) that may be one act of speech, and why.

    `cosine` is how near their sentence vectors are, where that was asked (`meanings`).
    """

    a: int
    b: int
    likeness: Likeness
    affinity: Affinity
    cosine: float | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """The likeness of the pairs (orders, smaller first) that would be one act of speech if their source were one.

    Near verbatim pairs are among them whatever a rule says, since what stands beside them may join them. `quoted` are
    all candidate pairs of quoted words in two reports, and `stands_for` is the first twin of each statement.
    """

    pairs: Mapping[tuple[int, int], Likeness]
    quoted: tuple[tuple[int, int], ...]
    stands_for: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one utterance (orders in the case) with the joinings and the decisions of people that made it."""

    members: tuple[int, ...]
    joins: tuple[Pair, ...]
    decisions: tuple[str, ...] = ()


FREE = Bonds(Binding(), lambda _: ())


def likely_pairs(material: Material, bonds: Bonds = FREE) -> Measured:
    """Measure every candidate pair once; pairs that a guard forbids are left out.

    Statements with the same words under the same name are compared through the first of them only: a text that
    hundreds of outlets print costs one comparison each, not one for every two. What people keep apart by `bonds`
    stands for itself.
    """
    pieces, weights = material.pieces, material.weights
    first: dict[tuple[object, ...], int] = {}
    stands_for = [
        first.setdefault((piece.keys, piece.mention.text if piece.mention else None, bonds.marks((i,))), i)
        for i, piece in enumerate(pieces)
    ]
    alone = sorted(first.values())
    pairs = {(one, i): likeness(pieces[one], pieces[i], weights) for i, one in enumerate(stands_for) if one != i}
    quoted = [(a, b) for a, b in pairs if _quoted_apart(pieces[a], pieces[b])]
    for x, y in candidates([pieces[i] for i in alone], weights, share=LEAST_SHARE):
        a, b = alone[x], alone[y]
        bags = contained, common, mass = overlap(pieces[a], pieces[b], weights)
        # Plain words, and not nearly all of them: no rule would join these, whatever their order.
        plain = mass < TRIMMED_MASS and common < NEAR_VERBATIM
        same = contained >= NEAR_VERBATIM and plainly_the_same(pieces[a], pieces[b])
        if (plain and not same) or _same_breath(pieces[a], pieces[b]):
            continue
        if _quoted_apart(pieces[a], pieces[b]):
            quoted.append((a, b))
        if same or could_join(contained, common, mass):
            found = likeness(pieces[a], pieces[b], weights, bags)
            if found.against is None and _may_join(found, pieces[a], pieces[b]):
                pairs[a, b] = found
    return Measured(pairs, tuple(sorted(quoted)), tuple(stands_for))


def _may_join(found: Likeness, a: Piece, b: Piece) -> bool:
    """True when one source would make it one act of speech (`joining`: more is never asked of one source)."""
    return found.common >= NEAR_VERBATIM or same_act(found, Affinity.SAME, a, b)


def _quoted_apart(a: Piece, b: Piece) -> bool:
    return a.rank != b.rank and a.statement.form is not Form.INDIRECT and b.statement.form is not Form.INDIRECT


def _same_breath(a: Piece, b: Piece) -> bool:
    """Two sentences of one quotation are two statements, unless the words repeat."""
    one, two = a.statement, b.statement
    return bool(one.quotation and one.quotation == two.quotation and one.report == two.report and a.roots != b.roots)


def group(
    material: Material, measured: Measured, judge: Judge, further: Sequence[Pair] = (), bonds: Bonds = FREE
) -> list[Group]:
    """Join statements into utterances, best evidence first. Every statement is in exactly one group.

    `further` are pairs that something else than their words has shown to be one act of speech; `bonds` are what people
    decided of statements.
    """
    pieces = material.pieces
    accepted: list[Pair] = list(further)
    left: list[Pair] = []
    for (a, b), found in measured.pairs.items():
        pair = Pair(a, b, found, judge(pieces[a], pieces[b]))
        (accepted if same_act(found, pair.affinity, pieces[a], pieces[b]) else left).append(pair)
    accepted += _neighbours(pieces, accepted, left)
    accepted.sort(key=lambda pair: (-pair.affinity, -pair.likeness.score, pair.a, pair.b))
    grown = _grow(material, accepted, _Fit(material, accepted, measured.stands_for, judge, bonds))
    return _united(grown, bonds) if bonds.blocks else grown


def _united(groups: Sequence[Group], bonds: Bonds) -> list[Group]:
    """The groups with those made one that people said are one act of speech."""
    made = bonds.united([group.members for group in groups])
    home = {member: at for at, (members, _) in enumerate(made) for member in members}
    joins: dict[int, list[Pair]] = defaultdict(list)
    for pair in (pair for group in groups for pair in group.joins):
        if home[pair.a] == home[pair.b]:
            joins[home[pair.a]].append(pair)
    return [Group(tuple(members), tuple(joins[at]), why) for at, (members, why) in enumerate(made)]


def _neighbours(pieces: Sequence[Piece], accepted: Sequence[Pair], left: Sequence[Pair]) -> list[Pair]:
    """Plain sentences ("He did not come back.") that follow or precede a joined one in both reports, word for word."""
    joined = {(pair.a, pair.b) for pair in accepted}
    return [
        pair
        for pair in left
        if pair.affinity >= Affinity.OPEN
        and pair.likeness.common >= NEAR_VERBATIM
        and any(
            (pair.a + step, pair.b + step) in joined
            and _one_voice(pieces[pair.a], pieces[pair.a + step])
            and _one_voice(pieces[pair.b], pieces[pair.b + step])
            for step in (-1, 1)
        )
    ]


def _one_voice(a: Piece, b: Piece) -> bool:
    return a.rank == b.rank and a.statement.source == b.statement.source


def _grow(material: Material, accepted: Sequence[Pair], fit: _Fit) -> list[Group]:
    home = list(range(len(material.pieces)))
    members: dict[int, list[int]] = {i: [i] for i in home}
    joins: dict[int, list[Pair]] = defaultdict(list)
    for pair in accepted:
        one, two = home[pair.a], home[pair.b]
        if one == two or not fit.holds(members[one], members[two]):
            continue
        for moved in members.pop(two):
            home[moved] = one
            members[one].append(moved)
        joins[one] += [*joins.pop(two, []), pair]
    return [Group(tuple(sorted(found)), tuple(joins[key])) for key, found in sorted(members.items())]


class _Fit:
    """Whether two groups may become one: no chain of fringes, no two names, no crowding of one report, no decision."""

    def __init__(
        self, material: Material, accepted: Sequence[Pair], stands_for: Sequence[int], judge: Judge, bonds: Bonds
    ) -> None:
        self._bonds = bonds
        self._pieces = material.pieces
        self._first = stands_for
        self._allowed = {(pair.a, pair.b) for pair in accepted}
        self._judge = judge

    def holds(self, one: Sequence[int], two: Sequence[int]) -> bool:
        """True when the fullest renderings match, or at least half of all pairs across do."""
        if self._bonds.forbid(one, two):
            return False
        mine, yours = (sorted({self._first[i] for i in group}) for group in (one, two))
        matches = sum(self._match(i, j) for i in mine for j in yours)
        cores = self._match(self._core(mine), self._core(yours))
        if not (cores or 2 * matches >= len(mine) * len(yours)):
            return False
        return not self._two_names(mine, yours) and not self._crowds(one, two)

    def _two_names(self, one: Sequence[int], two: Sequence[int]) -> bool:
        """True when different names would meet, which a rendering that names nobody could bring together."""
        return any(
            self._judge(self._pieces[i], self._pieces[j]) is Affinity.CONFLICT
            for i in one
            for j in two
            if not self._match(i, j)
        )

    def _core(self, group: Sequence[int]) -> int:
        return max(group, key=lambda i: (len(self._pieces[i].roots), -i))

    def _match(self, a: int, b: int) -> bool:
        a, b = self._first[a], self._first[b]
        return a == b or (min(a, b), max(a, b)) in self._allowed

    def _crowds(self, one: Sequence[int], two: Sequence[int]) -> bool:
        """True when two unlike statements of one report would meet, and no other report has both in one sentence."""
        by_report: dict[int, list[int]] = defaultdict(list)
        for i in one:
            by_report[self._pieces[i].rank].append(i)
        unlike = ((i, j) for j in two for i in by_report[self._pieces[j].rank] if not self._match(i, j))
        everyone = sorted({self._first[i] for i in (*one, *two)})
        return any(not self._whole(i, j, everyone) for i, j in unlike)

    def _whole(self, i: int, j: int, group: Sequence[int]) -> bool:
        least = _WHOLE * (len(self._pieces[i].roots) + len(self._pieces[j].roots))
        return any(
            len(self._pieces[k].roots) >= least and self._match(i, k) and self._match(j, k)
            for k in group
            if self._pieces[k].rank != self._pieces[i].rank
        )


def as_records(
    material: Material,
    groups: Sequence[Group],
    origin_of: Callable[[Group], str | None],
    beside: Mapping[int, Sequence[Reason]],
) -> list[Utterance]:
    """Write the groups as records, in the order of their first statement.

    `beside` are further reasons by the index of the group: why it was not joined to another one.
    """
    out: list[Utterance] = []
    for index, found in enumerate(groups):
        pieces = [material.pieces[i] for i in found.members]
        ids = sorted(piece.statement.id for piece in pieces)
        fullest = max(
            pieces, key=lambda piece: (piece.statement.form is not Form.INDIRECT, len(piece.keys), -piece.order)
        )
        out.append(
            Utterance(
                id=make_id("utterance", *ids),
                text=fullest.statement.text,
                statements=tuple(piece.statement.id for piece in pieces),
                origin=origin_of(found),
                reasons=(
                    *_by_people(found, pieces),
                    *(reason(material, pair) for pair in found.joins),
                    *beside.get(index, ()),
                ),
            )
        )
    return out


def _by_people(found: Group, pieces: Sequence[Piece]) -> Iterator[Reason]:
    if found.decisions:
        first = {piece.rank: place_of(piece) for piece in reversed(pieces)}
        places = tuple(first[rank] for rank in sorted(first))
        yield by_person("A person decided that this is one act of speech", found.decisions, places)


def kept_apart(material: Material, groups: Sequence[Group], bonds: Bonds) -> dict[int, list[Reason]]:
    """Return the reasons of each group (by index) that people keep apart from another one."""
    out: dict[int, list[Reason]] = defaultdict(list)
    for at, others in bonds.walled([group.members for group in groups]).items():
        for other, wall in others:
            places = tuple(place_of(material.pieces[groups[i].members[0]]) for i in sorted((at, other)))
            out[at].append(by_person("A person keeps these apart: two acts of speech", (wall.decision,), places))
    return out


def reason(material: Material, pair: Pair) -> Reason:
    """Say in a sentence why two statements are taken for one act of speech."""
    a, b = material.pieces[pair.a], material.pieces[pair.b]
    rule, words = _wording(a, b, pair.likeness) if pair.cosine is None else _meaning(pair.likeness, pair.cosine)
    return Reason(rule, f"{words}; {_WHO[pair.affinity]}.", (place_of(a), place_of(b)))


_WHO = {
    Affinity.SAME: "both are given to the same source",
    Affinity.LIKELY: "the sources are described alike",
    Affinity.OPEN: "nothing said about the sources differs",
    Affinity.APART: "the sources are described differently, so the wording carries the joining",
}


def _wording(a: Piece, b: Piece, found: Likeness) -> tuple[str, str]:
    if a.keys == b.keys:
        return "same words", "The words are the same"
    percent = f"{round(100 * min(1.0, found.contained))}%"
    if Form.INDIRECT in {a.statement.form, b.statement.form} and a.statement.form is not b.statement.form:
        return "retold", f"One report quotes what the other retells ({percent} of the shorter wording is shared)"
    if found.common < found.contained * 0.75:
        return "trimmed", f"One is a shorter form of the other ({percent} of its wording is shared)"
    return "reworded", f"The wording differs little ({percent} is shared)"


def _meaning(found: Likeness, cosine: float) -> tuple[str, str]:
    percent = f"{round(100 * min(1.0, found.contained))}%"
    near = f"the sentences mean nearly the same ({cosine:.2f} of 1 by the sentence encoder)"
    return (
        "retold in other words",
        f"One report tells what the other has in other words: {percent} is shared, and {near}",
    )


def place_of(piece: Piece) -> Place:
    """Where a statement stands: its report and the stretch of its content."""
    return Place(piece.statement.report, piece.span)
