"""Reading the dossier's pages back, as a browser would, with the standard library's parser."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "link", "input", "hr"}


@dataclass(repr=False)
class Element:
    """One start tag as read."""

    tag: str
    attrs: dict[str, str | None]
    chunks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.chunks)


@dataclass(repr=False, eq=False)
class Read(HTMLParser):
    """A page read back: its elements in order, and how many end tags had no start tag."""

    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)
    stray: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
        else:
            self.stray += 1

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.chunks.append(data)

    def all(self, tag: str) -> list[Element]:
        return [each for each in self.elements if each.tag == tag]

    def with_class(self, name: str) -> list[Element]:
        return [each for each in self.elements if name in (each.attrs.get("class") or "").split()]

    @cached_property
    def ids(self) -> list[str]:
        return [name for each in self.elements if (name := each.attrs.get("id"))]


def read(page: bytes) -> Read:
    """Parse a page."""
    parser = Read()
    parser.feed(page.decode("utf-8"))
    parser.close()
    return parser


def visible(page: Read) -> str:
    """Return the words of a page with white space folded."""
    return " ".join(next(each for each in page.elements if each.tag == "body").text.split())


class _Words(HTMLParser):
    """The words of a fragment, tags of Headwater left out, marks turned back into what they stand for."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._skip: list[bool] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = (given.get("class") or "").split()
        if "ctl" in names:
            self.out.append(chr(int(given["data-cp"] or "", 16)))
        self._skip.append(bool({"ctl", "tag"} & set(names)) or (bool(self._skip) and self._skip[-1]))

    def handle_endtag(self, _tag: str) -> None:
        self._skip.pop()

    def handle_data(self, data: str) -> None:
        if not self._skip or not self._skip[-1]:
            self.out.append(data)


def words_of(fragment: str) -> str:
    """Return the exact text a fragment shows."""
    parser = _Words()
    parser.feed(fragment)
    parser.close()
    return "".join(parser.out)
