"""The words that attribute: every cue of a sentence outside quotations, with its subject. Content is for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from headwater.reading.english.lexicon import (
    ANY,
    BETWEEN_ADVERBS,
    CLAUSE,
    DENIAL,
    HEARER,
    IMPERSONAL,
    PARTICIPLES,
    QUOTING,
    SPEECH,
)
from headwater.reading.english.lexicon_people import DOCUMENT, PLURAL
from headwater.reading.english.lexicon_verbs import AUXILIARY, DETERMINERS, PREPOSITIONS, may_be_finite
from headwater.reading.english.phrases import is_adverb, noun_after, subject_before
from headwater.reading.english.tokens import Token

_BE = frozenset("is are was were be been being gets got".split())
_NOUN_AND_VERB = frozenset(
    "answer report reports claim claims estimate estimates show shows post posts tweet tweets call calls address "
    "question questions order orders demand demands offer offers comment comments email message messages phone "
    "rule rules attack attacks promise promises cry joke jokes laugh note notes hint hints reason state states "
    "signal caption title brand label term terms blog quote quotes protest counter fear fears hope hopes doubt "
    "doubts worry hold find thank interview appeal appeals stress sing project remark remarks pledge vow advice "
    "warning warnings finding findings hail direct slam brief name welcome praise object assure complete invite "
    "summon suspect suspects subject plot question dispute disputes pledges rules feeling meaning saying being "
    "summons whisper scream shout yell charge charges threat wonder put see".split()
)
_NOUNS = _NOUN_AND_VERB | {f"{word}s" for word in _NOUN_AND_VERB}
_BEFORE_NOUN = frozenset(
    "new recent initial early earlier unconfirmed several media news local press preliminary conflicting false "
    "official various numerous similar further first previous latest serious multiple credible repeated "
    "independent public joint annual final more many some such".split()
)
_BEFORE_VERB = frozenset("now also then later still again never always often already repeatedly reportedly".split())
_PROGRESSIVE = frozenset("say tell call urge ask warn demand accuse claim report suggest insist".split())
_QUOTED_REACH = 14
_LONGEST = 300  # tokens; what runs on for longer is no sentence
_PASSIVE_HEARSAY = frozenset(
    "said believed reported alleged understood thought claimed rumoured rumored feared".split()
)
_QUANTITY = frozenset("at about around over up under".split())  # "say at least 20", "report over 100"
WRITER = frozenset({"i", "we", "you"})  # the writer's own voice, or speech without its marks
_MODAL = frozenset("should must can could may might would will shall".split())
_NEGATIVE = frozenset("not n't never declined refused cannot".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue of one sentence: token range of the cue words, base verb, and the token range of its subject.

    `kind` is "verb", "participle" (its subject stands elsewhere), "according" or "colon". `inverted` is True when the
    subject follows ("said X"). `carrier` is the token range of whoever is said to quote the subject.
    """

    first: int
    last: int
    base: str
    kind: str
    subject: tuple[int, int] | None
    inverted: bool = False
    carrier: tuple[int, int] | None = None

    @property
    def after_subject(self) -> int:
        """Index of the first token after the cue and, when inverted, after its subject."""
        return self.subject[1] if self.inverted and self.subject else self.last


def find_cues(tokens: Sequence[Token]) -> list[Cue]:
    """Return the cues of a sentence in order."""
    found: list[Cue] = []
    at = 0
    while at < len(tokens):
        cue = _according(tokens, at) or _verb(tokens, at)
        if cue and not (found and cue.first < found[-1].last):
            found.append(cue)
            at = max(cue.after_subject if cue.kind == "according" else cue.last, at + 1)
        else:
            at += 1
    return found


def _according(tokens: Sequence[Token], at: int) -> Cue | None:
    low = tokens[at].low
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if low == "according" and following == "to":
        last = at + 2
    elif low == "in" and [t.low for t in tokens[at + 1 : at + 4]] == ["the", "words", "of"]:
        last = at + 4
    elif low == "per" and at + 1 < len(tokens) and tokens[at + 1].is_cap and (at == 0 or tokens[at - 1].text == ","):
        last = at + 1
    else:
        return None
    subject = noun_after(tokens, last, len(tokens), opens=at <= 1)
    if subject and all(
        (t.low in DETERMINERS and t.low != "her") or not t.is_word for t in tokens[subject[0] : subject[1]]
    ):
        return None
    return Cue(at, last, "according", "according", subject, inverted=True) if subject else None


def _verb(tokens: Sequence[Token], at: int) -> Cue | None:
    token = tokens[at]
    low = token.low
    if low not in ANY or (token.is_cap and at > 0):
        return None
    base = QUOTING.get(low) or CLAUSE.get(low) or ANY[low]
    if low in {"quoted", "quotes", "cited", "cites", "quoting", "citing"}:
        return _quoted_as(tokens, at) or _plain(tokens, at, base)
    if low in {"put", "puts"} and at + 1 < len(tokens) and tokens[at + 1].low == "it":
        return _with_subject(tokens, at, at + 2, "say")
    return _plain(tokens, at, base)


def _plain(tokens: Sequence[Token], at: int, base: str) -> Cue | None:
    low = tokens[at].low
    previous = tokens[at - 1] if at else None
    if _is_noun(tokens, at) or _is_passive(tokens, at) or _is_short_passive(tokens, at, base):
        return None
    if previous and previous.low == "to" and not _leads_to_speech(tokens, at):
        return None
    last = at + 1
    if base == "point":
        if at + 1 >= len(tokens) or tokens[at + 1].low != "out":
            return None
        last = at + 2
    if low.endswith("ing"):
        if not _progressive(tokens, at):
            return Cue(at, last, base, "participle", None) if _hangs_on(tokens, at) else None
        if base not in _PROGRESSIVE:
            return None
    return _with_subject(tokens, at, last, base)


def _quoted_as(tokens: Sequence[Token], at: int) -> Cue | None:
    """Read "X is quoted as saying", "Y quoted X as saying", "X was quoted as saying by Y": X speaks, Y carries it."""
    stop = next((k for k in range(at + 1, min(len(tokens), at + _QUOTED_REACH)) if tokens[k].low == "saying"), None)
    if stop is None or tokens[stop - 1].low != "as":
        return None
    if stop - 1 > at + 1:
        subject = noun_after(tokens, at + 1, stop - 1)
        return Cue(at, stop + 1, "say", "verb", subject, carrier=subject_before(tokens, at, _floor(tokens, at)))
    first = at
    while first and tokens[first - 1].low in _BE | {"has", "been", "also"}:
        first -= 1
    by = stop + 1 < len(tokens) and tokens[stop + 1].low == "by"
    carrier = noun_after(tokens, stop + 2, len(tokens)) if by else None
    subject = subject_before(tokens, first, _floor(tokens, first))
    return Cue(first, stop + 1, "say", "verb", subject, carrier=carrier) if subject else None


def _is_short_passive(tokens: Sequence[Token], at: int, base: str) -> bool:
    """True for "Governor accused of beatings": a participle without "is", as headlines write it."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return base in {"accuse", "blame", "question", "charge", "order", "urge"} and following in {"of", "for", "over"}


def _with_subject(tokens: Sequence[Token], at: int, last: int, base: str) -> Cue | None:
    floor = _floor(tokens, at)
    at = _finite_of(tokens, at)
    first = at
    while (
        first > floor and (tokens[first - 1].low in BETWEEN_ADVERBS) and tokens[first - 1].low in AUXILIARY | {"been"}
    ):
        first -= 1
    if _negated(tokens, first, at):
        return None
    subject = subject_before(tokens, at, floor)
    if subject and subject[1] - subject[0] == 1 and not _somebody(tokens[subject[0]].low, base):
        return None
    if subject and not _inverts(tokens, at, floor):
        return Cue(first, last, base, "verb", subject)
    if _inverts(tokens, at, floor):
        following = noun_after(tokens, last, len(tokens))
        if following and _names_somebody(tokens, following):
            return Cue(at, last, base, "verb", following, inverted=True)
    if subject:
        return Cue(first, last, base, "verb", subject)
    return Cue(at, last, base, "participle", None) if tokens[at].low in SPEECH or base in HEARER else None


def _somebody(word: str, base: str) -> bool:
    """True when the word can be a source: "it said" speaks for a body; "it shows", "this suggests", "I say" do not."""
    if word == "it":
        return base in {"say", "add", "announce", "claim", "deny", "report", "state", "warn", "insist", "confirm"}
    return word not in IMPERSONAL | WRITER


def _finite_of(tokens: Sequence[Token], at: int) -> int:
    """Return the finite verb of "goes on to say", "came forward to say"; `at` itself when it is finite."""
    if at >= 3 and tokens[at - 1].low == "to" and tokens[at - 2].low in {"on", "forward"}:
        return at - 3
    if at >= 2 and tokens[at - 1].low == "to" and may_be_finite(tokens[at - 2].low):
        return at - 2
    return at


def _floor(tokens: Sequence[Token], at: int) -> int:
    """Index after the last long quotation before the verb: a subject is never looked for across it."""
    for before in range(at - 1, max(-1, at - _LONGEST), -1):
        token = tokens[before]
        if token.is_speech or (token.quote is not None and before + 1 == at):
            return before + 1
    return max(0, at - _LONGEST)


def _inverts(tokens: Sequence[Token], at: int, floor: int) -> bool:
    """True when the verb stands right after a quotation or after the comma that ends a clause: "..., said X"."""
    if at == 0:
        rest = noun_after(tokens, 1, len(tokens)) if tokens[0].low in SPEECH else None
        return rest is not None and rest[1] < len(tokens) and (tokens[rest[1]].text == ":" or tokens[rest[1]].is_speech)
    previous = tokens[at - 1]
    if previous.quote is not None:
        return at >= floor
    if previous.text != "," or at + 1 >= len(tokens):
        return previous.text in "–—-" and tokens[at].low in SPEECH
    if at >= 2 and tokens[at - 2].quote is not None:
        return True
    following = tokens[at + 1]
    if tokens[at].low not in SPEECH or following.low in {"that", "to"} or following.quote is not None:
        return False
    if SPEECH[tokens[at].low] in {"tell", "inform", "remind", "assure", "advise"}:
        return False
    rest = noun_after(tokens, at + 1, len(tokens))
    if rest is None or not _names_somebody(tokens, rest) or _clause_after(tokens, at + 1, rest[1]):
        return False
    tail = rest[1]
    if tail < len(tokens) and (tokens[tail].text == ":" or tokens[tail].is_speech):
        return True
    ends = tail >= len(tokens) or tokens[tail].text in ".,;" or tokens[tail].low in PREPOSITIONS
    return ends and any(may_be_finite(t.low) for t in tokens[:at] if not t.is_cap)


def _clause_after(tokens: Sequence[Token], start: int, end: int) -> bool:
    """True when what follows the verb is a clause ("said they came"), not the name of the speaker."""
    words = tokens[start : end + 1]
    stop = next((k for k, t in enumerate(words) if t.low in {"who", "whose", "which"}), len(words))
    return any(t.quote is None and not t.is_cap and may_be_finite(t.low) for t in words[:stop])


def _names_somebody(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    first = tokens[phrase[0]]
    return first.low not in {"it", "there", "this", "that", "in", "on"} and first.is_word


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    previous = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if previous and (
        previous.low in DETERMINERS - {"all", "both", "some", "many", "others", "one", "most"}
        or previous.low.endswith("'s")
    ):
        return True
    if (
        previous
        and previous.low in PREPOSITIONS - {"to", "before", "after", "as", "since", "like"}
        and not low.endswith("ing")
    ):
        return True
    if low in PARTICIPLES and _stands_before_noun(tokens, at):
        return True
    if low not in _NOUNS or (previous is not None and previous.low in _BEFORE_VERB):
        return False
    if previous is None or (previous.low in _BEFORE_NOUN and not previous.is_cap):
        return True
    return _noun_here(low, previous, following)


def _noun_here(low: str, previous: Token, following: Token | None) -> bool:
    """Tell "the group reports that" from "two group reports": a word that is noun and verb, by its neighbours."""
    if low == "state":
        return following is None or following.low != "that"
    if following is None or following.text in ".,":
        return not low.endswith("s")
    if following.low in {"court", "courts", "process", "panel", "centre", "center"}:
        return True
    if following.low == "that" or following.quote is not None or following.text == ":" or following.low in DETERMINERS:
        return False
    if previous.is_cap and low.endswith("s") and following.low in {"from", "in", "on"}:
        return False
    plural = previous.low in PLURAL or (previous.low.endswith("s") and not previous.low.endswith(("ss", "'s")))
    if plural and not low.endswith("s") and following.is_word and not may_be_finite(following.low):
        return following.low in PREPOSITIONS - _QUANTITY
    goes_on = following.is_word and not may_be_finite(following.low) and following.low not in PREPOSITIONS
    singular = previous.is_word and not previous.low.endswith("s")
    return not (goes_on and low.endswith("s") and (previous.is_cap or singular or previous.low in {"he", "she", "who"}))


def _stands_before_noun(tokens: Sequence[Token], at: int) -> bool:
    """True for "a recently published book": a participle between a determiner and its noun, not a verb."""
    back = at - 1
    while back >= 0 and tokens[back].low.endswith("ly"):
        back -= 1
    return back >= 0 and back < at - 1 and (tokens[back].low in DETERMINERS or tokens[back].low.endswith("'s"))


def _is_passive(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    if not (low.endswith("ed") or low in {"said", "told", "known", "seen", "found", "thought", "held", "put", "heard"}):
        return False
    back = at - 1
    while back >= 0 and is_adverb(tokens[back]) and tokens[back].low not in _BE:
        back -= 1
    return back >= 0 and tokens[back].low.removesuffix("n't") in _BE


def _progressive(tokens: Sequence[Token], at: int) -> bool:
    back = at - 1
    while back >= 0 and is_adverb(tokens[back]) and tokens[back].low not in _BE:
        back -= 1
    return back >= 0 and tokens[back].low in _BE


def _hangs_on(tokens: Sequence[Token], at: int) -> bool:
    """True for the participle of a speaker (", adding that", "Adding: “"), not for a noun in -ing."""
    previous = tokens[at - 1] if at else None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if (
        previous is None
        or previous.quote is not None
        or previous.text in ",–—-("
        or previous.low in {"and", "before", "after"}
    ):
        return True
    return following is not None and (following.quote is not None or following.text == ":" or following.low == "that")


def _negated(tokens: Sequence[Token], first: int, at: int) -> bool:
    """True for "did not say", "has not denied", "should condemn", "could confirm": nothing was said."""
    before = tokens[max(0, first - 1) : at]
    return any(t.low in _NEGATIVE | _MODAL or t.low.endswith("n't") for t in before)


def _leads_to_speech(tokens: Sequence[Token], at: int) -> bool:
    before = tokens[at - 2].low if at >= 2 else ""
    if before in {"declined", "refused", "failed", "able", "want", "wanted", "reluctant", "unable", "going"}:
        return False
    return before in {"on", "forward", "continued", "went", "proceeded", "claims", "claimed"}


def hearsay(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the token range of words that pass something on without naming anybody, or None.

    "reportedly", "allegedly", "it has been claimed", "are said to".
    """
    for at, token in enumerate(tokens):
        if token.low in {"reportedly", "allegedly", "purportedly"}:
            return at, at + 1
        if token.low in _PASSIVE_HEARSAY and _is_passive(tokens, at):
            following = tokens[at + 1].low if at + 1 < len(tokens) else "."
            start = at
            while start and tokens[start - 1].low in _BE | {"has", "have", "had", "it", "widely", "also"}:
                start -= 1
            if following == "to" or tokens[start].low == "it":
                return start, at + 1
        if token.low == "there" and [t.low for t in tokens[at + 1 : at + 4]][1:] == ["reports", "that"]:
            return at, at + 3
    return None


def is_denial(base: str) -> bool:
    """True for a verb that denies what it introduces."""
    return base in set(DENIAL.values())


def names_document(tokens: Sequence[Token], phrase: tuple[int, int]) -> bool:
    """True when the phrase's words name a document rather than a person."""
    return any(t.low in DOCUMENT for t in tokens[phrase[0] : phrase[1]])
