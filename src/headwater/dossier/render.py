"""A case turned into the pages of its dossier: relative file names and bytes. Writes nothing, fetches nothing.

All words of reports pass through templates with automatic escaping; the pages carry no script, no address to load
from and a content policy that allows one style sheet by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from headwater.dossier.align import shortened
from headwater.dossier.book import Book, Page
from headwater.dossier.chain_views import hop_places
from headwater.dossier.front import counted, front, origins_in_words, short
from headwater.dossier.graph import draw
from headwater.dossier.paging import INDEX, REASONS, page_name
from headwater.dossier.report_page import report_view
from headwater.dossier.sections import Part, parts, verdict
from headwater.dossier.sides import only_same
from headwater.dossier.viewer import Viewer
from headwater.dossier.visible import has_unseen, plain, shown
from headwater.model import Case, Span, as_heading, says_no, told_words

_STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class _Press:
    """What every page needs: the templates, the case under its labels, and the places that pages link to."""

    env: Environment
    book: Book
    linked: dict[str, set[Span]]

    def viewer(self, name: str) -> Viewer:
        return Viewer(self.book, Page(name), self.linked)

    def print(self, template: str, page: Page, **given: object) -> bytes:
        text = self.env.get_template(template).render(page=page, **given)
        return text.encode()


def render(
    case: Case, *, title: str, custody_head: str | None = None, protected: str = "", waiting: str = ""
) -> dict[str, bytes]:
    """Return every page of the dossier under its file name; the same case gives the same bytes.

    `title` names the case, `custody_head` is the digest of the last custody entry when the case came from a case
    file, `protected` a sentence for the first page that says what was put under pseudonyms or left out before,
    `waiting` one that says that people decided more than the case shows. Pure: writes nothing. Raises KeyError or
    ValueError when records of the case do not fit one another.
    """
    # Any report page may show a chain that leads to any other, so that those places are known before the first one.
    press = _Press(_environment(), Book(case), hop_places(case.traced.chains))
    every = parts(press.book)
    pages: dict[str, bytes] = {INDEX: _index(press, every, title, custody_head, (waiting, protected))}
    for part in every:
        for number in range(1, part.pages):
            pages[page_name(part.name, number)] = _overflow(press, part, number, title)
    readings = {each.report: each for each in case.readings}
    for report in case.received.reports:
        name = press.book.report_page(report.id)
        viewer = press.viewer(name)
        view = report_view(viewer, report, readings[report.id], sorted(press.linked.get(report.id, ())))
        pages[name] = press.print("report.html", viewer.page, title=title, report=view)
    return pages


def _index(
    press: _Press, every: tuple[Part, ...], title: str, custody_head: str | None, said: tuple[str, str]
) -> bytes:
    viewer = press.viewer(INDEX)
    case = press.book.case
    sections = [part.on(viewer, 0) for part in every]
    found = [each for each in sections if each.total and each.name != REASONS]
    return press.print(
        "index.html",
        viewer.page,
        title=title,
        front=front(viewer),
        sections=found,
        groups=[(group, list(held)) for group, held in groupby(found, key=lambda each: each.group)],
        lacking=[each.name for each in sections if not each.total],
        drawing=draw([viewer.origin(each.id) for each in case.traced.origins]),
        makers=case.makers,
        notes=case.received.notes,
        custody_head=custody_head,
        waiting=said[0],
        protected=said[1],
    )


def _overflow(press: _Press, part: Part, number: int, title: str) -> bytes:
    viewer = press.viewer(page_name(part.name, number))
    return press.print("more.html", viewer.page, title=title, section=part.on(viewer, number))


def _safe(value: object) -> object:
    """What a template prints: plain strings always pass through `shown`, so no unseen character slips by."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    loader = PackageLoader("headwater.dossier")
    env = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_safe,
    )
    source, _, _ = loader.get_source(env, _STYLE)
    style = "\n".join(line for line in (each.strip() for each in source.splitlines()) if line)
    env.globals["style"] = Markup(style)  # noqa: S704 - our own style sheet, digested in the content policy
    env.globals["style_hash"] = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    env.filters.update(
        shown=shown,
        plain=plain,
        short=short,
        counted=counted,
        origins_in_words=origins_in_words,
        shortened=shortened,
        only_same=only_same,
        told_words=told_words,
        heading=as_heading,
        says_no=says_no,
        verdict=verdict,
        unseen=has_unseen,
    )
    return env
