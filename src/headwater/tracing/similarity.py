"""How alike two statements are, in words: shared weight, order, and what speaks against it.

Only evidence about wording. Who said it is `names`; what follows from both is `utterances`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA, LCSseq

from headwater.model import FUNCTION_WORDS, Stance
from headwater.tracing.material import Piece, Weights
from headwater.tracing.roots import is_light, number_in

# A negation belongs to a word at most this far after it ("did not, he said, order").
_NEGATION_REACH = 4
# A slip in a name: one letter in so many (METHOD: one per six).
_LETTERS_PER_SLIP = 6
_LEAST_FOR_SLIP = 5


@dataclass(frozen=True, slots=True)
class Likeness:
    """Evidence that two statements share wording.

    `contained` is the share of the lighter statement found in the other, `common` that of both together, `ordered`
    the share of the lighter one that stands in the same order (0 to 1); `mass` is the weight of the shared content
    words (about: how many rare words). `against` names what forbids a joining, or is None.
    """

    contained: float
    common: float
    mass: float
    ordered: float
    against: str | None

    @property
    def score(self) -> float:
        """One number for ordering pairs; thresholds look at the parts."""
        return 0.5 * self.contained + 0.3 * self.common + 0.2 * self.ordered


def overlap(a: Piece, b: Piece, weights: Weights) -> tuple[float, float, float]:
    """Return (contained, common, mass) of two statements by their bags of roots: all of `likeness` but the order."""
    one, two = weights.bag(a.roots), weights.bag(b.roots)
    weight = mass = 0.0
    for shape, count in one.items():
        other = two.get(shape)
        if other:
            least = min(count, other)
            weight += least * weights.of(shape)
            mass += least * weights.telling(shape)
    mine, yours = heft(a, weights), heft(b, weights)
    lighter, union = min(mine, yours), mine + yours - weight
    return (weight / lighter if lighter else 0.0), (weight / union if union else 0.0), mass


def heft(piece: Piece, weights: Weights) -> float:
    """The summed weight of all words of a statement."""
    return weights.heft(piece.roots)


def likeness(a: Piece, b: Piece, weights: Weights, bags: tuple[float, float, float] | None = None) -> Likeness:
    """Measure two statements against each other, with the guards for numbers, negation and names.

    `bags` is what `overlap` returned for them, when that has been asked before.
    """
    contained, common, mass = bags or overlap(a, b, weights)
    lighter = min(heft(a, weights), heft(b, weights))
    blocks = _blocks(a, b)
    in_order = sum(weights.of(a.roots[i]) for start, end, _, _ in blocks for i in range(start, end))
    return Likeness(contained, common, mass, in_order / lighter if lighter else 0.0, _against(a, b, blocks))


Block = tuple[int, int, int, int]


def _blocks(a: Piece, b: Piece) -> list[Block]:
    """The stretches of words that both have in the same order: (start, end) in `a`, (start, end) in `b`."""
    return [
        (op.src_start, op.src_end, op.dest_start, op.dest_end)
        for op in LCSseq.opcodes(a.roots, b.roots)
        if op.tag == "equal"
    ]


def _against(a: Piece, b: Piece, blocks: list[Block]) -> str | None:
    if _numbers_differ(a, b):
        return "the numbers differ"
    if _contradict(a, b):
        return "one denies what the other says"
    if _name_replaced(a, b, blocks):
        return "a name is another one"
    return None


def _numbers_differ(a: Piece, b: Piece) -> bool:
    return bool(a.numbers and b.numbers and not a.numbers & b.numbers)


def _contradict(a: Piece, b: Piece) -> bool:
    """True when one denies a word that both share and the other does not."""
    if (a.statement.stance is Stance.DENIES) != (b.statement.stance is Stance.DENIES):
        return not (b if a.statement.stance is Stance.DENIES else a).negations
    return _denied_only(a, b) or _denied_only(b, a)


def _denied_only(a: Piece, b: Piece) -> bool:
    """True when `a` denies a word that `b` has and does not deny, wherever it stands there.

    What a report says is denied ("denied that it was a sale") is denied without a word for it. A word that `a` also has
    where it denies nothing answers for the one in `b` ("nobody will leave, the ferry has left").
    """
    if not a.negations or b.statement.stance is Stance.DENIES:
        return False
    denied, affirmed = {shape for scope in _scopes(b) for shape in scope}, _affirmed(a)
    held = Counter(b.roots)
    return any(scope[0] not in denied and held[scope[0]] > affirmed[scope[0]] for scope in _scopes(a))


def _affirmed(piece: Piece) -> Counter[str]:
    """How often each root stands in a statement without being denied there."""
    return Counter(piece.roots) - Counter(shape for scope in _scopes(piece) for shape in scope)


def _scopes(piece: Piece) -> Iterator[list[str]]:
    """What each negation denies: the first telling word after it, and the next when it follows closely.

    Closely, because "cannot detain or beat" denies both, and "do not live in the valley" comes back as "are not in
    the valley".
    """
    for place in sorted(piece.negations):
        reach = range(place + 1, min(len(piece.keys), place + 1 + 2 * _NEGATION_REACH))
        words = [i for i in reach if piece.keys[i] not in FUNCTION_WORDS and i not in piece.negations]
        if words and words[0] - place <= _NEGATION_REACH:
            near = words[: 2 if len(words) > 1 and words[1] - words[0] < _NEGATION_REACH else 1]
            yield [piece.roots[i] for i in near]


def _name_replaced(a: Piece, b: Piece, blocks: list[Block]) -> bool:
    """True when between two shared stretches one has a name where the other has a different name or number."""
    if not (a.names or a.numbers) or not (b.names or b.numbers):
        return False
    edges = [(0, 0, 0, 0), *blocks, (len(a.roots), len(a.roots), len(b.roots), len(b.roots))]
    for (_, a_end, _, b_end), (a_start, _, b_start, _) in pairwise(edges):
        mine, yours = _telling(a, a_end, a_start), _telling(b, b_end, b_start)
        alike = any(same_but_slip(x, y) for x in mine for y in yours)
        if mine and yours and not (alike or _elsewhere(mine, b) or _elsewhere(yours, a)):
            return True
    return False


def _telling(piece: Piece, start: int, end: int) -> list[str]:
    return [
        piece.keys[i]
        for i in range(start, end)
        if (i in piece.names or number_in(piece.roots[i])) and not is_light(piece.keys[i])
    ]


def _elsewhere(found: list[str], other: Piece) -> bool:
    return any(key in other.keys for key in found)


def same_but_slip(a: str, b: str) -> bool:
    """True when two folded words are equal but for one letter in every six (Kamilov, Kamilow)."""
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < _LEAST_FOR_SLIP or not (a.isalpha() and b.isalpha()):
        return False
    allowed = 1 + (len(shorter) - 1) // (2 * _LETTERS_PER_SLIP)
    if len(longer) - len(shorter) > allowed:
        return False
    return OSA.distance(a, b) <= allowed
