"""A case made again from what is kept of it: reports, raw readings and decisions. What holds is asked of `deciding`."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.deciding import standing
from headwater.model import Case, Decision, Maker, Reading, Received
from headwater.pipeline.outcomes import StepRunner
from headwater.pipeline.remaking import remake
from headwater.reading import RULES, known


def made_again(
    received: Received,
    readings: Sequence[Reading],
    decisions: Sequence[Decision],
    *,
    reading_maker: Maker,
    steps: StepRunner,
) -> Case:
    """Return the case that these make; `decisions` are all that were stored, undone ones included.

    The sentence encoder is asked as when the case was traced: unless the rules alone read it. Raises as `remake` does.
    """
    return remake(
        received,
        readings,
        standing(decisions).holding,
        reading_maker=reading_maker,
        encode=reading_maker.name != known(RULES).reader.maker.name,
        steps=steps,
    )
