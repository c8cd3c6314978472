"""What is different between two states of a case, told in the order in which an editor needs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hand_made import hand_made_case

from headwater.model import (
    Bearing,
    Case,
    Claim,
    ClaimKind,
    Reason,
    Source,
    SourceKind,
    Utterance,
)
from headwater.pipeline.differences import LINES, Difference, DifferenceKind, changes, sentences

A, B = "st-a.txt", "st-b.txt"


def claim(name: str, statements: Sequence[str] = (), *, origins: tuple[int, int] = (1, 1), **more: object) -> Claim:
    """Return a claim with the given range of origins."""
    made = Claim(
        id=name,
        text=f"words of {name},",
        kind=ClaimKind.SAID,
        statements=tuple(statements),
        figures=(),
        reports=tuple(each.replace("st-", "rep-") for each in statements),
        origins=(),
        origins_low=origins[0],
        origins_high=origins[1],
    )
    return replace(made, **more)  # type: ignore[arg-type]


def case(*claims: Claim, echo: str | None = None) -> Case:
    """Return the case made by hand with these claims."""
    made = hand_made_case()
    summary = replace(made.weighed.summary, claims=len(claims), loudest_echo=echo)
    return replace(made, weighed=replace(made.weighed, claims=claims, summary=summary))


def told(before: Case, after: Case, kind: DifferenceKind) -> list[str]:
    """Return the sentences of one kind."""
    return [each.sentence for each in changes(before, after) if each.kind is kind]


def test_nothing_is_told_of_two_states_that_are_the_same() -> None:
    same = case(claim("x", [A]), claim("y", [B]), echo="x")
    assert changes(same, same) == ()


def test_another_number_of_origins_is_told_with_both() -> None:
    before, after = case(claim("x", [A])), case(claim("x", [A, B], origins=(1, 2)))
    (found,) = (each for each in changes(before, after) if each.kind is DifferenceKind.ORIGINS)
    assert found == Difference(DifferenceKind.ORIGINS, "Origins of “words of x”: 1 → 1–2.", ("x",), "1", "1–2")


def test_who_is_new_behind_a_claim_is_named() -> None:
    made = hand_made_case()
    oda = made.traced.origins[0]
    tam = replace(oda, id="or-tam", name="Tam Brask", reports=("rep-b.txt",), statements=(B,))
    before = case(claim("x", [A], origins=(1, 1)))
    grown = replace(claim("x", [A, B], origins=(2, 2)), origins=("or-oda", "or-tam"))
    after = replace(case(grown), traced=replace(made.traced, origins=(*made.traced.origins, tam)))
    assert told(before, after, DifferenceKind.ORIGINS) == [
        "Origins of “words of x”: 1 → 2 (new: Tam Brask, told to Radio Vellmar)."
    ]


def test_by_what_two_origins_became_one_is_said() -> None:
    why = Reason("same", "Both have it from Radio Vellmar.", bearing=Bearing.JOINS)
    before, after = case(claim("x", [A, B], origins=(2, 2))), case(claim("x", [A, B], reasons=(why,)))
    assert told(before, after, DifferenceKind.ORIGINS) == [
        "Origins of “words of x”: 2 → 1. Both have it from Radio Vellmar."
    ]


def test_a_claim_under_another_id_is_found_through_what_it_is_made_of() -> None:
    before, after = case(claim("x", [A])), case(claim("z", [A, B], origins=(2, 2)))
    assert told(before, after, DifferenceKind.ORIGINS) == ["Origins of “words of z”: 1 → 2."]
    assert told(before, after, DifferenceKind.NEW) == []
    assert told(before, after, DifferenceKind.GONE) == []


def test_a_claim_that_joined_another_is_told_as_such_and_not_as_gone() -> None:
    before, after = case(claim("x", [A]), claim("y", [B])), case(claim("x", [A, B]))
    assert told(before, after, DifferenceKind.JOINED) == ["One claim now: “words of y” is told with “words of x”."]
    assert told(before, after, DifferenceKind.GONE) == []


def test_a_claim_that_was_part_of_another_is_not_told_as_new() -> None:
    before, after = case(claim("x", [A, B])), case(claim("x", [A]), claim("y", [B]))
    assert told(before, after, DifferenceKind.PARTED) == [
        "A claim of its own now: “words of y”; it was told with “words of x”."
    ]
    assert told(before, after, DifferenceKind.NEW) == []


def test_denials_that_came_and_went() -> None:
    bare, denied = case(claim("x", [A])), case(claim("x", [A], denied_by=(B,)))
    assert told(bare, denied, DifferenceKind.DENIAL) == [
        "Now denied, by “They took the boats at dawn” in The B Post: “words of x”."
    ]
    assert told(denied, bare, DifferenceKind.DENIAL) == [
        "No longer denied, as it was by “They took the boats at dawn” in The B Post: “words of x”."
    ]
    further = case(claim("x", [A], denied_by=(B, A)))
    assert told(denied, further, DifferenceKind.DENIAL) == ["Statements that deny “words of x”: 1 → 2."]


def test_a_denial_of_several_claims_is_told_once() -> None:
    bare = case(claim("x", [A]), claim("y", [B]))
    denied = case(claim("x", [A], denied_by=(B,)), claim("y", [B], denied_by=(B,)))
    (found,) = (each for each in changes(bare, denied) if each.kind is DifferenceKind.DENIAL)
    assert found.claims == ("x", "y")
    assert found.sentence.endswith("in The B Post: “words of x” and 1 more claim.")


def test_contradictions_that_came_and_went_are_told_once_a_pair() -> None:
    bare = case(claim("x", [A]), claim("y", [B]))
    against = case(claim("x", [A], contradicts=("y",)), claim("y", [B], contradicts=("x",)))
    assert told(bare, against, DifferenceKind.CONTRADICTION) == [
        "Now beside one another, and they contradict: “words of x” and “words of y”."
    ]
    assert told(against, bare, DifferenceKind.CONTRADICTION) == [
        "No longer a contradiction: “words of x” and “words of y”."
    ]
    renamed = case(claim("p", [A], contradicts=("q",)), claim("q", [B], contradicts=("p",)))
    assert told(against, renamed, DifferenceKind.CONTRADICTION) == []


def test_more_reports_on_the_same_origins_are_told() -> None:
    before, after = case(claim("x", [A])), case(claim("x", [A, B]))
    assert told(before, after, DifferenceKind.CARRIED) == ["Reports that carry “words of x”: 1 → 2, still 1 origin."]


def test_a_claim_whose_reports_were_withdrawn_is_gone_for_that_reason() -> None:
    before, after = case(claim("x", [A]), claim("y", [B])), case(claim("x", [A]))
    kept = tuple(report for report in after.received.reports if report.id != "rep-b.txt")
    without = replace(after, received=replace(after.received, reports=kept))
    assert told(before, without, DifferenceKind.GONE) == [
        "No longer in the case: “words of y”; every report that carried it was withdrawn."
    ]
    assert told(before, after, DifferenceKind.GONE) == ["No longer in the case: “words of y”."]


def test_sources_and_acts_of_speech_that_became_one() -> None:
    def with_groups(*, together: bool) -> Case:
        apart = [("1", ("men-a.txt",), (A,)), ("2", ("men-b.txt",), (B,))]
        groups = [("1", ("men-a.txt", "men-b.txt"), (A, B))] if together else apart
        made, kind = case(), SourceKind.WITNESS
        sources = tuple(
            Source(f"so-{n}", f"Oda {n}", (), kind, named=True, plural=False, mentions=m) for n, m, _ in groups
        )
        utterances = tuple(Utterance(f"ut-{n}", f"words {n}", s, None) for n, _, s in groups)
        return replace(made, traced=replace(made.traced, sources=sources, utterances=utterances))

    before, after = with_groups(together=False), with_groups(together=True)
    assert told(before, after, DifferenceKind.SOURCES) == ["One source now: “Oda 1” and “Oda 2”."]
    assert told(before, after, DifferenceKind.UTTERANCES) == ["One act of speech now: “words 1” and “words 2”."]
    assert told(after, before, DifferenceKind.SOURCES) == []


def test_the_loudest_echo_is_told_when_it_is_another_claim() -> None:
    before = case(claim("x", [A]), claim("y", [B]), echo="x")
    after = case(claim("z", [A]), claim("y", [B]), echo="z")
    assert told(before, after, DifferenceKind.ECHO) == [], "it is the same claim under another id"
    other = case(claim("x", [A]), claim("y", [B]), echo="y")
    assert told(before, other, DifferenceKind.ECHO) == ["The loudest echo is now “words of y”: 1 report, 1 origin."]


def test_a_figure_that_only_repeats_what_its_sentence_tells_stands_beside_it() -> None:
    made = hand_made_case()
    figures = tuple(
        replace(each, figures=tuple(replace(figure, statement=A) for figure in each.figures))
        for each in made.readings
        if each.report == "rep-a.txt"
    ) + tuple(each for each in made.readings if each.report != "rep-a.txt")

    def state(number: int) -> Case:
        figure = claim("f", origins=(number, number), kind=ClaimKind.FIGURE, figures=("fig-a.txt",))
        return replace(case(claim("x", [A], origins=(number, number)), figure), readings=figures)

    found = [each for each in changes(state(1), state(2)) if each.kind is DifferenceKind.ORIGINS]
    assert [(each.claims, each.beside) for each in found] == [(("x",), False), (("f",), True)]
    assert [line for line in sentences(found) if "words of f" in line] == []


def test_no_more_lines_than_fit_and_every_kind_has_its_turn() -> None:
    many = [Difference(DifferenceKind.ORIGINS, f"Origins {n}.", ("x",)) for n in range(40)]
    more = [Difference(DifferenceKind.NEW, f"New {n}.", ("x",)) for n in range(7)]
    lines = sentences([*more, *many, Difference(DifferenceKind.TOTALS, "Totals.")])
    assert len(lines) == LINES
    assert lines[0] == "Origins 0."
    assert lines[6] == "Origins 6. And 33 more like this."
    assert lines[7:] == ["New 0.", "New 1.", "New 2.", "New 3. And 3 more like this.", "Totals."]


def test_totals_say_only_what_is_another_number() -> None:
    assert told(case(claim("x", [A])), case(claim("x", [A]), claim("y", [B])), DifferenceKind.TOTALS) == [
        "Claims 1 → 2."
    ]
