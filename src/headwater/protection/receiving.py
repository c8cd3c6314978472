"""What was received, as it may leave: files under new names, and originals that were replaced in left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from headwater.model import Case, Noted, Received, Report, ReportInfo
from headwater.protection.plan import Plan
from headwater.protection.replacing import Edited, Replacer
from headwater.protection.scan import Scanner

WITHHELD = "withheld"  # stands for the digest of an original, and for an address


class Files:
    """The new name of every received file: no two the same, the pseudonym for those of a protected report."""

    def __init__(self, case: Case, reports: Mapping[str, str], words: Callable[[str], str]) -> None:
        self._reports = reports
        own = {
            file: reports[each.id] for each in case.received.reports for file in each.info.files if each.id in reports
        }
        self._new: dict[str, str] = {}
        taken: Counter[str] = Counter()
        for file in case.received.files:
            wanted = own.get(file) or words(file)
            taken[wanted] += 1
            self._new[file] = wanted if taken[wanted] == 1 else f"{wanted} ({taken[wanted]})"

    def __getitem__(self, file: str) -> str:
        return self._new[file]

    def pseudonym(self, report: str) -> str | None:
        """The pseudonym of a report that is protected itself."""
        return self._reports.get(report)


def receive_again(received: Received, edited: Mapping[str, Edited], files: Files, plan: Plan) -> Received:
    """Return `received` with new file names and metadata; texts, ids and other strings are still as they were.

    A report was touched when a name stands in its text, in what is known of it or in its original; the digest, the
    original and the address of such a report are withheld.
    """
    replacer, scanner = Replacer(plan), Scanner(plan)
    unclean = {each.sha256 for each in received.originals if any(scanner.file(each.data))}
    gone = set(unclean)
    for report in received.reports:
        if report.info.sha256 not in gone and _touched(report, edited[report.id], files, replacer):
            gone.add(report.info.sha256)
    return replace(
        received,
        files=tuple(files[each] for each in received.files),
        originals=tuple(each for each in received.originals if each.sha256 not in gone),
        reports=tuple(
            replace(each, info=_info(each.info, files, withhold=each.info.sha256 in gone)) for each in received.reports
        ),
        set_aside=tuple(
            replace(
                each,
                file=files[each.file],
                sha256=WITHHELD if each.sha256 in gone or files[each.file] != each.file else each.sha256,
            )
            for each in received.set_aside
        ),
    )


def _touched(report: Report, edited: Edited, files: Files, replacer: Replacer) -> bool:
    info = report.info
    noted = (info.outlet, info.title, info.author, info.url)
    if files.pseudonym(report.id) or edited.edits or any(files[each] != each for each in info.files):
        return True
    said = [f"{each.value}\n{each.note}" for each in noted if each]
    return any(replacer.edits(each) for each in (*said, info.missing))


def _info(info: ReportInfo, files: Files, *, withhold: bool) -> ReportInfo:
    own = tuple(files[each] for each in info.files)
    info = replace(info, file=own[0], files=own)
    pseudonym = files.pseudonym(info.id)
    if pseudonym:
        outlet, title, author = (
            replace(each, value=pseudonym, note="") if each else None for each in (info.outlet, info.title, info.author)
        )
        info = replace(info, outlet=outlet, title=title, author=author)
    if withhold:
        url = Noted(WITHHELD, info.url.basis) if info.url else None
        info = replace(info, sha256=WITHHELD, url=url)
    return info
