"""What makes two words count as the same word when statements are compared: roots, concepts, numbers, negations.

Language knowledge only, for English; it knows no report and no person.
"""

from __future__ import annotations

from functools import lru_cache

from headwater.model import FUNCTION_WORDS, stem

# Words of the field that reporters swap for one another when they retell: each line is one concept.
_CONCEPTS = """
arrest detain detention apprehend custody jail imprison prison
kill dead death die fatal fatality murder slay slain
injure injury wound hurt
free release liberate liberation freed
abduct kidnap abduction kidnapping capture captive seize hostage
persecute harass persecution harassment
police cop
beat beating
torture torment
flee escape fled
attack assault raid
protester demonstrator
shoot shot gunfire
child kid children
crash collide collision
allegation allege accusation accuse claim
deny denial reject refute
force compel
talk negotiation negotiate
probe investigate investigation inquiry enquiry investigator
happen occur
begin start began
help aid assist
woman women
man men
gay homosexual
relative kin
hospital hospitalise hospitalize
vehicle car
blast explosion explode
accident incident
soldier troop troops
militant fighter insurgent
exchange swap
deprive deprivation
home house
"""

# Irregular forms, base first: a retelling changes the tense, so "sent" must meet "send".
_IRREGULAR = """
send sent
tell told
take took taken
give gave given
go went gone
come came
see saw seen
hold held
find found
leave left
bring brought
fight fought
seek sought
teach taught
buy bought
catch caught
build built
burn burnt
fall fell fallen
fly flew flown
drive drove driven
write wrote written
speak spoke spoken
break broke broken
choose chose chosen
steal stole stolen
hide hid hidden
eat ate eaten
throw threw thrown
know knew known
grow grew grown
begin began begun
run ran
drink drank drunk
sing sang sung
sink sank sunk
ring rang rung
shake shook shaken
stand stood
understand understood
meet met
lead led
feed fed
bleed bled
speed sped
lose lost
keep kept
sleep slept
sweep swept
feel felt
deal dealt
mean meant
spend spent
hang hung
strike struck stricken
win won
sell sold
pay paid
hear heard
make made
lie lay lain
bite bit bitten
bind bound
rise rose risen
wear wore worn
tear tore torn
swear swore sworn
withdraw withdrew withdrawn
forget forgot forgotten
freeze froze frozen
"""

_SUFFIXES = ("ation", "ion", "ment", "ive", "or", "er", "al")
_SHORTEST_ROOT = 5
# A very common verb or noun says little about which sentence this is; it is weighed like a function word.
COMMON = frozenset(
    "say tell ask add know think come go get make take see give want like use new time year day way thing people "
    "person someone everyone many one lot try let put keep yes now today still back so yesterday tomorrow morning "
    "whatever whoever whenever wherever however afternoon evening week month monday tuesday wednesday thursday "
    "friday saturday sunday".split()
)

_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_NUMBER_WORDS |= {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12}
# "one" and "two" stand for pronouns and idioms too often to contradict anything ("one of them", "one another").
_LEAST_TELLING = 3

NEGATIONS = frozenset(
    "not no never nobody none nothing nor neither without deny denied denies denying denial impossible unable "
    "refuse refused refuses lack lacked false untrue unfounded reject rejected rejects".split()
)


@lru_cache(maxsize=65536)
def root(key: str) -> str:
    """Return the comparing form of a folded word: number words as digits, kindred words of the field as one."""
    if key in _NUMBER_WORDS:
        return str(_NUMBER_WORDS[key])
    if key[0].isdigit():
        return _digits(key)
    if key in FUNCTION_WORDS:
        return key
    plain = _stem(_BASE.get(key, key))
    if plain in _COMMON_STEMS:
        return plain
    base = _cut(plain)
    return _CONCEPT_OF.get(base, base)


@lru_cache(maxsize=65536)
def is_light(key: str) -> bool:
    """True for words (or roots) that carry grammar or commonplace, not content."""
    return key in FUNCTION_WORDS or key in _COMMON_STEMS or stem(_BASE.get(key, key)) in _COMMON_STEMS


def compound(tens: str, unit: str) -> str | None:
    """Return "21" for the roots of "twenty" and "one" side by side, None for anything else."""
    if len(tens) == len(unit) + 1 and tens[1:] == "0" and tens[0] in "23456789" and unit in "123456789":
        return str(int(tens) + int(unit))
    return None


def number_in(shape: str) -> bool:
    """True when a root is a number that can contradict another number."""
    return shape[0].isdigit() and not (shape.isdigit() and int(shape) < _LEAST_TELLING)


def _digits(key: str) -> str:
    plain = key.replace(",", "").replace(":", ".")
    return plain.lstrip("0") or "0"


def _stem(word: str) -> str:
    """The stem, but "speed" keeps its "ed": it is no ending there."""
    return word if word.endswith("ceed") or (word.endswith("eed") and len(word) <= _SHORTEST_ROOT) else stem(word)


def _cut(base: str) -> str:
    for suffix in _SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) >= _SHORTEST_ROOT:
            base = base[: -len(suffix)]
            break
    return base[:-1] if base.endswith("e") and len(base) > _SHORTEST_ROOT else base


_BASE = {form: line.split()[0] for line in _IRREGULAR.strip().splitlines() for form in line.split()[1:]}
_COMMON_STEMS = frozenset(stem(word) for word in COMMON)
_CONCEPT_OF = {
    _cut(_stem(word)): f"={line.split()[0]}" for line in _CONCEPTS.strip().splitlines() for word in line.split()
}
# Verbs with which a report begins what it retells.
SAYING = frozenset(
    root(word)
    for word in "call describe confirm admit acknowledge announce insist stress claim note warn state".split()
)
