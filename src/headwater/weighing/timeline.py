"""What has a place in time: the publications and the dated passages of the case, in order."""

from __future__ import annotations

from collections.abc import Iterator

from headwater.model import DateMention, Figure, Statement, TimelineEntry, make_id
from headwater.weighing.pile import Pile

_NEAR = 160  # code points between a date and the figure that it may date
_LONGEST = 200


def timeline(pile: Pile) -> tuple[TimelineEntry, ...]:
    """Return the entries by their earliest day, publications before passages of one day.

    A publication has the place 0-0: it is about the whole report. A passage without a first day ("recently", "long
    before") has no place on a line: it stays in its report.
    """
    entries = [*_publications(pile), *_passages(pile)]
    return tuple(
        sorted(
            entries,
            key=lambda one: (
                one.earliest or "",
                one.latest or "9999",
                not one.publication,
                pile.rank[one.report],
                one.start,
                one.id,
            ),
        )
    )


def _publications(pile: Pile) -> Iterator[TimelineEntry]:
    for info in pile.infos.values():
        if info.day:
            what = f"{info.name}: {info.title.value}" if info.title else info.name
            entry = make_id("time", info.id, "published")
            yield TimelineEntry(entry, info.day, info.day, what, info.id, 0, 0, publication=True)


def _passages(pile: Pile) -> Iterator[TimelineEntry]:
    for report, dates in pile.dates.items():
        statements = [one for one in pile.readings[report].statements if one.id in pile.statements]
        figures = pile.readings[report].figures
        for mention in dates:
            if mention.resolved and mention.earliest:
                yield TimelineEntry(
                    make_id("time", mention.id),
                    mention.earliest,
                    mention.latest,
                    _what(mention, statements, figures),
                    report,
                    mention.span.start,
                    mention.span.end,
                    publication=False,
                )


def _what(mention: DateMention, statements: list[Statement], figures: tuple[Figure, ...]) -> str:
    """Return the statement that holds the date, else the nearest figure, else the date's own words."""
    for one in statements:
        if one.content[0].start <= mention.span.start and mention.span.end <= one.content[-1].end:
            return _short(one.text)
    near = [(gap, one.span.start, one) for one in figures if (gap := _gap(mention, one)) <= _NEAR]
    if near:
        figure = min(near, key=lambda item: item[:2])[2]
        act = f" ({figure.act})" if figure.act and figure.act not in figure.text else ""
        return f"{mention.text}: {figure.text}{act}"
    return mention.text


def _gap(mention: DateMention, figure: Figure) -> int:
    return max(mention.span.start - figure.span.end, figure.span.start - mention.span.end, 0)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rsplit(" ", 1)[0] + "…"
