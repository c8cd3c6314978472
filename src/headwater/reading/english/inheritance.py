"""Quotations that name no speaker themselves: the source is handed on from the quotation or paragraph before.

Along the pieces of one quotation it is certain; along paragraphs it is likely and marked so. Nothing is handed on from
a headline or a caption, and never backwards from a later paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from headwater.model import Certainty, PassageKind, Span, keys
from headwater.reading.english.attribution import Attribution, Reading, subject_of
from headwater.reading.english.lexicon import PRONOUNS
from headwater.reading.english.tokens import Sentence, Token
from headwater.reading.english.told import told_to

_FRAGMENT_WORDS = 3
_LINES_BACK = 2


def hand_on(reading: Reading, direct: dict[int, Attribution]) -> dict[int, Attribution]:
    """Return `direct` with sources handed on: along one quotation, a paragraph, to a paragraph that only quotes."""
    done = dict(direct)
    _along_groups(reading, done)
    _resolve_missing_subjects(reading, done)
    _along_lines(reading, done)
    _along_groups(reading, done)
    return done


def _along_groups(reading: Reading, done: dict[int, Attribution]) -> None:
    groups: dict[int, list[int]] = {}
    for index, quote in enumerate(reading.quotes):
        groups.setdefault(quote.group, []).append(index)
    for members in groups.values():
        known = [m for m in members if m in done and done[m].source]
        if not known:
            continue
        for member in members:
            if member not in done or done[member].source is None:
                near = min(known, key=lambda k: (abs(k - member), k))
                done[member] = replace(done[near], how="same quotation")


def _resolve_missing_subjects(reading: Reading, done: dict[int, Attribution]) -> None:
    """Give "Adding: “...”", which has no subject of its own, the speaker before."""
    previous: Attribution | None = None
    for index in range(len(reading.quotes)):
        found = done.get(index)
        if found is None:
            continue
        if found.source is None:
            if previous and previous.source:
                done[index] = replace(
                    found, source=previous.source, how="speaker before", told=found.told or previous.told
                )
            else:
                del done[index]
                continue
        previous = done[index]


def _along_lines(reading: Reading, done: dict[int, Attribution]) -> None:
    by_line: dict[int, list[tuple[int, Sentence]]] = {}
    for index, sentence in enumerate(reading.sentences):
        by_line.setdefault(sentence.line, []).append((index, sentence))
    last: Attribution | None = None
    last_line = -10
    for line, members in sorted(by_line.items()):
        here: Attribution | None = None
        for index, sentence in members:
            for token in sentence.tokens:
                if token.quote is None:
                    continue
                if token.quote not in done and _stands_alone(reading, sentence, token):
                    given = _given(here, last if line - last_line <= _LINES_BACK else None)
                    if given and _another_between(reading, members, index, given):
                        given = None
                    if given:
                        done[token.quote] = given
                found = done.get(token.quote)
                if found and found.source:
                    here = found
            if here is None:
                here = _sentence_source(reading, index)
        if here and members[0][1].kind is PassageKind.BODY:
            last, last_line = here, line


def _another_between(reading: Reading, members: Sequence[tuple[int, Sentence]], index: int, given: Attribution) -> bool:
    """True when the sentence before, without a cue, is about somebody else: "X said. Y shook his head. “...”"."""
    before = next((s for i, s in members if i == index - 1), None)
    if (
        before is None
        or given.source is None
        or reading.cues[index - 1]
        or any(t.quote is not None for t in before.tokens)
    ):
        return False
    subject = subject_of(before)
    if subject is None:
        return False
    words = set(keys(subject.of(reading.text)))
    return subject.of(reading.text)[0].isupper() and not words & (
        set(keys(given.source.of(reading.text))) | set(PRONOUNS)
    )


def _stands_alone(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """True when the sentence is nothing but quotations, so that only its neighbours can name the speaker."""
    if not sentence.only_quotes:
        return False
    content = reading.quotes[token.quote or 0].span.of(reading.text)
    return sentence.kind is not PassageKind.HEADLINE and (
        len(content.split()) > _FRAGMENT_WORDS or content[-1] in ".!?,"
    )


def _given(
    here: Attribution | None,
    last: Attribution | None,
) -> Attribution | None:
    if here:
        certain = here.certainty if here.how != "sentence" else Certainty.LIKELY
        return replace(here, how="same paragraph", certainty=certain)
    if last:
        return replace(last, how="paragraph before", certainty=Certainty.LIKELY)
    return None


def _sentence_source(reading: Reading, index: int) -> Attribution | None:
    """The source that a sentence without a quotation speaks for: "X described the scene."."""
    tokens = reading.sentences[index].tokens
    for cue in reading.cues[index]:
        if cue.subject and cue.kind in {"verb", "according"} and cue.base not in {"show", "find"}:
            first, last = tokens[cue.subject[0]], tokens[cue.subject[1] - 1]
            told = told_to(reading.text, tokens, cue, reading.sentences[index].span)
            place = Span(tokens[cue.first].start, tokens[cue.last - 1].end)
            return Attribution(
                Span(first.start, last.end), place, cue.base, "sentence", told, certainty=Certainty.LIKELY
            )
    return None
