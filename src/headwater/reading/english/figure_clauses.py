"""Which act a figure belongs to: looks left and right of it, never over the edge of its own clause.

Left first (the verb or noun that governs it: "detaining at least 20", "the deaths of 20"), then right (its predicate:
"were arrested", "who had been killed"), then the adjectives of its own phrase. A figure that does the act ("two gunmen
killed") has none of it.
"""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from headwater.reading.english.figure_acts import ACTS, ADJECTIVE_FORMS, LONGEST_PHRASE, NOUNS, PHRASES, Act, Way
from headwater.reading.english.number_tokens import Token, word_at

_REACH = 24
_TOLL_REACH = 14
_NEAR = 5  # tokens between a figure and a verb that is in no list
_BE = frozenset(
    "is are was were be been being am get gets got getting left remain remains remained isn't aren't wasn't "
    "weren't".split()
)
_HAVE = frozenset("has have had having haven't hasn't hadn't".split())
ADVERBS = frozenset(
    "now already also still since then reportedly allegedly believed thought feared known later so far only not "
    "never even again "
    "all both being confirmed presumed said either seriously badly critically fatally severely officially "
    "illegally arbitrarily "
    "currently subsequently previously recently initially brutally forcibly".split()
)
_BREAKS = frozenset(
    "after when while but because although though whereas before until amid following where if unless whether "
    "despite including "
    "said says say saying told tells announced reported reports according added adding claims claimed confirmed".split()
)
_NOT = frozenset("not never nor without neither wasn't weren't hasn't haven't didn't don't aren't".split())
_NEW_SUBJECTS = frozenset("lots many some others several people most police".split())
REACHED = frozenset("of to at toll reached hit passed exceeded stands stood is was as".split())
_STOPS = frozenset(";:.!?—–")
_PARTICLES = frozenset("up off out away down in".split())
_SKIPPED_LEFT = frozenset(
    "the a an another further additional these those their its his her my our your all also some more only "
    "other".split()
)
_AMOUNTS = frozenset("total group list crowd team maximum minimum average combined".split())
_MODAL = frozenset("could would should must can".split())
_OBJECTS = frozenset("the a an his her their its our my him them us me each every".split())
_UNREAL = frozenset("to would could will may might should must can cannot not never".split())
_IRREGULAR = {
    "took": "taken",
    "taking": "taken",
    "saw": "seen",
    "seeing": "seen",
    "gave": "given",
    "giving": "given",
    "brought": "brought",
    "sent": "sent",
    "sending": "sent",
    "left": "left",
    "leaving": "left",
    "made": "made",
    "making": "made",
    "met": "met",
    "lost": "lost",
    "losing": "lost",
    "built": "built",
    "sold": "sold",
    "paid": "paid",
    "spent": "spent",
    "won": "won",
    "winning": "won",
    "cut": "cut",
    "taken": "taken",
    "seen": "seen",
    "given": "given",
    "written": "written",
    "driven": "driven",
    "forced": "forced",
    "fired": "fired",
}
_NO_VERBS = frozenset(
    "during including according following regarding concerning morning evening nothing something anything being "
    "need".split()
)
_LIVES = frozenset("claimed claiming claims claim cost costs costing took taken taking takes take".split())


class Governed(NamedTuple):
    """The act found for a figure. `agent` is True when the counted ones did it; `reduced` after "who" or bare."""

    name: str | None
    agent: bool = False
    reduced: bool = False


def left_act(tokens: list[Token], first: int) -> str | None:
    """Return the act of the word that governs the figure from the left, or None; `first` is its first token."""
    at = first - 1
    while at >= 0 and (tokens[at].word in _SKIPPED_LEFT or tokens[at].word in '"“”‘'):
        at -= 1
    if at < 0:
        return None
    told = _toll(tokens, at) if tokens[at].word in REACHED else None
    if told is not None:
        return told
    while tokens[at].word == "of" and at > 2 and word_at(tokens, at - 1) in _AMOUNTS:
        at -= 2
        while at > 0 and tokens[at].word in _SKIPPED_LEFT:
            at -= 1
    if tokens[at].word == "of":
        return _noun_before(tokens, at - 1)
    if tokens[at].word in _PARTICLES and at and tokens[at - 1].word != "picked":
        name = PHRASES.get((tokens[at - 1].word, tokens[at].word))
        return _coordinated(tokens, at - 1, name) if name and not _unreal(tokens, at - 1) else None
    if tokens[at].word == "dead" and word_at(tokens, at - 1) in {"shot", "shooting", "shoot"}:
        return "killed"
    act = ACTS.get(tokens[at].word)
    if act is None or act.way not in {Way.PAST, Way.BASE, Way.DOING}:
        return None
    if act.way is Way.PAST and _passive(tokens, at):
        return None
    if act.way is not Way.PAST and _unreal(tokens, at):
        return None
    return _coordinated(tokens, at, act.name)


def _unreal(tokens: list[Token], at: int) -> bool:
    """True for what is only wished, planned or denied: "vowed to free 20", "did not arrest 20"."""
    verb = ACTS.get(tokens[at].word)
    past = verb is not None and verb.way is Way.PAST
    before = {word_at(tokens, at - 1), word_at(tokens, at - 2)}
    return bool(before & (_NOT if past or tokens[at].word.endswith("ed") else _UNREAL | _NOT))


def _toll(tokens: list[Token], at: int) -> str | None:
    """Read "the death toll rose to 31" and "the number of detainees has reached 240": whose people are counted."""
    reach = [token.word for token in tokens[max(0, at - _TOLL_REACH) : at + 1]]
    if _STOPS & set(reach):
        return None
    if "toll" in reach:
        return "killed"
    if "number" not in reach[:-2]:
        return None
    named = [word for word in reach[reach.index("number") + 2 :] if word in NOUNS or word in ACTS]
    return (NOUNS.get(named[0]) or ACTS[named[0]].name) if named else None


def _noun_before(tokens: list[Token], at: int) -> str | None:
    word = word_at(tokens, at)
    act = ACTS.get(word)
    if word == "lives":
        return "killed" if any(word_at(tokens, index) in _LIVES for index in range(at - 3, at)) else None
    return act.name if act is not None and act.way is Way.DOING else NOUNS.get(word)


def _coordinated(tokens: list[Token], at: int, name: str) -> str:
    """Of "rounded up and tortured" the first act counts, unless the second one is the killing."""
    if name == "killed" or word_at(tokens, at - 1) not in {"and", ","} or at < 2:
        return name
    back = at - 2
    if tokens[back].word in _PARTICLES and back:
        return PHRASES.get((tokens[back - 1].word, tokens[back].word), name)
    other = ACTS.get(tokens[back].word)
    usable = other is not None and other.way in {Way.PAST, Way.BASE, Way.DOING}
    return other.name if usable and other is not None else name


def _passive(tokens: list[Token], at: int) -> bool:
    return any(word_at(tokens, index) in _BE for index in range(at - 1, at - 3, -1))


def right_act(
    tokens: list[Token], last: int, numbers: Container[int], *, whole: bool = False, dated: Container[int] = ()
) -> Governed:
    """Return what the words after the figure say of the counted; `last` is the first token behind its phrase.

    `numbers` are the tokens where other figures begin: they end the search. For a `whole` ("of the 200 girls") a
    later main verb belongs to the part, so only what stands next to it counts. `dated` tokens are passed over.
    """
    relative = False
    found = Governed(None)
    plain: str | None = None
    joined = False
    auxiliary = last - _REACH
    at = last
    while at < min(len(tokens), last + _REACH):
        word = tokens[at].word
        if at in dated:
            at += 1
            continue
        if _ends_clause(tokens, at, last, numbers):
            break
        if word in {"who", "that", "which", "whom"}:
            relative = True
        joined = joined or word == "and"
        if word in _BE or word in _HAVE:
            auxiliary = at
        name, way, width = _act_at(tokens, at)
        if name is not None and way is not None:
            one = _judged(tokens, at, width, Act(name, way), last=last, numbers=numbers)
            if one.agent and found.name is None:
                return one
            if one.name is not None and not one.agent:
                if found.name is None:
                    found = one._replace(reduced=one.reduced or relative)
                    if not found.reduced or whole:
                        return found if found.reduced or not whole else Governed(None)
                elif way is Way.PAST and not one.reduced and not joined and not _modal(tokens, at):
                    return one
                joined = False
            at += width
            continue
        plain = plain or (
            _plain(tokens, at)
            if (at - auxiliary <= 3 and at - last <= _NEAR) or (at <= last + 1 and not joined)
            else None
        )
        at += 1
    return found if found.name else Governed(plain)


def _modal(tokens: list[Token], at: int) -> bool:
    return any(word_at(tokens, index) in _MODAL | {"may", "might", "will"} for index in range(at - 4, at))


def _ends_clause(tokens: list[Token], at: int, last: int, numbers: Container[int]) -> bool:
    word = tokens[at].word
    if word in _STOPS or at in numbers:
        return True
    if word in _BREAKS:
        return not (
            word in {"reported", "confirmed", "said", "feared"} and word_at(tokens, at - 1) in _BE | {"now", "been"}
        )
    if word in {"that", "which"} and at > last + 1:
        return True
    if word == "and" and _new_clause(tokens, at):
        return True
    if word in {"and", ","} and word_at(tokens, at + 1) in {"that", "the", "it", "he", "she", "they", "a", "an", "one"}:
        return True
    return word == "as" and word_at(tokens, at + 1) not in {"having", "a"}


def _new_clause(tokens: list[Token], at: int) -> bool:
    """True when "and" is followed by a subject of its own: "... and lots of people are hurt"."""
    following = word_at(tokens, at + 1)
    if following in _NEW_SUBJECTS:
        return True
    if following in _BE or following in _HAVE or following in ADVERBS or following in ACTS:
        return False
    return any(word_at(tokens, index) in _BE or word_at(tokens, index) in _HAVE for index in range(at + 2, at + 5))


def _act_at(tokens: list[Token], at: int) -> tuple[str | None, Way | None, int]:
    for width in range(LONGEST_PHRASE, 0, -1):
        name = PHRASES.get(tuple(token.word for token in tokens[at : at + width]))
        if name is not None:
            return name, Way.PAST if tokens[at].word.endswith(("ed", "en", "shot")) else Way.ALONE, width
    act = ACTS.get(tokens[at].word)
    return (act.name, act.way, 1) if act else (None, None, 1)


def _judged(tokens: list[Token], at: int, width: int, act: Act, *, last: int, numbers: Container[int]) -> Governed:
    before = {word_at(tokens, index) for index in range(max(last, at - 4), at)}
    bare = all(tokens[index].word in ADVERBS or not tokens[index].is_word for index in range(last, at))
    if before & _NOT or (before & _MODAL and not before & _HAVE):
        return Governed(None, agent=True)
    match act.way:
        case Way.ALONE:
            showing = act.name == "protested" and word_at(tokens, at + 1) in _OBJECTS | {"that", "how"}
            return Governed(None if showing else act.name)
        case Way.STATE:
            fits = bare or bool(before & _BE) or word_at(tokens, at - 1) in ADVERBS
            return Governed(act.name) if fits else Governed(None)
        case Way.PAST:
            return _past(tokens, at + width, act, before, bare=bare, object_follows=at + width in numbers)
        case Way.BASE | Way.DOING:
            doing = bare or bool(before & (_BE | {"who", "to", "will"}))
            agent = doing and "be" not in before and word_at(tokens, at + 1) != "of"
            return Governed(None, agent=agent)
        case _:
            return Governed(None)


def _past(
    tokens: list[Token], behind: int, act: Act, before: set[str], *, bare: bool, object_follows: bool
) -> Governed:
    if before & _BE:
        return Governed(act.name)
    if act.name in ADJECTIVE_FORMS and not bare:
        return Governed(None)
    following = word_at(tokens, behind)
    if before & _HAVE or following in _OBJECTS or object_follows or "who" in before:
        return Governed(None, agent=True)
    if bare or {"of", "from", "and"} & before:
        return Governed(
            act.name, reduced=following == "by" or following in {"in", "on", "during", "at", "from", "more"}
        )
    return Governed(None)


def _plain(tokens: list[Token], at: int) -> str | None:
    word = tokens[at].word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word if word.endswith("ed") and len(word) > 4 and word not in ADVERBS and "-" not in word else None


def left_verb(tokens: list[Token], first: int) -> str | None:
    """Return the plain past form of an ordinary verb right before the figure ("removed one person"), or None."""
    at = first - 1
    while at >= 0 and tokens[at].word in _SKIPPED_LEFT:
        at -= 1
    word = word_at(tokens, at)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _NO_VERBS or word in ACTS or len(word) < 5 or word in _BREAKS:
        return None
    if word.endswith("ing"):
        base = word[:-3]
        return base[:-1] + "ied" if base[-1] == "y" and base[-2:-1] not in "aeiou" else base + "ed"
    return word if word.endswith("ed") and word not in ADVERBS and not _passive(tokens, at) else None


def takes_lives(tokens: list[Token], first: int) -> bool:
    """True when the figure counts lives that something "claimed" or "cost"."""
    return word_at(tokens, first - 1) in _LIVES or word_at(tokens, first - 2) in _LIVES
