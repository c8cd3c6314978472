"""Names replaced in a text, and where each place of the text went."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from headwater.model import Span
from headwater.protection.forms import Form, Trie
from headwater.protection.plan import Plan
from headwater.protection.shadow import decoded, is_plain, joined, shadow, without_tags


class Edit(NamedTuple):
    """`start` to `end` of a text becomes `put`."""

    start: int
    end: int
    put: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text after its edits (sorted, disjoint)."""

    text: str
    edits: tuple[Edit, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _ends: tuple[int, ...] = field(repr=False)
    _shifts: tuple[int, ...] = field(repr=False)  # by how much everything after each edit has moved

    @classmethod
    def of(cls, text: str, edits: Iterable[Edit]) -> Edited:
        """Carry out `edits`; where two meet, the earlier and longer one holds and takes in what the other covers."""
        kept = tuple(_disjoint(edits))
        out: list[str] = []
        shifts: list[int] = []
        at = shift = 0
        for start, end, put in kept:
            out += [text[at:start], put]
            at = end
            shift += len(put) - (end - start)
            shifts.append(shift)
        out.append(text[at:])
        starts, ends = tuple(each.start for each in kept), tuple(each.end for each in kept)
        return cls("".join(out), kept, starts, ends, tuple(shifts))

    def start(self, at: int) -> int:
        """Where something that began at `at` begins now; inside what was replaced, at the beginning of the new word."""
        before = bisect_right(self._starts, at) - 1
        if before >= 0 and at < self._ends[before]:
            return self._starts[before] + self._shift(before - 1)
        return at + self._shift(before)

    def end(self, at: int) -> int:
        """Where something that ended at `at` ends now; inside what was replaced, at the end of the new word."""
        before = bisect_left(self._starts, at) - 1
        if before >= 0 and at <= self._ends[before]:
            return self._ends[before] + self._shift(before)
        return at + self._shift(before)

    def span(self, span: Span) -> Span:
        """Where a span stands now; one that cuts a replaced name takes in the whole of what stands in its place."""
        return Span(self.start(span.start), self.end(span.end))

    def _shift(self, number: int) -> int:
        return self._shifts[number] if number >= 0 else 0


def _disjoint(edits: Iterable[Edit]) -> Iterator[Edit]:
    held: Edit | None = None
    for each in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if each.start >= each.end:
            continue
        if held is None or each.start >= held.end:
            if held is not None:
                yield held
            held = each
        elif each.end > held.end:
            held = Edit(held.start, each.end, held.put)
    if held is not None:
        yield held


class Replacer:
    """Finds and replaces the names of a plan. Texts are looked at once each: the strings of a case come many times."""

    def __init__(self, plan: Plan) -> None:
        self._forms = plan.forms
        self._any = Trie(form.letters for form in plan.forms)
        self._seen: dict[str, str] = {}

    def text(self, text: str) -> str:
        """Return `text` with every name replaced."""
        held = self._seen.get(text)
        if held is None:
            edits = self.edits(text)
            held = Edited.of(text, edits).text if edits else text
            self._seen[text] = held
        return held

    def edits(self, text: str) -> tuple[Edit, ...]:
        """Return what is to be replaced in `text`, in order: of names that meet, the longest."""
        simple = is_plain(text)
        letters = joined(text) if simple else joined(decoded(text)) + joined(text)
        if not self._any(letters) and (simple or not self._any(joined(without_tags(decoded(text))))):
            return ()
        found = self._found(text, self._forms, tags=False)
        if not simple:
            found += self._found(text, self._forms, tags=True)
        return tuple(_longest(found))

    @staticmethod
    def _found(text: str, forms: Iterable[Form], *, tags: bool) -> list[Edit]:
        seen = shadow(text, tags=tags)
        letters = joined(seen.text)
        found = []
        for form in forms:
            if form.letters not in letters:
                continue
            for start, end in form.matches(seen.text):
                edit = Edit(seen.starts[start], seen.ends[end - 1], form.pseudonym)
                if not form.cased or not text[edit.start].islower():
                    found.append(edit)
        return found


def _longest(found: list[Edit]) -> Iterator[Edit]:
    """Drop what lies inside, or across, a longer one, but for what the longer one does not cover: see `Edited.of`."""
    kept: list[Edit] = []
    for each in sorted(found, key=lambda edit: (edit.start - edit.end, edit.start)):
        if not any(each.start >= other.start and each.end <= other.end for other in kept):
            kept.append(each)
    yield from sorted(kept)
