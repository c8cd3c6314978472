"""Where quotations begin and end, in every printed kind; apostrophes, inches and elisions are not quotations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import Span
from headwater.reading.english.quotations import Quotation, find_quotations


def lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(start, start + len(line)))
        start += len(line) + 1
    return found


def find(text: str) -> list[Quotation]:
    return find_quotations(text, lines(text))


def quoted(text: str) -> list[str]:
    return [quotation.span.of(text) for quotation in find(text)]


def groups(text: str) -> list[int]:
    return [quotation.group for quotation in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"They left," she said.', ["They left,"]),
        ("“They left,” she said.", ["They left,"]),
        ("«They left,» she said.", ["They left,"]),
        ("« They left », she said.", ["They left"]),
        ("„They left,“ she said.", ["They left,"]),
        ("„They left,” she said.", ["They left,"]),
        ("»They left,« she said.", ["They left,"]),
        ("‘They left,’ she said.", ["They left,"]),
        ("'They left,' she said.", ["They left,"]),
        ("''They left,'' she said.", ["They left,"]),
        ("``They left,'' she said.", ["They left,"]),
        ("‘‘They left,’’ she said.", ["They left,"]),
        ("＂They left,＂ she said.", ["They left,"]),
        ('“They left," she said. "All of them.”', ["They left,", "All of them."]),
        ("‘They left', she said.", ["They left"]),
        ("“ They left ,” she said.", ["They left ,"]),
        ('" They left , " she said .', ["They left ,"]),
        ("She said “they left”.", ["they left"]),
        ("She (“a liar”) left.", ["a liar"]),
        ("[“They left,” she said.]", ["They left,"]),
        ("She said:“They left.”", ["They left."]),
        ("“Why?”“Because,” he said.", ["Why?", "Because,"]),
        ('"Why?" "Because," he said.', ["Why?", "Because,"]),
        ("“They left,”she said.", ["They left,"]),
        ("“… and they left,” she said.", ["… and they left,"]),
        ("“[The men] left,” she said.", ["[The men] left,"]),
    ],
)
def test_each_kind_of_mark(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“I left,” she said, “and they stayed.”", ["I left,", "and they stayed."]),
        ("“I left” – she paused – “and they stayed.”", ["I left", "and they stayed."]),
        ("“I left” — she paused — “and they stayed.”", ["I left", "and they stayed."]),
        ("“I left”—she paused—“and they stayed.”", ["I left", "and they stayed."]),
        ("She called it “a lie”, “a fantasy” and “an insult”.", ["a lie", "a fantasy", "an insult"]),
        ("It was “brutal,” “cruel” and cold.", ["brutal,", "cruel"]),
        ("‘I left’, she said, ‘and they stayed’.", ["I left", "and they stayed"]),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("“She told me, ‘Run,’ and I ran,” he said.", "She told me, ‘Run,’ and I ran,", ["Run,"]),
        ("\"She told me, 'Run,' and I ran,\" he said.", "She told me, 'Run,' and I ran,", ["Run,"]),
        ("‘She said, “Run,” and I ran,’ he said.", "She said, “Run,” and I ran,", ["Run,"]),
        ("'She told me, \"Run,\" and I ran,' he said.", "She told me, \"Run,\" and I ran,", ["Run,"]),
        ("“He said ‘they’re in’ and I hid,” she said.", "He said ‘they’re in’ and I hid,", ["they’re in"]),
        ("\"He said 'they're in' and I hid,\" she said.", "He said 'they're in' and I hid,", ["they're in"]),
        ("“‘They’re coming,’ he said.”", "‘They’re coming,’ he said.", ["They’re coming,"]),
        ("“He said, ‘You have no rights,’” she said.", "He said, ‘You have no rights,’", ["You have no rights,"]),
        ("\"He said, 'You have no rights.'\"", "He said, 'You have no rights.'", ["You have no rights."]),
        ("“The boys’ house and the ‘camp’ burned,” he said.", "The boys’ house and the ‘camp’ burned,", ["camp"]),
    ],
)  # fmt: skip
def test_a_quotation_inside_a_quotation(text: str, outer: str, inner: list[str]) -> None:
    found = find(text)
    assert [quotation.span.of(text) for quotation in found] == [outer]
    assert [nested.span.of(text) for nested in found[0].nested] == inner


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("‘The neighbours’ cattle were gone,’ she said.", ["The neighbours’ cattle were gone,"]),
        ("'The neighbours' cattle were gone,' she said.", ["The neighbours' cattle were gone,"]),
        ("‘It wasn’t the soldiers’ fault,’ she said. ‘It was the boys’ idea.’",
         ["It wasn’t the soldiers’ fault,", "It was the boys’ idea."]),
        ("'It wasn't the soldiers' fault,' she said. 'It was the boys' idea.'",
         ["It wasn't the soldiers' fault,", "It was the boys' idea."]),
        ("They said: 'We won't go' and 'we can't stay'.", ["We won't go", "we can't stay"]),
        ("It's the workers' 'right to stop' and the owners' 'right to go'.", ["right to stop", "right to go"]),
        ("The O'Dells' dog and O’Dell’s ‘house’.", ["house"]),
        ("‘I’m a farmer’s son,’ he said. ‘Don’t shoot.’", ["I’m a farmer’s son,", "Don’t shoot."]),
        ("‘The prisoners’ were not there,’ he said.", ["The prisoners’ were not there,"]),
    ],
)  # fmt: skip
def test_british_single_marks_beside_apostrophes(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The soldiers' fault was the boys' idea.",
        "The soldiers’ fault was the boys’ idea.",
        "In the '90s rock 'n' roll was banned 'til dawn.",
        "In the ’90s they arrested all of ’em.",
        "It wasn't the Joneses' house; it's Marrow's.",
        'The board was 6\' 2" long and 3" wide.',
        "He is 6'2\" and weighs 90kg.",
        "'Tis a pity, 'twas said.",
        "The class of '09 and the class of ’11.",
        "Dunmoor's mayor's wife's brother's car.",
        "",
        "   \n \n",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('The board was 6\' 2" long, he said. "It fell."', ["It fell."]),
        ('He is 6\'2" and weighs 90kg, police said: "Do not approach him."', ["Do not approach him."]),
        ("'Tis true, 'em boys said: 'Leave.'", ["Leave."]),
        ("In the '90s it was 'better', she said.", ["better"]),
        ("“All of ’em left in the ’90s,” he said.", ["All of ’em left in the ’90s,"]),
        ("‘All of ’em left in the ’90s,’ he said.", ["All of ’em left in the ’90s,"]),
    ],
)
def test_quotations_beside_elisions_and_inches(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize("first", ["“", '"', "‘", "'", "«"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_mark_re_opened_and_never_closed_makes_one_quotation(first: str, gap: str) -> None:
    last = {"“": "”", '"': '"', "‘": "’", "'": "'", "«": "»"}[first]
    text = f"{first}They came at night.{gap}{first}They took my son.{gap}{first}He is nine,{last} she said."
    assert quoted(text) == ["They came at night.", "They took my son.", "He is nine,"]
    assert len(set(groups(text))) == 1
    assert [quotation.closed for quotation in find(text)] == [False, False, True]


@pytest.mark.parametrize("mark", ["“", '"'])
def test_paragraphs_run_together_on_one_line(mark: str) -> None:
    last = "”" if mark == "“" else mark
    text = f"{mark}They came at night. {mark}They took my son. {mark}He is nine,{last} she said."
    assert quoted(text) == ["They came at night.", "They took my son.", "He is nine,"]
    assert len(set(groups(text))) == 1


def test_the_next_quotation_is_a_group_of_its_own() -> None:
    text = "“They came,” she said. “They left.”\n“They came,” he said."
    assert len(set(groups(text))) == 3


def test_a_piece_after_its_cue_runs_on_into_the_next_paragraph() -> None:
    text = "“One,” she said. “Two.\n“Three.\n“Four,” she said."
    assert quoted(text) == ["One,", "Two.", "Three.", "Four,"]
    assert groups(text)[1:] == [groups(text)[1]] * 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“They left and never came back", ["They left and never came back"]),
        ("“They left.\nThe village is empty now.", ["They left."]),
        ('She said "no.\nA new paragraph "quoted" here.', ["no.", "quoted"]),
        ("He said “I saw it all.\n\nShe left. “Nobody came,” she said.", ["I saw it all.", "Nobody came,"]),
        ("It was “the worst day”.”", ["the worst day"]),
        ("They left.” she said.", []),
        ('They left." she said. "All of them," she added.', ["All of them,"]),
        ("“”", []),
        ("“ ”", []),
        ('""', []),
        ("“", []),
        ("”", []),
        ("‘", []),
        ("'''''", []),
    ],
)
def test_unmatched_and_empty_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A line that ends with "open\nand a line that "closes" well.', ["open", "closes"]),
        ('Two 6" boards and a "camp".', ["camp"]),
        ("‘They said “go”,’ she said, ‘and we went.’", ["They said “go”,", "and we went."]),
        ("She said, \"They said, 'go,'\" and wept.", ["They said, 'go,'"]),
    ],
)
def test_marks_side_by_side(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


_PIECES = st.sampled_from([*"“”‘’\"'«»„`´()-–—,.!? \n", "said", "Marrow", "soldiers", "’90s", "6'2\"", "they're", "it"])


@given(st.lists(_PIECES, max_size=60))
def test_any_text_gives_sorted_disjoint_quotations_inside_their_lines(pieces: list[str]) -> None:
    text = "".join(pieces)
    here = lines(text)
    found = find_quotations(text, here)
    for earlier, later in pairwise(found):
        assert earlier.outer.end <= later.outer.start
    for quotation in found:
        assert here[quotation.line].contains(quotation.outer)
        assert quotation.outer.contains(quotation.span)
        assert quotation.span.of(text).strip() == quotation.span.of(text)
        for nested in quotation.nested:
            assert quotation.span.contains(nested.outer)


@given(
    st.text(alphabet=st.sampled_from("abc .,’'"), min_size=1, max_size=40).filter(
        lambda s: s.strip(" ,.’'") and "''" not in s and "’’" not in s
    )
)
def test_curly_double_marks_hold_whatever_stands_between_them(words: str) -> None:
    text = f"She said: “{words}”"
    assert quoted(text) == [words.strip()]
