"""What holds for any text: no exception, places that fit, one id a record, the same reading twice, no cliff in time."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_cases import divided, reading_of, report_of

from headwater.model import Certainty, Passage, PassageKind, Reading, Report, Span

_PIECES = st.sampled_from(
    [
        *"“”‘’\"'«»„`´(),.;:!?…—–-\n\n",
        *(" " for _ in range(8)),
        *"said told added according to claimed denied says that and but while who adding asked accused".split(),
        *"he she they it we I the a an his her another one both".split(),
        *"Marrow Ilse Hesk Colonel Governor Strel Openhand (ORN) Mr Ms. Dunmoor Monday May 2031 34 40,000 U.S.".split(),
        *"man woman survivor police ministry newspaper spokesman group residents report statement".split(),
        *"came took was were had been not could never reportedly allegedly verify comment".split(),
        "in an interview with Radio Tavrin",
        "in a statement to the Corran Herald",
        "— Ilse Marrow (@marrow) May 3",
        "(Picture: Corran Wire)",
        "Read more:",
        "\n\n",
        "\u00a0",
        "’90s",
        "6'2\"",
        "é漢🙂",
        "\u2028",
        "\ufeff",
        "\t",
    ]
)
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=90).map(" ".join),
    st.lists(_PIECES, max_size=90).map("".join),
    st.text(max_size=120),
)
_KINDS = st.sampled_from(list(PassageKind))


def furnished(text: str, kinds: list[PassageKind]) -> Report:
    """A report whose lines are passages of the given kinds, in turn."""
    passages, start = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            passages.append(Passage(Span(start, start + len(line)), kinds[number % len(kinds)]))
        start += len(line) + 1
    return report_of(text, passages=tuple(passages))


def spans_of(reading: Reading) -> list[Span]:
    """Every place that the reading points at."""
    found: list[Span] = []
    for statement in reading.statements:
        found += statement.content
        found += [span for span in (statement.source_span, statement.cue) if span]
        found += [statement.told_to.span] if statement.told_to else []
        found += [relay.span for relay in (*statement.via, *statement.behind)]
    for mention in reading.mentions:
        found += [mention.span, *mention.spans]
    found += [figure.span for figure in reading.figures]
    found += [date.span for date in reading.dates]
    found += [citation.span for citation in reading.citations]
    return found


def check(report: Report, reading: Reading) -> None:
    text = report.text
    assert reading.report == report.id
    for span in spans_of(reading):
        assert span.of(text).strip(), "an empty place"
    ids = [
        record.id
        for records in (reading.statements, reading.mentions, reading.figures, reading.dates, reading.citations)
        for record in records
    ]
    assert len(ids) == len(set(ids))
    mentions = {mention.id: mention for mention in reading.mentions}
    statements = {statement.id for statement in reading.statements}
    for statement in reading.statements:
        assert statement.content
        assert statement.text == " ... ".join(span.of(text) for span in statement.content)
        assert all(a.end <= b.start for a, b in pairwise(statement.content))
        assert statement.source is None or statement.source in mentions
        assert statement.inside is None or statement.inside in statements
        assert statement.source is not None or statement.certainty is not Certainty.CLEAR
    for mention in reading.mentions:
        assert mention.text == " ".join(mention.span.of(text).split())
        assert mention.text not in mention.aliases
    for figure in reading.figures:
        assert figure.text == figure.span.of(text)
        assert figure.statement is None or figure.statement in statements
        assert figure.source is None or figure.source in mentions


@given(_TEXTS)
@settings(deadline=None, max_examples=250)
def test_any_text_is_read_and_the_reading_fits_it(text: str) -> None:
    report = report_of(text)
    check(report, reading_of(report))


@given(_TEXTS, st.lists(_KINDS, min_size=1, max_size=5))
@settings(deadline=None, max_examples=150)
def test_nothing_is_read_from_furniture(text: str, kinds: list[PassageKind]) -> None:
    report = furnished(text, kinds)
    reading = reading_of(report)
    check(report, reading)
    closed = [p.span for p in report.passages if p.kind in {PassageKind.FURNITURE, PassageKind.BYLINE}]
    for statement in reading.statements:
        for span in statement.content:
            assert not any(span.overlaps(place) for place in closed)
        held = [p.kind for p in report.passages if p.span.overlaps(statement.content[0])]
        assert statement.passage in held


@given(_TEXTS)
@settings(deadline=None, max_examples=80)
def test_the_same_report_gives_the_same_reading(text: str) -> None:
    report = divided(text)
    assert reading_of(report) == reading_of(report)


@given(_TEXTS)
@settings(deadline=None, max_examples=80)
def test_reading_keeps_the_order_of_the_text(text: str) -> None:
    reading = reading_of(report_of(text))
    starts = [statement.content[0].start for statement in reading.statements]
    assert starts == sorted(starts)
    assert [m.span for m in reading.mentions] == sorted(m.span for m in reading.mentions)


STORY = (
    "Ilse Marrow, 34, said soldiers had come at night. “They took my son,” she told the Corran Herald. “He is nine.\n"
    "“Nobody told us where,” she said. Colonel Bram Hesk denied the claims, saying the mill ‘was empty’. Another "
    "survivor said he was beaten. The ministry's spokesman, Viktor Drane, declined to comment, according to Radio "
    "Tavrin.\n"
)


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_reading_does_not_depend_on_the_hash_seed(seed: str) -> None:
    code = f"from reading_cases import *; import hashlib; print(repr(reading_of(divided({STORY!r}))))"
    here = str(Path(__file__).parent)
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": here}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == repr(reading_of(divided(STORY)))


HARD = {
    "an ordinary story": STORY,
    "one line without an end": STORY.replace("\n", " "),
    "marks never closed": "“They came at night. ",
    "single marks never closed": "'They came and 'they left the boys' house ",
    "marks only": "“”‘’\"'",
    "names only": "Ilse Marrow Bram Hesk ",
    "one long sentence": "Marrow said that Hesk had said that the man who fled, and ",
    "pronouns": "He said she said they said it said. ",
    "many paragraphs": "Marrow said so.\n\n“We left.”\n\n",
    "commas": "Marrow, the, ",
    "brackets": "((((",
    "denials": "could not not been able to independently ",
}


_SIZE = {"marks only": 1_000}


@pytest.mark.parametrize("shape", sorted(HARD))
def test_reading_time_grows_with_the_text_not_with_its_square(shape: str) -> None:
    unit = HARD[shape]
    small = _SIZE.get(shape, 3_000)

    def seconds(size: int, *, runs: int) -> float:
        report = report_of((unit * (size // len(unit) + 1))[:size])
        best = float("inf")
        for _ in range(runs):
            began = time.process_time()
            reading_of(report)
            best = min(best, time.process_time() - began)
        return best

    # Eight times the text: eight times the work when linear, sixty-four when quadratic.
    assert seconds(8 * small, runs=1) < 24 * seconds(small, runs=3) + 0.1
