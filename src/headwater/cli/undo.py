"""The command `undo`: takes back a decision, by a further one that can be taken back in turn."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.cli.output import json_line, json_option
from headwater.cli.sitting import Results, answer_record, back_lines, by_option, later_option, sit_down
from headwater.cli.unlocking import case_options, key_for
from headwater.pipeline.answering import answer_of


@click.command("undo", short_help="Take back a decision.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("wanted", metavar="[DECISION]", required=False)
@later_option
@by_option
@case_options
@json_option
def command(
    *, case_path: Path, wanted: str | None, later: bool, by: str, passphrase_file: Path | None, as_json: bool
) -> None:
    """Take back a decision.

    \b
    Examples
      headwater undo case.headwater
      headwater undo case.headwater decision-1a2b

    Without DECISION it takes back the last one that is not taken back yet, and again the one before. Nothing is
    erased: whatever was undone can be brought back with `headwater redo`, also after a restart.
    """
    sitting = sit_down(case_path, by, key_for(case_path, passphrase_file))
    answer = sitting.undo(wanted)
    lines = list(back_lines(sitting, answer, "Undone"))
    results = Results(sitting, later=later)
    if as_json:
        made = {"case_file": str(case_path), "undone": answer_record(answer), **results.record()}
        click.echo(json_line(answer_of(made, sitting.case, sitting.people)))
        return
    for line in (*lines, *results.lines()):
        click.echo(line)
