"""THIRD_PARTY.md names every package that is needed, with the licence the installed package gives itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN, RUN_BROUGHT, SPARK, DEV, DEV_BROUGHT = (
    "Needed to run",
    "Brought along by those",
    "Needed for work on a cluster",
    "Needed only to build and test",
    "Brought along by those (development)",
)


def tables() -> dict[str, dict[str, list[str]]]:
    """The rows of every table by the heading above it; a heading that comes again is the development one."""
    out: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:] + (" (development)" if line[3:] in out else "")
            out[heading] = {}
        elif line.startswith("| ") and not line.startswith("| package"):
            name, *cells = (cell.strip() for cell in line.strip("|").split("|"))
            out[heading][name] = cells
    return out


def names(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(each).name) for each in requirements}


def closure(requirements: Iterable[str]) -> set[str]:
    """Every installed package that the requirements bring, extras followed."""
    seen: set[tuple[str, frozenset[str]]] = set()
    todo = [Requirement(each) for each in requirements]
    while todo:
        requirement = todo.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen or not installed(requirement.name):
            continue
        seen.add(key)
        todo += needed_by(requirement)
    return {name for name, _ in seen}


def needed_by(requirement: Requirement) -> Iterator[Requirement]:
    for line in distribution(requirement.name).requires or []:
        inner = Requirement(line)
        if inner.marker is None or any(inner.marker.evaluate({"extra": each}) for each in {"", *requirement.extras}):
            yield inner


def installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def licence_given(name: str) -> str:
    """What the installed package says of its licence: the expression, else the short field, else the classifiers."""
    metadata = distribution(name).metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    field = (metadata["License"] or "").strip() if "License" in metadata else ""
    if field and "\n" not in field:
        return field
    classifiers = metadata.get_all("Classifier") or []
    return "; ".join(each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::"))


def development() -> list[str]:
    return [*PROJECT["dependency-groups"]["dev"], *PROJECT["build-system"]["requires"]]


def test_direct_dependencies_are_exactly_those_of_the_project() -> None:
    assert set(tables()[RUN]) == names(PROJECT["project"]["dependencies"])
    assert set(tables()[SPARK]) == names(PROJECT["project"]["optional-dependencies"]["spark"])
    assert set(tables()[DEV]) == names(development())


def test_what_they_bring_along_is_named() -> None:
    run = closure(PROJECT["project"]["dependencies"])
    assert run - set(tables()[RUN]) <= set(tables()[RUN_BROUGHT])
    extra = closure(PROJECT["project"]["optional-dependencies"]["spark"])
    assert extra - run <= set(tables()[SPARK])
    assert closure(development()) - run - set(tables()[DEV]) <= set(tables()[DEV_BROUGHT])


def test_licences_are_those_the_packages_give_themselves() -> None:
    compared = 0
    for table in tables().values():
        for name, (licence, given, _) in table.items():
            assert licence
            assert "AGPL" not in licence
            if installed(name):
                assert licence_given(name) == given, name
                compared += 1
    assert compared > len(PROJECT["project"]["dependencies"])


def test_every_direct_dependency_has_a_purpose() -> None:
    for heading in (RUN, SPARK, DEV):
        for name, (_, _, purpose) in tables()[heading].items():
            assert len(purpose.split()) >= 2, name
