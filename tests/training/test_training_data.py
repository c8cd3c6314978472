"""Marked articles become windows whose tags and links say what was marked. Needs none of the packages of training."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from headwater.reading.trained.tags import CONTENT, CUE, OUTSIDE, SOURCE, begins, goes_on
from headwater.reading.trained.weights import reader_weights

ROOT = Path(__file__).parents[2]
TEXT = "A headline\n\nOda Renn said: “They came at night.”\n\nPolice denied it, radio said."
NOTHING = -1


@pytest.fixture(scope="module")
def data() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_data", ROOT / "training" / "data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def place(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


RECORD: dict[str, Any] = {
    "id": "a",
    "text": TEXT,
    "attributions": [
        {"source": [place("Oda Renn")], "cue": [place("said:")], "content": [place("“They came at night.”")]},
        {"source": [], "cue": [place("denied")], "content": [place("it")]},
    ],
}


def words_of(example: object, first: int, last: int) -> str:
    tokenizer = reader_weights().tokenizer
    return str(tokenizer.decode(example.ids[first:last].tolist()))  # type: ignore[attr-defined]


def test_tags_follow_the_marks_without_outer_punctuation(data: ModuleType) -> None:
    (example,) = data.examples_of(data.article_of(RECORD, reader_weights().tokenizer), None)
    held = {(part, words_of(example, first, last)) for part, first, last in example.spans}
    assert held == {
        (SOURCE, "oda renn"),
        (CUE, "said"),
        (CONTENT, "they came at night"),
        (CUE, "denied"),
        (CONTENT, "it"),
    }
    for part, first, last in example.spans:
        assert example.tags[first] == begins(part)
        assert (example.tags[first + 1 : last] == goes_on(part)).all()
    assert (example.tags == OUTSIDE).sum() == len(example.tags) - sum(last - first for _, first, last in example.spans)


def test_links_lead_from_cue_to_source_and_from_content_to_cue(data: ModuleType) -> None:
    (example,) = data.examples_of(data.article_of(RECORD, reader_weights().tokenizer), None)

    def said(number: int) -> str:
        return words_of(example, *example.spans[number][1:])

    sources = {said(cue): said(source) if source != NOTHING else None for cue, source in example.source_of.items()}
    assert sources == {"said": "oda renn", "denied": None}
    assert {said(content): said(cue) for content, cue in example.cue_of.items()} == {
        "they came at night": "said",
        "it": "denied",
    }


def test_drawn_windows_keep_every_mark(data: ModuleType) -> None:
    long = {
        "id": "b",
        "text": "\n\n".join([TEXT] * 30),
        "attributions": [
            {
                part: [[start + at * (len(TEXT) + 2), end + at * (len(TEXT) + 2)] for start, end in spans]
                for part, spans in marked.items()
            }
            for at in range(30)
            for marked in RECORD["attributions"]
        ],
    }
    article = data.article_of(long, reader_weights().tokenizer)
    assert len(article.spans) == 30 * 5
    for seed in range(4):
        examples = data.examples_of(article, random.Random(seed))
        assert sum(len(example.spans) for example in examples) >= len(article.spans)
        assert len(examples) > 1
