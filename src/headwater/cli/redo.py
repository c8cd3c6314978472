"""The command `redo`: brings back a decision that was undone."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.cli.output import json_line, json_option, wrap
from headwater.cli.sitting import Results, answer_record, back_lines, by_option, later_option, sit_down
from headwater.cli.unlocking import case_options, key_for
from headwater.pipeline.answering import answer_of


@click.command("redo", short_help="Bring back a decision that was undone.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("wanted", metavar="[DECISION]", required=False)
@later_option
@by_option
@case_options
@json_option
def command(
    *, case_path: Path, wanted: str | None, later: bool, by: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Bring back a decision that was undone.

    \b
    Examples
      headwater redo case.headwater
      headwater redo case.headwater decision-1a2b

    Without DECISION it brings back what was undone last, which is possible directly after an undo. After new work, name
    the decision; `headwater decisions` shows their ids. A later decision about the same still stands over it.
    """
    sitting = sit_down(case_path, by, key_for(case_path, passphrase_file))
    answer = sitting.redo(wanted)
    lines = list(back_lines(sitting, answer, "Brought back"))
    if not answer.holds:
        lines.append(wrap("It is not in effect: another decision about the same stands against it."))
    results = Results(sitting, later=later)
    if as_json:
        made = {"case_file": str(case_path), "redone": answer_record(answer), **results.record()}
        click.echo(json_line(answer_of(made, sitting.case, sitting.people)))
        return
    for line in (*lines, *results.lines()):
        click.echo(line)
