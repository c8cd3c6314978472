"""Which reports of a case speak of the same happening, so that their figures may be compared at all.

From names that reports share in their records; never from their texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from headwater.model import Reading
from headwater.weighing.pile import Pile
from headwater.weighing.wording import all_names_in, names_in

_FEW = 12  # a case of so few reports is taken to be about one thing
_COMMON = 0.2  # a name in more than this share of a large case tells reports apart no longer
_NEAREST = 40


class Nearness:
    """For each report, the reports that share names with it. In a case of a dozen reports all are near."""

    def __init__(self, pile: Pile) -> None:
        self._names = {report: _names(pile, reading) for report, reading in pile.readings.items()}
        self._near = _neighbours(pile, self._names) if len(pile.infos) > _FEW else None

    def near(self, a: str, b: str) -> bool:
        """Tell whether the figures of two reports may be compared."""
        return a == b or self._near is None or b in self._near[a] or a in self._near[b]

    def speaks_of(self, report: str, place: frozenset[str]) -> bool:
        """Tell whether a report uses a word of a place name anywhere in its records."""
        return not self._names.get(report, frozenset()).isdisjoint(place)


def _neighbours(pile: Pile, names: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    spread = Counter(name for found in names.values() for name in found)
    ceiling = max(_FEW, _COMMON * len(pile.infos))
    holders: dict[str, list[str]] = defaultdict(list)
    for report in pile.infos:
        for name in names.get(report, ()):
            if 1 < spread[name] <= ceiling:
                holders[name].append(report)
    out: dict[str, frozenset[str]] = {}
    for report in pile.infos:
        score: Counter[str] = Counter()
        for name in sorted(names.get(report, ())):
            for other in holders.get(name, ()):
                score[other] += 1.0 / spread[name]  # type: ignore[assignment]
        score.pop(report, None)
        best = sorted(score, key=lambda one: (-score[one], pile.rank[one]))
        out[report] = frozenset(best[:_NEAREST])
    return out


def _names(pile: Pile, reading: Reading) -> frozenset[str]:
    title = pile.infos[reading.report].title
    labels: Iterable[str] = [
        *([title.value] if title else []),
        *(mention.text for mention in reading.mentions if mention.named),
        *(figure.place for figure in reading.figures if figure.place),
    ]
    found = {name for label in labels for name in all_names_in(label)}
    for statement in reading.statements:
        found |= names_in(statement.text)
    return frozenset(name for name in found if len(name) > 2)
