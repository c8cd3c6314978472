"""The trained models that come with the package: found, checked against their digests, opened. Writes nothing.

Each model is a folder beside this module with an ONNX file, the word pieces and `manifest.json`, which names both with
their SHA-256 and holds the small numbers that are not in the ONNX file. A file that is not what the manifest says is
never run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import onnxruntime
from tokenizers import Tokenizer

from headwater.errors import DamagedModel

MANIFEST = "manifest.json"
_READER, _SENTENCES = "english-reader", "english-sentences"
_ALL = 0  # threads: one a processor
_threads = [_ALL]


@dataclass(frozen=True, slots=True)
class Weights:
    """An opened model: what its manifest says, the session that runs it, the word pieces it knows."""

    manifest: Mapping[str, Any]
    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer


def use_threads(count: int) -> None:
    """Let every model that is opened from now on in this process use `count` threads; it never changes a result."""
    _threads[0] = count


@cache
def reader_weights() -> Weights:
    """Return the attribution model, opened once a process. Raises DamagedModel."""
    return _opened(_READER)


@cache
def sentence_weights() -> Weights:
    """Return the sentence encoder, opened once a process. Raises DamagedModel."""
    return _opened(_SENTENCES)


def checked(name: str, read: Callable[[str, str], bytes] | None = None) -> dict[str, bytes]:
    """Return the files of a model by name, each with the digest that the manifest gives. Raises DamagedModel."""
    read = read or _packaged
    try:
        manifest = read(name, MANIFEST)
        named: dict[str, dict[str, str]] = json.loads(manifest)["files"]
        digests = {file: about["sha256"] for file, about in named.items()}
        held = {file: read(about.get("model", name), file) for file, about in named.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(f"The trained model “{name}” that comes with Headwater cannot be read.") from error
    for file, digest in digests.items():
        if hashlib.sha256(held[file]).hexdigest() != digest:
            raise _damaged(f"The file {file} of the trained model “{name}” is not the one that was made for it.")
    return {MANIFEST: manifest, **held}


def _damaged(what: str) -> DamagedModel:
    return DamagedModel(
        what,
        safe="Nothing was read with it, and nothing was written.",
        next_step="Install Headwater again; or read by rules alone, with --reader english-rules.",
    )


def _packaged(name: str, file: str) -> bytes:
    return (files(__package__) / name / file).read_bytes()


def _opened(name: str) -> Weights:
    held = checked(name)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _threads[0]
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    tokenizer = Tokenizer.from_str(held["tokenizer.json"].decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    session = onnxruntime.InferenceSession(held["model.onnx"], options, providers=["CPUExecutionProvider"])
    return Weights(json.loads(held[MANIFEST]), session, tokenizer)
