"""Near renderings by one origin that stay two utterances: another number, another name, a denial of the same words.

It joins nothing. An editor is alarmed by each of these, so the rest of the wording must clearly be the same rendering.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from headwater.model import ChangeKind, Difference, Divergence, Form, Place, Reason, Rendering, likened, make_id
from headwater.tracing.candidates import candidates
from headwater.tracing.material import Material, Piece
from headwater.tracing.similarity import Likeness, likeness
from headwater.tracing.utterances import Group, place_of

RULE = "near rendering"
# Chosen like the rules of `headwater.model.changes`, by reading each divergence found in some 2,500 news reports.
# What is left of the lighter statement when the differing word is taken out, and how much of it must agree in order.
LEAST_SHARE = 0.6
LEAST_COMMON = 0.45
# About one rare word and a half: "three people were killed" and "five people were killed" may be two occurrences.
LEAST_MASS = 1.0
# A "not" is the smallest of words: nothing but it may differ ("I recall the first", "I do not recall the second").
LEAST_DENIED = 0.85
_TELLING = frozenset({ChangeKind.NUMBER, ChangeKind.AGE, ChangeKind.DAY, ChangeKind.NAME, ChangeKind.NEGATION})
_WORDS = {
    ChangeKind.NUMBER: "a number",
    ChangeKind.AGE: "an age",
    ChangeKind.DAY: "a day",
    ChangeKind.NAME: "a name",
    ChangeKind.NEGATION: "that one denies it",
}


def find(material: Material, groups: Sequence[Group], origin_of: Sequence[str | None]) -> list[Divergence]:
    """Return each pair of utterances of one origin that are nearly one rendering, once, with what keeps them apart.

    `origin_of` are the origins of the groups, in their order. A statement whose utterance the other report has as well
    has its counterpart there, and diverges from nothing.
    """
    group_of = {i: index for index, group in enumerate(groups) for i in group.members}
    ranks = [{material.pieces[i].rank for i in group.members} for group in groups]
    found: dict[tuple[int, int], tuple[float, Piece, Piece, list[Difference]]] = {}
    for a, b in _pairs(material, groups, origin_of):
        one, two = group_of[a.order], group_of[b.order]
        if one == two or a.rank in ranks[two] or b.rank in ranks[one]:
            continue
        alike = likeness(a, b, material.weights)
        told = _telling(a, b, alike) if _near(alike) else []
        key = min(one, two), max(one, two)
        if told and (key not in found or alike.score > found[key][0]):
            found[key] = alike.score, a, b, told
    return [_record(material, a, b, told) for _, (_, a, b, told) in sorted(found.items())]


def _pairs(
    material: Material, groups: Sequence[Group], origin_of: Sequence[str | None]
) -> Iterator[tuple[Piece, Piece]]:
    """Yield the pairs of statements of one origin in two reports that are worth measuring, the earlier report first."""
    by_origin: dict[str, list[int]] = defaultdict(list)
    for group, origin in zip(groups, origin_of, strict=True):
        if origin:
            by_origin[origin].extend(group.members)
    for orders in by_origin.values():
        pieces = [material.pieces[i] for i in sorted(orders)]
        for x, y in candidates(pieces, material.weights, share=LEAST_SHARE):
            if pieces[x].rank != pieces[y].rank:
                yield pieces[x], pieces[y]


def _near(found: Likeness) -> bool:
    """True when a guard alone forbids the joining: nearly all of the shorter statement is in the other, in order."""
    whole = found.contained >= LEAST_SHARE and found.ordered >= LEAST_SHARE
    return found.against is not None and whole and found.common >= LEAST_COMMON and found.mass >= LEAST_MASS


def _telling(a: Piece, b: Piece, alike: Likeness) -> list[Difference]:
    quoted = Form.INDIRECT not in {a.statement.form, b.statement.form}
    found = likened(b.statement.text, a.statement.text, quoted=quoted).differences
    kinds = _TELLING if alike.contained >= LEAST_DENIED else _TELLING - {ChangeKind.NEGATION}
    return [each for each in found if each.kind in kinds and each.effect is Rendering.CHANGED]


def _record(material: Material, a: Piece, b: Piece, told: Sequence[Difference]) -> Divergence:
    kinds = tuple(dict.fromkeys(each.kind for each in told))
    first, second = (material.reports[piece.rank].info.name for piece in (a, b))
    words = " and ".join(_WORDS[kind] for kind in kinds)
    theirs = ", ".join(f"“{each.there.of(a.statement.text)}”" for each in told)
    ours = ", ".join(f"“{each.here.of(b.statement.text)}”" for each in told)
    text = f"The same rendering but for {words}: {first} has {theirs}, {second} has {ours}. They stay two utterances."
    places: tuple[Place, Place] = (place_of(a), place_of(b))
    ident = make_id("divergence", a.statement.id, b.statement.id)
    return Divergence(ident, a.statement.id, b.statement.id, kinds, Reason(RULE, text, places))
