"""Retellings in other words: statements of one source whose words leave doubt and whose sentences mean the same.

Words propose, the sentence encoder confirms, and neither does alone: of the pairs that only the encoder finds near each
other most share a topic, of those that only the judge of rewording finds likely half do (docs/decisions/0009).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from headwater.model import Form
from headwater.tracing.joining import far
from headwater.tracing.material import Material, Piece
from headwater.tracing.names import Affinity
from headwater.tracing.rewording import Cosines, probability
from headwater.tracing.roots import is_light
from headwater.tracing.similarity import Likeness, likeness
from headwater.tracing.sources import Sources
from headwater.tracing.utterances import Group, Pair

# What the words must leave possible before the encoder is asked, and what it must answer. Chosen on eight days of
# unrelated news (567 reports) by reading the 60 nearest pairs: from .76 and .2 on there were 47, of them 4 wrong.
LEAST_CHANCE = 0.2
NEAR = 0.76
LEAST_SHARED = 0.2
# A word in more statements of one source than this is a word of what the source always speaks of.
_TOPIC = 40
_ENGLISH = "en"


def pairs(material: Material, groups: Sequence[Group], sources: Sources, cosines: Cosines) -> list[Pair]:
    """Return the pairs of one source's statements in different reports that mean the same; one of each is a retelling.

    Only where words leave it possible is the encoder asked, each text once.
    """
    asked = [
        (a, b, found)
        for a, b, found in _possible(material, groups, sources)
        if probability(a, b, material.weights, found=found) >= LEAST_CHANCE
    ]
    nearness = cosines.of([(a, b) for a, b, _ in asked])
    return [
        Pair(a.order, b.order, found, Affinity.SAME, cosine)
        for (a, b, found), cosine in zip(asked, nearness, strict=True)
        if cosine >= NEAR
    ]


def _possible(material: Material, groups: Sequence[Group], sources: Sources) -> Iterator[tuple[Piece, Piece, Likeness]]:
    """Pairs of one source's statements that share a word of weight, in no utterance together, with nothing against."""
    home = {order: index for index, group in enumerate(groups) for order in group.members}
    for said in _by_source(material, sources):
        for a, b in _sharing(said):
            if home[a.order] == home[b.order] or not _retelling(a, b) or far(a, b):
                continue
            found = likeness(a, b, material.weights)
            if found.against is None and found.contained >= LEAST_SHARED:
                yield a, b, found


def _by_source(material: Material, sources: Sources) -> Iterator[list[Piece]]:
    """The statements of each source in English reports, same words of one report once, in their order."""
    english = [report.info.language is None or report.info.language.value == _ENGLISH for report in material.reports]
    said: dict[int, dict[tuple[str, ...], Piece]] = defaultdict(dict)
    for piece in material.pieces:
        if piece.mention and english[piece.rank]:
            said[sources.key(piece.mention)].setdefault(piece.keys, piece)
    for found in said.values():
        if len({piece.rank for piece in found.values()}) > 1:
            yield list(found.values())


def _sharing(said: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """The pairs that have a telling word in common which is not in most of what the source says."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, piece in enumerate(said):
        for shape in set(piece.roots):
            if not is_light(shape):
                holders[shape].append(index)
    found = {pair for held in holders.values() if len(held) <= _TOPIC for pair in combinations(held, 2)}
    return [(said[a], said[b]) for a, b in sorted(found)]


def _retelling(a: Piece, b: Piece) -> bool:
    """True for two reports of which one tells in its own words; quotations that differ are different sentences."""
    told = Form.INDIRECT in {a.statement.form, b.statement.form}
    return told and a.rank != b.rank and a.statement.stance is b.statement.stance
