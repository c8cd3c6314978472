"""Two renderings of one utterance aligned word by word on their folded shadows; the exact words are what is shown.

Reads no case; knows nothing about who said what.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from headwater.model import words

_STRAIGHT = str.maketrans("’ʼ`´", "''''")
_LONG_GAP = 9
_GAP_EDGE = 3


class Change(StrEnum):
    """How a stretch of a variant stands to the fullest rendering."""

    SAME = "same"  # the same words, written the same but for case and the style of apostrophes
    SPELT = "spelt"  # the same words, written otherwise ("honor", "can't")
    ADDED = "added"  # words of this rendering that the fullest one lacks
    DROPPED = "dropped"  # words of the fullest rendering that are not here


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words under one change. `text` is exact: of this rendering, or of the fullest one when dropped."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class _Written:
    """One written word: `word` itself, `text` with everything up to the next one, and where its keys stand."""

    text: str
    word: str
    keys: range


def aligned(fullest: str, variant: str) -> tuple[Stretch, ...]:
    """Align `variant` with `fullest`; the stretches that are not dropped, joined, are exactly `variant`.

    Longest common blocks of folded words (Ratcliff and Obershelp, as in difflib, without its junk heuristic).
    """
    if variant == fullest:
        return (Stretch(Change.SAME, variant),) if variant else ()
    their_keys, theirs = _written(fullest)
    our_keys, ours = _written(variant)
    matcher = SequenceMatcher(None, their_keys, our_keys, autojunk=False)
    pairs = {block.b + step: block.a + step for block in matcher.get_matching_blocks() for step in range(block.size)}
    return tuple(_joined(_stretches(theirs, ours, _partners(theirs, ours, pairs))))


def shortened(text: str) -> tuple[str, str] | None:
    """Return the first and last words of a long gap, or None when all of it can be shown."""
    parts = text.split()
    if len(parts) < _LONG_GAP:
        return None
    return " ".join(parts[:_GAP_EDGE]), " ".join(parts[-_GAP_EDGE:])


def _partners(theirs: list[_Written], ours: list[_Written], pairs: dict[int, int]) -> dict[int, tuple[int, ...]]:
    """Our word → the words of the fullest rendering it stands for, where both sides are matched whole.

    "can" must not pass for half of "can't": a word matched in part counts as different.
    """
    their_word = {key: at for at, word in enumerate(theirs) for key in word.keys}
    our_word = {key: at for at, word in enumerate(ours) for key in word.keys}
    while True:
        their_half = {at for at, word in enumerate(theirs) if not set(word.keys) <= set(pairs.values())}
        our_half = {at for at, word in enumerate(ours) if not all(key in pairs for key in word.keys)}
        kept = {b: a for b, a in pairs.items() if our_word[b] not in our_half and their_word[a] not in their_half}
        if len(kept) == len(pairs):
            break
        pairs = kept
    found: dict[int, tuple[int, ...]] = {}
    for b, a in sorted(pairs.items()):
        words_so_far = found.get(our_word[b], ())
        if their_word[a] not in words_so_far:
            found[our_word[b]] = (*words_so_far, their_word[a])
    return found


def _stretches(theirs: list[_Written], ours: list[_Written], partners: dict[int, tuple[int, ...]]) -> Iterator[Stretch]:
    matched = {at for group in partners.values() for at in group}
    here = there = 0
    while here < len(ours) or there < len(theirs):
        dropped = _run(theirs, there, matched)
        if dropped:
            yield Stretch(Change.DROPPED, "".join(theirs[at].text for at in dropped).strip())
            there = dropped.stop
        added = _run(ours, here, partners.keys())
        if added:
            yield Stretch(Change.ADDED, "".join(ours[at].text for at in added))
            here = added.stop
        elif here < len(ours):
            group = partners[here]
            same = len(group) == 1 and _looks(theirs[group[0]].word) == _looks(ours[here].word)
            yield Stretch(Change.SAME if same else Change.SPELT, ours[here].text)
            there = max(there, group[-1] + 1)
            here += 1


def _looks(word: str) -> str:
    return word.translate(_STRAIGHT).casefold()


def _run(written: list[_Written], start: int, matched: Container[int]) -> range:
    stop = start
    while stop < len(written) and stop not in matched:
        stop += 1
    return range(start, stop)


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for each in stretches:
        if held and held.change is each.change is not Change.DROPPED:
            held = Stretch(held.change, held.text + each.text)
            continue
        if held:
            yield held
        held = each
    if held:
        yield held


def _written(text: str) -> tuple[list[str], list[_Written]]:
    """Cut `text` into written words; what stands before the first word belongs to it."""
    keys: list[str] = []
    spans: list[tuple[int, int, int]] = []
    for word in words(text):
        if not spans or spans[-1][0] != word.start:
            spans.append((word.start, word.end, len(keys)))
        keys.append(word.key)
    if not spans:
        return ([text], [_Written(text, text, range(1))]) if text else ([], [])
    cuts = [0, *(start for start, _, _ in spans[1:]), len(text)]
    heads = [*(head for _, _, head in spans), len(keys)]
    return keys, [
        _Written(text[cuts[at] : cuts[at + 1]], text[start:end], range(heads[at], heads[at + 1]))
        for at, (start, end, _) in enumerate(spans)
    ]
