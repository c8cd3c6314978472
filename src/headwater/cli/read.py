"""The command `read`: what is said in each report, and by whom, as one line of JSON a report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from headwater.cli.group import debugging
from headwater.cli.output import json_line, json_option, many, path_words, wrap
from headwater.cli.progress import progress_here
from headwater.cli.trace import reader_option, workers_option
from headwater.errors import EXIT_DONE, EXIT_SET_ASIDE
from headwater.pipeline.read_only import Asked, read_to_file, read_to_stream
from headwater.pipeline.tally import Tally

_STDOUT = Path("-")
_LISTED = 12  # as many as fit beside the rest on one screen; --json lists more


@click.command("read", short_help="Read who says what in each report, and write it as JSON lines.")
@click.argument("paths", metavar="INPUT...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Where to write, compressed when it ends in .gz; - is standard output.",
)
@reader_option
@workers_option
@click.option("--replace", is_flag=True, help="Replace the file that stands at the place of the output.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    out: Path,
    reader: str | None,
    workers: int | None,
    replace: bool,
    as_json: bool,
) -> None:
    """Read who says what in each report, and write it as JSON lines. Nothing is traced.

    \b
    Examples
      headwater read reports/ --out read.jsonl
      headwater read articles.jsonl.gz --out read.jsonl
      headwater read articles.jsonl --out - --reader english-rules

    INPUT is a .txt or .html file, a folder of them, or a .jsonl or .jsonl.gz file with an "id" and a "text" in each
    line. Places in the output are code points of the text, for a line exactly as it stands there. What cannot be read
    is set aside and shown with the reason; then the exit code is 4.

    Stopped with Ctrl-C, the same command goes on where it was.
    """
    asked = Asked(paths, reader, workers)
    with progress_here() as progress:
        if out == _STDOUT:
            tally = read_to_stream(asked, sys.stdout.buffer, progress=progress)
        else:
            tally = read_to_file(asked, out, replace=replace, progress=progress)
    to_stderr = out == _STDOUT
    if as_json:
        click.echo(json_line(_record(tally, out)), err=to_stderr)
    else:
        for line in _told(tally, out):
            click.echo(line, err=to_stderr)
    if debugging():
        for trouble in tally.troubles:
            click.echo(f"{trouble.file}\n{trouble.trace}", err=True)
    ctx.exit(EXIT_DONE if tally.complete else EXIT_SET_ASIDE)


def _told(tally: Tally, out: Path) -> Iterator[str]:
    yield f"{tally.total:,} in, {tally.read:,} read, {tally.aside:,} set aside"
    yield f"{many(tally.attributions, 'attribution')}, {many(tally.statements, 'statement')}"
    if tally.resumed:
        yield f"{tally.resumed:,} of the reports had been read before this run went on"
    yield from _listed("Notes", list(tally.notes), len(tally.notes))
    yield from _listed("Set aside", [f"{each.file}: {each.why}" for each in tally.set_aside], tally.aside)
    yield from _listed("The reader failed", [f"{each.file}: {each.what}" for each in tally.troubles], tally.failed)
    if out != _STDOUT:
        yield ""
        yield f"Written to {path_words(out)}"


def _listed(title: str, lines: list[str], number: int) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{title} ({number:,})"
    for line in lines[:_LISTED]:
        yield wrap(line, indent="    ", first="  ")
    if number > _LISTED:
        yield f"  and {number - min(len(lines), _LISTED):,} more"


def _record(tally: Tally, out: Path) -> dict[str, object]:
    return {
        "written": None if out == _STDOUT else str(out),
        "total": tally.total,
        "read": tally.read,
        "resumed": tally.resumed,
        "attributions": tally.attributions,
        "statements": tally.statements,
        "set_aside_in_all": tally.aside,
        "set_aside": [{"file": each.file, "kind": each.kind, "why": each.why} for each in tally.set_aside],
        "not_read_in_all": tally.failed,
        "not_read": [{"file": each.file, "why": each.what} for each in tally.troubles],
        "notes": list(tally.notes),
        "complete": tally.complete,
    }
