"""The printed line as tokens: words, punctuation, and each outermost quotation as one token; and its sentences.

Sentences come from sentencex on a copy of the line in which what stands inside quotation marks is masked, so that a
full stop inside a quotation never cuts the sentence around it. No attribution is decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sentencex

from headwater.model import Passage, PassageKind, Span, trim
from headwater.reading.english.lexicon_people import AGENCIES, OUTLETS
from headwater.reading.english.quotations import Quotation

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|[A-Z]\.(?=\s+[A-Z])|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Rep|Sen|Gov|Rev|Hon|St|Jr|Sr|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept|Sep|Oct|Nov|Dec|No|Inc|Ltd|Co|Corp|vs|a\.m|p\.m)\."
    r"|[@#]?\w+(?:[.,:]\d+)*(?:[-'’./&]\w+)*|[^\w\s]"
)
_CREDIT_FIRST = re.compile(
    rf"(?:(?:{'|'.join(re.escape(name) for name in sorted(AGENCIES + OUTLETS, key=len, reverse=True))})"
    r"\s*[•/:,|]?\s*(?=[A-Z]))+"
)
_DATELINE = re.compile(
    r"[A-Z][A-Z’'. -]{2,40}(?:,\s*[A-Z][\w. ’'-]{1,30})?(?:,\s*\w+\.?\s*\d{1,2})?\s*(?:\([^)\n]{2,30}\))?"
    r"\s*[—–-]{1,2}\s+(?=\S)"
)
_CUT_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Maj|Rep|Sen|Gov|Rev|Hon|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct"
    r"|Nov|Dec|Brig|Cmdr|Supt|Det|Insp|Const|Amb|Pres|Fr|Br|approx|est|ca|cf)\.|\b[A-Z]\.)\s*$"
)
_HALF = re.compile("[\ud800-\udfff]")
_ENDS = ".!?…"
_QUOTED_PHRASE = 25
_LOOK_BACK = 16  # code points: longer than any abbreviation
_SHORT_WORD = 3
_LEAST_TITLE = 4
_TITLE_SHARE = 0.85
_LONGEST_SENTENCE = 2_000  # code points; the longest in 300 news articles of all kinds has 1,769


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or a whole quotation. `low` is lower case; `quote` the quotation's index or None.

    `titled` marks the words of a title-cased line, whose capitals were taken off because they mark nothing.
    """

    start: int
    end: int
    text: str
    low: str
    quote: int | None = None
    titled: bool = False

    @property
    def is_word(self) -> bool:
        """True for words and numbers."""
        return self.quote is None and (self.text[0].isalnum() or self.text[0] in "@#")

    @property
    def is_speech(self) -> bool:
        """True for a quotation that stands for itself; a quoted word or two is part of the phrase around it."""
        if self.quote is None:
            return False
        return self.end - self.start > _QUOTED_PHRASE or self.text.rstrip("\"'”’»")[-1:] in {",", ".", "!", "?"}

    @property
    def is_cap(self) -> bool:
        """True for a word that begins with a capital letter."""
        return self.quote is None and self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a line outside quotations: its span, tokens, line number and passage kind.

    `only_quotes` is True when it holds nothing but quotations.
    """

    span: Span
    tokens: tuple[Token, ...]
    line: int
    kind: PassageKind
    only_quotes: bool


def lines_of(text: str, passages: Sequence[Passage], kinds: frozenset[PassageKind]) -> list[tuple[Span, PassageKind]]:
    """Return the printed lines (without outer white space) of the passages of the given kinds."""
    found: list[tuple[Span, PassageKind]] = []
    for passage in passages:
        if passage.kind not in kinds:
            continue
        start = passage.span.start
        for piece in text[passage.span.start : passage.span.end].split("\n"):
            kept = trim(text, start, start + len(piece))
            if kept and passage.kind is PassageKind.CAPTION:
                kept = _without_credit(text, kept)
            if kept:
                found.append((kept, passage.kind))
            start += len(piece) + 1
    return found


def _without_credit(text: str, line: Span) -> Span:
    """A caption may open with who took the picture, without a mark: "Reuters Police have confirmed ..."."""
    match = _CREDIT_FIRST.match(text, *line)
    return Span(match.end(), line.end) if match else line


def sentences_of(text: str, line: Span, number: int, kind: PassageKind, quotes: Sequence[Quotation]) -> list[Sentence]:
    """Return the sentences of one line. `quotes` are all outermost quotations; a token's `quote` indexes it."""
    here = _within(line, quotes)
    dateline = _DATELINE.match(text, *line)
    if dateline:
        line = Span(dateline.end(), line.end)
    found: list[Sentence] = []
    for span in split(text, line, [q.outer for _, q in here]):
        tokens = _in_small_letters(_tokens(text, span, here))
        found.append(Sentence(span, tokens, number, kind, only_quotes=not any(t.is_word for t in tokens)))
    return found


def _within(line: Span, quotes: Sequence[Quotation]) -> list[tuple[int, Quotation]]:
    """Return the quotations of one line with their index; they are in order, and a report may have thousands."""
    first = bisect_left(quotes, line.start, key=lambda quote: quote.outer.start)
    last = bisect_left(quotes, line.end, lo=first, key=lambda quote: quote.outer.start)
    return [(index, quotes[index]) for index in range(first, last) if line.contains(quotes[index].outer)]


def _in_small_letters(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """In a title-cased or upper-cased line capitals mark nothing: take them off so that verbs are seen as verbs."""
    worded = [t for t in tokens if t.quote is None and t.text[0].isalpha() and len(t.text) > _SHORT_WORD]
    if len(worded) < _LEAST_TITLE or sum(t.is_cap for t in worded) < _TITLE_SHARE * len(worded):
        return tokens
    return tuple(t if t.quote is not None else replace(t, text=t.text.lower(), titled=t.is_cap) for t in tokens)


def split(text: str, region: Span, masks: Sequence[Span]) -> list[Span]:
    """Split `region` into sentences; what lies inside `masks` never ends one, except at its own end."""
    chars = list(text[region.start : region.end])
    for mask in masks:
        _mask(chars, mask.start - region.start, mask.end - region.start)
    masked = "".join(chars)
    spans: list[Span] = []
    start = 0
    for end in _boundaries(masked):
        if _cuts_quotation(masks, region.start + end):
            continue
        if end < len(masked) and not _is_end(masked[max(start, end - _LOOK_BACK) : end], masked[end : end + 2]):
            continue
        spans += _bounded(text, masked, region.start, Span(start, end))
        start = end
    return spans


def _bounded(text: str, masked: str, offset: int, sentence: Span) -> list[Span]:
    """Return a sentence, cut at white space where it is longer than anybody writes one.

    The rules look back and forth in a sentence, so that their time grows with its length in the square; a list or a
    damaged file of a thousand words without a full stop would keep the reader for minutes.
    """
    spans: list[Span] = []
    start = sentence.start
    while start < sentence.end:
        end = sentence.end
        if end - start > _LONGEST_SENTENCE:
            end = masked.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            end = end if end > start else masked.find(" ", start + _LONGEST_SENTENCE, sentence.end)
            end = end if end > start else sentence.end
        kept = trim(text, offset + start, offset + end)
        if kept:
            spans.append(kept)
        start = end
    return spans


def _cuts_quotation(masks: Sequence[Span], at: int) -> bool:
    """True when `at` lies inside one of the sorted, disjoint masks."""
    k = bisect_left(masks, at, key=lambda mask: mask.start) - 1
    return k >= 0 and masks[k].start < at < masks[k].end


def _mask(chars: list[str], start: int, end: int) -> None:
    """Write a quotation over with letters, keeping its marks and whether it ends a sentence."""
    closed = not chars[end - 1].isalnum() and chars[end - 1] not in _ENDS
    inner = end - 1 if closed else end
    ends = chars[inner - 1] in _ENDS
    chars[start:end] = "x" * (end - start)
    chars[start] = '"'
    if ends and inner - 1 > start:
        chars[inner - 1] = "."
    if closed:
        chars[end - 1] = '"'


def _boundaries(masked: str) -> list[int]:
    whole = _HALF.sub("x", masked)  # half a character, as a damaged file may hold, cannot be handed on
    return [found["end_index"] for found in sentencex.get_sentence_boundaries("en", whole)]


def _is_end(before: str, after: str) -> bool:
    return not _CUT_SHORT.search(before) and not after[:1].islower()


def _tokens(text: str, span: Span, quotes: Sequence[tuple[int, Quotation]]) -> tuple[Token, ...]:
    found: list[Token] = []
    position = span.start
    for index, quote in quotes:
        if not span.overlaps(quote.outer):
            continue
        found += _plain(text, position, max(position, quote.outer.start))
        end = min(quote.outer.end, span.end)
        found.append(Token(quote.outer.start, end, text[quote.outer.start : end], "", index))
        position = end
    return (*found, *_plain(text, position, span.end))


def tokens_of(text: str, span: Span) -> list[Token]:
    """Return the tokens of a stretch of text in which quotation marks are plain punctuation."""
    return _plain(text, *span)


def _plain(text: str, start: int, end: int) -> list[Token]:
    return [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in _TOKEN.finditer(text, start, end)
    ]
