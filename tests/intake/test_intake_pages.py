"""Pages: the article and only the article, nothing lost silently, and no page that can hold up the rest."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from headwater.intake import Limits, receive
from headwater.intake.html import Page, PageReader, PageRefused, claimed_encoding
from headwater.intake.html_child import too_much
from headwater.intake.html_page import view_events, view_tree
from headwater.model import Basis, Completeness, PassageKind, SetAsideKind

LEAD = "Hundreds of people left the village of Tarn on Wednesday after what residents described as hours of shelling."
DENIAL = "The ministry of defence of Orlen denied that its forces had fired on the village, and called it an invention."
AFTER = "A correction followed on Friday, when the ministry said that two of its batteries had been on the ridge."
SECRET = "Readers who cannot see this sentence are people, and machines that read it are being lied to by the page."
TITLE = "Villagers flee Tarn after night of “shelling”"
MENU = "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World news of this day and the last one.</a></li></ul></nav>"
RELATED = "<h2>Related stories</h2><p><a href=1>The minister resigned after a long dispute over the harbour.</a></p>"
COOKIES = "<p>We use cookies so that this page works. By staying you accept our privacy policy.</p>"
LEGAL = "<p>Copyright 2021 The Tarn Courier. All rights reserved by its owners and their heirs.</p>"


def page(middle: str = "", *, head: str = "", behind: str = "") -> str:
    return (
        f"<!doctype html><html lang='en-GB'><head><title>Villagers flee Tarn | Courier</title>{head}</head><body>"
        f"<header>{MENU}</header><main><article><header><h1>{TITLE}</h1></header><p>{LEAD}</p>{middle}<p>{AFTER}</p>"
        f"</article></main><aside>{RELATED}</aside><div class='cookie-banner'>{COOKIES}</div>{behind}"
        f"<footer>{LEGAL}</footer></body></html>"
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    with PageReader(Limits(wall_seconds=20)) as opened:
        yield opened


def read_lines(reader: PageReader, source: str) -> tuple[Page, list[str]]:
    found = reader.read(source)
    return found, found.text.splitlines()


def outcome(reader: PageReader, source: str) -> str:
    try:
        return "text" if reader.read(source).text else "nothing"
    except PageRefused as error:
        return error.kind.value


def test_the_article_and_nothing_else(reader: PageReader) -> None:
    found, lines = read_lines(reader, page(f"<p>{DENIAL}</p>"))
    assert lines == [TITLE, LEAD, DENIAL, AFTER]
    assert found.completeness is Completeness.COMPLETE
    assert found.missing == ""
    assert found.hints == ((0, PassageKind.HEADLINE),)


def test_characters_are_kept_as_the_page_prints_them(reader: PageReader) -> None:
    odd = "“They came from the&nbsp;ridge,” she said, ‘and did\u202e not\u202c stop’ for cafe\u0301 owners &lt;all&gt;."
    _, lines = read_lines(reader, page(f"<p>{odd}</p>"))
    assert odd.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">") in lines


def test_captions_come_along_as_captions(reader: PageReader) -> None:
    caption = "Smoke over Tarn on Wednesday (Picture: Orlen Press)"
    found, lines = read_lines(
        reader, page(f"<figure><img src=x><figcaption>{caption}</figcaption></figure><p>{DENIAL}</p>")
    )
    assert caption in lines
    assert (found.text.index(caption), PassageKind.CAPTION) in found.hints


@pytest.mark.parametrize("depth", [257, 300, 1000, 1900, 2100, 5000])
@pytest.mark.parametrize("closed", [True, False])
def test_what_is_buried_deep_is_in_the_text(reader: PageReader, depth: int, *, closed: bool) -> None:
    buried = "<div>" * depth + f"<p>{DENIAL}</p>" + "</div>" * (depth if closed else 0)
    found = reader.read(page(buried))
    assert DENIAL in found.text or found.completeness is Completeness.INCOMPLETE
    assert DENIAL in found.text
    assert AFTER in found.text


def test_a_sentence_beside_the_article_makes_it_incomplete(reader: PageReader) -> None:
    found = reader.read(page(behind=f"<div><div><p>{DENIAL}</p></div></div>"))
    assert DENIAL in found.text or (found.completeness, found.missing) == (Completeness.INCOMPLETE, DENIAL)


@pytest.mark.parametrize(
    "hiding",
    [
        "style='display:none'",
        "style='VISIBILITY : hidden'",
        "hidden",
        "style='font-size:0px'",
        "style='color:#fff;background:white'",
        "style='opacity:0'",
        "style='position:absolute;left:-9999px'",
    ],
)
def test_hidden_words_are_never_text_and_are_told(reader: PageReader, hiding: str) -> None:
    found = reader.read(page(f"<p>{DENIAL}</p><div {hiding}><p>{SECRET}</p></div>"))
    assert SECRET not in found.text
    assert found.completeness is Completeness.INCOMPLETE
    assert found.missing.startswith("hidden on the page: Readers who cannot")
    assert any("hidden on the page" in note for note in found.notes)


def test_templates_are_not_shown_but_shadow_trees_are(reader: PageReader) -> None:
    template = f"<div><template><p>{SECRET}</p></template></div><p>{DENIAL}</p>"
    assert SECRET not in reader.read(page(template)).text
    shadow = f"<div><template shadowrootmode='open'><p>{DENIAL}</p></template></div>"
    found = reader.read(page(shadow))
    assert DENIAL in found.text or found.completeness is Completeness.INCOMPLETE


def test_words_around_an_article_do_not_make_every_page_incomplete(reader: PageReader) -> None:
    about = "<div><p><a href=x>Our harbour letter</a></p><p>Ilse Varn writes about the north for the Courier.</p></div>"
    found = reader.read(page(f"<p>{DENIAL}</p>", behind=f"<div class='author-bio'>{about}</div>{about}"))
    assert (found.completeness, found.missing) == (Completeness.COMPLETE, "")


def test_a_paragraph_that_extraction_drops_is_kept_where_it_stands(reader: PageReader) -> None:
    odd = f"<div><div><span>{DENIAL}</span></div></div>"
    lines = reader.read(page(odd)).text.splitlines()
    assert lines == [TITLE, LEAD, DENIAL, AFTER]


def test_what_the_page_says_of_itself(reader: PageReader) -> None:
    head = (
        '<meta property="og:site_name" content="The Tarn Courier"><link rel="canonical" href="https://tarn.example/a">'
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],'
        '"headline":"Villagers flee Tarn","datePublished":"2021-03-04T10:00:00Z","author":[{"name":"Ilse Varn"},'
        '{"@type":"Person","name":"Joss Palan"}]}]}</script>'
    )
    known = reader.read(page(head=head)).known
    assert {name: noted.value for name, noted in known.items()} == {
        "title": "Villagers flee Tarn",
        "author": "Ilse Varn, Joss Palan",
        "published": "2021-03-04T10:00:00Z",
        "outlet": "The Tarn Courier",
        "url": "https://tarn.example/a",
        "language": "en",
    }
    assert all(noted.basis is Basis.PAGE and noted.note for noted in known.values())


@pytest.mark.parametrize(
    "script", ["{", "[" * 100_000, '{"@type":"NewsArticle","headline":{"a":[1]},"author":7}', "null"]
)
def test_broken_metadata_is_no_metadata(reader: PageReader, script: str) -> None:
    known = reader.read(page(head=f'<script type="application/ld+json">{script}</script>')).known
    assert known["title"].value == "Villagers flee Tarn | Courier"
    assert "author" not in known


HOSTILE = {
    "a megabyte of nested boxes": "<div>" * 200_000 + f"<p>{DENIAL}</p>",
    "nested marks never closed": page("<b>" * 3000 + f"<p>{DENIAL}</p>"),
    "thousands of attributes": page("<p " + " ".join(f"a{n}=1" for n in range(5000)) + f">{DENIAL}</p>"),
    "entities of entities": '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    + page("&b;" * 2000 + f"<p>{DENIAL}</p>"),
    "a hundred thousand entities": page("&amp;" * 100_000 + f"<p>{DENIAL}</p>"),
    "zero bytes": page(f"\0<p>{DENIAL}\0</p>"),
    "tables in tables": page("<table><tr><td>" * 300 + f"<p>{DENIAL}</p>"),
    "crossed marks": page("<a><b><i><u>" * 300 + f"<p>{DENIAL}</p>"),
    "half a tag": page(f"<p>{DENIAL}</p>") + "<div class='",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_well(reader: PageReader, name: str) -> None:
    found = reader.read(HOSTILE[name])
    assert DENIAL in found.text.replace("\0", "") or found.completeness is not Completeness.COMPLETE


@pytest.mark.parametrize(
    "source",
    ["<html><body></body></html>", "<p " * 50_000, "<script>" + DENIAL, "<!--" + DENIAL, "<nav><a>x</a></nav>"],
)
def test_pages_without_an_article(reader: PageReader, source: str) -> None:
    with pytest.raises(PageRefused) as caught:
        reader.read(source)
    assert caught.value.kind is SetAsideKind.NO_TEXT


def test_a_page_read_after_a_hostile_one_is_the_same(reader: PageReader) -> None:
    alone = reader.read(page(f"<p>{DENIAL}</p>"))
    with PageReader(Limits(wall_seconds=0.2)) as hurried:
        with pytest.raises(PageRefused) as caught:
            hurried.read("<div>" * 900_000)
        assert caught.value.kind is SetAsideKind.UNREADABLE
        assert "longer than" in str(caught.value)
    with PageReader(Limits()) as fresh:
        assert fresh.read(page(f"<p>{DENIAL}</p>")) == alone


def test_damaged_pages_have_one_outcome(reader: PageReader) -> None:
    source = page(f"<p>{DENIAL}</p>")
    chance = random.Random(2)
    for _ in range(60):
        at, length = chance.randrange(len(source)), chance.randrange(1, 80)
        junk = "".join(chance.choice("<>/='\"&;! -pdivab\0\ufffd") for _ in range(chance.randrange(20)))
        damaged = source[:at] + junk + source[at + length :]
        assert outcome(reader, damaged) in {"text", "no text"}


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "open('made.txt', 'w')",
    ],
)
def test_the_child_refuses_network_programs_and_writing(tmp_path: Path, attempt: str) -> None:
    code = f"import sys; from headwater.intake import html_child; sys.addaudithook(html_child._refuse); {attempt}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert b"is refused in the process that opens pages" in done.stderr
    assert not (tmp_path / "made.txt").exists()


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="the system does not limit memory of a process")
def test_a_child_without_memory_is_a_recorded_outcome() -> None:
    with PageReader(Limits(child_bytes=1024 * 1024)) as starved, pytest.raises(PageRefused) as caught:
        starved.read(page("<p>" + "Words, and more words after them. " * 150_000))
    assert caught.value.kind is SetAsideKind.UNREADABLE


def test_text_files_start_no_child(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    code = (
        "import sys; from pathlib import Path; from headwater.intake import receive; receive([Path(sys.argv[1])]); "
        "print(sorted({'trafilatura', 'lxml', 'selectolax'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_depth_and_attributes_are_counted_without_a_tree() -> None:
    assert "nested" in too_much("<div>" * 11, depth=10, attributes=5)
    assert not too_much("<div></div>" * 11, depth=10, attributes=5)
    assert not too_much("<p>" * 500, depth=10, attributes=5)
    assert not too_much("<script>" + "'<div>'" * 50 + "</script><p>", depth=10, attributes=5)
    assert "attributes" in too_much("<p " + "a=1 " * 50 + ">", depth=10, attributes=5)


def test_both_ways_of_seeing_a_page_agree_on_a_well_formed_one() -> None:
    source = page(f"<p>{DENIAL} <a href=x>Link</a></p><div>One<br>two<br><br>three</div>")
    tree, events = view_tree(source), view_events(source)
    assert [block.text for block in tree.blocks] == [block.text for block in events.blocks]
    assert [block.chrome for block in tree.blocks] == [block.chrome for block in events.blocks]


def test_claims_of_encoding() -> None:
    assert claimed_encoding(b"<meta http-equiv=x content='text/html; charset=windows-1251'>") == "windows-1251"
    assert claimed_encoding(b'<?xml version="1.0" encoding="koi8-r"?><html>') == "koi8-r"
    assert claimed_encoding(b"<html>") is None


def test_the_same_under_any_order_of_sets(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(f"<ul><li>{DENIAL}</li></ul>"), encoding="utf-8")
    (tmp_path / "b.txt").write_text("\n".join([LEAD, DENIAL, DENIAL, AFTER]), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from headwater.intake import receive; "
        "print(receive([Path(sys.argv[1])]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    assert DENIAL.encode() in said.pop()


def test_pages_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(f"<p>{DENIAL}</p>").encode("cp1252"))
    (tmp_path / "b.txt").write_text("\n".join([TITLE, LEAD, DENIAL, AFTER]), encoding="utf-8")
    (tmp_path / "c.htm").write_text("<html><body></body></html>")
    received = receive([tmp_path])
    assert [report.info.file for report in received.reports] == ["a.html"]
    assert {item.file: item.kind for item in received.set_aside} == {
        "b.txt": SetAsideKind.DUPLICATE,
        "c.htm": SetAsideKind.NO_TEXT,
    }
    (report,) = received.reports
    assert report.passages[0].kind is PassageKind.HEADLINE
    assert all(passage.kind is PassageKind.BODY for passage in report.passages[1:])
    assert receive([tmp_path]) == received
