"""What keeps Spark from starting is told in sentences, and a later attempt can do better."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from spark_here import skip_without_spark, spark

from headwater.errors import HeadwaterError

# Of a Java that does not come up pyspark forgets the pipe, and nobody else can close it.
pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def _needed() -> Iterator[None]:
    skip_without_spark()
    yield
    gc.collect()


def without_java(folder: Path) -> str:
    """A folder of programs in which there is everything that starts Spark but Java."""
    folder.mkdir()
    for name in ("bash", "env", "dirname", "uname", "python3", "cat", "ps", "id"):
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return str(folder)


def test_no_java_is_said_and_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", without_java(tmp_path / "bin"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(HeadwaterError, match="there is none on this machine") as caught:
        spark("local[1]", tmp_path / "scratch")
    assert "Java 17" in caught.value.next_step
    assert str(tmp_path / "scratch") in caught.value.next_step


def test_a_master_that_is_none_is_said_and_the_next_may_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(HeadwaterError, match="no Spark master at the address"):
        spark("nowhere", tmp_path / "scratch")
    interrupts = signal.getsignal(signal.SIGINT)
    with spark("local[1]", tmp_path / "scratch"):
        assert signal.getsignal(signal.SIGINT) is interrupts
    assert capfd.readouterr() == ("", "")
    assert os.listdir(tmp_path) == ["scratch"]  # noqa: PTH208 - nothing is left where the program was started
