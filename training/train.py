"""Rebuild the trained reader from its data, and put it into the package.

    python -m training.train --polnear ../shared/corpora/polnear --news ../shared/corpora/news-37k/news.parquet

Steps, each kept in `--build` and not done again when its file is there: the teachers (one a seed), what they make of
unmarked news, the student (which goes on from the first teacher, with the marks and what the teachers say), the
package. Seeds are fixed; the same machine and the same versions give the same weights. See README.md beside this file.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

import pyarrow.parquet as parquet
import torch
from tokenizers import Tokenizer

from training.data import Article, article_of, articles_in
from training.fit import Plan, fit
from training.label import labelled
from training.network import Encoder, Reader
from training.package import package_reader, package_sentences

ROOT = Path(__file__).parent.parent
PACKAGED = ROOT / "src" / "headwater" / "reading" / "trained"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
TEACHERS = (Plan(epochs=7, seed=1), Plan(epochs=7, seed=2, chain=False))
STUDENT = Plan(epochs=2, seed=3, rate=1.5e-4, head_rate=3e-4)
UNMARKED = 1_500  # news reports that the teachers read for the student
_FEWEST, _MOST = 200, 1_500  # words of such a report
_SEED = 7
ABOUT = {"name": "english-reader", "version": "1", "data": "PolNeAR 1.0 (train); news reports without marks"}
ABOUT_SENTENCES = {"name": "english-sentences", "version": "1", "data": "all-MiniLM-L6-v2, as published"}


def main(arguments: Sequence[str]) -> int:
    """Run every step that is not done yet and return the exit status."""
    options = _options(arguments)
    began = time.monotonic()
    options.build.mkdir(parents=True, exist_ok=True)
    _check(options.encoder)
    marked = articles_in(options.polnear / "train.jsonl.gz", pieces(options.encoder))
    teachers = _teachers(options)
    student = _student(marked, teachers, options)
    package_reader(student, options.encoder / "tokenizer.json", options.polnear / "dev.jsonl.gz", ABOUT, options.out)
    package_sentences(_published(options.encoder), ABOUT_SENTENCES, options.out)
    print(f"Done in {(time.monotonic() - began) / 60:.0f} minutes: {options.out}")
    return 0


def pieces(encoder: Path) -> Tokenizer:
    """Return the word pieces of the encoder, without its padding and cutting."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def news(path: Path, tokenizer: Tokenizer, count: int) -> list[Article]:
    """Return a fixed draw of news reports that quote somebody, unmarked."""
    table = parquet.read_table(path, columns=["id", "text"]).to_pylist()
    random.Random(_SEED).shuffle(table)
    fit_for = (
        row for row in table if _FEWEST <= len(row["text"].split()) <= _MOST and any(m in row["text"] for m in '"“')
    )
    return [article_of(row, tokenizer) for row, _ in zip(fit_for, range(count), strict=False)]


def _teachers(options: argparse.Namespace) -> list[Reader]:
    """Fit the teachers side by side, one processor each."""
    waiting = [plan for plan in TEACHERS if not (options.build / f"teacher-{plan.seed}.pt").is_file()]
    context = get_context("spawn")
    jobs = [context.Process(target=_teach, args=(plan, options)) for plan in waiting]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
        if job.exitcode:
            raise SystemExit("A teacher was not finished; what is done is kept. Run the same command again.")
    return [_loaded(options.build / f"teacher-{plan.seed}.pt") for plan in TEACHERS]


def _teach(plan: Plan, options: argparse.Namespace) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    network = Reader(plan.dropout)
    network.encoder.load(options.encoder / "model.safetensors")
    marked = articles_in(options.polnear / "train.jsonl.gz", pieces(options.encoder))
    fit(network, marked, plan, f"teacher {plan.seed}")
    _save(network, options.build / f"teacher-{plan.seed}.pt")


def _student(marked: list[Article], teachers: list[Reader], options: argparse.Namespace) -> Reader:
    kept = options.build / "student.pt"
    if not kept.is_file():
        unmarked = news(options.news, pieces(options.encoder), UNMARKED)
        others = labelled(unmarked, teachers, [plan.chain for plan in TEACHERS])
        network = fit(_loaded(options.build / f"teacher-{TEACHERS[0].seed}.pt"), marked, STUDENT, "student", others)
        _save(network, kept)
    return _loaded(kept)


def _published(encoder: Path) -> Encoder:
    network = Encoder()
    network.load(encoder / "model.safetensors")
    return network


def _save(network: Reader, path: Path) -> None:
    scratch = path.with_suffix(".part")
    torch.save(network.state_dict(), scratch)
    scratch.rename(path)


def _loaded(path: Path) -> Reader:
    network = Reader()
    network.load_state_dict(torch.load(path, weights_only=True))
    return network.eval()


def _check(encoder: Path) -> None:
    for name, digest in DIGESTS.items():
        if hashlib.sha256((encoder / name).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{encoder / name} is not the published file; nothing was trained.")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Rebuild the trained reader.")
    parser.add_argument("--polnear", type=Path, required=True, help="folder with train.jsonl.gz and dev.jsonl.gz")
    parser.add_argument("--news", type=Path, required=True, help="news reports: Parquet with id and text")
    parser.add_argument("--encoder", type=Path, default=ROOT / "training" / "build" / "encoder")
    parser.add_argument("--build", type=Path, default=ROOT / "training" / "build")
    parser.add_argument("--out", type=Path, default=PACKAGED)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
