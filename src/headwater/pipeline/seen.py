"""Names that were met before, millions of them, in sixteen bytes each. Keeps digests, never the names."""

from __future__ import annotations

from array import array

from headwater.model import digest


class Seen:
    """Remembers names, each with a number of 64 bits: a set of strings would outgrow the memory before they end."""

    def __init__(self) -> None:
        self._shelves: dict[int, tuple[array[int], array[int]]] = {}

    def add(self, tag: str, name: str | int, number: int = 0) -> int | None:
        """Remember `name` with `number`; when it was there before, return its number and leave it as it was."""
        key = int(digest(tag, name)[:16], 16)
        names, numbers = self._shelves.setdefault(key >> 48, (array("Q"), array("Q")))
        if key in names:
            return numbers[names.index(key)]
        names.append(key)
        numbers.append(number)
        return None
