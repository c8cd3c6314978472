"""Indirect speech: what a sentence says that somebody said, without quotation marks around it.

"X said (that) ...", "..., X said", "according to X, ...", "X, adding that ...", "X denied ...", and what is passed on
without a name ("reportedly", "it has been claimed"). Places only; sources are resolved elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from headwater.model import Span
from headwater.reading.english.asides import Indirect, standing_alone, unnamed
from headwater.reading.english.attribution import Reading, carried_by, in_who_clause, main_subject
from headwater.reading.english.clauses import coordinated, verb_follows
from headwater.reading.english.content import ACTS, EVIDENCE, SAYS, closes_sentence, content
from headwater.reading.english.cues import Cue
from headwater.reading.english.lexicon import PRONOUNS
from headwater.reading.english.lexicon_verbs import (
    DETERMINERS,
)
from headwater.reading.english.naming import is_outlet
from headwater.reading.english.tokens import Sentence, Token
from headwater.reading.english.told import relay, told_to

_ALSO_WITHIN = 5
_LEAST_WORDS = 2


def find_indirect(reading: Reading) -> list[Indirect]:
    """Return the indirect statements of all sentences in reading order."""
    found: list[Indirect] = []
    for index, sentence in enumerate(reading.sentences):
        here = _of_sentence(reading, index, sentence)
        here += standing_alone(reading, index, sentence, here)
        here = here or unnamed(index, sentence) or _goes_on(reading, index, found)
        found += here
    return found


def _goes_on(reading: Reading, index: int, found: Sequence[Indirect]) -> list[Indirect]:
    """Read on after "According to X, A.": a next sentence with "also" is what X is cited for, likely."""
    sentence = reading.sentences[index]
    previous = found[-1] if found else None
    if previous is None or previous.sentence != index - 1 or previous.base != "according":
        return []
    tokens = sentence.tokens
    opens = [t.low for t in tokens[:_ALSO_WITHIN]]
    if sentence.line != reading.sentences[index - 1].line or "also" not in opens or reading.cues[index]:
        return []
    if any(t.quote is not None for t in tokens) or (tokens[0].low not in PRONOUNS and tokens[0].low not in DETERMINERS):
        return []
    end = len(tokens) - (not tokens[-1].is_word)
    content = Span(tokens[0].start, tokens[end - 1].end)
    return [replace(previous, content=(content,), sentence=index, likely=True)]


def _of_sentence(reading: Reading, index: int, sentence: Sentence) -> list[Indirect]:
    tokens = sentence.tokens
    found: list[Indirect] = []
    covered: list[tuple[int, int]] = []
    carrier: Span | None = None
    for cue in sorted(reading.cues[index], key=lambda c: (not _closing(tokens, c), c.first)):
        if cue.base not in SAYS | ACTS or any(a <= cue.first < b for a, b in covered):
            continue
        carries = _carries(reading, tokens, cue)
        ranges = _within_who_clause(
            tokens, cue, reading.cues[index], content(tokens, cue, reading.cues[index], carries=carries)
        )
        if not ranges:
            continue
        if carries and _speaks_inside(reading.cues[index], cue, ranges) and cue.subject:
            carrier = Span(tokens[cue.subject[0]].start, tokens[cue.subject[1] - 1].end)
            continue
        made = [_made(reading, index, cue, piece) for piece in _pieces(tokens, ranges)]
        found += [replace(item, via=item.via or carrier) for item in made if item]
        covered += ranges
    return found


def _within_who_clause(
    tokens: Sequence[Token], cue: Cue, cues: Sequence[Cue], ranges: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """What was said in a clause beside the subject ends with it: "X, who vowed to stay, said he was glad"."""
    main = [c.first for c in cues if c.first > cue.first and tokens[c.first - 1].text == ","]
    if not main or not in_who_clause(tokens, cue):
        return ranges
    end = main[0] - 1
    return [(a, min(b, end)) for a, b in ranges if a < end]


def _closing(tokens: Sequence[Token], cue: Cue) -> bool:
    """True for a cue that speaks for the whole sentence from its end: "..., X said", "..., according to X"."""
    return cue.kind == "according" or cue.inverted or (cue.kind == "verb" and closes_sentence(tokens, cue))


def _pieces(tokens: Sequence[Token], ranges: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Cut contents into whole clauses; what a cue in brackets parts ("Soldiers, X said, came at night") stays one."""
    if len(ranges) == 2 and not verb_follows(tokens, *ranges[0]):
        return [list(ranges)]
    return [[piece] for part in ranges for piece in coordinated(tokens, *part)]


def _carries(reading: Reading, tokens: Sequence[Token], cue: Cue) -> bool:
    """True for a carrier that passes on what another said: "X has reported", "according to" an outlet."""
    if cue.subject is None or cue.kind == "participle":
        return False
    words = Span(tokens[cue.subject[0]].start, tokens[cue.subject[1] - 1].end).of(reading.text)
    renders = any(t.low in {"translation", "transcript"} for t in tokens[cue.subject[0] : cue.subject[1]])
    return cue.base in {"report", "publish"} or renders or is_outlet(words)


def _speaks_inside(cues: Sequence[Cue], carrier: Cue, ranges: Sequence[tuple[int, int]]) -> bool:
    """True when somebody else speaks inside what the carrier passes on."""
    return any(
        cue is not carrier and cue.base in SAYS - EVIDENCE and any(a <= cue.first < b for a, b in ranges)
        for cue in cues
    )


def _made(reading: Reading, index: int, cue: Cue, ranges: Sequence[tuple[int, int]]) -> Indirect | None:
    sentence = reading.sentences[index]
    tokens = sentence.tokens
    spans = tuple(Span(tokens[a].start, tokens[b - 1].end) for a, b in ranges)
    words = sum(t.is_word or t.quote is not None for a, b in ranges for t in tokens[a:b])
    if words < _LEAST_WORDS:
        return None
    subject = cue.subject or main_subject(tokens, cue.first, reading.cues[index])
    source = Span(tokens[subject[0]].start, tokens[subject[1] - 1].end) if subject else None
    if source and any(source.overlaps(span) for span in spans) and cue.kind != "participle":
        return None
    place = Span(tokens[cue.first].start, tokens[cue.last - 1].end)
    return Indirect(
        spans,
        source,
        place,
        cue.base,
        told_to(reading.text, tokens, cue, sentence.span),
        relay(reading.text, tokens, sentence.span, cue) or carried_by(tokens, reading.cues[index], cue),
        index,
    )
