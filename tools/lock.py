"""Write the three lock files from what is installed in the present environment.

    python tools/lock.py

requirements.lock pins what the program needs, requirements-dev.lock what its tests and checks need besides,
requirements-spark.lock what the extra “spark” does. All hold every package that the declared ones lead to, so that an
installation a year from now gets the same versions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
_HEAD = "# Made by `make lock` from pyproject.toml. Exact versions, so that every set-up is the same.\n"


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Return name and installed version of every package that `requirements` lead to.

    Raises PackageNotFoundError when one that this system needs is not installed.
    """
    pins: dict[str, str] = {}
    asked: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, frozenset(requirement.extras)) in asked:
            continue
        asked.add((name, frozenset(requirement.extras)))
        found = distribution(name)
        pins[name] = found.version
        for line in found.requires or ():
            inner = Requirement(line)
            extras = requirement.extras or {""}
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(inner)
    return pins


def lock_texts() -> dict[str, str]:
    """Return the content of the lock files by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = closure(project["project"]["dependencies"])
    extra = closure([*project["dependency-groups"]["dev"], *project["build-system"]["requires"]])
    spark = closure(project["project"]["optional-dependencies"]["spark"])
    return {
        "requirements.lock": _HEAD + _lines(needed),
        "requirements-dev.lock": _HEAD
        + "-r requirements.lock\n"
        + _lines({n: extra[n] for n in extra if n not in needed}),
        "requirements-spark.lock": _HEAD
        + "-r requirements.lock\n"
        + _lines({n: spark[n] for n in spark if n not in needed}),
    }


def _lines(pins: dict[str, str]) -> str:
    return "".join(f"{name}=={pins[name]}\n" for name in sorted(pins))


if __name__ == "__main__":
    for name, text in lock_texts().items():
        (ROOT / name).write_text(text, encoding="utf-8")
        print(f"{name}: {text.count('==')} packages")
