"""What is different between two states of one case, in the order in which an editor needs it. Only compares records.

Claims are matched by their id, else by the statements and figures they are made of. Says how many origins stand behind
a claim now and before; whether a claim holds is never said.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from headwater.model import Bearing, Case, Claim, ClaimKind, Origin, as_heading, told_words
from headwater.pipeline.matching import Match, Side, parts

LINES = 12  # as many as fit on a screen beside the counts and what to do next
_WORDING = 90
_NAME = 60
_NAMED = 2
_FIRST = 4  # origins that are told before the other kinds have a second line


class DifferenceKind(StrEnum):
    """What changed, in the order in which it is told."""

    ORIGINS = "origins"
    DENIAL = "denial"
    CONTRADICTION = "contradiction"
    NEW = "new claim"
    JOINED = "claims joined"
    PARTED = "claim parted"
    CARRIED = "reports of a claim"
    SOURCES = "sources joined"
    UTTERANCES = "utterances joined"
    GONE = "claim gone"
    ECHO = "loudest echo"
    TOTALS = "totals"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed: a sentence for a person, the claims it is about (of a claim that is gone, its id before).

    `before` and `after` are what stood and stands there: a range of origins, a number, an id; empty for nothing.
    `beside` is True where a claim about what was said tells the same of the figure in it.
    """

    kind: DifferenceKind
    sentence: str
    claims: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    beside: bool = False


def changes(before: Case, after: Case) -> tuple[Difference, ...]:
    """Return everything that a person should know to be different in `after`, by kind, each in reading order."""
    compared = _Compared(before, after)
    found = (
        compared.origins(),
        compared.denials(),
        compared.contradictions(),
        compared.new(),
        compared.joined(),
        compared.parted(),
        compared.carried(),
        compared.sources(),
        compared.utterances(),
        compared.gone(),
        compared.echo(),
        compared.totals(),
    )
    return tuple(chain.from_iterable(found))


def sentences(differences: Sequence[Difference], *, most: int = LINES) -> list[str]:
    """Return at most `most` sentences: every kind has one, origins a few, the others in turn; the rest is counted."""
    told = [each for each in differences if not each.beside]
    kinds = [found for kind in DifferenceKind if (found := [each for each in told if each.kind is kind])]
    room = [min(len(found), _FIRST if found[0].kind is DifferenceKind.ORIGINS else 1) for found in kinds]
    while sum(room) < most and any(used < len(found) for used, found in zip(room, kinds, strict=True)):
        for number, found in enumerate(kinds):
            room[number] += room[number] < len(found) and sum(room) < most
    lines: list[str] = []
    for used, found in zip(room, kinds, strict=True):
        rest = len(found) - used
        lines += [each.sentence for each in found[:used]]
        lines[-1] += f" And {rest:,} more like this." if rest else ""
    return lines


class _Compared:
    """The two states of a case beside one another."""

    def __init__(self, before: Case, after: Case) -> None:
        self._match = Match(before, after)
        self._before, self._after = self._match.before, self._match.after
        self._withdrawn = self._before.names.keys() - self._after.names.keys()
        self._told_by = self._match.figures_told()

    def _once(self, found: Iterable[Difference]) -> Iterator[Difference]:
        """Mark what is told of a figure and just so of the words that it stands in."""
        all_found = list(found)
        told = {(claim, each.before, each.after) for each in all_found for claim in each.claims}
        for each in all_found:
            said = self._told_by.get(each.claims[0])
            yield replace(each, beside=said is not None and (said, each.before, each.after) in told)

    def origins(self) -> Iterator[Difference]:
        """Claims with another range of origins than before."""
        return self._once(
            Difference(
                DifferenceKind.ORIGINS,
                f"Origins of {_words(claim)}: {earlier.origin_range} → {claim.origin_range}{self._why(earlier, claim)}",
                (claim.id,),
                earlier.origin_range,
                claim.origin_range,
            )
            for earlier, claim in self._match.pairs()
            if earlier.origin_range != claim.origin_range
        )

    def _why(self, earlier: Claim, claim: Claim) -> str:
        """Say who is new behind a claim, or by what two became one."""
        known, own = {*parts(earlier)}, {*parts(claim)}
        new = [
            self._after.origins[each]
            for each in claim.origins
            if each in self._after.origins and not own.intersection(_made_of(self._after.origins[each])) & known
        ]
        if new and claim.origins_high > earlier.origins_high:
            more = f" and {len(new) - _NAMED:,} more" if len(new) > _NAMED else ""
            return f" (new: {'; '.join(map(_origin_words, new[:_NAMED]))}{more})."
        before = {reason.text for reason in earlier.reasons}
        joins = (r.text for r in claim.reasons if r.bearing is Bearing.JOINS and r.text not in before)
        if claim.origins_high < earlier.origins_high and (why := next(joins, None)):
            return f". {why}"
        return "."

    def denials(self) -> Iterator[Difference]:
        """Claims that are denied now and were not, or the reverse, by what denies them; then those denied otherwise."""
        came: dict[tuple[str, ...], list[Claim]] = {}
        went: dict[tuple[str, ...], list[Claim]] = {}
        others: list[Difference] = []
        for earlier, claim in self._match.pairs():
            if claim.denied_by and not earlier.denied_by:
                came.setdefault(claim.denied_by, []).append(claim)
            elif earlier.denied_by and not claim.denied_by:
                went.setdefault(earlier.denied_by, []).append(claim)
            elif len(claim.denied_by) != len(earlier.denied_by):
                a, b = (str(len(each.denied_by)) for each in (earlier, claim))
                sentence = f"Statements that deny {_words(claim)}: {a} → {b}."
                others.append(Difference(DifferenceKind.DENIAL, sentence, (claim.id,), a, b))
        for by, claims in came.items():
            sentence = f"Now denied, by {self._denial(by, self._after)}: {_listed(claims)}."
            yield Difference(DifferenceKind.DENIAL, sentence, tuple(each.id for each in claims), "0", str(len(by)))
        for by, claims in went.items():
            sentence = f"No longer denied, as it was by {self._denial(by, self._before)}: {_listed(claims)}."
            yield Difference(DifferenceKind.DENIAL, sentence, tuple(each.id for each in claims), str(len(by)), "0")
        yield from others

    def _denial(self, statements: Sequence[str], side: Side) -> str:
        first = side.statements[statements[0]]
        more = f" and {len(statements) - 1:,} more" if len(statements) > 1 else ""
        gone = ", which was withdrawn" if first.report in self._withdrawn else ""
        return f"“{_short(as_heading(first.text))}” in {side.names[first.report]}{gone}{more}"

    def contradictions(self) -> Iterator[Difference]:
        """Pairs of claims that contradict one another and did not, or that did and do not."""
        became = self._match.became
        was, now = self._before.contradictions(), self._after.contradictions()
        continued = {frozenset((became[one.id], became[two.id])) for one, two in was}
        stands = {frozenset((one.id, two.id)) for one, two in now}
        for one, two in now:
            if frozenset((one.id, two.id)) not in continued:
                yield Difference(
                    DifferenceKind.CONTRADICTION,
                    f"Now beside one another, and they contradict: {_words(one)} and {_words(two)}.",
                    (one.id, two.id),
                    after="contradict",
                )
        for one, two in was:
            if frozenset((became[one.id], became[two.id])) not in stands:
                yield Difference(
                    DifferenceKind.CONTRADICTION,
                    f"No longer a contradiction: {_words(one)} and {_words(two)}.",
                    (became[one.id] or one.id, became[two.id] or two.id),
                    before="contradict",
                )

    def new(self) -> Iterator[Difference]:
        """Claims that no claim of before became, as far as they are not parts of one."""
        return self._once(
            Difference(
                DifferenceKind.NEW,
                f"New: {_words(claim)} ({_origins(claim)}, in {self._carriers(claim)}).",
                (claim.id,),
                after=claim.origin_range,
            )
            for claim in self._after.case.weighed.claims
            if claim.id not in self._match.earlier and not self._match.parent(claim)
        )

    def joined(self) -> Iterator[Difference]:
        """Claims that became part of another."""
        for _, claim in self._match.pairs():
            for other in self._match.merged[claim.id]:
                yield Difference(
                    DifferenceKind.JOINED,
                    f"One claim now: {_words(other)} is told with {_words(claim)}.",
                    (claim.id,),
                    before=other.id,
                    after=claim.id,
                )

    def parted(self) -> Iterator[Difference]:
        """Claims that were part of another."""
        for claim in self._after.case.weighed.claims:
            parent = self._match.parent(claim) if claim.id not in self._match.earlier else None
            if parent:
                yield Difference(
                    DifferenceKind.PARTED,
                    f"A claim of its own now: {_words(claim)}; it was told with {_words(self._before.claims[parent])}.",
                    (claim.id,),
                    before=parent,
                    after=claim.id,
                )

    def carried(self) -> Iterator[Difference]:
        """Claims that more or fewer reports carry, on the same number of origins."""
        return self._once(
            Difference(
                DifferenceKind.CARRIED,
                f"Reports that carry {_words(claim)}: {len(earlier.reports):,} → {len(claim.reports):,}, "
                f"still {_origins(claim)}.",
                (claim.id,),
                str(len(earlier.reports)),
                str(len(claim.reports)),
            )
            for earlier, claim in self._match.pairs()
            if len(earlier.reports) != len(claim.reports) and earlier.origin_range == claim.origin_range
        )

    def sources(self) -> Iterator[Difference]:
        """Sources that are one now and were several."""
        named = {mention: source for source in self._before.case.traced.sources for mention in source.mentions}
        for source in self._after.case.traced.sources:
            were = {named[each].id: named[each] for each in source.mentions if each in named}
            if len(were) > 1:
                names = " and ".join(f"“{_short(each.name, _NAME)}”" for each in were.values())
                yield Difference(
                    DifferenceKind.SOURCES,
                    f"One source now: {names}.",
                    before=", ".join(were),
                    after=source.id,
                )

    def utterances(self) -> Iterator[Difference]:
        """Acts of speech that are one now and were several."""
        said = {each: utterance for utterance in self._before.case.traced.utterances for each in utterance.statements}
        for utterance in self._after.case.traced.utterances:
            were = {said[each].id: said[each] for each in utterance.statements if each in said}
            if len(were) > 1:
                texts = " and ".join(f"“{_short(as_heading(each.text))}”" for each in list(were.values())[:_NAMED])
                more = f" and {len(were) - _NAMED:,} more" if len(were) > _NAMED else ""
                yield Difference(
                    DifferenceKind.UTTERANCES,
                    f"One act of speech now: {texts}{more}.",
                    before=", ".join(were),
                    after=utterance.id,
                )

    def gone(self) -> Iterator[Difference]:
        """Claims of which nothing is left, and why where that is known."""
        for claim in self._before.case.weighed.claims:
            if self._match.became[claim.id] is None:
                why = (
                    "; every report that carried it was withdrawn" if self._withdrawn.issuperset(claim.reports) else ""
                )
                yield Difference(
                    DifferenceKind.GONE,
                    f"No longer in the case: {_words(claim)}{why}.",
                    (claim.id,),
                    before=claim.origin_range,
                )

    def echo(self) -> Iterator[Difference]:
        """Another claim is the loudest echo than before."""
        was, now = self._before.case.weighed.summary, self._after.case.weighed.summary
        became = self._match.became.get(was.loudest_echo) if was.loudest_echo else None
        if became == now.loudest_echo and (became or not was.loudest_echo):
            return
        echo = self._after.claims.get(now.loudest_echo or "")
        if echo:
            sentence = (
                f"The loudest echo is now {_words(echo)}: {_count(len(echo.reports), 'report')}, {_origins(echo)}."
            )
        else:
            sentence = "No claim is carried by several reports on fewer origins any more."
        yield Difference(
            DifferenceKind.ECHO,
            sentence,
            (echo.id,) if echo else (),
            was.loudest_echo or "",
            now.loudest_echo or "",
        )

    def totals(self) -> Iterator[Difference]:
        """The counts of the first screen that are others than before, in one sentence."""
        was, now = self._before.case.weighed.summary, self._after.case.weighed.summary
        counts = (
            ("Reports", was.reports, now.reports),
            ("outlets", was.outlets, now.outlets),
            ("statements", was.statements, now.statements),
            ("claims", was.claims, now.claims),
            ("claims on one origin", was.claims_single_origin, now.claims_single_origin),
            ("origins", was.origins, now.origins),
        )
        told = [f"{name} {a:,} → {b:,}" for name, a, b in counts if a != b]
        if told:
            line = ", ".join(told)
            yield Difference(DifferenceKind.TOTALS, f"{line[0].upper()}{line[1:]}.")

    def _carriers(self, claim: Claim) -> str:
        names = list(dict.fromkeys(self._after.names[each] for each in claim.reports))
        more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
        return f"{', '.join(names[:_NAMED])}{more}"


def _made_of(origin: Origin) -> tuple[str, ...]:
    return (*origin.statements, *origin.figures)


def _words(claim: Claim) -> str:
    # Of a figure without the other wordings that its text lists.
    text = claim.text.partition(" (also reported")[0] if claim.kind is ClaimKind.FIGURE else claim.text
    return f"“{_short(as_heading(text))}”"


def _listed(claims: Sequence[Claim]) -> str:
    more = f" and {_count(len(claims) - 1, 'more claim')}" if len(claims) > 1 else ""
    return f"{_words(claims[0])}{more}"


def _short(text: str, most: int = _WORDING) -> str:
    return textwrap.shorten(text, most, placeholder="…")


def _origins(claim: Claim) -> str:
    return f"{claim.origin_range} {'origin' if claim.origin_range == '1' else 'origins'}"


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _origin_words(origin: Origin) -> str:
    name = _short(as_heading(origin.name), _NAME)
    if not origin.told_to:
        return name
    lead, words = told_words(origin.told_to)
    return f"{name}, {lead} {_short(words, _NAME)}"
