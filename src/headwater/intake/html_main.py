"""Chooses the article of a page and checks that nothing of it was lost. Runs in the child only.

trafilatura says which words are the article; the visible blocks that carry those words give the text, character
for character as the page prints them. Blocks that look like the article and were not chosen are reported.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from lxml import etree
from lxml.html import HtmlElement, HTMLParser
from trafilatura import bare_extraction

from headwater.intake.furniture import is_furniture
from headwater.intake.html_meta import Known, known_of
from headwater.intake.html_page import Block, PageView, is_heading, is_hiding, view_events, view_tree
from headwater.intake.lines import Line
from headwater.model import Completeness, PassageKind

_SHINGLE = 4
_SHORT = 24  # characters: a shorter block must equal a whole line of the article
_MOSTLY = 0.8
_CARRIED = 0.6
_LEAST_WORDS = 8
_LINKED = 0.4
_QUOTED = 160
_HEADING_WORDS = 25


@dataclass(frozen=True, slots=True)
class Answer:
    """What the child sends back, in plain values. `hints` are (start of a line, kind of passage)."""

    text: str
    known: Known
    hints: list[tuple[int, str]]
    completeness: str
    missing: str
    notes: list[str]

    def plain(self) -> Mapping[str, object]:
        """The same as JSON-ready values."""
        return asdict(self)


def read_page(source: str, *, bare: str = "") -> Answer:
    """Return the article of a page. `bare` is the reason for not building any tree of it, or empty."""
    if bare:
        view = view_events(source)
        answer = _assemble(view, _article_like(view.blocks), source)
        note = f"read as bare text, because {bare}; menus may be in the text, and no second parser checked it"
        return replace(answer, notes=[*answer.notes, note])
    source = source.replace("\0", "")  # libxml2 takes it for the end of the page
    view = view_tree(source)
    lines = _extracted(source)
    chosen = _chosen(view.blocks, lines)
    if not chosen:
        chosen = _article_like(view.blocks)
        answer = _assemble(view, chosen, source)
        note = "no article could be told from the rest of the page; every paragraph outside its menus was taken"
        return replace(answer, notes=[*answer.notes, note] if chosen else answer.notes)
    lost = _uncarried(lines, [view.blocks[index].text for index in chosen])
    return _checked(_assemble(view, chosen, source), view.blocks, chosen, lost)


def _extracted(source: str) -> list[str]:
    """The lines that trafilatura takes for the article."""
    parser = HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = etree.fromstring(source.encode("utf-8", "replace"), parser)
    if tree is None or not isinstance(tree, HtmlElement):
        return []
    for element in [node for node in tree.iter() if isinstance(node.tag, str) and _is_unseen(node)]:
        if element.getparent() is not None:
            element.drop_tree()
    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text = getattr(found, "text", None) or ""
    return [line.removeprefix("- ").strip() for line in text.split("\n") if line.strip()]


def _is_unseen(element: HtmlElement) -> bool:
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    return is_hiding(attributes) or (element.tag == "template" and "shadowrootmode" not in attributes)


def _chosen(blocks: Sequence[Block], lines: Sequence[str]) -> list[int]:
    """Indexes of the visible blocks that carry the extracted lines, with the headline and captions among them."""
    whole = Counter(_key(line) for line in lines)
    joined = "\n".join(_key(line) for line in lines)
    shingles = _shingles(lines)
    kept: set[int] = set()
    # A teaser in a side column may print a sentence of the article: the article's own block comes first.
    for index in sorted(range(len(blocks)), key=lambda index: (blocks[index].chrome, index)):
        block = blocks[index]
        if block.hidden:
            continue
        key = _key(block.text)
        if whole[key] > 0:
            whole[key] -= 1
            kept.add(index)
        elif block.chrome:
            continue
        elif (len(key) >= _SHORT and key in joined and key not in whole) or _covered(block.text, shingles) >= _MOSTLY:
            kept.add(index)
    if not any(_is_sentence(blocks[index]) or not blocks[index].chrome for index in kept):
        return []
    return sorted(kept | _headline(blocks, kept) | _captions(blocks, kept))


def _headline(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """The first main heading, when the article came without it."""
    headings = [index for index, block in enumerate(blocks) if block.tag == "h1" and not block.hidden]
    before = [index for index in headings if index <= max(kept)]
    named = [index for index in before if not blocks[index].chrome]
    first = (named or before)[:1]
    return set() if any(index in kept for index in headings) else set(first)


def _captions(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    first, last = min(kept), max(kept)
    return {
        index
        for index, block in enumerate(blocks)
        if block.caption
        and not block.hidden
        and (first - 3 <= index <= last + 1)
        and (block.article or not block.chrome)
    }


def _article_like(blocks: Sequence[Block]) -> list[int]:
    """Without an extraction: headings, captions and paragraphs outside menus, when there is a sentence at all."""
    found = [
        index
        for index, block in enumerate(blocks)
        if not block.hidden and not block.chrome and block.linked < _LINKED * len(block.text)
    ]
    return found if any(_is_sentence(blocks[index]) for index in found) else []


def _assemble(view: PageView, chosen: Sequence[int], source: str) -> Answer:
    """One line a block, in the order of the page, with the kinds that its markup gives."""
    text, hints = "", []
    for index in chosen:
        block = view.blocks[index]
        kind = _kind(block)
        if kind:
            hints.append((len(text), kind.value))
        text += block.text.replace("\n", " ") + "\n"
    notes = [f"hidden on the page and left out: “{_start(words)}”" for words in _hidden(view.blocks)]
    return Answer(text, known_of(view, source), hints, Completeness.NOT_CHECKED.value, "", notes)


def _kind(block: Block) -> PassageKind | None:
    words = len(block.text.split())
    if block.caption:
        return PassageKind.CAPTION
    if block.tag == "h1" or (is_heading(block) and words <= _HEADING_WORDS):
        return PassageKind.HEADLINE
    if block.byline and words <= _HEADING_WORDS and not _is_sentence(block):
        return PassageKind.BYLINE
    return None


def _checked(answer: Answer, blocks: Sequence[Block], chosen: Sequence[int], lost: str) -> Answer:
    """Set the completeness: did the second parser see sentences that the text lacks?"""
    kept = set(chosen)
    shingles = _shingles(blocks[index].text for index in chosen)
    # Some pages wrap everything in a box named like a menu; then such names say nothing.
    trusted = sum(blocks[index].chrome for index in chosen) * 2 < len(chosen)
    for index, block in enumerate(blocks):
        if index in kept or (trusted and block.chrome) or not _is_sentence(block):
            continue
        if block.linked >= _LINKED * len(block.text) or _covered(block.text, shingles) >= _MOSTLY:
            continue
        if block.hidden and not (block.article or chosen[0] < index < chosen[-1]):
            continue
        prefix = "hidden on the page: " if block.hidden else ""
        return replace(answer, completeness=Completeness.INCOMPLETE.value, missing=prefix + _start(block.text))
    if lost:
        return replace(answer, completeness=Completeness.INCOMPLETE.value, missing=_start(lost))
    return replace(answer, completeness=Completeness.COMPLETE.value)


def _hidden(blocks: Sequence[Block]) -> list[str]:
    """Hidden sentences, those in boxes for signing up and the like left aside; the first few."""
    return [block.text for block in blocks if block.hidden and not block.chrome and _is_sentence(block)][:3]


def _uncarried(lines: Sequence[str], texts: Sequence[str]) -> str:
    """The first extracted sentence that no chosen block carries (the two parsers read broken markup differently)."""
    shingles = _shingles(texts)
    for line in lines:
        if len(line.split()) >= _LEAST_WORDS and _covered(line, shingles) < _CARRIED:
            return line
    return ""


def _is_sentence(block: Block) -> bool:
    line = Line(0, len(block.text), block.text, gap=False)
    return line.words >= _LEAST_WORDS and (line.ended or line.several) and not is_furniture(line)


def _start(words: str) -> str:
    return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def _key(text: str) -> str:
    """The printing characters of a line: extraction rewrites spaces, drops controls and composes accents."""
    return "".join(char for char in unicodedata.normalize("NFC", text) if char.isprintable() and not char.isspace())


def _shingles(texts: Iterable[str]) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        found.update(_shingled(text))
    return found


def _shingled(text: str) -> list[tuple[str, ...]]:
    words = [_key(word).strip(".,;:!?\"'“”‘’()").casefold() for word in text.split()]
    return [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]


def _covered(text: str, shingles: set[tuple[str, ...]]) -> float:
    """The share of the runs of four words of `text` that are among `shingles`."""
    own = _shingled(text)
    return sum(shingle in shingles for shingle in own) / len(own) if own else 0.0
