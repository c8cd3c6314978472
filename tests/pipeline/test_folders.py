"""A folder appears whole or not at all, and nothing that a person put there is replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from headwater.errors import CannotWrite, WouldOverwrite
from headwater.pipeline.folders import MARKER, check_replaceable, write_folder

PAGES = {"index.html": b"<p>first</p>", "reports/one.html": b"<p>one</p>", "style.css": b"p {}"}


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by relative name, without the list."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name != MARKER}


class StopsAtTheLast(Mapping[str, bytes]):
    """Pages of which the last one is never handed out: the person presses Ctrl-C at that moment."""

    def __getitem__(self, name: str) -> bytes:
        if name == max(PAGES):
            raise KeyboardInterrupt
        return PAGES[name]

    def __iter__(self) -> Iterator[str]:
        return iter(PAGES)

    def __len__(self) -> int:
        return len(PAGES)


def test_what_is_written_is_what_was_given(tmp_path: Path) -> None:
    write_folder(tmp_path / "dossier", PAGES)
    assert content(tmp_path / "dossier") == PAGES
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]


def test_an_earlier_dossier_is_replaced_as_a_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "dossier", PAGES)
    write_folder(tmp_path / "dossier", {"index.html": b"second"})
    assert content(tmp_path / "dossier") == {"index.html": b"second"}
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "dossier").mkdir()
    write_folder(tmp_path / "dossier", PAGES)
    assert content(tmp_path / "dossier") == PAGES


@pytest.mark.parametrize("name", ["notes.txt", "reports/mine.txt", ".hidden"])
def test_a_file_of_a_person_stops_the_replacing(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "dossier"
    write_folder(folder, PAGES)
    (folder / name).write_text("my notes", encoding="utf-8")
    with pytest.raises(WouldOverwrite, match="did not write"):
        write_folder(folder, {"index.html": b"second"})
    assert (folder / name).read_text(encoding="utf-8") == "my notes"
    assert content(folder)["index.html"] == PAGES["index.html"]


def test_a_page_changed_by_hand_stops_the_replacing(tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    write_folder(folder, PAGES)
    (folder / "index.html").write_bytes(PAGES["index.html"] + b" ")
    with pytest.raises(WouldOverwrite, match="changed by hand"):
        write_folder(folder, PAGES)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    with pytest.raises(WouldOverwrite, match="was not made by Headwater"):
        write_folder(tmp_path / "photos", PAGES)
    assert content(tmp_path / "photos") == {"a.jpg": b"x"}


@pytest.mark.parametrize("listing", ["", "another-tool/1\n", "headwater-dossier/2\n"])
def test_a_list_that_is_not_ours_does_not_make_a_folder_ours(tmp_path: Path, listing: str) -> None:
    (tmp_path / MARKER).write_text(listing, encoding="utf-8")
    with pytest.raises(WouldOverwrite):
        check_replaceable(tmp_path)


def test_a_file_and_a_link_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("file", "link"):
        with pytest.raises(WouldOverwrite, match="is not a folder"):
            write_folder(tmp_path / name, PAGES)


def test_what_a_file_manager_leaves_behind_does_not_matter(tmp_path: Path) -> None:
    write_folder(tmp_path / "dossier", PAGES)
    (tmp_path / "dossier" / ".DS_Store").write_bytes(b"x")
    write_folder(tmp_path / "dossier", {"index.html": b"second"})
    assert content(tmp_path / "dossier") == {"index.html": b"second"}


@pytest.mark.parametrize("earlier", [True, False])
def test_a_stop_leaves_what_was_there_and_nothing_else(tmp_path: Path, *, earlier: bool) -> None:
    folder = tmp_path / "dossier"
    if earlier:
        write_folder(folder, {"index.html": b"first"})
    with pytest.raises(KeyboardInterrupt):
        write_folder(folder, StopsAtTheLast())
    assert [path.name for path in tmp_path.iterdir()] == (["dossier"] if earlier else [])
    assert not earlier or content(folder) == {"index.html": b"first"}


def test_a_failed_renaming_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "dossier"
    write_folder(folder, {"index.html": b"first"})
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(CannotWrite, match="No space left"):
        write_folder(folder, PAGES)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["dossier"]
    assert content(folder) == {"index.html": b"first"}


@pytest.mark.parametrize("name", ["../out.html", "/out.html", "a/../../out.html", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="leads out"):
        write_folder(tmp_path / "dossier", {name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(CannotWrite) as told:
        write_folder(tmp_path / "file" / "dossier", PAGES)
    assert "cannot be written" in told.value.what
    assert told.value.next_step
