"""The tools beside the program: the locks fit the declarations, the bench measures the same text every time."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def loaded(path: str) -> ModuleType:
    """Return a script of the project as a module."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> dict[str, str]:
    """Return the versions that a lock file itself pins."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("==") for line in lines if line and not line.startswith(("#", "-r"))]
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize(
    ("lock", "table"),
    [("requirements.lock", "needed"), ("requirements-dev.lock", "dev"), ("requirements-spark.lock", "spark")],
)
def test_every_declared_package_is_pinned_within_its_bounds(lock: str, table: str) -> None:
    declared_in = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared_in["project"]
    tables = {"needed": project["dependencies"], **declared_in["dependency-groups"], **project["optional-dependencies"]}
    declared = tables[table]
    pinned = pins("requirements.lock") | pins(lock)  # the second takes in the first
    for line in declared:
        requirement = Requirement(line)
        assert requirement.specifier.contains(pinned[canonicalize_name(requirement.name)]), line


def test_no_package_is_pinned_twice() -> None:
    for lock in ("requirements-dev.lock", "requirements-spark.lock"):
        assert pins("requirements.lock").keys().isdisjoint(pins(lock))


def test_the_bench_writes_the_same_reports_for_the_same_seed(tmp_path: Path) -> None:
    synthetic = loaded("bench/synthetic.py")
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        (tmp_path / name).mkdir()
        synthetic.write_reports(tmp_path / name, 14, seed=seed)
    first, again, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("a", "b", "c")
    )
    assert len(first) == 15
    assert first == again
    assert first.keys() == other.keys()
    assert first["r00000.txt"] != other["r00000.txt"]


def test_reports_of_one_event_share_words_and_those_of_two_do_not(tmp_path: Path) -> None:
    loaded("bench/synthetic.py").write_reports(tmp_path, 24)
    texts = [path.read_text(encoding="utf-8").split() for path in sorted(tmp_path.glob("*.txt"))]
    runs = [{tuple(words[at : at + 8]) for at in range(len(words) - 7)} for words in texts]
    assert len(runs[0] & runs[3]) > 10
    assert len(runs[0] & runs[12]) < 5


def test_a_season_of_reports_is_the_same_for_a_seed_and_its_reports_share_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(ROOT / "bench")
    stories = loaded("bench/stories.py")
    first, again, other = (list(stories.Season(seed).reports(60)) for seed in (1, 1, 2))
    assert first == again != other
    assert [day for _, day, _ in first] == sorted(day for _, day, _ in first)
    runs = [{tuple(text.split()[at : at + 8]) for at in range(len(text.split()) - 7)} for _, _, text in first]
    shared = sum(len(runs[a] & runs[b]) > 10 for a in range(60) for b in range(a))
    assert 60 < shared < 60 * 59 / 4


def test_real_piles_are_skipped_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(ROOT / "bench")
    piles = loaded("bench/piles.py")
    monkeypatch.setattr(piles, "REAL", tmp_path / "none.parquet")
    piles.table("real", piles.real(10), (5, 10), tmp_path)
    assert "skipped, there is no folder of test corpora" in capsys.readouterr().out
    (tmp_path / "none.parquet").touch()
    monkeypatch.setattr(piles, "_TABLES", "no_such_package.tables")
    assert piles.real(10) == "no_such_package, which opens the table of real reports, is not installed"


def test_the_score_table_names_every_floor_that_is_missed() -> None:
    score = loaded("tools/score.py")
    good = {measure: least_mean for measure, (least_mean, _) in score.FLOORS.items()}
    low = {measure: least_mean - 0.01 for measure, (least_mean, _) in score.FLOORS.items()}
    assert score.misses({"one": good, "another": good}) == []
    assert len(score.misses({"one": low, "another": low})) == len(score.FLOORS)
    high = {**good, "source": 1.0}
    (missed,) = score.misses({"one": high, "another": {**good, "source": 0.79}, "third": high})
    assert "another source" in missed
    assert score.misses({"one": {**good, "told_to": None}, "another": good}) == []


def test_scoring_without_the_corpora_is_skipped_with_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert loaded("tools/score.py").main(tmp_path) == 0
    assert "Skipped: there is no folder of test corpora" in capsys.readouterr().out


def test_measuring_rewording_without_the_verses_is_skipped_with_a_reason(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "tools.verses", str(tmp_path)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert told.stdout.startswith("Skipped: there are no verses at")
