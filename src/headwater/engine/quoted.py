"""Which parts of a text stand in quotation marks: form only, whoever speaks.

A paragraph is the furthest a quotation mark reaches, so that one that is missing turns no more than a paragraph over.
"""

from __future__ import annotations

import re

import numpy as np

from headwater.engine.tokens import Ints
from headwater.model import Span, merged

# The kinds of marks, each with what may stand between; a typographic mark that opens a paragraph need not be closed.
# Every alternative begins with a letter of its own, which lets the search pass over all other text at once.
_QUOTED = re.compile(
    r"“[^”\n]+(?:”|$)|\"[^\"\n]+\"|„[^“”\n]+[“”]|«[^»\n]+»"
    r"|‘(?<!\w‘)(?=\w)[^\n]{8,600}?[’'](?!\w)|'(?<!\w')(?=\w)[^\n]{8,600}?[’'](?!\w)",
    re.MULTILINE,
)

# A post that a page shows is signed with a name and an account; at most so many characters before that are its words.
_POSTED = re.compile(r"[—–-] ?[^\n—]{1,60}\(@\w{1,20}\)")
_POST = 320


def quoted(text: str, starts: Ints) -> Ints:
    """Return the quoted runs of tokens of `text`, begin and end in turn, where `starts` are the tokens' code points."""
    spans = [found.span() for found in _QUOTED.finditer(text)]
    for found in _POSTED.finditer(text):
        line = text.rfind("\n", max(0, found.start() - _POST), found.start()) + 1
        spans.append((max(line, found.start() - _POST), found.end()))
    edges = [edge for span in merged(Span(*span) for span in spans) for edge in span]
    return np.searchsorted(starts, np.array(edges, np.int64)).astype(np.int32)


def within(edges: Ints, start: int, end: int) -> int:
    """Return how many of the tokens from `start` to `end` lie in the sorted runs `edges` (begin, end in turn)."""
    if not len(edges):
        return 0
    clipped = np.minimum(np.maximum(edges, start), end)
    return int((clipped[1::2] - clipped[::2]).sum())
