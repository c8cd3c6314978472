"""Statements before their sources are resolved: each quoted sentence and each stretch of indirect speech, as places.

Takes what `attribution`, `indirect` and the trained reader found; decides form and certainty.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from headwater.model import (
    Certainty,
    Form,
    PassageKind,
    Span,
    keys,
    make_id,
    merged,
    trim,
)
from headwater.reading.english.asides import Indirect
from headwater.reading.english.attribution import Attribution, Reading, is_fragment, tweet_author
from headwater.reading.english.lexicon_verbs import DETERMINERS, PREPOSITIONS, may_be_finite
from headwater.reading.english.quotations import Quotation
from headwater.reading.english.tokens import Sentence, split
from headwater.reading.english.told import is_title

_MARKS = frozenset("\"'“”‘’„‟«»`´")
_LONG_ENOUGH_ALONE = 5
_LEAST_REMAINDER = 3
_LEAD_IN = 6
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
    "learnt": "named by the trained reader",
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
    rival: Span | None = None
    probability: float | None = None


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


_BEFORE_TITLES = frozenset(
    "on titled entitled programme program show series book film movie song album memoir novel documentary podcast "
    "biography essay drama musical".split()
)


def _quoted(reading: Reading, index: int, quote: Quotation, found: Attribution | None, sentence: int) -> list[Draft]:
    content = quote.span.of(reading.text)
    if found is None:
        found = _beside_name(reading, index, sentence)
    if found is None and not _speech_alone(reading, quote, sentence, content):
        return []
    if is_title(content) and _names_a_work(reading, quote, sentence):
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
                rival=found.rival if found else None,
                probability=found.probability if found else None,
            )
        )
    return made


def _names_a_work(reading: Reading, quote: Quotation, sentence: int) -> bool:
    """True for a quotation that is the title of a programme, a book or a song by the word before it."""
    before = [t for t in reading.sentences[sentence].tokens if t.end <= quote.outer.start]
    return bool(before) and (before[-1].low in _BEFORE_TITLES or before[-1].low.endswith(("'s", "’s")))


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
            reason=_why(reading, item),
            rival=item.rival,
            probability=item.probability,
        )
    ]


def _why(reading: Reading, item: Indirect) -> str:
    if item.probability is not None:
        return f"indirect speech with “{item.cue.of(reading.text)}”, found by the trained reader"
    if item.unnamed:
        return "passed on without naming anybody"
    return f"indirect speech after “{item.cue.of(reading.text)}”"


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
    handle = next((t for t in sentence.tokens[author[1] :] if t.text.startswith("@")), None)
    if handle is None:
        return None
    place = Span(handle.start, handle.end)
    return Draft((content,), Form.DIRECT, source, None, "post", place, None, Certainty.CLEAR, index, None, _HOW["post"])
