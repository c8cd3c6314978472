"""Receiving files: one outcome a file, duplicates, metadata and its basis, order, what the file system can do."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from headwater.errors import BadReportsCsv, NothingToRead, PathMissing
from headwater.intake import Limits, receive
from headwater.intake.dates import day_of, is_iso
from headwater.intake.reports_csv import read_listing
from headwater.model import Basis, Completeness, Noted, Received, SetAsideKind, sha256_bytes, sha256_text

STORY = (
    "Villagers flee Tarn\n\nHundreds of people left the village of Tarn on Wednesday, residents said.\n"
    "The ministry of defence denied that its forces had fired on the village.\n"
)


def write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def outcomes(received: Received) -> dict[str, str]:
    found = {report.info.file: "report" for report in received.reports}
    found.update({item.file: item.kind.value for item in received.set_aside})
    return found


def test_every_file_has_one_outcome(tmp_path: Path) -> None:
    write(
        tmp_path,
        a__txt=STORY,
        empty__txt="",
        blank__txt=" \n\t\u00a0\n".encode("ascii", "ignore"),
        picture__txt=b"\x89PNG\r\n\x1a\n" + bytes(100),
        broken__txt=b"\xff\xfe" + "abc".encode("utf-16-le") + b"\x00\xd8a",
        notes__md="# Notes",
        image__jpg=b"\xff\xd8\xff",
        large__txt="x" * 5000,
        README="read me",
    )
    received = receive([tmp_path], limits=Limits(file_bytes=4000))
    assert outcomes(received) == {
        "a.txt": "report",
        "empty.txt": "empty",
        "blank.txt": "empty",
        "picture.txt": "binary",
        "broken.txt": "undecodable",
        "notes.md": "unsupported",
        "image.jpg": "unsupported",
        "large.txt": "too large",
        "README": "unsupported",
    }
    assert len(received.files) == len(received.reports) + len(received.set_aside)
    assert all(item.why.endswith(".") for item in received.set_aside)


def test_the_text_of_a_text_file_is_the_file(tmp_path: Path) -> None:
    data = "\ufeffTarn\r\n\r\n“It\u00a0was ‘dark’,” she said.\r".encode()
    (tmp_path / "a.txt").write_bytes(data)
    (report,) = receive([tmp_path / "a.txt"]).reports
    assert report.text == data.decode("utf-8")
    assert report.info.sha256 == sha256_bytes(data)
    assert report.info.text_sha256 == sha256_text(report.text)
    assert report.info.completeness is Completeness.COMPLETE


def test_originals_hold_the_bytes(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__txt=b"%PDF-1.7")
    received = receive([tmp_path])
    assert {original.data for original in received.originals} == {STORY.encode(), b"%PDF-1.7"}
    assert all(original.sha256 == sha256_bytes(original.data) for original in received.originals)


def test_files_in_folders_have_names_with_forward_slashes(tmp_path: Path) -> None:
    write(tmp_path / "in" / "north", a__txt=STORY)
    write(tmp_path / "in", b__txt=STORY + "More.")
    assert receive([tmp_path / "in"]).files == ("b.txt", "north/a.txt")
    assert receive([tmp_path / "in" / "b.txt", tmp_path / "in" / "north" / "a.txt"]).files == ("b.txt", "north/a.txt")
    assert receive([tmp_path / "in" / "b.txt"]).files == ("b.txt",)


def test_a_file_given_twice_is_one_file(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY)
    assert receive([tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt"]).files == ("a.txt",)


def test_same_bytes_are_one_report(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__txt=STORY, c__txt=STORY)
    received = receive([tmp_path])
    (report,) = received.reports
    assert report.info.files == ("a.txt", "b.txt", "c.txt")
    assert [(item.file, item.kind, item.duplicate_of) for item in received.set_aside] == [
        ("b.txt", SetAsideKind.DUPLICATE, report.id),
        ("c.txt", SetAsideKind.DUPLICATE, report.id),
    ]


def test_same_words_in_other_bytes_are_one_report(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__txt=STORY.replace("\n", "\r\n").encode("utf-16"))
    received = receive([tmp_path])
    assert received.reports[0].info.files == ("a.txt",)
    assert outcomes(received)["b.txt"] == "duplicate"


@pytest.mark.parametrize("other", [STORY, STORY.replace("\n", "\r\n")])
def test_two_outlets_with_the_same_words_are_two_reports(tmp_path: Path, other: str) -> None:
    listing = "file,outlet\na.txt,The Tarn Courier\nb.txt,www.orlenwire.example\n"
    write(tmp_path, a__txt=STORY, b__txt=other, reports__csv=listing)
    received = receive([tmp_path])
    assert [report.info.name for report in received.reports] == ["The Tarn Courier", "www.orlenwire.example"]
    assert len({report.id for report in received.reports}) == 2
    assert not received.set_aside


def test_a_copy_of_unknown_outlet_joins_the_known_one(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__txt=STORY, c__txt=STORY, reports__csv="file,outlet\nb.txt,X\nc.txt,Y\n")
    received = receive([tmp_path])
    assert [report.info.name for report in received.reports] == ["X", "Y"]
    assert outcomes(received)["a.txt"] == "duplicate"


def test_ids_do_not_depend_on_names_or_neighbours(tmp_path: Path) -> None:
    write(tmp_path / "one", a__txt=STORY)
    write(tmp_path / "two", z__txt=STORY, b__txt="Another report. It has two sentences.")
    first = receive([tmp_path / "one"]).reports[0].id
    assert first in {report.id for report in receive([tmp_path / "two"]).reports}


def test_the_order_of_paths_does_not_matter(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, a__txt=STORY, b__txt=f"{name}. Something happened.") / "a.txt" for name in "qwert"]
    paths += [path.parent for path in paths]
    expected = receive(paths)
    for seed in range(4):
        random.Random(seed).shuffle(paths)
        assert receive(paths) == expected


def test_hidden_files_are_told_and_not_received(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY)
    (tmp_path / ".secret.txt").write_text(STORY)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(STORY)
    received = receive([tmp_path])
    assert received.files == ("a.txt",)
    assert any(".secret.txt" in note and "2" in note for note in received.notes)
    assert receive([tmp_path / ".secret.txt"]).files == (".secret.txt",)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights on Windows")
def test_links_and_pipes_are_set_aside_unread(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", secret__txt="A secret. Nobody may read it.")
    folder = write(tmp_path / "in", a__txt=STORY)
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    received = receive([folder])
    assert outcomes(received) == {
        "a.txt": "report",
        **dict.fromkeys(["link.txt", "folder", "gone.txt", "pipe.txt"], "unreadable"),
    }


def test_a_folder_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a__txt=STORY)
    write(tmp_path / "closed", b__txt=STORY)
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert outcomes(receive([tmp_path])) == {"a.txt": "report", "closed": "unreadable"}


def test_a_listing_with_impossible_names_is_told(tmp_path: Path) -> None:
    write(
        tmp_path, a__txt=STORY, reports__csv="file,outlet\n" + "x" * 5000 + ".txt,X\n../../etc/hosts,Y\n/etc/hosts,Z\n"
    )
    notes = receive([tmp_path]).notes
    assert len(notes) == 3
    assert all("which is not there" in note for note in notes)


def test_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__html=f"<p>{STORY}</p>")
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    receive([tmp_path])
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before


def test_caps_on_number_and_sum_of_files(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__txt=STORY + "B.", c__txt=STORY + "C.")
    assert outcomes(receive([tmp_path], limits=Limits(files=2)))["c.txt"] == "too large"
    assert outcomes(receive([tmp_path], limits=Limits(total_bytes=len(STORY) + 10)))["b.txt"] == "too large"


def test_progress_is_told(tmp_path: Path) -> None:
    write(tmp_path, a__txt=STORY, b__md="x")
    told: list[tuple[int, int, str]] = []
    receive([tmp_path], on_progress=lambda done, total, name: told.append((done, total, name)))
    assert told == [(1, 2, "a.txt"), (2, 2, "b.md")]


def test_missing_paths_and_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(PathMissing):
        receive([tmp_path / "nowhere"])
    with pytest.raises(NothingToRead):
        receive([tmp_path])
    write(tmp_path, a__md="x", empty__txt="")
    with pytest.raises(NothingToRead, match="empty"):
        receive([tmp_path])


def test_what_a_person_wrote_stands_and_the_rest_is_guessed(tmp_path: Path) -> None:
    listing = (
        "\ufefffile;Outlet;published;language;mood\r\n"
        "a.txt;www.tarn-courier.example;4 May 2017;English;grim\r\nz.txt;;;;\r\n"
    )
    write(tmp_path, a__txt=STORY, reports__csv=listing)
    received = receive([tmp_path])
    info = received.reports[0].info
    assert info.outlet == Noted("www.tarn-courier.example", Basis.GIVEN, "reports.csv")
    assert info.published is not None
    assert (info.published.value, info.published.basis) == ("2017-05-04", Basis.GIVEN)
    assert "4 May 2017" in info.published.note
    assert info.language == Noted("en", Basis.GIVEN, "reports.csv")
    assert info.title is not None
    assert (info.title.value, info.title.basis) == ("Villagers flee Tarn", Basis.GUESSED)
    assert info.author is None
    assert any("mood" in note for note in received.notes)
    assert any("z.txt" in note for note in received.notes)
    assert received.files == ("a.txt",)


def test_guesses_from_the_file(tmp_path: Path) -> None:
    text = STORY + "\nPublished 4 May 2017 11:17am\nBy Ilse Varn\n"
    (tmp_path / "01_tarncourier.co.uk.txt").write_text(text)
    info = receive([tmp_path]).reports[0].info
    guessed = {name: getattr(info, name) for name in ("outlet", "published", "author", "language")}
    assert {name: noted.value for name, noted in guessed.items()} == {
        "outlet": "tarncourier.co.uk", "published": "2017-05-04", "author": "Ilse Varn", "language": "en",
    }  # fmt: skip
    assert all(noted.basis is Basis.GUESSED and noted.note for noted in guessed.values())


def test_unknown_stays_unknown(tmp_path: Path) -> None:
    write(tmp_path, report_final__txt="Жители деревни Тарн говорят, что никто не пришёл им на помощь ночью.")
    info = receive([tmp_path]).reports[0].info
    assert (info.outlet, info.published, info.author, info.url, info.language) == (None,) * 5


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"outlet,url\nX,Y\n", "file"),
        (b"file,file\na.txt,b.txt\n", "more than once"),
        (b"file,outlet\na.txt,X,Y\n", "Line 2"),
        (b'file,outlet\na.txt,"X\n', "cannot be read"),
        (b"file,outlet\n,X\n", "names no file"),
        (b"file,outlet\na.txt,X\na.txt,Y\n", "second time"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_a_reports_csv_that_cannot_be_understood(tmp_path: Path, content: bytes, says: str) -> None:
    write(tmp_path, a__txt=STORY, reports__csv=content)
    with pytest.raises(BadReportsCsv, match=says) as caught:
        receive([tmp_path])
    assert caught.value.safe
    assert "file, outlet, url" in caught.value.next_step


def test_a_listing_describes_files_in_folders_below_it(tmp_path: Path) -> None:
    write(tmp_path / "north", a__txt=STORY, reports__csv="file,outlet\na.txt,Near\n")
    write(tmp_path, reports__csv="file,outlet,author\nnorth/a.txt,Far,Ilse Varn\nnorth/b.txt,X,\n")
    received = receive([tmp_path])
    info = received.reports[0].info
    assert (info.name, info.author) == ("Near", Noted("Ilse Varn", Basis.GIVEN, "reports.csv"))
    assert received.notes == ("reports.csv describes “north/b.txt”, which is not there.",)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_and_quoted_cells(separator: str) -> None:
    text = (
        separator.join(["file", "title"])
        + "\n"
        + separator.join(["north\\a.txt", f'"A, b; c\t{separator} ""d"""'])
        + "\n"
    )
    listing = read_listing(text.encode(), name="reports.csv")
    assert listing.rows["north/a.txt"]["title"].value == f'A, b; c\t{separator} "d"'


def test_names_in_another_unicode_form_are_found(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.txt").write_text(STORY)
    (tmp_path / "reports.csv").write_text("file,outlet\ncaf\u00e9.txt,X\n", encoding="utf-8")
    assert receive([tmp_path]).reports[0].info.name == "X"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("4 May 2017", "2017-05-04"),
        ("Thursday, May 4th, 2017 11:17am", "2017-05-04"),
        ("2017/05/04", "2017-05-04"),
        ("04.05.2017", "2017-05-04"),
        ("13/05/2017", "2017-05-13"),
        ("05/13/2017", "2017-05-13"),
        ("03/04/2017", None),
        ("31 February 2017", None),
        ("soon", None),
    ],
)
def test_days(written: str, day: str | None) -> None:
    assert day_of(written) == day


def test_iso() -> None:
    assert is_iso("2017-05-04")
    assert is_iso("2017-05-04T11:17:00+02:00")
    assert not is_iso("2017-05")
    assert not is_iso("2017-13-01")
