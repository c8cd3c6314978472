"""Which reader reads what: the built-in ones, installed ones, named ones, and those that cannot be used."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from plug_ins import forget, install, install_reader
from reading_cases import reading_of, report_of

from headwater import casefile
from headwater.errors import ReaderUnusable
from headwater.model import Maker, Reading, Report, Span, Statement, plain_report
from headwater.pipeline import readers
from headwater.pipeline.run import trace_reports
from headwater.reading import DEFAULT, UNREAD, attributions_of, faults, known, read, reader_for

GERMAN = (
    "Der Hafen ist leer. Die Boote sind nicht da, und die Leute von der Insel haben es nicht gesehen. "
    "Es war eine Nacht mit dem Wind aus dem Norden, und sie sind auf dem Weg in die Stadt. "
)
ENGLISH = (
    "The harbour is empty. “They took the boats at dawn,” said Oda Renn of the island, and the nets are with them.\n"
)
TWO = "“They took the boats. Nobody came back,” said Oda Renn."


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing that one test installs is known to the next."""
    forget()
    yield
    forget()


def named(name: str) -> str:
    """Return the name of what reads under a name."""
    return known(name).reader.maker.name


@pytest.mark.parametrize("language", [None, "", "en", "EN-gb", "en_US"])
def test_english_and_unknown_languages_are_read_by_the_default_reader(language: str | None) -> None:
    assert reader_for(language) is known(DEFAULT).reader


def test_the_rules_alone_have_a_name() -> None:
    assert named("english-rules") == "reading.english-rules"
    assert reader_for("en", "english-rules") is known("english-rules").reader


def test_an_unknown_name_is_answered_with_the_names_there_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install_reader(monkeypatch, tmp_path, "tide", "de")
    with pytest.raises(ReaderUnusable, match="“tied”") as told:
        reader_for("en", "tied")
    assert told.value.next_step == "Name one of these: english, english-rules, tide."


def test_a_plug_in_reads_by_itself_what_nobody_else_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install_reader(monkeypatch, tmp_path, "tide", "de-AT", "en")
    assert reader_for("de").maker == Maker("Tide", "3")
    assert reader_for("en") is known(DEFAULT).reader
    assert reader_for(None) is known(DEFAULT).reader
    assert reader_for("fr") is UNREAD


def test_a_named_reader_reads_its_languages_and_the_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    install_reader(monkeypatch, tmp_path, "tide", "de", "en")
    install_reader(monkeypatch, tmp_path, "seine", "fr")
    for language in ("en", "de", None):
        assert reader_for(language, "tide") is known("tide").reader
    assert reader_for("fr", "tide") is known("seine").reader
    assert reader_for("en", "seine") is known(DEFAULT).reader
    assert reader_for("ru", "seine") is UNREAD


def test_two_plug_ins_for_one_language_are_told_and_one_can_be_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    install_reader(monkeypatch, tmp_path, "tide", "de")
    install_reader(monkeypatch, tmp_path, "ebb", "de")
    with pytest.raises(ReaderUnusable, match="“ebb” and “tide” are installed and all read the language “de”") as told:
        reader_for("de")
    assert "--reader ebb" in told.value.next_step
    assert reader_for("de", "tide") is known("tide").reader
    assert reader_for("en") is known(DEFAULT).reader


@pytest.mark.parametrize("name", ["tide", DEFAULT])
def test_a_name_that_is_taken_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    install(monkeypatch, tmp_path, "one", {"tide": "one:x"}, "")
    install(monkeypatch, tmp_path, "two", {name: "two:x"}, "")
    with pytest.raises(ReaderUnusable, match=f"called “{name}”, as is one of"):
        reader_for("de")
    assert reader_for("en") is known(DEFAULT).reader


GOOD = "from headwater.model import Maker, Reading\nclass R:\n maker = Maker('r', '1')\n languages = ('de',)\n"
READS = " def read(self, report): return Reading(report.id)\n"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import there_is_no_such_module", "ModuleNotFoundError"),
        ("def (", "SyntaxError"),
        ("x = 1", "AttributeError"),
        ("R = 5", "TypeError"),
        ("def R(): raise FileNotFoundError('weights.bin')", "FileNotFoundError: weights.bin"),
        ("def R(): raise RuntimeError('no memory on the card')", "RuntimeError"),
        ("def R(): return None", "has no method `read`"),
        (GOOD, "has no method `read`"),
        (GOOD.replace("Maker('r', '1')", "'r'") + READS, "has no `maker`"),
        (GOOD.replace("('de',)", "'de'") + READS, "has no `languages`"),
        (GOOD.replace("('de',)", "()") + READS, "has no `languages`"),
        (GOOD.replace("('de',)", "(1,)") + READS, "has no `languages`"),
    ],
)
def test_a_plug_in_that_cannot_be_used_is_told_in_three_sentences(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, why: str
) -> None:
    package = "broken_package"
    install(monkeypatch, tmp_path, package, {"tide": f"{package}:R"}, code)
    for language, name in (("de", None), ("en", "tide")):
        with pytest.raises(ReaderUnusable, match=f"“tide” of the package {package} cannot be used") as told:
            reader_for(language, name)
        assert why in told.value.what
        assert package in told.value.next_step
    assert reader_for("en") is known(DEFAULT).reader


def test_nothing_installed_is_looked_for_before_it_is_needed() -> None:
    probe = "import sys, headwater.reading as r; r.reader_for('en'); sys.exit('importlib.metadata' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_a_choice_that_fails_in_a_reading_process_is_told_here() -> None:
    error = pickle.loads(pickle.dumps(ReaderUnusable("It broke.", safe="All is.", next_step="Mend it.")))
    assert (type(error), error.what, error.safe, error.next_step) == (
        ReaderUnusable,
        "It broke.",
        "All is.",
        "Mend it.",
    )


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a German report and an English one."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "de.txt").write_text(GERMAN, encoding="utf-8")
    (folder / "en.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pile_of_two_languages_names_both_readers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pile: Path, workers: int
) -> None:
    monkeypatch.setattr(readers, "_BATCH", 1)
    install_reader(monkeypatch, tmp_path, "tide", "de")
    case = trace_reports([pile], workers=workers).case
    english = known(DEFAULT).reader.maker
    assert case.makers.reading == Maker(f"Tide + {english.name}", f"3 + {english.version}")
    assert [said.text for said in case.readings[0].statements] == ["Der"]
    assert "They took the boats at dawn" in case.readings[1].statements[0].text


def test_a_case_read_by_a_plug_in_is_written_and_verified(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pile: Path
) -> None:
    install_reader(monkeypatch, tmp_path, "tide", "de", "en")
    case = trace_reports([pile], reader="tide").case
    assert case.makers.reading == Maker("Tide", "3")
    assert [said.text for reading in case.readings for said in reading.statements] == ["Der", "The"]
    assert casefile.case_digest(case)


def test_without_a_plug_in_the_case_names_the_reader_that_read(pile: Path) -> None:
    case = trace_reports([pile]).case
    assert case.makers.reading == known(DEFAULT).reader.maker
    assert "no reader for the language “de”" in case.readings[0].notes[0]


def test_two_plug_ins_stop_a_run_with_processes_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pile: Path
) -> None:
    install_reader(monkeypatch, tmp_path, "tide", "de")
    install_reader(monkeypatch, tmp_path, "ebb", "de")
    with pytest.raises(ReaderUnusable, match="“ebb” and “tide”"):
        trace_reports([pile], workers=2)


def test_a_text_is_read_in_one_call() -> None:
    (said,) = read("“Nobody came back,” Oda Renn told Radio Vellmar.")
    assert said.text == "Nobody came back,"
    assert said.told_to is not None
    assert said.told_to.text == "Radio Vellmar"
    assert read("“Nobody came back,” Oda Renn said.", language="fr") == ()
    assert read("", reader="english-rules") == ()


def test_statements_of_one_quotation_are_one_attribution() -> None:
    reading = replace(known("english-rules").reader.read(plain_report(TWO)), attributions=())
    assert len(reading.statements) == 2
    (one,) = attributions_of(TWO, reading)
    assert [span.of(TWO) for span in one.content] == ["They took the boats. Nobody came back,"]
    assert [span.of(TWO) for span in one.source] == ["Oda Renn"]
    assert one.cue is not None
    assert one.cue.of(TWO) == "said"
    assert (one.kind.value, one.probability) == ("speech", 1.0)
    assert attributions_of(TWO, replace(reading, attributions=(one, one))) == (one, one)


def changed(read_in: Report, **what: object) -> Reading:
    """Return the reading of a report with its first statement changed."""
    reading = reading_of(read_in)
    first: Statement = replace(reading.statements[0], **what)  # type: ignore[arg-type]
    return replace(reading, statements=(first, *reading.statements[1:]))


def test_every_broken_promise_is_seen() -> None:
    report = report_of(TWO)
    end = len(report.text)
    good = reading_of(report)
    assert list(faults(report, good)) == []
    broken = {
        "the reading belongs to another report": replace(good, report="other"),
        "a record of the reading belongs to another report": changed(report, report="other"),
        "two records of the reading share an id": changed(report, id=good.statements[1].id),
        "a place does not fit the text of the report": changed(report, cue=Span(end - 1, end + 1)),
        "the text of a statement is not the words at its places": changed(report, text="They took it."),
        "a source is named that is no mention of the reading": changed(report, source="nobody"),
        "a statement is named that the reading does not hold": changed(report, inside="nothing"),
    }
    for fault, reading in broken.items():
        assert list(faults(report, reading)) == [fault]
