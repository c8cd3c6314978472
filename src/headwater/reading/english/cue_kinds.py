"""What the words of a cue say the source did: spoke or wrote, or believed, planned, held. By a list of words.

A cue that no list knows counts as speech only when it ascribes a quotation; the marks show that something was uttered.
"""

from __future__ import annotations

import re

from headwater.model import CueKind
from headwater.reading.english.lexicon import DENIAL, QUOTING, STANCE

_WORD = re.compile(r"[^\W\d_]+")
_NOT_SAID = frozenset(
    "appeal begin compare defend dispute finish head laugh liken "
    "offer put refer sigh sign sing smile sob welcome".split()
)
_SHOWN = frozenset("find show conclude".split())
_SPOKEN = frozenset(
    "according account accounts accusation accusations advice allegation allegations alleged allegedly "
    "announcement answer applauded argument assertion assertions assessment assurance assurances bemoaned blame "
    "blamed blames blaming chided cited cites citing comment comments complaint complaints concession confession "
    "confirmation congratulated contention criticism declaration declined declines decried decries denial denials "
    "description detailed details discuss discussed discusses discussing documented documents estimate estimates "
    "explanation findings identified identifies identifying interview lashed letter message named names naming "
    "note op-ed post posts prediction promise proposed proposes proposing purportedly question questions quote "
    "quoted quotes quoting railed reaffirmed rebuked recommended recommending recommends reference referenced "
    "references referencing referred referring reiterated remark remarks remembered reply report reported "
    "reportedly reports requested requests response retweeted revealed rumors rumours shot speech spelled spoken "
    "statement statements story suggestion talk talked talking talks testimony touted touts translation tweet "
    "tweets warning warnings words".split()
)
_BELIEVED = frozenset(
    "afraid anticipate anticipated appear appeared appears assumption aware belief beliefs believed believes "
    "certain concern concerned concerns confident conviction convinced doubt doubts expectation expectations "
    "expected fear feared fears feeling glad guess hope hoped hopes idea imagine imagined imagines impression "
    "knowledge known look looked looks mind opinion opinions optimistic perceived perception proud realise "
    "realised realize realized recognise recognised recognize recognized remember remembers sceptical seem seemed "
    "seemingly seems sense skeptical sounded speculation sure suspicion thinking thought thoughts understanding "
    "view viewed views worried worries worry".split()
)
_PLANNED = frozenset(
    "aim aimed aims ambition decide decided decides deciding decision desire determined eager goal intend "
    "intended intends intent intention intentions plan planned planning plans prepared ready refusal refuse "
    "refused refuses refusing seek seeking seeks sought strategy tried try trying want wanted wanting wants "
    "willing wish wished wishes".split()
)
_HELD = frozenset(
    "against approve approved approves back backed backing backs embrace embraced endorse endorsed endorsement "
    "endorses endorsing favor favored favorite favors favour favoured favourite favours for hate hates like liked "
    "likes love loves oppose opposed opposes opposing opposition prefer preferred prefers reject side sided "
    "stance support supported supporter supporters supporting supports vote voted votes voting".split()
)


def kind_of(cue: str, *, quoted: bool) -> CueKind:
    """Return what the words of a cue say the source did. `quoted`: what it ascribes stands in quotation marks."""
    words = [word.lower() for word in _WORD.findall(cue)]
    for word in reversed(words):
        found = _by_word(word)
        if found:
            return found
    return CueKind.SPEECH if quoted or not words else CueKind.BELIEF


def _by_word(word: str) -> CueKind | None:
    base = QUOTING.get(word) or DENIAL.get(word)
    if word in _SPOKEN or (base and base not in _NOT_SAID) or STANCE.get(word) in _SHOWN:
        return CueKind.SPEECH
    if word in _PLANNED:
        return CueKind.PLAN
    if word in _BELIEVED or word in STANCE:
        return CueKind.BELIEF
    return CueKind.STANCE if word in _HELD else None
