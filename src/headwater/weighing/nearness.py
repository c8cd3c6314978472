"""Which reports of a case speak of the same happening, so that their figures may be compared at all.

From names that reports share in their records; never from their texts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from headwater.model import Reading
from headwater.weighing.pile import Pile
from headwater.weighing.wording import all_names_in, names_in

_FEW = 12  # a case of so few reports is taken to be about one thing
_COMMON = 0.05  # a name in more than this share of a large case tells reports apart no longer
_NEAR = 2  # such names in common: the reports may speak of the same happening
_CLOSE = 3  # ... and even figures that differ may be of it
_NEAREST = 40


class Nearness:
    """For each report, the reports that share names with it. In a case of a dozen reports all are near."""

    def __init__(self, pile: Pile) -> None:
        self._names = {report: _names(pile, reading) for report, reading in pile.readings.items()}
        self.few = len(pile.infos) <= _FEW
        self._rank = pile.rank
        self._near = {} if self.few else _neighbours(pile, self._names)

    def near(self, a: str, b: str) -> bool:
        """Tell whether two reports may speak of the same happening."""
        return self.few or a == b or self._near.get(a, {}).get(b, 0) >= _NEAR

    def close(self, a: str, b: str) -> bool:
        """Tell whether two reports share so many names that unlike figures may be versions of one."""
        return self.few or a == b or self._near.get(a, {}).get(b, 0) >= _CLOSE

    def among(self, report: str, reports: Collection[str]) -> list[str]:
        """Return those of `reports` that are near one of them, itself included, in their order."""
        if self.few:
            return list(reports)
        around = self._near.get(report, {})
        if len(around) < len(reports):
            found = {one for one, shared in around.items() if shared >= _NEAR and one in reports} | {report}
            return sorted(found, key=lambda one: self._rank[one])
        return [one for one in reports if self.near(report, one)]

    def speaks_of(self, report: str, place: frozenset[str]) -> bool:
        """Tell whether a report uses a word of a place name anywhere in its records."""
        return not self._names.get(report, frozenset()).isdisjoint(place)


def _neighbours(pile: Pile, names: dict[str, frozenset[str]]) -> dict[str, dict[str, int]]:
    """Return for each report its nearest reports with the number of telling names they share; both ways."""
    spread = Counter(name for found in names.values() for name in found)
    ceiling = max(_FEW, _COMMON * len(pile.infos))
    holders: dict[str, list[str]] = defaultdict(list)
    for report in pile.infos:
        for name in names.get(report, ()):
            if 1 < spread[name] <= ceiling:
                holders[name].append(report)
    out: dict[str, dict[str, int]] = {report: {} for report in pile.infos}
    for report in pile.infos:
        shared: Counter[str] = Counter()
        for name in names.get(report, ()):
            shared.update(holders.get(name, ()))
        shared.pop(report, None)
        best = sorted(shared, key=lambda one: (-shared[one], pile.rank[one]))
        for one in best[:_NEAREST]:
            out[report][one] = out[one][report] = shared[one]
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
