"""The same act told by witnesses who share no words: corroboration by pattern, kept apart from repetition.

A pattern lists every teller; it is shown only where at least two of them cannot be one and the same person, and with
the number of them that are independent at least: one teller may still have it from another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from headwater.model import Form, Origin, Pattern, SourceKind, Stance, Statement, make_id
from headwater.weighing.acts import acts_in
from headwater.weighing.bounds import Join, Tie, count
from headwater.weighing.copies import Copies
from headwater.weighing.draft import Draft
from headwater.weighing.independence import Carrier, stand
from headwater.weighing.nearness import Nearness
from headwater.weighing.people import could_be_same_voice, marked_apart
from headwater.weighing.pile import Pile
from headwater.weighing.wording import longest_run, wording

_RUN = 5  # consecutive words that two tellings may not share
_PRIVATE = frozenset({SourceKind.PERSON, SourceKind.UNKNOWN})
_FIRST_PERSON = frozenset(("i", "me", "my"))  # "we" speaks for an office as well
_UNTELLING = frozenset({"release", "exchange", "persecution", "detention"})  # said by everybody, of everything
_EACH = 4  # statements shown of one origin
_ORIGINS_AT_MOST = 40


def find_patterns(pile: Pile, copies: Copies, drafts: Sequence[Draft], nearness: Nearness) -> tuple[Pattern, ...]:
    """Return the acts that at least two witnesses of different origin tell in words of their own, widest first."""
    joined, speakers = _joined(drafts), _speakers(pile)
    told: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for statement in sorted(pile.statements.values(), key=pile.position):
        origin = pile.origin_of_statement.get(statement.id)
        if origin and _is_telling(statement, pile.origins[origin], speakers):
            for act in sorted(acts_in(statement.text) - _UNTELLING):
                told[act][origin].append(statement)
    out: list[Pattern] = []
    for act in sorted(told):
        out += [
            _pattern(pile, copies, act, {origin: told[act][origin] for origin in origins})
            for origins in _apart(pile, told[act], joined, nearness)
            if _voices(pile, origins) >= 2
        ]
    return tuple(sorted(out, key=lambda one: (-len(one.origins), one.act, one.id)))


def _pattern(pile: Pile, copies: Copies, act: str, told: Mapping[str, Sequence[Statement]]) -> Pattern:
    standing = stand(
        pile,
        copies,
        [
            Carrier(
                record=one.id,
                place=pile.statement_place(one),
                origin=origin,
                utterance=pile.utterance_of.get(one.id),
                behind=one.behind,
                via=one.via,
            )
            for origin, found in told.items()
            for one in found
        ],
    )
    return Pattern(
        id=make_id("pattern", act, *told),
        act=act,
        origins=tuple(told),
        statements=tuple(one.id for found in told.values() for one in found[:_EACH]),
        origins_low=standing.low,
        origins_high=standing.high,
        reasons=standing.ties,
    )


def _is_telling(statement: Statement, origin: Origin, speakers: frozenset[str]) -> bool:
    """Witnesses tell; so does a private person who somewhere speaks in the first person, in their own words."""
    if statement.stance is not Stance.ASSERTS or origin.own_reporting:
        return False
    if origin.kind is SourceKind.WITNESS:
        return True
    return origin.kind in _PRIVATE and origin.id in speakers and statement.form is not Form.INDIRECT


def _speakers(pile: Pile) -> frozenset[str]:
    """Return the origins that say "I" in direct speech."""
    return frozenset(
        origin
        for statement in pile.statements.values()
        if (origin := pile.origin_of_statement.get(statement.id)) is not None
        and statement.form is not Form.INDIRECT
        and not _FIRST_PERSON.isdisjoint(wording(statement.text).keys)
    )


def _joined(drafts: Iterable[Draft]) -> frozenset[tuple[str, str]]:
    """Return the pairs of origins that some claim joins as shown."""
    pairs: set[tuple[str, str]] = set()
    for draft in drafts:
        for group in draft.standing.groups:
            pairs.update((a, b) for a in group for b in group if a != b)
    return frozenset(pairs)


def _apart(
    pile: Pile, told: Mapping[str, list[Statement]], joined: frozenset[tuple[str, str]], nearness: Nearness
) -> list[list[str]]:
    """Sort origins into happenings; none is joined to, or shares a run of words with, one before.

    Those whom most reports carry come first, so that a passing "a man" gives way to the witness it may be.
    """
    happenings: list[list[str]] = []
    widest = sorted(told, key=lambda one: (-len(pile.origins[one].reports), pile.position(told[one][0]), one))
    for origin in widest[:_ORIGINS_AT_MOST]:
        home = next((one for one in happenings if any(_near(told[origin], told[o], nearness) for o in one)), None)
        if home is None:
            happenings.append([origin])
        elif all((origin, other) not in joined and _tell_apart(pile, told, origin, other) for other in home):
            home.append(origin)
    return happenings


def _tell_apart(pile: Pile, told: Mapping[str, Sequence[Statement]], a: str, b: str) -> bool:
    """Two tellers count as two: they share no run of words, and no report calls one man two names without saying so."""
    together = set(pile.origins[a].reports) & set(pile.origins[b].reports)
    return not (together and _may_be_one(pile, a, b)) and not _share_words(told[a], told[b])


def _may_be_one(pile: Pile, a: str, b: str) -> bool:
    if frozenset((a, b)) in pile.independent:
        return False
    one, two = pile.source_of(a), pile.source_of(b)
    if one is None or two is None or not could_be_same_voice(one, two):
        return False
    together = set(pile.origins[a].reports) & set(pile.origins[b].reports)
    return not (together and marked_apart(one, two))


def _voices(pile: Pile, origins: Sequence[str]) -> int:
    """Return how many voices there are at least, if all that may be one are one."""
    return count(origins, [Join(a, b, Tie.SAME) for a, b in combinations(origins, 2) if _may_be_one(pile, a, b)]).low


def _near(a: Sequence[Statement], b: Sequence[Statement], nearness: Nearness) -> bool:
    return any(nearness.near(x.report, y.report) for x in a for y in b)


def _share_words(a: Sequence[Statement], b: Sequence[Statement]) -> bool:
    return any(longest_run(wording(x.text).keys, wording(y.text).keys) >= _RUN for x in a for y in b)
