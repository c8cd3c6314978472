"""The command `merge`: brings the decisions of a copy of a case, and shows where they contradict those made here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from headwater.cli.output import json_line, json_option, many, path_words, plain, wrap
from headwater.cli.sitting import Results, by_option, conflict_lines, conflict_records, later_option, sit_down, told
from headwater.cli.unlocking import case_options, key_for
from headwater.pipeline.answering import answer_of
from headwater.pipeline.deciding import Merged, Sitting

_NAMED = 10


@click.command("merge", short_help="Bring the decisions made in another copy of a case.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("other", metavar="OTHER", type=click.Path(path_type=Path))
@click.option(
    "--other-passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the passphrase of OTHER from this file. [default: ask for it]",
)
@later_option
@by_option
@case_options
@json_option
def command(
    *,
    case_path: Path,
    other: Path,
    other_passphrase_file: Path | None,
    later: bool,
    by: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Bring the decisions made in another copy of a case.

    \b
    Example
      headwater merge case.headwater colleague/case.headwater

    OTHER is only read. Decisions keep who made them and when. Where two contradict one another, neither holds until
    somebody decides again or undoes one; of two ways to handle a source or report the stricter holds. Reports are not
    brought: it says which ones OTHER has besides.
    """
    sitting = sit_down(case_path, by, key_for(case_path, passphrase_file))
    merged = sitting.merge(other, key=key_for(other, other_passphrase_file))
    lines = list(_lines(sitting, merged, other))
    results = Results(sitting, later=later or not merged.decisions)
    if as_json:
        made = {"case_file": str(case_path), **_record(merged), **results.record()}
        click.echo(json_line(answer_of(made, sitting.case, sitting.people)))
        return
    for line in (*lines, *results.lines()):
        click.echo(line)


def _lines(sitting: Sitting, merged: Merged, other: Path) -> Iterator[str]:
    here = f"; {merged.here:,} {'was' if merged.here == 1 else 'were'} here already" if merged.here else ""
    yield wrap(f"{told(len(merged.decisions))} brought from {path_words(other)}{here}.")
    for decision in merged.decisions[:_NAMED]:
        yield wrap(f"{sitting.name(decision)} ({decision.agent}, {decision.time})", indent="    ", first="  ")
    if len(merged.decisions) > _NAMED:
        yield f"  and {len(merged.decisions) - _NAMED:,} more; `headwater decisions` lists them all"
    yield from conflict_lines(sitting, merged.conflicts)
    if merged.handlings:
        yield wrap(f"{many(len(merged.handlings) - len(merged.joined), 'handling')} of sources and reports brought.")
    for each in merged.joined:
        yield wrap(
            f"Both copies handle {each.subject.kind.value} {each.subject.id}, each without knowing of the other. The "
            f"stricter holds: {each.sensitivity.value}, consent {each.consent.value}.",
            indent="    ",
            first="  ",
        )
    if merged.only_there:
        files = ", ".join(plain(file) for file in merged.only_there[:_NAMED])
        more = f" and {len(merged.only_there) - _NAMED:,} more" if len(merged.only_there) > _NAMED else ""
        yield wrap(f"Only in the other copy: {many(len(merged.only_there), 'report')} ({files}{more}).")
    if merged.withdrawn:
        verb = "was" if merged.withdrawn == 1 else "were"
        yield wrap(f"{merged.withdrawn:,} of these {verb} withdrawn here.")
    if merged.without_words:
        yield wrap(f"{told(merged.without_words)} came without words: about reports that were withdrawn here.")
    if merged.withdrawn_there:
        yield wrap(
            f"Withdrawn in the other copy, with the reports that they are about: {told(merged.withdrawn_there)}. "
            "Ask why: these reports may have to go here too (headwater withdraw)."
        )


def _record(merged: Merged) -> dict[str, object]:
    return {
        "brought": [each.id for each in merged.decisions],
        "handlings": [each.id for each in merged.handlings],
        "joined_handlings": [each.id for each in merged.joined],
        "here_already": merged.here,
        "conflicts": conflict_records(merged.conflicts),
        "reports_only_there": list(merged.only_there),
        "without_words": merged.without_words,
        "withdrawn_there": merged.withdrawn_there,
    }
