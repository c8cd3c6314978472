"""Which statements render one act of speech: pairs judged by words and source, grown around a core rendering.

Never joins on words alone what names keep apart, and never by a chain of fringes: a new rendering must match the
fullest one of its utterance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import Form, Place, Reason, Stance, Utterance, make_id
from headwater.tracing.candidates import candidates
from headwater.tracing.material import Material, Piece
from headwater.tracing.names import Affinity
from headwater.tracing.similarity import Likeness, likeness

Judge = Callable[[Piece, Piece], Affinity]


@dataclass(frozen=True, slots=True)
class Bar:
    """What words must show before two statements are one act of speech, for one degree of affinity of the sources.

    `contained` and `mass` are needed together; or, for two renderings of like length, `common` with half the mass:
    a short phrase found inside a long sentence proves less than two sentences that agree.
    """

    contained: float
    common: float
    mass: float


# Chosen on the four gold readings with their own statements (oracle reading): the loosest bars at which pairwise
# precision of variants stays at 0.95 or more in each; stricter by steps the less the sources say.
BARS = {
    Affinity.SAME: Bar(contained=0.6, common=0.34, mass=0.8),
    Affinity.LIKELY: Bar(contained=0.62, common=0.45, mass=1.8),
    Affinity.OPEN: Bar(contained=0.7, common=0.5, mass=2.4),
    Affinity.APART: Bar(contained=0.8, common=0.6, mass=3.5),
}
# One source, and all of the shorter words in the longer: a trimmed phrase. One telling word is then enough.
TRIMMED_SHARE = 0.85
TRIMMED_MASS = 0.35
# One source and nearly the same words, however plain ("They do what they want"), from this many words on.
NEAR_VERBATIM = 0.65
FEW_WORDS = 4
# Where this much is shared, a little less of the whole must be: long sentences are reworded in more places.
RICH_MASS = 4.0
RICH_DISCOUNT = 0.1
# One source, and both deny: half the telling words are enough, since a denial comes back in several translations.
DENIAL_SHARE = 0.5
# Two sentences of one report in the same form are two statements, unless one repeats the other nearly in order.
REPEATED = 0.8
# A sentence that holds two others whole has about as many words as both.
_WHOLE = 0.75
# Words between quotation marks are the speaker's own: less of them is needed than of two reporters' retellings.
QUOTED_DISCOUNT = 0.7
# A phrase of a retelling that is less than this of the longer sentence may be about anything ("former minister A. B.").
LEAST_COMMON = 0.25
# The least share any bar asks for; candidates are found for it. (`common` of c needs a share of 2c / (1 + c).)
LEAST_SHARE = 0.5
# Word for word the same at this length is the same act of speech even where two reports name different speakers:
# one of them is mistaken, and the reason says so. Eight rare words are not hit upon twice.
VERBATIM_MASS = 8.0
VERBATIM_SHARE = 0.9


# "Did not answer a request for comment", "could not be verified": each outlet writes this of its own work.
_OWN_WORDS = frozenset({Stance.DECLINES, Stance.CAVEAT})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements (orders in the case, smaller first) that may be one act of speech, and why."""

    a: int
    b: int
    likeness: Likeness
    affinity: Affinity


@dataclass(frozen=True, slots=True)
class Measured:
    """The likeness of candidate pairs (orders, smaller first); `stands_for` is the first twin of each statement."""

    pairs: Mapping[tuple[int, int], Likeness]
    stands_for: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one utterance (orders in the case) with the joinings that made it."""

    members: tuple[int, ...]
    joins: tuple[Pair, ...]


def likely_pairs(material: Material) -> Measured:
    """Measure every candidate pair once; pairs that a guard forbids are left out.

    Statements with the same words under the same name are compared through the first of them only: a text that
    hundreds of outlets print costs one comparison each, not one for every two.
    """
    pieces, weights = material.pieces, material.weights
    first: dict[tuple[tuple[str, ...], str | None], int] = {}
    stands_for = [
        first.setdefault((piece.keys, piece.mention.text if piece.mention else None), i)
        for i, piece in enumerate(pieces)
    ]
    alone = sorted(first.values())
    pairs = {(one, i): likeness(pieces[one], pieces[i], weights) for i, one in enumerate(stands_for) if one != i}
    for x, y in candidates([pieces[i] for i in alone], weights, share=LEAST_SHARE):
        a, b = alone[x], alone[y]
        if not _same_breath(pieces[a], pieces[b]):
            found = likeness(pieces[a], pieces[b], weights)
            if found.against is None:
                pairs[a, b] = found
    return Measured(pairs, tuple(stands_for))


def _same_breath(a: Piece, b: Piece) -> bool:
    """Two sentences of one quotation are two statements, unless the words repeat."""
    one, two = a.statement, b.statement
    return bool(one.quotation and one.quotation == two.quotation and one.report == two.report and a.roots != b.roots)


def group(material: Material, measured: Measured, judge: Judge) -> list[Group]:
    """Join statements into utterances, best evidence first. Every statement is in exactly one group."""
    pieces = material.pieces
    accepted = [
        Pair(a, b, found, affinity)
        for (a, b), found in measured.pairs.items()
        if _passes(found, affinity := judge(pieces[a], pieces[b]), pieces[a], pieces[b])
    ]
    accepted.sort(key=lambda pair: (-pair.affinity, -pair.likeness.score, pair.a, pair.b))
    return _grow(material, accepted, measured.stands_for)


def _passes(found: Likeness, affinity: Affinity, a: Piece, b: Piece) -> bool:
    if affinity is Affinity.CONFLICT:
        return (
            _quoted(a)
            and _quoted(b)
            and found.mass >= VERBATIM_MASS
            and found.ordered >= VERBATIM_SHARE
            and found.common >= VERBATIM_SHARE
        )
    if affinity < Affinity.SAME and not {a.statement.stance, b.statement.stance}.isdisjoint(_OWN_WORDS):
        return False
    bar = BARS[affinity]
    one_report = a.rank == b.rank and a.statement.form is b.statement.form
    if one_report and (found.contained < TRIMMED_SHARE or found.ordered < REPEATED):
        return False
    if affinity is Affinity.SAME and min(len(a.roots), len(b.roots)) >= FEW_WORDS and found.common >= NEAR_VERBATIM:
        return True
    if affinity is Affinity.SAME and found.contained >= TRIMMED_SHARE and found.mass >= TRIMMED_MASS:
        return True
    if affinity >= Affinity.OPEN and a.keys == b.keys and a.rank == b.rank and len(a.keys) >= FEW_WORDS:
        return True
    if affinity is Affinity.SAME and a.negations and b.negations and found.contained >= DENIAL_SHARE:
        return found.mass >= bar.mass
    rich = RICH_DISCOUNT if affinity >= Affinity.OPEN and found.mass >= RICH_MASS else 0.0
    quoted = _quoted(a) and _quoted(b)
    if affinity < Affinity.SAME and not quoted and found.common < LEAST_COMMON:
        return False
    mass = bar.mass * (QUOTED_DISCOUNT if quoted else 1.0)
    whole = found.contained >= bar.contained - rich and found.mass >= mass
    alike = found.common >= bar.common and found.mass >= mass / 2
    return (whole or alike) and found.ordered >= bar.contained / 2


def _quoted(piece: Piece) -> bool:
    return piece.statement.form is not Form.INDIRECT


def _grow(material: Material, accepted: Sequence[Pair], stands_for: Sequence[int]) -> list[Group]:
    home = list(range(len(material.pieces)))
    members: dict[int, list[int]] = {i: [i] for i in home}
    joins: dict[int, list[Pair]] = defaultdict(list)
    fit = _Fit(material, accepted, stands_for)
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
    """Whether two groups of statements may become one: no chain of fringes, no crowding of one report."""

    def __init__(self, material: Material, accepted: Sequence[Pair], stands_for: Sequence[int]) -> None:
        self._pieces = material.pieces
        self._first = stands_for
        self._allowed = {(pair.a, pair.b) for pair in accepted}

    def holds(self, one: Sequence[int], two: Sequence[int]) -> bool:
        """True when the fullest renderings match, or at least half of all pairs across do."""
        mine, yours = (sorted({self._first[i] for i in group}) for group in (one, two))
        matches = sum(self._match(i, j) for i in mine for j in yours)
        cores = self._match(self._core(mine), self._core(yours))
        return (cores or 2 * matches >= len(mine) * len(yours)) and not self._crowds(one, two)

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
        return any(abs(i - j) > 1 or not self._whole(i, j, everyone) for i, j in unlike)

    def _whole(self, i: int, j: int, group: Sequence[int]) -> bool:
        least = _WHOLE * (len(self._pieces[i].roots) + len(self._pieces[j].roots))
        return any(
            len(self._pieces[k].roots) >= least and self._match(i, k) and self._match(j, k)
            for k in group
            if self._pieces[k].rank != self._pieces[i].rank
        )


def as_records(
    material: Material, groups: Sequence[Group], origin_of: Callable[[Group], str | None]
) -> list[Utterance]:
    """Write the groups as records, in the order of their first statement."""
    out: list[Utterance] = []
    for found in groups:
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
                reasons=tuple(reason(material, pair) for pair in found.joins),
            )
        )
    return out


def reason(material: Material, pair: Pair) -> Reason:
    """Say in a sentence why two statements are taken for one act of speech."""
    a, b = material.pieces[pair.a], material.pieces[pair.b]
    rule, words = _wording(a, b, pair.likeness)
    return Reason(rule, f"{words}; {_WHO[pair.affinity]}.", (place_of(a), place_of(b)))


_WHO = {
    Affinity.SAME: "both are given to the same source",
    Affinity.LIKELY: "the sources are described alike",
    Affinity.OPEN: "nothing said about the sources differs",
    Affinity.APART: "the sources are described differently, so the wording carries the joining",
    Affinity.CONFLICT: "the reports name different speakers for the same words, so one of them must be mistaken",
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


def place_of(piece: Piece) -> Place:
    """Where a statement stands: its report and the stretch of its content."""
    return Place(piece.statement.report, piece.span)
