"""Invented reports in any number, the same for the same seed: for measuring time and memory, never quality.

Every dozen reports tell one invented event: they share witnesses whose words they trim, an agency copy, a denial and
a figure that grows; the rest of each report is its own. Names and most nouns, verbs and adjectives are made of
syllables, with the frequencies of a real language (a few words often, most of them rarely), because time depends on
how often unlike reports share words. Nobody and nothing is real.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

_OF_ONE_EVENT = 12
_ONSETS = "b bl br d dr f fl g gr h j k l m n p pl r s sh sk st t tr v w y z".split()
_VOWELS = "a e i o u ai ea oo".split()
_CODAS = "b d g k l m n nd nt p r rd rn s sk st t x".split()
_ACTS = "detained beaten questioned evicted searched expelled arrested fined released".split()
_WHO = "dockers teachers farmers students drivers nurses miners weavers fishermen herders clerks bakers".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SUBJECTS = ("The {n}", "The {a} {n}", "A {n}", "Some {n}s", "Two {n}s", "The {n} of {p}", "One {a} {n}", "Each {n}")
_VERBS = ("{v}ed the {n}", "was {v}ed", "had {v}ed a {a} {n}", "{v}ed", "will {v} the {n}", "could not {v} its {n}")
_TAILS = (
    "near {p}", "on {d}", "without a {n}", "after the {a} {n}", "because of its {n}", "behind the {n}",
    "for {k} days", "with {k} {n}s", "as the {n} {v}ed", "and the {n} {v}ed", "but no {n} {v}ed", "from {p}",
)  # fmt: skip
_DEEDS = ("{v}ed our {n}s", "made us {v} in the {n}", "{v}ed my brother", "left the {a} {n} behind", "{v}ed us twice")
_CUES = ("“{q},” {s} told {o}.", "{s} said: “{q}.”", "“{q},” said {s}.", "{s} told {o} that {i}.")
_LEXICON = 2500  # words of each kind


class Event(NamedTuple):
    """What the reports of one event share. A witness: name, deeds, told to."""

    place: str
    agency: str
    official: str
    witnesses: tuple[tuple[str, str, str], ...]
    copy: str
    act: str
    who: str
    number: int


def write_reports(folder: Path, number: int, *, seed: int = 20) -> None:
    """Write `number` invented reports and their reports.csv into `folder`, which must be empty."""
    rows = ["file,outlet,published"]
    for index, (outlet, day, text) in enumerate(Writer(seed).reports(number)):
        name = f"r{index:05}.txt"
        (folder / name).write_text(text, encoding="utf-8")
        rows.append(f"{name},{outlet},{day}")
    (folder / "reports.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


class Writer:
    """Makes the reports of one seed, one after another."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = {kind: [self._word() for _ in range(_LEXICON)] for kind in "nva"}
        self._weights = list(accumulate(1 / rank for rank in range(1, _LEXICON + 1)))

    def reports(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Yield outlet, day of publication and text of each report."""
        event = self._event()
        for index in range(number):
            if index and index % _OF_ONE_EVENT == 0:
                event = self._event()
            outlet = f"The {self._name()} {self._chance.choice(('Post', 'Herald', 'Voice', 'Mail'))}"
            day = f"2031-{1 + index // 28 % 12:02}-{1 + index % 28:02}"
            yield outlet, day, self._text(event, index % _OF_ONE_EVENT, outlet)

    def _event(self) -> Event:
        return Event(
            place=self._name(),
            agency=f"{self._name()} Press",
            official=f"{self._name()} {self._name()}",
            witnesses=tuple(
                (
                    f"{self._name()} {self._name()}",
                    f"{self._deed()}, and then they {self._deed()}",
                    f"Radio {self._name()}",
                )
                for _ in range(3)
            ),
            copy=" ".join(self._sentence() for _ in range(4)),
            act=self._chance.choice(_ACTS),
            who=self._chance.choice(_WHO),
            number=self._chance.randint(5, 60),
        )

    def _text(self, event: Event, within: int, outlet: str) -> str:
        chance = self._chance
        number = event.number + within * chance.randint(0, 3)
        parts = [f"{event.who.capitalize()} {event.act} in {event.place}"]
        parts.append(f"At least {number} {event.who} were {event.act} in {event.place}, residents said on Friday.")
        for name, deeds, told in chance.sample(event.witnesses, 2):
            said = deeds.partition(", and ")[0] if chance.random() < 0.4 else deeds
            cue = chance.choice(_CUES)
            parts += [self._sentence(), cue.format(q=f"They {said}", i=f"they {said}", s=name, o=told)]
        if within % 3 == 0:
            parts += [event.copy, f"- {event.agency}"]
        denial = f"Nobody was {event.act} in {event.place} and no such place exists"
        parts.append(f"A spokesman, {event.official}, denied it. “{denial},” {event.official} told {event.agency}.")
        parts += [" ".join(self._sentence() for _ in range(chance.randint(2, 4))) for _ in range(4)]
        parts.append(f"{outlet} could not independently verify the accounts.")
        return "\n\n".join(parts) + "\n"

    def _sentence(self) -> str:
        tails = [self._filled(tail) for tail in self._chance.sample(_TAILS, self._chance.randint(1, 3))]
        start = self._filled(self._chance.choice(_SUBJECTS))
        return f"{start} {self._filled(self._chance.choice(_VERBS))} {' '.join(tails)}."

    def _deed(self) -> str:
        return f"{self._filled(self._chance.choice(_DEEDS))} {self._filled(self._chance.choice(_TAILS))}"

    def _filled(self, pattern: str) -> str:
        chance = self._chance
        picked = {kind: chance.choices(words, cum_weights=self._weights)[0] for kind, words in self._words.items()}
        return pattern.format(**picked, p=self._name(), d=chance.choice(_DAYS), k=chance.randint(3, 90))

    def _word(self) -> str:
        chance = self._chance
        middle = chance.choice(_ONSETS) + chance.choice(_VOWELS) if chance.random() < 0.7 else ""
        return chance.choice(_ONSETS) + chance.choice(_VOWELS) + middle + chance.choice(_CODAS)

    def _name(self) -> str:
        return (self._word() + self._chance.choice(("", "a", "o", "ford", "mouth"))).capitalize()
