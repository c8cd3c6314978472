"""What holds: undo and redo without limit, a later word over an earlier one, and words that knew not of one another."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

import pytest
from copies_of_a_case import CLAIMS, SOURCES, STATEMENTS, UTTERANCES, Copy, do, operations
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.deciding import standing
from headwater.model import Decision, Subject, SubjectKind, Verb

A, B, C = STATEMENTS[:3]


def ids(decisions: tuple[Decision, ...]) -> list[str]:
    """The ids of decisions."""
    return [each.id for each in decisions]


def test_nothing_decided_is_nothing_standing() -> None:
    assert standing(()) == standing([])
    assert standing(()).undo is None
    assert standing(()).redo is None


def test_undo_takes_back_the_last_and_redo_brings_it_back() -> None:
    copy = Copy("m")
    first, second = copy.decide(Verb.CONFIRM, [A]), copy.decide(Verb.REJECT, [B])
    assert standing(copy.decisions).undo == second
    assert copy.undo()
    now = standing(copy.decisions)
    assert (ids(now.holding), ids(now.undone), now.undo, now.redo) == ([first.id], [second.id], first, second)
    assert copy.redo()
    now = standing(copy.decisions)
    assert (ids(now.holding), now.undone, now.undo, now.redo) == ([first.id, second.id], (), second, None)


def test_any_decision_can_be_undone_by_name_and_brought_back_after_new_work() -> None:
    copy = Copy("m")
    first, second = copy.decide(Verb.CONFIRM, [A]), copy.decide(Verb.REJECT, [B])
    assert copy.undo(first.id)
    assert copy.holding() == {second.id}
    third = copy.decide(Verb.NOTE, [C], "look again")
    assert standing(copy.decisions).redo is None, "plain redo follows directly after undos only"
    assert copy.redo(first.id)
    assert copy.holding() == {first.id, second.id, third.id}
    assert standing(copy.decisions).undo == first, "what was brought back last is the last thing done"


def test_an_undo_twice_or_of_what_is_not_there_does_nothing() -> None:
    copy = Copy("m")
    first = copy.decide(Verb.CONFIRM, [A])
    assert copy.undo(first.id)
    assert not copy.undo(first.id)
    assert not copy.undo("decision-of-nobody")
    assert not copy.undo(copy.decisions[-1].id), "an undo is taken back by a redo, not by an undo"
    assert copy.redo(first.id)
    assert not copy.redo(first.id)


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 2**32))
def test_after_500_random_operations_undo_all_leaves_nothing_and_redo_all_the_same_as_before(seed: int) -> None:
    chance = random.Random(seed)
    copy = Copy("m")
    for _ in range(500):
        do(copy, random_operation(chance))
    before = standing(copy.decisions)
    count = 0
    while copy.undo():
        count += 1
    empty = standing(copy.decisions)
    assert (empty.holding, empty.overruled, empty.conflicts, empty.undo) == ((), (), (), None)
    for _ in range(count):
        assert copy.redo()
    after = standing(copy.decisions)
    assert (after.holding, after.overruled, after.undo) == (before.holding, before.overruled, before.undo)
    assert standing(list(copy.decisions)) == after


def random_operation(chance: random.Random) -> tuple[object, ...]:
    """One of the things that `operations` draws, by the hundred and without its bookkeeping."""
    return chance.choice(
        [
            (chance.choice([Verb.CONFIRM, Verb.REJECT]), chance.choice(STATEMENTS)),
            (chance.choice([Verb.MERGE, Verb.SPLIT]), chance.sample(UTTERANCES, 2)),
            (Verb.RENAME, chance.choice(SOURCES), chance.choice("xyz")),
            (chance.choice([Verb.UNDO, Verb.REDO]), chance.choice([None, None, chance.randrange(500)])),
        ]
    )


@settings(deadline=None)
@given(st.lists(operations, max_size=40))
def test_every_decision_is_in_exactly_one_group(done: list[tuple[object, ...]]) -> None:
    copy = Copy("m")
    for operation in done:
        do(copy, operation)
    now = standing(copy.decisions)
    sides = tuple(side for conflict in now.conflicts for side in conflict.sides)
    grouped = ids((*now.holding, *now.overruled, *now.undone, *sides, *now.withdrawn))
    work = [each.id for each in copy.decisions if each.verb not in {Verb.UNDO, Verb.REDO}]
    assert sorted(grouped) == sorted(work)
    assert now.conflicts == (), "whoever decides here knows what was decided here"


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ((Verb.CONFIRM, (A,), ""), (Verb.REJECT, (A,), "")),
        ((Verb.REATTRIBUTE, (A,), "mention-a"), (Verb.REATTRIBUTE, (A,), "mention-b")),
        ((Verb.RENAME, (SOURCES[0],), "Oda Renn"), (Verb.RENAME, (SOURCES[0],), "O. Renn")),
        ((Verb.MERGE, UTTERANCES[:2], ""), (Verb.SPLIT, UTTERANCES[:2], "")),
        ((Verb.SPLIT, (UTTERANCES[1], UTTERANCES[0]), ""), (Verb.MERGE, UTTERANCES, "")),
        ((Verb.REJECT, (CLAIMS[0], A), ""), (Verb.CONFIRM, (A, CLAIMS[0]), "")),
        ((Verb.CONFIRM, CLAIMS, ""), (Verb.REJECT, CLAIMS, "")),
    ],
)
def test_the_later_word_stands_over_the_earlier_and_unknowing_words_are_a_conflict(
    earlier: tuple[Verb, tuple[Subject, ...], str], later: tuple[Verb, tuple[Subject, ...], str]
) -> None:
    copy = Copy("m")
    first, second = copy.decide(*earlier), copy.decide(*later)
    now = standing(copy.decisions)
    assert (ids(now.holding), ids(now.overruled), now.conflicts) == ([second.id], [first.id], ())
    copy.undo()
    assert copy.holding() == {first.id}

    mine, theirs = Copy("m"), Copy("t")
    own, other = mine.decide(*earlier), theirs.decide(*later)
    mine.bring(theirs)
    now = standing(mine.decisions)
    assert (now.holding, now.overruled) == ((), ())
    assert [ids(conflict.sides) for conflict in now.conflicts] == [[own.id, other.id]]
    again = mine.decide(*later)
    now = standing(mine.decisions)
    assert (ids(now.holding), ids(now.overruled), now.conflicts) == ([other.id, again.id], [own.id], ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((Verb.CONFIRM, (A,), ""), (Verb.CONFIRM, (A,), "")),
        ((Verb.CONFIRM, (A,), ""), (Verb.REJECT, (B,), "")),
        ((Verb.CONFIRM, (A,), ""), (Verb.REATTRIBUTE, (A,), "mention-b")),
        ((Verb.REJECT, (CLAIMS[0], A), ""), (Verb.CONFIRM, (A,), "")),
        ((Verb.REJECT, (CLAIMS[0], A), ""), (Verb.CONFIRM, (CLAIMS[0], B), "")),
        ((Verb.NOTE, (A,), "yes"), (Verb.NOTE, (A,), "no")),
        ((Verb.MERGE, UTTERANCES[:2], ""), (Verb.SPLIT, UTTERANCES[1:], "")),
        # That a statement does not belong to an utterance is not said of its merging with another.
        ((Verb.MERGE, UTTERANCES[:2], ""), (Verb.SPLIT, (UTTERANCES[0], B), "")),
        ((Verb.RENAME, (SOURCES[0],), "Oda Renn"), (Verb.RENAME, (SOURCES[0],), "Oda Renn")),
    ],
)
def test_what_agrees_or_is_about_something_else_is_no_conflict(
    one: tuple[Verb, tuple[Subject, ...], str], other: tuple[Verb, tuple[Subject, ...], str]
) -> None:
    mine, theirs = Copy("m"), Copy("t")
    first, second = mine.decide(*one), theirs.decide(*other)
    mine.bring(theirs)
    assert mine.holding() == {first.id, second.id}


def test_a_record_made_anew_is_the_same_subject_by_its_founder() -> None:
    copy = Copy("m")
    first = copy.decide(Verb.CONFIRM, [Subject(SubjectKind.UTTERANCE, "utterance-old", ("statement-a",))])
    second = copy.decide(Verb.REJECT, [Subject(SubjectKind.UTTERANCE, "utterance-new", ("statement-a", "statement-z"))])
    now = standing(copy.decisions)
    assert (ids(now.holding), ids(now.overruled)) == ([second.id], [first.id])


def test_what_is_brought_back_stays_the_earlier_word() -> None:
    copy = Copy("m")
    first = copy.decide(Verb.CONFIRM, [A])
    copy.undo()
    second = copy.decide(Verb.REJECT, [A])
    copy.redo(first.id)
    assert copy.holding() == {second.id}
    copy.undo(second.id)
    assert copy.holding() == {first.id}


def test_what_a_decision_knew_of_is_known_through_those_that_are_undone() -> None:
    copy = Copy("m")
    first = copy.decide(Verb.CONFIRM, [A])
    second, third = copy.decide(Verb.REJECT, [A]), copy.decide(Verb.CONFIRM, [A])
    fourth = copy.decide(Verb.REJECT, [A])
    copy.undo(second.id)
    copy.undo(third.id)
    now = standing(copy.decisions)
    assert (ids(now.holding), ids(now.overruled)) == ([fourth.id], [first.id])


def test_a_thousand_words_about_one_thing_are_replayed_at_once() -> None:
    copies = [Copy(name) for name in "mt"]
    for at in range(600):
        for copy in copies:
            copy.decide((Verb.CONFIRM, Verb.REJECT)[at % 2], [A])
    copies[0].bring(copies[1])
    began = process_time()
    now = standing(copies[0].decisions)
    assert process_time() - began < 2
    assert len(now.holding) + len(now.overruled) == 1200
    assert all(len(each.subjects) <= 2 for each in copies[0].decisions), "only the last word is named"


def test_what_holds_names_only_what_it_is_about() -> None:
    copy = Copy("m")
    copy.decide(Verb.CONFIRM, [A])
    assert [each.kind for each in copy.decide(Verb.REJECT, [A]).subjects][1:] == [SubjectKind.DECISION]
    assert [each.subjects for each in standing(copy.decisions).holding] == [(A,)]


def test_a_withdrawn_decision_does_not_hold_and_cannot_be_undone() -> None:
    copy = Copy("m")
    first, gone = copy.decide(Verb.CONFIRM, [A]), copy.decide(Verb.RENAME, [SOURCES[0]], "Oda Renn")
    copy.decisions[-1] = replace(gone, value="", withdrawn=True)
    now = standing(copy.decisions)
    assert (ids(now.holding), ids(now.withdrawn), now.undo) == ([first.id], [gone.id], first)
    assert not copy.undo(gone.id)
