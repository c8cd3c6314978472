"""Holding off the search for circular garbage, and letting it go on as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from headwater.model import uncollected


@pytest.fixture(params=["on", "off"])
def was_on(request: pytest.FixtureRequest) -> Iterator[bool]:
    before = gc.isenabled()
    on = request.param == "on"
    (gc.enable if on else gc.disable)()
    yield on
    (gc.enable if before else gc.disable)()


def test_it_is_held_off_within_and_afterwards_as_before(was_on: bool) -> None:  # noqa: FBT001 - a fixture
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() is was_on


def test_an_error_lets_it_go_on(was_on: bool) -> None:  # noqa: FBT001 - a fixture
    @uncollected()
    def fails() -> None:
        assert not gc.isenabled()
        raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert gc.isenabled() is was_on
