"""What is shipped works: the wheel holds every module, template and bundled report, and starts without the tree."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "headwater"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the present tree, unpacked."""
    place = tmp_path_factory.mktemp("wheel")
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(place), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


def run(unpacked: Path, *words: str, where: Path) -> subprocess.CompletedProcess[str]:
    """Run the shipped program, with nothing of the tree on the path."""
    # The wheel comes before the editable installation, and the run fails unless it is the one that is used.
    start = f"import sys; sys.path.insert(0, {str(unpacked)!r}); sys.argv[0] = 'headwater'; import headwater, runpy\n"
    start += f"sys.exit('the tree was used') if not headwater.__file__.startswith({str(unpacked)!r}) else None\n"
    start += "runpy.run_module('headwater', run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-P", "-c", start, *words],
        cwd=where,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        check=True,
    )


def test_the_wheel_holds_all_of_the_package_and_nothing_else(unpacked: Path) -> None:
    def inside(folder: Path) -> set[str]:
        return {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    assert inside(unpacked / "headwater") == inside(SOURCE)
    others = [path for path in unpacked.iterdir() if path.name != "headwater"]
    assert [path.suffix for path in others] == [".dist-info"]
    assert any(path.name == "LICENSE" for path in others[0].rglob("*"))


def test_the_shipped_program_traces_the_bundled_case(unpacked: Path, tmp_path: Path) -> None:
    assert "Examples" in run(unpacked, "--help", where=tmp_path).stdout
    done = run(unpacked, "demo", where=tmp_path)
    assert "The loudest echo" in done.stdout
    assert (tmp_path / "demo" / "dossier" / "index.html").is_file()
    used = run(unpacked, "show", "demo/case.headwater", "the", "--json", where=tmp_path)
    assert '"places": [' in used.stdout
