"""The command `withdraw`: reports leave a case for good; says what is different and how far the deletion reaches."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from headwater.casefile import Key, read_case, read_people
from headwater.cli.add import change_lines, change_records, older_dossiers, older_lines, print_again
from headwater.cli.output import json_line, json_option, many, path_words, plain, wrap
from headwater.cli.progress import progress_here
from headwater.cli.trace import NOBODY
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import Stopped
from headwater.model import ReportInfo
from headwater.pipeline.answering import answer_of
from headwater.pipeline.run import FIRST_PAGE
from headwater.pipeline.withdrawing import REACH, Withdrawn, find_reports, sharing_words, withdraw

_NAMED = 5


@click.command("withdraw", short_help="Take reports out of a case for good.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("named", metavar="REPORT...", nargs=-1, required=True)
@click.option("--why", required=True, metavar="TEXT", help="The reason; it stays in the custody log, so name nobody.")
@click.option("--yes", is_flag=True, help="Do not ask before.")
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@case_options
@json_option
def command(
    *,
    case_path: Path,
    named: tuple[str, ...],
    why: str,
    yes: bool,
    by: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Take reports out of a case for good.

    \b
    Examples
      headwater withdraw case.headwater interview.txt --why "consent withdrawn"
      headwater withdraw case.headwater report-5ac1 --why "court order 12/31" --yes

    REPORT is a file as the case calls it, the id of a report, or the beginning of either. Its bytes, its text,
    everything read from it and its copies go, and the case is made anew without it. The custody log keeps that a
    report was withdrawn, when, by whom and why, with its digest and nothing of its content. Decisions about it stay
    on record without what was shown for them.

    This cannot be taken back. It cannot reach copies, backups and dossiers made before; it says so at the end.
    """
    if not why.strip():
        raise click.UsageError("--why is empty: the custody log keeps the reason.")
    key = key_for(case_path, passphrase_file)
    if not yes:
        _ask(case_path, named, key)
    with progress_here() as progress:
        done = withdraw(case_path, named, why=why.strip(), now=datetime.now(UTC), agent=by, key=key, progress=progress)
    older = older_dossiers(case_path)
    if as_json:
        made = _record(done, case_path, older)
        click.echo(json_line(answer_of(made, done.case, read_people(case_path, key=key))))
    else:
        for line in _lines(done, case_path, older):
            click.echo(line)


def can_answer() -> bool:
    """True when somebody sits at the terminal."""
    return sys.stdin.isatty()


def _ask(case_path: Path, named: tuple[str, ...], key: Key | None) -> None:
    """Say what would go and ask; raises UsageError where nobody can answer, Stopped when the answer is no."""
    if not can_answer():
        raise click.UsageError("Withdrawing cannot be taken back, and nobody is there to be asked: give --yes.")
    case = read_case(case_path, key=key)
    gone = find_reports(case.received, named)
    said = {reading.report: len(reading.statements) for reading in case.readings}
    for report in gone:
        told = f"{report.info.file}: {report.info.name}, {many(said[report.id], 'statement')}"
        click.echo(wrap(told, indent="    ", first="  "), err=True)
    for line in _still_lines(sharing_words(case, {report.id for report in gone})):
        click.echo(line, err=True)
    if not click.confirm(f"Take {many(len(gone), 'report')} out of {path_words(case_path)} for good?", err=True):
        raise Stopped("Nothing was withdrawn, as you said.", next_step="Run the command again if it is to go.")


def _lines(done: Withdrawn, case_path: Path, older: tuple[Path, ...]) -> Iterator[str]:
    yield from change_lines(done.differences)
    yield ""
    files = f" with {many(len(done.files), 'file')}" if len(done.files) > len(done.reports) else ""
    left = many(len(done.case.received.reports), "report")
    yield wrap(f"Withdrawn {many(len(done.reports), 'report')}{files}. The case holds {left}.")
    yield ""
    yield "How far this reaches"
    for sentence in REACH:
        yield wrap(sentence, indent="    ", first="  ")
    yield from _still_lines(done.still_in)
    yield ""
    yield f"Case     {path_words(case_path)}"
    yield from older_lines(older)
    yield ""
    yield f"Next: {print_again(case_path, older)}"


def _still_lines(reports: tuple[ReportInfo, ...]) -> Iterator[str]:
    if reports:
        names = ", ".join(plain(report.file) for report in reports[:_NAMED])
        more = f" and {len(reports) - _NAMED:,} more" if len(reports) > _NAMED else ""
        told = f"Other reports of the case carry words of it, and keep them: {names}{more}."
        yield wrap(told, indent="    ", first="  ")


def _record(done: Withdrawn, case_path: Path, older: tuple[Path, ...]) -> dict[str, object]:
    return {
        "case_file": str(case_path),
        "changes": change_records(done.differences),
        "withdrawn": [{"id": each.id, "file": each.file} for each in done.reports],
        "files": list(done.files),
        "words_still_in": [{"id": each.id, "file": each.file} for each in done.still_in],
        "reach": list(REACH),
        "reports": len(done.case.received.reports),
        "older_dossiers": [str(folder / FIRST_PAGE) for folder in older],
        "case_digest": done.written.case_digest,
        "custody_digest": done.written.head,
    }
