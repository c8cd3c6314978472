"""Chooses the article of a page and checks that nothing of it was lost. Runs in the child only.

trafilatura says which words are the article; the visible blocks that carry those words give the text, character
for character as the page prints them. Blocks that look like the article and were not chosen are reported.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

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
_LONG_WORDS = 40
_WIDEST_GAP = 12
_LISTED = frozenset({"li", "td", "th", "dd", "dt", "blockquote", "pre"})
_LISTED_WORDS = 4
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
    told = [block.text for block in view.blocks if block.hidden]
    lost = _uncarried(lines, [*told, *(view.blocks[index].text for index in chosen)])
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
    cells = (cell for line in text.split("\n") for cell in (line.split("|") if line.startswith("|") else [line]))
    return [cell.removeprefix("- ").strip() for cell in cells if cell.strip(" -\t")]


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
    kept |= _headline(blocks, kept)
    kept |= _captions(blocks, kept)
    return sorted(kept | _between(blocks, kept))


def _headline(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """The first main heading, when the article came without it."""
    headings = [index for index, block in enumerate(blocks) if block.tag == "h1" and not block.hidden]
    before = [index for index in headings if index <= max(kept)]
    named = [index for index in before if not blocks[index].chrome]
    first = (named or before)[:1]
    return set() if any(index in kept for index in headings) else set(first)


def _between(blocks: Sequence[Block], kept: set[int]) -> set[int]:
    """Sentences that stand between the chosen blocks: the extraction drops some, a reader of the page does not.

    A wide gap is more than a dropped paragraph (readers' comments, say): it is left, and reported as missing.
    """
    shingles = _shingles(blocks[index].text for index in kept)
    gaps = (range(first + 1, last) for first, last in pairwise(sorted(kept)) if last - first <= _WIDEST_GAP)
    return {index for gap in gaps for index in gap if _could_be_lost(blocks[index], shingles)}


def _could_be_lost(block: Block, shingles: set[tuple[str, ...]]) -> bool:
    """True for a visible sentence outside menus that is no link and is not yet in the text."""
    if block.hidden or block.chrome or block.byline or block.linked >= _LINKED * len(block.text):
        return False
    return _is_sentence(block) and _covered(block.text, shingles) < _MOSTLY


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
    if block.tag in _LISTED and words >= _LISTED_WORDS and not is_furniture(_line(block)):
        return PassageKind.BODY  # entries of lists and tables do not close like sentences
    if block.byline and words <= _HEADING_WORDS and not _is_sentence(block):
        return PassageKind.BYLINE
    return None


def _checked(answer: Answer, blocks: Sequence[Block], chosen: Sequence[int], lost: str) -> Answer:
    """Set the completeness: did the second parser see sentences of the article that the text lacks?"""
    missing = lost or _missing(blocks, chosen)
    if not missing:
        hidden = [block for block in blocks if block.hidden and not block.chrome and _is_sentence(block)]
        within = [block for block in blocks[chosen[0] : chosen[-1]] if block in hidden]
        # A page may hide its whole article behind a wall; one hidden line after it is a prompt of the site.
        if within or sum(len(block.text) for block in hidden) > len(answer.text):
            missing = "hidden on the page: " + (within or hidden)[0].text
    if missing:
        return replace(answer, completeness=Completeness.INCOMPLETE.value, missing=_start(missing))
    return replace(answer, completeness=Completeness.COMPLETE.value)


def _missing(blocks: Sequence[Block], chosen: Sequence[int]) -> str:
    """The first sentence around the article that is not in the text, or "".

    Sites print sentences of their own around every article (who the author is, what else to read). Counted are:
    the nearest paragraph before and after, paragraphs that follow one another, and long ones.
    """
    shingles = _shingles(blocks[index].text for index in chosen)
    # Some pages wrap everything in a box named like a menu; then such names say nothing.
    trusted = sum(blocks[index].chrome for index in chosen) * 2 < len(chosen)
    seen = [index for index, block in enumerate(blocks) if not block.hidden and not (trusted and block.chrome)]
    outside = sorted(set(seen) - set(chosen))
    found = [index for index in outside if _could_be_lost(replace(blocks[index], chrome=False), shingles)]
    nearest = {max((index for index in outside if index < chosen[0]), default=-1)}
    nearest.add(min((index for index in outside if index > chosen[-1]), default=-1))
    for index in found:
        run = index + 1 in found or index - 1 in found
        if index in nearest or run or len(blocks[index].text.split()) >= _LONG_WORDS:
            return blocks[index].text
    return ""


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
    line = _line(block)
    return line.words >= _LEAST_WORDS and (line.ended or line.several) and not is_furniture(line)


def _line(block: Block) -> Line:
    return Line(0, len(block.text), block.text, gap=False)


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
