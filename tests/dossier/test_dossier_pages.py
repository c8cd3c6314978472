"""The pages as a whole: exact words, links that lead somewhere, no words that become markup, no number of its own."""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from invented_story import Story, invented_case
from pages_read import Read, read, visible, words_of
from story_texts import BIDI, HOSTILE

from headwater.dossier import render
from headwater.dossier.sections import day_words, sentence_around
from headwater.model import Case, Place, Reason, Span, Stance

TAGS = set(
    "html head meta title style body header footer main nav section article h1 h2 h3 p a b span strong bdi "
    "ul ol li dl dt dd div details summary figure figcaption blockquote table thead tbody tr th td code br "
    "time ins del svg g path rect circle text tspan".split()
)


@pytest.fixture(scope="module")
def case() -> Case:
    return invented_case()


@pytest.fixture(scope="module")
def pages(case: Case) -> dict[str, bytes]:
    return render(case, title=HOSTILE, custody_head="c0ffee")


@pytest.fixture(scope="module")
def parsed(pages: dict[str, bytes]) -> dict[str, Read]:
    return {name: read(page) for name, page in pages.items()}


def test_one_index_and_one_page_a_report(case: Case, pages: dict[str, bytes]) -> None:
    reports = {f"reports/R{at}.html" for at in range(1, len(case.received.reports) + 1)}
    assert set(pages) == {"index.html"} | reports


def test_report_text_is_exact(case: Case, pages: dict[str, bytes]) -> None:
    for at, report in enumerate(case.received.reports, 1):
        page = pages[f"reports/R{at}.html"].decode()
        parts = re.findall(r'<div class="passage [^>]*>(.*?)</div>', page, re.DOTALL)
        assert "".join(map(words_of, parts)) == report.text


def test_hostile_words_never_become_markup(parsed: dict[str, Read]) -> None:
    for name, page in parsed.items():
        assert {each.tag for each in page.elements} <= TAGS, name
        assert page.stray == 0, name
        assert [each.tag for each in page.open] == [], name
        for element in page.elements:
            assert not {key for key in element.attrs if key.startswith("on") or key in {"style", "src", "action"}}
            address = element.attrs.get("href")
            assert address is None or re.fullmatch(r"(\.\./)?([a-z]+/)?[A-Za-z0-9.]*(#[A-Za-z0-9-]+)?", address), (
                address
            )


def test_hostile_words_are_shown_as_words(parsed: dict[str, Read]) -> None:
    for name in ("index.html", "reports/R7.html"):
        assert HOSTILE in visible(parsed[name])
    assert "javascript:alert(document.domain)" in visible(parsed["reports/R7.html"])
    assert "https://harbour.invalid/orlo?id=7" in visible(parsed["reports/R3.html"])
    assert "safe⟨RLO⟩gnp.exe⟨LRI⟩x⟨PDI⟩" in visible(parsed["index.html"])
    assert BIDI not in visible(parsed["index.html"])


def test_policy_allows_the_one_style_sheet_and_nothing_else(parsed: dict[str, Read]) -> None:
    for page in parsed.values():
        (style,) = page.all("style")
        digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
        (policy,) = [each for each in page.all("meta") if each.attrs.get("http-equiv") == "Content-Security-Policy"]
        assert policy.attrs["content"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        )
        assert "url(" not in style.text
        assert "@import" not in style.text


def test_style_uses_logical_directions_only(parsed: dict[str, Read]) -> None:
    (style,) = parsed["index.html"].all("style")
    rules = re.sub(r"/\*.*?\*/", "", style.text)
    assert not re.findall(r"[\w-]*\b(?:left|right)\b(?=[\w-]*\s*:)|:\s*(?:left|right)\b", rules)
    assert not re.findall(r"(?<!max-)(?<!min-)(?<!-)\b(?:width|height)\s*:\s*[\d.]+", rules)


def test_every_link_leads_to_an_anchor_and_ids_are_unique(parsed: dict[str, Read]) -> None:
    for name, page in parsed.items():
        assert [key for key, count in Counter(page.ids).items() if count > 1] == [], name
        for link in page.all("a"):
            address = link.attrs.get("href") or ""
            target, _, anchor = address.partition("#")
            full = posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) if target else name
            assert full in parsed, (name, address)
            assert not anchor or anchor in parsed[full].ids, (name, address)


def test_headings_are_in_order_and_landmarks_stand(parsed: dict[str, Read]) -> None:
    for name, page in parsed.items():
        levels = [int(each.tag[1]) for each in page.elements if re.fullmatch(r"h\d", each.tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert len(page.all("main")) == 1
        assert page.elements[0].attrs == {"lang": "en"}
        first = next(each for each in page.all("a"))
        assert first.attrs["href"] == "#main"


def test_first_screen_says_it_in_sentences(parsed: dict[str, Read]) -> None:
    (front,) = parsed["index.html"].with_class("front")
    text = " ".join(front.text.split())
    assert "7 reports. 7 origins behind what they say." in text
    assert "Four reports carry “They told the mothers to pay, or to bury their sons”" in text
    assert "Behind them stands one origin: O1 a man who fled Orlo Bay, told to Radio Selm." in text
    assert (
        "O3 Ilven Marsk, spokesman for the port governor, in three wordings: “Nobody is held in the salt store" in text
    )
    assert "“Nobody sits in the salt store” R4 told to Meridian Wire" in text
    assert "missing “Around 30 net-menders” R4 “More than 30 people” R3" in text
    assert "O2 the Harbour Union; no source named in R4" in text
    assert "hanging by the arms two sources, who may all go back to one" in text
    assert "against At least 12 net-menders detained C3" in text
    assert "1–2 origins" in text


def test_the_first_screen_says_first_things_first_and_each_once(parsed: dict[str, Read]) -> None:
    (front,) = parsed["index.html"].with_class("front")
    text = " ".join(front.text.split())
    parts = ("The loudest echo", "Figures that several", "Denied or", "The same act", "What else", "In numbers")
    assert sorted(parts, key=text.index) == list(parts)
    rest = text.partition("What else is alleged")[2]
    assert "bury their sons" not in rest
    assert "net-menders" not in rest


def test_unknown_outlets_are_called_unknown(case: Case) -> None:
    summary = replace(case.weighed.summary, outlets=0)
    page = read(render(replace(case, weighed=replace(case.weighed, summary=summary)), title="x")["index.html"])
    text = " ".join(page.with_class("front")[0].text.split())
    assert "? outlets unknown" in text
    assert "0 outlets" not in text


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2031-05-02", "2031-05-02", "2031-05-02"),
        ("2031-01-01", "2031-12-31", "2031, no day given"),
        ("2032-02-01", "2032-02-29", "2032-02, no day given"),
        ("2031-02-01", "2031-02-27", "2031-02-01 to 2031-02-27"),
        ("2031-05-02", None, "from 2031-05-02"),
    ],
)
def test_a_period_is_no_more_exact_than_it_is(earliest: str, latest: str | None, words: str) -> None:
    assert day_words(earliest, latest) == words


def test_a_date_stands_in_its_sentence() -> None:
    text = "A gate.\nThe boats left on Monday, all of them. Nobody saw them."
    start = text.index("Monday")
    assert sentence_around(text, start, start + 6) == ("The boats left on ", "Monday", ", all of them.")
    before, date, after = sentence_around("word " * 100 + "Monday" + " word" * 100, 500, 506)
    assert date == "Monday"
    assert before.startswith("…word ")
    assert after.endswith(" word…")


def test_joinings_and_readings_can_be_asked_why(parsed: dict[str, Read]) -> None:
    (row,) = [each for each in parsed["index.html"].all("tr") if each.attrs.get("id") == "O1"]
    text = " ".join(row.text.split())
    assert "4 other wordings“A man who fled Orlo Bay by boat last month”" in text
    assert "Why one origin 1" in text
    assert "the later one drops “to”" in text
    assert "Why read sothe cue stands right after the closing mark" in visible(parsed["reports/R1.html"])


def test_an_echo_of_a_figure_is_called_a_figure(case: Case) -> None:
    summary = replace(
        case.weighed.summary, loudest_echo=case.weighed.claims[2].id, echo_reports=2, claims_single_origin=6
    )
    page = read(render(replace(case, weighed=replace(case.weighed, summary=summary)), title="x")["index.html"])
    text = " ".join(page.with_class("front")[0].text.split())
    assert "Two reports carry the figure At least 12 net-menders detained" in text
    assert "Each of the 6 claims rests on a single origin." in text


def test_numbers_are_the_summary_s_and_the_claims(case: Case) -> None:
    summary = replace(
        case.weighed.summary,
        reports=1041,
        origins=1042,
        outlets=1043,
        statements=1044,
        figures=1045,
        claims=1046,
        claims_single_origin=1047,
        denied=1048,
        unattributed=1049,
        set_aside=1050,
        echo_reports=1051,
        echo_origins="3–9",
    )
    claims = (replace(case.weighed.claims[0], origins_low=61, origins_high=67), *case.weighed.claims[1:])
    page = read(
        render(replace(case, weighed=replace(case.weighed, summary=summary, claims=claims)), title="x")["index.html"]
    )
    (front,) = page.with_class("front")
    text = " ".join(front.text.split())
    for number in range(1041, 1052):
        assert f"{number:,}" in text, number
    assert "Behind them stand 3–9 origins" in text
    assert sum("61–67" in each.text for each in page.with_class("range")) == 1


def test_never_true_or_false(parsed: dict[str, Read]) -> None:
    for name, page in parsed.items():
        text = visible(page).replace("It never calls a claim true or false.", "")
        found = re.findall(r"\b(true|false|fake|lies|proved|confirmed|debunked)\b", text, re.IGNORECASE)
        assert found == [], name


def test_every_statement_and_figure_is_marked_and_leads_on(case: Case, parsed: dict[str, Read]) -> None:
    number = 0
    for at, reading in enumerate(case.readings, 1):
        page = parsed[f"reports/R{at}.html"]
        tags = {each.attrs["id"]: each for each in page.with_class("tag") if "id" in each.attrs}
        for _ in reading.statements:
            number += 1
            assert (tags[f"S{number}"].attrs["href"] or "").startswith("../index.html#U")
        assert len(tags) == len(reading.statements) + len(reading.figures)
    labels = [each.text for each in parsed["reports/R1.html"].with_class("tag")]
    assert labels == ["O1", "O1", "O1", "O1", "F1"]
    assert "?" in [each.text for each in parsed["reports/R7.html"].with_class("tag")]


def test_variants_are_aligned_with_ins_and_del(parsed: dict[str, Read]) -> None:
    page = parsed["index.html"]
    rows = page.with_class("variant")
    assert len(rows) == 4 + 2 + 4
    assert [each.text for each in page.all("del")][:2] == ["to", "They"]
    assert "sits in" in [each.text for each in page.all("ins")]
    assert [each.text for each in page.with_class("spelt")] == ["dotted", "cannot"]


def test_guesses_incompleteness_and_unknowns_are_said(parsed: dict[str, Read]) -> None:
    assert "guessed, from the file name" in visible(parsed["reports/R4.html"])
    assert "He later withdrew this and said that he had been" in visible(parsed["reports/R6.html"])
    assert "The text below is incomplete." in visible(parsed["reports/R6.html"])
    assert "incomplete" not in visible(parsed["reports/R1.html"]).split("Statements in this report")[0]
    assert "Outletunknown" in visible(parsed["reports/R6.html"])
    kinds = [each.attrs["data-kind"] for each in parsed["reports/R1.html"].with_class("passage")]
    assert kinds == ["headline", "byline", "body", "body", "body", "body", "caption", "furniture"]


def test_what_was_set_aside_and_received_is_listed(case: Case, parsed: dict[str, Read]) -> None:
    text = visible(parsed["index.html"])
    assert "empty.txt" in text
    assert "The file holds no bytes." in text
    for report in case.received.reports:
        assert report.info.sha256 in text
        assert report.info.text_sha256 in text
    assert "c0ffee" in text


def test_graph_and_table_say_the_same(parsed: dict[str, Read]) -> None:
    page = parsed["index.html"]
    nodes = {each.attrs.get("aria-label") for each in page.with_class("source")}
    rows = [each for each in page.all("tr") if (each.attrs.get("id") or "").startswith("O")]
    assert len(nodes) == len(rows) == 7
    assert {str(node).partition(" ")[0] for node in nodes} == {each.attrs["id"] for each in rows}


def test_same_case_same_bytes(case: Case, pages: dict[str, bytes]) -> None:
    assert render(invented_case(), title=HOSTILE, custody_head="c0ffee") == pages
    assert render(case, title="other")["index.html"] != pages["index.html"]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bytes_do_not_hang_on_the_hash_seed(pages: dict[str, bytes], seed: str) -> None:
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from invented_story import invented_case; from story_texts import HOSTILE\n"
        "from headwater.dossier import render\n"
        "pages = render(invented_case(), title=HOSTILE, custody_head='c0ffee')\n"
        "print(hashlib.sha256(b''.join(name.encode() + pages[name] for name in sorted(pages))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent)],
        env={"PYTHONHASHSEED": seed, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(b"".join(name.encode() + pages[name] for name in sorted(pages))).hexdigest()
    assert done.stdout.strip() == here


def test_a_passage_that_does_not_fit_is_an_error(case: Case) -> None:
    reason = Reason("same words", "…", (Place(case.received.reports[0].id, Span(5, 10**6)),))
    claims = (replace(case.weighed.claims[0], reasons=(reason,)), *case.weighed.claims[1:])
    with pytest.raises(ValueError, match="does not fit"):
        render(replace(case, weighed=replace(case.weighed, claims=claims)), title="x")


def test_a_claim_about_a_missing_report_is_an_error(case: Case) -> None:
    claims = (replace(case.weighed.claims[0], reports=("r-nowhere",)), *case.weighed.claims[1:])
    with pytest.raises(KeyError):
        render(replace(case, weighed=replace(case.weighed, claims=claims)), title="x")


def test_refusals_stand_apart_from_denials() -> None:
    story = Story()
    story.copy.says("An old sailor recalled", form=story.verify.form, stance=Stance.DECLINES)
    text = visible(read(render(story.case(), title="x")["index.html"]))
    assert "Other denials and refusals" in text


def test_what_was_not_read_is_said_on_the_first_screen(case: Case) -> None:
    note = "Not read: no reader for the language “xx”."
    readings = (replace(case.readings[0], notes=(note,)), *case.readings[1:])
    (front,) = read(render(replace(case, readings=readings), title="x")["index.html"]).with_class("front")
    text = " ".join(front.text.split())
    assert f"Not everything was read. R1 Radio Selm {note}" in text
    assert "Incomplete text: R6 Secret prison denied R7" in text


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Radio Selm", ", told to Radio Selm"),
        ("In a letter", ", said in a letter"),
        ("at a rally", ", said at a rally"),
        ("to reporters", ", told to reporters"),
    ],
)
def test_an_occasion_is_not_spoken_of_as_a_listener(case: Case, told: str, shown: str) -> None:
    origins = (replace(case.traced.origins[0], told_to=told), *case.traced.origins[1:])
    page = read(render(replace(case, traced=replace(case.traced, origins=origins)), title="x")["index.html"])
    assert f"a man who fled Orlo Bay{shown}" in visible(page)


def test_a_tag_stands_before_the_opening_quotation_mark(pages: dict[str, bytes]) -> None:
    page = pages["reports/R1.html"].decode()
    assert re.search(
        r'id="S1"[^>]*><span class="i circle"></span>O1</a>“(<span class="at"[^>]*></span>)?<span class="m', page
    )
    assert re.search(r'<span class="m k1">We slept[^<]*</span>”', page)
