"""One act of speech across reports: what joins, and what must stay apart."""

from __future__ import annotations

import pytest
from tracing_cases import Pile, Said, pile, report, together

from headwater.model import Form, Link, LinkKind, PassageKind, SourceKind, Stance, Traced

FILLER = (
    " The market square was quiet in the morning. Traders opened their stalls late, and the ferry ran as usual. "
    "Rain is expected at the weekend. The council meets again next month to discuss the budget for roads."
)
GUARD = "a former guard"


def variants(traced: Traced) -> list[Link]:
    """The links between renderings; the filler makes links of its own."""
    return [link for link in traced.links if link.kind is LinkKind.QUOTE_VARIANT]


def two(first: Said, second: Said) -> Pile:
    return pile(
        report(f"Morning paper. {first.words} That was it.{FILLER}", first, outlet="Harbour Post", day="2021-03-01"),
        report(f"Evening paper. {second.words} No more.{FILLER}", second, outlet="Valley Times", day="2021-03-02"),
    )


def joined(first: Said, second: Said) -> bool:
    case = two(first, second)
    return bool(together(case.traced(), case.readings))


SAME_ACT = [
    ("They took the prisoners to the quarry at night.", "They took the prisoners to the quarry at night"),
    ("It dishonours every labourer in the colony's harbour.", "It dishonors every laborer in the colony’s harbor!"),
    (
        "We can't leave the valley, the soldiers burned the bridge.",
        "We cannot leave the valley; the soldiers burned the bridge.",
    ),
    ("They chained the fishermen together and made them kneel in the snow.", "chained the fishermen together"),
    (
        "They chain them up and force them to sing the anthem.",
        "They are also chained up and forced to sing the anthem.",
    ),
    ("The commander ordered us to shave the prisoners.", "the commander told them to shave the prisoners"),
]


@pytest.mark.parametrize(("one", "other"), SAME_ACT)
def test_the_same_words_of_one_unnamed_source_are_one_utterance(one: str, other: str) -> None:
    assert joined(Said(one, GUARD), Said(other, GUARD))


def test_a_pull_quote_joins_the_body_of_its_own_report() -> None:
    words = "They sealed the chapel doors with us inside"
    text = f"{words}. News from the valley. {words}, he said.{FILLER}"
    one = Said(f"{words}.", GUARD)
    two_ = Said(f"{words},", GUARD)
    case = pile(report(text, one, two_))
    assert len(together(case.traced(), case.readings)) == 1


APART = [
    ("The militia held 40 villagers in the school.", "The militia held 60 villagers in the school."),
    ("The governor ordered the shelling of the market.", "The governor did not order the shelling of the market."),
    ("We saw trucks leave the depot for Norvik before dawn.", "We saw trucks leave the depot for Sandrel before dawn."),
    ("They beat the teachers in the yard.", "They burned the harvest in the barns."),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_numbers_negation_names_and_content_keep_statements_apart(one: str, other: str) -> None:
    assert not joined(Said(one, "Ada Lorne"), Said(other, "Ada Lorne"))


def test_a_denial_and_what_it_denies_stay_apart_by_stance() -> None:
    words = "soldiers entered the clinic and took the doctors"
    assert not joined(Said(words, "Ada Lorne", stance=Stance.DENIES), Said(words + " away", "Ada Lorne"))


def test_two_named_people_with_the_same_words_stay_two_utterances() -> None:
    words = "We will not leave our homes in the valley."
    assert not joined(Said(words, "Ada Lorne"), Said(words, "Tomas Brandt"))


LONG = (
    "Armed horsemen crossed the frozen river, looted the granary, smashed the printing press, dragged the "
    "schoolmaster through gravel and drowned seven shepherds beneath the mill."
)


@pytest.mark.parametrize("words", [LONG, "They did not ask for names, they counted our children."])
def test_words_under_two_names_are_never_joined_and_always_shown_side_by_side(words: str) -> None:
    case = two(Said(words, "Ada Lorne"), Said(words, "Tomas Brandt"))
    traced = case.traced()
    assert together(traced, case.readings) == []
    assert len(traced.sources) == len(traced.origins) == 2
    (link,) = variants(traced)
    assert link.directed
    assert [utterance.reasons for utterance in traced.utterances] == [(link.reason,), (link.reason,)]
    assert link.reason.rule == "same words, two sources"
    texts = {item.id: item.text for item in case.reports}
    assert [place.span.of(texts[place.report]) for place in link.reason.places] == [words, words]
    assert all(name in link.reason.text for name in ("Harbour Post", "Ada Lorne", "Valley Times", "Tomas Brandt"))


def test_a_rendering_that_names_nobody_does_not_bring_two_names_together() -> None:
    case = pile(
        report(f"Morning paper. {LONG}{FILLER}", Said(LONG, "Ada Lorne"), outlet="Harbour Post"),
        report(f"Noon paper. {LONG}{FILLER}", Said(LONG, None), outlet="Norvik Echo"),
        report(f"Evening paper. {LONG}{FILLER}", Said(LONG, "Tomas Brandt"), outlet="Valley Times"),
    )
    traced = case.traced()
    assert sorted(len(utterance.statements) for utterance in traced.utterances) == [1, 2]
    assert any(reason.rule == "same words, two sources" for u in traced.utterances for reason in u.reasons)


def test_words_that_one_report_splits_in_two_are_shown_whole() -> None:
    halves = ("They did not ask for names.", "They counted our children.")
    a = report(
        f"“They came at dawn. {' '.join(halves)}” {FILLER}",
        Said("They came at dawn.", "Ada Lorne", quotation="q1"),
        *(Said(half, "Ada Lorne", quotation="q1") for half in halves),
        outlet="Harbour Post",
    )
    whole = "They did not ask for names, they counted our children"
    b = report(f"“{whole},” said Tomas Brandt.{FILLER}", Said(whole, "Tomas Brandt"), outlet="Valley Times")
    case = pile(a, b)
    (link,) = variants(case.traced())
    texts = {item.id: item.text for item in case.reports}
    shown = {place.report: place.span.of(texts[place.report]) for place in link.reason.places}
    assert shown == {a[0].id: " ".join(halves), b[0].id: whole}


@pytest.mark.parametrize("words", ["We do not know yet what it was.", "We will not leave."])
def test_what_two_people_may_well_both_say_is_not_set_side_by_side(words: str) -> None:
    assert variants(two(Said(words, "Ada Lorne"), Said(words, "Tomas Brandt")).traced()) == []


def test_a_caption_that_names_another_speaker_does_not_name_the_witness() -> None:
    case = two(Said(LONG, GUARD), Said(LONG, "Tomas Brandt", passage=PassageKind.CAPTION))
    traced = case.traced()
    assert together(traced, case.readings) == []
    assert len(traced.sources) == 2
    assert [link.reason.rule for link in variants(traced)] == ["same words, two sources"]


def test_two_unnamed_residents_saying_something_similar_stay_apart() -> None:
    assert not joined(
        Said("I heard a loud explosion and ran outside.", "a resident"),
        Said("I heard screaming, then an explosion near the harbour gate.", "another resident"),
    )


def test_a_statement_without_source_joins_the_same_words_and_takes_their_origin() -> None:
    words = "The convoy left the monastery with forty crates of relics before the siege began."
    case = two(Said(words, "Ada Lorne"), Said(words, None, form=Form.INDIRECT))
    traced = case.traced()
    assert len(together(traced, case.readings)) == 1
    assert len(traced.origins) == 1
    assert len(traced.origins[0].reports) == 2


def test_every_joining_keeps_a_reason_that_opens_on_both_places() -> None:
    case = two(
        Said("They took the prisoners to the quarry.", GUARD), Said("They took the prisoners to the quarry", GUARD)
    )
    (shared,) = [u for u in case.traced().utterances if len(u.statements) > 1]
    (reason,) = shared.reasons
    texts = {item.id: item.text for item in case.reports}
    assert {place.span.of(texts[place.report]).rstrip(".") for place in reason.places} == {
        "They took the prisoners to the quarry"
    }
    assert reason.rule == "same words"


def test_the_same_source_needs_less_shared_wording() -> None:
    one = "Our inspectors were refused entry to the northern barracks on Tuesday."
    other = "inspectors had been refused entry to the army camp"
    assert joined(
        Said(one, "Relief Watch", kind=SourceKind.ORGANISATION),
        Said(other, "Relief Watch", kind=SourceKind.ORGANISATION, form=Form.INDIRECT),
    )
    assert not joined(Said(one, "a resident"), Said(other, "Ada Lorne", form=Form.INDIRECT))
