"""Divides a working text into passages: headline, body, caption, by-line, furniture. Never changes the text.

Every character that is not white space falls into exactly one passage. Rules look at form (patterns, place,
repetition, how a line ends) and are careful in one direction: what could be a sentence stays body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from headwater.intake.captions import is_byline, is_caption, is_post, sign_off
from headwater.intake.furniture import glued, is_furniture, is_listed, opens_list
from headwater.intake.lines import Line, lines_of
from headwater.model import Passage, PassageKind, Span

_EDGE = 8  # lines at either end of a report where names of authors and offices stand alone
_HEADLINE_WORDS = 35
_TITLE_LINES = 6
_SUBHEAD_WORDS = 8
_LONGEST_LIST = 8
_CAPTION_WORDS = 45
_BOM = "\ufeff"
_OPENING = ("“", "‘", '"', "'", "«", "„")
_CLOSING = "”’\"'»“"
_SPEAKER = re.compile(r"(?:Q|A|[A-Z][A-Z .'-]{2,40})\s?:\s")  # an interview or a hearing, line by line
_LIST_MARKS = ("•", "●", "▪", "*", "-", "–", "—", "·")


@dataclass(frozen=True, slots=True)
class _Marked:
    """A line with the kind found so far; None is still open."""

    line: Line
    kind: PassageKind | None = None

    @property
    def open(self) -> bool:
        return self.kind is None


def divide(
    text: str, *, title: str | None = None, hints: Mapping[int, PassageKind] | None = None
) -> tuple[Passage, ...]:
    """Return the passages of `text`, sorted and disjoint, one for a line or for a part of a line.

    `title` is what is known beside the text; a first line that says the same is the headline. `hints` are kinds
    that a page's own markup gives, by the offset at which a line starts.
    """
    marked = [_Marked(line, (hints or {}).get(line.start)) for line in lines_of(text)]
    bom = [Passage(Span(0, 1), PassageKind.FURNITURE)] if text.startswith(_BOM) else []
    if bom and marked:
        marked[0] = _without_bom(marked[0])
        marked = [item for item in marked if item.line.start < item.line.end]
    for step in (_by_form, _lists, _repeated, _unclosed, _gallery_at_end):
        marked = step(marked)
    marked = _headlines(marked, title)
    passages = [passage for item in marked for passage in _parts(item)]
    return (*bom, *passages)


def headline_of(text: str, passages: Iterable[Passage]) -> str | None:
    """Return the words of the first headline that stands before any body text, or None."""
    for passage in passages:
        if passage.kind is PassageKind.HEADLINE:
            return " ".join(passage.span.of(text).split())
        if passage.kind is PassageKind.BODY:
            return None
    return None


def _without_bom(item: _Marked) -> _Marked:
    line = item.line
    rest = line.text[1:].lstrip()
    return replace(item, line=replace(line, start=line.end - len(rest), text=rest))


def _by_form(marked: Sequence[_Marked]) -> list[_Marked]:
    """Captions before furniture: "[Photo/Agency]" is both in brackets and a credit."""
    last = len(marked) - 1
    out: list[_Marked] = []
    for index, item in enumerate(marked):
        kind = item.kind
        if kind is None and is_post(item.line):
            kind = PassageKind.BODY
        elif kind is None:
            edge = index < _EDGE or last - index < _EDGE
            if is_caption(item.line):
                kind = PassageKind.CAPTION
            elif is_furniture(item.line):
                kind = PassageKind.FURNITURE
            elif is_byline(item.line, near_edge=edge):
                kind = PassageKind.BYLINE
        out.append(replace(item, kind=kind))
    return out


def _lists(marked: Sequence[_Marked]) -> list[_Marked]:
    """Titles of other reports below "Read more:", to the end of the report or to the next closed line."""
    out = list(marked)
    for head, item in enumerate(marked):
        if not opens_list(item.line):
            continue
        below = range(head + 1, len(marked))
        tail = len(below) <= _LONGEST_LIST and all(
            not marked[index].open or is_listed(marked[index].line, at_end=True) for index in below
        )
        for index in below if tail else below[:_LONGEST_LIST]:
            if not out[index].open:
                continue
            if not is_listed(out[index].line, at_end=tail):
                break
            out[index] = replace(out[index], kind=PassageKind.FURNITURE)
    return out


def _repeated(marked: Sequence[_Marked]) -> list[_Marked]:
    """A line that says again what an earlier line said, or breaks off in the middle of one, captions a picture."""
    out = list(marked)
    seen: dict[tuple[str, ...], int] = {}
    for index, item in enumerate(marked):
        key = item.line.key
        if item.open and len(key) >= 4:
            if key in seen and index > 1 and len(key) <= _CAPTION_WORDS and not item.line.several:
                out[index] = replace(item, kind=PassageKind.CAPTION)
            seen.setdefault(key, index)
    heads = {key[:size] for key in seen for size in range(4, min(len(key), 40))}
    for index, item in enumerate(out):
        if index > 1 and item.open and not item.line.ended and item.line.key in heads and not item.line.quoted:
            out[index] = replace(item, kind=PassageKind.CAPTION)
    return out


def _unclosed(marked: Sequence[_Marked]) -> list[_Marked]:
    """Where the lines of a report close like sentences, a line that does not is a caption or a sub-heading."""
    long = [item.line for item in marked if item.open and item.line.words > _SUBHEAD_WORDS]
    closed = [line for line in long if line.ended]
    if len(closed) < 4 or len(closed) < 0.7 * len(long):
        return list(marked)
    first = next(index for index, item in enumerate(marked) if item.open and item.line.ended)
    last = len(marked) - 1
    out = list(marked)
    for index, item in enumerate(marked):
        if index <= first or not item.open or not _stands_alone(item.line):
            continue
        if item.line.words > _SUBHEAD_WORDS:
            # The very last line may be a sentence cut short by whoever copied the report.
            cut = index == last and item.line.spoken
            out[index] = item if cut else replace(item, kind=PassageKind.CAPTION)
        elif index < last:
            out[index] = replace(item, kind=PassageKind.HEADLINE)
    return out


def _stands_alone(line: Line) -> bool:
    if line.text.startswith(("- ", "– ", "— ")) and line.text.endswith((" -", " –", " —")):
        return True  # an agency's sub-heading
    short_question = line.words <= _SUBHEAD_WORDS and line.text.endswith("?") and not line.quoted
    if line.text.startswith(_LIST_MARKS) or (line.ended and not short_question):
        return False
    if line.text.endswith((",", ":", ";", "-", "–", "—")) or line.several:
        return False
    if line.text.startswith(_OPENING) and line.text[-1] not in _CLOSING:
        return False  # a quotation that runs on in the next line
    if _SPEAKER.match(line.text):
        return False
    return not (line.quoted and line.words > _SUBHEAD_WORDS and line.text[-1] in "\"'”’»")


def _gallery_at_end(marked: Sequence[_Marked]) -> list[_Marked]:
    """In a run of captions that ends a report, a closed line between two captions is one of them."""
    start = len(marked)
    for index in range(len(marked) - 1, -1, -1):
        item = marked[index]
        if item.kind is PassageKind.CAPTION:
            start = index
        elif item.kind not in {None, PassageKind.HEADLINE} or item.line.quoted or item.line.spoken or start - index > 2:
            break
    captions = sum(item.kind is PassageKind.CAPTION for item in marked[start:])
    if captions < 3 or captions * 2 < len(marked) - start:
        return list(marked)
    said = [item.line.key for item in marked[start:]]
    while start > 1 and marked[start - 1].open and _said_again(marked[start - 1].line, said):
        start -= 1
    return [*marked[:start], *(replace(item, kind=PassageKind.CAPTION) for item in marked[start:])]


def _said_again(line: Line, said: Sequence[tuple[str, ...]]) -> bool:
    key = line.key
    return not line.quoted and any(len(other) >= 4 and key[: len(other)] == other for other in said)


def _headlines(marked: Sequence[_Marked], title: str | None) -> list[_Marked]:
    out = list(marked)
    wanted = Line(0, 0, title, gap=False).key if title else ()
    for index, item in enumerate(out[:_TITLE_LINES]):
        if wanted and item.kind in {None, PassageKind.CAPTION} and _says_title(item.line, wanted):
            out[index] = replace(item, kind=PassageKind.HEADLINE)
    first = next((index for index, item in enumerate(out) if item.open), None)
    headed = any(item.kind is PassageKind.HEADLINE for item in out[:first])
    if first is not None and not headed and first < _TITLE_LINES and _looks_like_headline(out, first):
        out[first] = replace(out[first], kind=PassageKind.HEADLINE)
    return [replace(item, kind=PassageKind.BODY) if item.open else item for item in out]


def _says_title(line: Line, wanted: tuple[str, ...]) -> bool:
    """Titles beside a report are often another edition's; most words shared, in a line of about the same length."""
    here = line.key
    if here == wanted:
        return True
    if line.words > _HEADLINE_WORDS or line.several or min(len(here), len(wanted)) < 4:
        return False
    shared = len(set(here) & set(wanted))
    return shared >= 0.8 * max(len(set(here)), len(set(wanted)))


def _looks_like_headline(marked: Sequence[_Marked], first: int) -> bool:
    line = marked[first].line
    if first == len(marked) - 1 or line.words > _HEADLINE_WORDS or line.several:
        return False
    if not line.ended:
        return not line.text.endswith((",", ";"))
    # A headline may close with a question, an exclamation or a quotation; one that closes with a full stop may not.
    if line.text.endswith(("?", "!")) or line.text[-1] in "\"'”’»":
        return not line.spoken and line.words <= 20 and marked[first + 1].line.gap
    return False


def _parts(item: _Marked) -> list[Passage]:
    """A body line with what is glued to it taken out: furniture, and the signature of an agency."""
    line, kind = item.line, item.kind or PassageKind.BODY
    if kind is not PassageKind.BODY:
        return [Passage(line.span, kind)]
    cuts = [(span, PassageKind.FURNITURE) for span in glued(line.text)]
    signed = sign_off(line.text)
    if signed and not any(signed.overlaps(span) for span, _ in cuts):
        cuts.append((signed, PassageKind.BYLINE))
    parts: list[Passage] = []
    at = 0
    for span, cut in sorted(cuts):
        parts.extend(_body(line, at, span.start))
        parts.append(Passage(Span(line.start + span.start, line.start + span.end), cut))
        at = span.end
    return [*parts, *_body(line, at, len(line.text))]


def _body(line: Line, start: int, end: int) -> list[Passage]:
    words = line.text[start:end]
    if not words.strip():
        return []
    lead = len(words) - len(words.lstrip())
    tail = len(words.rstrip())
    return [Passage(Span(line.start + start + lead, line.start + start + tail), PassageKind.BODY)]
