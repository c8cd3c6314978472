"""What one phrase that names a source says by itself: name, kind, number, gender."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import SourceKind
from headwater.reading.english.naming import is_agency, is_outlet, naming_of


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Ilse Marrow", ("ilse", "marrow")),
        ("Ilse Marrow, a teacher from Dunmoor", ("ilse", "marrow")),
        ("Ilse Marrow, who lost her son", ("ilse", "marrow")),
        ("Colonel Bram Hesk", ("bram", "hesk")),
        ("Mr Hesk", ("hesk",)),
        ("Ms. Marrow", ("marrow",)),
        ("Openhand director Petra Lunn", ("petra", "lunn")),
        ("the ministry's spokesman Viktor Drane", ("viktor", "drane")),
        ("Minister of Information Anton Strel", ("anton", "strel")),
        ("52-year-old Oren Vask", ("oren", "vask")),
        ("Marrow’s", ("marrow",)),
        ("Oren Vask, 52", ("oren", "vask")),
        ("Oren Vask, 52, a baker", ("oren", "vask")),
        ("Oren Vask (52)", ("oren", "vask")),
        ("Nell Reld, his sister", ("nell", "reld")),
        ("the interior minister, Anton Strel", ("anton", "strel")),
        ("His brother, Jory Reld", ("jory", "reld")),
        ("Dunmoor's mayor, Oren Vask", ("oren", "vask")),
    ],
)
def test_a_persons_name(phrase: str, name: tuple[str, ...]) -> None:
    found = naming_of(phrase)
    assert found.name == name
    assert found.named
    assert found.person


@pytest.mark.parametrize(
    "phrase",
    ["the man", "a survivor", "another victim", "one of them", "residents", "the 22-year-old", "the police", "a friend",
     "his mother", "the newspaper", "a man from Dunmoor", "a spokesman for the ministry", "one", "a third"],
)  # fmt: skip
def test_a_description_is_no_name(phrase: str) -> None:
    assert not naming_of(phrase).named


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a survivor", SourceKind.WITNESS),
        ("residents of Dunmoor", SourceKind.WITNESS),
        ("her mother", SourceKind.WITNESS),
        ("the ministry", SourceKind.OFFICIAL),
        ("police spokesman Viktor Drane", SourceKind.OFFICIAL),
        ("Colonel Bram Hesk", SourceKind.OFFICIAL),
        ("the governor's office", SourceKind.OFFICIAL),
        ("a spokesman for Openhand", SourceKind.OFFICIAL),
        ("the rights group Openhand", SourceKind.ORGANISATION),
        ("activists", SourceKind.ORGANISATION),
        ("the Openhand Relief Network", SourceKind.ORGANISATION),
        ("a historian", SourceKind.EXPERT),
        ("analysts", SourceKind.EXPERT),
        ("the newspaper", SourceKind.OUTLET),
        ("The Corran Herald", SourceKind.OUTLET),
        ("Radio Tavrin", SourceKind.OUTLET),
        ("norvikpost.example", SourceKind.OUTLET),
        ("Reuters", SourceKind.AGENCY),
        ("a report", SourceKind.DOCUMENT),
        ("the indictment", SourceKind.DOCUMENT),
        ("Ilse Marrow", SourceKind.PERSON),
        ("he", SourceKind.UNKNOWN),
    ],
)
def test_kind(phrase: str, kind: SourceKind) -> None:
    assert naming_of(phrase).kind is kind


@pytest.mark.parametrize(
    ("phrase", "number"),
    [
        ("residents", "several"),
        ("two men", "several"),
        ("Residents and activists", "several"),
        ("one of the men", "one"),
        ("a resident", "one"),
        ("another victim", "one"),
        ("the family", "one"),
        ("they", "several"),
        ("lawyers for the men", "several"),
        ("the people of Dunmoor", "several"),
        ("rights groups", "several"),
    ],
)
def test_number(phrase: str, number: str) -> None:
    assert naming_of(phrase).plural is (number == "several")


@pytest.mark.parametrize(
    ("phrase", "gender"),
    [
        ("a woman", "f"),
        ("the man", "m"),
        ("Mrs Marrow", "f"),
        ("Mr Hesk", "m"),
        ("Ilse Marrow, a mother of three", "f"),
        ("Anton Strel, the chairman", "m"),
        ("a survivor", None),
        ("Ilse Marrow", None),
        ("she", "f"),
        ("her sister", "f"),
        ("his brother", "m"),
        ("his mother", "f"),
        ("her husband", "m"),
        ("Marrow's husband", "m"),
        ("his wife, Dora Strel", "f"),
        ("a man who lost his wife", "m"),
        ("a woman who lost her husband", "f"),
        ("the mother of the man", "f"),
        ("his neighbour", None),
        ("her doctor", None),
    ],
)
def test_gender(phrase: str, gender: str | None) -> None:
    assert naming_of(phrase).gender == gender


@pytest.mark.parametrize(
    "words",
    [
        "The Corran Herald",
        "Northquay Today",
        "Vale News Agency",
        "norvikpost.example",
        "Radio Tavrin",
        "TV Norvik",
    ],
)
def test_outlets_by_their_shape(words: str) -> None:
    assert is_outlet(words)


@pytest.mark.parametrize(
    "words", ["Ilse Marrow", "parliament", "reporters", "the ministry", "in an interview with Radio Tavrin", ""]
)
def test_what_is_no_outlet(words: str) -> None:
    assert not is_outlet(words)


@pytest.mark.parametrize("words", ["Vale News Agency", "the Tavrin Press Agency", "Corran Newswire"])
def test_agencies(words: str) -> None:
    assert is_agency(words)
    assert not is_agency("The Corran Herald")


@given(st.text(max_size=60))
def test_any_phrase_can_be_read(phrase: str) -> None:
    found = naming_of(phrase)
    assert found == naming_of(phrase)
    assert not (found.definite and found.indefinite)
