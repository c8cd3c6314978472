"""The pages in a real browser: nothing blocked, nothing fetched, nothing run, nothing wider than the screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from busy_story import busy_case
from retold_story import retold_case
from story_texts import HOSTILE

from headwater.dossier import render
from headwater.model import Case, Circle, Reason

pytestmark = pytest.mark.browser
WIDTHS = (320, 400, 1280, 1920)
CONTRAST = """() => {
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const lum = ([r, g, b]) => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
  const low = [];
  for (const e of document.body.querySelectorAll('*')) {
    if (e.closest('svg') || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    if (!e.getClientRects().length || e.className === 'skip') continue;
    const style = getComputedStyle(e), a = lum(parse(style.color)), b = lum(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) low.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return low;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll('a[href], summary')]
  .filter(e => !e.closest('svg') && e.className !== 'skip' && e.getClientRects().length)
  .filter(e => getComputedStyle(e).display !== 'inline' && e.getBoundingClientRect().height < 24)
  .map(e => e.outerHTML.slice(0, 90))"""
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.drawing text')].map(e => [e.textContent, e.getBBox()]);
  const bad = [];
  const meet = (p, q) => p.x < q.x + q.width && q.x < p.x + p.width
    && p.y + 2 < q.y + q.height && q.y + 2 < p.y + p.height;
  boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => meet(p, q) && bad.push([a, b])));
  return bad; }"""
FOLDED = """() => [...document.querySelectorAll('details blockquote')]
  .filter(e => !e.checkVisibility({contentVisibilityAuto: true})).length"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return printed(retold_case(), tmp_path_factory.mktemp("dossier"))


def printed(case: Case, root: Path) -> Path:
    for name, page in render(case, title=HOSTILE).items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(page)
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield opened
        opened.close()


def pages_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def test_nothing_is_blocked_fetched_or_run(browser: Any, folder: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    messages: list[str] = []
    dialogs: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.on("request", lambda request: requests.append(request.url))
    paths = pages_in(folder)
    for path in paths:
        page.goto(path.as_uri())
        assert page.evaluate("document.styleSheets.length") == 1
        assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
    context.close()
    assert messages == []
    assert dialogs == []
    assert requests == [path.as_uri() for path in paths]


def test_the_policy_is_really_in_force(browser: Any, tmp_path: Path, folder: Path) -> None:
    """The same page with a style attribute and a script: both must be refused, or the test above proves nothing."""
    page = browser.new_page()
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    harmed = (folder / "index.html").read_text("utf-8").replace("<body", "<body style='color:red'><script>1</script", 1)
    (tmp_path / "harmed.html").write_text(harmed, "utf-8")
    page.goto((tmp_path / "harmed.html").as_uri())
    page.close()
    assert sum("Content Security Policy" in each for each in messages) == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_is_wider_than_the_screen_and_words_can_be_read(browser: Any, folder: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for path in pages_in(folder):
        page.goto(path.as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path.name, width)
        assert page.evaluate(CONTRAST) == [], path.name
        assert page.evaluate(SMALL_TARGETS) == [], path.name
    context.close()


def test_the_further_pages_of_a_large_case_are_no_wider_and_can_be_read(browser: Any, tmp_path: Path) -> None:
    folder = printed(busy_case(retold_case(), reports=60, claims=80, each_reasons=50), tmp_path)
    names = ["index.html", "claims/2.html", "reasons/2.html"]
    page = browser.new_page()
    for name in names:
        page.goto((folder / name).as_uri())
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[-1], name
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[0], name
        assert page.evaluate(CONTRAST) == [], name
        assert page.evaluate(SMALL_TARGETS) == [], name
    page.close()


def test_everything_unfolded_still_fits_a_telephone(browser: Any, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 400, "height": 900})
    for path in pages_in(folder):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 400, path.name
        assert page.evaluate(CONTRAST) == [], path.name
        assert page.evaluate(SMALL_TARGETS) == [], path.name
    page.close()


def test_labels_of_the_drawing_do_not_overlap(browser: Any, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((folder / "index.html").as_uri())
    assert page.evaluate("document.querySelectorAll('.drawing text').length") > 20
    assert page.evaluate(OVERLAPS) == []
    page.close()


def test_links_arrive_and_the_keyboard_reaches_the_content(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "reports" / "R1.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.click("#S1")
    assert page.evaluate("location.pathname.endsWith('/index.html') && location.hash") == "#U1"
    page.click("#U1 .variant a")
    assert page.evaluate("location.pathname.endsWith('/reports/R1.html') && location.hash") == "#S1"
    page.close()


def test_a_link_opens_the_folded_tail_it_leads_into(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.evaluate("document.querySelectorAll('details.tail').forEach(each => { each.open = false; })")
    inside = page.evaluate("[...document.querySelectorAll('details.tail article')].map(each => each.id)")
    assert inside
    page.evaluate("id => { location.hash = id; }", inside[-1])
    page.wait_for_function("id => document.getElementById(id).closest('details.tail').open", arg=inside[-1])
    page.close()


def test_the_first_screen_holds_what_an_editor_must_know(browser: Any, folder: Path) -> None:
    """Without scrolling on a small laptop: the echo, the figures, the denials and the patterns have begun."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((folder / "index.html").as_uri())
    tops = {
        each: page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", each)
        for each in ("echo-h", "fig-h", "dis-h", "pat-h")
    }
    assert max(tops.values()) < 860, tops
    page.close()


def test_print_opens_what_is_folded(browser: Any, folder: Path) -> None:
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.emulate_media(media="print")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate(FOLDED) == 0
    page.close()


def test_on_paper_the_first_screen_still_says_how_much_more_there_is(browser: Any, tmp_path: Path) -> None:
    many = retold_case()
    circle = Circle(
        "circle-1", many.weighed.claims[0].id, ("North", "Coast"), (), Reason("circle", "Each from the other.")
    )
    circles = (circle, replace(circle, id="circle-2"))
    folder = printed(replace(many, weighed=replace(many.weighed, circles=circles)), tmp_path)
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.emulate_media(media="print")
    (more,) = page.evaluate(
        "[...document.querySelectorAll('.leads .go')].filter(e => e.getClientRects().length).map(e => e.textContent)"
    )
    assert more == "1 more circle"
    page.close()
