"""The rules that decide whether two statements are one act of speech, rule by rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tracing_cases import Said, pile, report, together

from headwater.model import Form, SourceKind, Stance
from headwater.tracing.name_parts import parse
from headwater.tracing.names import Affinity, affinity
from headwater.tracing.roots import compound, is_light, root

FILLER = (
    " The market square was quiet in the morning. Traders opened their stalls late, and the ferry ran as usual. "
    "Rain is expected at the weekend. The council meets again next month to discuss the budget for roads."
)


def joined(first: Said, second: Said) -> bool:
    case = pile(
        report(f"Morning paper. {first.words} That was it.{FILLER}", first, outlet="Harbour Post", day="2021-03-01"),
        report(f"Evening paper. {second.words} No more.{FILLER}", second, outlet="Valley Times", day="2021-03-02"),
    )
    return bool(together(case.traced(), case.readings))


def test_what_an_outlet_says_of_its_own_work_is_no_shared_utterance() -> None:
    words = "the coastal ministry did not respond to repeated requests for comment on Tuesday"
    asked = Said(words, "a ministry", form=Form.INDIRECT, stance=Stance.DECLINES)
    assert not joined(asked, Said(words, "an agency", form=Form.INDIRECT, stance=Stance.DECLINES))


def test_a_denial_in_another_translation_joins_under_one_source() -> None:
    one = Said("You cannot arrest or beat smugglers who simply do not live in our valley.", "Ilan Torv")
    other = Said("It is impossible to beat those who do not live in the valley.", "Spokesman Ilan Torv")
    assert joined(one, other)
    assert not joined(one, Said(other.words, "Mara Quist"))


def test_a_name_and_title_inside_a_longer_retelling_is_not_enough() -> None:
    one = Said("for the testimony of former harbour commissioner Mara Quist", "one critic", form=Form.INDIRECT)
    other = Said(
        "the opposition would accept any bargain as long as voters got to hear from its dream witness, namely former "
        "harbour commissioner Mara Quist, before the summer recess",
        "party members",
        form=Form.INDIRECT,
    )
    assert not joined(one, other)


def test_two_sentences_of_one_report_with_much_in_common_stay_two() -> None:
    one = "Mr Quist brought foolish charges against our crew."
    other = "He brought foolish charges against all of you."
    text = f"Torv spoke. “{one}” Later he went on. “{other}”{FILLER}"
    case = pile(report(text, Said(one, "Ilan Torv"), Said(other, "Ilan Torv")))
    assert together(case.traced(), case.readings) == []


def test_plain_words_of_one_source_join_when_nearly_the_same() -> None:
    assert joined(Said("They just come when they like.", "Ilan Torv"), Said("They come when they like.", "Ilan Torv"))
    assert not joined(Said("They come when they like.", "Ilan Torv"), Said("They take what they get.", "Ilan Torv"))


def test_the_same_listener_makes_vague_sources_alike() -> None:
    words = "soldiers burned the granary and drove the cattle into the river"
    one = f"A farmer told Channel Nordlys that {words}."
    other = "soldiers burned the granary, then drove off cattle"
    two = f"A refugee told Channel Nordlys: {other}."
    farmer = Said(words, "A farmer", form=Form.INDIRECT, kind=SourceKind.WITNESS, told="Channel Nordlys")
    refugee = Said(other, "A refugee", kind=SourceKind.WITNESS, told="Channel Nordlys")
    case = pile(report(one + FILLER, farmer, outlet="Harbour Post"), report(two + FILLER, refugee))
    traced = case.traced()
    assert len(together(traced, case.readings)) == 1
    assert len(traced.sources) == 1
    assert traced.origins[0].told_to == "Channel Nordlys"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sent", "send", True),
        ("persecuted", "persecution", True),
        ("arrested", "detained", True),
        ("honoured", "honored", False),
        ("twelve", "12", True),
        ("5:10", "5.10", True),
        ("1,200", "1200", True),
        ("orchard", "orchestra", False),
        ("sped", "speeding", True),
        ("speed", "sped", True),
        ("agreed", "agree", True),
        ("freed", "released", True),
    ],
)
def test_roots(*, one: str, other: str, same: bool) -> None:
    assert (root(one) == root(other)) is same


def test_numbers_in_words_and_light_words() -> None:
    assert compound("20", "1") == "21"
    assert compound("20", "12") is None
    assert compound("5", "1") is None
    assert is_light("whatever")
    assert is_light(root("people"))
    assert not is_light("granary")


@pytest.mark.parametrize(
    ("text", "person", "bodies"),
    [
        ("Chief Justice Orla Vesmin", ("orla", "vesmin"), ()),
        ("Defence Ministry officials", (), (("defense", "ministry"),)),
        ("the Department of Roads and Harbours", (), (("department", "roads", "harbors"),)),
        ("Marren's Health Minister Ilan Torv", ("ilan", "torv"), ()),
        ("a spokeswoman for the Relief Watch Foundation", (), (("relief", "watch", "foundation"),)),
        ("Ilan Torv, a spokesman for Mayor Mara Quist", ("ilan", "torv"), ()),
        ("the Coastal Police's deputy chief Mara Quist", ("mara", "quist"), ()),
        ("one survivor", (), ()),
    ],
)
def test_parts_of_a_name(text: str, person: tuple[str, ...], bodies: tuple[tuple[str, ...], ...]) -> None:
    name = parse(text)
    assert name.person == person
    assert name.bodies == bodies


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a military source", "a local source", Affinity.APART),
        ("a survivor", "one man", Affinity.OPEN),
        ("a hospital nurse", "another hospital nurse", Affinity.LIKELY),
        ("Mara Quist, deputy chief of the Coastal Police", "the Coastal Police", Affinity.LIKELY),
        ("Mara Quist of Relief Watch Foundation", "the Coastal Guard Service", Affinity.APART),
        ("Mara", "Mara Quist", Affinity.LIKELY),
        ("Marrania", "the Marranian government", Affinity.SAME),
        ("officials", "the Marranian government", Affinity.LIKELY),
        ("the authorities", "the Marranian presidency", Affinity.LIKELY),
        ("hospital officials", "the Marranian government", Affinity.APART),
        ("the group Tide Watch", "Tide Watch", Affinity.SAME),
    ],
)
def test_how_words_for_sources_stand_to_each_other(one: str, other: str, expected: Affinity) -> None:
    assert affinity(parse(one), parse(other)) is expected
    assert affinity(parse(other), parse(one)) is expected


def test_a_plain_sentence_beside_a_joined_one_joins_too() -> None:
    telling, plain = "They walked my neighbour to the quarry on the third night.", "He did not come back."
    a = report(f"Post. “{telling} {plain}”{FILLER}", Said(telling, "one prisoner"), Said(plain, "one prisoner"))
    b = report(f"Times. “{telling} {plain}”{FILLER}", Said(telling, "a man"), Said(plain, "a man"), outlet="Times")
    alone = report(f"Echo. “{plain}”{FILLER}", Said(plain, "a fisherman"), outlet="Echo")
    case = pile(a, b, alone)
    traced = case.traced()
    assert sorted(len(u.statements) for u in traced.utterances) == [1, 2, 2]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nobody can say that the ferry was safe.", "Nobody can say that the ferry was not safe.", False),
        ("They like to negotiate.", "The harbour is waiting, the harbour is talking to them.", False),
        ("I signed.", "They said: sign the paper or we burn the house.", False),
        ("It was a rotten bargain.", "We shall look at the papers again, but it was a rotten bargain.", True),
    ],
)
def test_what_one_prolific_speaker_said_is_not_all_one(*, one: str, other: str, same: bool) -> None:
    assert joined(Said(one, "Ilan Torv"), Said(other, "Ilan Torv")) is same


def test_a_denial_by_stance_meets_a_denial_by_words() -> None:
    denied = Said("the captives were exchanged for militants", "Ilan Torv", form=Form.INDIRECT, stance=Stance.DENIES)
    said = Said("These captives were not exchanged for militants.", "Ilan Torv")
    assert joined(denied, said)
    assert not joined(denied, Said("These captives were exchanged for militants.", "Ilan Torv"))


def test_a_short_name_between_quotation_marks_is_no_utterance_of_two_people() -> None:
    title = "Bread for Valley Orphans"
    assert not joined(
        Said(title, "a hospital director", kind=SourceKind.EXPERT), Said(title, "the coastal militia", named=False)
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Said("I did not see that in the films that I inspected.", "Ilan Torv"),
            Said("the films were being inspected", "Ilan Torv", form=Form.INDIRECT),
        ),
        (
            Said("an honest ballot", "Ilan Torv"),
            Said("I hope we shall find a way towards an honest count of the ballot.", "Ilan Torv"),
        ),
        (
            Said("The harbour is flooded.", "Ilan Torv"),
            Said("The harbour master and his idle sons make every flood worse.", "Ilan Torv"),
        ),
        (Said("I was not aware.", "a clerk"), Said("I am not aware of any of those papers.", "Ilan Torv")),
        (Said("Bread and roses", "a placard"), Said("Bread and roses for Sandrel", "the movement", named=False)),
    ],
)
def test_a_topic_in_common_is_no_utterance(one: Said, other: Said) -> None:
    assert not joined(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Said("called it a “hollow pumpkin”", "Ilan Torv", form=Form.INDIRECT),
            Said("It is a hollow pumpkin, it is a lantern with no candle in it.", "Ilan Torv"),
        ),
        (
            Said("fight like hell for the ferry", "Ilan Torv"),
            Said("In the council we are going to fight like hell for the ferry.", "Ilan Torv"),
        ),
    ],
)
def test_a_phrase_that_stands_together_is_one_utterance_of_its_speaker(one: Said, other: Said) -> None:
    assert joined(one, other)


def test_one_event_told_by_officials_and_by_the_government_is_one_utterance() -> None:
    one = Said("it had won back 14 of the more than 90 Sandrel ferrymen seized in May", "the Marranian government")
    other = Said(
        "Raiders of the Black Oar let go 14 of the more than 90 Sandrel ferrymen seized a summer ago, raising hopes",
        None,
    )
    ministry = replace(other, who="officials", kind=SourceKind.OFFICIAL, form=Form.INDIRECT)
    bakers = replace(other, who="two bakers", kind=SourceKind.WITNESS, form=Form.INDIRECT)
    government = replace(one, kind=SourceKind.OFFICIAL, form=Form.INDIRECT)
    assert joined(government, ministry)
    assert not joined(government, bakers)
    assert not joined(government, replace(ministry, words=other.words.replace("14", "15")))


def test_the_halves_of_a_retold_sentence_may_change_places() -> None:
    one = Said("As I leave Norvik for Sandrel on a pilgrimage, I bless the harvest of our orchards.", "Ilan Torv")
    other = Said("blessed the harvest of the orchards before a pilgrimage to Sandrel", "Ilan Torv", form=Form.INDIRECT)
    assert joined(one, other)


def test_two_retold_denials_of_one_speaker_are_one() -> None:
    one = Said(
        "raiders might have been let go in return for the ferrymen", "Ilan Torv", Form.INDIRECT, stance=Stance.DENIES
    )
    other = Said("the 14 ferrymen were returned for raiders", "Ilan Torv", Form.INDIRECT, stance=Stance.DENIES)
    assert joined(one, other)
    assert not joined(replace(one, stance=Stance.ASSERTS), other)


LEAD = "a far greater load than the lock can bear"
IN_FULL = f"We believe by now that the barge carried {LEAD}"


def test_a_lead_that_quotes_a_piece_of_what_follows_speaks_of_the_same_source() -> None:
    both = report(
        f"Inspectors spoke of “{LEAD}”. A spokesman for the Lock Safety Board said: “{IN_FULL}.”",
        Said(LEAD, "Inspectors", Form.MIXED, SourceKind.OFFICIAL, named=False),
        Said(IN_FULL, "A spokesman for the Lock Safety Board", Form.DIRECT, SourceKind.OFFICIAL, named=False),
    )
    traced = pile(both).traced()
    assert len(traced.utterances) == 1
    assert len(traced.sources) == 1
    assert "prints twice" in traced.sources[0].reasons[0].text


def test_the_same_words_of_two_named_people_in_one_report_stay_two() -> None:
    both = report(
        f"Ilan Torv spoke of “{LEAD}”. Ada Lorne said: “{IN_FULL}.”",
        Said(LEAD, "Ilan Torv", Form.MIXED),
        Said(IN_FULL, "Ada Lorne", Form.DIRECT),
    )
    assert len(pile(both).traced().sources) == 2


def test_a_word_denied_and_affirmed_in_one_statement_contradicts_nothing() -> None:
    long = "Nobody will leave before the ferry since every boat must leave from the north pier to clear the valley"
    short = "Since every boat must leave from the north pier to clear the valley"
    a = report(f"Ilan Torv said: “{long}.”", Said(long, "Ilan Torv"))
    b = report(f"“{short},” Ilan Torv said.", Said(short, "Ilan Torv"))
    assert len(pile(a, b).traced().utterances) == 1


FULL = "We will rebuild the lighthouse and the harbour wall before the winter storms come"


@pytest.mark.parametrize(
    ("second", "form", "day", "same"),
    [
        ("the lighthouse and the harbour wall", Form.INDIRECT, "2021-03-03", True),
        ("the lighthouse and the harbour wall", Form.INDIRECT, "2021-05-03", False),
        (FULL, Form.DIRECT, "2021-05-03", True),
        ("rebuild the lighthouse and the harbour wall before the winter storms", Form.DIRECT, "2021-05-03", True),
        ("the lighthouse", Form.DIRECT, "2021-05-03", False),
    ],
    ids=["a phrase, days later", "a phrase, weeks later", "all of it, weeks later", "most of it", "two words of it"],
)
def test_what_one_speaker_said_weeks_apart_is_one_act_only_nearly_word_for_word(
    second: str, form: Form, day: str, *, same: bool
) -> None:
    a = report(f"One. {FULL}.{FILLER}", Said(FULL, "Ilan Torv"), outlet="Harbour Post", day="2021-03-01")
    b = report(f"Two. {second}. No more.", Said(second, "Ilan Torv", form), outlet="Valley Times", day=day)
    assert (len(pile(a, b).traced().utterances) == 1) is same
