"""Every place of a passage is found, word for word or rendered in fewer, other or more words; earliest first."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.engine.duck import Duck
from headwater.engine.find import around, find
from headwater.engine.rarity import told
from headwater.engine.rendering import Asked, in_a_row, stretches
from headwater.engine.stages import Work

SAID = "The guards locked the granary gate and told the women of Pellin to wait until the river fell"
CHANGED = "guards shut the granary gate, telling the women of Pellin they must wait until the river had fallen."
COLUMNS = ("id", "outlet", "published", "text")


def filler(seed: int, number: int) -> str:
    """Return so many invented words that no other seed gives, with everyday ones between."""
    chance = random.Random(seed)
    words = [
        f"w{seed}{chance.choice('abcdef')}{n}" if n % 3 else chance.choice(["the", "of", "and"]) for n in range(number)
    ]
    return " ".join(words)


def pile() -> list[dict[str, str]]:
    texts = {
        "late": ("2031-06-03", f"{filler(1, 90)}. “{SAID}.” {filler(2, 60)}"),
        "early": ("2031-06-01", f"{filler(3, 40)}, “The guards locked the granary gate”, she said, {filler(4, 60)}"),
        "changed": ("2031-06-02", f"{filler(5, 70)} {CHANGED} {filler(6, 50)}"),
        "undated": ("", SAID.upper().replace(" ", " — ")),
        "other": ("2031-06-01", f"{filler(7, 80)} the river fell in Pellin {filler(8, 80)}"),
    }
    rows = [{"id": name, "outlet": "", "published": day, "text": text} for name, (day, text) in texts.items()]
    rows += [
        {"id": f"rest{n}", "outlet": "R", "published": "2031-06-02", "text": filler(100 + n, 150)} for n in range(40)
    ]
    return rows


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    folder = tmp_path_factory.mktemp("find")
    pq.write_table(pa.Table.from_pylist(pile()), folder / "reports.parquet")
    with Duck(threads=1, memory=2**30, spill=folder / "spill") as duck:
        made = Work(folder / "work", duck, lambda *_: None)
        made.given("input", [folder / "reports.parquet"], "pile")
        yield made


def found(work: Work, query: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = find(work, COLUMNS, [query]).to_pylist()
    return rows


def test_a_passage_and_its_renderings_are_found_earliest_first(work: Work) -> None:
    rows = found(work, SAID)
    assert [(row["id"], row["exact"]) for row in rows] == [
        ("early", False),
        ("changed", False),
        ("late", True),
        ("undated", True),
    ]
    texts = {row["id"]: row["text"] for row in pile()}
    places = {row["id"]: texts[str(row["id"])][row["start"] : row["end"]] for row in rows}
    assert places["late"] == SAID
    assert places["early"] == "The guards locked the granary gate"
    assert str(places["changed"]).startswith("guards shut the granary gate")
    assert all(row["score"] == 1 if row["exact"] else 0.5 <= row["score"] < 1 for row in rows)


def test_few_words_are_found_only_in_a_row(work: Work) -> None:
    assert [row["id"] for row in found(work, "the granary gate")] == ["early", "changed", "late", "undated"]
    assert [row["id"] for row in found(work, "river fell")] == ["other", "late", "undated"]
    assert found(work, "gate granary the") == []
    assert found(work, "granary unheardof") == []


def test_punctuation_case_and_little_words_of_the_query_do_not_matter(work: Work) -> None:
    plain = [(row["id"], row["start"]) for row in found(work, SAID)]
    assert [(row["id"], row["start"]) for row in found(work, SAID.upper().replace(" ", " … "))] == plain


def test_several_queries_are_answered_each(work: Work) -> None:
    rows = find(work, COLUMNS, ["river fell", "the granary gate"]).to_pylist()
    assert [row["query"] for row in rows] == [0] * 3 + [1] * 4


def test_the_words_around_are_those_of_the_text(work: Work) -> None:
    table = find(work, COLUMNS, ["the granary gate"])
    texts = {row["id"]: row["text"] for row in pile()}
    for row, (before, words, behind) in zip(table.to_pylist(), around(work, table, 20), strict=True):
        assert before + words + behind == texts[row["id"]][max(0, row["start"] - 20) : row["end"] + 20]
        assert words.casefold().replace(" — ", " ") == "the granary gate"


def test_a_query_without_a_word_is_refused(work: Work) -> None:
    with pytest.raises(ValueError, match="no word"):
        find(work, COLUMNS, ["granary", "…"])


RARE = told(np.zeros(0, np.int32), np.zeros(0, np.int32), 1000)


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), max_size=40), st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_runs_are_all_there_are(text: list[int], words: list[int]) -> None:
    keys, wanted = np.array(text, np.int32), np.array(words, np.int32)
    places = [each.first for each in in_a_row(keys, wanted)]
    everywhere = [at for at in range(len(text) - len(words) + 1) if text[at : at + len(words)] == words]
    assert set(places) <= set(everywhere)
    assert all(any(abs(at - place) < len(words) for place in places) for at in everywhere)
    assert all(later - place >= len(words) for place, later in pairwise(places))


@settings(deadline=None)
@given(st.lists(st.integers(1, 30), max_size=60), st.lists(st.integers(1, 30), min_size=5, max_size=12))
def test_stretches_do_not_overlap_and_begin_and_end_with_words_asked_for(text: list[int], words: list[int]) -> None:
    keys, wanted = np.array(text, np.int32), np.array(words, np.int32)
    out = stretches(keys, Asked(wanted, RARE), 400)
    for each in out:
        assert {text[each.first], text[each.last - 1]} <= set(words)
        assert 400 <= each.score <= 1000
        assert each.shared <= min(len(words), each.last - each.first)
    assert all(not one.overlaps(other) for one in out for other in out if one is not other)


def test_a_planted_passage_is_found_after_every_kind_of_edit() -> None:
    chance = random.Random(5)
    passage = [10_000 + number for number in range(24)]
    edits = {
        "left out": [word for word in passage if chance.random() > 0.25],
        "replaced": [word if chance.random() > 0.25 else 77 for word in passage],
        "trimmed": passage[6:18],
        "halves changed places": passage[12:] + passage[:12],
    }
    for name, edited in edits.items():
        noise = [chance.randrange(1000) for _ in range(400)]
        keys = np.array([*noise[:200], *edited, *noise[200:]], np.int32)
        best = max(stretches(keys, Asked(np.array(passage, np.int32), RARE), 400), key=lambda each: each.score)
        assert best.first >= 200, name
        assert best.last <= 200 + len(edited), name
        assert best.last - best.first >= len(edited) - 4, name
