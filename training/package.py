"""Put a fitted network into the package: ONNX, word pieces, manifest with digests and calibration."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

from headwater.model import Passage, PassageKind, Span
from headwater.reading.english.quotations import find_quotations
from headwater.reading.english.tokens import lines_of
from headwater.reading.trained.calibration import fitted
from headwater.reading.trained.tagger import Ascribed, ascribed
from headwater.reading.trained.weights import MANIFEST, Weights
from training.export import encoder_bytes, reader_bytes
from training.network import Encoder, Reader

READER, SENTENCES = "english-reader", "english-sentences"
_PLAIN = {"content": [[0.0, 0.0], [1.0, 1.0]], "source": [[0.0, 0.0], [1.0, 1.0]]}


def package_reader(network: Reader, tokenizer: Path, dev: Path, about: dict[str, Any], folder: Path) -> Weights:
    """Write the reader into `folder`, calibrated on the marked articles of `dev`; return it, opened."""
    model, pieces = reader_bytes(network), _bare(tokenizer)
    learnt = {
        name: getattr(network, name).detach().double().numpy().round(6).tolist() for name in ("steps", "near", "none")
    }
    weights = Weights(
        {"learnt": learnt, "calibration": _PLAIN}, onnxruntime.InferenceSession(model), Tokenizer.from_str(pieces)
    )
    manifest = {**about, "learnt": learnt, "calibration": calibration(weights, dev)}
    _write(folder / READER, {"model.onnx": model, "tokenizer.json": pieces.encode()}, manifest, {})
    return replace(weights, manifest=manifest)


def package_sentences(encoder: Encoder, about: dict[str, Any], folder: Path) -> None:
    """Write the sentence encoder into `folder`; it shares the word pieces of the reader, which must be there."""
    shared = {"tokenizer.json": (folder / READER / "tokenizer.json").read_bytes()}
    _write(folder / SENTENCES, {"model.onnx": encoder_bytes(encoder)}, about, shared)


def read_marked(weights: Weights, record: dict[str, Any]) -> list[Ascribed]:
    """Read one article of the marked corpus as the program would."""
    text: str = record["text"]
    body = Passage(Span(0, len(text)), PassageKind.BODY)
    lines = [line for line, _ in lines_of(text, [body], frozenset({PassageKind.BODY}))]
    return ascribed(text, lines, find_quotations(text, lines), weights)


def calibration(weights: Weights, dev: Path) -> dict[str, list[list[float]]]:
    """Measure how often the model is right, by how sure it is.

    An attribution is right when half of its content is a marked one's, and the cues touch; its source when it touches
    the marked one's, or both have none.
    """
    content: list[tuple[float, bool]] = []
    source: list[tuple[float, bool]] = []
    with gzip.open(dev, "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            for one in read_marked(weights, record):
                if not one.content or one.cue is None:
                    continue
                gold = next((g for g in record["attributions"] if _same(one, g)), None)
                content.append((one.probability, gold is not None))
                if gold is not None:
                    source.append((one.named, _touches([one.source] if one.source else [], gold["source"])))
    return {name: fitted(*zip(*pairs, strict=True)) for name, pairs in (("content", content), ("source", source))}


def _same(one: Ascribed, gold: dict[str, Any]) -> bool:
    spans = [Span(*span) for span in gold["content"]]
    shared = sum(a.shared(b) for a in one.content for b in spans)
    longest = max(sum(span.length for span in one.content), sum(span.length for span in spans))
    return 2 * shared >= longest and one.cue is not None and any(one.cue.overlaps(Span(*cue)) for cue in gold["cue"])


def _touches(spans: list[Span], gold: list[list[int]]) -> bool:
    return any(a.overlaps(Span(*b)) for a in spans for b in gold) if spans and gold else not spans and not gold


def _bare(tokenizer: Path) -> str:
    made = Tokenizer.from_file(str(tokenizer))
    made.no_padding()
    made.no_truncation()
    return made.to_str()


def _write(folder: Path, files: dict[str, bytes], about: dict[str, Any], shared: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    named = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    named |= {name: {"model": READER, "sha256": hashlib.sha256(data).hexdigest()} for name, data in shared.items()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    text = json.dumps({**about, "files": named}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
