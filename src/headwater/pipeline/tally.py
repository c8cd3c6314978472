"""What became of everything that went into a reading alone, counted. Of long lists only the head is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from headwater.model import SetAside
from headwater.pipeline.outcomes import Trouble
from headwater.pipeline.run import LOST

LISTED = 1000  # enough to see what is wrong; a million lines that are no reports must not fill the memory


@dataclass(slots=True)
class Tally:
    """Counts of a reading alone. `read` are the lines written, `resumed` those of them that a stopped run had written.

    `set_aside` and `troubles` hold the first thousand; `aside`, `lost` and `failed` count all: what was set aside, what
    of it looked like a report, and the reports on which the reader failed. `total` is what went in.
    """

    total: int = 0
    read: int = 0
    resumed: int = 0
    attributions: int = 0
    statements: int = 0
    aside: int = 0
    lost: int = 0
    failed: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """How much of what went in has had its outcome."""
        return self.read + self.aside

    @property
    def complete(self) -> bool:
        """True when everything that looks like a report was read."""
        return not self.failed and not self.lost

    def add(self, attributions: int, statements: int, trouble: Trouble | None) -> None:
        """Count a report that was read, and the trouble with it."""
        self.read += 1
        self.attributions += attributions
        self.statements += statements
        if trouble:
            self.failed += 1
            self.troubles += [trouble] if len(self.troubles) < LISTED else []

    def put_aside(self, aside: SetAside, *, line: bool) -> None:
        """Count what was set aside. A line of a file of reports always looks like a report, a file by its kind."""
        self.aside += 1
        self.lost += line or aside.kind in LOST
        self.set_aside += [aside] if len(self.set_aside) < LISTED else []
