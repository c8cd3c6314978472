"""Near renderings of one source that stay two utterances: a divergence, and only where nothing else differs."""

from __future__ import annotations

import pytest
from tracing_cases import Said, pile, report, together

from headwater.model import ChangeKind, Reading, Report, Stance, Traced

WHO = "Ines Varrow"
CABINS = "They locked three of the lower cabins from the outside before the ferry left"
KNOWN = "We waited for the coastguard under the broken lanterns of the upper deck"
_Item = tuple[Report, Reading]


def carried(*words: str, who: str | None = WHO, day: int = 3, told: str = "the Brenmoor Gazette") -> _Item:
    """One report in which somebody tells the Gazette a sentence that both reports share, and `words`."""
    text = " ".join(f"“{each},” said {who}." for each in (KNOWN, *words)) + f" That was told to {told}."
    said = [Said(each, who, told=told, stance=Stance.ASSERTS) for each in (KNOWN, *words)]
    return report(text, *said, outlet=f"Outlet {day}", day=f"2034-02-0{day}")


def traced(one: _Item, two: _Item) -> Traced:
    return pile(one, two).traced()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (CABINS.replace("three", "five"), ChangeKind.NUMBER),
        (CABINS.replace("They locked", "Nobody locked"), ChangeKind.NEGATION),
    ],
)
def test_the_same_rendering_but_for_one_thing_is_a_divergence(words: str, kind: ChangeKind) -> None:
    one, two = carried(CABINS), carried(words, day=4)
    found = traced(one, two)
    (apart,) = found.divergences
    assert apart.kinds == (kind,)
    texts = {s.id: s.text for _, reading in (one, two) for s in reading.statements}
    assert (texts[apart.a], texts[apart.b]) == (CABINS, words)
    assert [place.span.of(item[0].text) for place, item in zip(apart.reason.places, (one, two), strict=True)] == [
        CABINS,
        words,
    ]
    assert "Outlet 3" in apart.reason.text
    assert together(found, [one[1], two[1]]) == [{KNOWN}], "they must stay two utterances"


def test_a_name_and_an_age_diverge_too() -> None:
    words = "The mate threw the only radio overboard near Sellick harbour and laughed"
    (apart,) = traced(carried(words), carried(words.replace("Sellick", "Ostwick"), day=4)).divergences
    assert apart.kinds == (ChangeKind.NAME,)
    words = "My cousin carried a 12-year-old boy to the upper deck of the ferry"
    (apart,) = traced(carried(words), carried(words.replace("12", "9"), day=4)).divergences
    assert apart.kinds == (ChangeKind.AGE,)


@pytest.mark.parametrize(
    "words",
    [
        CABINS,
        CABINS.replace("three", "3"),
        CABINS.replace("They locked three", "At least three were locked"),
        "They burned five of the fishing boats below the lighthouse",
        CABINS.replace("three", "five")
        + ", and the mate and the stokers carried every lifejacket, blanket, lantern, kettle and cask of water "
        "across the gangway to sell them to the innkeepers of the old quarter",
    ],
)
def test_the_same_number_or_another_sentence_diverges_from_nothing(words: str) -> None:
    assert traced(carried(CABINS), carried(words, day=4)).divergences == ()


def test_to_deny_one_thing_and_to_say_another_is_no_divergence() -> None:
    words = "I recall mentioning the lanterns of the upper deck before the ferry left"
    other = "I do not recall mentioning the lanterns of the upper deck before the quarrel"
    assert traced(carried(words), carried(other, day=4)).divergences == ()
    same = words.replace("I recall", "I do not recall")
    assert traced(carried(words), carried(same, day=4)).divergences != ()


def test_what_the_other_report_has_as_well_diverges_from_nothing() -> None:
    five = CABINS.replace("three", "five")
    assert traced(carried(CABINS), carried(five, CABINS, day=4)).divergences == ()
    assert traced(carried(CABINS), carried(five, day=4)).divergences != ()


def test_two_sources_do_not_diverge_they_disagree() -> None:
    five = CABINS.replace("three", "five")
    other = carried(five, who="Osric Tamm", day=4, told="the Calder Coast News")
    assert traced(carried(CABINS), other).divergences == ()


def test_the_order_of_the_reports_changes_nothing() -> None:
    one, two = carried(CABINS), carried(CABINS.replace("three", "five"), day=4)
    assert traced(one, two).divergences == traced(two, one).divergences
