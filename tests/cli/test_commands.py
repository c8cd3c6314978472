"""The commands as a person or a script uses them: what is printed where, and the exit code of each ending."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import headwater, write_reports

from headwater import exchange
from headwater.casefile import belongs_to_a_case, custody, read_case


def one_object(output: str) -> dict[str, Any]:
    """Return the one JSON object that a command printed."""
    assert output.count("\n") == 1
    content: dict[str, Any] = json.loads(output)
    return content


def sentences(stderr: str) -> list[str]:
    """Return the lines of an error."""
    return stderr.strip().splitlines()


def test_trace_says_what_an_editor_asks(folder: Path, tmp_path: Path) -> None:
    done = headwater("trace", folder, "--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout.startswith("3 reports, ")
    for words in (
        "The loudest echo",
        "They took the boats at dawn",
        "Oda Renn",
        "Radio Vellmar",
        "2 reports, 1 origin",
    ):
        assert words in done.stdout
    lines = done.stdout.splitlines()
    assert lines[-1].startswith("Next: headwater show ")
    assert any(line.startswith("Dossier ") and "index.html" in line for line in lines)
    assert max(map(len, lines[:-5])) <= 88
    assert (tmp_path / "d" / "index.html").is_file()


def test_trace_without_places_writes_into_the_present_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    done = headwater("trace", "reports")
    assert done.exit_code == 0
    assert "Case     case.headwater" in done.stdout
    visible = sorted(path.name for path in folder.parent.iterdir() if not belongs_to_a_case(path))
    assert visible == ["case.headwater", "dossier", "reports"]


def test_trace_of_the_present_folder_works_twice_in_a_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    first, second = (headwater("trace", ".") for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.output == first.output


def test_one_report_of_an_unknown_outlet_is_summed_up_in_good_english(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Quiet week\n\n“We saw no boat,” Oda Renn said.\n", encoding="utf-8")
    done = headwater("trace", tmp_path, "--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    assert done.stdout.splitlines()[:3] == [
        "1 report, 1 origin",
        "1 report carries 1 statement and 0 figures; 1 of the origins has a name. 1 claim of 1",
        "rests on a single origin. The outlets are unknown.",
    ]


def test_the_custody_log_names_who_did_it(folder: Path, tmp_path: Path) -> None:
    places = ("--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    headwater("trace", folder, *places)
    headwater("trace", folder, *places, "--by", "Mara Oss")
    assert [event.agent for event in custody(tmp_path / "c.headwater")] == ["not named", "Mara Oss"]


def test_trace_as_json_is_one_object_that_agrees_with_the_case(folder: Path, tmp_path: Path) -> None:
    done = headwater("trace", folder, "--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d", "--json")
    told = one_object(done.stdout)
    case = read_case(tmp_path / "c.headwater")
    assert told["complete"] is True
    assert told["summary"]["reports"] == 3
    assert [each["id"] for each in told["claims"]] == [claim.id for claim in case.weighed.claims]
    assert [each["step"] for each in told["steps"]][:2] == ["intake", "reading"]
    checked = headwater("verify", tmp_path / "c.headwater", "--checkpoint", told["custody_digest"])
    assert checked.exit_code == 0


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.txt", b"", 4),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4, 4),
        ("menu.html", b"<html><body><p></p></body></html>", 4),
        ("photo.jpg", b"\xff\xd8\xff\xe0", 0),
        ("notes.docx", b"PK\x03\x04", 0),
        ("again.txt", None, 0),
    ],
)
def test_what_was_set_aside_is_shown_with_its_reason(
    folder: Path, tmp_path: Path, name: str, data: bytes | None, code: int
) -> None:
    (folder / name).write_bytes((folder / "ash.txt").read_bytes() if data is None else data)
    places = ("--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    done = headwater("trace", folder, *places)
    assert done.exit_code == code, done.output
    assert "Set aside (1)" in done.stdout
    assert f"  {name}: " in done.stdout
    told = one_object(headwater("trace", folder, *places, "--json").stdout)
    assert [each["file"] for each in told["set_aside"]] == [name]
    assert told["complete"] is (code == 0)
    assert headwater("verify", tmp_path / "c.headwater").exit_code == 0


def test_nothing_to_read_is_an_error_of_three_sentences(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = headwater("trace", tmp_path / "empty", "--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert len(sentences(done.stderr)) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty"]


@pytest.mark.parametrize("words", [("trace", "nowhere"), ("verify", "nowhere"), ("show", "nowhere", "x")])
def test_a_path_that_is_not_there_is_told(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = headwater(*words)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nowhere" in sentences(done.stderr)[0]
    assert "Traceback" not in done.stderr
    as_json = headwater(*words, "--json")
    told = one_object(as_json.stdout)
    assert (told["exit_code"], told["error"]["kind"]) == (1, "PathMissing")
    assert list(tmp_path.iterdir()) == []


def test_a_command_without_what_it_needs_is_wrong_usage() -> None:
    for words in (("trace",), ("show", "case.headwater"), ("export", "x", "--format", "yaml"), ("trace", "x", "--no")):
        done = headwater(*words)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "Usage:" in done.stderr


def test_show_gives_every_place_earliest_first(traced: Path) -> None:
    done = headwater("show", traced, "took the BOATS at dawn")
    assert done.exit_code == 0
    assert done.stdout.startswith("2 places in 2 reports, going back to 1 known origin\n")
    assert done.stdout.index("The Birch Herald") < done.stdout.index("The Ash Post")
    assert done.stdout.count("[took the boats at dawn]") == 2
    assert "told Radio Vellmar" in done.stdout


def test_show_as_json_gives_exact_places(traced: Path) -> None:
    told = one_object(headwater("show", traced, "left us the nets", "--json").stdout)
    texts = {report.id: report.text for report in read_case(traced).received.reports}
    assert {(each["file"], each["how"]) for each in told["places"]} == {("ash.txt", "words"), ("birch.txt", "variant")}
    for each in told["places"]:
        assert texts[each["report"]][each["start"] : each["end"]] == each["text"]


def test_show_says_so_when_nobody_carries_the_words(traced: Path) -> None:
    done = headwater("show", traced, "they took the boats at noon")
    assert done.exit_code == 0
    assert "No report in this case carries the words" in done.stdout
    assert "The nearest thing said: “They took the boats at dawn" in done.stdout
    assert "Try fewer of them" in headwater("show", traced, "purple zeppelin").stdout
    assert headwater("show", traced, "…").exit_code == 2


def test_export_writes_the_exchange_form(traced: Path, tmp_path: Path) -> None:
    expected = exchange.case_json_bytes(read_case(traced))
    straight = headwater("export", traced, "--format", "json")
    assert straight.stdout_bytes == expected
    assert straight.stderr == ""
    written = headwater("export", traced, "--format", "json", "--out", tmp_path / "case.json")
    assert (tmp_path / "case.json").read_bytes() == expected
    assert written.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["case.json"]
    told = one_object(headwater("export", traced, "--out", tmp_path / "case.json", "--json").stdout)
    assert told["schema"] == "headwater-case/1"


def test_export_to_a_place_that_cannot_be_written_is_told(traced: Path, tmp_path: Path) -> None:
    done = headwater("export", traced, "--out", tmp_path / "missing" / "case.json")
    assert done.exit_code == 1
    assert len(sentences(done.stderr)) == 3


def test_export_never_takes_the_place_of_a_case(traced: Path, tmp_path: Path) -> None:
    before = traced.read_bytes()
    for out in (traced, tmp_path / "other.headwater"):
        done = headwater("export", traced, "--out", out)
        assert done.exit_code == 1
        assert "is the name of a case" in done.stderr
    assert traced.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "title"), [("river-2031", "river-2031"), ("reports", "case")])
def test_a_dossier_is_called_after_the_folder_traced_if_that_says_anything(
    tmp_path: Path, name: str, title: str
) -> None:
    folder = write_reports(tmp_path / name)
    headwater("trace", folder, "--case", tmp_path / "case.headwater", "--dossier", tmp_path / "d")
    assert f"<title>{title} " in (tmp_path / "d" / "index.html").read_text("utf-8")


def test_dossier_prints_what_trace_printed(traced: Path, tmp_path: Path) -> None:
    done = headwater("dossier", traced, "--out", tmp_path / "again")
    assert done.exit_code == 0
    assert "index.html" in done.stdout
    first, second = (
        {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}
        for place in (traced.parent / "dossier", tmp_path / "again")
    )
    assert first == second
    told = one_object(headwater("dossier", traced, "--out", tmp_path / "again", "--json").stdout)
    assert told["dossier"].endswith("index.html")


def test_dossier_leaves_a_foreign_folder_alone(traced: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    done = headwater("dossier", traced, "--out", tmp_path)
    assert done.exit_code == 1
    assert "was not made by Headwater" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_verify_passes_on_a_sound_case_and_says_what_it_cannot_prove(traced: Path) -> None:
    done = headwater("verify", traced)
    assert done.exit_code == 0
    assert "0 failed" in done.stdout
    assert "No check can prove that what the reports say is true" in done.stdout
    told = one_object(headwater("verify", traced, "--json").stdout)
    assert told["sound"] is True
    kept = headwater("verify", traced, "--checkpoint", told["custody_digest"], "--json")
    verdicts = {check["name"]: check["verdict"] for check in one_object(kept.stdout)["checks"]}
    assert verdicts["log proven from outside"] == "passed"


def test_verify_ends_with_3_when_a_byte_was_changed(traced: Path, tmp_path: Path) -> None:
    data = traced.read_bytes()
    at = data.index(b"left us the nets")
    damaged = tmp_path / "damaged.headwater"
    damaged.write_bytes(data[:at] + b"L" + data[at + 1 :])
    done = headwater("verify", damaged)
    assert done.exit_code == 3
    assert "failed" in done.stdout
    assert "Do not rely on this file" in done.stdout
    assert one_object(headwater("verify", damaged, "--json").stdout)["sound"] is False
    reading = headwater("show", damaged, "boats")
    assert (reading.exit_code, reading.stdout) == (3, "")


def test_verify_ends_with_3_when_the_kept_digest_is_not_in_the_log(traced: Path) -> None:
    assert headwater("verify", traced, "--checkpoint", "0" * 64).exit_code == 3


def test_a_file_that_is_no_case_is_told(tmp_path: Path) -> None:
    (tmp_path / "novel.headwater").write_bytes(b"Once upon a time")
    for words in (("verify",), ("show",), ("export",), ("dossier",)):
        done = headwater(*words, tmp_path / "novel.headwater", *(("x",) if words == ("show",) else ()))
        assert done.exit_code == 1
        assert "Traceback" not in done.stderr
        assert len(sentences(done.stderr)) == 3


def test_demo_traces_the_bundled_case_twice_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = headwater("demo"), headwater("demo")
    assert first.exit_code == 0, first.output
    assert first.stdout == second.stdout
    assert f"Dossier  {Path('demo') / 'dossier' / 'index.html'}" in first.stdout
    (tmp_path / "demo" / "reports" / "reports.csv").write_text("file\n", encoding="utf-8")
    third = headwater("demo")
    assert third.exit_code == 1
    assert "was changed" in third.stderr


def test_a_defect_is_told_in_plain_words_and_traced_when_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("headwater.weighing.weigh", fail)
    places = ("--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    monkeypatch.delenv("HEADWATER_DEBUG", raising=False)
    done = headwater("trace", folder, *places)
    assert done.exit_code == 70
    assert len(sentences(done.stderr)) == 3
    assert "HEADWATER_DEBUG=1" in done.stderr
    monkeypatch.setenv("HEADWATER_DEBUG", "1")
    assert "Traceback" in headwater("trace", folder, *places).stderr


def test_an_unforeseen_exception_of_a_command_is_a_defect_too(traced: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexError("words of a report")

    monkeypatch.setattr("headwater.cli.show.find", fail)
    done = headwater("show", traced, "boats")
    assert done.exit_code == 70
    assert "IndexError" in done.stderr
    assert "words of a report" not in done.stderr


def test_hostile_words_reach_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    words = "“They took\x1b[2J the \u202eboats at dawn,” Oda Renn told Radio Vellmar.\n"
    for name in ("a\x1b]0;x\x07.txt", "b.txt"):
        (tmp_path / "reports" / name).write_text(f"{name[0]}\n\n{words}", encoding="utf-8")
    done = headwater("trace", tmp_path / "reports", "--case", tmp_path / "c.headwater", "--dossier", tmp_path / "d")
    shown = headwater("show", tmp_path / "c.headwater", "boats")
    as_json = headwater("show", tmp_path / "c.headwater", "boats", "--json")
    for output in (done.output, shown.output, as_json.output):
        assert "\x1b" not in output
        assert "\x07" not in output
        assert "\u202e" not in output
    assert "boats" in shown.output
