"""One testimony as several reports tell it: each detail, how each report renders it, and what changed on the way.

Every rendering is set beside one reference; the reference is the earliest and fullest, not the right one.
"""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.spans import Place
from headwater.model.words import ChangeKind, Rendering


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a report has otherwise: its words at `here`, those of the reference at `there`.

    `effect` is CHANGED, HARDENED or SOFTENED.
    """

    kind: ChangeKind
    effect: Rendering
    here: Place
    there: Place


@dataclass(frozen=True, slots=True)
class Retold:
    """How one report renders a detail: the statements that do, and each change beside the reference.

    What the report prints again in the same words or fewer (a headline, a pull quote) is not among `statements`.
    """

    report: str
    statements: tuple[str, ...]
    rendering: Rendering
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of a testimony. `utterances` has more than one id where near renderings stay apart (a divergence).

    `reference` is the report whose rendering the others are compared with. Reports that lack the detail are not in
    `retold`.
    """

    utterances: tuple[str, ...]
    reference: str
    retold: tuple[Retold, ...]

    @property
    def worst(self) -> Rendering:
        """The gravest of CHANGED, HARDENED and SOFTENED among the renderings; KEPT when there is none."""
        found = {each.rendering for each in self.retold}
        return next(
            (each for each in (Rendering.CHANGED, Rendering.HARDENED, Rendering.SOFTENED) if each in found),
            Rendering.KEPT,
        )


@dataclass(frozen=True, slots=True)
class Retelling:
    """The testimony of one origin in two or more reports. `details` are in the order in which it is told."""

    id: str
    origin: str
    reports: tuple[str, ...]
    details: tuple[Detail, ...]
