"""A claim in the making: what it is made of and how it stands, before denials, caveats and order are known."""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model import ClaimKind, Figure, Statement, make_id
from headwater.weighing.acts import acts_in
from headwater.weighing.claims import SaidGroup
from headwater.weighing.copies import Copies
from headwater.weighing.figure_claims import FigureGroup, figure_text
from headwater.weighing.independence import Carrier, Standing, stand
from headwater.weighing.pile import Pile, figure_place
from headwater.weighing.wording import Wording, wording


@dataclass(frozen=True, slots=True)
class Draft:
    """One claim before it is set beside the others.

    `first` is its place in reading order; `minor` claims (ages) describe people and are never what a report is about.
    """

    id: str
    kind: ClaimKind
    text: str
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    reports: tuple[str, ...]
    standing: Standing
    words: Wording
    acts: frozenset[str]
    first: tuple[int, int]
    opposed: tuple[int, ...] = ()
    minor: bool = False
    decisions: tuple[str, ...] = ()


def from_saying(pile: Pile, copies: Copies, group: SaidGroup) -> Draft:
    """Return the claim that a group of utterances makes."""
    statements = tuple(sorted(group.statements, key=pile.position))
    carriers = [
        Carrier(
            record=one.id,
            place=pile.statement_place(one),
            origin=pile.origin_of_statement.get(one.id),
            utterance=pile.utterance_of.get(one.id),
            behind=one.behind,
            via=one.via,
        )
        for one in statements
    ]
    return Draft(
        id=make_id("claim", ClaimKind.SAID, *sorted(saying.utterance.id for saying in group.sayings)),
        kind=ClaimKind.SAID,
        text=group.text,
        statements=statements,
        figures=(),
        reports=pile.ordered(one.report for one in statements),
        standing=stand(pile, copies, carriers),
        words=wording(group.text),
        acts=acts_in(group.text),
        first=pile.position(statements[0]),
        opposed=group.opposed,
        decisions=group.decisions,
    )


def from_figures(pile: Pile, copies: Copies, group: FigureGroup) -> Draft:
    """Return the claim that a group of figures makes."""
    figures = tuple(one.figure for one in group.items)
    carriers = []
    for one in figures:
        statement = pile.statements.get(one.statement) if one.statement else None
        carriers.append(
            Carrier(
                record=one.id,
                place=figure_place(one),
                origin=pile.origin_of_figure.get(one.id),
                utterance=pile.utterance_of.get(statement.id) if statement else None,
                behind=statement.behind if statement else (),
                via=statement.via if statement else (),
            )
        )
    text = figure_text(group)
    return Draft(
        id=make_id("claim", ClaimKind.FIGURE, *sorted(one.id for one in figures)),
        kind=ClaimKind.FIGURE,
        text=text,
        statements=(),
        figures=figures,
        reports=pile.ordered(one.report for one in figures),
        standing=stand(pile, copies, carriers),
        words=wording(text),
        acts=acts_in(f"{figures[0].act or ''}"),
        first=(pile.rank[figures[0].report], figures[0].span.start),
        minor=group.items[0].is_age,
        decisions=group.decisions,
    )
