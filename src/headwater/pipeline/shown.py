"""What a person is shown about the subjects of a decision, as plain lines of text: the same for the same case.

One block a subject; its first line says what it is in words. These lines are kept beside the decision, so that it can
be told later on what it was based.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from headwater.deciding import BLOCK, GIVEN_TO
from headwater.model import (
    Claim,
    Decision,
    Figure,
    Link,
    Maker,
    Mention,
    Origin,
    Place,
    Reason,
    Report,
    Reuse,
    Source,
    Statement,
    Subject,
    SubjectKind,
    Utterance,
    told_words,
)
from headwater.pipeline.subjects import Index

_MOST = 12  # lines of one sort: what a person can take in; the rest is counted
_FROM = "words from: "  # the line with the ids of all reports that anything in the block is taken from
_DECISION = SubjectKind.DECISION.value


def shown(index: Index, subjects: Sequence[Subject], *, given_to: str = "", before: Sequence[Decision] = ()) -> str:
    """Return what is shown of subjects of this case.

    `given_to` is whom a statement is given to, in words; `before` are earlier decisions that the new one contradicts.
    """
    blocks = [_block(index, subject) for subject in subjects]
    blocks[-1] += [f"decided before: {each.verb.value}, by {_by(each)}, {each.id}" for each in before]
    if given_to:
        blocks[-1].append(f"{GIVEN_TO}{given_to}")
    return BLOCK.join("\n".join(_line(each) for each in block) for block in blocks)


def shown_decision(decision: Decision) -> str:
    """Return what is kept of an earlier decision that is taken back or brought back.

    Without its words: these are kept once, beside the decision itself, so that they go with it when they must go.
    """
    return f"{_DECISION} {decision.id}\nverb: {decision.verb.value}\ndecided by: {_by(decision)}"


def reports_in(words: str) -> frozenset[str]:
    """Return the ids of the reports that what was shown takes words from."""
    lines = (line.removeprefix(_FROM) for line in words.splitlines() if line.startswith(_FROM))
    return frozenset(ident for line in lines for ident in line.split())


def _block(index: Index, subject: Subject) -> list[str]:
    kind, record = index.records[subject.id]
    lines = [heading(index, subject), f"id: {subject.id}", *_of(index, subject)]
    makers = index.case.makers
    step = makers.reading if isinstance(record, Statement | Mention | Figure) else makers.tracing
    if isinstance(record, Claim):
        step = makers.weighing
    elif kind is SubjectKind.REPORT:
        step = makers.intake
    return [*lines, f"made by: {_maker(step)}", f"{_FROM}{' '.join(_reports(index, subject))}"]


def _reports(index: Index, subject: Subject) -> Iterator[str]:
    """Yield the ids of the reports that a block takes words from, each once: of members and places."""
    _, record = index.records[subject.id]
    places = [subject.place] if subject.place else []
    match record:
        case Report():
            yield record.id
        case Link():
            places += [record.earlier, *(place for each in record.evidence for place in each.places)]
        case Reuse():
            places.append(record.b)
        case _:
            pass
    yield from dict.fromkeys((*(each.report for each in places), *(each.report for each in index.members(subject))))


def heading(index: Index, subject: Subject) -> str:
    """Return what a subject is, in words: 'statement “They took the boats”'."""
    _, record = index.records[subject.id]
    kind = subject.kind.value
    match record:
        case Statement() | Figure() | Utterance() | Claim():
            return f"{kind} “{record.text}”"
        case Mention():
            return f"{kind} “{record.text}”"
        case Source():
            return f"{kind} “{record.name}”"
        case Origin():
            return f"{kind} “{record.name}{_told(record)}”"
        case Link():
            return f"{kind} ({record.kind.value}) from “{_words(index, record.later)}”"
        case Reuse():
            return f"{kind} ({record.kind.value}) “{_words(index, record.a)}”"
        case Report():
            return f"{kind} “{record.info.called}{f', {record.info.day}' if record.info.day else ''}”"


def _of(index: Index, subject: Subject) -> Iterator[str]:
    _, record = index.records[subject.id]
    match record:
        case Statement():
            yield from _statement(index, record)
        case Mention():
            yield f"kind: {record.kind.value}"
            yield f"in: {_report(index, record.report)}"
        case Figure():
            yield f"counts: {record.unit}{f', {record.act}' if record.act else ''}"
            yield f"said by: {_source(index, record.source)}"
            yield f"in: {_report(index, record.report)}"
        case Source() | Utterance() | Origin() | Claim():
            yield from _group(index, subject, record)
        case Link():
            yield f"earlier: “{_words(index, record.earlier)}”"
            yield f"in: {_report(index, record.later.report)}"
            yield f"in: {_report(index, record.earlier.report)}"
            yield from _reasons((record.reason,), frozenset((record.later.report, record.earlier.report)))
            yield from _some([f"bears on it: {each.text}" for each in record.evidence])
        case Reuse():
            yield f"shared: {record.words} words, {record.score:.0%} of the longer"
            yield f"in: {_report(index, record.a.report)}"
            yield f"in: {_report(index, record.b.report)}"
        case Report():
            yield f"title: {record.info.title.value if record.info.title else 'not known'}"
            yield f"in: {_report(index, record.id)}"


def _statement(index: Index, statement: Statement) -> Iterator[str]:
    yield f"said by: {_source(index, statement.source)}"
    if statement.told_to:
        yield " ".join(told_words(statement.told_to.text))
    yield f"form: {statement.form.value}, {statement.stance.value}; who said it is {statement.certainty.value}"
    yield f"in: {_report(index, statement.report)}"
    yield from _some([f"why: {each}" for each in statement.reasons])


def _group(index: Index, subject: Subject, record: Source | Utterance | Origin | Claim) -> Iterator[str]:
    if isinstance(record, Source):
        yield f"kind: {record.kind.value}"
    if isinstance(record, Claim):
        yield f"origins: {record.origin_range}"
    members = index.members(subject)
    yield from _some(
        [f"made of: “{each.text}” ({_source_of(index, each)}) · {_report(index, each.report)}" for each in members]
    )
    yield from _reasons(record.reasons, frozenset(each.report for each in members))


def _reasons(reasons: Sequence[Reason], reports: frozenset[str]) -> Iterator[str]:
    """Yield why; of a reason that opens on another report than these only its rule, since it may quote from there."""
    yield from _some([f"why: {each.text if _within(each, reports) else each.rule}" for each in reasons])


def _within(reason: Reason, reports: frozenset[str]) -> bool:
    return all(place.report in reports for place in reason.places)


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_MOST]
    if len(lines) > _MOST:
        yield f"and {len(lines) - _MOST:,} more like this"


def _source_of(index: Index, member: Statement | Mention | Figure) -> str:
    if isinstance(member, Mention):
        return member.kind.value
    return _source(index, member.source)


def _source(index: Index, mention: str | None) -> str:
    found = index.records.get(mention or "")
    return found[1].text if found and isinstance(found[1], Mention) else "source not clear"


def _report(index: Index, ident: str) -> str:
    info = index.reports[ident].info
    return f"{info.called}, {info.day or 'day unknown'}, {info.file}"


def _told(origin: Origin) -> str:
    return f", {' '.join(told_words(origin.told_to))}" if origin.told_to else ""


def _words(index: Index, place: Place) -> str:
    return place.span.of(index.reports[place.report].text).strip("“”")


def _maker(maker: Maker) -> str:
    return f"{maker.name} {maker.version}"


def _by(decision: Decision) -> str:
    return f"{decision.agent}, {decision.time}"


def _line(text: str) -> str:
    """One line: an empty one would part what was shown of one subject, and lines carry what they are at their start."""
    return " ".join(text.split())
