"""Opening a case of 2,000 invented reports: encrypted against plain, and the making of the key beside it.

    python bench/casefile.py [--reports N] [--times N]

The reports are made by a template, nothing is traced. Each opening is a fresh process; the seconds are those of reading
the whole case with every digest checked, without starting Python. The best of several, alternating, is compared.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from headwater import casefile
from headwater.casefile import keys

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
MOST = 1.5
"""How many times as long the encrypted case may take, by the project's own bar."""

_SALT = keys.MARK + bytes([keys.NEWEST]) + bytes(12)
_OPENING = """
import sys, time
from pathlib import Path
from headwater import casefile
from headwater.casefile import keys
key = keys.Key(bytes(32), bytes.fromhex(sys.argv[2])) if len(sys.argv) > 2 else None
started = time.perf_counter()
case = casefile.read_case(Path(sys.argv[1]), key=key)
print(time.perf_counter() - started, len(case.received.reports))
"""


def opening(case: Path, *salt: str) -> tuple[float, int]:
    """Return the seconds that a fresh process takes to read the case, and how many reports it has."""
    command = [sys.executable, "-c", _OPENING, str(case), *salt]
    seconds, reports = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), int(reports)


def main() -> None:
    """Measure and print; exit code 1 when the bar is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    # The invented case of the tests, made larger.
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "casefile"))
    made = __import__("make_case").make_case(reports=asked.reports)
    with tempfile.TemporaryDirectory() as place:
        ways = {
            "plain": (Path(place) / "plain.headwater",),
            "encrypted": (Path(place) / "locked.headwater", _SALT.hex()),
        }
        for path, *salt in ways.values():
            key = keys.Key(bytes(32), _SALT) if salt else None
            casefile.write_case(Path(path), made, now=NOON, agent="bench", action="made", key=key)
        best = dict.fromkeys(ways, float("inf"))
        for _ in range(asked.times):
            for name, (path, *salt) in ways.items():
                seconds, reports = opening(Path(path), *map(str, salt))
                assert reports == asked.reports
                best[name] = min(best[name], seconds)
        size = Path(ways["plain"][0]).stat().st_size / 2**20
    started = time.perf_counter()
    keys.derived("six invented words of a bench", _SALT)
    derivation = time.perf_counter() - started
    ratio = best["encrypted"] / best["plain"]
    print(f"{asked.reports:,} reports, {size:.0f} MiB; best of {asked.times} fresh processes each")
    print(f"opening, plain      {best['plain']:7.2f} s")
    print(f"opening, encrypted  {best['encrypted']:7.2f} s   {ratio:.2f} times{'' if ratio <= MOST else '  NOT MET'}")
    print(f"making the key      {derivation:7.2f} s   once, from the passphrase")
    sys.exit(ratio > MOST)


if __name__ == "__main__":
    main()
