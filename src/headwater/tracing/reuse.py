"""Wording that two reports share, typed: quotation, agency copy, narrative, boilerplate or stock phrase.

Spans are widened to whole sentences where most of the sentence is shared. Shared words alone prove no copying; only
agency copy and narrative make reports dependent, and links say so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.model import FUNCTION_WORDS, Form, PassageKind, Place, Reuse, ReuseKind, Span, make_id, merged
from headwater.tracing.align import Run, runs
from headwater.tracing.credits import Credit, credit
from headwater.tracing.material import Folded, Material, Weights

# Below this weight of shared content words (about two rare words) a run is everyday wording and not kept.
LEAST_MASS = 1.6
# Narrative is a clause or more: so many words that agree, and most of the longer side; or a whole sentence of fewer
# words, nearly as it stands. Anything less is a title, a description or a stock phrase ("deputy director of the ...
# Institute", "which keeps a register of detainees"; ENGINE.md section 3 counts these second).
CLAUSE_WORDS, CLAUSE_SHARE = 12, 0.6
SENTENCE_WORDS, SENTENCE_SHARE = 8, 0.75
# Lesser passages, from this many words on, are narrative too where the same two reports share a clause, or several of
# them that come to this many words.
LOOSE_WORDS = 6
SEVERAL, SEVERAL_WORDS = 3, 24
# A sentence belongs to a run whole when the run covers this share of its words.
MOST = 0.5
# Runs shared more loosely than this are two texts about the same thing, not shared wording.
LEAST_AGREEMENT = 0.45
# An agency's text is printed as it stands: below this agreement it was rewritten, whoever is credited. In news reports
# that both credit one agency .99 of 2,954 words of shared narrative lie in passages that agree so far, in 250 pairs
# that credit nobody .76 of 5,923.
WORD_FOR_WORD = 0.8
# Wording that stands in this many reports of one outlet is its furniture (ENGINE.md section 3: six in a corpus of
# 37,000; lower here because a case holds few reports of one outlet).
BOILERPLATE_REPORTS = 4


@dataclass(frozen=True, slots=True)
class _Side:
    """One report, folded for alignment, with the stretches that decide the kind of what it shares."""

    id: str
    outlet: str | None
    folded: Folded
    sentences: Sequence[Span]
    quoted: Sequence[Span]
    said: Sequence[Span]
    furniture: list[Span]
    credit: Credit | None


def find(material: Material) -> list[Reuse]:
    """Return all reuse between the reports, in the order of the reports and places."""
    sides = _sides(material)
    out: list[Reuse] = []
    for a, b, found in runs([side.folded.roots for side in sides], lambda shape: shape not in FUNCTION_WORDS):
        pairs = _joined(_spans(sides[a], sides[b], found, material.weights))
        out.extend(_several([_record(sides[a], sides[b], pair) for pair in pairs]))
    return _agency_copies(_mark_boilerplate(out, sides), sides)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two spans with the number of words that agree between them."""

    a: Span
    b: Span
    shared: int


def _sides(material: Material) -> list[_Side]:
    quoted: dict[str, list[Span]] = defaultdict(list)
    said: dict[str, list[Span]] = defaultdict(list)
    for piece in material.pieces:
        said[piece.statement.report].extend(piece.statement.content)
        if piece.statement.form is not Form.INDIRECT:
            quoted[piece.statement.report].extend(piece.statement.content)
    out: list[_Side] = []
    for rank, (report, reading) in enumerate(zip(material.reports, material.readings, strict=True)):
        kinds = {PassageKind.FURNITURE, PassageKind.BYLINE}
        out.append(
            _Side(
                id=report.id,
                outlet=report.info.outlet.value.casefold() if report.info.outlet else None,
                folded=material.folded[rank],
                sentences=material.sentences[rank],
                quoted=merged(quoted[report.id]),
                said=merged(said[report.id]),
                furniture=[passage.span for passage in report.passages if passage.kind in kinds],
                credit=credit(report, reading),
            )
        )
    return out


def _spans(a: _Side, b: _Side, found: Iterable[Run], weights: Weights) -> list[_Pair]:
    """Turn runs of words into spans of text; runs that share little of weight, or too loosely, are dropped."""
    out: list[_Pair] = []
    for run in found:
        shapes = set(a.folded.roots[run.a_start : run.a_end]) & set(b.folded.roots[run.b_start : run.b_end])
        longer = max(run.a_end - run.a_start, run.b_end - run.b_start)
        if weights.mass(shapes) < LEAST_MASS or run.shared < LEAST_AGREEMENT * longer:
            continue
        out.append(_Pair(_widened(a, run.a_start, run.a_end), _widened(b, run.b_start, run.b_end), run.shared))
    return out


def _widened(side: _Side, start: int, end: int) -> Span:
    """The span of words `start` to `end`, its ends moved to those of a sentence of which most lies inside."""
    left, right = side.folded.starts[start], side.folded.ends[end - 1]
    for sentence in _touching(side.sentences, left, right):
        inside = _count(side, max(left, sentence.start), min(right, sentence.end))
        if inside >= MOST * _count(side, sentence.start, sentence.end):
            left, right = min(left, sentence.start), max(right, sentence.end)
    return Span(left, right)


def _touching(spans: Sequence[Span], left: int, right: int) -> list[Span]:
    first = max(0, bisect_right(spans, (left, left)) - 1)
    return [
        span for span in spans[first : bisect_left(spans, (right, right))] if span.start < right and left < span.end
    ]


def _count(side: _Side, left: int, right: int) -> int:
    return len(side.folded.within(Span(left, right)))


def _joined(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Merge pairs that touch or overlap in both texts (widening can bring them together)."""
    out: list[_Pair] = []
    for pair in sorted(pairs, key=lambda item: (item.a, item.b)):
        home = next((i for i, other in enumerate(out) if _overlap(pair, other)), None)
        if home is None:
            out.append(pair)
        else:
            out[home] = _merge(out[home], pair)
    return out


def _overlap(one: _Pair, two: _Pair) -> bool:
    return _near(one.a, two.a) and _near(one.b, two.b)


def _near(one: Span, two: Span) -> bool:
    """True when two spans overlap or only white space and a mark lie between them."""
    return one.start <= two.end + 2 and two.start <= one.end + 2


def _merge(one: _Pair, two: _Pair) -> _Pair:
    a = Span(min(one.a.start, two.a.start), max(one.a.end, two.a.end))
    b = Span(min(one.b.start, two.b.start), max(one.b.end, two.b.end))
    return _Pair(a, b, one.shared + two.shared)


def _several(found: list[Reuse]) -> list[Reuse]:
    """Raise the lesser passages of two reports to narrative where there are several, or a clause beside them."""
    loose = [
        item
        for item in found
        if item.kind is ReuseKind.STOCK and item.words >= LOOSE_WORDS and item.score >= CLAUSE_SHARE
    ]
    clause = any(item.kind is ReuseKind.NARRATIVE for item in found)
    if not clause and (len(loose) < SEVERAL or sum(item.words for item in loose) < SEVERAL_WORDS):
        return found
    return [replace(item, kind=ReuseKind.NARRATIVE) if item in loose else item for item in found]


def _record(a: _Side, b: _Side, pair: _Pair) -> Reuse:
    longer = max(_count(a, *pair.a), _count(b, *pair.b))
    shared = min(pair.shared, longer)
    score = round(shared / longer, 3)
    return Reuse(
        id=make_id("reuse", a.id, pair.a.start, pair.a.end, b.id, pair.b.start, pair.b.end),
        a=Place(a.id, pair.a),
        b=Place(b.id, pair.b),
        kind=_kind(a, b, pair, score),
        words=shared,
        score=score,
    )


def _kind(a: _Side, b: _Side, pair: _Pair, score: float) -> ReuseKind:
    if _mostly(pair.a, a.furniture) or _mostly(pair.b, b.furniture):
        return ReuseKind.BOILERPLATE
    quoted = _mostly(pair.a, a.quoted), _mostly(pair.b, b.quoted)
    # Words that one report quotes and the other retells are the source's, not the reporter's.
    if (quoted[0] and _mostly(pair.b, b.said)) or (quoted[1] and _mostly(pair.a, a.said)):
        return ReuseKind.QUOTE
    clause = pair.shared >= CLAUSE_WORDS and score >= CLAUSE_SHARE
    whole = _holds_sentence(a, pair.a) or _holds_sentence(b, pair.b)
    sentence = whole and pair.shared >= SENTENCE_WORDS and score >= SENTENCE_SHARE
    return ReuseKind.NARRATIVE if clause or sentence else ReuseKind.STOCK


def _holds_sentence(side: _Side, span: Span) -> bool:
    return any(span.contains(sentence) for sentence in _touching(side.sentences, span.start, span.end))


def _mostly(span: Span, parts: Sequence[Span]) -> bool:
    return 2 * sum(span.shared(part) for part in _touching(parts, span.start, span.end)) > span.length


def _mark_boilerplate(found: list[Reuse], sides: Sequence[_Side]) -> list[Reuse]:
    """Wording that recurs in several reports of one outlet is that outlet's furniture, wherever it stands."""
    by_id = {side.id: side for side in sides}
    kin: dict[tuple[str, Span], set[str]] = defaultdict(set)
    for item in found:
        a, b = by_id[item.a.report], by_id[item.b.report]
        if a.outlet and a.outlet == b.outlet:
            for side, span, other in ((a, item.a.span, b), (b, item.b.span, a)):
                for sentence in _touching(side.sentences, *span):
                    kin[side.id, sentence].add(other.id)
    recurring: dict[str, list[Span]] = defaultdict(list)
    for (report, sentence), others in sorted(kin.items()):
        if len(others) + 1 >= BOILERPLATE_REPORTS:
            recurring[report].append(sentence)
    return [_as_boilerplate(item) if _recurs(item, recurring) else item for item in found]


def _recurs(item: Reuse, recurring: Mapping[str, Sequence[Span]]) -> bool:
    return any(_mostly(side.span, recurring.get(side.report, ())) for side in (item.a, item.b))


def _as_boilerplate(item: Reuse) -> Reuse:
    return replace(item, kind=ReuseKind.BOILERPLATE)


def _agency_copies(found: list[Reuse], sides: Sequence[_Side]) -> list[Reuse]:
    """Tell an agency's text from the reporters' own: one of the two reports credits it, or a third with the passage."""
    by_id = {side.id: side for side in sides}
    credited = [_credited(item, by_id) if item.kind is ReuseKind.NARRATIVE else item for item in found]
    shown: dict[str, list[Reuse]] = defaultdict(list)
    for item in credited:
        if item.kind is ReuseKind.AGENCY:
            shown[item.a.report].append(item)
            shown[item.b.report].append(item)
    return [_as_shown_elsewhere(item, shown) if _may_be_copy(item) else item for item in credited]


def _credited(item: Reuse, by_id: Mapping[str, _Side]) -> Reuse:
    """Name the agency that one of the two reports credits; where they credit two, nothing says whose text it is."""
    credited = {side.id: side.credit for side in (by_id[item.a.report], by_id[item.b.report]) if side.credit}
    if len({one.agency for one in credited.values()}) != 1:
        return item
    where, one = max(credited.items(), key=lambda found: (found[1].own, found[0] == item.a.report))
    kind = ReuseKind.AGENCY if item.score >= WORD_FOR_WORD else item.kind
    return replace(item, kind=kind, credit=one.agency, credit_in=where)


def _may_be_copy(item: Reuse) -> bool:
    return item.kind is ReuseKind.NARRATIVE and item.credit is None and item.score >= WORD_FOR_WORD


def _as_shown_elsewhere(item: Reuse, shown: Mapping[str, Sequence[Reuse]]) -> Reuse:
    """Give a passage to the agency whose copy of it a third report credits."""
    for side in (item.a, item.b):
        for copy in shown.get(side.report, ()):
            same = copy.a if copy.a.report == side.report else copy.b
            if 2 * same.span.shared(side.span) > side.span.length and copy.credit_in not in {
                item.a.report,
                item.b.report,
            }:
                return replace(item, kind=ReuseKind.AGENCY, credit=copy.credit, credit_in=copy.credit_in)
    return item
