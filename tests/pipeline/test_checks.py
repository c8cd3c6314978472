"""In = out + set aside, asserted on every run: each way of losing or inventing something is caught."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hand_made import hand_made_case

from headwater.errors import InternalError
from headwater.model import Case, Origin, SetAside, SetAsideKind, Span
from headwater.pipeline.checks import check_case, check_received


@pytest.fixture
def case() -> Case:
    """A small sound case."""
    return hand_made_case()


def test_a_sound_case_passes(case: Case) -> None:
    check_received(case.received)
    check_case(case)


def aside(file: str) -> SetAside:
    """Return a file that was set aside."""
    return SetAside(file, SetAsideKind.EMPTY, "it is empty")


def lose_a_file(case: Case) -> Case:
    """A file that came in and is nowhere."""
    return replace(case, received=replace(case.received, files=(*case.received.files, "lost.txt")))


def count_a_file_twice(case: Case) -> Case:
    """A report that is also set aside."""
    return replace(case, received=replace(case.received, set_aside=(aside("a.txt"),)))


def hide_a_copy(case: Case) -> Case:
    """A report that names a copy which was not set aside."""
    first = case.received.reports[0]
    info = replace(first.info, files=("a.txt", "copy.txt"))
    reports = (replace(first, info=info), *case.received.reports[1:])
    return replace(case, received=replace(case.received, reports=reports))


def lose_an_original(case: Case) -> Case:
    """A report without its bytes."""
    return replace(case, received=replace(case.received, originals=case.received.originals[1:]))


def lose_a_reading(case: Case) -> Case:
    """A report that was not read."""
    return replace(case, readings=case.readings[:-1])


def swap_readings(case: Case) -> Case:
    """Readings in another order than the reports."""
    return replace(case, readings=case.readings[::-1])


def lose_a_statement(case: Case) -> Case:
    """A statement that is in no utterance."""
    utterance = case.traced.utterances[0]
    fewer = replace(utterance, statements=utterance.statements[:1])
    return replace(case, traced=replace(case.traced, utterances=(fewer,)))


def use_a_statement_twice(case: Case) -> Case:
    """A statement in two utterances."""
    utterance = case.traced.utterances[0]
    again = replace(utterance, id="ut-2", statements=utterance.statements[:1])
    return replace(case, traced=replace(case.traced, utterances=(utterance, again)))


def lose_an_origin(case: Case) -> Case:
    """An utterance whose origin is not there."""
    kept: tuple[Origin, ...] = case.traced.origins[1:]
    return replace(case, traced=replace(case.traced, origins=kept))


def move_a_place(case: Case) -> Case:
    """A statement that points beyond its text."""
    first = case.readings[0]
    beyond = replace(first.statements[0], content=(Span(0, 9999),))
    return replace(case, readings=(replace(first, statements=(beyond,)), *case.readings[1:]))


@pytest.mark.parametrize(
    "damage",
    [
        lose_a_file,
        count_a_file_twice,
        hide_a_copy,
        lose_an_original,
        lose_a_reading,
        swap_readings,
        lose_a_statement,
        use_a_statement_twice,
        lose_an_origin,
        move_a_place,
    ],
)
def test_every_loss_is_caught(case: Case, damage: Callable[[Case], Case]) -> None:
    with pytest.raises(InternalError, match="does not come out") as told:
        check_case(damage(case))
    assert told.value.exit_code == 70
