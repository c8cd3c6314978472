"""The same quoted words given to two sources by two reports: never one utterance, always shown side by side.

It joins nothing and says of neither report that it is the one mistaken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import LCSseq

from headwater.model import Place, Reason, Span
from headwater.tracing.material import Material, Piece
from headwater.tracing.names import Affinity
from headwater.tracing.roots import is_light
from headwater.tracing.similarity import likeness
from headwater.tracing.sources import Sources
from headwater.tracing.utterances import Group, Measured

RULE = "same words, two sources"
# So many words of two quotations in the same order, most of the shorter one, two of them telling: fewer are a phrase
# that two people may well both use ("we do not know yet").
LEAST_WORDS = 7
LEAST_SHARE = 0.8
LEAST_TELLING = 2
# Words that agree by chance lie scattered over a long quotation; the same words lie together.
SPREAD = 1.4
# A stretch of fewer words than this, so far from the next one, is such a chance.
_STRAY, _FAR = 3, 3


@dataclass(frozen=True, slots=True)
class Disputed:
    """Words that two reports give to different sources: the two groups (indexes) and why they are shown together."""

    groups: tuple[int, int]
    reason: Reason

    @property
    def places(self) -> tuple[Place, Place]:
        """The two passages, in the order of the reports."""
        return self.reason.places[0], self.reason.places[1]


def find(material: Material, measured: Measured, groups: Sequence[Group], sources: Sources) -> list[Disputed]:
    """Return each pair of utterances whose quoted words agree while the reports name different sources, once.

    Quotations are compared whole, since one report prints in two sentences what another runs together.
    """
    group_of = {i: index for index, group in enumerate(groups) for i in group.members}
    quotations = Quotations(material.pieces)
    found: dict[tuple[int, int], Disputed] = {}
    for a, b in measured.quoted:
        one, two = material.pieces[a], material.pieces[b]
        key = min(group_of[a], group_of[b]), max(group_of[a], group_of[b])
        if key[0] == key[1] or key in found or not quotations.could_agree(a, b) or not _two_sources(one, two, sources):
            continue
        stretches = same_words(quotations.of(a), quotations.of(b))
        # A pair that a guard forbids ("nobody was beaten", "somebody was beaten") is not the same words.
        if stretches and ((a, b) in measured.pairs or likeness(one, two, material.weights).against is None):
            found[key] = Disputed(key, _reason(material, one, two, stretches))
    return list(found.values())


def reasons_by_group(found: Sequence[Disputed]) -> dict[int, list[Reason]]:
    """Return the reasons of each group (by index) that shares its words with another source."""
    out: dict[int, list[Reason]] = defaultdict(list)
    for each in found:
        for index in each.groups:
            out[index].append(each.reason)
    return out


def _two_sources(a: Piece, b: Piece, sources: Sources) -> bool:
    """True when both are attributed, to sources that share no word ("the mayor" and "Mayor A." do)."""
    if a.mention is None or b.mention is None or sources.key(a.mention) == sources.key(b.mention):
        return False
    return sources.affinity(a.mention, b.mention) < Affinity.LIKELY


class Quotations:
    """The statements of the quotation that each statement (by its order) stands in, itself among them."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        whole: dict[tuple[int, str], list[Piece]] = defaultdict(list)
        for piece in pieces:
            if piece.statement.quotation:
                whole[piece.rank, piece.statement.quotation].append(piece)
        self._of: dict[int, tuple[Piece, ...]] = {piece.order: (piece,) for piece in pieces}
        self._of |= {piece.order: tuple(family) for family in whole.values() for piece in family}
        self._words: dict[int, Counter[str]] = {}

    def of(self, order: int) -> tuple[Piece, ...]:
        """The whole quotation around a statement."""
        return self._of[order]

    def could_agree(self, a: int, b: int) -> bool:
        """False when too few words stand in both quotations, in whatever order."""
        mine, yours = self._bag(a), self._bag(b)
        least = max(LEAST_WORDS, LEAST_SHARE * min(mine.total(), yours.total()))
        return min(mine.total(), yours.total()) >= LEAST_WORDS and (mine & yours).total() >= least

    def _bag(self, order: int) -> Counter[str]:
        first = self._of[order][0].order
        if first not in self._words:
            self._words[first] = Counter(key for piece in self._of[order] for key in piece.keys)
        return self._words[first]


Words = list[tuple[Piece, str]]


def same_words(a: Sequence[Piece], b: Sequence[Piece]) -> tuple[Span, Span] | None:
    """The stretches of two quotations whose words agree, or None when too few do."""
    mine: Words = [(piece, key) for piece in a for key in piece.keys]
    yours: Words = [(piece, key) for piece in b for key in piece.keys]
    keys = [key for _, key in mine], [key for _, key in yours]
    blocks = [
        (op.src_start, op.src_end, op.dest_start, op.dest_end) for op in LCSseq.opcodes(*keys) if op.tag == "equal"
    ]
    blocks = _without_strays(blocks)
    shared = [keys[0][i] for start, end, _, _ in blocks for i in range(start, end)]
    if len(shared) < max(LEAST_WORDS, LEAST_SHARE * min(len(mine), len(yours))):
        return None
    if len({key for key in shared if not is_light(key)}) < LEAST_TELLING:
        return None
    first, last = blocks[0], blocks[-1]
    wide = max(last[1] - first[0], last[3] - first[2])
    if wide > SPREAD * len(shared):
        return None
    return _stretch(mine[first[0] : last[1]]), _stretch(yours[first[2] : last[3]])


_Block = tuple[int, int, int, int]


def _without_strays(blocks: list[_Block]) -> list[_Block]:
    """Drop short stretches at either end that stand far from the rest."""
    while len(blocks) > 1 and _strays(blocks[0], blocks[0], blocks[1]):
        blocks = blocks[1:]
    while len(blocks) > 1 and _strays(blocks[-1], blocks[-2], blocks[-1]):
        blocks = blocks[:-1]
    return blocks


def _strays(block: _Block, before: _Block, after: _Block) -> bool:
    return block[1] - block[0] < _STRAY and max(after[0] - before[1], after[2] - before[3]) > _FAR


def _stretch(found: Words) -> Span:
    """From the first to the last statement that the words stand in."""
    parts = [piece for piece, _ in groupby(piece for piece, _ in found)]
    return Span(parts[0].span.start, parts[-1].span.end)


def _reason(material: Material, a: Piece, b: Piece, stretches: tuple[Span, Span]) -> Reason:
    names = [piece.mention.text for piece in (a, b) if piece.mention]
    carriers = [material.reports[piece.rank].info.name for piece in (a, b)]
    text = (
        f"The reports give the same words to two sources: {carriers[0]} to “{names[0]}”, {carriers[1]} to "
        f"“{names[1]}”. One may be mistaken, or both may mean one; both stay."
    )
    places = (Place(a.statement.report, stretches[0]), Place(b.statement.report, stretches[1]))
    return Reason(RULE, text, places)
