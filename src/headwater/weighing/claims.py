"""Claims from what was said: utterances that assert the same thing by their words, whoever says them.

A wrong join hides a disagreement, so that doubt leaves two claims. Never compares all with all: candidates share rare
stems.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import Bonds, Stance, Statement, Utterance, stem
from headwater.weighing.denying import DENIAL_WORDS, is_denial
from headwater.weighing.linking import May, linked
from headwater.weighing.pile import Pile
from headwater.weighing.wording import Rarity, Wording, in_order, is_sentence, longest_run, wording

_KEYS = 6  # rarest stems of an utterance under which it is looked up
_CROWD = 60  # a stem used by more utterances than this finds no candidates
_LEAST_STEMS = 3
_SHARE = 0.66  # of the weight of either wording, in common: below it two sayings are two claims
_SHARE_OPPOSED = 0.7
_CUT = 0.9  # of the shorter wording, unbroken in the longer one
_COMMON_IN_DENIALS = 2  # content words in two official denials, and half of those of the shorter one
_ORDER = 0.7
_SILENT = frozenset({Stance.CAVEAT, Stance.DECLINES})


@dataclass(frozen=True, slots=True)
class Saying:
    """An utterance as a candidate for claims: its statements in reading order, and its wording."""

    utterance: Utterance
    statements: tuple[Statement, ...]
    words: Wording


@dataclass(frozen=True, slots=True)
class SaidGroup:
    """Sayings that assert the same thing. `opposed` are indexes of groups that assert the contrary.

    `decisions` are those by which people made it one.
    """

    sayings: tuple[Saying, ...]
    text: str
    opposed: tuple[int, ...] = ()
    decisions: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement of the group."""
        return tuple(one for saying in self.sayings for one in saying.statements)


def sayings(pile: Pile) -> list[Saying]:
    """Return the utterances that assert or deny something, in reading order of their first statement."""
    out: list[Saying] = []
    for utterance in pile.utterances:
        found = [pile.statements[one] for one in utterance.statements if one in pile.statements]
        if not found or all(one.stance in _SILENT for one in found):
            continue
        found.sort(key=pile.position)
        out.append(Saying(utterance, tuple(found), wording(utterance.text)))
    return sorted(out, key=lambda one: (pile.position(one.statements[0]), one.utterance.id))


def group_sayings(pile: Pile, found: Sequence[Saying], rarity: Rarity, bonds: Bonds) -> list[SaidGroup]:
    """Return the claims from sayings, in reading order, with those that assert the contrary of one another.

    `bonds` are what people decided, by the index of a saying.
    """
    alike: list[tuple[float, int, int]] = []
    contrary: list[tuple[int, int]] = []

    def fits(a: int, b: int) -> bool:
        if same_assertion(found[a].words, found[b].words, rarity):
            return True
        return _same_denial(pile, found[a], found[b])

    for a, b in candidates([one.words for one in found], rarity):
        one, two = found[a].words, found[b].words
        if fits(a, b):
            alike.append((min(rarity.shares(one, two)), a, b))
        elif opposite_assertion(one, two, rarity) and not _one_speaker(pile, found[a], found[b]):
            contrary.append((a, b))
    alike.sort(key=lambda one: (-one[0], one[1], one[2]))

    def may_join(group: Sequence[int], other: Sequence[int]) -> May:
        if bonds.forbid(group, other):
            return May.NEVER
        return May.YES if all(fits(a, b) for a in group for b in other) else May.NEVER

    groups = bonds.united(linked(len(found), ((a, b) for _, a, b in alike), may_join))
    place = {member: at for at, (group, _) in enumerate(groups) for member in group}
    opposed = _opposed(contrary, place)
    return [
        SaidGroup(
            sayings=tuple(found[one] for one in group),
            text=_text([found[one] for one in group]),
            opposed=tuple(sorted(opposed.get(at, ()))),
            decisions=why,
        )
        for at, (group, why) in enumerate(groups)
    ]


def candidates(pieces: Sequence[Wording], rarity: Rarity) -> Iterator[tuple[int, int]]:
    """Yield pairs (lower index first) that share at least two of their rarest stems."""
    index: dict[str, list[int]] = defaultdict(list)
    rare = [rarity.rarest(piece.stems, _KEYS) for piece in pieces]
    for at, stems in enumerate(rare):
        for one in stems:
            index[one].append(at)
    for at, stems in enumerate(rare):
        shared: dict[int, int] = defaultdict(int)
        for one in stems:
            if len(index[one]) <= _CROWD:
                for other in index[one]:
                    if other > at:
                        shared[other] += 1
        yield from ((at, other) for other in sorted(shared) if shared[other] >= 2)


def same_assertion(a: Wording, b: Wording, rarity: Rarity) -> bool:
    """Tell whether two wordings assert the same thing: most words, their order, numbers, names and polarity agree."""
    return a.negated == b.negated and a.modal == b.modal and _same_content(a, b, rarity, _SHARE)


def opposite_assertion(a: Wording, b: Wording, rarity: Rarity) -> bool:
    """Tell whether two wordings assert the contrary: the same content with the opposite polarity.

    A quotation that stops short of the "not" of the longer one is not its contrary, but a cut.
    """
    if a.negated == b.negated or not _same_content(a, b, rarity, _SHARE_OPPOSED):
        return False
    return longest_run(a.keys, b.keys) < _CUT * min(len(a.keys), len(b.keys))


def _same_content(a: Wording, b: Wording, rarity: Rarity, share: float) -> bool:
    if min(len(a.stems), len(b.stems)) < _LEAST_STEMS or a.numbers != b.numbers:
        return False
    if a.names - b.names and b.names - a.names:
        return False
    return min(rarity.shares(a, b)) >= share and in_order(a, b) >= _ORDER


def _same_denial(pile: Pile, a: Saying, b: Saying) -> bool:
    """Tell whether two official denials are one denial in other words, as translations are.

    What is denied is the same, as a rule, so that half of the content words are enough; other assertions need more.
    """
    if len(a.words.stems & b.words.stems) < _COMMON_IN_DENIALS or a.words.numbers != b.words.numbers:
        return False
    one, two = a.words.stems - DENIAL_WORDS, b.words.stems - DENIAL_WORDS
    common, names = one & two, {stem(name) for name in a.words.names | b.words.names}
    if len(common) < _COMMON_IN_DENIALS or 2 * len(common) < min(len(one), len(two)) or common <= names:
        return False
    return _denies(pile, a) and _denies(pile, b)


def _one_speaker(pile: Pile, a: Saying, b: Saying) -> bool:
    sources = []
    for one in (a, b):
        origin = pile.origin_of_statement.get(one.statements[0].id)
        sources.append(pile.origins[origin].source if origin else None)
    return sources[0] is not None and sources[0] == sources[1]


def _denies(pile: Pile, saying: Saying) -> bool:
    return any(is_denial(pile, one) for one in saying.statements)


def _opposed(contrary: Iterable[tuple[int, int]], place: Mapping[int, int]) -> dict[int, set[int]]:
    out: dict[int, set[int]] = defaultdict(set)
    for a, b in contrary:
        one, two = place[a], place[b]
        if one != two:
            out[one].add(two)
            out[two].add(one)
    return out


def _text(group: Sequence[Saying]) -> str:
    """Return the wording that stands for the claim: a whole sentence, carried most, then the longest."""
    if len(group) == 1 and len(group[0].statements) == 1:
        return group[0].utterance.text.strip()
    texts = [(saying.utterance.text, saying) for saying in group]
    texts += [(one.text, saying) for saying in group for one in saying.statements]

    def merit(item: tuple[str, Saying]) -> tuple[bool, int, int, str]:
        text, saying = item
        reports = len({one.report for one in saying.statements})
        return is_sentence(text), reports, len(text), text

    return max(texts, key=merit)[0].strip()
