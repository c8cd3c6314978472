"""Readings under the decisions of people: what is left out, and what is given to somebody else.

It changes what a person decided about and what would point at nothing afterwards, and says so in the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from headwater.model import Certainty, Decided, Figure, Given, Leaves, Mention, Reading, Statement, by_person

_Rulings = dict[str, str]


class Amending:
    """Applies decisions as the readings become complete: to each statement as soon as it is there."""

    def __init__(self, decided: Decided) -> None:
        self._decided = decided
        self._met: set[str] = set()

    def changed(self, readings: Sequence[Reading], *, by_place: bool = False) -> dict[int, Reading]:
        """Return the readings that decisions change, by their index.

        What is not among these readings is passed over; with `by_place`, for the last time, it is looked for where it
        stood, unless it was met before.
        """
        decided = self._decided
        if not (decided.left_out or decided.given):
            return {}
        leaves = Leaves(readings, decided.stood if by_place else ())
        out: _Rulings = {}
        for ruling in decided.left_out:
            if ruling.id in leaves.kinds:
                self._met.add(ruling.id)
                out[ruling.id] = ruling.decision
            elif by_place and ruling.stood and ruling.id not in self._met:
                out.update(dict.fromkeys(leaves.standing(ruling.stood), ruling.decision))
        given = {ident: each for each in decided.given for ident in leaves.now(each.statement)}
        made = ((index, _amended(reading, out, given)) for index, reading in enumerate(readings))
        return {index: reading for index, reading in made if reading != readings[index]}


def _amended(reading: Reading, out: _Rulings, given: dict[str, Given]) -> Reading:
    kept = [each for each in reading.statements if each.id not in out]
    gone = {each.id for each in reading.statements} - {each.id for each in kept}
    statements = [_given(_freed(each, gone), given.get(each.id)) for each in kept]
    voices = {each.id: given[each.id].mention for each in kept if each.id in given}
    figures = [_figure(each, gone, voices) for each in reading.figures if each.id not in out]
    return replace(
        reading,
        mentions=tuple(_mentions(reading, voices.values())),
        statements=tuple(statements),
        figures=tuple(figures),
    )


def _freed(statement: Statement, gone: set[str]) -> Statement:
    return replace(statement, inside=None) if statement.inside in gone else statement


def _given(statement: Statement, given: Given | None) -> Statement:
    if given is None:
        return statement
    mention = given.mention
    why = by_person(f"A person gave this to {f'“{mention.text}”' if mention else 'nobody'}", (given.decision,)).text
    if why in statement.reasons:
        return statement
    return replace(
        statement,
        source=mention.id if mention else None,
        source_span=statement.source_span if mention else None,
        certainty=Certainty.CLEAR if mention else Certainty.UNCLEAR,
        reasons=(*statement.reasons, why),
    )


def _figure(figure: Figure, gone: set[str], voices: dict[str, Mention | None]) -> Figure:
    """A number whose statement is left out is the report's own; one whose statement is given away goes with it."""
    if figure.statement in gone:
        return replace(figure, statement=None, source=None)
    if figure.statement in voices:
        mention = voices[figure.statement]
        return replace(figure, source=mention.id if mention else None)
    return figure


def _mentions(reading: Reading, further: Iterable[Mention | None]) -> Iterator[Mention]:
    """The mentions of a reading with those that were made for it, in reading order."""
    known = {each.id for each in reading.mentions}
    made = {each.id: each for each in further if each is not None and each.id not in known}
    waiting = sorted(made.values(), key=lambda each: (each.span, each.id))
    for mention in reading.mentions:
        while waiting and waiting[0].span < mention.span:
            yield waiting.pop(0)
        yield mention
    yield from waiting
