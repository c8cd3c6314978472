"""Reads the figures of one sentence: joins numbers, units, acts, ages and what was counted just before.

Rules only; no state is kept between calls except the `Memory` handed in. A `Draft` is not yet a record.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from headwater.model import Bound, Span
from headwater.reading.english.dates import scan
from headwater.reading.english.figure_acts import ACTS, CLASSES, NOUNS
from headwater.reading.english.figure_ages import find_ages
from headwater.reading.english.figure_clauses import ADVERBS, REACHED, left_act, left_verb, right_act, takes_lives
from headwater.reading.english.figure_judging import (
    fits,
    fixed_unit,
    harmed,
    inside,
    is_whole,
    joined,
    like_a_year,
    nones,
    number_of,
    premodifying,
    those,
    titled,
)
from headwater.reading.english.figure_places import clause, place_near, when_near
from headwater.reading.english.figure_units import Unit, unit_at
from headwater.reading.english.figure_words import (
    COUNTS_OF_PEOPLE,
    FOLLOWS,
    HARM_NOUNS,
    INCIDENTS,
    MEASURES,
    MONEY,
    NO_UNIT,
    PRONOUN_LEADS,
    SEVERAL_ACTS,
    TIME_UNITS,
    names_people,
)
from headwater.reading.english.number_tokens import Token, tokenise, word_at
from headwater.reading.english.numbers import Number, find_numbers

_HINT = re.compile(
    r"\d|\b(?:no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,6}teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|several|dozens?|scores|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)
_PEOPLE = "people"
_PERSON_ACTS = CLASSES - {"destroyed", "deployed", "found"}
_COORDINATING = frozenset({",", "and", "or", "including", "among", "them"})


class Draft(NamedTuple):
    """A figure before it becomes a record; fields as in the model."""

    span: Span
    low: int | None
    high: int | None
    bound: Bound
    unit: str
    act: str | None
    whom: str | None = None
    place: str | None = None
    when: str | None = None


class Memory(NamedTuple):
    """What was counted last: the unit, its exact number (or None), whether an act was told of it, and the sentence."""

    unit: str
    total: int | None
    acted: bool
    sentence: int


class _Reading(NamedTuple):
    """The sentence under the reader's eyes."""

    text: str
    tokens: list[Token]
    dates: tuple[Span, ...]
    numbers: list[Number]
    cores: frozenset[int]
    dated: frozenset[int]
    titled: bool
    position: int


class _Counted(NamedTuple):
    """One number with its phrase: tokens `first` to `last` are the span, `stop` where its predicate may begin."""

    number: Number
    first: int
    last: int
    stop: int
    unit: str
    whom: str | None
    anaphoric: bool
    act: str | None
    agent: bool = False


def read_sentence(
    text: str, sentence: Span, memory: Memory | None, position: int
) -> tuple[tuple[Draft, ...], Memory | None]:
    """Return the figures of one sentence in order, and what a following sentence may refer back to."""
    if not _HINT.search(text, sentence.start, sentence.end):
        return (), memory
    tokens = tokenise(text, sentence)
    dates = tuple(found.span for found in scan(text, sentence, None))
    ages = find_ages(text, sentence)
    numbers = find_numbers(text, tokens, sentence, [*dates, *(age.span for age in ages)])
    numbers = sorted([*numbers, *nones(tokens)], key=lambda number: number.core)
    cores = frozenset(number.first for number in numbers)
    reading = _Reading(
        text,
        tokens,
        dates,
        numbers,
        cores,
        inside(tokens, tuple(sorted([*dates, *(age.span for age in ages)]))),
        titled(tokens),
        position,
    )
    drafts = [Draft(age.span, age.low, age.high, age.bound, age.unit, "aged", age.whom) for age in ages]
    counted: list[_Counted] = []
    for number in numbers:
        one = _count(reading, number, memory, counted)
        if one is not None:
            counted.append(one)
            memory = _remember(one, memory, position)
    drafts += [_draft(reading, one) for one in _backwards(reading, counted)]
    return _disjoint(drafts), memory


def _disjoint(drafts: list[Draft]) -> tuple[Draft, ...]:
    out: list[Draft] = []
    for draft in sorted(drafts, key=lambda one: (one.span.start, -one.span.end)):
        if not out or draft.span.start >= out[-1].span.end:
            out.append(draft)
    return tuple(out)


def _remember(one: _Counted, memory: Memory | None, position: int) -> Memory | None:
    head = one.unit.split()[-1]
    if head in {"per", "cent"} or one.unit in MONEY.values() or one.unit in MEASURES or not names_people(head):
        return memory
    total = one.number.low if one.number.low == one.number.high else None
    if one.anaphoric and memory is not None:
        return memory._replace(sentence=position)
    return Memory(one.unit, total, one.act in CLASSES, position)


def _count(reading: _Reading, number: Number, memory: Memory | None, earlier: list[_Counted]) -> _Counted | None:
    tokens = reading.tokens
    fixed = fixed_unit(tokens, number)
    if fixed is not None:
        first, last, name = fixed
        act = left_verb(tokens, first)
        return _Counted(number, first, last, last, name, None, anaphoric=False, act=act)
    if word_at(tokens, number.first - 1) == "but" and word_at(tokens, number.first - 2) == "all":
        return _all_but(reading, number, memory)
    unit = unit_at(tokens, number.last, single=number.single)
    if unit is not None and not unit.words:
        return _elliptic(reading, number, unit, memory, earlier)
    if unit is None or _is_name(reading, unit):
        return _elliptic(reading, number, None, memory, earlier)
    return _with_unit(reading, number, unit, earlier)


def _all_but(reading: _Reading, number: Number, memory: Memory | None) -> _Counted | None:
    """Read "all but three" of an exact number named just before; of an unknown number it says nothing."""
    if memory is None or memory.total is None or number.low is None or number.low != number.high:
        return None
    rest = memory.total - number.low
    if rest < 0:
        return None
    act = right_act(reading.tokens, number.last, reading.cores, dated=reading.dated)
    taken = number._replace(low=rest, high=rest)
    return _Counted(taken, number.first - 2, number.last, number.last, memory.unit, None, anaphoric=True, act=act.name)


def _left(reading: _Reading, number: Number) -> str | None:
    """Return the act that governs from the left; in running text a capital begins anew ("... SHOOTING Three")."""
    begins = reading.tokens[number.first].capital and not reading.titled
    return None if begins else left_act(reading.tokens, number.first)


def _elliptic(
    reading: _Reading, number: Number, unit: Unit | None, memory: Memory | None, earlier: list[_Counted]
) -> _Counted | None:
    """A number without its noun: "seven dead", "three of them", "dozens more were injured"."""
    tokens = reading.tokens
    last = unit.last if unit else number.last
    left = _left(reading, number)
    following = word_at(tokens, last)
    right = right_act(tokens, last, reading.cores, dated=reading.dated)
    act = left or right.name or those(tokens, unit)
    partitive = unit is not None and unit.whole is not None
    anchored = left is not None or following in FOLLOWS or following in ACTS or following in ADVERBS or partitive
    if (right.agent and left is None) or not anchored or (act not in _PERSON_ACTS and not (partitive and act)):
        if not (earlier and unit is not None and act is None and earlier[-1].act in _PERSON_ACTS):
            return None
        act = earlier[-1].act
    if number.value.several and act not in SEVERAL_ACTS:
        return None
    if unit is None and number.single and word_at(tokens, number.first - 1) in PRONOUN_LEADS:
        return None
    if unit is None and left is None and following in {"of", "in"}:
        return None
    near = memory is not None and (memory.acted or partitive or memory.sentence == reading.position)
    toll = left is not None and word_at(tokens, number.first - 1) in REACHED - {"of"}
    name = memory.unit if near and memory is not None and not toll else _PEOPLE
    if toll:
        name = number_of(tokens, number.first) or name
        name = _PEOPLE if name.split()[-1] in COUNTS_OF_PEOPLE else name
    whom = None
    if partitive and unit is not None and unit.whole is not None:
        whom = _words(reading, unit.whole) if unit.words else None
    return _Counted(number, number.first, last, last, name, whom, anaphoric=True, act=act)


def _with_unit(reading: _Reading, number: Number, unit: Unit, earlier: list[_Counted]) -> _Counted | None:
    tokens = reading.tokens
    head = unit.words.split()[-1]
    if head in TIME_UNITS or head in NO_UNIT:
        return None
    stop = unit.whole[1] if unit.whole else unit.last
    act, agent = _act(reading, number, unit, stop)
    if not _accepted(number, unit, act, reading):
        return None
    words = unit.words
    if head in COUNTS_OF_PEOPLE:
        words = _PEOPLE
    whom = _words(reading, unit.whole) if unit.whole else (unit.premodifiers or None)
    aged = any(token.word.startswith("year-old") for token in tokens[unit.first : unit.last])
    last = unit.last if unit.last > unit.first and not aged else number.last
    if act is None and not agent and earlier and joined(tokens, earlier[-1].last, number.first):
        act = earlier[-1].act
    return _Counted(number, number.first, last, stop, words, whom, anaphoric=False, act=act, agent=agent)


def _words(reading: _Reading, tokens: tuple[int, int]) -> str:
    first, last = reading.tokens[tokens[0]], reading.tokens[tokens[1] - 1]
    return " ".join(reading.text[first.start : last.end].lower().split())


def _act(reading: _Reading, number: Number, unit: Unit, stop: int) -> tuple[str | None, bool]:
    """Return the act of a counted noun phrase, and whether the counted are the ones who do it."""
    tokens, head = reading.tokens, unit.words.split()[-1]
    if head in HARM_NOUNS:
        return NOUNS[head], False
    if head == "lives":
        return ("killed" if takes_lives(tokens, number.first) or word_at(tokens, stop + 1) == "lost" else None), False
    left = _left(reading, number)
    if left is not None and fits(left, head):
        return left, False
    if head in {"dead", "injured", "wounded"}:
        return ACTS[head].name, False
    part = is_whole(tokens, number)
    right = right_act(tokens, stop, reading.cores, whole=part, dated=reading.dated)
    if right.agent:
        return None, True
    if right.name in CLASSES and fits(right.name, head):
        return right.name, False
    premodifying = [ACTS[word].name for word in unit.premodifiers.split() if harmed(word)]
    plain = left_verb(tokens, number.first)
    return (premodifying[0] if premodifying else plain or _plain(right.name) or NOUNS.get(head)), False


def _plain(name: str | None) -> str | None:
    return None if name in CLASSES else name


def _accepted(number: Number, unit: Unit, act: str | None, reading: _Reading) -> bool:
    head, tokens = unit.words.split()[-1], reading.tokens
    if like_a_year(number, tokens) and not names_people(head):
        return False
    if number.value.several:
        return act in SEVERAL_ACTS and (names_people(head) or head in COUNTS_OF_PEOPLE)
    if number.value.number == 1 and not tokens[number.core].is_numeral:
        if unit.whole is not None:
            return act in _PERSON_ACTS | {"found"} and names_people(head) and not premodifying(unit, act)
        if head in INCIDENTS:
            return True
        governed = act in _PERSON_ACTS or act == "found" or left_verb(tokens, number.first) is not None
        return governed and (names_people(head) or act in _PERSON_ACTS)
    if number.low == 0:
        return True
    return number.low is None or number.value.number > 1 or names_people(head) or tokens[number.core].is_numeral


def _is_name(reading: _Reading, unit: Unit) -> bool:
    """Two capitalised words in running text are a name that happens to end in s, unless they name people."""
    tokens = [token for token in reading.tokens[unit.first : unit.last] if token.is_word]
    if len(tokens) < 2 or not (tokens[-1].capital and tokens[-2].capital) or names_people(tokens[-1].word):
        return False
    return not reading.titled


def _backwards(reading: _Reading, counted: list[_Counted]) -> list[_Counted]:
    """Hand the predicate of "20 men and 3 women were killed" to the first of the two as well."""
    out = list(counted)
    for at in range(len(out) - 2, -1, -1):
        one, following = out[at], out[at + 1]
        joint = reading.tokens[one.last : following.first]
        if one.act is None and not one.agent and {token.word for token in joint} <= _COORDINATING:
            out[at] = one._replace(act=following.act)
    return out


def _draft(reading: _Reading, one: _Counted) -> Draft:
    tokens, number = reading.tokens, one.number
    span = Span(tokens[one.first].start, tokens[one.last - 1].end)
    inside = clause(tokens, one.first, one.last)
    return Draft(
        span,
        number.low,
        number.high,
        number.bound,
        one.unit,
        one.act,
        one.whom,
        place_near(reading.text, tokens, inside, (one.first, one.last)),
        when_near(reading.text, reading.dates, tokens, inside, span.start),
    )
