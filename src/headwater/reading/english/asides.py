"""What a report passes on beside speech proper: caveats, refusals to answer, and hearsay that names nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import Span
from headwater.reading.english.attribution import Reading
from headwater.reading.english.cues import hearsay
from headwater.reading.english.lexicon import CAVEAT_PATTERNS, DECLINE_PATTERNS, PRONOUNS
from headwater.reading.english.lexicon_people import MEDIA, ORGANISATION
from headwater.reading.english.lexicon_verbs import DETERMINERS
from headwater.reading.english.phrases import clause_start, subject_before
from headwater.reading.english.tokens import Sentence, Token

CAVEAT = re.compile("|".join(CAVEAT_PATTERNS), re.IGNORECASE)
_STANDS_ALONE = re.compile(f"(?:{CAVEAT.pattern})|(?P<declines>{'|'.join(DECLINE_PATTERNS)})", re.IGNORECASE)
_CHECKERS = ORGANISATION | MEDIA
_LEAST_WORDS = 3
_OPENERS = frozenset("but and so yet however meanwhile while although though as when after before since".split())


@dataclass(frozen=True, slots=True)
class Indirect:
    """A stretch of indirect speech: content places (quotations inside included), source, cue, told-to, relay.

    `rival` are the words of another source who may be meant; `probability` is set where the trained reader found it.
    """

    content: tuple[Span, ...]
    source: Span | None
    cue: Span
    base: str
    told: Span | None
    via: Span | None
    sentence: int
    unnamed: bool = False
    likely: bool = False
    rival: Span | None = None
    probability: float | None = None


def standing_alone(reading: Reading, index: int, sentence: Sentence, known: Sequence[Indirect]) -> list[Indirect]:
    """Return what stands for itself: "the group cannot independently verify the claims", "X declined to comment".

    The source of a caveat is the body that says what it could not check; without a body nobody is named.
    """
    tokens = sentence.tokens
    for match in _STANDS_ALONE.finditer(reading.text, *sentence.span):
        place = Span(*match.span())
        quoted = any(t.quote is not None and t.start <= place.start < t.end for t in tokens)
        if quoted or any(span.overlaps(place) for item in known for span in item.content):
            continue
        first = next(k for k, t in enumerate(tokens) if t.end > place.start)
        last = next((k for k in range(first, len(tokens)) if tokens[k].end >= place.end), first)
        declines = match.lastgroup == "declines"
        start = _clause_of(tokens, first)
        end = next(
            (k for k in range(last, len(tokens)) if tokens[k].text in ",;." or tokens[k].quote is not None), len(tokens)
        )
        if end - start < _LEAST_WORDS:
            continue
        subject = subject_before(tokens, first, 0 if declines else start)
        names = subject is not None and (declines or any(_is_body_word(t) for t in tokens[subject[0] : subject[1]]))
        source = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject and names else None
        content = Span(tokens[first if declines else start].start, tokens[end - 1].end)
        return [
            Indirect(
                (content,),
                source,
                place,
                "decline" if declines else "caveat",
                None,
                None,
                index,
                unnamed=source is None,
            )
        ]
    return []


def _is_body_word(token: Token) -> bool:
    """True for a word that names who checked: a name, or "the newspaper"; the capital of a first "The" names nobody."""
    return (token.is_cap and token.low not in DETERMINERS and token.low not in PRONOUNS) or token.low in _CHECKERS


def _clause_of(tokens: Sequence[Token], at: int) -> int:
    start = at
    while start and tokens[start - 1].text not in ",;:" and tokens[start - 1].quote is None:
        start -= 1
    while start < at and tokens[start].low in _OPENERS:
        start += 1
    return start


def unnamed(index: int, sentence: Sentence) -> list[Indirect]:
    """Return what the sentence passes on without naming anybody: "reportedly", "it has been claimed"."""
    tokens = sentence.tokens
    found = hearsay(tokens)
    if found is None or any(t.quote is not None and t.end - t.start > 60 for t in tokens):
        return []
    first, last = found
    end = len(tokens)
    impersonal = tokens[first].low in {"it", "there"}
    if impersonal and first > 2:
        end = first
    while end and not tokens[end - 1].is_word and tokens[end - 1].quote is None:
        end -= 1
    start = clause_start(tokens, first, 0) if first < end else 0
    if impersonal and (first <= 2 or (last < len(tokens) and tokens[last].low == "that")):
        end = len(tokens) - (not tokens[-1].is_word and tokens[-1].quote is None)
        start = min(last + (last < end and tokens[last].low == "that"), end)
    if end - start < 4:
        return []
    span = Span(tokens[start].start, tokens[end - 1].end)
    cue = Span(tokens[first].start, tokens[last - 1].end)
    return [Indirect((span,), None, cue, "hearsay", None, None, index, unnamed=True)]
