"""Who bears a name in this case: two people of one name, two names one letter apart, one of a family who is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from headwater.model import stem
from headwater.tracing.name_parts import Name
from headwater.tracing.name_words import SAY_LITTLE
from headwater.tracing.offices import namesakes, walks
from headwater.tracing.spellings import varies

# A family name alone means the one who is named in full in so many times more reports than anybody else of that name.
PROMINENT = 4
LEAST_REPORTS = 3
# A word alone in so many times more reports than all full names that end in it is no family name.
ALONE = 2
# A spelling met in so many reports is no slip of one of them.
_SEVERAL = 2
# Fewer words beside a name may be a title or a chance.
_MUCH = 2
_HERS = frozenset(map(stem, "mrs ms miss lady madam".split()))
_HIS = frozenset(map(stem, "mr sir lord".split()))


def parted(holders: Sequence[int], names: Sequence[Name]) -> list[list[int]]:
    """Part the mentions of one name where what they tell fits two people; those that tell nothing go to the most."""
    parts: list[list[int]] = []
    told = [i for i in holders if walks(names[i])]
    for i in told:
        fitting = (part for part in parts if not any(namesakes(names[i], names[j]) for j in part))
        home = next(fitting, None)
        if home is None:
            parts.append([i])
        else:
            home.append(i)
    rest = [i for i in holders if not walks(names[i])]
    if not parts:
        return [rest]
    max(parts, key=len).extend(rest)
    return [sorted(part) for part in parts]


def spelled(names: Iterable[Name], reports: Iterable[str]) -> dict[str, int]:
    """In how many reports each spelling of a family name stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, report in zip(names, reports, strict=True):
        if name.person:
            found[name.person[-1]].add(report)
    return {word: len(where) for word, where in found.items()}


def two_spellings(a: tuple[str, ...], b: tuple[str, ...], reports: Mapping[str, int]) -> bool:
    """True when two family names a letter apart are two: no spelling varies so, and several reports print each."""
    one, two = a[-1], b[-1]
    return one != two and not varies(one, two) and min(reports.get(one, 0), reports.get(two, 0)) >= _SEVERAL


def prominent(reports: Mapping[int, int]) -> int | None:
    """The one of several bearers of a family name whom the reports mean when they give no other name, or None."""
    ranked = sorted(reports, key=lambda root: (-reports[root], root))
    if len(ranked) < 2:
        return ranked[0] if ranked else None
    first, second = reports[ranked[0]], reports[ranked[1]]
    return ranked[0] if first >= max(LEAST_REPORTS, PROMINENT * second) else None


def told_apart(a: Name, others: Sequence[Name]) -> bool:
    """True when much is told beside a family name alone and beside the others, and nothing of it agrees."""
    one = _told(a)
    theirs = [told for name in others if len(told := _told(name)) >= _MUCH]
    return len(one) >= _MUCH and bool(theirs) and not any(one & told for told in theirs)


def _told(name: Name) -> frozenset[str]:
    return (name.roles | {stem(word) for tie in name.ties for word in tie}) - SAY_LITTLE


def of_two_sexes(a: Name, others: Iterable[Name]) -> bool:
    """True when a title says that one is a woman and a title of the others that he is a man, or the reverse."""
    theirs = frozenset(role for name in others for role in name.roles)
    hers, his = bool(a.roles & _HERS), bool(a.roles & _HIS)
    return (hers and bool(theirs & _HIS) and not theirs & _HERS) or (his and bool(theirs & _HERS) and not theirs & _HIS)
