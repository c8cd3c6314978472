"""Who is "he", "the man", "the newspaper", "Marrow", "ORN"? Sources within one report, and who is somebody else."""

from __future__ import annotations

import pytest
from reading_cases import carrying, reading_of, report_of, said, wrong

from headwater.model import Certainty

X = "It is over"  # the words whose source is looked for

SAME = [
    ("Ilse Marrow said so. “It is over,” Marrow said.", "Ilse Marrow"),
    ("Ilse Marrow, 34, said it began. “It is over,” she said.", "Ilse Marrow"),
    ("Ilse Marrow said it began. “It is over,” Ms Marrow said.", "Ilse Marrow"),
    ("Ilse Marrow, a teacher, said it began. “It is over,” the teacher said.", "Ilse Marrow"),
    ("Colonel Bram Hesk said it began. “It is over,” the colonel said.", "Bram Hesk"),
    ("Governor Anton Strel came. “It is over,” the governor said.", "Anton Strel"),
    ("A man from Dunmoor said it began. “It is over,” the man said.", "A man from Dunmoor"),
    ("A man from Dunmoor said it began. “It is over,” he said.", "A man from Dunmoor"),
    ("A woman who fled said it began. “It is over,” the woman said.", "A woman who fled"),
    ("A survivor said it began. “It is over,” the survivor said.", "survivor"),
    ("A survivor said it began. “It is over,” the man said.", "A survivor"),
    ("Residents said it began. “It is over,” they said.", "Residents"),
    ("The Openhand Relief Network (ORN) said it began. “It is over,” ORN said.", "Openhand Relief Network"),
    ("The Openhand Relief Network said it began. “It is over,” the network said.", "Openhand Relief Network"),
    ("The rights group Openhand said it began. “It is over,” the group said.", "Openhand"),
    ("The Corran Herald said it began. “It is over,” the newspaper said.", "Corran Herald"),
    ("The Ministry of Defence said it began. “It is over,” the ministry said.", "Ministry of Defence"),
    ("“It began,” Marrow said.\n“It is over,” Ilse Marrow said.", "Ilse Marrow"),
    ("Petra Lunn, the director of Openhand, spoke. “It is over,” Lunn said.", "Petra Lunn"),
    ("Velmar Tolk said it began. “It is over,” Vemlar Tolk said.", "Velmar Tolk"),
    ("Ilse Marrow said it began. The rain fell. The lights went out. “It is over,” she said.", "Ilse Marrow"),
    ("Tomas Reld, a baker, was held for nine days. “It is over,” he said.", "Tomas Reld"),
    ("“It began,” QBC's Ilse Marrow reported. As Ilse said, “It is over.”", "Ilse Marrow"),
    ("A ministry spokesman said it began. “It is over,” the spokesman, Jan Doe, said.", "Jan Doe"),
    (
        "Dunmoor Police said it began. A spokesman added that it went on. They later said “It is over.”",
        "Dunmoor Police",
    ),
    ("“It began,” a spokesman for the ministry said. “It is over,” the ministry's spokesman said.", "ministry"),
]

SAME_WRONG = [
    ("“It began,” said the police chief, Viktor Drane. “It is over,” Drane said.", "police chief"),
    ("Openhand is a charity in Dunmoor. “It is over,” it said.", "Openhand"),
    wrong("mentions._described: a person described beside her name is not found by the description",
          "Ilse Marrow, a teacher, wept. “It is over,” the teacher said.", "Ilse Marrow"),
    ("One survivor, Jory, said it began. “It is over,” Jory said.", "One survivor, Jory"),
    ("Governor Anton Strel came. It is over, according to him.", "Anton Strel"),
    wrong("naming._gender: 'her' makes the husband a woman",
          "Her husband, a baker, wept. “It is over,” he said.", "Her husband"),
    wrong("naming._gender: 'his' makes the mother a man", "His mother wept. “It is over,” she said.", "His mother"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), [*SAME, *SAME_WRONG])
def test_the_source_leads_back_to_its_fullest_mention(text: str, who: str) -> None:
    found = carrying(said(text), text, X)
    assert len(found) == 1
    assert found[0].is_by(who), found[0].names
    assert found[0].mention is not None
    assert found[0].who is not None
    assert who.lower() in found[0].who.lower()


@pytest.mark.parametrize(
    ("text", "not_by"),
    [
        ("A survivor said it began. “It is over,” another survivor said.", "A survivor"),
        ("A victim said it began. “It is over,” a second victim said.", "A victim"),
        ("A man from Dunmoor said it began. “It is over,” a man from Oskel said.", "Dunmoor"),
        ("A man said it began. “It is over,” the woman said.", "A man"),
        ("A man said it began. “It is over,” the officer said.", "A man"),
        ("Tomas Reld said it began. “It is over,” Jory Reld said.",
            "Tomas"),
        ("Tomas Reld said it began. “It is over,” Nell Reld, his sister, said.",
            "Tomas"),
        ("Ilse Marrow said it began. “It is over,” Marrow's lawyer said.", "Ilse"),
        ("Ilse Marrow said it began. “It is over,” the lawyer of Marrow said.", "Ilse"),
        ("The Ministry of Defence said it began. “It is over,” the Ministry of Health said.", "Defence"),
        ("Survivors said it began. “It is over,” one survivor said.", "Survivors"),
        ("Survivors said it began. “It is over,” one of them said.", "Survivors"),
        ("The group Openhand said it began. “It is over,” the group's director said.", "The group Openhand"),
        ("Residents said it began. “It is over,” a resident said.", "Residents"),
        ("Three survivors said it began. “It is over,” one said.", "Three survivors"),
        ("Survivors Nell and Jory said it began. “It is over,” Jory said.", "Survivors"),
        ("Police said it began. “It is over,” a police spokesman said.", "Police said"),
        ("A spokesman for the ministry said no. “It is over,” a spokesman for the army said.", "ministry"),
        ("The first man said it began. “It is over,” the second man said.", "first"),
        ("A boy said it began. “It is over,” his father said.", "A boy"),
        ("Mr Reld said it began. “It is over,” Mrs Reld said.",
            "Mr Reld"),
    ],
)  # fmt: skip
def test_somebody_else_stays_somebody_else(text: str, not_by: str) -> None:
    found = carrying(said(text), text, X)
    assert found
    assert all(not item.is_by(not_by) for item in found), found[0].names


@pytest.mark.parametrize(
    ("text", "who", "number"),
    [
        ("“It is over,” residents said.", "residents", "several"),
        ("“It is over,” three men said.", "three men", "several"),
        ("“It is over,” survivors and their lawyers said.", "survivors", "several"),
        ("“It is over,” activists told Radio Tavrin.", "activists", "several"),
        ("“It is over,” a resident said.", "a resident", "one"),
        ("“It is over,” one survivor said.", "one survivor", "one"),
        ("“It is over,” one of the men said.", "one of the men", "one"),
        ("“It is over,” said Marrow and her sister.", "Marrow", "several"),
        ("“It is over,” Ilse Marrow and Nell Tarn said.", "Ilse Marrow", "several"),
    ],
)  # fmt: skip
def test_plural_sources_stay_plural(text: str, who: str, number: str) -> None:
    found = carrying(said(text), text, X)
    assert found[0].is_by(who)
    assert found[0].mention is not None
    assert found[0].mention.plural is (number == "several")


@pytest.mark.parametrize(
    "text",
    [
        "“It is over,” he said.",
        "The rain fell. “It is over,” she said.",
        "The rain fell. “It is over,” they said.",
    ],
)
def test_a_pronoun_that_leads_to_nobody_is_no_clear_source(text: str) -> None:
    found = carrying(said(text), text, X)
    assert found[0].certainty is not Certainty.CLEAR


def test_every_place_where_a_source_is_named_is_kept() -> None:
    text = "Ilse Marrow said they came. “They left,” Marrow said. “All of them,” she said."
    (mention,) = reading_of(report_of(text)).mentions
    assert mention.text == "Ilse Marrow"
    assert [span.of(text) for span in mention.spans] == ["Ilse Marrow", "Marrow", "she"]
    assert mention.aliases == ("Marrow", "she")
    assert mention.named
    assert not mention.plural


def test_a_name_first_met_as_a_surname_leads_to_the_full_name_elsewhere() -> None:
    text = "“They left,” Marrow said.\nIlse Marrow, 34, has two sons. Marrow teaches in Dunmoor."
    (mention,) = reading_of(report_of(text)).mentions
    assert mention.text == "Ilse Marrow"


@pytest.mark.parametrize(
    "text",
    [
        "Marrow and Hesk said they slept. “It is over,” Hesk said.",
        "Both Ms Marrow and Mr Hesk said they slept. “It is over,” Mr Hesk said.",
        "Ilse Marrow and Bram Hesk said they slept. “It is over,” Hesk said.",
    ],
)  # fmt: skip
def test_one_of_a_pair_is_not_the_pair(text: str) -> None:
    (found,) = carrying(said(text), text, X)
    assert found.is_by("Hesk")
    assert not found.is_by("Marrow")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marrow thanked the judge and said it was over.", "Marrow"),
        ("“We left,” Nell Tarn told me. “It is over,” Tarn said.", "Nell Tarn"),
        ("Marrow urged the court to “look at my hands” and said Hesk had broken them.", "Marrow"),
        ("Marrow called the cell “a grave” and called for an inquiry.", "Marrow"),
        ("The verdict came just days after the council condemned the killings.", "the council"),
        ("The gap between what Hesk said and what he did is wide. “I did nothing,” Hesk said.", "Hesk"),
        wrong("cues._inverts: the clause after ', who ..., said' is taken for the speaker",
              "Nell Tarn, 59, of Oskel, who watched, said the fire lit up the river.", "Nell Tarn, 59, of Oskel"),
        ("Governor Strel on Monday claimed the mill was empty.", "Governor Strel"),
        ("Governor Strel in March said the mill was empty.", "Governor Strel"),
        ("Nell Tarn, who tracks state prisons, says forty are held.", "Nell Tarn, who tracks state prisons"),
        wrong("phrases: a quoted phrase inside the subject hides it",
              "Hesk, whose “clean hands” policy led to it, said the mill was empty.", "Hesk"),
        ("Here’s what Hesk says about the mill: “It was empty.”", "Hesk"),
        ("Northquay Herald, citing an official, said forty were held.", "Northquay Herald"),
    ],
)  # fmt: skip
def test_a_mention_is_a_name_or_a_description_and_no_clause(text: str, name: str) -> None:
    assert {mention.text for mention in reading_of(report_of(text)).mentions} == {name}
