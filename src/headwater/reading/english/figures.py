"""Finds figures in English reports: a number with its bound, what is counted, and the act it is counted for.

Normal forms, so that equal things are equal: `unit` is the noun phrase in lower case, its head last and in the plural
("gay men", "workers" for "one worker"), so `unit.split()[-1]` is the head; deaths, fatalities and lives lost are
"people"; ages are "years", money is "dollars", shares are "per cent". `act` is a class of `figure_acts` where one fits,
else the governing verb in the past ("removed"), else None. `whom` are the words that narrow the unit: the whole it is a
part of ("of the more than 200 girls"), else the words before the head, lower case. `place` is a name without its
preposition, as written; `when` a date in lower case, as written. "several" is read only of people hit by a known act (3
or more). Statement and source are left to the caller. Nothing here compares figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from headwater.model import Figure, PassageKind, Span, make_id
from headwater.reading.english.figure_sentence import Draft, Memory, read_sentence

_MEMORY = 1  # sentences over which "three of them" may look back for what it counts


def find_figures(
    text: str, sentences: Sequence[Span], *, report: str, kind_of: Callable[[int], PassageKind]
) -> tuple[Figure, ...]:
    """Return the figures of a report in reading order, disjoint, with `statement` and `source` None.

    `sentences` are spans of `text` (code points) in order; `kind_of` tells the passage kind at an offset: furniture is
    not read. Writes nothing, raises nothing.
    """
    out: list[Figure] = []
    memory: Memory | None = None
    for number, sentence in enumerate(sentences):
        kind = kind_of(sentence.start)
        if kind is PassageKind.FURNITURE:
            continue
        if memory is not None and number - memory.sentence > _MEMORY:
            memory = None
        drafts, memory = read_sentence(text, sentence, memory, number)
        out.extend(_record(text, draft, report, kind) for draft in drafts)
    return tuple(out)


def _record(text: str, draft: Draft, report: str, kind: PassageKind) -> Figure:
    span = draft.span
    ident = make_id("figure", report, span.start, span.end, draft.low, draft.high, draft.unit, draft.act)
    return Figure(
        id=ident,
        report=report,
        span=span,
        text=span.of(text),
        low=draft.low,
        high=draft.high,
        bound=draft.bound,
        unit=draft.unit,
        act=draft.act,
        whom=draft.whom,
        place=draft.place,
        when=draft.when,
        passage=kind,
    )
