"""To whom, where or through whom something was said: told-to phrases and relays beside a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from headwater.model import Span
from headwater.reading.english.cues import Cue
from headwater.reading.english.lexicon import HEARER
from headwater.reading.english.lexicon_verbs import TIME_WORDS
from headwater.reading.english.naming import is_outlet
from headwater.reading.english.phrases import noun_after
from headwater.reading.english.tokens import Token

_MEDIUM = "|".join(
    "interview|statement|press release|letter|email|e-mail|tweets?|posts?|messages?|speech|address|briefing|video|call|"
    "phone call|telephone call|press conference|news conference|conference|broadcast|testimony|affidavit|article|"
    "column|blog|report|reply|debate|lecture|rally|trial|session|hearing|meeting|announcement|podcast|programme|program|"
    "exchange|note|op-ed|opinion piece|essay|book|memoir|biography|autobiography|memo|memorandum".split("|")
)
_NAME = (
    r"(?:(?:the|a|an|its|his|her|their|state|local)\s+)?@?[A-Z0-9][\w.’'&-]*"
    r"(?:\s+(?:of|the|and|for)?\s*[A-Z0-9][\w.’'&-]*)*(?:\s+(?:parliament|assembly|council|court|congress|university)\b)?"
)
_JOINS = (
    r"with|to|for|on|posted on|posted to|published (?:in|by|on)|issued (?:to|by|on)|carried by|of|from|in|aired on|by"
    r"|at|outside"
)
_SITES = (
    r"Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|WhatsApp|VKontakte|Weibo|X|social media|state television"
    r"|national television|state TV|Truth Social|LinkedIn|Reddit"
)
_CHAMBERS = r"parliament|Parliament|Congress|the Senate|the House of Commons|the House of Lords|court"
_OCCASION = re.compile(
    r"\b(?:"
    rf"(?:[Ii]n|[Dd]uring|[Aa]t|[Tt]hrough|[Vv]ia|[Ww]ith)\s+(?:an?|the|his|her|their|its|our|several|recent)\s+"
    rf"(?:[\w’'-]+\s+){{0,4}}?(?:{_MEDIUM})\b(?:\s+(?:{_JOINS})\s+{_NAME})?"
    rf"|(?:[Ss]peaking|[Tt]alking|[Ww]riting|[Tt]estifying)\s+(?:to|with|at|on|before|outside|in|from)\s+"
    rf"(?:reporters|journalists|media|{_NAME})"
    rf"|(?:on|via|through)\s+(?:{_SITES})\b"
    r"|(?:by|over the|on the|via)\s+(?:telephone|phone|email|e-mail|satellite phone)\b"
    rf"|in\s+(?:\w+\s+)?remarks\s+(?:at|to|from|before)\s+{_NAME}"
    r"|on\s+(?:its|his|her|their|the)\s+(?:[\w’'-]+\s+){0,3}?(?:website|web site|home ?page|blog|page|account)\b"
    r"|on\s+the\s+(?:(?:Senate|House|Commons|Lords|chamber)\s+)?floor(?:\s+of\s+the\s+(?:Senate|House|chamber))?\b"
    rf"|(?:to|before|in)\s+(?P<body>(?:the\s+)?(?:{_CHAMBERS}))\b"
    rf"|(?:said|says|told \w+)\s+(?P<place>(?:outside|in|at|from)\s+{_NAME})"
    r"(?=\s*[.,]|\s*$|\s+(?:on|where|after)\b)"
    r"|(?:issued|released|published|posted|shared|circulated|uploaded|put out)\s+(?P<statement>(?:an?|its|his|her"
    r"|their)\s+(?:[\w-]+\s+){0,2}(?:statement|video|recording|message|audio|letter|communiqu[eé]|press release))\b"
    r"|(?<!according )to\s+(?P<hearers>reporters|journalists|the media|the press|police|investigators|prosecutors)\b"
    r")"
)
_SHORT_WORD, _LONGEST_TITLE = 3, 7
_PARTS = frozenset({"place", "statement", "body", "hearers"})
_PAGE = re.compile(
    r"\b(?:Twitter|Facebook|Instagram|Telegram|YouTube|TikTok|VKontakte|Weibo|WhatsApp)"
    r"(?:\s+(?:page|account|channel|feed))?\b"
)
_BOOK = re.compile(
    r"\b(?:an?|the|his|her)\s+(?:[\w-]+\s+){0,4}?(?:biography|autobiography|memoir|book|op-ed)\b", re.IGNORECASE
)
_CORRESPONDENT = re.compile(r"(?P<outlet>(?:[Tt]he\s+)?[A-Z][\w.-]*(?:\s+[A-Z0-9][\w.-]*){0,3})['’]s?\s+[A-Z]")
_RELAY = re.compile(
    r"\b(?:according to|as reported by|as quoted by|quoted by|cited by|in a (?:translation|transcript|report) by"
    r"|carried by|reported by|via)\s+(?:a\s+(?:translation|transcript|report|summary)\s+(?:by|from|in)\s+)?"
    rf"(?P<name>{_NAME})"
)


def told_to(text: str, tokens: Sequence[Token], cue: Cue, sentence: Span) -> Span | None:
    """Return the place of the words that say to whom or on what occasion the cue's subject spoke, or None."""
    near = occasion_near(text, tokens, tokens[cue.first].start, sentence) if tokens else None
    return _hearer(tokens, cue) or near or _programme(text, tokens, cue) or _medium_of_source(text, tokens, cue)


def occasion_in(text: str, sentence: Span) -> Span | None:
    """Return the first occasion named in a whole sentence without quotations ("brought the issue to parliament")."""
    match = _OCCASION.search(text, *sentence)
    return _without_stop(text, *match.span(match.lastgroup or 0)) if match and match.lastgroup != "place" else None


def _medium_of_source(text: str, tokens: Sequence[Token], cue: Cue) -> Span | None:
    """Return the medium that the source's own words name: "the union's Facebook page", "QBC's Ilse Marrow"."""
    if cue.subject is None:
        return None
    start, end = tokens[cue.subject[0]].start, tokens[cue.subject[1] - 1].end
    page = _PAGE.search(text, start, end) or _BOOK.match(text, start, end)
    if page:
        return Span(*page.span())
    own = _CORRESPONDENT.match(text, start, end)
    return Span(*own.span("outlet")) if own and is_outlet(own.group("outlet")) else None


def _programme(text: str, tokens: Sequence[Token], cue: Cue) -> Span | None:
    """Return the programme of "said on “The Morning Hour”", with the broadcaster that stands before it."""
    for at in range(cue.last, len(tokens) - 1):
        if tokens[at].low == "on":
            after = at + 1
            while after < len(tokens) - 1 and tokens[after].is_cap and tokens[after].quote is None:
                after += 1
            if tokens[after].quote is not None and is_title(text[tokens[after].start : tokens[after].end]):
                return Span(tokens[at + 1].start, tokens[after].end)
    return None


def is_title(quoted: str) -> bool:
    """True for words that are set as titles are: “The Morning Hour”, every longer word with a capital."""
    words = [word.strip("“”\"'‘’«»,.!?:") for word in quoted.split()]
    long = [word for word in words if len(word) > _SHORT_WORD]
    return 0 < len(words) <= _LONGEST_TITLE and words[0][:1].isupper() and all(word[:1].isupper() for word in long)


def _hearer(tokens: Sequence[Token], cue: Cue) -> Span | None:
    at = cue.last
    if at >= len(tokens) or cue.kind == "according":
        return None
    if cue.base not in set(HEARER.values()):
        if tokens[at].low != "to" or cue.inverted:
            return None
        at += 1
    if (
        at >= len(tokens)
        or tokens[at].low in {"that", "not", "to", "of", "how", "why", "whether"}
        or tokens[at].quote is not None
    ):
        return None
    phrase = noun_after(tokens, at, len(tokens))
    if phrase is None or cue.inverted:
        return None
    start, end = phrase
    if cue.base in _ASKS_FOR_THAT and not _content_follows(tokens, end):
        return None
    if cue.base not in set(HEARER.values()) and not (tokens[start].is_cap or tokens[start].low in _AUDIENCE):
        return None
    end = _cut_hearer(tokens, start, end)
    if end <= start or tokens[start].low in {"him", "her", "them", "it", "me", "us", "you", "he", "she", "they"}:
        return None
    return Span(tokens[start].start, tokens[end - 1].end)


_ASKS_FOR_THAT = frozenset(HEARER.values()) - {"tell", "inform"}


def _content_follows(tokens: Sequence[Token], at: int) -> bool:
    """True when "that", "of", "to" or a quotation follows: the phrase before it was the hearer, not the content."""
    while at < len(tokens) and tokens[at].text in {",", ":"}:
        at += 1
    joined = at > 0 and tokens[at - 1].text in {",", ":"}
    return at < len(tokens) and ((tokens[at].quote is not None and joined) or tokens[at].low in {"that", "of", "about"})


_AUDIENCE = frozenset(
    "reporters journalists parliament police media the a an lawmakers investigators prosecutors court viewers".split()
)


def _cut_hearer(tokens: Sequence[Token], start: int, end: int) -> int:
    """A hearer is a short name: it ends before a comma, a day, or the clause that follows without "that"."""
    for at in range(start, end):
        token = tokens[at]
        if at > start and (
            token.text in {",", "("} or token.low in TIME_WORDS or token.low in {"he", "she", "they", "it", "we"}
        ):
            return at
        if (
            at > start
            and token.low in {"the", "a", "an", "his", "her", "their"}
            and tokens[at - 1].low not in {"of", "for", "at", "in", "to"}
        ):
            return at
    return end


def occasion_near(text: str, tokens: Sequence[Token], at: int, sentence: Span) -> Span | None:
    """Return the occasion named outside quotations that is nearest to a place of the text, or None."""
    place = at - sentence.start
    found = _occasions(_without_quotations(text, tokens, sentence))
    nearest = min(found, key=lambda span: (abs(span[0] - place), span), default=None)
    if nearest is None:
        return None
    return _without_stop(text, sentence.start + nearest[0], sentence.start + nearest[1])


@lru_cache(maxsize=64)
def _occasions(words: str) -> tuple[tuple[int, int], ...]:
    """Every occasion in a sentence, as offsets into it; kept, because a sentence is asked once for each cue."""
    return tuple(m.span(m.lastgroup if m.lastgroup in _PARTS else 0) for m in _OCCASION.finditer(words))


def _without_quotations(text: str, tokens: Sequence[Token], sentence: Span) -> str:
    """Return the sentence with what stands in quotation marks blanked out, at the same length."""
    words = sentence.of(text)
    for token in tokens:
        if token.quote is not None:
            start, end = token.start - sentence.start, token.end - sentence.start
            words = words[:start] + "\n" * (end - start) + words[end:]
    return words


def relay(text: str, tokens: Sequence[Token], sentence: Span, cue: Cue) -> Span | None:
    """Return the name of a carrier between the source and the report ("according to a translation by X"), or None."""
    for start, end in _open_stretches(tokens, sentence):
        for match in _RELAY.finditer(text, start, end):
            name = _without_stop(text, *match.span("name"))
            if cue.kind == "according" and cue.first < len(tokens) and tokens[cue.first].start == match.start():
                continue
            return name
    return None


def _without_stop(text: str, start: int, end: int) -> Span:
    while end > start + 1 and text[end - 1] in ".,;:’'":
        end -= 1
    return Span(start, end)


def _open_stretches(tokens: Sequence[Token], sentence: Span) -> list[tuple[int, int]]:
    """Return the parts of the sentence outside quotations."""
    stretches: list[tuple[int, int]] = []
    start = sentence.start
    for token in tokens:
        if token.quote is not None:
            stretches.append((start, token.start))
            start = token.end
    stretches.append((start, sentence.end))
    return [(a, b) for a, b in stretches if b > a]
