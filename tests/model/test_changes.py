"""What two renderings have differently: each kind of change, both ways, and beside each a control that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import ChangeKind, Rendering, likened

CHANGED, HARDENED, SOFTENED = Rendering.CHANGED, Rendering.HARDENED, Rendering.SOFTENED
_OPPOSITE = {CHANGED: CHANGED, HARDENED: SOFTENED, SOFTENED: HARDENED}


def told(here: str, there: str, *, quoted: bool = True) -> list[tuple[ChangeKind, Rendering, str, str]]:
    found = likened(here, there, quoted=quoted).differences
    return [(each.kind, each.effect, each.here.of(here), each.there.of(there)) for each in found]


@pytest.mark.parametrize(
    ("there", "here", "expected"),
    [
        (
            "The guards may have beaten the ferryman",
            "The guards had beaten the ferryman",
            (ChangeKind.HEDGE, HARDENED, "had beaten", "may have beaten"),
        ),
        (
            "The guards reportedly burned the ferry",
            "The guards burned the ferry",
            (ChangeKind.HEDGE, HARDENED, "burned", "reportedly burned"),
        ),
        (
            "I think the guards burned the ferry",
            "The guards burned the ferry",
            (ChangeKind.HEDGE, HARDENED, "The guards", "I think the guards"),
        ),
        (
            "They burned the ferry, I think",
            "They burned the ferry",
            (ChangeKind.HEDGE, HARDENED, "the ferry", "ferry, I think"),
        ),
        (
            "About forty men crossed the river",
            "Forty men crossed the river",
            (ChangeKind.BOUND, HARDENED, "Forty men", "About forty men"),
        ),
        (
            "Up to forty men crossed the river",
            "At least forty men crossed the river",
            (ChangeKind.BOUND, HARDENED, "At least forty men", "Up to forty men"),
        ),
        (
            "Dozens of men crossed the river",
            "Thirty men crossed the river",
            (ChangeKind.NUMBER, HARDENED, "Thirty men", "Dozens of men"),
        ),
        (
            "They locked three of the lower cabins",
            "They locked five of the lower cabins",
            (ChangeKind.NUMBER, CHANGED, "five of the lower cabins", "three of the lower cabins"),
        ),
        (
            "The guards took a 12-year-old boy away",
            "The guards took a nine-year-old boy away",
            (ChangeKind.AGE, CHANGED, "nine-year-old", "12-year-old"),
        ),
        (
            "They crossed the river on 4 October by ferry",
            "They crossed the river on 9 October by ferry",
            (ChangeKind.DAY, CHANGED, "9", "4"),
        ),
        (
            "They crossed the river on Monday by ferry",
            "They crossed the river on Friday by ferry",
            (ChangeKind.DAY, CHANGED, "Friday", "Monday"),
        ),
        (
            "They left the ferry near Sellick harbour",
            "They left the ferry near Ostwick harbour",
            (ChangeKind.NAME, CHANGED, "Ostwick", "Sellick"),
        ),
        (
            "The guards did not burn the ferry",
            "The guards did burn the ferry",
            (ChangeKind.NEGATION, CHANGED, "did burn", "not burn"),
        ),
        (
            "Nothing burned on the ferry that night",
            "It burned on the ferry that night",
            (ChangeKind.NEGATION, CHANGED, "It burned", "Nothing burned"),
        ),
    ],
)
def test_each_change_is_seen_with_its_words_and_turned_round_the_other_way(
    there: str, here: str, expected: tuple[ChangeKind, Rendering, str, str]
) -> None:
    assert told(here, there) == [expected]
    kind, effect, ours, theirs = told(here, there)[0]
    assert told(there, here) == [(kind, _OPPOSITE[effect], theirs, ours)]


@pytest.mark.parametrize(
    ("there", "here"),
    [
        # numbers: written otherwise, in another place, of something else
        ("Two dozen men crossed the river", "24 men crossed the river"),
        ("At least three men crossed the river", "Three or more men crossed the river"),
        ("They waited at least two weeks on the ferry", "They waited two weeks at least on the ferry"),
        ("More than thirty men crossed the river", "Over 30 men crossed the river"),
        ("Between 20 and 30 men crossed the river", "30 or 20 men crossed the river"),
        (
            "They took 5 boys on the ferry and 7 boys on the pier",
            "They took 7 boys on the ferry and 5 boys on the pier",
        ),
        ("The guards took 12 boys away", "The guards took 3 girls away"),
        ("They crossed the river at 5.10am by ferry", "They crossed the river at 5:10 a.m. by ferry"),
        ("One of the guards burned the ferry", "A guard burned the ferry"),
        # names: slips, adjectives, initials, titles, and who is only left out
        ("The cousin Teodor Kamilov burned the ferry", "The cousin Teodor Kamilow burned the ferry"),
        ("The guards of Marrania burned the ferry", "The guards of Marranian burned the ferry"),
        ("They told the River Crossing Board of the ferry", "They told the RCB of the ferry"),
        ("They wrote to Senator Odell about the ferry", "They wrote to Sen. Odell about the ferry"),
        ("They left the ferry near Sellick harbour", "They left the ferry near the harbour"),
        # doubts: kept in another form, moved, or trimmed away with what they were about
        ("The guards may have beaten the ferryman", "The guards might have beaten the ferryman"),
        ("The guards allegedly burned the ferry", "Allegedly, the guards burned the ferry"),
        ("The guards may have slept when the ferry burned", "the ferry burned"),
        ("The ferry could be a trap of the guards", "The ferry may be a trap of the guards"),
        ("The guards appear ready to burn the ferry", "The guards appear to be ready to burn the ferry"),
        ("They left the harbour of Sellick, Vellmarny, by ferry", "They left the harbour of Sellick, Vly, by ferry"),
        ("She believes we need a country of rivers", "we need a country of rivers"),
        ("In May the guards burned the ferry", "The guards burned the ferry"),
        # negations: written out, said with another word, or of another reach
        ("They can't leave the ferry", "They cannot leave the ferry"),
        ("The fire was nothing more than a trick of the guards", "The fire was a trick of the guards"),
        ("They did not allow the guards of the town to burn the ferry", "the guards don't burn the ferry"),
        ("They avoid words that are not fit for the river", "They use words fit for the river"),
    ],
)
def test_what_only_reads_otherwise_is_no_change(there: str, here: str) -> None:
    assert told(here, there) == []
    assert told(there, here) == []


def test_what_a_speaker_believes_may_stand_in_the_cue_of_a_retelling() -> None:
    there, here = "I think the guards burned the ferry", "The guards burned the ferry"
    assert [found[0] for found in told(here, there)] == [ChangeKind.HEDGE]
    assert told(here, there, quoted=False) == []
    assert told("The guards burned the ferry", "The guards may have burned the ferry", quoted=False) != []


def test_one_shared_word_says_nothing() -> None:
    assert told("He may have slept.", "They slept in the ferry.") == []
    assert told("5 boats", "3 boats") == []


@pytest.mark.parametrize(
    ("there", "here", "reading"),
    [
        ("They took two dozen boats’ nets", 'They took 24 boats\' "nets"', Rendering.KEPT),
        ("They took the boats and burned the nets", "They took the boats", Rendering.TRIMMED),
        ("They took the boats", "They took the boats and burned the nets", Rendering.LONGER),
        ("They took the boats away", "They have seized the boats away", Rendering.REWORDED),
        ("They took the boats and nets", "They took boats and the nets", Rendering.REWORDED),
    ],
)
def test_how_a_rendering_reads(there: str, here: str, reading: Rendering) -> None:
    assert likened(here, there).reading is reading


_PIECES = st.sampled_from(
    "the guards may have burned three five about dozens of ferries near Sellick Ostwick not reportedly on Monday . I "
    "think 12-year-old aged 9 Kamilov Kamilow".split()
)
_TEXTS = st.lists(_PIECES | st.text(max_size=3), max_size=16).map(" ".join)


@given(_TEXTS, _TEXTS)
def test_comparing_is_honest_about_places_and_turns_round(one: str, two: str) -> None:
    assert likened(one, one).differences == ()
    assert likened(one, one).reading is Rendering.KEPT
    for each in likened(one, two).differences:
        assert each.here.of(one)
        assert each.there.of(two)
        assert each.effect in _OPPOSITE
