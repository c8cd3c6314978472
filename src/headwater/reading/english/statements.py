"""Statements put together: the drafts of a report with their sources resolved, stance and relays added.

Ids come from places alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from headwater.model import (
    Certainty,
    Form,
    Relay,
    Span,
    Stance,
    Statement,
    ToldTo,
    keys,
    make_id,
)
from headwater.reading.english.asides import CAVEAT
from headwater.reading.english.attribution import Reading
from headwater.reading.english.cues import find_cues
from headwater.reading.english.drafts import Draft
from headwater.reading.english.entities import Entity
from headwater.reading.english.lexicon import DECLINE_PATTERNS, DENIAL_PATTERNS, PRONOUNS, REJECTED, STANCES
from headwater.reading.english.mentions import Resolver
from headwater.reading.english.phrases import noun_after
from headwater.reading.english.tokens import tokens_of

_DENIAL = re.compile("|".join(DENIAL_PATTERNS), re.IGNORECASE)
_DECLINE = re.compile("|".join(DECLINE_PATTERNS), re.IGNORECASE)
_LEAST_PULLED = 5
_PASSES_ON = frozenset(
    "say tell report state claim allege reveal admit explain warn confirm announce confess recall according".split()
)


def build(
    reading: Reading, drafts: Sequence[Draft], report: str, resolver: Resolver
) -> tuple[list[Statement], dict[str, Entity]]:
    """Resolve the sources of the drafts in reading order; return the statements and the entity of each (by id)."""
    order = sorted(range(len(drafts)), key=lambda k: _source_place(drafts[k]))
    entities: dict[int, Entity] = {}
    for k in order:
        source = drafts[k].source
        entity = resolver.resolve(source) if source is not None else None
        if entity is not None:
            entities[k] = entity
    ids = {key: mention.id for key, mention in resolver.mentions(report).items()}
    statements: list[Statement] = []
    owners: dict[str, Entity] = {}
    for k, draft in enumerate(drafts):
        found = entities.get(k)
        certain = _known(draft, found, doubtful=draft.source in resolver.doubtful)
        statement = _statement(reading, replace(draft, certainty=certain), report, ids[id(found)] if found else None)
        statements.append(statement)
        if found:
            owners[statement.id] = found
    return _pull_quotes(statements), owners


def _known(draft: Draft, entity: Entity | None, *, doubtful: bool) -> Certainty:
    """A "he" that leads to nobody leaves the source unclear; one that could be two people makes it likely at best."""
    if entity is None:
        return Certainty.UNCLEAR
    return Certainty.LIKELY if doubtful and draft.certainty is Certainty.CLEAR else draft.certainty


def _source_place(draft: Draft) -> tuple[int, int]:
    return (draft.source or draft.content[0]).start, draft.content[0].start


def _statement(reading: Reading, draft: Draft, report: str, source: str | None) -> Statement:
    text = reading.text
    words = " ... ".join(span.of(text) for span in draft.content)
    places = [number for span in draft.content for number in span]
    return Statement(
        id=make_id("statement", report, draft.form.value, *places),
        report=report,
        content=draft.content,
        text=words,
        form=draft.form,
        source=source,
        source_span=draft.source,
        cue=draft.cue,
        told_to=ToldTo(" ".join(draft.told.of(text).split()), draft.told) if draft.told else None,
        certainty=draft.certainty,
        stance=_stance(reading, draft, words),
        passage=reading.sentences[draft.sentence].kind,
        via=(Relay(draft.via.of(text), draft.via),) if draft.via and draft.via != draft.source else (),
        behind=_behind(reading, draft),
        quotation=draft.quotation,
        reasons=(draft.reason, *_doubts(text, draft)),
        probability=draft.probability,
    )


def _doubts(text: str, draft: Draft) -> tuple[str, ...]:
    """How often the trained reader is right where it is this sure; and the other reading where two are near."""
    doubts = []
    if draft.probability is not None:
        doubts.append(f"of what the trained reader finds so surely, about {draft.probability:.0%} is right")
    rival = draft.rival.of(text) if draft.rival else ""
    if rival and rival.lower() not in PRONOUNS:
        doubts.append(f"could also be “{rival}”")
    return tuple(doubts)


def _stance(reading: Reading, draft: Draft, words: str) -> Stance:
    if CAVEAT.search(words):
        return Stance.CAVEAT
    if draft.base in STANCES and (draft.base == "deny" or REJECTED.search(words)):
        return STANCES[draft.base]
    if _DENIAL.search(words):
        return Stance.DENIES
    if _DECLINE.search(words):
        return Stance.DECLINES
    sentence = reading.sentences[draft.sentence]
    outside = " ".join(t.text for t in sentence.tokens if t.quote is None)
    if draft.form is not Form.INDIRECT and re.search(r"\b(?:denied|denies|deny|denying|rejected|dismissed)\b", outside):
        return Stance.DENIES
    return Stance.ASSERTS


def _behind(reading: Reading, draft: Draft) -> tuple[Relay, ...]:
    """Whom the speaker passes on: "human rights groups report that ...", inside what is said."""
    cited = _cited(reading, draft)
    if cited:
        return (Relay(cited.of(reading.text), cited),)
    first = draft.content[0]
    tokens = tokens_of(reading.text, first)
    for cue in find_cues(tokens):
        if cue.kind not in {"verb", "according"} or cue.subject is None or cue.first > 12:
            continue
        start, end = cue.subject
        words = tokens[start:end]
        if words[0].low in PRONOUNS or cue.base not in _PASSES_ON or cue.last >= len(tokens):
            return ()
        span = Span(words[0].start, words[-1].end)
        return (Relay(span.of(reading.text), span),)
    return ()


def _cited(reading: Reading, draft: Draft) -> Span | None:
    """Whom a carrier cites: "X reported, citing Y, that ..."."""
    tokens = reading.sentences[draft.sentence].tokens
    for at, token in enumerate(tokens):
        if token.low in {"citing", "quoting"} and at and tokens[at - 1].text == ",":
            phrase = noun_after(tokens, at + 1, len(tokens))
            return Span(tokens[phrase[0]].start, tokens[phrase[1] - 1].end) if phrase else None
    return None


def _pull_quotes(statements: list[Statement]) -> list[Statement]:
    """Words set apart without a speaker that stand in the same report with one: the speaker is likely the same."""
    known = [(f" {' '.join(keys(s.text))} ", s) for s in statements if s.source and s.form is not Form.INDIRECT]
    return [_with_twin(statement, known) for statement in statements]


def _with_twin(statement: Statement, known: Sequence[tuple[str, Statement]]) -> Statement:
    if statement.source is not None or statement.form is Form.INDIRECT:
        return statement
    words = keys(statement.text)
    twin = next((s for held, s in known if f" {' '.join(words)} " in held), None)
    if twin is None or len(words) < _LEAST_PULLED:
        return statement
    return replace(
        statement,
        source=twin.source,
        certainty=Certainty.LIKELY,
        reasons=(*statement.reasons, "the same words stand elsewhere in this report with a speaker"),
    )
