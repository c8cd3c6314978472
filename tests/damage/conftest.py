"""The invented cases of the room `casefile` are attacked here too."""

from __future__ import annotations

import sys
from pathlib import Path

_TESTS = Path(__file__).parent.parent

for _room in ("casefile", "cli"):
    sys.path.insert(0, str(_TESTS / _room))
