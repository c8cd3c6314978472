"""Passages: every printed character in exactly one; known shapes told apart; sentences never lost as furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.intake.passages import divide, headline_of
from headwater.model import Passage, PassageKind

HEADLINE, BODY, CAPTION = PassageKind.HEADLINE, PassageKind.BODY, PassageKind.CAPTION
BYLINE, FURNITURE = PassageKind.BYLINE, PassageKind.FURNITURE

STORY = [
    "Villagers flee Tarn after night of shelling",
    "Hundreds of people left the village of Tarn on Wednesday after hours of shelling, residents said.",
    "“They came from the ridge and did not stop,” a schoolteacher told the Courier.",
    "The ministry of defence denied that its forces had fired on the village.",
    "At least twelve people were wounded, according to the district hospital.",
    "The road to the river was still closed on Thursday morning.",
]


def kinds(text: str, title: str | None = None) -> dict[str, PassageKind]:
    return {passage.span.of(text): passage.kind for passage in divide(text, title=title)}


def kind_of(line: str, *, at: int = 3) -> PassageKind:
    """The kind of one whole line in the middle of a story."""
    text = "\n".join([*STORY[:at], line, *STORY[at:]])
    return kinds(text)[line]


def covers(text: str, passages: tuple[Passage, ...]) -> bool:
    seen = [0] * len(text)
    for passage in passages:
        for at in range(passage.span.start, passage.span.end):
            seen[at] += 1
    return (
        all(count == 1 for count, char in zip(seen, text, strict=True) if not char.isspace())
        and max(seen, default=0) < 2
    )


LINES = st.one_of(
    st.sampled_from([*STORY, "Share", "Read more:", "By Ilse Varn", "(Picture: AP)", "Advertisement", "[A link]", ""]),
    st.text(max_size=40),
)


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n", "\n\n", "\r", "\u2028", " ADVERTISEMENT "]))
def test_every_printed_character_is_in_exactly_one_passage(lines: list[str], between: str) -> None:
    text = between.join(lines)
    passages = divide(text)
    assert covers(text, passages)
    assert list(passages) == sorted(passages, key=lambda passage: passage.span)


def test_a_plain_story() -> None:
    found = [passage.kind for passage in divide("\n".join(STORY))]
    assert found == [HEADLINE, BODY, BODY, BODY, BODY, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Residents wait by the river (Picture: AP)",
        "Residents wait by the river. (Ana Dorn/Reuters)",
        "“We left at dawn. Nobody stopped us,” said Ana Dorn (Picture: Orlen Wire)",
        "‘We left at dawn’, Ana Dorn’s brother told the court. (Photo: AP)",
        "Residents wait by the river near Tarn, March 4, 2021. [Photo/Agencies]",
        "Enlarge this image toggle caption Ana Dorn/AP Ana Dorn/AP",
        "Image copyright Getty Images Image caption Residents wait by the river",
        "Mayor Joss Palan Source: Getty",
        "AP:Associated Press The road to the river was closed for most of the week",
        "Reuters In 2019 the army took the hills above the village",
        "SWNS • PA Joss Palan left the village with his family",
        "Grab from a video obtained by a resident shows the ridge above the village",
        "1/8 The scene at the river crossing on Wednesday Ana Dorn/PA 2/8 Soldiers on the ridge Ana Dorn/PA",
        "Soldiers on the ridge above the village on Wednesday (file photo)",
        "FILE PHOTO: Soldiers stand on the ridge above the village, March 1, 2021. REUTERS/Ana Dorn",
        "In this March 4, 2021 photo, soldiers stand on the ridge above the village.",
        "The schoolteacher and her children beside the river after they had left the village",
    ],
)
def test_captions(line: str) -> None:
    assert kind_of(line) is CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "By Ilse Varn",
        "By Ilse Varn and Joss Palan, in Tarn",
        "Published 9 June 2029 10:05am",
        "Updated 4 March 2021",
        "2 min read",
        "March 4, 2021",
        "(Reporting by Ilse Varn; Editing by Joss Palan)",
        "The Associated Press contributed to this report.",
    ],
)
def test_bylines(line: str) -> None:
    assert kind_of(line) is BYLINE


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement Continue reading the main story",
        "Share",
        "Share this with your friends",
        "Comments",
        "Scroll down for video",
        "READ MORE: Minister resigns after harbour dispute",
        "Related Stories 'NO WAY OUT' The families of the harbour HARBOUR ROW Minister resigns over contract",
        "Read or share this article: http://example.org/2fD4",
        "Copyright 2021 The Orlen Wire. All rights reserved. No part of it may be broadcast or rewritten.",
        "Sign up for our morning newsletter and get the news in your inbox",
        "OL News Enter your e-mail address Please enter a valid e-mail address Sign up",
        "Got a story? Send your stories and pictures to tips@example.org",
        "[Video purports to show the ridge at night]",
        "We use cookies to make this site work. By continuing you accept our privacy policy.",
        "https://example.org/tarn",
        "* * *",
    ],
)
def test_furniture(line: str) -> None:
    assert kind_of(line) is FURNITURE


@pytest.mark.parametrize(
    "line",
    [
        "The ministry denied it.",
        "“No,” he said.",
        "“We did not share this with anyone,” the mayor said.",
        "More than forty people were killed, the hospital said.",
        "Related charges against the mayor were dropped, his lawyer said on Friday.",
        "By Wednesday the road was closed and nobody could leave the village.",
        "Reuters reported that the army denied the shelling.",
        "BBC Orlen has seen documents that show the army was warned.",
        "Comments by the minister drew anger: “There was no shelling,” he said.",
        "The newsletter of the army says the shelling was an invention.",
        "Copyright law was never broken, the publisher said.",
        "He said in the video: nobody was killed.",
        "Watch groups say the army fired first; the army denies this.",
        "TARN, Orlen (Reuters) - The army denied on Thursday that it had fired on the village.",
        "LONDON — The ambassador rejected the report.",
        "“We left at dawn,” said Ana Dorn. She walked all night. “Nobody came,” she said. (Picture: AP)",
        "[The army] “never fired on the village,” its spokesman said.",
        "We call on the army to stop. — Office of the Mayor (@tarnmayor) March 4, 2021",
        "Photos of the ridge, the army said, were false.",
        "“We left at dawn",
        "COLONEL VASK: I gave no such order and I know of nobody who did",
    ],
)
def test_sentences_stay_body(line: str) -> None:
    assert kind_of(line) is BODY


def test_furniture_glued_to_a_sentence_is_cut_out() -> None:
    line = "The army denied it. Advertisement Continue reading the main story The mayor did not."
    found = kinds("\n".join([*STORY[:2], line, *STORY[2:]]))
    assert found["The army denied it."] is BODY
    assert found["Advertisement Continue reading the main story"] is FURNITURE
    assert found["The mayor did not."] is BODY


def test_an_agency_signs_at_the_end_of_a_sentence() -> None:
    found = kinds("\n".join([*STORY, "The road is open. (Reporting by Ilse Varn; Editing by Joss Palan)"]))
    assert found["The road is open."] is BODY
    assert found["(Reporting by Ilse Varn; Editing by Joss Palan)"] is BYLINE


def test_a_pointer_glued_to_the_end_is_cut_off() -> None:
    found = kinds(
        "\n".join([*STORY[:2], "The army denied it. READ MORE: Minister resigns after harbour dispute", *STORY[2:]])
    )
    assert found["The army denied it."] is BODY
    assert found["READ MORE: Minister resigns after harbour dispute"] is FURNITURE


def test_titles_of_other_reports_at_the_end() -> None:
    lines = [
        *STORY,
        "Read more:",
        "Minister resigns after harbour dispute",
        "They left the harbour. It never reopened.",
    ]
    found = kinds("\n".join(lines))
    assert [found[line] for line in lines[-3:]] == [FURNITURE] * 3


def test_a_denial_below_read_more_stays_body() -> None:
    lines = [*STORY, "Read more:", "Minister resigns after harbour dispute", "The ministry denied the report."]
    assert kinds("\n".join(lines))["The ministry denied the report."] is BODY


def test_a_gallery_at_the_end() -> None:
    scene = "The scene at the river crossing, where people waited for boats."
    lines = [
        *STORY,
        scene,
        "The scene at the river crossing,",
        "Soldiers at work on the bridge by the river",
        scene,
        scene,
    ]
    passages = divide("\n".join(lines))
    assert [passage.kind for passage in passages[len(STORY) :]] == [CAPTION] * 5


def test_sub_headings_and_the_sub_headings_of_agencies() -> None:
    assert kind_of("What happens next?") is HEADLINE
    assert kind_of("- 'No way out' -") is HEADLINE


def test_a_first_line_that_is_a_sentence_is_no_headline_unless_the_title_says_so() -> None:
    text = (
        "The army denied on Thursday that it had fired.\n\nResidents of Tarn said they had seen soldiers on the ridge."
    )
    assert divide(text)[0].kind is BODY
    assert divide(text, title="The army denied on Thursday that it had fired")[0].kind is HEADLINE
    assert headline_of(text, divide(text)) is None


def test_a_byte_order_mark_is_no_word_of_the_headline() -> None:
    text = "\ufeff" + "\n".join(STORY)
    passages = divide(text)
    assert passages[0].kind is FURNITURE
    assert headline_of(text, passages) == STORY[0]


def test_hints_of_the_markup_are_followed() -> None:
    text = "\n".join(STORY)
    start = text.index("The road")
    assert divide(text, hints={start: CAPTION})[-1].kind is CAPTION
