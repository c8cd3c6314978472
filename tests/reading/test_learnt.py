"""What the trained reader may add to the rules and what not: told with attributions made up here, not by the model."""

from __future__ import annotations

import pytest

from headwater.model import Certainty, CueKind, PassageKind, Span
from headwater.reading.english import attribution, indirect
from headwater.reading.english.asides import Indirect
from headwater.reading.english.attribution import Attribution, Reading
from headwater.reading.english.cue_kinds import kind_of
from headwater.reading.english.learnt import further, learnt, speakers
from headwater.reading.english.quotations import find_quotations
from headwater.reading.english.tokens import sentences_of
from headwater.reading.trained.tagger import Ascribed


def part(text: str) -> Reading:
    lines, start = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    quotes = find_quotations(text, lines)
    sentences = [
        sentence
        for number, line in enumerate(lines)
        for sentence in sentences_of(text, line, number, PassageKind.BODY, quotes)
    ]
    return attribution.prepare(text, quotes, sentences)


def place(text: str, words: str) -> Span:
    assert text.count(words) == 1, words
    return Span(text.index(words), text.index(words) + len(words))


def model(
    text: str, source: str, cue: str, content: str, *, probability: float = 0.97, named: float = 0.98,
    second: str | None = None, doubt: float = 0.0,
) -> Ascribed:  # fmt: skip
    return Ascribed(
        place(text, source) if source else None,
        place(text, cue) if cue else None,
        (place(text, content),),
        probability,
        named,
        place(text, second) if second else None,
        doubt,
    )


def named(text: str, *found: Ascribed) -> dict[int, Attribution]:
    reading = part(text)
    return speakers(reading, attribution.attribute(reading), learnt(reading, found))


def told(text: str, *found: Ascribed) -> list[Indirect]:
    reading = part(text)
    return further(reading, indirect.find_indirect(reading), learnt(reading, found))


FAR = "Oda Renn opened the door. “They came at night with dogs.” Nobody else was there."


def test_a_speaker_that_no_rule_names_is_added_with_its_probability() -> None:
    assert not named(FAR)
    found = named(FAR, model(FAR, "Oda Renn", "", "“They came at night with dogs.”"))[0]
    assert found.source == place(FAR, "Oda Renn")
    assert found.certainty is Certainty.LIKELY
    assert found.probability == pytest.approx(0.97 * 0.98, abs=0.001)


@pytest.mark.parametrize(("probability", "sure"), [(0.5, 0.99), (0.99, 0.5), (0.85, 0.85)])
def test_below_the_threshold_nobody_speaks(probability: float, sure: float) -> None:
    doubtful = model(FAR, "Oda Renn", "", "“They came at night with dogs.”", probability=probability, named=sure)
    assert not named(FAR, doubtful)


def test_a_speaker_of_a_later_paragraph_is_never_handed_back() -> None:
    text = "“They came at night with dogs.”\nOda Renn opened the door."
    assert not named(text, model(text, "Oda Renn", "", "“They came at night with dogs.”"))


def test_another_source_of_which_the_model_is_sure_is_taken_as_likely_and_the_first_is_kept() -> None:
    text = "Oda Renn kept the letter in which the mayor of Oskel wrote that they “came at night with dogs”."
    reading = part(text)
    known = Attribution(place(text, "Oda Renn"), place(text, "wrote"), "write", "clause")
    found = model(text, "the mayor of Oskel", "wrote", "“came at night with dogs”")
    (one,) = speakers(reading, {0: known}, learnt(reading, [found])).values()
    assert one.source == place(text, "the mayor of Oskel")
    assert one.certainty is Certainty.LIKELY
    assert one.rival == known.source
    doubtful = model(text, "the mayor of Oskel", "wrote", "“came at night with dogs”", named=0.6)
    assert speakers(reading, {0: known}, learnt(reading, [doubtful])) == {0: known}


def test_the_subject_of_another_cue_is_not_taken_over_the_content() -> None:
    text = "Oda Renn said she was beaten, while Tomas Reld denied it all."
    (wrong, *_) = told(text, model(text, "Tomas Reld", "said", "she was beaten"))
    assert wrong.source == place(text, "Oda Renn")
    assert wrong.likely
    assert wrong.rival == place(text, "Tomas Reld")


def test_the_rules_see_one_level_deeper() -> None:
    text = "Oda Renn said she was beaten and Colonel Hesk explained she fell."
    outer = model(text, "Oda Renn", "said", "she was beaten and Colonel Hesk explained she fell")
    held = {item.content[0].of(text): item.source for item in told(text, outer)}
    assert held["she fell"] == place(text, "Colonel Hesk")


def test_who_passes_on_is_not_who_spoke() -> None:
    text = "According to Oda Renn, the colonel said: “You have no rights here.”"
    found = named(text, model(text, "Oda Renn", "According to", "“You have no rights here.”"))[0]
    assert found.source == place(text, "the colonel")


def test_indirect_speech_that_the_rules_miss_is_added() -> None:
    text = "Three men are missing from Oskel in the account of Oda Renn."
    found = told(text, model(text, "Oda Renn", "in the account of", "Three men are missing from Oskel"))
    assert [item.content[0].of(text) for item in found] == ["Three men are missing from Oskel"]
    assert found[0].probability is not None


def added(text: str, *found: Ascribed) -> list[Indirect]:
    """What the model adds where the rules found nothing at all."""
    reading = part(text)
    return further(reading, [], learnt(reading, found))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Oda Renn did not say that three men are gone.", "Oda Renn", "did not say", "three men are gone"),
        ("Oda Renn would not now say three men are gone.", "Oda Renn", "would not now say", "three men are gone"),
        ("Oda Renn could say that three men are gone.", "Oda Renn", "say", "three men are gone"),
        ("I say that three men are gone.", "I", "say", "three men are gone"),
        ("Nobody said that three men are gone.", "Nobody", "said", "three men are gone"),
        ("Oda Renn gave a short account of her time in prison.", "Oda Renn", "account of", "her time in prison"),
        ("Oda Renn hopes that three men come back.", "Oda Renn", "hopes", "three men come back"),
        ("Oda Renn intends to see that men are found.", "Oda Renn", "intends", "to see that men are found"),
    ],
)  # fmt: skip
def test_what_was_not_said_is_no_statement(text: str, source: str, cue: str, content: str) -> None:
    assert not added(text, model(text, source, cue, content))


@pytest.mark.parametrize("cue", ["said", "denied", "account"])
def test_the_same_is_added_where_it_was_said(cue: str) -> None:
    text = f"Oda Renn {cue} that three men are gone."
    assert [item.source for item in added(text, model(text, "Oda Renn", cue, "three men are gone"))] == [
        place(text, "Oda Renn")
    ]


def test_a_who_is_the_one_it_stands_for() -> None:
    text = "Guards feared Tomas Reld, who said that three men are missing."
    (item,) = added(text, model(text, "who", "said", "three men are missing"))
    assert item.source == place(text, "Tomas Reld")
    alone = "Who said that three men are missing?"
    assert not added(alone, model(alone, "Who", "said", "three men are missing"))


def test_a_near_second_source_is_kept() -> None:
    text = "Three men are missing in the account of Oda Renn and of Radio Selm."
    found = told(
        text, model(text, "Oda Renn", "in the account of", "Three men are missing", second="Radio Selm", doubt=0.4)
    )
    assert found[0].rival == place(text, "Radio Selm")


def test_thought_is_kept_as_an_attribution_only() -> None:
    text = "Oda Renn hopes that three men come back."
    reading = part(text)
    (one,) = learnt(reading, [model(text, "Oda Renn", "hopes", "three men come back")]).attributions("r")
    assert one.kind is CueKind.BELIEF
    assert one.source == (place(text, "Oda Renn"),)


@pytest.mark.parametrize(
    ("cue", "quoted", "kind"),
    [
        ("said", False, CueKind.SPEECH),
        ("according to", False, CueKind.SPEECH),
        ("has also told", False, CueKind.SPEECH),
        ("in a statement", False, CueKind.SPEECH),
        ("denied", False, CueKind.SPEECH),
        ("declined", False, CueKind.SPEECH),
        ("showed", False, CueKind.SPEECH),
        ("believes", False, CueKind.BELIEF),
        ("is expected", False, CueKind.BELIEF),
        ("wants", False, CueKind.PLAN),
        ("is planning", False, CueKind.PLAN),
        ("supports", False, CueKind.STANCE),
        ("voted against", False, CueKind.STANCE),
        ("juggled", False, CueKind.BELIEF),
        ("juggled", True, CueKind.SPEECH),
        (":", True, CueKind.SPEECH),
        ("", True, CueKind.SPEECH),
    ],
)
def test_what_a_cue_says_the_source_did(cue: str, quoted: bool, kind: CueKind) -> None:  # noqa: FBT001
    assert kind_of(cue, quoted=quoted) is kind
