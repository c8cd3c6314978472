"""Which utterance, origin and claim a statement or figure belongs to: the case's lists, turned round.

Only looks up what the case says; where two records hold the same thing the first in case order counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from headwater.model import Case, Chain, Origin


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Look-ups from the id of a statement, figure or mention to what it belongs to."""

    mentions: dict[str, str]
    utterance_of: dict[str, str]
    origins: dict[str, Origin]
    statement_origins: dict[str, str]
    origin_of_figure: dict[str, str]
    claim_of_figure: dict[str, str]
    chains: dict[str, Chain]

    @classmethod
    def of(cls, case: Case) -> Whereabouts:
        """Turn the lists of `case` round."""
        traced = case.traced
        by_origin = _first((each, origin.id) for origin in traced.origins for each in origin.statements)
        by_utterance = _first(
            (each, utterance.origin)
            for utterance in traced.utterances
            if utterance.origin
            for each in utterance.statements
        )
        return cls(
            mentions={each.id: each.text for reading in case.readings for each in reading.mentions},
            utterance_of=_first(
                (each, utterance.id) for utterance in traced.utterances for each in utterance.statements
            ),
            origins={origin.id: origin for origin in traced.origins},
            statement_origins={**by_utterance, **by_origin},
            origin_of_figure=_first((each, origin.id) for origin in traced.origins for each in origin.figures),
            claim_of_figure=_first((each, claim.id) for claim in case.weighed.claims for each in claim.figures),
            chains={chain.statement: chain for chain in traced.chains},
        )

    def origin_of_statement(self, statement: str) -> Origin | None:
        """The origin that lists the statement, else the origin of its utterance, else None."""
        return self.origins.get(self.statement_origins.get(statement, ""))

    def mention_text(self, mention: str | None) -> str | None:
        """The words of a resolved mention; None for "source not clear"."""
        return self.mentions.get(mention) if mention else None


def _first(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    out: dict[str, str] = {}
    for key, value in pairs:
        out.setdefault(key, value)
    return out
