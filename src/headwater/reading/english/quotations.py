"""Where quotations begin and end: marks only, never who speaks.

Double, single, curly, straight and angle marks; apostrophes told from closing marks; a quotation inside a quotation;
a quotation that runs over paragraphs with the mark re-opened and never closed, also when the paragraphs were run
together on one line. Quotation marks, not a model, decide the extent of direct speech (READER.md, section 3).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from headwater.model import Span, trim

_DOUBLE = re.compile("[“”„‟«»＂\"]|''|’’|‘‘|``")
_SINGLE = re.compile("['‘’‛‚`´‹›]")
_OPENING = frozenset("“„«‟‘‚‹")
_CLOSING = frozenset("”»’›")
_BEFORE_OPEN = frozenset(" \t\u00a0\u2009\u202f\n\r([{—–-/:…") | _OPENING | frozenset("\"'")
_AFTER_CLOSE = frozenset(" \t\u00a0\u2009\u202f\n\r)]}—–-/.,;:!?…\"'”’»›[(<|*")
_STOPS = frozenset(".,!?…;:-–—")
_ELISION = re.compile(
    r"['’‘](?:\d\d?0?s\b|\d\d\b|(?:em|til|till|cause|n|twas|tis|bout|round|cos|coz|neath|tude)\b)", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")


@dataclass(slots=True)
class Quotation:
    """One pair of marks, or an opening mark whose closing mark is missing.

    `span` is the content between the marks, `outer` includes them (code points of the text). `line` is the index of
    the line it stands in. `group` is shared by the pieces of one quotation that runs over several lines or re-opened
    marks. `nested` are the quotations inside. `closed` is False when no closing mark was printed.
    """

    span: Span
    outer: Span
    line: int
    single: bool
    closed: bool
    group: int = -1
    nested: list[Quotation] = field(default_factory=list)


def find_quotations(text: str, lines: Sequence[Span]) -> list[Quotation]:
    """Return the outermost quotations of the lines in reading order, with their groups and nested quotations set.

    `lines` are the printed paragraphs that may hold speech, in reading order.
    """
    found: list[Quotation] = []
    reopened: set[int] = set()
    carry: Quotation | None = None
    for number, line in enumerate(lines):
        doubles, again = _doubles(text, line, number, carry if carry and not carry.single else None)
        opens_next = _starts_with_single(text, lines[number + 1]) if number + 1 < len(lines) else False
        runs_on = bool(carry and carry.single and carry.line == number - 1)
        here = _with_singles(text, line, number, doubles, opens_next=opens_next or runs_on)
        reopened |= {quotation.outer.start for quotation in again}
        found += here
        last = here[-1] if here else None
        carry = last if last and not last.closed and last.span.end >= _content_end(text, line) else None
    _set_groups(text, lines, found, reopened)
    return found


def _content_end(text: str, line: Span) -> int:
    kept = trim(text, *line)
    return kept.end if kept else line.end


def _doubles(text: str, line: Span, number: int, carry: Quotation | None) -> tuple[list[Quotation], list[Quotation]]:
    """Pair the double marks of a line; return the quotations and those that re-open the one before them."""
    found: list[Quotation] = []
    again: list[Quotation] = []
    opened: tuple[int, int] | None = None
    reopening = False

    def close(end: int, outer_end: int, *, closed: bool) -> None:
        nonlocal opened, reopening
        if opened is None:
            return
        inner = trim(text, opened[1], end)
        if inner:
            quotation = Quotation(
                inner, Span(opened[0], max(outer_end, inner.end)), number, single=False, closed=closed
            )
            found.append(quotation)
            if reopening:
                again.append(quotation)
        opened, reopening = None, False

    depth = 0
    for match in _DOUBLE.finditer(text, line.start, line.end):
        start, end = match.span()
        opens = _opens(text, line, match.group(), start, end, is_open=opened is not None)
        if opens and opened is None:
            opened = (start, end)
            depth = 0
        elif opens and opened is not None:
            if _SENTENCE_END.search(text, opened[1], start):
                close(start, start, closed=False)
                opened, reopening = (start, end), True
            else:
                depth += 1
        elif opened is not None and depth:
            depth -= 1
        elif opened is not None:
            close(start, end, closed=True)
        elif carry is not None and not found and number > carry.line:
            opened, reopening = (line.start, line.start), True
            close(start, end, closed=True)
    close(line.end, line.end, closed=False)
    return found, again


def _opens(text: str, line: Span, mark: str, start: int, end: int, *, is_open: bool) -> bool:
    """Decide whether a double mark opens: by its shape, unless what stands beside it says otherwise."""
    before = text[start - 1] if start > line.start else " "
    after = text[end] if end < line.end else " "
    open_like = before in _BEFORE_OPEN and not after.isspace()
    close_like = after in _AFTER_CLOSE and not before.isspace()
    if mark in {"“", "„", "«", "‟", "‘‘", "``"}:
        return not (close_like and not open_like and is_open)
    if mark in {"”", "»", "’’"}:
        return open_like and not close_like and not is_open
    if open_like != close_like:
        return open_like
    return not is_open and not before.isdigit()


def _with_singles(text: str, line: Span, number: int, doubles: list[Quotation], *, opens_next: bool) -> list[Quotation]:
    """Add single-marked quotations: around, beside and inside the double-marked ones."""
    outside = _singles(text, line, number, masks=[q.outer for q in doubles], opens_next=opens_next)
    top: list[Quotation] = []
    for single in outside:
        single.nested = [q for q in doubles if single.outer.contains(q.outer)]
        top.append(single)
    taken = {id(q) for single in outside for q in single.nested}
    for double in doubles:
        if id(double) not in taken:
            double.nested = _singles(text, double.span, number, masks=(), opens_next=False)
            top.append(double)
    return sorted(top, key=lambda q: q.outer)


def _singles(text: str, region: Span, number: int, *, masks: Iterable[Span], opens_next: bool) -> list[Quotation]:
    """Pair the single marks of a region; marks inside `masks` are not looked at."""
    hidden = list(masks)
    starts = [mask.start for mask in hidden]

    def visible(at: int) -> bool:
        k = bisect_right(starts, at) - 1
        return k < 0 or at >= hidden[k].end

    marks = [m.start() for m in _SINGLE.finditer(text, *region) if visible(m.start())]
    found: list[Quotation] = []
    position = region.start
    for index, at in enumerate(marks):
        if at < position or not _single_opens(text, region, at):
            continue
        end = _single_close(text, region, marks, index)
        closed = end is not None
        if end is None:
            if not (opens_next and _may_run_on(text, region, at)):
                continue
            end = region.end
        inner = trim(text, at + 1, end)
        if inner:
            outer = Span(at, end + 1 if closed else inner.end)
            found.append(Quotation(inner, outer, number, single=True, closed=closed))
        position = end + 1
    return found


def _single_opens(text: str, region: Span, at: int) -> bool:
    before = text[at - 1] if at > region.start else " "
    after = text[at + 1] if at + 1 < region.end else " "
    if before not in _BEFORE_OPEN or not (after.isalnum() or after in _OPENING or after in "\"'[…#@$£€"):
        return False
    return text[at] not in _CLOSING and not _ELISION.match(text, at)


def _single_close(text: str, region: Span, marks: list[int], index: int) -> int | None:
    """Return the position of the mark that closes the one at `marks[index]`, or None."""
    possessive: int | None = None
    for at in marks[index + 1 :]:
        before = text[at - 1]
        after = text[at + 1] if at + 1 < region.end else " "
        if text[at] in _OPENING or (before.isspace() and not after.isspace()):
            if _single_opens(text, region, at):
                return possessive
            continue
        if before.isspace() or after not in _AFTER_CLOSE:
            continue
        following = text[at + 1 : at + 3]
        if before == "s" and len(following) == 2 and following[0].isspace() and following[1].islower():
            possessive = at if possessive is None else possessive
            continue
        if possessive is not None and before not in _STOPS and after not in _STOPS:
            return possessive
        return at
    return possessive


def _may_run_on(text: str, region: Span, at: int) -> bool:
    """A single mark without its partner is a quotation only at a line's start or after words that introduce speech."""
    before = text[region.start : at].rstrip()
    return not before or before[-1] in ":,.!?—–" or bool(re.search(r"\b(?:said|says|added|adding|told \S+)$", before))


def _starts_with_single(text: str, line: Span) -> bool:
    kept = trim(text, *line)
    return bool(kept) and text[kept.start] in "'‘" and _single_opens(text, kept, kept.start) if kept else False


def _set_groups(text: str, lines: Sequence[Span], found: list[Quotation], reopened: set[int]) -> None:
    """Give one group number to the pieces of a quotation that was re-opened without having been closed."""
    group = -1
    previous: Quotation | None = None
    for quotation in found:
        if not (previous and _continues(text, lines, previous, quotation, reopened)):
            group += 1
        quotation.group = group
        previous = quotation


def _continues(text: str, lines: Sequence[Span], previous: Quotation, quotation: Quotation, reopened: set[int]) -> bool:
    if quotation.outer.start in reopened:
        return True
    if previous.closed or previous.single != quotation.single:
        return False
    if quotation.line == previous.line:
        return not text[previous.outer.end : quotation.outer.start].strip()
    starts_line = not text[lines[quotation.line].start : quotation.outer.start].strip()
    return quotation.line == previous.line + 1 and starts_line
