"""Statements put together: each quoted sentence and each stretch of indirect speech with its source, cue and told-to.

Takes places found by `attribution` and `indirect`; decides form, certainty and stance. Ids come from places alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from headwater.model import (
    Certainty,
    Form,
    PassageKind,
    Relay,
    Span,
    Stance,
    Statement,
    ToldTo,
    keys,
    make_id,
    merged,
    trim,
)
from headwater.reading.english.asides import CAVEAT, Indirect
from headwater.reading.english.attribution import Attribution, Reading, is_fragment, tweet_author
from headwater.reading.english.cues import find_cues
from headwater.reading.english.entities import Entity
from headwater.reading.english.lexicon import DECLINE_PATTERNS, DENIAL_PATTERNS, PRONOUNS, REJECTED, STANCES
from headwater.reading.english.lexicon_verbs import DETERMINERS, PREPOSITIONS, may_be_finite
from headwater.reading.english.mentions import Resolver
from headwater.reading.english.phrases import noun_after
from headwater.reading.english.quotations import Quotation
from headwater.reading.english.tokens import Sentence, split, tokens_of

_DENIAL = re.compile("|".join(DENIAL_PATTERNS), re.IGNORECASE)
_DECLINE = re.compile("|".join(DECLINE_PATTERNS), re.IGNORECASE)
_MARKS = frozenset("\"'“”‘’„‟«»`´")
_LONG_ENOUGH_ALONE = 5
_LEAST_REMAINDER = 3
_LEAD_IN = 6
_LEAST_PULLED = 5
_PASSES_ON = frozenset(
    "say tell report state claim allege reveal admit explain warn confirm announce confess recall according".split()
)
_JOINTS_BEFORE = re.compile(r"(?:[\s,;:–—]+|(?:and|but|that|adding|as)\b)+")
_JOINT_AFTER = re.compile(r"(?:[\s,;:–—]+|\b(?:and|but|that|as|the|a|an))$")
_HOW = {
    "after": "named after the quotation",
    "before": "named before the quotation",
    "clause": "the quotation stands in a clause that the cue introduces",
    "signed": "signed with a name after a dash",
    "colon": "named before a colon",
    "same quotation": "same quotation, its mark re-opened",
    "speaker before": "the cue has no subject of its own; the speaker before is meant",
    "same paragraph": "same paragraph as the quotation before",
    "paragraph before": "the paragraph only quotes; the speaker of the paragraph before is taken",
    "sentence": "the sentence before names the speaker",
    "caption": "a name stands beside the quotation",
    "post": "signed post",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before its source is resolved: `source` is a place, not yet a mention."""

    content: tuple[Span, ...]
    form: Form
    source: Span | None
    cue: Span | None
    base: str
    told: Span | None
    via: Span | None
    certainty: Certainty
    sentence: int
    quotation: str | None
    reason: str


def drafts_of(reading: Reading, attributions: dict[int, Attribution], indirect: Sequence[Indirect]) -> list[Draft]:
    """Return the drafts of all statements in reading order, quoted and indirect."""
    where = _sentence_of_quotes(reading)
    quoted = [
        draft
        for index, quote in enumerate(reading.quotes)
        if index in where
        for draft in _quoted(reading, index, quote, attributions.get(index), where[index])
    ]
    taken = merged(_outer_of(reading, draft) for draft in quoted)
    spoken = [draft for item in indirect for draft in _spoken(reading, item, taken)]
    posts = [post for index, sentence in enumerate(reading.sentences) if (post := _post(reading, index, sentence))]
    return sorted([*quoted, *spoken, *posts], key=lambda d: (d.content[0], d.content[-1].end))


def _sentence_of_quotes(reading: Reading) -> dict[int, int]:
    return {
        token.quote: index
        for index, sentence in enumerate(reading.sentences)
        for token in sentence.tokens
        if token.quote is not None
    }


def _quoted(reading: Reading, index: int, quote: Quotation, found: Attribution | None, sentence: int) -> list[Draft]:
    content = quote.span.of(reading.text)
    if found is None:
        found = _beside_name(reading, index, sentence)
    if found is None and not _speech_alone(reading, quote, sentence, content):
        return []
    if is_fragment(content) and not _whole(found, reading, sentence, content):
        return []
    pieces = split(reading.text, quote.span, [n.outer for n in quote.nested])
    direct = _is_sentence(quote, content, found)
    group = make_id("quotation", quote.group, reading.quotes[0].outer.start)
    made: list[Draft] = []
    for number, piece in enumerate(pieces):
        made.append(
            Draft(
                content=(piece,),
                form=Form.DIRECT if direct else Form.MIXED,
                source=found.source if found else None,
                cue=found.cue if found and number == 0 else None,
                base=found.base if found else "",
                told=found.told if found else None,
                via=found.via if found else None,
                certainty=found.certainty if found and found.source else Certainty.UNCLEAR,
                sentence=sentence,
                quotation=group,
                reason=_HOW[found.how] if found else "no words say who speaks",
            )
        )
    return made


def _whole(found: Attribution | None, reading: Reading, sentence: int, content: str) -> bool:
    """A quoted word or two is a statement only when nothing else is said: "“Not a swap,” he said."."""
    if found is None:
        return False
    words = [t for t in reading.sentences[sentence].tokens if t.is_word]
    return found.how in {"before", "after", "colon", "caption"} and (content[-1] in ".,!?" or len(words) <= 4)


def _speech_alone(reading: Reading, quote: Quotation, sentence: int, content: str) -> bool:
    """True for speech without any words that attribute it: a line of its own that is a sentence."""
    here = reading.sentences[sentence]
    if here.kind is PassageKind.HEADLINE:
        after = next((k + 1 for k, t in enumerate(here.tokens) if t.start == quote.outer.start), 0)
        leads = after == 1 and after < len(here.tokens) and here.tokens[after].text == ":"
        return leads and len(content.split()) >= _LONG_ENOUGH_ALONE
    if not here.only_quotes:
        return False
    words = content.split()
    return len(words) >= _LONG_ENOUGH_ALONE and (content[-1] in ".!?,…" or not quote.closed)


def _beside_name(reading: Reading, index: int, sentence: int) -> Attribution | None:
    """A caption sets a name beside words: "Jane Doe “We had to leave”". Captions may be wrong: LIKELY."""
    here = reading.sentences[sentence]
    if here.kind not in {PassageKind.CAPTION, PassageKind.BODY} or len(here.tokens) > 12:
        return None
    before = [t for t in here.tokens if t.quote is None]
    if not before or here.tokens[-1].quote != index or len([t for t in here.tokens if t.quote is not None]) != 1:
        return None
    if (
        not all(t.is_cap or t.text in {":", "-", "–", ","} for t in before)
        or not 2 <= sum(t.is_cap for t in before) <= 6
    ):
        return None
    names = [t for t in before if t.is_cap]
    return Attribution(Span(names[0].start, names[-1].end), None, "", "caption", certainty=Certainty.LIKELY)


def _is_sentence(quote: Quotation, content: str, found: Attribution | None) -> bool:
    if found and found.how == "clause":
        return content[0].isupper() and content[-1] in ".!?"
    return content[0].isupper() or content[-1] in ".!?," or len(content.split()) > 8 or not quote.closed


def _spoken(reading: Reading, item: Indirect, taken: Sequence[Span]) -> list[Draft]:
    """One indirect statement; what of it stands in quotation marks and is a statement already is left out."""
    spans = [piece for span in item.content for piece in _without(reading, span, taken)]
    kept = [span for span in spans if len(keys(span.of(reading.text))) >= (_LEAST_REMAINDER if len(spans) > 1 else 1)]
    if not kept or sum(len(span.of(reading.text).split()) for span in kept) < _LEAST_REMAINDER - 1:
        return []
    if spans != list(item.content) and not _worth_keeping(reading.text, kept):
        return []
    return [
        Draft(
            content=tuple(kept),
            form=Form.INDIRECT,
            source=item.source,
            cue=item.cue,
            base=item.base,
            told=item.told,
            via=item.via,
            certainty=_certainty(item),
            sentence=item.sentence,
            quotation=None,
            reason="passed on without naming anybody"
            if item.unnamed
            else f"indirect speech after “{item.cue.of(reading.text)}”",
        )
    ]


def _certainty(item: Indirect) -> Certainty:
    if item.source is None:
        return Certainty.UNCLEAR
    return Certainty.LIKELY if item.likely else Certainty.CLEAR


def _without(reading: Reading, span: Span, taken: Sequence[Span]) -> list[Span]:
    """Return what is left of the span between the quotations (sorted, with their marks) that are statements already."""
    pieces: list[Span] = []
    start = span.start
    for outer in taken[max(0, bisect_left(taken, span) - 1) :]:
        if outer.start >= span.end:
            break
        if outer.end <= span.start:
            continue
        if outer.start > start and (kept := _trim_punctuation(reading.text, start, outer.start)):
            pieces.append(kept)
        start = max(start, outer.end)
    if start < span.end and (kept := _trim_punctuation(reading.text, start, span.end)):
        pieces.append(kept)
    return pieces


def _outer_of(reading: Reading, draft: Draft) -> Span:
    """The quoted words with the marks beside them."""
    start, end = draft.content[0].start, draft.content[-1].end
    while start and reading.text[start - 1] in _MARKS:
        start -= 1
    while end < len(reading.text) and reading.text[end] in _MARKS:
        end += 1
    return Span(start, end)


def _trim_punctuation(text: str, start: int, end: int) -> Span | None:
    """Trim what joins a stretch to its neighbours: commas, dashes, conjunctions at either end."""
    match = _JOINTS_BEFORE.match(text, start, end)
    start = match.end() if match else start
    while (found := _JOINT_AFTER.search(text[start:end])) and found.start() < end - start:
        end = start + found.start()
    return trim(text, start, end)


def _worth_keeping(text: str, spans: Sequence[Span]) -> bool:
    """What is left beside a quotation is a statement of its own only when it is a clause."""
    words = [w.lower().strip(",.") for span in spans for w in span.of(text).split()]
    leads_in = len(words) <= _LEAD_IN and (may_be_finite(words[-1]) or words[-1] in PREPOSITIONS | DETERMINERS)
    return len(words) >= _LEAST_REMAINDER and not leads_in and any(may_be_finite(word) for word in words)


def _post(reading: Reading, index: int, sentence: Sentence) -> Draft | None:
    """An embedded post signed by its author is direct speech without quotation marks."""
    author = tweet_author(sentence.tokens)
    if author is None or sentence.kind is PassageKind.FURNITURE:
        return None
    dash = sentence.tokens[author[0] - 1]
    line = [s for s in reading.sentences if s.line == sentence.line and s.span.start <= sentence.span.start]
    content = _trim_punctuation(reading.text, line[0].span.start, dash.start)
    if content is None or any(t.quote is not None for s in line for t in s.tokens):
        return None
    source = Span(sentence.tokens[author[0]].start, sentence.tokens[author[1] - 1].end)
    handle = next(t for t in sentence.tokens[author[1] :] if t.text.startswith("@"))
    place = Span(handle.start, handle.end)
    return Draft((content,), Form.DIRECT, source, None, "post", place, None, Certainty.CLEAR, index, None, _HOW["post"])


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
        reasons=(draft.reason,),
    )


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
