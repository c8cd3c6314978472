"""Tracing as a whole: reports and readings in, sources, utterances, origins, reuse and links out.

Pure and deterministic: the same reports and readings in any order give the same records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from headwater.model import Decided, Maker, Reading, Reason, Report, Reuse, Traced
from headwater.tracing import (
    chains,
    cited,
    disputed,
    divergent,
    leaving,
    links,
    meanings,
    origins,
    parting,
    repeats,
    reuse,
    utterances,
)
from headwater.tracing.amending import Amending
from headwater.tracing.carriers import passed_on
from headwater.tracing.material import Material, Piece, prepare, with_readings
from headwater.tracing.names import Affinity
from headwater.tracing.rewording import Cosines, Encode
from headwater.tracing.sources import Sources

MAKER = Maker("tracing-rules", "1")
_STEPS = ("preparing", "finding shared wording", "comparing statements", "joining sources", "linking")
# Sources and utterances sharpen each other; in the gold readings nothing changes after the second round.
_ROUNDS = 3

_NOTHING = Decided()
OnProgress = Callable[[int, int, str], None]


def trace(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    *,
    encode: Encode | None = None,
    on_progress: OnProgress | None = None,
    decided: Decided = _NOTHING,
) -> tuple[Traced, tuple[Reading, ...]]:
    """Trace how things travelled between reports; return that, and the readings with what only comparing shows.

    `readings` may come in any order; a report without one counts as read and empty. They come back in the order of
    `reports`, with quotations parted into the sentences that other reports print (`parting`) and completed by
    unattributed repeats (`Statement.repeats`). `encode` turns texts into vectors of length 1; without it retellings in
    other words are not looked for. `on_progress` is called with (steps done, steps
    in all, what comes next). What people decided outranks every rule here (`decided`), and says so in its reasons.
    Raises nothing of its own and writes nothing.
    """
    step = _progress(on_progress)
    step(0)
    material, shared = _completed(reports, readings, decided, step)
    step(2)
    bonds = leaving.bonds(material, decided)
    measured = utterances.likely_pairs(material, bonds.utterances)
    step(3)
    sources, groups = _settle(material, measured, bonds, Cosines(encode) if encode else None)
    step(4)
    records = sources.records()
    found = origins.find(material, groups, sources, records, bonds.origins)
    by_group = {group.members: origin for group, origin in zip(groups, found.of_group, strict=True)}
    disputes = disputed.find(material, measured, groups, sources)
    said = utterances.as_records(
        material,
        groups,
        lambda group: by_group[group.members],
        _beside(disputed.reasons_by_group(disputes), utterances.kept_apart(material, groups, bonds.utterances)),
    )
    tied = leaving.links(links.find(material, groups, shared, disputes), decided)
    listing = cited.find(material, records)
    ways = chains.find(material, groups, found.records, records, shared, listing)
    apart = divergent.find(material, groups, found.of_group)
    step(5)
    traced = Traced(
        sources=tuple(records),
        utterances=tuple(said),
        origins=tuple(found.records),
        reuse=tuple(shared),
        links=tuple(tied),
        cited=listing.records,
        chains=tuple(ways),
        divergences=tuple(apart),
    )
    completed = {reading.report: reading for reading in material.readings}
    return traced, tuple(completed[report.id] for report in reports)


def _completed(
    reports: Sequence[Report], readings: Sequence[Reading], decided: Decided, step: Callable[[int], None]
) -> tuple[Material, list[Reuse]]:
    """Everything ready for comparing, completed by what comparing shows, under decisions; and the shared wording."""
    people = Amending(decided)
    changed = people.changed(readings)
    material = parting.parted(prepare(reports, [changed.get(at, reading) for at, reading in enumerate(readings)]))
    material = with_readings(material, people.changed(material.readings))
    step(1)
    shared = leaving.reuse(reuse.find(material), decided)
    material = with_readings(material, repeats.find(material, shared))
    return with_readings(material, people.changed(material.readings, by_place=True)), shared


def _beside(*reasons: Mapping[int, Sequence[Reason]]) -> dict[int, list[Reason]]:
    out: dict[int, list[Reason]] = defaultdict(list)
    for each in reasons:
        for index, found in each.items():
            out[index] += found
    return out


def _settle(
    material: Material, measured: utterances.Measured, bonds: leaving.Levels, cosines: Cosines | None = None
) -> tuple[Sources, list[utterances.Group]]:
    """Let utterances and sources sharpen each other until nothing more is joined; then look for other words."""
    sources = Sources(material, bonds.sources)
    sources.join_by_name()
    through = passed_on(material)

    def judge(a: Piece, b: Piece) -> Affinity:
        found = sources.affinity(a.mention, b.mention) if a.mention and b.mention else Affinity.OPEN
        # One report says that it has this from the other's outlet: it speaks of the same source, unless a name differs.
        relayed = (a.order, b.rank) in through or (b.order, a.rank) in through
        return Affinity.LIKELY if relayed and found is Affinity.OPEN else found

    groups = utterances.group(material, measured, judge, bonds=bonds.utterances)
    for _ in range(_ROUNDS):
        if not sources.join_by_utterances(material, groups):
            break
        groups = utterances.group(material, measured, judge, bonds=bonds.utterances)
    if cosines:
        further = meanings.pairs(material, groups, sources, cosines)
        groups = utterances.group(material, measured, judge, further, bonds.utterances)
    return sources, groups


def _progress(on_progress: OnProgress | None) -> Callable[[int], None]:
    def step(done: int) -> None:
        if on_progress:
            on_progress(done, len(_STEPS), _STEPS[done] if done < len(_STEPS) else "done")

    return step
