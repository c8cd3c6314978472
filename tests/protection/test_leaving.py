"""200 made-up names in 50 made-up cases: none is found in anything that leaves, by either scanner."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up import CASES, PER_CASE, handlings, names, trace, write_case
from other_scanner import found

from headwater import dossier
from headwater.errors import WouldLeak
from headwater.exchange import case_json_bytes
from headwater.model import Case, People, anchors
from headwater.pipeline.checks import check_received
from headwater.pipeline.leaving import check_leaving, leaving, own_words
from headwater.pipeline.run import print_dossier
from headwater.protection import Plan, apply, plan, scan

SECRET = bytes(range(32))
PAGES = 5  # every fifth case has a page of HTML


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, list[str], People]]:
    """The cases, each with its four names and what was said about them."""
    every = names()
    out = []
    for number in range(CASES):
        folder = tmp_path_factory.mktemp("reports")
        four = every[number * PER_CASE : (number + 1) * PER_CASE]
        write_case(folder, four, page=number % PAGES == 0)
        case = trace(folder)
        out.append((case, four, People((), tuple(handlings(case, four)))))
    return out


def printed(case: Case, people: People, folder: Path) -> dict[str, bytes]:
    """Everything that leaves, as it stands on the disk."""
    print_dossier(case, folder / "dossier", title="The weir", people=people, secret=SECRET)
    view = leaving(case, people, SECRET)
    (folder / "case.json").write_bytes(case_json_bytes(view.case, protected=view.notice))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_protected_name_is_found_in_what_leaves(cases: list[tuple[Case, list[str], People]], tmp_path: Path) -> None:
    left: dict[str, set[str]] = {}
    for number, (case, four, people) in enumerate(cases):
        (tmp_path / str(number)).mkdir()
        files = printed(case, people, tmp_path / str(number))
        if hits := found(four, files):
            left[str(number)] = hits
        assert scan(files, plan(case, people.handlings), own=own_words()) == []
    assert left == {}


def test_without_protection_both_scanners_find_all_of_them(cases: list[tuple[Case, list[str], People]]) -> None:
    """The control: the names are there to be found."""
    ours, theirs = 0, 0
    for case, four, people in cases:
        files = {**dossier.render(case, title="The weir"), "case.json": case_json_bytes(case)}
        theirs += len(found(four, files))
        ours += len({leak.pseudonym for leak in scan(files, plan(case, people.handlings), own=own_words())})
    assert theirs == ours == CASES * PER_CASE


def test_every_place_still_fits_and_nothing_is_lost(cases: list[tuple[Case, list[str], People]]) -> None:
    for case, _, people in cases:
        made = leaving(case, people, SECRET).case
        check_received_but_for_originals(made)
        assert len(list(anchors(made))) == len(list(anchors(case)))
        assert [len(each.statements) for each in made.readings] == [len(each.statements) for each in case.readings]
        texts = {report.id: report.text for report in made.received.reports}
        for reading in made.readings:
            for statement in reading.statements:
                assert statement.text == " ... ".join(span.of(texts[reading.report]) for span in statement.content)


def check_received_but_for_originals(case: Case) -> None:
    """Every file is in one report or set aside; the originals were left out."""
    files = [report.info.file for report in case.received.reports] + [each.file for each in case.received.set_aside]
    assert sorted(files) == sorted(case.received.files)
    assert len(set(files)) == len(files)


def test_a_case_of_which_nobody_said_anything_is_the_same_object(
    cases: list[tuple[Case, list[str], People]],
) -> None:
    case = cases[0][0]
    view = leaving(case, People(), b"")
    assert view.case is case
    assert view.notice == ""
    assert dossier.render(case, title="x", protected=view.notice) == dossier.render(case, title="x")
    check_received(case.received)


def test_the_protected_view_is_made_once_and_only_when_it_is_asked_for(
    cases: list[tuple[Case, list[str], People]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes as long as printing does, and an answer on the terminal needs only its notice."""
    case, _, people = cases[0]
    made: list[Case] = []

    def applied(whole: Case, found: Plan, secret: bytes) -> Case:
        made.append(apply(whole, found, secret))
        return made[-1]

    monkeypatch.setattr("headwater.pipeline.leaving.apply", applied)
    view = leaving(case, people, SECRET)
    assert view.notice
    assert made == []
    assert view.case is view.case
    assert len(made) == 1
    assert SECRET.hex() not in repr(view)
    assert repr(SECRET) not in repr(view)


def test_what_would_leak_is_not_written(cases: list[tuple[Case, list[str], People]], tmp_path: Path) -> None:
    """A page that still holds a name stops the whole of it, and the sentence does not repeat the name."""
    case, four, people = cases[1]
    with pytest.raises(WouldLeak) as caught:
        check_leaving({"page.html": f"<p>{four[0]}</p>".encode()}, plan(case, people.handlings))
    assert caught.value.exit_code == 3
    assert four[0] not in str(caught.value)
    assert "Protected source 1 in page.html" in str(caught.value)
    assert not list(tmp_path.iterdir())
