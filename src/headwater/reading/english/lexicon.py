"""English words that attribute: reporting verbs by what they can introduce, phrases, and adverbs between them.

Sources: reporting verbs and their behaviour as described in Quirk et al., A Comprehensive Grammar of the English
Language (1985), 14.28-31 and 16.31; extended by reading news. Data and its expansion; nothing here looks at a text.
"""

from __future__ import annotations

import re

from headwater.model import Stance

_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote writing",
    "put": "puts put putting",
    "swear": "swears swore swearing",
    "read": "reads read reading",
    "sing": "sings sang singing",
    "cry": "cries cried crying",
    "reply": "replies replied replying",
    "deny": "denies denied denying",
    "testify": "testifies testified testifying",
    "clarify": "clarifies clarified clarifying",
    "specify": "specifies specified specifying",
    "imply": "implies implied implying",
    "verify": "verifies verified verifying",
    "identify": "identifies identified identifying",
    "quip": "quips quipped quipping",
    "admit": "admits admitted admitting",
    "find": "finds found finding",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "know": "knows knew knowing",
    "hear": "hears heard hearing",
    "see": "sees saw seeing",
    "understand": "understands understood understanding",
    "go": "goes went going",
    "blog": "blogs blogged blogging",
    "retort": "retorts retorted retorting",
    "quote": "quotes quoted quoting",
    "cite": "cites cited citing",
    "show": "shows showed showing",
    "learn": "learns learned learning",
    "hold": "holds held holding",
    "speak": "speaks spoke speaking",
    "foresee": "foresees foresaw foreseeing",
    "rebut": "rebuts rebutted rebutting",
    "dub": "dubs dubbed dubbing",
    "confess": "confesses confessed confessing",
    "stress": "stresses stressed stressing",
    "express": "expresses expressed expressing",
    "address": "addresses addressed addressing",
    "dismiss": "dismisses dismissed dismissing",
    "discuss": "discusses discussed discussing",
    "teach": "teaches taught teaching",
}

# Verbs that take a quotation and a that-clause: "X said (that) ...", "..., X said".
_SPEECH = """say tell answer add explain note recall claim warn insist state write report announce confirm admit
acknowledge argue assert allege reveal declare reply respond conclude comment observe remark stress
emphasise emphasize maintain testify recount tweet post quip predict suggest estimate complain exclaim
reiterate repeat disclose boast lament hint contend concede caution clarify elaborate recollect relate
counter retort affirm attest aver avow pledge vow promise proclaim pronounce shout whisper yell scream
cry joke muse opine reckon swear telegraph echo confide confess specify assure inform remind advise
indicate mention accuse guarantee point establish learn venture volunteer interject protest blog email
message phone caption narrate retell reason theorise theorize speculate surmise forecast foresee
calculate contest certify rule"""

# Verbs that take a quotation, seldom a bare clause: "X asked: '...'", "calling it '...'".
_QUOTING = """ask describe call dub label term brand urge demand order appeal thank praise criticise criticize condemn
denounce decry welcome defend attack blast slam dismiss reject refute rebut rebuff offer express speak
address apologise apologize greet interview question wonder inquire enquire sing chant read begin finish
sum put deny quote cite summarise summarize commend hail salute mourn plead beg implore instruct direct
invite summon threaten taunt mock insult liken compare underline underscore highlight signal imply
characterise characterize portray depict refer caption headline title agree disagree object concur
interrupt laugh smile sigh sob continue publish"""

# Verbs of thought, perception and finding that take a that-clause; attribution of a stance rather than of words.
_STANCE = """believe think fear hope feel know expect suspect understand doubt find conclude show consider assume
learn hear see worry"""

_DENIAL = "deny reject refute rebut dismiss dispute rebuff repudiate disavow"

_FORMS: dict[str, str] = {}


def _inflect(base: str) -> list[str]:
    if base in _IRREGULAR:
        return [base, *_IRREGULAR[base].split()]
    if base.endswith(("s", "sh", "ch", "x")):
        return [base, base + "es", base + "ed", base + "ing"]
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    return [base, base + "s", base + "ed", base + "ing"]


def _expand(bases: str) -> dict[str, str]:
    return {form: base for base in bases.split() for form in _inflect(base)}


SPEECH = _expand(_SPEECH)
QUOTING = _expand(_QUOTING) | SPEECH
STANCE = _expand(_STANCE)
DENIAL = _expand(_DENIAL)
CLAUSE = SPEECH | STANCE | DENIAL
ANY = QUOTING | CLAUSE

# "told reporters that": verbs that name the hearer before the content.
HEARER = _expand("tell inform assure remind advise warn email message phone address caution promise ask")

# Past forms that also stand before a noun or after "be" and are then no cue: "the reported attacks", "is expected".
PARTICIPLES = frozenset(
    form for form, base in ANY.items() if form.endswith("ed") or base in {"tell", "hold", "find", "know", "see", "put"}
)

BETWEEN_ADVERBS = frozenset(
    "also later then further furthermore subsequently previously earlier recently repeatedly reportedly "
    "publicly privately today yesterday now again once simply just only even still always never not have has "
    "had having been be is was are were did does do will would could can may might must to first finally "
    "angrily quietly sadly bluntly flatly openly immediately consistently categorically strongly vehemently "
    "initially separately allegedly apparently already almost nearly both all each himself herself themselves "
    "itself".split()
)

# Subjects that are the writer's own impersonal voice: no source is named.
IMPERSONAL = frozenset("it there this that which what".split())

PRONOUNS = {
    "he": "m",
    "she": "f",
    "they": "p",
    "we": "p",
    "i": "i",
    "it": "n",
    "who": "r",
    "one": "o",
    "both": "p",
    "some": "p",
    "many": "p",
    "others": "p",
    "another": "o",
    "him": "m",
    "her": "f",
    "them": "p",
}

STANCES: dict[str, Stance] = dict.fromkeys(DENIAL, Stance.DENIES)

_CANNOT = (
    r"\b(?:can(?:no|')?t|can ?not|could not|couldn't|unable to|not able to|not been able to|impossible to|has not been"
    r"|have not been able to|had not been able to|no way to|difficult to|hard to|not (?:been )?independently)\s+"
    r"(?:\w+\s+){0,3}?(?:independent(?:ly)?\s+)?"
)
CAVEAT_PATTERNS = (
    _CANNOT + r"(?:verif|confirm|corroborat|authenticat|substantiat)\w*",
    r"\b(?:verif|confirm|corroborat|authenticat)\w*\s+(?:\w+\s+){0,2}(?:was|were|is|are)\s+not\s+possible\b",
    r"\bunverified\b|\bunconfirmed\b|\bnot (?:been )?independently\b",
)

_WHAT_IS_SAID = r"(?:report|claim|allegation|accusation|charge|suggestion|rumou?r|account|finding)s?\b"
# What somebody rejects is a denial only when it is something said; "rejected a proposal" denies nothing.
REJECTED = re.compile(_WHAT_IS_SAID + r"|\b(?:that|as)\b", re.IGNORECASE)
_REJECTS = (
    r"\b(?:rejects?|rejected|rejecting|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|rebut(?:s|ted|ting)?"
    r"|disput(?:es?|ed|ing))\b"
)
# "Denied us water" and "was denied a lawyer" speak of deprivation.
_DENIES = (
    r"(?<!been )(?<!being )(?<!was )(?<!were )(?<!to )\b(?:deny|denies|denied|denying)\b(?!\s+(?:\w+\s+)?"
    r"(?:access|entry|food|water|bail|sleep|medicine|treatment|visits?|us|me|him|them)\b)"
)
DENIAL_PATTERNS = (
    _DENIES,
    _REJECTS + r"[^.;]{0,60}\b" + _WHAT_IS_SAID,
    r"\b(?:is|are|was|were)\s+(?:not\s+true|untrue|false|fake|baseless|unfounded|groundless|fabricated|invented|lies?)\b",
    r"\b(?:unfounded|baseless|groundless|fabricated|invented|absurd)\s+" + _WHAT_IS_SAID,
    r"\bthere (?:is|are|was|were|has been|have been) no (?:such|evidence|proof|indication|basis|truth)\b",
    r"\bno such (?:thing|people|person|orders?|incident|event|attack|case|camp|operation|prison|place)s?\b",
    r"\bnothing of the (?:sort|kind)\b",
)

_NO_ANSWER = (
    r"\b(?:did|has|have|had)(?:\s+not|n't)\s+(?:\w+\s+){0,2}(?:respond|repl(?:y|ied)|comment|return|answer)\w*"
    r"(?=\s*[.,;]|\s*$|\s+(?:immediately\s+)?(?:to\s+)?(?:an?\s+|our\s+|repeated\s+|several\s+|the\s+)?(?:\w+\s+)?"
    r"(?:requests?|questions?|calls?|emails?|e-mails?|messages?|inquir\w+)\b)"
)
DECLINE_PATTERNS = (
    r"\b(?:declin|refus)(?:e|es|ed|ing)\s+to\s+(?:\w+\s+)?(?:comment|answer|discuss|confirm|elaborate|say|speak|respond)\b",
    _NO_ANSWER,
    r"\bwould not (?:comment|answer|say)\b",
    r"\b(?:was|were) not (?:immediately )?available for comment\b",
    r"^\W*no comment\b",
    r"\b(?:was|were)\s+reluctant\s+to\s+(?:comment|say)\b",
    r"\bcould not (?:\w+ )?be reached(?= for\b|\s*[.,;]|\s*$)",
)
