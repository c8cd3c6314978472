"""What the terminal says after a run, in the order in which an editor asks. Every number is the case's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from headwater.cli.output import cut, many, quoted, width, wrap
from headwater.model import Case, Claim, ClaimKind, Origin, ReportInfo
from headwater.pipeline.outcomes import Trouble
from headwater.pipeline.run import Run

_CLAIMS = 7  # as many as fit beside the rest on one screen of 40 lines
_CONTRADICTIONS = 5
_ASIDE = 12
_NAME = 60  # a source is sometimes described in a whole sentence
_COLUMN = len("reports  origins")


def summary_lines(case: Case, troubles: tuple[Trouble, ...]) -> Iterator[str]:
    """Yield the lines of the summary, without a newline each."""
    told = _Told(case)
    yield from told.counts()
    yield from told.echo()
    yield from told.claims()
    yield from told.contradictions()
    yield from note_lines(case, troubles)
    yield from set_aside_lines(case)
    yield from trouble_lines(troubles)


def summary_record(run: Run) -> dict[str, object]:
    """Return the same for programs: counts, every claim, contradictions, what was set aside and how each step ended."""
    case = run.case
    return {
        "summary": asdict(case.weighed.summary),
        "claims": [
            {
                "id": claim.id,
                "text": claim.text,
                "reports": list(claim.reports),
                "origins_low": claim.origins_low,
                "origins_high": claim.origins_high,
                "denied_by": list(claim.denied_by),
                "contradicts": list(claim.contradicts),
            }
            for claim in case.weighed.claims
        ],
        "set_aside": [{"file": each.file, "kind": each.kind, "why": each.why} for each in case.received.set_aside],
        "not_read": [{"file": each.file, "why": each.what} for each in run.troubles],
        "notes": [*case.received.notes, *(note for reading in case.readings for note in reading.notes)],
        "steps": [
            {
                "step": each.step,
                "ending": each.ending,
                "count": each.count,
                "seconds": round(each.seconds, 3),
                "cpu_seconds": round(each.cpu, 3),
            }
            for each in run.outcomes
        ],
        "case_digest": run.written.case_digest if run.written else None,
        "custody_digest": run.written.head if run.written else None,
        "complete": run.complete,
    }


def note_lines(case: Case, troubles: tuple[Trouble, ...]) -> Iterator[str]:
    """Yield what intake and reading remark of the reports, defects left out: these have a place of their own."""
    defects = {f"{trouble.file}: {trouble.what}" for trouble in troubles}
    files = {report.id: report.info.file for report in case.received.reports}
    read = [f"{files[reading.report]}: {note}" for reading in case.readings for note in reading.notes]
    notes = [*case.received.notes, *(line for line in read if line not in defects)]
    if not notes:
        return
    yield ""
    yield f"Notes ({len(notes)})"
    for note in notes[:_ASIDE]:
        yield wrap(note, indent="    ", first="  ")
    if len(notes) > _ASIDE:
        yield f"  and {len(notes) - _ASIDE:,} more in the dossier"


def set_aside_lines(case: Case) -> Iterator[str]:
    """Yield every file that was set aside with its reason; beyond a dozen, how many more the dossier lists."""
    aside = case.received.set_aside
    if not aside:
        return
    yield ""
    yield f"Set aside ({len(aside)})"
    for each in aside[:_ASIDE]:
        yield wrap(f"{each.file}: {each.why}", indent="    ", first="  ")
    if len(aside) > _ASIDE:
        yield f"  and {len(aside) - _ASIDE:,} more, all listed in the dossier"


def trouble_lines(troubles: tuple[Trouble, ...]) -> Iterator[str]:
    """Yield every report on which a step failed."""
    if not troubles:
        return
    yield ""
    yield f"Not read, by a defect of Headwater ({len(troubles)})"
    for trouble in troubles:
        yield wrap(f"{trouble.file}: {trouble.what}", indent="    ", first="  ")


def _verb(number: int, many_do: str, one_does: str) -> str:
    return one_does if number == 1 else many_do


class _Told:
    """The parts of the summary of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._summary = case.weighed.summary
        self._claims = {claim.id: claim for claim in case.weighed.claims}
        self._origins: dict[str, Origin] = {origin.id: origin for origin in case.traced.origins}
        self._reports: dict[str, ReportInfo] = {report.id: report.info for report in case.received.reports}

    def counts(self) -> Iterator[str]:
        """What was read and how much stands behind it."""
        summary = self._summary
        yield f"{many(summary.reports, 'report')}, {many(summary.origins, 'origin')}"
        single = summary.claims_single_origin
        carriers = many(summary.outlets, "outlet") if summary.outlets else many(summary.reports, "report")
        yield wrap(
            f"{carriers} {_verb(summary.outlets or summary.reports, 'carry', 'carries')} "
            f"{many(summary.statements, 'statement')} and {many(summary.figures, 'figure')}; "
            f"{summary.origins_named:,} of the origins {_verb(summary.origins_named, 'have', 'has')} a name. "
            f"{many(single, 'claim')} of {summary.claims:,} {_verb(single, 'rest', 'rests')} on a single origin."
        )

    def echo(self) -> Iterator[str]:
        """The claim that most reports carry on the fewest origins."""
        claim = self._claims.get(self._summary.loudest_echo or "")
        if claim is None:
            return
        yield ""
        yield "The loudest echo"
        yield wrap(f"“{claim.text.rstrip(' ,')}”" if claim.kind is ClaimKind.SAID else claim.text, indent="  ")
        behind = [self._origin_words(self._origins[each]) for each in claim.origins if each in self._origins]
        named = f": {'; '.join(behind)}" if behind else ""
        origins = self._summary.echo_origins
        noun = "origin" if origins == "1" else "origins"
        yield wrap(f"{many(self._summary.echo_reports, 'report')}, {origins} {noun}{named}", indent="  ")

    def claims(self) -> Iterator[str]:
        """The first claims in reading order with the number of reports and the range of origins."""
        top = self._case.weighed.claims[:_CLAIMS]
        if not top:
            return
        room = width() - _COLUMN - 4
        yield ""
        yield f"{'Claims (all alleged)':<{room + 2}}  reports  origins"
        for claim in top:
            denied = "  denied" if claim.denied_by else ""
            fitting = quoted if claim.kind is ClaimKind.SAID else cut
            words = fitting(claim.text, room - len(denied)) + denied
            yield f"  {words:<{room}}  {len(claim.reports):>7,}  {claim.origin_range:>7}"
        rest = len(self._case.weighed.claims) - len(top)
        if rest:
            yield f"  and {rest:,} more in the dossier"

    def contradictions(self) -> Iterator[str]:
        """The pairs of claims that cannot both hold as worded."""
        pairs = list(self._contradicting())
        if not pairs:
            return
        yield ""
        yield f"Contradictions ({len(pairs)})"
        for first, second in pairs[:_CONTRADICTIONS]:
            yield wrap(f"{self._claim_words(first)} against {self._claim_words(second)}", indent="    ", first="  ")
        if len(pairs) > _CONTRADICTIONS:
            yield f"  and {len(pairs) - _CONTRADICTIONS:,} more in the dossier"

    def _contradicting(self) -> Iterator[tuple[Claim, Claim]]:
        told: set[frozenset[str]] = set()
        for claim in self._case.weighed.claims:
            for other in claim.contradicts:
                pair = frozenset({claim.id, other})
                if other in self._claims and pair not in told:
                    told.add(pair)
                    yield claim, self._claims[other]

    def _claim_words(self, claim: Claim) -> str:
        names = dict.fromkeys(self._reports[report].name for report in claim.reports if report in self._reports)
        fitting = quoted if claim.kind is ClaimKind.SAID else cut
        return f"{fitting(claim.text, _NAME)} ({', '.join(names)})"

    @staticmethod
    def _origin_words(origin: Origin) -> str:
        name = cut(origin.name, _NAME)
        return f"{name}, told {cut(origin.told_to, _NAME)}" if origin.told_to else name
