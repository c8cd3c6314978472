"""Invented reports that overlap as news of a season does: stories long and short, speakers met everywhere, wire copy.

For measuring how tracing and weighing grow, never quality; the same for the same seed. Against 2,000 consecutive
American reports of a real spring these have about as many statements, figures and sources a report, and as much wording
that several print. Nobody and nothing is real.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from synthetic import Writer

_OUTLETS, _SPEAKERS, _AGENCIES = 60, 80, 3
_A_STORY = 15  # reports, on average; a few stories have hundreds
_RUNNING = 40  # stories that reports are written about at one time
_COPIED = 0.3  # of the reports print an agency's text
_OFFICES = "Governor Mayor Senator Minister Judge Doctor Professor Colonel".split()
_ACTS = "detained beaten evicted arrested killed injured released shot".split()
_WHO = "dockers teachers farmers students nurses miners protesters officers residents".split()
_STOCK = (
    "“We do not know yet,” {s} said.", "“It is a difficult time for all of us,” {s} said.", "{s} declined to comment.",
    "{s} did not respond to a request for comment.", "“I have nothing to say about that,” {s} told reporters.",
)  # fmt: skip
_QUOTED = ("“{q},” {s} said.", "“{q},” {s} told reporters on {d}.", "{s} said: “{q}.”", "“{q},” said {s}.")
_RETOLD = ("{s} said that {q}.", "{s} told reporters that {q}.", "According to {s}, {q}.")


class Story(NamedTuple):
    """What its reports share: where, what was said and by whom, the agency's text, and a number that grows."""

    place: str
    agency: str
    said: tuple[tuple[int, str], ...]
    wire: tuple[str, ...]
    act: str
    who: str
    number: int


class Season(Writer):
    """Makes the reports of one seed in the order of their days."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._outlets = [f"The {self._name()} {self._chance.choice(('Post', 'Times'))}" for _ in range(_OUTLETS)]
        self._agencies = [f"{self._name()} Press" for _ in range(_AGENCIES)]
        self._people = [
            (self._chance.choice(_OFFICES), self._name(), f"{self._name()}{n}")
            for n in "abcdefghij" * (_SPEAKERS // 10)
        ]
        self._renown = list(accumulate(1 / rank for rank in range(1, _SPEAKERS + 1)))

    def reports(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Yield outlet, day of publication and text of each report."""
        running: list[Story] = []
        for index in range(number):
            if not running or self._chance.random() < 1 / _A_STORY:
                running = [*running, self._story()][-_RUNNING:]
            weights = [1 / rank for rank in range(1, len(running) + 1)]
            story = self._chance.choices(running, weights)[0]
            day = f"2031-{4 + index * 3 // number:02}-{1 + index * 84 // number % 28:02}"
            yield self._chance.choice(self._outlets), day, self._report(story)

    def _story(self) -> Story:
        said = tuple((self._speaker(), self._saying()) for _ in range(8))
        return Story(
            place=self._name(),
            agency=self._chance.choice(self._agencies),
            said=said,
            wire=tuple(self._paragraph(self._chance.choice(said)) for _ in range(14)),
            act=self._chance.choice(_ACTS),
            who=self._chance.choice(_WHO),
            number=self._chance.randint(3, 90),
        )

    def _speaker(self) -> int:
        return self._chance.choices(range(_SPEAKERS), cum_weights=self._renown)[0]

    def _saying(self) -> str:
        return f"We {self._deed()} and we {self._deed()}, and {self._sentence()[:-1].lower()}"

    def _report(self, story: Story) -> str:
        chance = self._chance
        counted = f"At least {story.number + chance.randint(0, 9)} {story.who} were {story.act} in {story.place}"
        parts = [counted, f"{counted}, officials said on Friday."]
        if chance.random() < _COPIED:
            parts += [*story.wire[: chance.randint(5, len(story.wire))], f"({story.agency})"]
        parts += [self._paragraph(one) for one in chance.sample(story.said, chance.randint(2, 5))]
        parts += [self._paragraph((self._speaker(), self._saying())) for _ in range(chance.randint(4, 10))]
        parts.append(chance.choice(_STOCK).format(s=self._called(self._speaker())))
        parts += [" ".join(self._sentence() for _ in range(chance.randint(2, 4))) for _ in range(chance.randint(4, 12))]
        return "\n\n".join(parts) + "\n"

    def _paragraph(self, said: tuple[int, str]) -> str:
        """A saying as one report prints it, whole or trimmed, quoted or retold, beside sentences of its own."""
        chance, (speaker, words) = self._chance, said
        cut = words.split(", and ")[0] if chance.random() < 0.4 else words
        retold = chance.random() < 0.3
        pattern = chance.choice(_RETOLD if retold else _QUOTED)
        told = cut.replace("We ", "they ").replace(" we ", " they ") if retold else cut
        return f"{pattern.format(q=told, s=self._called(speaker), d='Monday')} {self._sentence()} {self._sentence()}"

    def _called(self, speaker: int) -> str:
        office, first, last = self._people[speaker]
        return self._chance.choice((f"{office} {first} {last}", f"{first} {last}", f"{office} {last}", last))
