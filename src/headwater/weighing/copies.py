"""Wording that one report has from another, looked up by the places that carry a claim. Decides nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from headwater.model import Place, ReuseKind
from headwater.weighing.pile import Pile


class Copy(NamedTuple):
    """The shared passage in both reports, how many words agree, and what it is, with the agency if one is known."""

    here: Place
    there: Place
    words: int
    kind: ReuseKind
    credit: str | None


class Copies:
    """Copied wording shared by reports, looked up by a pair of them."""

    def __init__(self, pile: Pile) -> None:
        self._pairs: dict[tuple[str, str], list[Copy]] = defaultdict(list)
        for reuse in pile.traced.reuse:
            if reuse.kind.depends:
                for here, there in ((reuse.a, reuse.b), (reuse.b, reuse.a)):
                    found = Copy(here, there, reuse.words, reuse.kind, reuse.credit)
                    self._pairs[here.report, there.report].append(found)

    def covering(self, a: Place, b: Place) -> Copy | None:
        """Return the shared passage that covers at least half of both places, or None."""
        for copy in self._pairs.get((a.report, b.report), ()):
            if (
                2 * copy.here.span.shared(a.span) >= a.span.length
                and 2 * copy.there.span.shared(b.span) >= b.span.length
            ):
                return copy
        return None
