"""Sentences and tokens of a line: full stops that end nothing, quotations that never cut the sentence around them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading_cases import wrong

from headwater.model import Passage, PassageKind, Span
from headwater.reading.english.quotations import find_quotations
from headwater.reading.english.tokens import Sentence, lines_of, sentences_of, tokens_of


def sentences(text: str, kind: PassageKind = PassageKind.BODY) -> list[Sentence]:
    line = Span(0, len(text))
    return sentences_of(text, line, 0, kind, find_quotations(text, [line]))


def cut(text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Reld met Dr. Lunn at 9 a.m. on Jan. 3 in Dunmoor.",
        "Gen. Hesk and Lt. Col. Fenn left.",
        "The U.S. envoy met Sen. Marrow.",
        "Cell No. 7 held 3.5 times more men.",
        "“They left. All of them. In the night,” she said.",
        "She said: “They left. All of them.”",
        "Ilse J. Marrow said no.",
        "He works for norvikpost.example and lives in St. Orla.",
        "The list names approx. 40 men.",
        "Marrow vs. Strel was heard on Friday.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left. She stayed.", ["They left.", "She stayed."]),
        ("They left! Did she? Yes.", ["They left!", "Did she?", "Yes."]),
        ("“They left.” She stayed.", ["“They left.”", "She stayed."]),
        ("She said: “They left.” He stayed.", ["She said: “They left.”", "He stayed."]),
        ("‘They left.’ She stayed.", ["‘They left.’", "She stayed."]),
        wrong(
            "tokens: an ellipsis before a capital ends no sentence",
            "They left… She stayed.",
            ["They left…", "She stayed."],
        ),
        ("It happened at 9 a.m. Marrow ran.", ["It happened at 9 a.m.", "Marrow ran."]),
        ("They left (all of them). She stayed.", ["They left (all of them).", "She stayed."]),
        ("“They left,” he said. “All of them,” he added.", ["“They left,” he said.", "“All of them,” he added."]),
    ],
)
def test_several_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_quotation_is_one_token() -> None:
    text = "“They left. All of them,” Marrow told Radio Tavrin."
    (sentence,) = sentences(text)
    first, *rest = sentence.tokens
    assert first.quote == 0
    assert (first.start, first.end) == (0, text.index("”") + 1)
    assert [token.text for token in rest] == ["Marrow", "told", "Radio", "Tavrin", "."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It wasn’t Marrow's.", ["It", "wasn’t", "Marrow's", "."]),
        ("40,000 or 3.5 men", ["40,000", "or", "3.5", "men"]),
        ("Al-Tarn (@tarn)", ["Al-Tarn", "(", "@tarn", ")"]),
        ("the U.S. envoy", ["the", "U.S.", "envoy"]),
        ("left—gone", ["left", "—", "gone"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens_of(text, Span(0, len(text)))] == expected


def test_capitals_of_a_title_mark_nothing() -> None:
    (sentence,) = sentences("Openhand Says Forty Men Held In Secret Prison", PassageKind.HEADLINE)
    assert not any(token.is_cap for token in sentence.tokens)


def test_only_the_wanted_passages_give_lines() -> None:
    text = "Title here\nBody here.\nRead more: other\nSecond body."
    cuts = [0, 11, 22, 39, len(text) + 1]
    kinds = [PassageKind.HEADLINE, PassageKind.BODY, PassageKind.FURNITURE, PassageKind.BODY]
    passages = [Passage(Span(a, b - 1), kind) for a, b, kind in zip(cuts, cuts[1:], kinds, strict=False)]
    found = lines_of(text, passages, frozenset({PassageKind.BODY}))
    assert [span.of(text) for span, _ in found] == ["Body here.", "Second body."]


def test_a_passage_of_several_lines_gives_each_without_outer_white_space() -> None:
    text = "  One line. \n\n\tAnother one.\n"
    passages = [Passage(Span(0, len(text)), PassageKind.BODY)]
    found = lines_of(text, passages, frozenset({PassageKind.BODY}))
    assert [span.of(text) for span, _ in found] == ["One line.", "Another one."]


@given(st.text(alphabet=st.sampled_from("aB9 .!?…“”‘’\"'—,-()"), max_size=80))
def test_sentences_are_sorted_disjoint_and_lose_no_word(text: str) -> None:
    found = sentences(text)
    for sentence in found:
        assert sentence.span.of(text).strip() == sentence.span.of(text)
        assert all(sentence.span.start <= t.start < t.end <= sentence.span.end for t in sentence.tokens)
    spans = [sentence.span for sentence in found]
    assert spans == sorted(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = sum(len(span.of(text).replace(" ", "")) for span in spans)
    assert covered == len(text.replace(" ", ""))
