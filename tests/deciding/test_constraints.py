"""Decisions turned into what they ask for: the later one wins, what is gone is said, lookalikes get nothing."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headwater.deciding.constraints import constraints
from headwater.deciding.levels import Merged, Parted, replayed
from headwater.deciding.verbs import allowed
from headwater.model import (
    Bound,
    Certainty,
    Decision,
    Figure,
    Form,
    Mention,
    PassageKind,
    Place,
    Reading,
    SourceKind,
    Span,
    Stance,
    Statement,
    Subject,
    SubjectKind,
    Verb,
    source_id,
)

CLAIM, STATEMENT, SOURCE = SubjectKind.CLAIM, SubjectKind.STATEMENT, SubjectKind.SOURCE


def statement(ident: str, start: int, end: int, report: str = "r1", inside: str | None = None) -> Statement:
    return Statement(
        id=ident,
        report=report,
        content=(Span(start, end),),
        text="x" * (end - start),
        form=Form.DIRECT,
        source=None,
        source_span=Span(90, 92),
        cue=None,
        told_to=None,
        certainty=Certainty.CLEAR,
        stance=Stance.ASSERTS,
        passage=PassageKind.BODY,
        inside=inside,
    )


def mention(ident: str, text: str, report: str) -> Mention:
    return Mention(ident, report, text, Span(90, 95), SourceKind.WITNESS, named=True, plural=False)


READINGS = (
    Reading("r1", (mention("mention-1", "Oda Renn", "r1"),), (statement("s1", 0, 40), statement("s2", 50, 80))),
    Reading("r2", (mention("mention-2", "Ilan Torv", "r2"),), (statement("s3", 0, 40, "r2"),)),
)


def subject(kind: SubjectKind, ident: str, *members: str, at: Place | None = None) -> Subject:
    return Subject(kind, ident, members, at)


def decision(number: int, verb: Verb, *subjects: Subject, value: str = "") -> Decision:
    return Decision(f"d{number}", verb, subjects, value, "", "Ada Lorne", "2026-11-21T10:00:00Z", "")


def test_a_later_confirmation_takes_a_rejection_back() -> None:
    said = subject(STATEMENT, "s1")
    rejected = decision(1, Verb.REJECT, said)
    assert [each.id for each in constraints([rejected], READINGS)[0].left_out] == ["s1"]
    assert constraints([rejected, decision(2, Verb.CONFIRM, said)], READINGS)[0].left_out == ()


def test_the_later_of_two_decisions_on_one_statement_wins() -> None:
    said = subject(STATEMENT, "s1")
    first, then = (decision(n, Verb.REATTRIBUTE, said, value=words) for n, words in ((1, "Bela Ost"), (2, "")))
    assert [each.mention for each in constraints([first, then], READINGS)[0].given] == [None]
    (given_,) = constraints([then, first], READINGS)[0].given
    assert given_.mention is not None
    assert given_.mention.text == "Bela Ost"
    assert given_.mention.named


def test_a_mention_made_for_a_statement_stands_at_a_real_place_of_its_report() -> None:
    (made,) = constraints([decision(1, Verb.REATTRIBUTE, subject(STATEMENT, "s3"), value="a baker")], READINGS)[0].given
    assert made.mention is not None
    assert (made.mention.report, made.mention.span, made.mention.named) == ("r2", Span(90, 92), False)


def test_a_statement_given_to_a_source_of_another_report_makes_one_of_both() -> None:
    value = source_id("mention-1")
    decided, missed = constraints([decision(1, Verb.REATTRIBUTE, subject(STATEMENT, "s3"), value=value)], READINGS)
    (made,) = decided.given
    assert made.mention is not None
    assert made.mention.text == "Oda Renn"
    assert [set(each.members) for each in decided.sources.together] == [{"mention-1", made.mention.id}]
    assert missed == ()


def test_an_id_that_is_gone_is_never_taken_for_words() -> None:
    gone = "source-0123456789abcdef"
    decided, missed = constraints([decision(1, Verb.REATTRIBUTE, subject(STATEMENT, "s3"), value=gone)], READINGS)
    assert decided.given == ()
    assert [each.decision for each in missed] == ["d1"]


def test_what_stood_in_a_withdrawn_report_is_said_and_given_to_nothing_else() -> None:
    gone = subject(STATEMENT, "s9", at=Place("r9", Span(0, 40)))
    decided, missed = constraints([decision(1, Verb.REJECT, gone)], READINGS)
    assert "not in the case" in missed[0].sentence
    assert [each.id for each in decided.left_out] == ["s9"]


def test_a_statement_that_only_lies_near_is_not_what_was_meant() -> None:
    near = subject(STATEMENT, "s9", at=Place("r1", Span(30, 55)))
    assert [each.subject for each in constraints([decision(1, Verb.REATTRIBUTE, near)], READINGS)[1]] == ["s9"]
    part = subject(STATEMENT, "s9", at=Place("r1", Span(5, 20)))
    assert constraints([decision(1, Verb.REATTRIBUTE, part)], READINGS)[1] == ()


def test_a_claim_of_words_and_one_of_numbers_stay_two() -> None:
    figure = Figure("f1", "r1", Span(0, 2), "12", 12, 12, Bound.EXACT, "boats", "taken")
    readings = (replace(READINGS[0], figures=(figure,)), READINGS[1])
    both = subject(CLAIM, "c1", "s1"), subject(CLAIM, "c2", "f1")
    decided, missed = constraints([decision(1, Verb.MERGE, *both)], readings)
    assert decided.claims.together == ()
    assert "numbers" in missed[0].sentence


def test_two_sources_kept_apart_are_independent_and_parts_of_one_are_not() -> None:
    two = subject(SOURCE, "a", "mention-1"), subject(SOURCE, "b", "mention-2")
    assert constraints([decision(1, Verb.SPLIT, *two)], READINGS)[0].sources.apart[0].independent
    one = subject(SOURCE, "a", "mention-1", "mention-2"), subject(SubjectKind.MENTION, "mention-2")
    assert not constraints([decision(1, Verb.SPLIT, *one)], READINGS)[0].sources.apart[0].independent


def test_a_merge_after_a_split_and_a_split_after_a_merge() -> None:
    two = subject(SOURCE, "a", "mention-1"), subject(SOURCE, "b", "mention-2")
    merged, split = decision(1, Verb.MERGE, *two), decision(2, Verb.SPLIT, *two)
    after = constraints([merged, split], READINGS)[0].sources
    assert (after.together, len(after.apart)) == ((), 1)
    after = constraints([split, merged], READINGS)[0].sources
    assert (len(after.together), after.apart) == (1, ())


@st.composite
def events(draw: st.DrawFn) -> list[Merged | Parted]:
    sets = st.frozensets(st.sampled_from("abcdefg"), min_size=1, max_size=4)
    out: list[Merged | Parted] = []
    for at in range(draw(st.integers(0, 12))):
        one, two = draw(sets), draw(sets)
        out.append(Merged(at, one | two, f"d{at}") if draw(st.booleans()) else Parted(at, one, two, f"d{at}"))
    return out


@given(events())
def test_nothing_together_is_apart_and_the_last_word_on_each_pair_holds(made: list[Merged | Parted]) -> None:
    level = replayed(made)
    home = {one: members for members, _ in level.blocks for one in members}
    assert sum(len(members) for members, _ in level.blocks) == len(home)
    for wall in level.walls:
        for a in wall.one:
            assert not wall.other & home.get(a, frozenset((a,)))
    if made:
        last = made[-1]
        if isinstance(last, Merged):
            assert all(home[one] >= last.members for one in last.members if len(last.members) > 1)
        else:
            assert all(b not in home.get(a, ()) for a in last.one for b in last.other - last.one)


def test_the_table_says_what_is_not_done_and_what_to_do_instead() -> None:
    claim, other, said = subject(CLAIM, "c1", "s1", "s2"), subject(CLAIM, "c2", "s3"), subject(STATEMENT, "s1")
    assert allowed(Verb.REJECT, [said, subject(SubjectKind.FIGURE, "f1")], "") is None
    assert allowed(Verb.REJECT, [claim, said], "") is None
    assert allowed(Verb.REJECT, [claim, other], "") is None
    assert "not rejected" in (allowed(Verb.REJECT, [claim], "") or "")
    assert allowed(Verb.MERGE, [claim, other], "") is None
    assert allowed(Verb.MERGE, [claim, said], "")
    assert allowed(Verb.MERGE, [claim], "")
    assert allowed(Verb.MERGE, [claim, claim], "")
    assert allowed(Verb.SPLIT, [claim, said], "") is None
    assert allowed(Verb.SPLIT, [claim, other], "") is None
    assert allowed(Verb.SPLIT, [claim, subject(STATEMENT, "s7")], "")
    assert allowed(Verb.SPLIT, [other, subject(STATEMENT, "s3")], "")
    assert allowed(Verb.SPLIT, [said, claim], "")
    assert allowed(Verb.REATTRIBUTE, [said], "") is None
    assert allowed(Verb.REATTRIBUTE, [claim], "Oda Renn")
    assert allowed(Verb.RENAME, [claim], " ")
    assert allowed(Verb.RENAME, [claim], "The boats") is None
    assert allowed(Verb.RENAME, [said], "The boats")
    assert allowed(Verb.NOTE, [said], "look again") is None
    assert allowed(Verb.CONFIRM, [], "")
    assert allowed(Verb.CONFIRM, [said], "yes")
    assert allowed(Verb.UNDO, [subject(SubjectKind.DECISION, "d1")], "") is None
    assert allowed(Verb.UNDO, [said], "")
    assert allowed(Verb.MERGE, [subject(SubjectKind.DECISION, "d1"), subject(SubjectKind.DECISION, "d2")], "")
