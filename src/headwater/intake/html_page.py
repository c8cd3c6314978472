"""A page as a reader sees it: visible blocks in their order, each with where it stands. Runs in the child only.

Built from lexbor's tree (an HTML5 parser independent of the one that chooses the article) or, for pages too deep
or too broken for any tree, from Python's event parser, whose work grows with the length of the page alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul iframe video audio object".split()
)
_UNSEEN = frozenset(
    "script style template noscript head title select option datalist textarea svg math canvas iframe".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CHROME = frozenset("nav footer aside form button menu dialog label".split())
_CHROME_ROLES = frozenset("navigation banner contentinfo complementary search dialog alertdialog menu menubar".split())
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|cookies?|consent|gdpr|newsletter|signup|sign-up|subscribe"
    r"|subscription|paywall|related|recirc\w*|recommend\w*|trending|most-?(?:read|popular)|teasers?|promos?|social|share|sharing"
    r"|sidebar|widgets?|bio|author-?(?:box|bio|info)|about|disclaimer|donat\w*|entry-?meta|post-?meta|comments?|disqus|advert\w*|ads?|sponsor\w*|outbrain|taboola|footer|masthead|toolbar|popup|modal|banner)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_NAMES = re.compile(
    r"(?:^|[\s_-])(?:caption|figcaption|photo-?credit|image-?credit|media-?caption)", re.IGNORECASE
)
_BYLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:byline|author|dateline|pub-?date|published|timestamp)(?:$|[\s_-])", re.IGNORECASE
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}"
    r"|(?:max-)?(?:width|height)\s*:\s*0(?:px)?\s*(?:;|!|$)|clip\s*:\s*rect\(\s*0|color\s*:\s*transparent",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITES = frozenset({"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"})
_SPACE = re.compile("[ \t\n\r\f]+")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_SHADOWS = 3  # levels of shadow trees that are opened


@dataclass(frozen=True, slots=True)
class Block:
    """One printed paragraph. `linked` is the number of its characters inside links; `depth` the levels above it."""

    text: str
    tag: str
    chrome: bool  # in navigation, a side column, a form, a box for sharing or signing up
    hidden: bool
    caption: bool
    byline: bool
    article: bool  # inside <article> or <main>
    linked: int
    depth: int


@dataclass(frozen=True, slots=True)
class PageView:
    """What a page shows and says of itself: blocks, <meta> values by name, JSON-LD scripts, other marks."""

    blocks: tuple[Block, ...]
    meta: Mapping[str, str]
    scripts: tuple[str, ...]
    title: str
    canonical: str
    language: str


@dataclass(frozen=True, slots=True)
class _Where:
    """What an element inherits from those around it."""

    tag: str = "body"
    unseen: bool = False
    hidden: bool = False
    chrome: bool = False
    caption: bool = False
    byline: bool = False
    article: bool = False
    link: bool = False
    ground: str = ""
    colour: str = ""
    depth: int = 0


@dataclass(slots=True)
class _Builder:
    """Collects blocks from events: an element opens, closes, or text stands between."""

    blocks: list[Block] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    scripts: list[str] = field(default_factory=list)
    title: str = ""
    canonical: str = ""
    language: str = ""
    _parts: list[str] = field(default_factory=list)
    _linked: int = 0
    _where: _Where = field(default_factory=_Where)
    _breaks: int = 0

    def open(self, tag: str, attributes: Mapping[str, str | None], around: _Where) -> _Where:
        """An element opens inside `around`; returns what its content inherits."""
        self._notice(tag, attributes)
        if tag == "br":
            self._breaks += 1
            if self._breaks > 1:
                self.flush()
            else:
                self._parts.append(" ")
        elif tag in _BLOCKS:
            self.flush()
        return _inherit(tag, attributes, around)

    def close(self, tag: str) -> None:
        """An element closes."""
        if tag in _BLOCKS:
            self.flush()

    def text(self, data: str, where: _Where) -> None:
        """Text stands inside `where`. Hidden and visible words never share a block."""
        if where.tag == "title" and not self.title:
            self.title = _SPACE.sub(" ", data).strip()
        if where.unseen:
            return
        if data.strip():
            self._breaks = 0
            if self._parts and where.hidden != self._where.hidden and any(part.strip() for part in self._parts):
                self.flush()
            self._where = where
            if where.link:
                self._linked += len(data.strip())
        self._parts.append(data)

    def script(self, kind: str, data: str) -> None:
        """A script's source; only JSON-LD is kept."""
        if "ld+json" in kind.lower():
            self.scripts.append(data)

    def flush(self) -> None:
        """End the block that is being collected."""
        text = _SPACE.sub(" ", "".join(self._parts)).strip(" ")
        where = self._where
        if text and not text.isspace():
            self.blocks.append(
                Block(
                    text,
                    where.tag,
                    where.chrome,
                    where.hidden,
                    where.caption,
                    where.byline,
                    where.article,
                    self._linked,
                    where.depth,
                )
            )
        self._parts.clear()
        self._linked = 0
        self._breaks = 0

    def view(self) -> PageView:
        """The finished page."""
        self.flush()
        return PageView(tuple(self.blocks), self.meta, tuple(self.scripts), self.title, self.canonical, self.language)

    def _notice(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content and content.strip():
                self.meta.setdefault(name.strip().lower(), content.strip())
        elif tag == "link" and "canonical" in (attributes.get("rel") or "").lower().split():
            self.canonical = self.canonical or (attributes.get("href") or "").strip()
        elif tag == "html":
            self.language = self.language or (attributes.get("lang") or attributes.get("xml:lang") or "").strip()


def view_tree(text: str) -> PageView:
    """Read a page by lexbor. Depth must have been checked: its work grows with the square of the nesting."""
    builder = _Builder()
    root = LexborHTMLParser(text).root
    if root is not None:
        _walk(root, builder, _Where(), shadows=_SHADOWS)
    return builder.view()


def view_events(text: str) -> PageView:
    """Read a page without building a tree: any depth, any damage."""
    reader = _EventReader()
    reader.feed(text)
    reader.close()
    return reader.builder.view()


def is_hiding(attributes: Mapping[str, str | None]) -> bool:
    """True when the element's own attributes hide it: the hidden attribute or an inline style."""
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDING.search(style or "") is not None


def _inherit(tag: str, attributes: Mapping[str, str | None], around: _Where) -> _Where:
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    named = names != " "
    style = attributes.get("style") or ""
    ground = _value(_GROUND, style) or _plain_colour(attributes.get("bgcolor") or "") or around.ground
    colour = _value(_COLOUR, style) or _plain_colour(attributes.get("color") or "") or around.colour
    blends = bool(colour) and (colour == ground or (colour in _WHITES and ground in _WHITES))
    # The header of an article holds its headline; the header of a page its menus.
    chrome = tag in _CHROME or (tag == "header" and not around.article)
    chrome = chrome or (attributes.get("role") or "").lower() in _CHROME_ROLES
    chrome = chrome or (named and tag not in {"body", "html", "main", "article"} and bool(_CHROME_NAMES.search(names)))
    return _Where(
        tag=tag if tag in _BLOCKS or tag == "title" else around.tag,
        unseen=around.unseen or tag in _UNSEEN,
        hidden=around.hidden or is_hiding(attributes) or blends,
        chrome=around.chrome or chrome,
        caption=around.caption or tag == "figcaption" or (named and bool(_CAPTION_NAMES.search(names))),
        byline=around.byline
        or tag == "time"
        or (named and tag not in {"body", "article"} and bool(_BYLINE_NAMES.search(names))),
        article=around.article or tag in {"article", "main"} or (attributes.get("role") or "").lower() == "main",
        link=around.link or tag == "a",
        ground=ground,
        colour=colour,
        depth=around.depth + 1,
    )


def _value(pattern: re.Pattern[str], style: str) -> str:
    found = pattern.search(style) if style else None
    return _plain_colour(found.group(1)) if found else ""


def _plain_colour(value: str) -> str:
    return "".join(value.lower().split())


def _walk(root: LexborNode, builder: _Builder, around: _Where, *, shadows: int) -> None:
    """Visit the tree in document order without recursion: its depth is the attacker's choice."""
    stack: list[tuple[LexborNode | None, str, _Where]] = [(root, "", around)]
    while stack:
        node, closing, where = stack.pop()
        if node is None:
            builder.close(closing)
            continue
        if node.next is not None and node is not root:
            stack.append((node.next, "", where))
        tag = node.tag or ""
        if tag == "-text":
            builder.text(node.text_content or "", where)
        elif not tag.startswith(("-", "!")):
            _enter(node, tag, builder, where, stack, shadows)


def _enter(
    node: LexborNode,
    tag: str,
    builder: _Builder,
    where: _Where,
    stack: list[tuple[LexborNode | None, str, _Where]],
    shadows: int,
) -> None:
    attributes = node.attributes
    if tag == "script":
        builder.script(attributes.get("type") or "", node.text(deep=True))
        return
    if tag == "template" and "shadowrootmode" in attributes and shadows:
        # A browser shows a declarative shadow tree in the place of its host.
        shown = "<div" + (node.html or "").removeprefix("<template")
        inner = LexborHTMLParser(shown).body
        if inner is not None:
            _walk(inner, builder, where, shadows=shadows - 1)
        return
    inside = builder.open(tag, attributes, where)
    stack.append((None, tag, where))
    if node.child is not None:
        stack.append((node.child, "", inside))


class _EventReader(HTMLParser):
    """Feeds a builder from events, closing what was left open where an outer element closes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = _Builder()
        self._stack: list[tuple[str, _Where]] = [("", _Where())]
        self._open: Counter[str] = Counter()
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        inside = self.builder.open(tag, attributes, self._stack[-1][1])
        if tag == "script":
            self._script = attributes.get("type") or ""
        if tag not in _VOID:
            self._stack.append((tag, inside))
            self._open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None
        if not self._open[tag]:
            return
        while len(self._stack) > 1:
            name, _ = self._stack.pop()
            self._open[name] -= 1
            self.builder.close(name)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self.builder.script(self._script, data)
        else:
            self.builder.text(data, self._stack[-1][1])


def visible(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks that a reader of the page sees."""
    return (block for block in blocks if not block.hidden)


def is_heading(block: Block) -> bool:
    """True for a block set as a heading of any level."""
    return block.tag in _HEADINGS
