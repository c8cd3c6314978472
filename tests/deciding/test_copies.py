"""Two people's work brought together: the same whoever brings, nothing twice, and never less protection."""

from __future__ import annotations

from copies_of_a_case import SOURCES, STATEMENTS, Copy, do, operations
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.deciding import bring, standing, stricter
from headwater.model import Consent, Handling, People, Sensitivity, Verb

A, B = STATEMENTS[:2]

work = st.lists(operations, max_size=15)


@settings(max_examples=60, deadline=None)
@given(work, work, work)
def test_it_is_the_same_whoever_brings_and_bringing_again_brings_nothing(
    common: list[tuple[object, ...]], here: list[tuple[object, ...]], there: list[tuple[object, ...]]
) -> None:
    mine = Copy("m")
    for operation in common:
        do(mine, operation)
    theirs = mine.copied("t")
    for copy, done in ((mine, here), (theirs, there)):
        for operation in done:
            do(copy, operation)
    into_mine, into_theirs = mine.copied("m"), theirs.copied("t")
    into_mine.bring(theirs)
    into_theirs.bring(mine)
    assert into_mine.holding() == into_theirs.holding()
    assert conflicts(into_mine) == conflicts(into_theirs)
    assert into_mine.bring(theirs) == 0
    assert into_mine.bring(into_theirs) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(operations, st.integers(0, 2))), max_size=40))
def test_three_copies_that_bring_one_another_now_and_then_end_up_the_same(steps: list[tuple[int, object]]) -> None:
    copies = [Copy(name) for name in "mto"]
    for at, step in steps:
        if isinstance(step, int):
            copies[at].bring(copies[step])
        else:
            assert isinstance(step, tuple)
            do(copies[at], step)
    for other in copies[1:]:
        copies[0].bring(other)
    for other in copies[1:]:
        other.bring(copies[0])
    assert copies[0].holding() == copies[1].holding() == copies[2].holding()


def conflicts(copy: Copy) -> set[frozenset[str]]:
    """The sides of every conflict."""
    return {frozenset(side.id for side in each.sides) for each in standing(copy.decisions).conflicts}


def test_what_comes_is_marked_and_otherwise_as_it_was() -> None:
    mine, theirs = Copy("m"), Copy("t")
    own, other = mine.decide(Verb.CONFIRM, [A]), theirs.decide(Verb.REJECT, [A])
    shown = People(tuple(theirs.decisions), shown=((other.id, "statement “a”"), ("decision-of-nobody", "x")))
    made = bring(mine.people, shown)
    assert [(each.id, each.agent, each.time, each.brought) for each in made.decisions] == [
        (other.id, "t", other.time, True)
    ]
    assert made.shown == ((other.id, "statement “a”"),)
    assert [[side.id for side in each.sides] for each in made.conflicts] == [[own.id, other.id]]
    assert made.here == 0


def test_a_conflict_that_is_here_already_is_not_told_again() -> None:
    mine, theirs = Copy("m"), Copy("t")
    mine.decide(Verb.CONFIRM, [A])
    theirs.decide(Verb.REJECT, [A])
    mine.bring(theirs)
    theirs.decide(Verb.NOTE, [B], "new")
    made = bring(mine.people, theirs.people)
    assert (len(made.decisions), made.here, made.conflicts) == (1, 1, ())


def test_an_undo_made_in_the_other_copy_comes_along() -> None:
    mine = Copy("m")
    first = mine.decide(Verb.CONFIRM, [A])
    theirs = mine.copied("t")
    theirs.undo()
    mine.bring(theirs)
    assert mine.holding() == set()
    assert standing(mine.decisions).redo is None, "a plain redo brings back what was undone here"
    assert mine.redo(first.id)
    assert mine.holding() == {first.id}


def test_a_redo_takes_back_only_the_undos_that_it_knew() -> None:
    mine = Copy("m")
    mine.decide(Verb.CONFIRM, [A])
    theirs = mine.copied("t")
    mine.undo()
    mine.redo()
    theirs.undo()
    mine.bring(theirs)
    assert mine.holding() == set()


def handling(name: str, time: str, consent: Consent, sensitivity: Sensitivity, *names: str) -> Handling:
    """How the first source is handled."""
    return Handling(f"handling-{name}", SOURCES[0], consent, sensitivity, names, f"[{name}]", "", name, time)


OPEN = handling("open", "2031-01-02", Consent.WITHDRAWN, Sensitivity.OPEN, "Oda Renn")
HIDDEN = handling("hidden", "2031-01-01", Consent.GIVEN, Sensitivity.PROTECTED, "Oda", "Oda Renn")


def test_of_two_handlings_that_knew_not_of_one_another_the_stricter_holds() -> None:
    for here, there in ((OPEN, HIDDEN), (HIDDEN, OPEN)):
        made = bring(People(handlings=(here,)), People(handlings=(there,)))
        last = made.handlings[-1]
        assert made.joined == (last,)
        assert (last.consent, last.sensitivity) == (Consent.WITHDRAWN, Sensitivity.PROTECTED)
        assert (last.names, last.pseudonym) == (("Oda", "Oda Renn"), "[hidden]")
        again = bring(People(handlings=(here, *made.handlings)), People(handlings=(there,)))
        assert again.handlings == ()
    assert stricter(OPEN, HIDDEN) == stricter(HIDDEN, OPEN)


def test_a_handling_that_was_changed_knowingly_is_taken_over() -> None:
    freed = handling("freed", "2031-01-03", Consent.GIVEN, Sensitivity.OPEN, "Oda Renn")
    made = bring(People(handlings=(HIDDEN,)), People(handlings=(HIDDEN, freed)))
    assert (made.handlings, made.joined) == ((freed,), ())
    back = bring(People(handlings=(HIDDEN, freed)), People(handlings=(HIDDEN,)))
    assert (back.handlings, back.here) == ((), 1)


kinds = st.tuples(st.sampled_from(Consent), st.sampled_from(Sensitivity))


@given(st.lists(kinds, max_size=4), st.lists(kinds, max_size=4))
def test_handlings_end_up_the_same_whoever_brings(
    here: list[tuple[Consent, Sensitivity]], there: list[tuple[Consent, Sensitivity]]
) -> None:
    mine, theirs = (
        People(
            handlings=tuple(
                handling(f"{name}{at}", f"2031-01-{at}{name}", *kind, "Oda Renn") for at, kind in enumerate(done)
            )
        )
        for name, done in (("m", here), ("t", there))
    )
    one, other = bring(mine, theirs), bring(theirs, mine)
    into_mine, into_theirs = (*mine.handlings, *one.handlings), (*theirs.handlings, *other.handlings)
    assert {each.id for each in into_mine} == {each.id for each in into_theirs}
    assert into_mine[-1:] == into_theirs[-1:]
