"""The page about readers is true: its package, installed as it stands there, is found and reads."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from console_blocks import ROOT

from headwater.errors import ReaderUnusable
from headwater.reading import known
from headwater.reading.registry import GROUP

PAGE = (ROOT / "docs" / "readers.md").read_text(encoding="utf-8")
GERMAN = (
    "Der Hafen ist leer. Die Boote sind nicht da, und die Leute von der Insel haben es nicht gesehen. "
    "„Sie kamen in der Nacht und nahmen die Boote“, sagte Oda Renn in der Stadt. „Es ist nichts da“, sagte Oda Renn."
)


def blocks(language: str) -> list[str]:
    """Return the blocks of code of the page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with the page's package as pip would install it."""
    (module,) = (each for each in blocks("python") if "class " in each)
    (project,) = map(tomllib.loads, blocks("toml"))
    name = project["project"]["name"]
    ((group, points),) = project["project"]["entry-points"].items()
    assert group == GROUP
    ((point, value),) = points.items()
    about = tmp_path / "site" / f"{name}-{project['project']['version']}.dist-info"
    about.mkdir(parents=True)
    (about.parent / f"{value.partition(':')[0]}.py").write_text(module, encoding="utf-8")
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[{group}]\n{point} = {value}\n", encoding="utf-8")
    return about.parent


def python(site: Path, *words: str) -> str:
    """Run Python with the package installed and return what it prints."""
    paths = [str(site), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, *words], env=env, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.mark.parametrize("options", [(), ("--reader", "tide"), ("--workers", "2")])
def test_the_package_of_the_page_reads(site: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    (tmp_path / "de.txt").write_text(GERMAN, encoding="utf-8")
    printed = python(site, "-m", "headwater", "read", str(tmp_path / "de.txt"), "--out", "-", *options)
    (told,) = map(json.loads, printed.splitlines())
    assert told["reader"] == "tide-reader 1.0"
    assert told["notes"] == []
    assert [(each["text"], each["source"]) for each in told["statements"]] == [
        ("Sie kamen in der Nacht und nahmen die Boote", "Oda Renn"),
        ("Es ist nichts da", "Oda Renn"),
    ]
    assert [GERMAN[slice(*each["cue"][0])] for each in told["attributions"]] == ["sagte", "sagte"]


def test_the_first_example_of_the_page_runs(site: Path) -> None:
    (example,) = (each for each in blocks("python") if "class " not in each)
    printed = python(site, "-c", example)
    assert printed.startswith("The road is closed, Span(")
    assert "Radio Vellmar" in printed


def test_the_page_names_the_built_in_readers() -> None:
    for name in ("english", "english-rules"):
        assert f"`{name}`" in PAGE
        assert known(name).name == name
    with pytest.raises(ReaderUnusable, match="no reader"):
        known("tide")
