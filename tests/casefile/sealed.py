"""Keys for tests, and the cheap way to make them that the product does not know."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest
from make_case import make_case

from headwater.casefile import Key, keys, write_case
from headwater.casefile.keys import MARK, Setting
from headwater.model import Case

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
PASSPHRASE = "under the third willow"


def some_key(name: str = "one") -> Key:
    """A key that is always the same; its salt names a setting that nobody derives with."""
    digest = hashlib.sha256(name.encode()).digest()
    return Key(digest, MARK + bytes([255]) + digest[:12])


def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make keys of passphrases in no time. The real settings are tested in test_keys.py."""
    monkeypatch.setattr(keys, "SETTINGS", MappingProxyType({1: Setting(memory=32, passes=1, lanes=4)}))


def sealed_case(path: Path, key: Key | None, *, reports: int = 3) -> Case:
    """Write a case of invented reports under `key`, and return it."""
    case = make_case(reports=reports)
    write_case(path, case, now=NOON, agent="Ada", action="traced", key=key)
    return case
