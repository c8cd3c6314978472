"""Asking a case in words of one's own: the statement that says most nearly the same, or nothing."""

from __future__ import annotations

import pytest
from tracing_cases import Said, pile, report

from headwater.model import Statement
from headwater.reading import vectors
from headwater.tracing import nearest

RATS = "There is an empty grain store with rats in it"
RIBS = "Three men who were released were treated for broken ribs"
BREAD = "The price of bread in the river towns has doubled since harvest"


@pytest.fixture
def said() -> list[Statement]:
    case = pile(*(report(f"{words}. Rain fell.", Said(words, "Ilan Torv")) for words in (RATS, RIBS, BREAD)))
    return [statement for reading in case.readings for statement in reading.statements]


def test_most_of_the_words_are_enough_without_an_encoder(said: list[Statement]) -> None:
    found = nearest(said, "released men treated for ribs that were broken")
    assert found is not None
    assert found.text == RIBS


def test_meaning_is_enough_where_the_encoder_finds_it(said: list[Statement]) -> None:
    asked = "No jail, just a vacant barn full of rodents and rats"
    assert nearest(said, asked) is None
    found = nearest(said, asked, vectors)
    assert found is not None
    assert found.text == RATS


@pytest.mark.parametrize("asked", ["the ferry sails on Tuesday", "…", "Torv"])
def test_nothing_is_offered_where_nothing_is_near(said: list[Statement], asked: str) -> None:
    assert nearest(said, asked, vectors) is None


def test_an_empty_case_offers_nothing() -> None:
    assert nearest([], RATS, vectors) is None
