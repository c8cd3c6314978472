"""A sitting at a case made by hand: what is named, what is shown, and that no decision is lost when results fail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hand_made import hand_made_case

from headwater import casefile
from headwater.errors import CannotDecide, InternalError, Stopped
from headwater.model import Case, Decision, SubjectKind, Verb
from headwater.pipeline.deciding import KEPT, Asked, Sitting
from headwater.pipeline.shown import reports_in, shown
from headwater.pipeline.subjects import Index

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def sitting(tmp_path: Path) -> Sitting:
    """Somebody at a new case."""
    path = tmp_path / "case.headwater"
    casefile.write_case(path, hand_made_case(), now=NOW, agent="a test", action="made by hand")
    return Sitting(path, clock=lambda: NOW, agent="Mara Oss")


def unchanged(case: Case, _: Sequence[Decision]) -> Case:
    """Make results that are as before."""
    return case


def test_a_record_is_named_by_its_id_or_by_its_words() -> None:
    index = Index(hand_made_case())
    for named in ("st-a.txt", "“They took the boats at dawn and didn’t give”", "DIDN'T GIVE THEM BACK"):
        assert index.subject(named).id == "st-a.txt"


def test_members_stand_in_the_order_of_arrival_and_the_founder_gives_the_place() -> None:
    subject = Index(hand_made_case()).subject_of("ut-1")
    assert (subject.kind, subject.members) == (SubjectKind.UTTERANCE, ("st-a.txt", "st-b.txt"))
    assert subject.place is not None
    assert subject.place.report == "rep-a.txt"


def test_every_kind_of_record_can_be_shown_and_says_whose_words_it_holds() -> None:
    index = Index(hand_made_case())
    for ident, (kind, _) in index.records.items():
        text = shown(index, (index.subject_of(ident),))
        assert text.startswith(f"{kind.value} “")
        assert f"id: {ident}" in text
        assert reports_in(text)
    both = shown(index, (index.subject_of("ut-1"),))
    assert reports_in(both) == {"rep-a.txt", "rep-b.txt"}


def test_what_was_shown_is_kept_with_the_decision(sitting: Sitting) -> None:
    (answer,) = sitting.decide(Asked(Verb.REJECT, ("st-b.txt",)))
    people = casefile.read_people(sitting.path)
    assert dict(people.shown)[answer.decision.id] == answer.shown
    assert answer.name == "rejected statement “They took the boats at dawn”"
    (again,) = sitting.decide(Asked(Verb.CONFIRM, ("st-b.txt",)))
    assert f"decided before: reject, by Mara Oss, 2031-05-04T12:00:00Z, {answer.decision.id}" in again.shown


def test_what_is_kept_of_an_undo_holds_no_words_of_a_report(sitting: Sitting) -> None:
    sitting.decide(Asked(Verb.REJECT, ("st-b.txt",)))
    answer = sitting.undo()
    assert answer.name == "rejected statement “They took the boats at dawn”"
    assert "boats" not in answer.shown


def test_one_decision_for_each_of_several_and_one_for_a_merge(sitting: Sitting) -> None:
    assert len(sitting.decide(Asked(Verb.REJECT, ("st-a.txt", "st-b.txt")))) == 2
    assert len(sitting.decide(Asked(Verb.MERGE, ("or-oda", "or-count")))) == 1


def test_results_made_anew_know_how_many_decisions_they_are_made_under(sitting: Sitting) -> None:
    sitting.decide(Asked(Verb.CONFIRM, ("st-a.txt",)))
    assert sitting.waiting() == 1
    given: list[str] = []

    def remake(case: Case, decisions: Sequence[Decision]) -> Case:
        given.extend(each.verb.value for each in decisions)
        return case

    sitting.finish(remake)
    assert (sitting.waiting(), given) == (0, ["confirm"])


@pytest.mark.parametrize("failure", [InternalError.of("it cannot be made"), KeyboardInterrupt()])
def test_no_decision_is_lost_when_the_results_cannot_be_made(sitting: Sitting, failure: BaseException) -> None:
    sitting.decide(Asked(Verb.CONFIRM, ("st-a.txt",)))

    def fails(_: Case, __: Sequence[Decision]) -> Case:
        raise failure

    with pytest.raises((InternalError, Stopped)) as told:
        sitting.finish(fails)
    assert told.value.safe == KEPT
    assert sitting.waiting() == 1
    sitting.finish(unchanged)
    assert sitting.waiting() == 0


def test_two_sittings_at_once_that_contradict_one_another_know_of_what_was_stored(sitting: Sitting) -> None:
    other = Sitting(sitting.path, clock=lambda: NOW, agent="Ivo Tarn")
    sitting.decide(Asked(Verb.CONFIRM, ("st-a.txt",)))
    (answer,) = other.decide(Asked(Verb.REJECT, ("st-a.txt",)))
    assert answer.holds, "what was stored meanwhile is read again before deciding"


def test_words_that_several_statements_carry_are_not_chosen_among(sitting: Sitting) -> None:
    with pytest.raises(CannotDecide, match="could be 2 things"):
        sitting.decide(Asked(Verb.REJECT, ("They took the boats",)))
