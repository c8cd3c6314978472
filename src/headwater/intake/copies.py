"""Which received files hold the same report: same bytes or same words, apart where different outlets carry them.

Within one delivery, and against what a case holds already: a report that is there stays what it is, and a copy that
comes later is set aside as its duplicate.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from unicodedata import normalize

from headwater.intake.guesses import domain_of
from headwater.intake.original import Candidate
from headwater.model import Noted, Received, Report, SetAside, SetAsideKind, digest, make_id

_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Held:
    """What a case holds when a further delivery comes.

    `files` maps every received file to the digest of its bytes, None where they could not be read; `words` maps the
    digest of the bytes of every report and of its copies to the key of its words.
    """

    files: Mapping[str, str | None] = field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, received: Received) -> Held:
        """Return what `received` holds."""
        files = {aside.file: aside.sha256 for aside in received.set_aside}
        keys: dict[str, str] = {}
        words: dict[str, str] = {}
        for report in received.reports:
            files |= dict.fromkeys(report.info.files, report.info.sha256)
            keys[report.id] = words.setdefault(report.info.sha256, words_key(report.text))
        for aside in received.set_aside:
            if aside.sha256 is not None and aside.duplicate_of in keys:
                words.setdefault(aside.sha256, keys[aside.duplicate_of])
        return cls(files, received.reports, words)

    def place(self, name: str, sha256: str | None, *, delivered: Container[str]) -> str | None:
        """Return the name under which a file of a new delivery is kept, None when the same file is there already.

        Its own name, unless the case has another file of that name: then the first of “name (2)”, “name (3)”, …
        that neither the case nor the delivery uses.
        """
        for each in _names(name):
            if each in self.files:
                if self.files[each] == sha256:
                    return None
            elif each == name or each not in delivered:
                return each
        raise AssertionError("names never end")


NOTHING_HELD = Held()


@dataclass(frozen=True, slots=True)
class Collapsed:
    """New reports in the order of their files, reports of the case that name a copy more now, and all copies."""

    new: tuple[Report, ...]
    changed: Mapping[str, Report]
    copies: tuple[SetAside, ...]


def collapse(candidates: Sequence[Candidate], held: Held = NOTHING_HELD) -> Collapsed:
    """Return one report a group of same bytes or same words, apart where different outlets carry them, and the copies.

    A report whose outlet is unknown is a copy of the first whose outlet is known; one that is in the case already
    stays, and stands for the first outlet that comes with its words.
    """
    groups: dict[str, list[Candidate]] = {}
    by_bytes = dict(held.words)
    for candidate in candidates:
        group = by_bytes.setdefault(candidate.info.sha256, words_key(candidate.text))
        groups.setdefault(group, []).append(candidate)
    standing: dict[str, list[Report]] = {}
    for report in held.reports:
        standing.setdefault(by_bytes[report.info.sha256], []).append(report)
    taken = {report.id for report in held.reports}
    new: dict[str, Report] = {}
    changed: dict[str, Report] = {}
    copies: list[SetAside] = []
    for key, members in groups.items():
        for there, arrived in _by_outlet(standing.get(key, []), members):
            if there is None:
                there = _report(arrived[0], arrived[1:], taken=taken)  # noqa: PLW2901 - it is there now
                new[there.id] = there
                taken.add(there.id)
                arrived = arrived[1:]  # noqa: PLW2901 - the others are its copies
            elif arrived:
                changed[there.id] = _with_files(there, arrived)
            copies.extend(_duplicate(copy, there) for copy in arrived)
    ordered = sorted(new.values(), key=lambda report: report.info.file)
    return Collapsed(tuple(ordered), changed, tuple(copies))


def words_key(text: str) -> str:
    """What two files share when they hold the same words, whatever their spaces, quotation marks and letter case."""
    words = _NO_WORD.sub(" ", normalize("NFC", text).casefold()).strip()
    return digest("words", words) if words else digest("text", text)


@dataclass(slots=True)
class _Group:
    """The report of the case that a group of same reports belongs to, if any, and those that arrived."""

    there: Report | None = None
    arrived: list[Candidate] = field(default_factory=list)


def _by_outlet(
    standing: Sequence[Report], members: Sequence[Candidate]
) -> Iterator[tuple[Report | None, list[Candidate]]]:
    """Group same reports by outlet, those whose outlet is unknown with the first group."""
    outlets: dict[str | None, _Group] = {}
    for report in standing:
        outlets[_outlet_key(report.info.outlet)] = _Group(report)
    for candidate in members:
        outlets.setdefault(_outlet_key(candidate.info.outlet), _Group()).arrived.append(candidate)
    unknown = outlets.pop(None, None)
    groups = list(outlets.values())
    if unknown and unknown.there and not any(group.there for group in groups):
        # Nobody is named for the report of the case: it stands for the first outlet that is.
        unknown.arrived[:0] = groups.pop(0).arrived if groups else ()
        groups.insert(0, unknown)
    elif unknown and (unknown.there or not groups):
        groups.insert(0, unknown)
    elif unknown:
        groups[0].arrived.extend(unknown.arrived)
    return ((group.there, group.arrived) for group in groups)


def _outlet_key(outlet: Noted | None) -> str | None:
    if outlet is None:
        return None
    return (domain_of(outlet.value) or outlet.value).casefold().removeprefix("www.").strip()


def _report(first: Candidate, copies: Sequence[Candidate], *, taken: Container[str]) -> Report:
    info = first.info
    identifier = make_id("report", info.sha256)
    if identifier in taken:
        identifier = make_id("report", info.sha256, info.outlet.value if info.outlet else None, info.text_sha256)
    return _with_files(Report(replace(info, id=identifier, files=(info.file,)), first.text, first.passages), copies)


def _with_files(report: Report, copies: Iterable[Candidate]) -> Report:
    same = (copy.info.file for copy in copies if copy.info.sha256 == report.info.sha256)
    return replace(report, info=replace(report.info, files=(*report.info.files, *same)))


def _duplicate(copy: Candidate, report: Report) -> SetAside:
    same_bytes = copy.info.sha256 == report.info.sha256
    what = "It is byte for byte the same file as" if same_bytes else "It holds the same words as"
    return SetAside(
        copy.info.file, SetAsideKind.DUPLICATE, f"{what} {report.info.file}.", copy.info.sha256, duplicate_of=report.id
    )


def _names(name: str) -> Iterator[str]:
    yield name
    path = PurePosixPath(name)
    number = 2
    while True:
        yield str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        number += 1
