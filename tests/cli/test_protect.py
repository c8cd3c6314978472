"""The command `protect`, and what dossier, export, show and trace give away of a case with protected names."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import headwater, write_reports

from headwater.casefile import new_key, read_people, unlock
from headwater.pipeline.run import Targets, trace_and_write
from headwater.reading import RULES

WORDS = "seven slow herons cross the ferry road at night"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports, an encrypted case of them, a plain one, and the passphrase in a file."""
    place = tmp_path_factory.mktemp("protected")
    write_reports(place / "reports")
    (place / "words").write_text(WORDS, encoding="utf-8")
    for name, key in (("case", new_key(WORDS)), ("plain", None)):
        targets = Targets(place / f"{name}.headwater", place / f"{name}-pages", "Boats", key=key)
        trace_and_write([place / "reports"], targets, now=datetime.now(UTC), agent="a test", reader=RULES, workers=1)
    return place


def on_case(place: Path, command: str, *words: str | Path, name: str = "case.headwater") -> str:
    """Run a command on the encrypted case, which must succeed, and return what it prints."""
    done = headwater(command, place / name, *words, "--passphrase-file", place / "words")
    assert done.exit_code == 0, done.output
    return done.output


def source_of(listing: str, name: str) -> str:
    return next(line.split()[0] for line in listing.splitlines() if name in line)


def test_a_plain_case_refuses_and_says_what_to_do(place: Path) -> None:
    source = source_of(headwater("protect", place / "plain.headwater", "--list").output, "Oda Renn")
    done = headwater("protect", place / "plain.headwater", source)
    assert done.exit_code == 1
    assert "headwater encrypt" in done.output


def test_an_id_that_is_none_or_several_is_wrong_usage(place: Path) -> None:
    for asked in ("source-", "nobody"):
        done = headwater("protect", place / "plain.headwater", asked)
        assert done.exit_code in {1, 2}
    done = headwater("protect", place / "case.headwater", "source-", "--passphrase-file", place / "words")
    assert done.exit_code == 2
    assert "--list" in done.output


def test_protected_names_leave_neither_by_dossier_nor_export_nor_answer(place: Path) -> None:
    source = source_of(on_case(place, "protect", "--list"), "Oda Renn")
    more = place / "more.txt"
    more.write_text("not Oda\nNets Harbourmaster\nOrigin\n", encoding="utf-8")
    told = on_case(place, "protect", source[:14], "--also-file", more)
    assert told.startswith(f"Protected source 1  ({source})")
    assert "One of them is a word that Headwater prints itself" in told

    (handling,) = read_people(place / "case.headwater", key=unlock(place / "case.headwater", WORDS)).handlings
    assert "Oda" not in handling.names
    assert {"Oda Renn", "Renn", "Nets Harbourmaster"} <= set(handling.names)

    on_case(place, "dossier", "--out", place / "out", "--title", "About Oda Renn")
    pages = {path.name: path.read_text(encoding="utf-8") for path in (place / "out").rglob("*.html")}
    assert all("Renn" not in page for page in pages.values())
    assert "1 source appears under a pseudonym" in pages["index.html"]
    assert "About Protected source 1" in pages["index.html"]

    exported = on_case(place, "export")
    assert "Renn" not in exported
    assert json.loads(exported)["protected"].startswith("1 source")
    assert '"protected"' not in headwater("export", place / "plain.headwater").output

    answer = on_case(place, "show", "Oda Renn", "--json")
    assert "Renn" not in answer
    assert json.loads(answer)["words"] == "Protected source 1"
    assert json.loads(answer)["places"]
    shown = on_case(place, "show", "took the boats")
    assert "Oda Renn" in shown, "on the terminal of whoever opened the case"
    assert "Real names, for you alone" in shown


def test_tracing_again_does_not_undo_it(place: Path) -> None:
    """The dossier that `trace` prints over a case with protected names goes through the same gate."""
    source = source_of(on_case(place, "protect", "--list"), "Karl Imber")
    on_case(place, "protect", source)
    done = headwater(
        *("trace", place / "reports", "--case", place / "case.headwater", "--dossier", place / "again", "--json"),
        *("--reader", RULES, "--passphrase-file", place / "words"),
    )
    assert done.exit_code == 0, done.output
    assert "Imber" not in done.stdout
    assert all("Imber" not in path.read_text(encoding="utf-8") for path in (place / "again").rglob("*.html"))
    assert "Protected source" in on_case(place, "protect", "--list")


def test_a_source_stays_protected_under_one_pseudonym_when_its_id_changes(place: Path, tmp_path: Path) -> None:
    key = new_key(WORDS)
    reports = [tmp_path / "reports" / name for name in ("a.txt", "b.txt")]
    reports[0].parent.mkdir()
    for path in reports:
        path.write_text(
            "Boats taken\n\nOda Renn, a fisherman, told the Post: “They took the boats at dawn.”\n"
            f"\nThe council met in {path.stem}.\n",
            encoding="utf-8",
        )
    targets = Targets(tmp_path / "case.headwater", tmp_path / "pages", "Boats", key=key)
    trace_and_write(reports, targets, now=datetime.now(UTC), agent="a test", reader=RULES, workers=1)
    words = ("--passphrase-file", place / "words")
    first = source_of(headwater("protect", targets.case, "--list", *words).output, "Oda Renn")
    assert headwater("protect", targets.case, first, *words).exit_code == 0
    assert headwater("withdraw", targets.case, "a.txt", "--why", "x", "--yes", *words).exit_code == 0
    listed = headwater("protect", targets.case, "--list", *words).output
    now = source_of(listed, "Oda Renn")
    assert now != first
    assert "[Protected source 1: protected, consent unknown]" in listed
    handled = json.loads(headwater("protect", targets.case, "--list", "--json", *words).stdout)["handled"]
    assert [(each["subject"], each["pseudonym"]) for each in handled] == [(now, "Protected source 1")]
    again = headwater("protect", targets.case, now, "--sensitivity", "withheld", *words)
    assert again.stdout.startswith("Protected source 1 ")
    assert "withheld" in headwater("protect", targets.case, "--list", *words).output
    assert headwater("protect", targets.case, now, "--sensitivity", "open", *words).exit_code == 0
    assert "Oda Renn" in headwater("show", targets.case, "boats at dawn", "--json", *words).stdout
    assert headwater("protect", targets.case, now, "--sensitivity", "withheld", *words).exit_code == 0
    assert headwater("decide", targets.case, "reject", "boats at dawn", *words).exit_code == 0
    done = headwater("export", targets.case, *words)
    assert "at dawn" not in done.stdout, "rejected, and withheld all the same"
    assert headwater("dossier", targets.case, "--out", tmp_path / "out", *words).exit_code == 0
    assert not [page for page in (tmp_path / "out").rglob("*.html") if "at dawn" in page.read_text("utf-8")]
    assert headwater("undo", targets.case, *words).exit_code == 0
    for asked in (
        ("decide", targets.case, "reject", "boats at dawn", "--why", "Oda Renn is safe"),
        ("decisions", targets.case),
        ("undo", targets.case),
        ("redo", targets.case),
        ("add", targets.case, reports[0], "--again"),
        ("withdraw", targets.case, "a.txt", "--why", "x", "--yes"),
    ):
        done = headwater(*asked, *words, "--json")
        assert done.exit_code == 0, done.output
        assert "Renn" not in done.stdout, asked
        assert "at dawn" not in done.stdout, asked
        assert "Protected source 1" in done.stdout or asked[0] not in {"decide", "decisions"}, asked
