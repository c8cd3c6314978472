"""How the stages of the engine are told: as steps with a count, a rate and the time left, and timed for the record."""

from __future__ import annotations

import time

from headwater.pipeline.outcomes import Ending, Outcome, Progress, Step

# The longer stages in words for a person; the names of the others do.
_WORDS = {
    "reports": "numbering reports",
    "tokens": "words of reports",
    "prints": "fingerprints",
    "frequency": "counting fingerprints",
    "met": "shared fingerprints",
    "furniture": "furniture of outlets",
    "anchors": "weighing fingerprints",
    "candidates": "pairs worth a look",
    "paired": "texts of the pairs",
    "boxes": "aligning pairs",
    "typed": "kinds of passages",
    "spans": "places in the texts",
    "marks": "telling words",
    "grouped": "stories",
    "postings": "index of words",
}


class StageProgress:
    """Hears of the stages of one piece of work, tells a Progress, and keeps the seconds that each took."""

    def __init__(self, progress: Progress, step: Step) -> None:
        self._progress = progress
        self._step = step
        self._stage: str | None = None
        self._began = 0.0
        self.seconds: dict[str, float] = {}

    def __call__(self, stage: str, done: int, of: int) -> None:
        """Take note that `done` of `of` units of a stage are finished; a new name begins a new stage."""
        if stage != self._stage:
            self.end()
            self._stage, self._began = stage, time.perf_counter()
            self._progress.begin(self._step)
        if of:
            self._progress.advance(self._step, done, of, _WORDS.get(stage, stage))

    def end(self) -> None:
        """The stage that was told of last is over."""
        if self._stage is not None:
            seconds = time.perf_counter() - self._began
            self.seconds[self._stage] = round(seconds, 3)
            self._progress.end(Outcome(self._step, Ending.DONE, 0, seconds, 0.0))
            self._stage = None
