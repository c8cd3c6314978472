"""The command `read`: one line a report, exact places, nothing lost, and a stopped run that goes on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from command_line import REPORTS, headwater

from headwater import intake
from headwater.model import Reading, Report, sha256_text
from headwater.pipeline import read_only, readers
from headwater.reading import known

STORY = "\ufeff“They took the boats — all 😀 of them,” said Oda Renn.\r\n\r\nNobody has seen them since.\u2028End."
LINES: list[object] = [
    {"id": "a", "text": STORY, "attributions": "ignored"},
    {"id": "7\ud83d\u2028", "text": "The road is closed, Karl Imber said."},
    {"id": "empty", "text": ""},
    {"text": "“We saw no boat,” Oda Renn told Radio Vellmar.", "id": "c"},
]
BAD: list[tuple[bytes, str]] = [
    (b"", "The line is empty."),
    (b"{", "It is not JSON"),
    (b"[1]", "It is no object"),
    (b'{"id": "x"}', "“text” is missing"),
    (b'{"text": "x"}', "“id” is missing"),
    (b'{"id": true, "text": "x"}', "“id” is missing"),
    (b'{"id": "x", "text": 5}', "“text” is missing"),
    (b'{"id": "\xff", "text": "x"}', "It is not UTF-8"),
    (b'{"id": "a", "text": "x"}', "The id “a” stood there before."),
    (b"[" * 200_000, "beyond what can be read"),
]


def jsonl(path: Path, lines: Iterable[object]) -> Path:
    """Write objects, or bytes as they are, as lines."""
    raw = [each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines]
    data = b"".join(line + b"\n" for line in raw)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def read(*words: str | Path) -> Result:
    """Run the command with the reader by rules."""
    return headwater("read", *words, "--reader", "english-rules")


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a written file."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def test_a_line_gives_places_of_its_very_text(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = read(jsonl(tmp_path / "in.jsonl", LINES), "--out", out)
    assert done.exit_code == 0, done.output
    told = lines_of(out)
    assert [each["id"] for each in told] == ["a", "7\ud83d\u2028", "empty", "c"]
    first = told[0]
    ((start, end),) = first["statements"][0]["content"]
    assert STORY[start:end] == first["statements"][0]["text"] == "They took the boats — all 😀 of them,"
    assert (first["statements"][0]["source"], first["statements"][0]["probability"]) == ("Oda Renn", None)
    assert [STORY[slice(*span)] for span in first["attributions"][0]["source"]] == ["Oda Renn"]
    assert [STORY[slice(*span)] for span in first["attributions"][0]["cue"]] == ["said"]
    assert first["text_sha256"] == sha256_text(STORY)
    assert first["reader"] == "reading.english-rules 1"
    assert (told[2]["attributions"], told[2]["statements"]) == ([], [])
    assert told[3]["statements"][0]["told_to"] == "Radio Vellmar"
    assert {tuple(each) for each in told} == {tuple(first)}
    assert done.stdout.splitlines()[0] == "4 in, 4 read, 0 set aside"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_packed_file_a_plain_one_and_standard_output_hold_the_same(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl.gz", LINES)
    plain, packed = tmp_path / "out.jsonl", tmp_path / "out.jsonl.gz"
    read(source, "--out", plain)
    read(source, "--out", packed)
    straight = read(source, "--out", "-")
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes() == straight.stdout_bytes
    assert "4 in, 4 read" in straight.stderr
    first = packed.read_bytes()
    read(source, "--out", packed, "--replace")
    assert packed.read_bytes() == first


def test_every_bad_line_is_set_aside_with_its_number_and_its_reason(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", [LINES[0], *(line for line, _ in BAD), LINES[3]])
    done = read(source, "--out", tmp_path / "out.jsonl", "--json")
    assert done.exit_code == 4
    told = json.loads(done.stdout)
    assert (told["total"], told["read"], told["set_aside_in_all"]) == (len(BAD) + 2, 2, len(BAD))
    for number, (each, (_, why)) in enumerate(zip(told["set_aside"], BAD, strict=True), start=2):
        assert each["file"] == f"{source} line {number}"
        assert why in each["why"]
    assert not told["complete"]
    assert [each["id"] for each in lines_of(tmp_path / "out.jsonl")] == ["a", "c"]


@pytest.mark.parametrize("length", [73, 74, 99, 100, 101, 500])
def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path, length: int) -> None:
    long = {"id": "long", "text": "x" * length}
    source = jsonl(tmp_path / "in.jsonl", [LINES[2], long, LINES[2], LINES[3]])
    whole = len(json.dumps(long)) < 100
    tally = read_only.read_to_file(
        read_only.Asked([source], limits=intake.Limits(file_bytes=100)), tmp_path / "out.jsonl"
    )
    assert [each["id"] for each in lines_of(tmp_path / "out.jsonl")] == ["empty", *(["long"] if whole else []), "c"]
    assert [each.file for each in tally.set_aside] == [f"{source} line {n}" for n in ((3,) if whole else (2, 3))]


def test_a_packed_file_that_is_cut_short_gives_what_stands_before(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl.gz", [{"id": n, "text": f"“Boat {n * 7919},” Renn said."} for n in range(999)])
    source.write_bytes(source.read_bytes()[:-2000])
    done = read(source, "--out", tmp_path / "out.jsonl")
    assert done.exit_code == 4
    assert "cut short or damaged" in " ".join(done.stdout.split())
    assert [each["id"] for each in lines_of(tmp_path / "out.jsonl")][:2] == [0, 1]


def test_files_come_first_by_name_and_what_trace_sets_aside_is_set_aside(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    source = jsonl(tmp_path / "in.jsonl", [{"id": "birch.txt", "text": "x"}, LINES[3]])
    done = read(source, folder, "--out", tmp_path / "out.jsonl")
    assert done.exit_code == 4
    told = lines_of(tmp_path / "out.jsonl")
    assert [each["id"] for each in told] == ["ash.txt", "birch.txt", "cedar.txt", "c"]
    assert [each["text_sha256"] for each in told[:3]] == [sha256_text(text) for text in list(REPORTS.values())[:3]]
    assert "6 in, 4 read, 2 set aside" in done.stdout
    assert "empty.txt: The file is empty." in done.stdout


def test_any_number_of_processes_writes_the_same(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", [{"id": n, "text": f"“Boat {n},” Oda Renn said."} for n in range(100)])
    for workers in ("1", "3"):
        assert read(source, "--out", tmp_path / f"{workers}.jsonl", "--workers", workers).exit_code == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes()
    assert len(lines_of(tmp_path / "1.jsonl")) == 100


def many(tmp_path: Path) -> Path:
    """Write more reports than a stopped run reads, one bad line among them."""
    good = [{"id": n, "text": f"“Boat {n} is gone,” Oda Renn said."} for n in range(20)]
    return jsonl(tmp_path / "in.jsonl", [*good[:3], b"no", *good[3:]])


def stopping(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Let Ctrl-C come while the given report is read."""

    class Stopping:
        maker = known("english-rules").reader.maker

        def read(self, report: Report) -> Reading:
            if f"Boat {at} " in report.text:
                raise KeyboardInterrupt
            return known("english-rules").reader.read(report)

    monkeypatch.setattr(readers, "reader_for", lambda *_: Stopping())


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_stopped_run_goes_on_after_its_last_whole_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    source, out, part = many(tmp_path), tmp_path / name, tmp_path / f"{name}.part"
    read(source, "--out", tmp_path / f"whole-{name}")
    with monkeypatch.context() as patched:
        stopping(patched, 12)
        stopped = read(source, "--out", out)
    assert stopped.exit_code == 130
    assert stopped.stderr.splitlines()[0] == "Stopped after 13 of 21 reports."
    assert str(part) in stopped.stderr
    assert not out.exists()
    part.write_bytes(part.read_bytes() + b'{"id": 12, "attrib')
    done = read(source, "--out", out, "--json")
    told = json.loads(done.stdout)
    assert (told["total"], told["read"], told["resumed"], told["set_aside_in_all"]) == (21, 20, 12, 1)
    assert out.read_bytes() == (tmp_path / f"whole-{name}").read_bytes()
    assert not part.exists()


@pytest.mark.parametrize("change", ["text", "id", "reader", "shorter", "garbage"])
def test_lines_of_another_run_are_not_gone_on_from(tmp_path: Path, change: str) -> None:
    source, out, part = many(tmp_path), tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    read(source, "--out", out)
    whole = out.read_bytes()
    lines = lines_of(out)
    if change == "shorter":
        lines.append(lines[0])
    elif change != "garbage":
        lines[5] = {**lines[5], {"text": "text_sha256"}.get(change, change): "other"}
    jsonl(part, [b"garbage"] if change == "garbage" else lines)
    before = part.read_bytes()
    out.unlink()
    refused = read(source, "--out", out)
    assert refused.exit_code == 1
    assert "what another run wrote" in refused.stderr
    assert part.read_bytes() == before
    assert not out.exists()
    assert read(source, "--out", out, "--replace").exit_code == 4
    assert out.read_bytes() == whole


def test_a_report_on_which_the_reader_fails_has_its_line_and_is_told_again_after_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        maker = known("english-rules").reader.maker

        def read(self, report: Report) -> Reading:
            if "Boat 4 " in report.text:
                raise ZeroDivisionError
            if "Boat 9 " in report.text:
                raise KeyboardInterrupt
            return Reading(report.id)

    source, out = many(tmp_path), tmp_path / "out.jsonl"
    with monkeypatch.context() as patched:
        patched.setattr(readers, "reader_for", lambda *_: Failing())
        assert read(source, "--out", out).exit_code == 130
    told = json.loads(read(source, "--out", out, "--json").stdout)
    assert told["not_read_in_all"] == 1
    assert told["not_read"][0]["file"] == "4"
    assert "ZeroDivisionError" in lines_of(out)[4]["notes"][0]
    assert len(lines_of(out)) == 20


@pytest.mark.parametrize("replace", [(), ("--replace",)])
def test_what_stands_there_is_replaced_only_when_asked(tmp_path: Path, replace: tuple[str, ...]) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"mine")
    done = read(jsonl(tmp_path / "in.jsonl", LINES), "--out", out, *replace)
    assert done.exit_code == (0 if replace else 1)
    assert (out.read_bytes() == b"mine") is not bool(replace)


def test_the_input_a_case_and_a_folder_are_never_written_over(tmp_path: Path) -> None:
    source = jsonl(tmp_path / "in.jsonl", LINES)
    before = source.read_bytes()
    for out in (source, tmp_path / "c.headwater", tmp_path, tmp_path / "missing" / "out.jsonl"):
        done = read(source, "--out", out, "--replace")
        assert done.exit_code == 1
        assert len(done.stderr.strip().splitlines()) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
    assert source.read_bytes() == before


def test_a_file_that_is_not_there_and_a_reader_that_is_not_there_are_told(tmp_path: Path) -> None:
    done = read(tmp_path / "none.jsonl", "--out", tmp_path / "out.jsonl")
    assert (done.exit_code, "none.jsonl" in done.stderr) == (1, True)
    source = jsonl(tmp_path / "in.jsonl", LINES)
    for words in (("read", source, "--out", tmp_path / "o"), ("trace", source)):
        unknown = headwater(*words, "--reader", "nobody")
        assert (unknown.exit_code, unknown.stderr.splitlines()[0]) == (1, "There is no reader called “nobody”.")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_an_input_that_changes_meanwhile_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headwater.intake.count_lines", lambda *_, **__: 5)
    done = read(jsonl(tmp_path / "in.jsonl", LINES), "--out", tmp_path / "out.jsonl")
    assert done.exit_code == 70
    assert "5 went in, 4 were read and 0 were set aside" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_trace_reads_with_the_reader_that_is_named(folder: Path, tmp_path: Path) -> None:
    places = ("--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    assert headwater("trace", folder, *places, "--reader", "english-rules").exit_code == 0
    exported = json.loads(headwater("export", tmp_path / "c.headwater").stdout)
    assert exported["makers"]["reading"]["name"] == "reading.english-rules"
