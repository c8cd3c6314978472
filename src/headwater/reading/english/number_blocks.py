"""Numerals that count nothing: clock times, addresses, scores, fractions, numbered things, names with numbers.

Judges one number by its neighbours; spans of dates are handed in by the caller. Nothing here assigns a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from headwater.model import Span
from headwater.reading.english.number_tokens import Token, touches, word_at
from headwater.reading.english.number_words import Value

_ADDRESSES = re.compile(
    r"(?:https?://|www\.|pic\.)\S+|\b[\w.-]{1,40}\.(?:com|org|net|co|ly|gov|edu|info|ru|uk)(?:/\S*)?"
    r"|\b[\w.+-]{1,40}@\S+|[#@]\w+",
    re.IGNORECASE,
)
_ADDRESS_MARKS = re.compile(r"[@#/]|www|\.(?:co|org|net|ly|gov|edu|info|ru|uk)", re.IGNORECASE)
_NUMERALS = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2}){0,2}\s?(?:[ap]\.\s?m\b\.?|[ap]m\b|o['’]clock)(?:\s?[A-Z]{2,4}\b)?"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\b|\b\d{1,2}h\d{2}\b"
    r"|(?:(?<=\bat\s)|(?<=\bby\s)|(?<=\baround\s)|(?<=\babout\s))\d{1,2}\.[0-5]\d\b(?!\s(?:per|%|m))"
    r"|\b[0-2]\d[0-5]\d\s(?:hours|GMT|UTC|local|BST|CET|EST)\b|\b\d{1,2}\s(?:GMT|UTC)\b"
    r"|\+?\(?\d[\d()]{0,15}(?:[\s.-]\(?\d{2,12}\)?){2,8}|\b\d{1,9}(?:st|nd|rd|th|s)\b|\b\d{1,9}/\d{1,9}(?:/\d{1,9})?\b",
    re.IGNORECASE,
)
_SPOKEN_TIMES = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s"
    r"(?:in\sthe\s(?:morning|afternoon|evening)|o['’]clock|[ap]\.?m\b)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SPOKEN_MARKS = re.compile(r"clock|in the |[ap]\.?m\b")
_NUMBERED = frozenset(
    "no nos number numbers room page pages article articles section sections chapter route highway channel flight "
    "phase "
    "level grade platform line gate apartment apt unit area district category magnitude version verse step class type "
    "radio floor boeing airbus chapter title clause paragraph figure table part volume issue episode season group "
    "division ward block building house day week round game apollo formula protocol iphone android windows world "
    "war act "
    "resolution rule item exhibit lot tier code stage channel camp zone sector "
    "prison hospital school interstate".split()
)
_FRACTION = re.compile(r"^(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|tenths?|times|time|fold)$")
_COMMON_CAPITAL = frozenset(
    "a an the at about around some only just over under nearly almost least than more fewer less to of in on for "
    "and or "
    "but by with from as after before when while since until up kill kills killed killing leave leaves left "
    "injure injures "
    "injured injuring wound wounds wounding dead hurt free frees freed release releases released arrest arrests "
    "arrested detain "
    "detains detained abduct abducts abducted kidnap kidnaps kidnapped rescue rescues rescued hold holds still "
    "another these "
    "those all its their his her our your my another additional further between aged age is are was were has have "
    "had say says "
    "said monday tuesday wednesday thursday friday saturday sunday today yesterday including among whose who that this "
    "where here there then now if not also both claims claim claimed find finds found see sees displace displaces "
    "displaced "
    "evacuate evacuates charge charges charged jail jails jailed sentence sentences meanwhile however photo ap "
    "reuters afp".split()
)
_AFTER_NAME_VERBS = frozenset("reports says report say shows news has was is".split())


def blocked(text: str, span: Span) -> Iterator[Span]:
    """Yield the stretches of `span` whose numerals are addresses, times, phone numbers, ordinals or scores."""
    for marks, pattern in ((_ADDRESS_MARKS, _ADDRESSES), (_DIGIT, _NUMERALS), (_SPOKEN_MARKS, _SPOKEN_TIMES)):
        if marks.search(text, span.start, span.end):
            for match in pattern.finditer(text, span.start, span.end):
                yield Span(match.start(), match.end())


def counts_nothing(tokens: list[Token], value: Value) -> bool:
    """True when the neighbours show that the number names or orders something instead of counting."""
    first, last = value.first, value.last
    before, after = word_at(tokens, first - 1), word_at(tokens, last)
    if tokens[first].word == "one" and after == "another":
        return True
    if _glued(tokens, value) or _FRACTION.match(after):
        return True
    if before in {".", "#"} and word_at(tokens, first - 2) in {"no", "nos"}:
        return True
    if _ratio(tokens, first, last):
        return True
    if before in {"fortune", "forbes", "ftse"}:
        return True
    if before in _NUMBERED and not _plural_follows(tokens, last):
        return True
    listed = first == 0 and after in {".", ")"} and tokens[first].is_numeral
    return listed or _named(tokens, first, last)


_SMALL = frozenset("one two three four five six seven eight nine ten twenty hundred".split())


def _ratio(tokens: list[Token], first: int, last: int) -> bool:
    """Tell shares from counts: "one in five", "1 in 4 residents", "nine out of ten", "one of every six"."""
    joint, behind = word_at(tokens, last), word_at(tokens, last + 1)
    if joint in {"of", "in"} and behind == "every":
        return True
    if joint == "in" and _small(tokens, first) and _small(tokens, last + 1):
        return True
    if (joint, behind) == ("out", "of"):
        return _small(tokens, last + 2)
    back, further = word_at(tokens, first - 1), word_at(tokens, first - 2)
    if (further, back) in {("of", "every"), ("in", "every"), ("out", "of")}:
        return True
    return back == "in" and _small(tokens, first - 2) and _small(tokens, first)


def _small(tokens: list[Token], at: int) -> bool:
    word = word_at(tokens, at)
    return word in _SMALL or (word.isdecimal() and len(word) < 4)


def _glued(tokens: list[Token], value: Value) -> bool:
    """A letter, slash or mark without a space on either side: "A320", "3/8", "24-hour", "3-1"."""
    first, last = value.first, value.last
    if touches(tokens, first - 1):
        left = word_at(tokens, first - 1)
        if left[-1].isalnum() or left in {"/", ":", "_", "@", "#", "&", "=", "'", "’", "-", "–", ".", "+"}:
            inside = left in {"-", "–"} and first > 1 and not touches(tokens, first - 2)
            if not inside:
                return True
    if touches(tokens, last - 1):
        right = word_at(tokens, last)
        if right[0].isalnum():
            return right not in {"mph", "km", "kph", "kg", "ft", "cm", "miles", "people", "km/h", "kmh", "lb", "lbs"}
        if right in {"/", ":", "_", "@", "#", "=", "°"}:
            return True
        if right in {"-", "–", "‑"} and touches(tokens, last):
            return word_at(tokens, last + 1) != "plus"
    return False


def _plural_follows(tokens: list[Token], index: int) -> bool:
    word = word_at(tokens, index)
    return (word.endswith("s") and word not in _AFTER_NAME_VERBS) or word in {"people", "men", "women", "children"}


def _named(tokens: list[Token], first: int, last: int) -> bool:
    """A capitalised word before and no plural after: "Channel 24", "World War Two", "Rio 2016"."""
    if first == 0 or (first == 1 and not tokens[first].is_numeral):
        return False
    left = tokens[first - 1]
    if not left.is_word or not left.capital or left.word in _COMMON_CAPITAL or left.word.endswith(("ing", "ed")):
        return False
    if not tokens[first].is_numeral and not tokens[first].capital:
        return False
    return not any(_plural_follows(tokens, index) for index in range(last, min(last + 4, len(tokens)))) or (
        word_at(tokens, last) in _AFTER_NAME_VERBS
    )
