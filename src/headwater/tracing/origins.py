"""Origins: a source and what it was told to, filled from whichever report says it and marked for the others.

It takes utterances and sources as given and joins nothing by wording.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from headwater.model import (
    Bonds,
    Figure,
    Origin,
    Place,
    Reason,
    Source,
    SourceKind,
    by_person,
    keys,
    make_id,
    told_words,
)
from headwater.tracing.leaving import numbers
from headwater.tracing.material import Material, Piece
from headwater.tracing.names import Affinity, name_of
from headwater.tracing.occasions import Occasion, Setting, differ, firmly_differ, occasion, occasion_of_cue
from headwater.tracing.outlets import is_outlet
from headwater.tracing.sources import Sources
from headwater.tracing.times import long_ago
from headwater.tracing.utterances import FREE, Group, place_of

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_OURSELVES = frozenset({"us", "to", "with"})
_Told = tuple[Piece, Occasion]


@dataclass(slots=True)
class _Root:
    """An origin in the making: one source on one occasion (`told` is empty when no report says which).

    `ago` are the words by which a report says that it was long before.
    """

    source: int
    told: list[_Told]
    ago: Place | None = None
    pieces: list[Piece] = field(default_factory=list)
    figures: list[tuple[int, Figure]] = field(default_factory=list)
    decided: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """The origins as records, the origin of each statement by its order, and of each utterance by its index."""

    records: list[Origin]
    of_piece: dict[int, str]
    of_group: list[str | None]


def find(
    material: Material, groups: Sequence[Group], sources: Sources, records: Sequence[Source], bonds: Bonds = FREE
) -> Found:
    """Work out the origins of all statements and figures; `bonds` are what people decided (numbers as in `leaving`)."""
    speaker = _speakers(material, groups, sources)
    roots = _roots(material, groups, speaker)
    by_piece = {piece.order: root for root in roots for piece in root.pieces}
    _attach_figures(material, sources, roots, by_piece)
    if bonds:
        roots = _by_people(material, roots, bonds)
        by_piece = {piece.order: root for root in roots for piece in root.pieces}
    record_of = {mention: record for record in records for mention in record.mentions}
    by_key = {sources.key(mention): record_of[mention.id] for mention in material.mentions}
    several = Counter(root.source for root in roots)
    out = [_record(material, root, by_key[root.source], several=several[root.source] > 1) for root in roots]
    ids = {id(root): record.id for root, record in zip(roots, out, strict=True)}
    of_piece = {order: ids[id(root)] for order, root in by_piece.items()}
    return Found(out, of_piece, [_most(of_piece, group) for group in groups])


def _most(of_piece: dict[int, str], group: Group) -> str | None:
    found = [of_piece[i] for i in group.members if i in of_piece]
    return Counter(found).most_common(1)[0][0] if found else None


def _speakers(material: Material, groups: Sequence[Group], sources: Sources) -> dict[int, int]:
    """The source of each statement; within one utterance the source that is named best speaks for the vague ones."""
    out: dict[int, int] = {}
    for group in groups:
        pieces = [material.pieces[i] for i in group.members]
        known = [piece for piece in pieces if piece.mention]
        if not known:
            continue
        lead = _lead(known, sources)
        for piece in pieces:
            own = sources.key(piece.mention) if piece.mention else lead
            out[piece.order] = own if _stands_alone(piece, known, lead, sources, group) else lead
    return out


def _lead(known: Sequence[Piece], sources: Sources) -> int:
    counts = Counter(sources.key(piece.mention) for piece in known if piece.mention)
    named: dict[int, int] = defaultdict(int)
    for piece in known:
        if piece.mention:
            key = sources.key(piece.mention)
            named[key] = max(named[key], sources.rank(piece.mention))
    return max(counts, key=lambda key: (named[key], counts[key], -key))


def _stands_alone(piece: Piece, known: Sequence[Piece], lead: int, sources: Sources, group: Group) -> bool:
    """True when the source is somebody else by its description; where a person made one utterance, only by a person."""
    if not piece.mention:
        return False
    heads = [other.mention for other in known if other.mention and sources.key(other.mention) == lead]
    if group.decisions:
        return any(sources.kept_apart(piece.mention, head) for head in heads)
    return any(sources.affinity(piece.mention, head) <= Affinity.APART for head in heads)


def _roots(material: Material, groups: Sequence[Group], speaker: dict[int, int]) -> list[_Root]:
    ago = long_ago(material, groups)
    by_source: dict[tuple[int, str], list[Piece]] = defaultdict(list)
    for piece in material.pieces:
        if piece.order in speaker:
            month = ago[piece.order][0] if piece.order in ago else ""
            by_source[speaker[piece.order], month].append(piece)
    group_of = {i: index for index, group in enumerate(groups) for i in group.members}
    out: list[_Root] = []
    for (source, month), pieces in by_source.items():
        found = _of_source(material, source, pieces, group_of)
        for root in found:
            root.ago = next((ago[piece.order][1] for piece in root.pieces if month), None)
        out += found
    return sorted(out, key=lambda root: root.pieces[0].order)


def _of_source(material: Material, source: int, pieces: list[Piece], group_of: dict[int, int]) -> list[_Root]:
    told = [(piece, found) for piece in pieces if (found := _occasion(material, piece))]
    roots = [_Root(source, cluster) for cluster in _occasions(told, group_of)]
    chosen: dict[int, _Root] = {piece.order: root for root in roots for piece, _ in root.told}
    _spread(pieces, chosen, lambda piece: piece.statement.quotation)
    _spread(pieces, chosen, lambda piece: str(group_of[piece.order]))
    _spread(pieces, chosen, lambda piece: piece.statement.report)
    if len(roots) == 1:
        # Whoever is named may speak on many occasions: a report that shares none of this one's words tells of another.
        named = any(piece.mention and name_of(piece.mention).person for piece in pieces)
        shared = {group_of[order] for order in chosen}
        near = {piece.rank for piece in pieces if group_of[piece.order] in shared}
        chosen.update({piece.order: roots[0] for piece in pieces if not named or piece.rank in near})
    rest = _Root(source, [])
    for piece in pieces:
        chosen.get(piece.order, rest).pieces.append(piece)
    return [root for root in (*roots, rest) if root.pieces]


def _occasion(material: Material, piece: Piece) -> Occasion | None:
    """What the report says about the occasion; a plain "by telephone" or "told us" means the outlet itself.

    The report's own words stay beside the name ("Harbour Post (by telephone)"), unless they say no more than "us".
    """
    told, cue = piece.statement.told_to, piece.statement.cue
    if not told:
        return occasion_of_cue(cue.of(material.reports[piece.rank].text)) if cue else None
    found = occasion(told.text)
    outlet = material.reports[piece.rank].info.outlet
    if found.settings == {Setting.INTERVIEW} and not found.names and outlet:
        how = _ARTICLE.sub("", told.text) if set(keys(told.text)) - _OURSELVES else None
        return replace(occasion(outlet.value), text=f"{outlet.value} ({how})" if how else outlet.value)
    return found


def _occasions(told: Sequence[_Told], group_of: dict[int, int]) -> list[list[_Told]]:
    clusters: list[list[_Told]] = []
    for item in sorted(told, key=lambda entry: (not entry[1].names, entry[0].order)):
        home = next((c for c in clusters if not any(differ(item[1], other) for _, other in c)), None)
        if home is None:
            shared = {group_of[item[0].order]}
            home = next(
                (
                    c
                    for c in clusters
                    if shared & {group_of[piece.order] for piece, _ in c}
                    and not any(firmly_differ(item[1], other) for _, other in c)
                ),
                None,
            )
        if home is None:
            clusters.append([item])
        else:
            home.append(item)
    return clusters


def _spread(pieces: Sequence[Piece], chosen: dict[int, _Root], key: Callable[[Piece], str | None]) -> None:
    """Give statements without an occasion the one that their kin (by `key`) have, when these have just one."""
    kin: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if (name := key(piece)) is not None:
            kin[name].append(piece)
    for family in kin.values():
        known = {id(chosen[piece.order]): chosen[piece.order] for piece in family if piece.order in chosen}
        if len(known) == 1:
            root = next(iter(known.values()))
            chosen.update({piece.order: root for piece in family})


def _attach_figures(material: Material, sources: Sources, roots: list[_Root], by_piece: dict[int, _Root]) -> None:
    order_of = {piece.statement.id: piece.order for piece in material.pieces}
    mention_of = {mention.id: mention for mention in material.mentions}
    of_source: dict[int, list[_Root]] = defaultdict(list)
    for root in roots:
        of_source[root.source].append(root)
    for rank, reading in enumerate(material.readings):
        for figure in reading.figures:
            home = by_piece.get(order_of.get(figure.statement or "", -1))
            if home is not None:
                home.figures.append((rank, figure))
            elif figure.source in mention_of:
                key = sources.key(mention_of[figure.source])
                known = _root_for(of_source[key], rank)
                root = known or _Root(key, [])
                root.figures.append((rank, figure))
                if known is None:
                    of_source[key].append(root)
                    roots.append(root)


def _by_people(material: Material, roots: Sequence[_Root], bonds: Bonds) -> list[_Root]:
    """The origins as people decided: parted where something does not belong to the rest, then made one.

    An origin made of several has the source and the occasion of the first of them.
    """
    number = numbers(material)
    groups = [
        [*(piece.order for piece in root.pieces), *(number[figure.id] for _, figure in root.figures)] for root in roots
    ]
    home = {one: root for root, group in zip(roots, groups, strict=True) for one in group}
    for wall in bonds.walls:
        groups = [
            part
            for group in groups
            for part in (
                ([one for one in group if one not in wall.other], [one for one in group if one in wall.other])
                if not wall.one.isdisjoint(group)
                else (group,)
            )
            if part
        ]
    made = bonds.united(groups)
    told = {item[0].order: item for root in roots for item in root.told}
    pieces = {piece.order: piece for root in roots for piece in root.pieces}
    figures = {number[figure.id]: (rank, figure) for root in roots for rank, figure in root.figures}
    out: list[_Root] = []
    for members, why in made:
        first = home[members[0]]
        root = _Root(first.source, [told[one] for one in members if one in told], first.ago)
        root.pieces = [pieces[one] for one in members if one in pieces]
        root.figures = [figures[one] for one in members if one in figures]
        if why:
            root.decided.append(by_person("A person decided that this is one origin", why, _heads(root)))
        out.append(root)
    for at, others in bonds.walled([members for members, _ in made]).items():
        for other, wall in others:
            places = tuple(_heads(out[i])[0] for i in sorted((at, other)))
            text = "A person keeps these apart: two origins" + (", independent of each other" * wall.independent)
            out[at].decided.append(by_person(text, (wall.decision,), places))
    return out


def _heads(root: _Root) -> tuple[Place, ...]:
    """The first place in each report."""
    found = [*map(place_of, root.pieces), *(Place(figure.report, figure.span) for _, figure in root.figures)]
    first = {place.report: place for place in reversed(found)}
    return tuple(first[report] for report in dict.fromkeys(place.report for place in found))


def _root_for(found: Sequence[_Root], rank: int) -> _Root | None:
    """The origin a figure belongs to when only its source is known: the only one, the report's, the open one."""
    if len(found) == 1:
        return found[0]
    here = [root for root in found if any(piece.rank == rank for piece in root.pieces)]
    if len(here) == 1:
        return here[0]
    return next((root for root in found if not root.told and not root.ago), None)


def _record(material: Material, root: _Root, source: Source, *, several: bool) -> Origin:
    told_to = _told_to(root)
    ranks = sorted({piece.rank for piece in root.pieces} | {rank for rank, _ in root.figures})
    statements = [piece.statement.id for piece in root.pieces]
    figures = [figure.id for _, figure in root.figures]
    return Origin(
        id=make_id("origin", source.id, len(statements), *sorted(statements), *sorted(figures)),
        source=source.id,
        name=f"{source.name} ({told_to or _ago(material, root) or 'occasion not given'})" if several else source.name,
        kind=source.kind,
        told_to=told_to,
        told_to_in=tuple(material.reports[rank].id for rank in sorted({piece.rank for piece, _ in root.told})),
        own_reporting=_own(material, root, source, told_to),
        reports=tuple(material.reports[rank].id for rank in ranks),
        statements=tuple(statements),
        figures=tuple(figures),
        reasons=_reasons(material, root, told_to),
    )


def _told_to(root: _Root) -> str | None:
    """The words that say most: with a name before without, then the most frequent, then the first."""
    if not root.told:
        return None
    counts = Counter(found.text for _, found in root.told)
    first = {found.text: -index for index, (_, found) in reversed(list(enumerate(root.told)))}
    named = {found.text: bool(found.names or found.platforms) for _, found in root.told}
    return max(counts, key=lambda text: (named[text], counts[text], first[text]))


def _ago(material: Material, root: _Root) -> str | None:
    """The words by which a report says when it was said, long before it was published."""
    if root.ago is None:
        return None
    text = next(report.text for report in material.reports if report.id == root.ago.report)
    return root.ago.span.of(text)


def _own(material: Material, root: _Root, source: Source, told_to: str | None) -> bool:
    outlets = {
        info.outlet.value for piece in root.pieces if (info := material.reports[piece.rank].info).outlet is not None
    }
    if source.kind in {SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.UNKNOWN, SourceKind.ORGANISATION}:
        return any(is_outlet(name, outlet) for name in source.names for outlet in outlets)
    listener = told_to.partition(" (")[0] if told_to else ""
    return any(is_outlet(listener, outlet) or listener == outlet for outlet in outlets)


def _reasons(material: Material, root: _Root, told_to: str | None) -> tuple[Reason, ...]:
    out = list(root.decided)
    saying = {piece.rank for piece, _ in root.told}
    silent = sorted({piece.rank for piece in root.pieces} - saying)
    if told_to and silent:
        sayer = root.told[0][0]
        told, cue = sayer.statement.told_to, sayer.statement.cue
        span = told.span if told else cue
        where = (Place(sayer.statement.report, span),) if span else ()
        names = ", ".join(material.reports[rank].info.name for rank in silent)
        says = material.reports[sayer.rank].info.name
        told_how = " ".join(told_words(told_to))
        out.append(Reason("told-to inferred", f"{says} says that it was {told_how}; inferred for {names}.", where))
    if root.ago:
        when = _ago(material, root)
        out.append(Reason("said long before", f"The report says when: {when}. That is another occasion.", (root.ago,)))
    vague = [piece for piece in root.pieces if piece.mention is None]
    if vague:
        text = f"{len(vague)} statement(s) name nobody and are given to this source by the utterance they render."
        out.append(Reason("source inferred", text, tuple(place_of(piece) for piece in vague)))
    return tuple(out)
