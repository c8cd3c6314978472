"""What the terminal says after a run, in the order in which an editor asks. Every number is the case's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from headwater.cli.output import cut, many, quoted, width, wrap
from headwater.dossier.leading import Denial, leading
from headwater.dossier.retold import changes_in_words
from headwater.model import (
    Case,
    Claim,
    ClaimKind,
    Form,
    Origin,
    ReportInfo,
    SetAside,
    Statement,
    as_heading,
    says_no,
    told_words,
)
from headwater.pipeline.outcomes import Trouble
from headwater.pipeline.run import Run

_CLAIMS = 5  # as many of each as fit beside the rest on one screen
_FIGURES = 4
_DENIALS = 2
_TELLERS = 4
_WANTED = 3
_WORDING = 100
_DENIED = "  denied"
_CONTRADICTIONS = 5
_ASIDE = 12
_NAME = 60  # a source is sometimes described in a whole sentence
_COLUMN = len("reports  origins")


def summary_lines(case: Case, troubles: tuple[Trouble, ...]) -> Iterator[str]:
    """Yield the lines of the summary, without a newline each."""
    told = _Told(case)
    yield from told.counts()
    yield from told.leads()
    yield from told.echo()
    yield from told.figures()
    yield from told.denials()
    yield from told.patterns()
    yield from told.claims()
    yield from told.contradictions()
    yield from note_lines(case, troubles)
    yield from set_aside_lines(case)
    yield from trouble_lines(troubles)


def summary_record(run: Run) -> dict[str, object]:
    """Return the same for programs: counts, every claim, contradictions, what was set aside and how each step ended.

    Of a case with protected sources or reports, as it may leave.
    """
    case = run.leaves
    words = run.view.words if run.view else str
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
        "not_read": [{"file": words(each.file), "why": words(each.what)} for each in run.troubles],
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
    """Yield every file of a case that was set aside with its reason."""
    yield from aside_lines(case.received.set_aside)


def aside_lines(aside: Sequence[SetAside]) -> Iterator[str]:
    """Yield files that were set aside, each with its reason; beyond a dozen, how many more the dossier lists."""
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
    yield f"Not read, because the reader failed ({len(troubles)})"
    for trouble in troubles:
        yield wrap(f"{trouble.file}: {trouble.what}", indent="    ", first="  ")


def _verb(number: int, many_do: str, one_does: str) -> str:
    return one_does if number == 1 else many_do


class _Told:
    """The parts of the summary of one case: what the first screen of the dossier shows, in its order."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._summary = case.weighed.summary
        self._first = leading(case)
        self._origins: dict[str, Origin] = {origin.id: origin for origin in case.traced.origins}
        self._sources = {source.id: source for source in case.traced.sources}
        self._reports: dict[str, ReportInfo] = {report.id: report.info for report in case.received.reports}
        self._origin_of = {each: o for u in case.traced.utterances if (o := u.origin) for each in u.statements}

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
            f"{'' if summary.outlets else ' The outlets are unknown.'}"
        )

    def leads(self) -> Iterator[str]:
        """What goes round, what changed on the way and what to get next: a line each, or nothing."""
        weighed, summary = self._case.weighed, self._summary
        round_trips = [" → ".join((*each.outlets, each.outlets[0])) for each in weighed.circles[:1]]
        changed = changes_in_words(summary.details_changed, summary.details_hardened)
        wanted = [f"{cut(each.name, _NAME)} ({many(len(each.claims), 'claim')})" for each in weighed.missing[:_WANTED]]
        more = len(weighed.missing) - len(wanted)
        lines = (
            ("Goes round", "; ".join(round_trips)),
            ("Changed on the way", changed and f"{changed}, in testimonies that several reports tell"),
            ("What to get next", "; ".join([*wanted, *([f"{more:,} more in the dossier"] if more else [])])),
        )
        told = [f"{name}: {words}" for name, words in lines if words]
        if told:
            yield ""
        for line in told:
            yield wrap(line, indent="  ", first="")

    def echo(self) -> Iterator[str]:
        """The claim that most reports carry on the fewest origins."""
        claim = self._first.echo
        if claim is None:
            return
        yield ""
        yield "The loudest echo"
        yield wrap(self._words(claim, 400), indent="  ")
        behind = [self._origin_words(self._origins[each]) for each in claim.origins if each in self._origins]
        named = f": {'; '.join(behind)}" if behind else ""
        origins = self._summary.echo_origins
        noun = "origin" if origins == "1" else "origins"
        yield wrap(f"{many(self._summary.echo_reports, 'report')}, {origins} {noun}{named}", indent="  ")
        if beside := self._first.beside:
            yield wrap(
                f"Behind {many(len(beside), 'more claim')} too, such as {self._words(beside[0], _NAME)}", indent="  "
            )

    def figures(self) -> Iterator[str]:
        """Figures that several reports give, in their versions."""
        found = self._first.figures
        if not found:
            return
        yield from self._head("Figures that several reports give")
        for story in found[:_FIGURES]:
            act = next((each.act for version in story.versions for each in version if each.act), None)
            versions = ", ".join(f"“{cut(version[0].text, _NAME)}”" for version in story.versions)
            line = f"{act}: {versions}" if act else versions
            fits = len(line) <= width() - _COLUMN - 4 - len(_DENIED)
            yield self._row(line if fits or not act else act, story.claim)
            if act and not fits:
                yield wrap(versions, indent="      ")
            who = self._behind(story.claim)
            if who:
                yield wrap(who, indent="      ")
            if story.note:
                yield wrap(story.note, indent="      ")
        yield from _rest(len(found) - _FIGURES)

    def denials(self) -> Iterator[str]:
        """Who denies, in which wordings."""
        found = self._first.denials
        if not found:
            return
        yield ""
        yield "Denied"
        for denial in found[:_DENIALS]:
            said = "; ".join(dict.fromkeys(_denied(each) for each in denial.wordings))
            who = f"{self._speaker(denial)}, in {self._names(denial.reports)}"
            yield wrap(f"{who}: {said}", indent="      ", first="  ")
        yield from _rest(len(found) - _DENIALS)

    def patterns(self) -> Iterator[str]:
        """Acts that different sources tell in words of their own."""
        found = self._first.tellings
        if not found:
            return
        yield ""
        yield "The same act, from different sources"
        for telling in found[:_DENIALS]:
            acts = ", ".join(each.act for each in telling.patterns)
            tellers = "; ".join(cut(self._origins[each].name, _NAME) for each in telling.origins[:_TELLERS])
            more = f"; {len(telling.origins) - _TELLERS} more" if len(telling.origins) > _TELLERS else ""
            least = telling.independent
            sure = f"at least {least} independent" if least > 1 else "who may all go back to one"
            yield wrap(f"{acts}: {tellers}{more} ({sure})", indent="      ", first="  ")
        yield from _rest(len(found) - _DENIALS)

    def claims(self) -> Iterator[str]:
        """The other claims in reading order, one of each story, with the number of reports and the range of origins."""
        stories = self._first.stories
        if not stories:
            return
        yield from self._head("What else is alleged")
        for story in stories[:_CLAIMS]:
            yield self._row(None, story[0])
        yield from _rest(sum(len(story) for story in stories[_CLAIMS:]))

    def contradictions(self) -> Iterator[str]:
        """The pairs of claims that cannot both hold as worded."""
        pairs = self._first.contradictions
        if not pairs:
            return
        yield ""
        yield f"Contradictions ({len(pairs)})"
        for first, second in pairs[:_CONTRADICTIONS]:
            yield wrap(f"{self._claim_words(first)} against {self._claim_words(second)}", indent="    ", first="  ")
        yield from _rest(len(pairs) - _CONTRADICTIONS)

    @staticmethod
    def _head(title: str) -> Iterator[str]:
        room = width() - _COLUMN - 4
        yield ""
        yield f"{title:<{room + 2}}  reports  origins"

    def _row(self, text: str | None, claim: Claim) -> str:
        room = width() - _COLUMN - 4
        denied = _DENIED if claim.denied_by else ""
        left = room - len(denied)
        words = (cut(text, left) if text else self._words(claim, left)) + denied
        return f"  {words:<{room}}  {len(claim.reports):>7,}  {claim.origin_range:>7}"

    @staticmethod
    def _words(claim: Claim, columns: int) -> str:
        if claim.kind is ClaimKind.SAID:
            return quoted(as_heading(claim.text), columns)
        return cut(claim.text, columns)

    def _behind(self, claim: Claim) -> str:
        """Return the origins of a claim, and in which of its reports none is named."""
        named = "; ".join(self._origin_words(self._origins[each]) for each in claim.origins[:_TELLERS])
        silent = f"no source named in {self._names(claim.unattributed)}" if claim.unattributed else ""
        return "; ".join(part for part in (named, silent) if part)

    def _speaker(self, denial: Denial) -> str:
        found = (self._origins.get(self._origin_of.get(each.id, "")) for each in denial.wordings)
        sources = (self._sources.get(origin.source or "") for origin in found if origin)
        name = next((source.name for source in sources if source), None)
        return cut(as_heading(name), _NAME) if name else "Source not clear"

    def _names(self, reports: Sequence[str]) -> str:
        """Return reports by name, or by how many they are where the names would fill the screen."""
        outlets = [outlet.value for each in reports if (outlet := self._reports[each].outlet)]
        line = ", ".join(dict.fromkeys(outlets))
        whole = len(outlets) == len(reports) and len(line) <= _NAME
        return line if whole else many(len(reports), "report")

    def _claim_words(self, claim: Claim) -> str:
        return f"{self._words(claim, _NAME)} ({self._names(claim.reports)})"

    @staticmethod
    def _origin_words(origin: Origin) -> str:
        name = cut(as_heading(origin.name), _NAME)
        if not origin.told_to:
            return name
        lead, words = told_words(origin.told_to)
        return f"{name}, {lead} {cut(words, _NAME)}"


def _denied(statement: Statement) -> str:
    words = f"“{cut(as_heading(statement.text), _WORDING)}”"
    bare = statement.form is Form.INDIRECT and not says_no(statement.text)
    return f"denied: {words}" if bare else words


def _rest(number: int) -> Iterator[str]:
    if number > 0:
        yield f"  and {number:,} more in the dossier"
