"""The models that come with the package: whole, small, checked before they run, and the same on every run."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.resources import files

import numpy as np
import onnxruntime
import pytest

from headwater.errors import DamagedModel
from headwater.model import Span
from headwater.reading.english.quotations import find_quotations
from headwater.reading.trained import weights
from headwater.reading.trained.sentences import SIZE, vectors
from headwater.reading.trained.tagger import ascribed

MODELS = ["english-reader", "english-sentences"]
STORY = """Soldiers burned the village of Tarn on Monday night, survivors told Radio Selm.
Mira Dole, a teacher, said the men came after midnight. “They took my brother,” she said.
The army denied the account. Its spokesman, Colonel Haro Venn, said no unit was in the area."""
_MB = 1_000_000


def lines(text: str) -> list[Span]:
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == "\n")]
    return [Span(start, (text + "\n").index("\n", start)) for start in starts]


def packaged(name: str, file: str) -> bytes:
    return (files(weights.__package__) / name / file).read_bytes()


def read(text: str) -> list[tuple[str, str, str]]:
    found = ascribed(text, lines(text), find_quotations(text, lines(text)))
    return [
        (
            one.source.of(text) if one.source else "",
            one.cue.of(text) if one.cue else "",
            " … ".join(c.of(text) for c in one.content),
        )
        for one in found
    ]


def test_who_said_what() -> None:
    found = read(STORY)
    assert ("survivors", "told", "Soldiers burned the village of Tarn on Monday night") in [
        (who, cue, content.rstrip(",")) for who, cue, content in found
    ]
    assert any(who == "she" and "They took my brother" in content for who, _, content in found)
    assert any(who.endswith("Haro Venn") and "no unit was in the area" in content for who, _, content in found)


def test_models_are_small_enough() -> None:
    sizes = {name: sum(len(data) for data in weights.checked(name).values()) for name in MODELS}
    assert sizes["english-reader"] <= 30 * _MB
    shared = len(packaged("english-reader", "tokenizer.json"))
    assert sum(sizes.values()) - shared <= 50 * _MB


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_changed_file_is_never_run(name: str, file: str) -> None:
    def read(model: str, asked: str) -> bytes:
        data = packaged(model, asked)
        return data[:-1] + bytes([data[-1] ^ 1]) if asked == file else data

    with pytest.raises(DamagedModel, match="not the one that was made for it"):
        weights.checked(name, read)


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"files": 3}', b'{"files": {"model.onnx": {}}}'])
def test_a_broken_manifest_is_told(manifest: bytes) -> None:
    def read(model: str, asked: str) -> bytes:
        return manifest if asked == weights.MANIFEST else packaged(model, asked)

    with pytest.raises(DamagedModel):
        weights.checked("english-reader", read)


def test_a_missing_file_is_told_with_what_to_do_next() -> None:
    def read(model: str, asked: str) -> bytes:
        raise FileNotFoundError(model, asked)

    with pytest.raises(DamagedModel) as told:
        weights.checked("english-reader", read)
    assert "english-rules" in told.value.next_step


def opened_with(threads: int) -> weights.Weights:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    held = weights.reader_weights()
    session = onnxruntime.InferenceSession(weights.checked("english-reader")["model.onnx"], options)
    return weights.Weights(held.manifest, session, held.tokenizer)


def test_the_same_on_every_run_and_number_of_threads() -> None:
    text = "\n".join([STORY] * 12)
    quotes = find_quotations(text, lines(text))
    first = ascribed(text, lines(text), quotes)
    assert first == ascribed(text, lines(text), quotes)
    for threads in (1, 2, 3):
        assert ascribed(text, lines(text), quotes, opened_with(threads)) == first


def test_spans_fit_the_text_and_do_not_cross_lines() -> None:
    text = "\n".join([STORY] * 9)
    for one in ascribed(text, lines(text), find_quotations(text, lines(text))):
        for span in (*one.content, *([one.source] if one.source else []), *([one.cue] if one.cue else [])):
            assert span.of(text).strip() == span.of(text)
        assert 0 <= one.probability <= 1
        assert 0 <= one.named <= 1


@pytest.mark.parametrize("text", ["", "\n\n", "“", "…", "a" * 400, "\u200b\u00ad", "said " * 700])
def test_any_text_is_read_without_complaint(text: str) -> None:
    held = [line for line in lines(text) if line.length]
    ascribed(text, held, find_quotations(text, held))


def test_the_manifest_says_what_the_model_is() -> None:
    for name in MODELS:
        manifest = json.loads(packaged(name, weights.MANIFEST))
        assert manifest["name"] == name
        assert manifest["version"]
        assert manifest["data"]


def test_nothing_that_could_fetch_is_loaded() -> None:
    code = (
        "import sys; from headwater.reading import read; assert read('Oda Renn said they came.');"
        "from headwater.reading.trained.sentences import vectors; vectors(['a']);"
        "print(*sorted({'huggingface_hub', 'httpx2', 'hf_xet', 'ssl', 'torch'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not ran.stdout.strip()


def test_sentences_that_say_the_same_are_near() -> None:
    found = vectors(
        [
            "Soldiers set the village on fire at night.",
            "At night the village was burned down by troops.",
            "The budget was passed on Tuesday.",
        ]
    )
    likeness = found @ found.T
    assert found.shape == (3, SIZE)
    assert likeness[0, 1] > 0.7 > 0.3 > likeness[0, 2]


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    texts = [f"Witness number {number} saw {'many ' * (number % 5)}men at the bridge." for number in range(70)]
    together = vectors(texts)
    assert (vectors(texts[::-1])[::-1] == together).all()
    assert (vectors(texts[17:18]) == together[17:18]).all()
    assert np.allclose((together**2).sum(axis=1), 1, atol=1e-5)


def test_no_sentences_no_vectors() -> None:
    assert vectors([]).shape == (0, SIZE)
    assert vectors([""]).shape == (1, SIZE)
