"""Asking for Spark where its packages are not installed is answered in a sentence, and nothing of it loads unasked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from headwater.engine.cluster import cluster
from headwater.errors import HeadwaterError


@pytest.mark.parametrize("name", ["pyspark", "py4j", "pandas"])
def test_a_missing_package_is_named_with_what_installs_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in ("pyspark", "py4j", "pandas"):
        monkeypatch.setitem(sys.modules, other, type(sys)(other))
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(HeadwaterError, match=f"needs the package {name}") as caught:
        cluster("local[1]", memory=2**30, scratch=tmp_path)
    assert "pip install headwater[spark]" in caught.value.next_step
    assert not list(tmp_path.iterdir())


def test_the_engine_loads_without_spark() -> None:
    check = "import sys, headwater.engine.cluster; sys.exit(bool({'pyspark', 'py4j', 'pandas'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
