"""Invented reports traced once by the command line, for the tests that only look."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import headwater, write_reports


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of reports."""
    return write_reports(tmp_path / "reports")


@pytest.fixture(scope="session")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file, traced once; not to be changed."""
    place = tmp_path_factory.mktemp("traced")
    done = headwater(
        "trace", write_reports(place / "reports"), "--case", place / "case.headwater", "--dossier", place / "dossier"
    )
    assert done.exit_code == 0, done.output
    return place / "case.headwater"
