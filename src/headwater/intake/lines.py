"""Lines of a working text and what their shape says: sentence or not, quoted or not, spoken or not. No kinds here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from headwater.model import Span, trim

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_NO_WORD = re.compile(r"[\W_]+")
_ENDED = re.compile(r"[.!?…][\"'”’»)\]\s]*$")
_QUOTE = re.compile(r"[\"“”„«»]|(?<!\w)[‘'](?=\w)|(?<=[.,!?])['’](?=\s|$)")
_SPOKEN = re.compile(
    r"\b(?:said|says|say|saying|told|tells|according|added|adding|announced|confirmed|denied|denies|deny|claimed|claims"
    r"|reported|reports|stated|insisted|warned|accused|alleged|allegedly|admitted|explained|described|testified"
    r"|recalled|revealed|wrote|asked|replied|acknowledged|condemned|rejected|dismissed|declined|refused|disputed)\b",
    re.IGNORECASE,
)
_INNER_STOP = re.compile(r"[.!?][\"'”’»)]*\s+[\"'“‘«(]?[^\W\d_a-z]")


@dataclass(frozen=True)
class Line:
    """One printed line without the white space around it, and its place in the text (code points).

    What its shape says is computed when asked for, and once: most lines are asked few questions.
    """

    start: int
    end: int
    text: str
    gap: bool  # an empty line, or the start of the text, stands before it

    @property
    def span(self) -> Span:
        """The place of the line."""
        return Span(self.start, self.end)

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return len(_WORD.findall(self.text))

    @cached_property
    def ended(self) -> bool:
        """True when it closes like a sentence: full stop, question or exclamation mark, perhaps in quotation marks."""
        return bool(_ENDED.search(self.text))

    @cached_property
    def quoted(self) -> bool:
        """True when it carries a quotation mark (an apostrophe inside a word is none)."""
        return bool(_QUOTE.search(self.text))

    @cached_property
    def spoken(self) -> bool:
        """True when it carries a word that attributes: such a line is evidence and never furniture."""
        return bool(_SPOKEN.search(self.text))

    @cached_property
    def several(self) -> bool:
        """True when more than one sentence stands in it."""
        return bool(_INNER_STOP.search(self.text))

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The words without their case and marks, for telling whether two lines say the same."""
        return tuple(_NO_WORD.sub(" ", self.text.casefold()).split())


def lines_of(text: str) -> list[Line]:
    """Return the lines of `text` that hold more than white space, in order; no character but white space is lost."""
    found: list[Line] = []
    after = 0
    for match in _LINE.finditer(text):
        span = trim(text, match.start(), match.end())
        if span is None:
            continue
        gap = not found or text.count("\n", after, span.start) > 1 or text.count("\r", after, span.start) > 2
        found.append(Line(span.start, span.end, text[span.start : span.end], gap))
        after = span.end
    return found


def speaks(text: str) -> bool:
    """True when `text` carries a word that attributes."""
    return bool(_SPOKEN.search(text))
