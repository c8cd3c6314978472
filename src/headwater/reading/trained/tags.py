"""The tags of the trained reader: outside, and for source, cue and content where one begins and where it goes on."""

from __future__ import annotations

SOURCE, CUE, CONTENT = range(3)
OUTSIDE = 0
TAGS = 7


def begins(part: int) -> int:
    """Return the tag of the first piece of a part."""
    return 1 + 2 * part


def goes_on(part: int) -> int:
    """Return the tag of every further piece of a part."""
    return 2 + 2 * part


def part_of(tag: int) -> int | None:
    """Return the part a tag belongs to, None outside."""
    return None if tag == OUTSIDE else (tag - 1) // 2
