"""How one testimony was retold: its details, each beside one reference rendering, with what changed on the way.

The reference of a detail is the rendering of the report published first, on the earliest day that is known; of several,
the quoted one before the retold one, then the one with most words. It is not the right one, only what the others are
compared with. A detail that a report lacks is no change: absence is quiet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import (
    Change,
    ChangeKind,
    Detail,
    Difference,
    Divergence,
    Form,
    Place,
    Rendering,
    Retelling,
    Retold,
    Span,
    Statement,
    keys,
    likened,
    make_id,
)
from headwater.weighing.pile import Pile

GRAVEST = (Rendering.CHANGED, Rendering.HARDENED, Rendering.SOFTENED)
_BREAK = " ... "  # between the parts of one statement's text
_ENDS = ".!?…"
_NEVER = "9999"
_WHOLE = frozenset({Rendering.KEPT, Rendering.TRIMMED})


def find_retellings(pile: Pile) -> tuple[Retelling, ...]:
    """Return the testimonies that two or more reports tell, those with the gravest changes first.

    A testimony is listed when reports share two details of it, or share one that changed on the way.
    """
    utterances: dict[str, list[str]] = defaultdict(list)
    statements: dict[str, list[Statement]] = defaultdict(list)
    for utterance in pile.utterances:
        if utterance.origin and pile.origins[utterance.origin].source:
            utterances[utterance.origin].append(utterance.id)
            found = (pile.statements[one] for one in utterance.statements if one in pile.statements)
            statements[utterance.id] = sorted(found, key=pile.position)
    made = [_retelling(pile, origin, found, statements) for origin, found in utterances.items()]
    return tuple(sorted(filter(None, made), key=lambda one: _telling(pile, one)))


def _telling(pile: Pile, one: Retelling) -> tuple[object, ...]:
    worst = [detail.worst for detail in one.details]
    shared = sum(len(detail.retold) > 1 for detail in one.details)
    first = min(pile.position(pile.statements[each.statements[0]]) for each in one.details[0].retold)
    return (*(-worst.count(each) for each in GRAVEST), -shared, -len(one.reports), first, one.id)


def _retelling(
    pile: Pile, origin: str, utterances: Sequence[str], statements: Mapping[str, list[Statement]]
) -> Retelling | None:
    reports = {one.report for each in utterances for one in statements[each]}
    if len(reports) < 2:
        return None
    details = [
        _detail(pile, each, [one for utterance in each for one in statements[utterance]], apart)
        for each, apart in _joined(pile, utterances)
    ]
    shared = [detail for detail in details if len(detail.retold) > 1]
    changed = any(detail.worst in GRAVEST for detail in shared)
    if len(shared) < 2 and not changed:
        return None
    ident = make_id("retelling", origin, *sorted(utterances))
    ordered = tuple(sorted(reports, key=lambda one: _published(pile, one)))
    return Retelling(ident, origin, ordered, tuple(_as_told(pile, details)))


def _joined(pile: Pile, utterances: Sequence[str]) -> list[tuple[tuple[str, ...], list[Divergence]]]:
    """The utterances of one origin, those together that diverge from one another, with these divergences."""
    home = {each: [each] for each in utterances}
    apart: list[Divergence] = []
    for each in sorted(pile.traced.divergences, key=lambda each: each.id):
        one, two = (pile.utterance_of.get(statement, "") for statement in (each.a, each.b))
        if one in home and two in home:
            apart.append(each)
            if home[one] is not home[two]:
                home[one].extend(home[two])
                home.update(dict.fromkeys(home[two], home[one]))
    rows = {id(group): group for group in home.values()}
    return [(tuple(group), [each for each in apart if pile.utterance_of[each.a] in group]) for group in rows.values()]


def _published(pile: Pile, report: str) -> tuple[str, int]:
    return pile.infos[report].day or _NEVER, pile.rank[report]


@dataclass(frozen=True, slots=True)
class _Told:
    """One report's words for a detail: its statements run together, and where each stretch stands in the report."""

    report: str
    statements: tuple[Statement, ...]
    text: str
    parts: tuple[tuple[int, Span], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(one.id for one in self.statements)

    @property
    def quoted(self) -> bool:
        return all(one.form is not Form.INDIRECT for one in self.statements)

    def place(self, span: Span) -> Place:
        """Where words of `text` stand in the report."""
        return Place(self.report, Span(self._at(span.start), self._at(span.end - 1) + 1))

    def _at(self, offset: int) -> int:
        start, span = next(part for part in reversed(self.parts) if part[0] <= offset)
        return min(span.start + offset - start, span.end - 1)


def _told(report: str, statements: Sequence[Statement]) -> _Told:
    text, parts = "", []
    for one in statements:
        if text:
            text += " " if text[-1] in _ENDS else ". "
        at = len(text)
        for span in one.content:
            parts.append((at, span))
            at += span.length + len(_BREAK)
        text += one.text
    return _Told(report, tuple(statements), text, tuple(parts))


def _once(statements: Sequence[Statement]) -> list[Statement]:
    """Leave out what one report prints again in fewer or the same words: its headline, a pull quote."""
    kept: list[Statement] = []
    for one in sorted(statements, key=lambda one: -len(keys(one.text))):
        if not any(likened(one.text, other.text).reading in _WHOLE for other in kept):
            kept.append(one)
    return [one for one in statements if one in kept]


def _detail(
    pile: Pile, utterances: tuple[str, ...], statements: Iterable[Statement], apart: Sequence[Divergence]
) -> Detail:
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for one in sorted(statements, key=pile.position):
        by_report[one.report].append(one)
    told = [_told(report, _once(found)) for report, found in by_report.items()]
    reference = _reference(pile, told)
    retold = []
    for each in sorted(told, key=lambda one: _published(pile, one.report)):
        if each is reference:
            alone = Rendering.ONLY if len(told) == 1 else Rendering.REFERENCE
            retold.append(Retold(each.report, each.ids, alone))
        else:
            retold.append(_retold(each, reference, apart))
    return Detail(utterances, reference.report, tuple(retold))


def _reference(pile: Pile, told: Sequence[_Told]) -> _Told:
    days = [day for one in told if (day := pile.infos[one.report].day)]
    earliest = [one for one in told if not days or pile.infos[one.report].day == min(days)]
    return max(earliest, key=lambda one: (one.quoted, len(keys(one.text)), -pile.rank[one.report]))


def _retold(here: _Told, there: _Told, apart: Sequence[Divergence]) -> Retold:
    found = likened(here.text, there.text, quoted=here.quoted and there.quoted)
    # Within one utterance tracing has weighed every "not" already; what it let pass is a matter of wording.
    denied = any(ChangeKind.NEGATION in each.kinds for each in apart)
    kept = [each for each in found.differences if denied or each.kind is not ChangeKind.NEGATION]
    changes = [_change(here, there, each) for each in kept]
    seen = {each.kind for each in changes}
    changes += [each for each in _between(here, there, apart) if each.kind not in seen]
    effects = {each.effect for each in changes}
    rendering = next((each for each in GRAVEST if each in effects), found.reading)
    return Retold(here.report, here.ids, rendering, tuple(changes))


def _change(here: _Told, there: _Told, found: Difference) -> Change:
    return Change(found.kind, found.effect, here.place(found.here), there.place(found.there))


def _between(here: _Told, there: _Told, apart: Sequence[Divergence]) -> Iterator[Change]:
    """The changes of the very statements that tracing keeps apart, whatever stands around them in the two reports."""
    ours, theirs = ({one.id: one for one in told.statements} for told in (here, there))
    for each in apart:
        for a, b in ((each.a, each.b), (each.b, each.a)):
            if a in theirs and b in ours:
                mine, yours = _told(here.report, (ours[b],)), _told(there.report, (theirs[a],))
                for found in likened(mine.text, yours.text).differences:
                    if found.kind in each.kinds:
                        yield _change(mine, yours, found)


def _as_told(pile: Pile, details: Sequence[Detail]) -> list[Detail]:
    """Details in the order of the report that tells most of them; others follow what stands before them elsewhere."""
    starts: dict[str, list[tuple[tuple[int, int], int]]] = defaultdict(list)
    for number, detail in enumerate(details):
        for each in detail.retold:
            starts[each.report].append((pile.position(pile.statements[each.statements[0]]), number))
    out: list[int] = []
    for _, found in sorted(starts.items(), key=lambda item: (-len(item[1]), pile.rank[item[0]])):
        at = 0
        for _, number in sorted(found):
            if number in out:
                at = max(at, out.index(number) + 1)
            else:
                out.insert(at, number)
                at += 1
    return [details[number] for number in out]
