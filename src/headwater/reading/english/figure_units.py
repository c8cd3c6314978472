"""What a number counts: the noun phrase after it, without a tagger.

The head of a plural phrase is its first plural noun (and further plural nouns that follow at once, as in "women
passengers"); of a singular one the last word before the phrase ends. Looks at no more than a few words.
"""

from __future__ import annotations

from typing import NamedTuple

from headwater.reading.english.figure_acts import ACTS, Way
from headwater.reading.english.figure_words import END, UNTOLD_NOUNS, is_plural, names_people, plural
from headwater.reading.english.number_tokens import Token, word_at
from headwater.reading.english.number_words import value_at

_LONGEST = 8
_QUOTES = frozenset("\"“”'‘’")
_PRONOUNS = frozenset("them us those these whom you".split())
_OPENERS = frozenset("the these those their his her its our your my".split())
_SKIPPED = frozenset("other more further additional extra".split())


class Unit(NamedTuple):
    """The noun phrase of a figure: tokens `first` to `last`, the plain lower-case `words` ending in the plural head.

    `words` is empty for an anaphoric phrase ("of them", "more", "others"). `whole` are the tokens of
    "of the 200 girls".
    """

    first: int
    last: int
    words: str
    premodifiers: str = ""
    whole: tuple[int, int] | None = None


def unit_at(tokens: list[Token], index: int, *, single: bool) -> Unit | None:
    """Return the noun phrase that starts at token `index`, or None; `single` expects a singular noun."""
    if word_at(tokens, index) == "of":
        return _after_of(tokens, index)
    start = index
    while word_at(tokens, start) in _SKIPPED:
        start += 1
    found = _singular(tokens, start) if single else _plural(tokens, start)
    if found is None and start > index:
        return Unit(index, start, "")
    if found is not None and found.words == "others":
        return Unit(index, found.last, "")
    return found and found._replace(first=index)


def _after_of(tokens: list[Token], index: int) -> Unit | None:
    following = word_at(tokens, index + 1)
    if following in _PRONOUNS and word_at(tokens, index + 2) != "who":
        inner = _plural(tokens, index + 2) if following in {"those", "these"} else None
        words, last = (inner.words, inner.last) if inner else ("", index + 2)
        if following == "those" and not inner and word_at(tokens, index + 2) in ACTS:
            last = index + 3
        return Unit(index, last, words, whole=(index, last))
    start = index + 1
    while word_at(tokens, start) in _OPENERS or word_at(tokens, start) in {"all", "#"}:
        start += 1
    definite = start > index + 1
    numbered = start
    while numbered < len(tokens) and numbered < start + 4 and value_at(tokens, numbered) is None:
        numbered += 1
    if definite and numbered < min(len(tokens), start + 4) and _only_qualifiers(tokens, start, numbered):
        value = value_at(tokens, numbered)
        inner = _plural(tokens, value.last) if value else None
        return inner and Unit(index, index, inner.words, inner.premodifiers, whole=(index, inner.last))
    inner = _plural(tokens, start)
    if inner is None:
        return None
    return Unit(index, inner.last, inner.words, inner.premodifiers, whole=(index, inner.last) if definite else None)


def _only_qualifiers(tokens: list[Token], start: int, stop: int) -> bool:
    words = {token.word for token in tokens[start:stop]}
    return words <= {
        "more",
        "than",
        "at",
        "least",
        "some",
        "about",
        "over",
        "nearly",
        "estimated",
        "around",
        "original",
        "last",
    }


def _plural(tokens: list[Token], index: int) -> Unit | None:
    words: list[str] = []
    at = index
    while at < len(tokens) and len(words) < _LONGEST:
        word = tokens[at].word
        if word in _QUOTES or word == "#":
            at += 1
            continue
        if tokens[at].is_numeral and word_at(tokens, at + 1) == "-" and word_at(tokens, at + 2).startswith("year-old"):
            at += 3
            continue
        if word in {"and", "&"} and words and not _participle(words[-1]) and _plural_near(tokens, at + 1):
            words.append("and")
            at += 1
            continue
        if not tokens[at].is_word or (word in END and not is_plural(word)) or word == "and" or value_at(tokens, at):
            return None
        words.append(word)
        at += 1
        if _heads(tokens, at - 1, index):
            return _with_tail(tokens, index, at, words)
    return None


def _heads(tokens: list[Token], at: int, first: int) -> bool:
    word = tokens[at].word
    if not is_plural(word) or word in END or (word in UNTOLD_NOUNS and at > first):
        return False
    if "-" in word and not names_people(word) and at + 1 < len(tokens) and tokens[at + 1].is_word:
        return word_at(tokens, at + 1) in END
    return word_at(tokens, at + 1) != "'s" or at + 2 >= len(tokens)


def _with_tail(tokens: list[Token], index: int, at: int, words: list[str]) -> Unit:
    """Take in plural nouns that follow at once, and "and women" after "men"."""
    while at < len(tokens) and tokens[at].is_word and is_plural(tokens[at].word) and _nominal(tokens[at].word):
        words.append(tokens[at].word)
        at += 1
    premodifiers = " ".join(words[:-1])
    also = word_at(tokens, at + 1) if word_at(tokens, at) == "and" else ""
    if also and also not in UNTOLD_NOUNS and also != "others" and names_people(also) and is_plural(also):
        words += ["and", also]
        at += 2
    return Unit(index, at, " ".join([*words[:-1], plural(words[-1])]), premodifiers)


def _nominal(word: str) -> bool:
    return (
        word not in END
        and word not in UNTOLD_NOUNS
        and (word not in ACTS or ACTS[word].way is Way.NOUN or names_people(word))
    )


def _plural_near(tokens: list[Token], index: int) -> bool:
    for at in range(index, min(index + 4, len(tokens))):
        word = tokens[at].word
        if not tokens[at].is_word and word not in _QUOTES:
            return False
        if word in END and not is_plural(word):
            return False
        if is_plural(word):
            return True
    return False


def _participle(word: str) -> bool:
    return word in ACTS and ACTS[word].way in {Way.PAST, Way.STATE, Way.ALONE}


def _singular(tokens: list[Token], index: int) -> Unit | None:
    words: list[str] = []
    at = index
    while at < len(tokens) and len(words) < _LONGEST:
        word = tokens[at].word
        if word in _QUOTES and not words:
            at += 1
            continue
        if not tokens[at].is_word or word in END or word in {"and", "or"}:
            break
        if words and (_participle(word) or word.endswith(("ed", "ing"))) and not _noun_next(tokens, at):
            break
        words.append(word)
        at += 1
        if names_people(word) and not (at < len(tokens) and names_people(tokens[at].word)):
            break
    if not words:
        return None
    return Unit(index, at, " ".join([*words[:-1], plural(words[-1])]), " ".join(words[:-1]))


def _noun_next(tokens: list[Token], at: int) -> bool:
    following = word_at(tokens, at + 1)
    return names_people(following) if following else False
