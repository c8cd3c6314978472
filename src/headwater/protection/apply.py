"""A case as it may leave: built anew, record by record, with every name replaced and every place moved with its text.

The walk goes by the types of the values, not by a list of fields: a string, an id or a place in a field that is added
later is covered too, and a value of a type that has no rule is an error.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any

from headwater.model import (
    Case,
    Hop,
    Origin,
    Place,
    Report,
    Source,
    Span,
    Statement,
    SubjectKind,
    TimelineEntry,
    anchors,
    merged,
    sha256_text,
    uncollected,
)
from headwater.protection.kept_back import KeptBack
from headwater.protection.plan import Plan
from headwater.protection.receiving import Files, receive_again
from headwater.protection.replacing import Edit, Edited, Replacer
from headwater.protection.withheld import (
    RUN_IN_RECORDS,
    RUN_IN_TEXTS,
    WITHHELD_WORDS,
    Repeats,
    withheld,
    withheld_texts,
)

_MADE_ID = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9a-f]{16}")
_HEX = 16
_AS_IT_IS = (Enum, bool, int, float)
_BREAK = " ... "  # how the words of a statement are joined where the report breaks them


@uncollected()
def apply(case: Case, plan: Plan, secret: bytes) -> Case:
    """Return the case as it may leave under `plan`; `case` itself when the plan is empty.

    `secret` keys the new ids: those of a case are plain digests of what they stand for, so that a list of candidates
    could be tried on them. The same case, plan and secret give the same ids. Raises ValueError when a place would not
    fit its new text, and TypeError for a value that has no rule here. Pure.
    """
    if not plan:
        return case
    made = _Applied(case, plan, secret).case()
    for _ in anchors(made):
        pass
    return made


class _Applied:
    """One application: the edits of each text, and the walk over the records."""

    def __init__(self, case: Case, plan: Plan, secret: bytes) -> None:
        self._case = case
        self._plan = plan
        self._secret = secret
        self._replacer = Replacer(plan)
        self._withheld = withheld(case, plan)
        self._kept_back = KeptBack(case, self._withheld)
        own = withheld_texts(case, self._withheld)
        self._in_records, self._in_texts = Repeats(own, RUN_IN_RECORDS), Repeats(own, RUN_IN_TEXTS)
        self._texts = {each.id: each.text for each in case.received.reports}
        self._edited = {report.id: self._edit(report) for report in case.received.reports}
        self._pseudonyms = {each: mask.pseudonym for mask in plan.of(SubjectKind.SOURCE) for each in mask.ids}
        self._reports = {each: mask.pseudonym for mask in plan.of(SubjectKind.REPORT) for each in mask.ids}
        self._ids: dict[str, str] = {}
        self._known = frozenset(_ids(case))
        self._strings: dict[str, str] = {}

    def case(self) -> Case:
        """The case anew."""
        case = self._case
        files = Files(case, self._reports, self.string)
        received = receive_again(case.received, self._edited, files, self._plan)
        reports = tuple(self._report(each) for each in received.reports)
        return Case(
            received=replace(
                received,
                reports=reports,
                set_aside=tuple(self._walk(each, "") for each in received.set_aside),
                notes=tuple(map(self.string, received.notes)),
            ),
            readings=tuple(self._walk(each, "") for each in case.readings),
            traced=self._walk(case.traced, ""),
            weighed=self._walk(case.weighed, ""),
            makers=case.makers,
            as_read=tuple(self._walk(each, "") for each in case.as_read),
        )

    def string(self, text: str) -> str:
        """Any string of a record: an id keyed anew, or words with names and withheld words replaced."""
        held = self._strings.get(text)
        if held is None:
            held = self._strings[text] = self._id(text) if self._is_id(text) else self._words(text)
        return held

    def _words(self, text: str) -> str:
        edits = (*self._replacer.edits(text), *self._in_records.edits(text))
        return Edited.of(text, edits).text if edits else text

    def _is_id(self, text: str) -> bool:
        return text in self._known or _MADE_ID.fullmatch(text) is not None

    def _id(self, text: str) -> str:
        if text not in self._ids:
            key = hmac.digest(self._secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:_HEX]
            self._ids[text] = f"{text.rpartition('-')[0] or 'id'}-{key}"
        return self._ids[text]

    def _edit(self, report: Report) -> Edited:
        text = report.text
        if report.id in self._withheld.reports:
            return Edited.of(text, [Edit(0, len(text), WITHHELD_WORDS)])
        held = (Edit(*span, WITHHELD_WORDS) for span in merged(self._withheld.spans.get(report.id, ())))
        return Edited.of(text, [*self._replacer.edits(text), *held, *self._in_texts.edits(text)])

    def _report(self, report: Report) -> Report:
        edited = self._edited[report.id]
        passages, at = [], 0
        for each in report.passages:
            start, end = edited.span(each.span)
            if max(start, at) < end:
                passages.append(replace(each, span=Span(max(start, at), end)))
                at = end
        info = replace(self._walk(report.info, report.id), text_sha256=sha256_text(edited.text))
        if report.id in self._withheld.reports:
            info = replace(info, missing="")
        return Report(info, edited.text, tuple(passages))

    def _walk(self, value: Any, report: str) -> Any:
        """Return `value` anew. `report` is the id of the report whose text spans are of, empty where none is meant."""
        if value is None or isinstance(value, _AS_IT_IS):
            return value
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, Place):
            return Place(self.string(value.report), self._edited[value.report].span(value.span))
        if isinstance(value, Span):
            return self._edited[report].span(value)
        if type(value) is tuple:
            return tuple(self._walk(each, report) for each in value)
        if is_dataclass(value):
            return self._record(value, report)
        raise TypeError(f"no rule says how a {type(value).__name__} leaves a case")

    def _record(self, value: Any, report: str) -> Any:
        own = getattr(value, "report", None)
        within = own if isinstance(own, str) and own in self._edited else report
        kind: Any = type(value)
        made = kind(**{name: self._walk(getattr(value, name), within) for name in _names(kind)})
        made = self._same_words(value, made, within)
        return self._told(value, made)

    def _same_words(self, value: Any, made: Any, report: str) -> Any:
        """Take the words of a record from its new place where they were those of its old one."""
        span, words = getattr(value, "span", None), getattr(value, "text", None)
        if isinstance(value, Statement):
            if _BREAK.join(each.of(self._texts[report]) for each in value.content) == value.text:
                apart = all(not one.overlaps(other) for one, other in pairwise(sorted(made.content)))
                content = made.content if apart else merged(made.content)
                text = _BREAK.join(each.of(self._edited[report].text) for each in content)
                return replace(made, content=content, text=text)
        elif isinstance(span, Span) and isinstance(words, str) and words == span.of(self._texts[report]):
            return replace(made, text=made.span.of(self._edited[report].text))
        elif (
            isinstance(value, Hop)
            and value.place
            and value.words == value.place.span.of(self._texts[value.place.report])
        ):
            return replace(made, words=made.place.span.of(self._edited[value.place.report].text))
        return made

    def _told(self, value: Any, made: Any) -> Any:
        """What is more than words: what withheld words would still say, and the name of a protected source."""
        if isinstance(value, TimelineEntry) and value.start < value.end:
            start, end = self._edited[value.report].span(Span(value.start, value.end))
            made = replace(made, start=start, end=end)
        made = self._kept_back(value, _sorted_names(made))
        if isinstance(value, Source) and value.id in self._pseudonyms:
            return replace(made, name=self._pseudonyms[value.id], names=(self._pseudonyms[value.id],))
        if isinstance(value, Origin) and value.source in self._pseudonyms:
            return replace(made, name=self._pseudonyms[value.source])
        return made


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _sorted_names(made: Any) -> Any:
    """Lists of wordings are sorted: left as they stand, the order would tell between which two a name belongs."""
    names = getattr(made, "names", None)
    if isinstance(names, tuple) and names:
        return replace(made, names=tuple(sorted(set(names))))
    return made


def _ids(value: Any) -> Iterator[str]:
    """Yield the id of every record."""
    if type(value) is tuple:
        for each in value:
            yield from _ids(each)
    elif is_dataclass(value):
        own = getattr(value, "id", None)
        if isinstance(own, str):
            yield own
        kind: Any = type(value)
        for name in _names(kind):
            yield from _ids(getattr(value, name))
