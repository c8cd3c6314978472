"""How much one received file may ask of this machine, and the names of what is read. No reading happens here."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
TEXT_ENDINGS = frozenset({".txt", ".text"})
PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml"})
FORMATS_READ = ".txt and .html"


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps, each with the attack or accident it answers; a file beyond one is set aside, never half read.

    `file_bytes`: one file. `total_bytes`: all files together, which are held in memory. `files`: files looked at.
    `child_bytes`, `cpu_seconds`, `wall_seconds`: memory, processor time and waiting time of the process that
    opens pages, for one page (memory and processor time only where the system can limit them: not on Windows).
    `depth`, `attributes`: levels of nesting in a page and attributes on one tag; beyond either the page is read as
    bare text: libxml2 stops, without an error, at 2,048 levels even when told to take any (SAFETY.md, finding 1).
    """

    file_bytes: int = 20 * MEBIBYTE
    total_bytes: int = 2048 * MEBIBYTE
    files: int = 100_000
    child_bytes: int = 512 * MEBIBYTE
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    depth: int = 2_000
    attributes: int = 500
