"""Tracing as a whole: reports and readings in, sources, utterances, origins, reuse and links out.

Pure and deterministic: the same reports and readings in any order give the same records.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headwater.model import Maker, Reading, Report, Traced
from headwater.tracing import disputed, divergent, links, origins, reuse, utterances
from headwater.tracing.carriers import passed_on
from headwater.tracing.material import Material, Piece, prepare
from headwater.tracing.names import Affinity
from headwater.tracing.sources import Sources

MAKER = Maker("tracing-rules", "1")
_STEPS = ("preparing", "comparing statements", "joining sources", "finding shared wording", "linking")
# Sources and utterances sharpen each other; in the gold readings nothing changes after the second round.
_ROUNDS = 3

OnProgress = Callable[[int, int, str], None]


def trace(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    *,
    on_progress: OnProgress | None = None,
) -> Traced:
    """Trace how things travelled between reports.

    `readings` may come in any order; a report without one counts as read and empty. `on_progress` is called with
    (steps done, steps in all, what comes next). Raises nothing of its own and writes nothing.
    """
    step = _progress(on_progress)
    step(0)
    material = prepare(reports, readings)
    step(1)
    measured = utterances.likely_pairs(material)
    step(2)
    sources, groups = _settle(material, measured)
    step(3)
    shared = reuse.find(material)
    step(4)
    records = sources.records()
    found = origins.find(material, groups, sources, records)
    by_group = {group.members: origin for group, origin in zip(groups, found.of_group, strict=True)}
    disputes = disputed.find(material, measured, groups, sources)
    said = utterances.as_records(
        material, groups, lambda group: by_group[group.members], disputed.reasons_by_group(disputes)
    )
    tied = links.find(material, groups, shared, disputes)
    apart = divergent.find(material, groups, found.of_group)
    step(5)
    return Traced(tuple(records), tuple(said), tuple(found.records), tuple(shared), tuple(tied), tuple(apart))


def _settle(material: Material, measured: utterances.Measured) -> tuple[Sources, list[utterances.Group]]:
    """Let utterances and sources sharpen each other until nothing more is joined."""
    sources = Sources(material)
    sources.join_by_name()
    through = passed_on(material)

    def judge(a: Piece, b: Piece) -> Affinity:
        found = sources.affinity(a.mention, b.mention) if a.mention and b.mention else Affinity.OPEN
        # One report says that it has this from the other's outlet: it speaks of the same source, unless a name differs.
        relayed = (a.order, b.rank) in through or (b.order, a.rank) in through
        return Affinity.LIKELY if relayed and found is Affinity.OPEN else found

    groups = utterances.group(material, measured, judge)
    for _ in range(_ROUNDS):
        if not sources.join_by_utterances(material, groups):
            break
        groups = utterances.group(material, measured, judge)
    return sources, groups


def _progress(on_progress: OnProgress | None) -> Callable[[int], None]:
    def step(done: int) -> None:
        if on_progress:
            on_progress(done, len(_STEPS), _STEPS[done] if done < len(_STEPS) else "done")

    return step
