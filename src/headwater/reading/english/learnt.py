"""What the trained reader adds to the rules: speakers where no rule names one, and indirect speech that rules miss.

Marks own quotations: the model never moves where one begins or ends. Where rules and model name different sources and
the model is sure, its source is taken, as likely only, and the other is kept beside it: on the development articles of
the training corpus the model was right in 55 such places and the rules in 3. Below the thresholds nothing is added or
changed: nobody rather than the wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headwater.model import Attribution as AttributionRecord
from headwater.model import Certainty, CueKind, Span, make_id, merged
from headwater.reading.english.asides import Indirect
from headwater.reading.english.attribution import Attribution, Reading
from headwater.reading.english.cue_kinds import kind_of
from headwater.reading.english.cues import WRITER, is_denial
from headwater.reading.english.lexicon import ANY
from headwater.reading.english.lexicon_verbs import may_be_finite
from headwater.reading.english.overlaps import Overlaps
from headwater.reading.english.phrases import subject_before
from headwater.reading.english.quotations import Quotation
from headwater.reading.english.told import occasion_near, relay, told_to
from headwater.reading.trained.tagger import Ascribed

# Probabilities calibrated on the development articles of the training corpus (training/MODEL_CARD.md): of what is just
# above a threshold, about that share is right.
LEAST = 0.20  # an attribution of any kind, kept for those who search widely
NAMED = 0.80  # the source of a quotation that the rules leave open
SAID = 0.70  # a stretch of indirect speech that the rules do not find
TURNED = 0.70  # the source of what the rules give to another
CERTAIN = 0.85  # the same, where the rules read the other right behind the quotation
SURE = 0.90  # above: clear, where the words themselves name the source
NEAR = 0.25  # another source with this probability is kept beside the first
_UNSAID = re.compile(
    r"\b(?:not|never|cannot|should|must|can|could|may|might|would|will|shall|declin\w+|refus\w+)\b|n[’']t\b",
    re.IGNORECASE,
)
_UNSAID_BEFORE = re.compile(rf"(?:{_UNSAID.pattern})(?:\s+\w+)?\s*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
_RELATIVE = frozenset("who whom whose which".split())
_NOBODY = frozenset("nobody none no".split())
_LOOK_BACK = 30  # code points: two words
_HALF = 0.5
_LEAST_WORDS = 3
_TOUCHED = 0.3


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the model ascribes in one part of a report, with the kind of each cue."""

    found: tuple[tuple[Ascribed, CueKind], ...]

    def attributions(self, report: str) -> list[AttributionRecord]:
        """Everything that is not too doubtful as records, in reading order."""
        return [_record(report, one, kind) for one, kind in self.found if one.probability * one.named >= LEAST]

    def spoken(self) -> list[Ascribed]:
        """What was said or written."""
        return [one for one, kind in self.found if kind is CueKind.SPEECH]


def _record(report: str, one: Ascribed, kind: CueKind) -> AttributionRecord:
    source = (one.source,) if one.source else ()
    places = [*one.content, *source, *((one.cue,) if one.cue else ())]
    return AttributionRecord(
        id=make_id("attribution", report, *(number for span in places for number in span)),
        report=report,
        source=source,
        cue=one.cue,
        content=one.content,
        kind=kind,
        probability=round(one.probability * one.named, 3),
    )


def learnt(reading: Reading, found: Sequence[Ascribed]) -> Learnt:
    """Give each attribution the kind of its cue."""
    quotes = _quotes(reading)
    return Learnt(tuple((one, _kind(reading.text, one, quotes)) for one in found))


def _quotes(reading: Reading) -> Overlaps[None]:
    return Overlaps((quote.outer, None) for quote in reading.quotes)


def _named_by(reading: Reading, one: Ascribed) -> Ascribed:
    """The attribution with whom a "who" stands for in place of the "who"; unchanged where none stands before it."""
    if one.source is None or one.source.of(reading.text).lower() not in _RELATIVE:
        return one
    index = _sentence_at(reading, one.source.start)
    tokens = reading.sentences[index].tokens if index is not None else ()
    at = next((k for k, token in enumerate(tokens) if token.start == one.source.start), None)
    place = subject_before(tokens, at + 1) if at is not None else None
    if place is None:
        return one
    return replace(one, source=Span(tokens[place[0]].start, tokens[place[1] - 1].end))


def _kind(text: str, one: Ascribed, quotes: Overlaps[None]) -> CueKind:
    quoted = any(quotes.share(content) > _HALF for content in one.content)
    return kind_of(one.cue.of(text) if one.cue else "", quoted=quoted)


def speakers(reading: Reading, direct: dict[int, Attribution], model: Learnt) -> dict[int, Attribution]:
    """Return `direct` with the speakers that the model names where the rules name none, and its doubts noted."""
    out = dict(direct)
    quotes = _quotes(reading)
    spoken = _by_content(one for one in _uttered(reading, model) if one.source and not quotes.share(one.source))
    for index, quote in enumerate(reading.quotes):
        shared, best = spoken.most([quote.span])
        if best is None or best.source is None or shared < _HALF * quote.span.length:
            continue
        known = direct.get(index)
        if known is None or known.source is None:
            made = _named(reading, best, quote)
            if made:
                out[index] = made
        elif _another(known.source, known.via, best):
            made = _named(reading, best, quote, least=CERTAIN if known.how == "after" else TURNED)
            out[index] = _weighed(known, made, best) if made else known
    return out


def _weighed(known: Attribution, made: Attribution, one: Ascribed) -> Attribution:
    """Of two sources the model's, unless the rules see deeper or the model's stands apart from its cue; both kept."""
    inner = known.source is not None and any(span.overlaps(known.source) for span in one.content)
    if inner or not _stands_beside(one):
        return replace(known, certainty=Certainty.LIKELY, rival=made.source)
    return replace(made, certainty=Certainty.LIKELY, rival=known.source, told=made.told or known.told)


def _named(reading: Reading, one: Ascribed, quote: Quotation, *, least: float = NAMED) -> Attribution | None:
    """A speaker named in the sentence before is likely at best; one named only in a later sentence is nobody."""
    probability = round(one.probability * one.named, 3)
    if probability < least or one.source is None:
        return None
    index, spoken = _sentence_at(reading, one.source.start), _sentence_at(reading, quote.outer.start)
    if index is None or spoken is None or index > spoken:
        return None
    told, via = _hearer(reading, index, one)
    beside = index == spoken
    return Attribution(
        source=one.source,
        cue=one.cue,
        base=_base(reading.text, one.cue),
        how="learnt",
        told=told,
        via=via,
        certainty=Certainty.CLEAR if beside and probability >= SURE else Certainty.LIKELY,
        rival=_rival(one),
        probability=probability,
    )


def further(reading: Reading, known: Sequence[Indirect], model: Learnt) -> list[Indirect]:
    """Return the indirect speech of the rules, its sources corrected, and what only the model finds, in order."""
    uttered = _uttered(reading, model)
    by_content = _by_content(uttered)
    known = [_corrected(item, by_content) for item in known]
    taken = Overlaps(
        (span, None) for span in merged([q.outer for q in reading.quotes] + [c for k in known for c in k.content])
    )
    found = [item for one in uttered if one.cue for item in _indirect(reading, one, taken)]
    return sorted([*known, *found], key=lambda item: (item.sentence, item.content[0]))


def _by_content(found: Iterable[Ascribed]) -> Overlaps[Ascribed]:
    return Overlaps((span, one) for one in found for span in one.content)


def _corrected(item: Indirect, uttered: Overlaps[Ascribed]) -> Indirect:
    """The item with the model's source where that is another one, outside the words that are passed on."""
    if item.source is None:
        return item
    length = sum(span.length for span in item.content)
    shared, best = uttered.most(item.content)
    if best is None or best.source is None or shared < _HALF * length or not _another(item.source, item.via, best):
        return item
    probability = round(best.probability * best.named, 3)
    nested = any(span.overlaps(best.source) for span in item.content)
    deeper = any(span.overlaps(item.source) for span in best.content)
    if probability < TURNED or nested or deeper:
        return item
    if not _stands_beside(best):
        return replace(item, likely=True, rival=best.source)
    return replace(item, source=best.source, likely=True, rival=item.source, probability=probability)


def _uttered(reading: Reading, model: Learnt) -> list[Ascribed]:
    """What was said or written after all, with whom a "who" stands for; a "who" that stands for nobody is left out."""
    named = [_named_by(reading, one) for one in model.spoken() if _utters(reading, one)]
    return [one for one in named if one.source is None or one.source.of(reading.text).lower() not in _RELATIVE]


def _another(source: Span, via: Span | None, one: Ascribed) -> bool:
    """True when the model means somebody else than the rules, and not the one who passes on what `source` said."""
    return one.source is not None and not one.source.overlaps(source) and not (via and one.source.overlaps(via))


def _stands_beside(one: Ascribed) -> bool:
    """True when no word of the content lies between the source and the cue.

    "Marrow said she was beaten, while Hesk said ...": Hesk, behind the content, is not the subject of the first cue.
    """
    if one.source is None or one.cue is None:
        return False
    first, last = min(one.source.end, one.cue.end), max(one.source.start, one.cue.start)
    return not any(span.start < last and span.end > first for span in one.content)


def _utters(reading: Reading, one: Ascribed) -> bool:
    """False for what was not said after all ("did not say", "would say"), and for the writer's own voice."""
    cue = one.cue.of(reading.text) if one.cue else ""
    source = one.source.of(reading.text).lower() if one.source else ""
    before = reading.text[max(0, one.cue.start - _LOOK_BACK) : one.cue.start] if one.cue else ""
    unsaid = _UNSAID.search(cue) or _UNSAID_BEFORE.search(before)
    denies = any(is_denial(ANY.get(word, "")) for word in cue.lower().split())
    nobody = not source or source in WRITER or source.split()[0] in _NOBODY
    return not nobody and (denies or not unsaid)


def _indirect(reading: Reading, one: Ascribed, taken: Overlaps[None]) -> list[Indirect]:
    probability = round(one.probability * one.named, 3)
    if probability < SAID or one.cue is None or one.source is None:
        return []
    if any(taken.share(span) > _TOUCHED for span in one.content) or not _tells(reading.text, one):
        return []
    by_sentence: dict[int, list[Span]] = {}
    for content in one.content:
        for index, piece in _cut(reading, content):
            by_sentence.setdefault(index, []).append(piece)
    made = []
    for index, spans in by_sentence.items():
        if sum(len(span.of(reading.text).split()) for span in spans) < _LEAST_WORDS:
            continue
        told, via = _hearer(reading, index, one)
        made.append(
            Indirect(
                content=tuple(spans),
                source=one.source,
                cue=one.cue,
                base=_base(reading.text, one.cue),
                told=told,
                via=via,
                sentence=index,
                likely=probability < SURE,
                rival=_rival(one),
                probability=probability,
            )
        )
    return made


def _tells(text: str, one: Ascribed) -> bool:
    """True for content that is a clause, or that is denied: a thing alone ("an account of his death") tells nothing."""
    words = [word.lower() for span in one.content for word in _WORD.findall(span.of(text))]
    cue = one.cue.of(text).lower().split() if one.cue else []
    clause = any(may_be_finite(word) for word in words) and words[0] not in _RELATIVE
    return clause or any(is_denial(ANY.get(word, "")) for word in cue)


def _rival(one: Ascribed) -> Span | None:
    return one.second if one.doubt >= NEAR else None


def _base(text: str, cue: Span | None) -> str:
    words = cue.of(text).lower().split() if cue else []
    return next((ANY[word] for word in reversed(words) if word in ANY), "say")


def _hearer(reading: Reading, index: int, one: Ascribed) -> tuple[Span | None, Span | None]:
    """To whom, and through whom, by the rules; where they do not know the cue, the occasion nearest to it."""
    sentence = reading.sentences[index]
    for cue in reading.cues[index]:
        place = Span(sentence.tokens[cue.first].start, sentence.tokens[cue.last - 1].end)
        if one.cue and one.cue.overlaps(place):
            told = told_to(reading.text, sentence.tokens, cue, sentence.span)
            return told, relay(reading.text, sentence.tokens, sentence.span, cue)
    if one.cue is None:
        return None, None
    return occasion_near(reading.text, sentence.tokens, one.cue.start, sentence.span), None


def _sentence_at(reading: Reading, place: int) -> int | None:
    at = bisect_right(reading.sentences, place, key=lambda s: s.span.start) - 1
    return at if at >= 0 and place < reading.sentences[at].span.end else None


def _cut(reading: Reading, content: Span) -> list[tuple[int, Span]]:
    """Return the pieces of a content by the sentences in which they stand."""
    first = max(0, bisect_right(reading.sentences, content.start, key=lambda s: s.span.start) - 1)
    pieces = []
    for index in range(first, len(reading.sentences)):
        span = reading.sentences[index].span
        if span.start >= content.end:
            break
        start, end = max(span.start, content.start), min(span.end, content.end)
        if start < end:
            pieces.append((index, Span(start, end)))
    return pieces
