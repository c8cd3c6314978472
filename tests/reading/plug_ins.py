"""Tiny installed packages that bring readers, made in a folder for a test. Holds no test of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from headwater.reading import registry

READER = """
from headwater.model import Certainty, Form, Maker, Mention, PassageKind, Reading, SourceKind, Span, Stance, Statement
from headwater.model import make_id

class {name}:
    maker = Maker("{name}", "3")
    languages = {languages!r}

    def read(self, report):
        end = report.text.index(" ")
        source = Mention(make_id("m", report.id), report.id, "x", Span(0, 1), SourceKind.PERSON, True, False)
        said = Statement(
            make_id("s", report.id), report.id, (Span(0, end),), report.text[:end], Form.DIRECT, source.id, None, None,
            None, Certainty.CLEAR, Stance.ASSERTS, PassageKind.BODY,
        )
        return Reading(report.id, (source,), (said,))
"""


def forget() -> None:
    """Let the registry look again at what is installed."""
    for kept in (registry.known, registry._installed_for, registry._plug_ins):
        kept.cache_clear()


def install(monkeypatch: pytest.MonkeyPatch, folder: Path, package: str, points: dict[str, str], code: str) -> None:
    """Install a package whose one module, `<package>.py`, holds `code`, with the given entry points."""
    site = folder / f"site-{package}"
    about = site / f"{package}-1.0.dist-info"
    about.mkdir(parents=True)
    (site / f"{package}.py").write_text(code, encoding="utf-8")
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8")
    lines = [f"[{registry.GROUP}]", *(f"{name} = {value}" for name, value in points.items())]
    (about / "entry_points.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    sys.modules.pop(package, None)  # another test may have had a package of this name
    forget()


def install_reader(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, *languages: str) -> None:
    """Install a reader of these languages that takes the first word of a report as said."""
    code = READER.format(name=name.title(), languages=languages)
    install(monkeypatch, folder, f"{name}_package", {name: f"{name}_package:{name.title()}"}, code)
