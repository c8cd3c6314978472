"""Collecting into a corpus: in = out + set aside, nothing twice, and a kill at any moment costs only its last part."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.casefile.lock import sole_writer
from headwater.engine import corpus
from headwater.engine.corpus import known_ids, read_reports, report_parts
from headwater.engine.ledger import Counts, entries
from headwater.errors import InternalError, InUse, PathMissing, Stopped, WouldOverwrite
from headwater.intake import Limits, Ours
from headwater.intake.inputs import Input, Inputs, inputs_at
from headwater.model import Dated, SetAsideKind
from headwater.pipeline import collecting
from headwater.pipeline.collecting import Collection, add_to_corpus
from headwater.pipeline.outcomes import Outcome, Step

WORDS = "Nobody was let across to Sundby on the day of the count, said the ferryman, and nobody was told why."
PAGE = (
    f"<html><head><title>No ferry</title></head><body><article><h1>No ferry</h1><p>{WORDS}</p>"
    f"<p>{WORDS[::-1]}</p></article></body></html>"
)


def line(**values: object) -> str:
    return json.dumps(values) + "\n"


def rows(*numbers: int) -> str:
    return "".join(line(id=f"r{number}", text=f"{WORDS} {number}", outlet="The Sundby Post") for number in numbers)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kinds(collection: Collection) -> dict[str, int]:
    return {kind.value: number for kind, number in collection.kinds.items()}


def ids(folder: Path) -> list[str]:
    return [each for each, _ in known_ids(folder)]


def test_every_format_in_one_folder(tmp_path: Path) -> None:
    given = tmp_path / "given"
    pq.write_table(pa.table({"id": ["p1"], "text": [f"{WORDS} p"]}), write(given / "a.parquet", ""))
    write(given / "b.jsonl", rows(1, 2))
    write(given / "deep" / "c.jsonl.gz", gzip.compress(rows(3).encode()))
    write(given / "d.json", json.dumps({"maintext": f"{WORDS} d", "title": "Ferry", "source_domain": "d.example"}))
    write(given / "e.txt", f"No ferry today\n\n{WORDS}\n")
    write(given / "f.html", PAGE)
    write(given / "g.warc", b"")
    write(given / "notes.docx", "x")
    write(given / ".hidden", "x")
    write(given / "reports.csv", "file,outlet,published\ne.txt,The Elm,2031-05-07\ngone.txt,The Oak,\n")
    added = add_to_corpus(tmp_path / "c", [given])
    assert [(each.name, each.counts) for each in added.inputs] == [
        ("a.parquet", Counts(1, 1, 0, 0)),
        ("b.jsonl", Counts(2, 2, 0, 0)),
        ("deep/c.jsonl.gz", Counts(1, 1, 0, 0)),
        ("g.warc", Counts(0, 0, 0, 0)),
        ("given", Counts(4, 3, 1, 0)),
    ]
    assert added.reports == 7
    assert kinds(added) == {"unsupported": 1}
    assert added.complete
    assert any(".hidden" in note for note in added.notes)
    assert any("gone.txt" in note for note in added.notes)
    found = {each.file: each for each in read_reports(tmp_path / "c", ids(tmp_path / "c"))}
    elm = found["e.txt"]
    assert (elm.outlet, elm.published, elm.dated, elm.title) == ("The Elm", "2031-05-07", Dated.GIVEN, "No ferry today")
    assert elm.original == (given / "e.txt").read_bytes()
    assert found["f.html"].original == (given / "f.html").read_bytes()
    assert found["f.html"].media_type == "text/html"
    assert found["d.json"].original is None
    assert found["b.jsonl"].place == "line 2"


def test_an_input_that_was_added_is_passed_over_also_under_another_name(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    first = add_to_corpus(folder, [write(tmp_path / "a.jsonl", rows(1, 2))])
    before = bytes_of(folder)
    again = add_to_corpus(folder, [write(tmp_path / "b.jsonl", rows(1, 2)), tmp_path / "a.jsonl"])
    assert [(each.name, each.already) for each in again.inputs] == [("a.jsonl", True), ("b.jsonl", True)]
    assert [each.already for each in first.inputs] == [False]
    assert again.reports == 2
    assert bytes_of(folder) == before


def test_the_same_input_given_twice_at_once_is_added_once(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, rows(1, 2)) for name in ("a.jsonl", "b.jsonl")]
    added = add_to_corpus(tmp_path / "c", paths)
    assert [(each.name, each.already) for each in added.inputs] == [("a.jsonl", False), ("b.jsonl", True)]
    assert ids(tmp_path / "c") == ["r1", "r2"]


def test_a_changed_folder_is_read_again_and_only_what_is_new_is_added(tmp_path: Path) -> None:
    given = write(tmp_path / "given" / "a.txt", f"No ferry\n\n{WORDS}\n").parent
    add_to_corpus(tmp_path / "c", [given])
    write(given / "b.txt", f"No ferry again\n\n{WORDS}\n")
    again = add_to_corpus(tmp_path / "c", [given])
    assert again.inputs[0].counts == Counts(2, 1, 1, 0)
    assert kinds(again) == {"duplicate": 1}
    assert again.complete
    write(given / "reports.csv", "file,outlet\nb.txt,The Elm\n")
    assert add_to_corpus(tmp_path / "c", [given]).inputs[0].counts == Counts(2, 1, 1, 0)


def test_an_id_is_kept_once_and_another_text_under_it_is_told_from_a_copy(tmp_path: Path) -> None:
    add_to_corpus(tmp_path / "c", [write(tmp_path / "a.jsonl", rows(1))])
    text = rows(1) + line(id="r1", text="Other words.") + line(id=1, text="x one") + line(id="1", text="x one")
    added = add_to_corpus(tmp_path / "c", [write(tmp_path / "b.jsonl", text)])
    assert [(each.place, each.kind) for each in added.set_aside] == [
        ("line 1", SetAsideKind.DUPLICATE),
        ("line 2", SetAsideKind.CONFLICT),
        ("line 4", SetAsideKind.DUPLICATE),
    ]
    assert "“r1” belongs to another text" in added.set_aside[1].why
    assert not added.complete
    assert ids(tmp_path / "c") == ["r1", "1"]


def test_one_text_in_many_outlets_is_many_reports(tmp_path: Path) -> None:
    text = "".join(line(text=WORDS, outlet=f"Outlet {number % 3}") for number in range(6))
    added = add_to_corpus(tmp_path / "c", [write(tmp_path / "a.jsonl", text)])
    assert (added.reports, kinds(added)) == (3, {"duplicate": 3})


def test_what_is_set_aside_is_kept_with_its_reason(tmp_path: Path) -> None:
    add_to_corpus(tmp_path / "c", [write(tmp_path / "a.jsonl", rows(1) + "no json\n")])
    (kept,) = pq.read_table(tmp_path / "c" / "set_aside" / "part-000001.parquet").to_pylist()
    assert (kept["file"], kept["place"], kept["kind"]) == ("a.jsonl", "line 2", "unreadable")
    assert "not JSON" in kept["why"]


PIECE = st.sampled_from(["good", "copy", "conflict", "empty", "rubbish", "no text", "made"])


@settings(max_examples=25, deadline=None)
@given(files=st.lists(st.lists(PIECE, max_size=8), min_size=1, max_size=3), part=st.integers(1, 4))
def test_in_is_out_and_set_aside(tmp_path_factory: pytest.TempPathFactory, files: list[list[str]], part: int) -> None:
    place = tmp_path_factory.mktemp("in")
    made = {
        "copy": line(id="same", text=WORDS),
        "empty": "\n",
        "rubbish": "[1, 2\n",
        "no text": line(title="x"),
        "made": line(text=WORDS, title="x"),
    }
    number = 0
    paths = []
    for index, pieces in enumerate(files):
        content = ""
        for piece in pieces:
            number += 1
            fresh = {"good": line(id=f"g{number}", text=WORDS), "conflict": line(id="same", text=f"{WORDS} {number}")}
            content += fresh.get(piece) or made[piece]
        paths.append(write(place / f"{index}.jsonl", content))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "PART_REPORTS", part)
        added = add_to_corpus(place / "c", paths)
    taken = sum(each.counts.taken for each in added.inputs if not each.already)
    distinct = {path.read_bytes() for path in paths}
    assert taken == sum(len(content.splitlines()) for content in distinct)
    kept = [identifier for identifier, _ in known_ids(place / "c")]
    asides = [
        row for each in sorted((place / "c" / "set_aside").glob("*.parquet")) for row in pq.read_table(each).to_pylist()
    ]
    assert taken == len(kept) + len(asides)
    assert len(set(kept)) == len(kept) == added.reports
    assert Counter(row["kind"] for row in asides) == kinds(added)
    assert all(pq.ParquetFile(each).metadata.num_rows <= part for each in report_parts(place / "c"))


class Lying:
    """An input that gives fewer outcomes than it counts."""

    name = "lying"

    def __init__(self, true: Input) -> None:
        self._true = true
        self.sha256 = true.sha256
        self.read = true.read

    def count(self) -> int:
        return self._true.count() + 1


def test_a_count_that_does_not_come_out_is_an_error_and_the_input_is_not_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.jsonl", rows(1, 2))

    def lying(paths: list[Path], *, limits: Limits, ours: Ours, workers: int) -> Inputs:
        found = inputs_at(paths, limits=limits, ours=ours, workers=workers)
        return Inputs(tuple(Lying(each) for each in found.inputs), ())

    monkeypatch.setattr(collecting, "inputs_at", lying)
    with pytest.raises(InternalError, match="does not come out"):
        add_to_corpus(tmp_path / "c", [path])
    assert len(entries(tmp_path / "c")) == 1


KILLED = """
import os, sys
from pathlib import Path
from typing import Any
from headwater.engine import corpus
from headwater.pipeline.collecting import add_to_corpus
corpus.PART_REPORTS = 3
place, given, most = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
real = {"fsync": os.fsync, "replace": os.replace}
for last in range(most):
    if (child := os.fork()) == 0:
        calls = 0
        def patched(name):
            def call(*arguments):
                global calls
                calls += 1
                if calls == last: os._exit(9)
                real[name](*arguments)
                calls += 1
                if calls == last: os._exit(9)
            return call
        os.fsync, os.replace = patched("fsync"), patched("replace")
        add_to_corpus(place / str(last), [given], workers=1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_kill_at_any_moment_loses_nothing_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.jsonl", rows(1, 2, 3, 4) + "no json\n" + rows(4, 5, 6, 7, 8))
    monkeypatch.setattr(corpus, "PART_REPORTS", 3)
    add_to_corpus(tmp_path / "whole", [path])
    whole = bytes_of(tmp_path / "whole")
    assert len([name for name in whole if name.startswith("reports/")]) == 3
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(path), "80"], capture_output=True, text=True, check=True
    )
    codes = run.stdout.split()
    assert set(codes) == {"9", "0"}
    assert codes[-1] == "0", "the moments do not reach the end"
    for moment in range(len(codes)):
        again = add_to_corpus(tmp_path / str(moment), [path])
        assert again.reports == 8
        assert bytes_of(tmp_path / str(moment)) == whole, f"killed at moment {moment}"


class Interrupting:
    """A Progress that stops the run like Ctrl-C after some units."""

    def __init__(self, after: int) -> None:
        self._left = after

    def begin(self, step: Step) -> None:
        """Nothing."""

    def advance(self, step: Step, done: int, total: int, what: str) -> None:
        assert 0 < done <= total
        assert what
        if step is Step.ADDING:
            self._left -= 1
            if self._left < 0:
                raise KeyboardInterrupt

    def end(self, outcome: Outcome) -> None:
        """Nothing."""


def test_stopped_by_a_person_it_says_so_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "PART_REPORTS", 3)
    path = write(tmp_path / "a.jsonl", rows(*range(1, 11)))
    with pytest.raises(Stopped, match="3 reports are in the corpus"):
        add_to_corpus(tmp_path / "c", [path], progress=Interrupting(5))
    assert ids(tmp_path / "c") == ["r1", "r2", "r3"]
    again = add_to_corpus(tmp_path / "c", [path])
    assert (again.inputs[0].before.taken, again.inputs[0].counts) == (3, Counts(10, 10, 0, 0))
    assert ids(tmp_path / "c") == [f"r{number}" for number in range(1, 11)]


def test_pages_are_resumed_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "PART_REPORTS", 2)
    for number in range(5):
        write(tmp_path / "given" / f"{number}.html", PAGE.replace("Sundby", f"Sundby {number}"))
    add_to_corpus(tmp_path / "whole", [tmp_path / "given"])
    with pytest.raises(Stopped):
        add_to_corpus(tmp_path / "c", [tmp_path / "given"], progress=Interrupting(3))
    add_to_corpus(tmp_path / "c", [tmp_path / "given"], workers=2)
    assert bytes_of(tmp_path / "c") == bytes_of(tmp_path / "whole")


def test_only_one_adds_at_a_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(1))
    add_to_corpus(tmp_path / "c", [path])
    more = write(tmp_path / "b.jsonl", rows(2))
    with sole_writer(tmp_path / "c" / "corpus.json"), ThreadPoolExecutor(1) as other, pytest.raises(InUse):
        other.submit(add_to_corpus, tmp_path / "c", [more]).result()


def test_a_corpus_is_never_added_to_itself_or_read_as_reports(tmp_path: Path) -> None:
    path = write(tmp_path / "given" / "a.jsonl", rows(1))
    add_to_corpus(tmp_path / "given" / "c", [path])
    add_to_corpus(tmp_path / "given" / "other", [path])
    again = add_to_corpus(tmp_path / "given" / "c", [tmp_path / "given"])
    assert [each.name for each in again.inputs] == ["a.jsonl"]
    assert any("other" in note for note in again.notes)
    with pytest.raises(WouldOverwrite, match="to itself"):
        add_to_corpus(tmp_path / "given" / "c", [tmp_path / "given" / "c"])


def test_what_is_not_there_or_not_a_corpus_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        add_to_corpus(tmp_path / "c", [tmp_path / "gone.parquet"])
    assert not (tmp_path / "c").exists()
    path = write(tmp_path / "mine" / "a.jsonl", rows(1))
    for place in (path.parent, path):
        with pytest.raises(WouldOverwrite):
            add_to_corpus(place, [path])
    assert [each.name for each in path.parent.iterdir()] == ["a.jsonl"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever may do everything can read every file")
def test_a_file_that_the_system_does_not_open_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(1))
    path.chmod(0)
    assert kinds(add_to_corpus(tmp_path / "c", [path])) == {"unreadable": 1}


def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", rows(1))
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "link.jsonl").symlink_to(path)
    added = add_to_corpus(tmp_path / "c", [tmp_path / "given"])
    assert (added.reports, kinds(added)) == (0, {"unreadable": 1})


def test_what_was_stopped_leaves_no_process_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(*words: Any, **named: Any) -> subprocess.Popen[bytes]:
        started.append(real(*words, **named))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", popen)
    for number in range(6):
        write(tmp_path / "given" / f"{number}.html", PAGE)
    with pytest.raises(Stopped) as stopped:
        add_to_corpus(tmp_path / "c", [tmp_path / "given"], workers=2, progress=Interrupting(1))
    assert stopped.value.__cause__ is not None  # it holds the frames, and with them what nobody closed
    assert len(started) == 2
    assert all(child.poll() is not None for child in started)
