"""What stands first: every claim in one place at most, denials as one each, ages never."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_story import invented_case

from headwater.dossier.leading import leading
from headwater.model import Case, Relation


@pytest.fixture(scope="module")
def case() -> Case:
    return invented_case()


def test_no_claim_stands_first_twice(case: Case) -> None:
    first = leading(case)
    assert first.echo is not None
    told = [first.echo, *first.beside, *(each.claim for each in first.figures)]
    told += [claim for story in first.stories for claim in story]
    assert len({claim.id for claim in told}) == len(told)
    assert {claim.id for claim in told} <= {claim.id for claim in case.weighed.claims}


def test_a_denial_is_shown_once_in_all_its_wordings(case: Case) -> None:
    (denial,) = leading(case).denials
    assert len(denial.wordings) == len(denial.reports) == 4
    assert [claim.text.split()[0] for claim in denial.claims] == ["They"]


def test_the_versions_of_a_figure_are_told_from_the_smallest(case: Case) -> None:
    missing = next(each for each in leading(case).figures if len(each.versions) == 2)
    assert [version[0].low for version in missing.versions] == sorted(
        version[0].low or 0 for version in missing.versions
    )


@pytest.mark.parametrize(
    ("relation", "reason", "label", "note"),
    [
        (
            Relation.CONFLICT,
            "“5” (A) and “7” (B): both count boats; both cannot hold.",
            "conflict",
            "both cannot hold.",
        ),
        (Relation.UPDATE, "“5” (A) and “7” (B): both count boats; B is later.", "later count", "B is later."),
        (Relation.COMPATIBLE, "“5” (A) and “7” (B): both count boats; may be a later count.", "later count", "may be"),
        (Relation.COMPATIBLE, "“5” (A) and “7” (B): both count boats; the bounds allow both.", "", ""),
    ],
)
def test_a_comparison_is_told_where_it_says_something(
    case: Case, relation: Relation, reason: str, label: str, note: str
) -> None:
    story = next(each for each in leading(case).figures if len(each.versions) == 2)
    a, b = (version[0].id for version in story.versions)
    compared = tuple(replace(each, a=a, b=b, relation=relation, reason=reason) for each in case.weighed.comparisons[:1])
    (told,) = (
        each
        for each in leading(replace(case, weighed=replace(case.weighed, comparisons=compared))).figures
        if each.claim == story.claim
    )
    assert told.label == label
    assert told.note.startswith(note)
    assert bool(told.note) == bool(label)


def test_ages_are_neither_figures_nor_stories(case: Case) -> None:
    readings = tuple(
        replace(reading, figures=tuple(replace(each, act="aged") for each in reading.figures))
        for reading in case.readings
    )
    first = leading(replace(case, readings=readings))
    assert first.figures == ()
    assert not any(claim.figures for story in first.stories for claim in story)


def test_an_empty_case_has_nothing_first(case: Case) -> None:
    bare = replace(case.weighed, claims=(), comparisons=(), patterns=())
    first = leading(replace(case, weighed=bare))
    assert (first.echo, first.figures, first.denials, first.tellings, first.stories) == (None, (), (), (), ())
