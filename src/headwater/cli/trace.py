"""The command `trace`: reports in; case, dossier and a summary out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import click

from headwater.casefile import SUFFIX
from headwater.cli.group import debugging
from headwater.cli.output import json_line, json_option, path_words, shell_word
from headwater.cli.progress import progress_here
from headwater.cli.summary import summary_lines, summary_record
from headwater.errors import EXIT_DONE, EXIT_SET_ASIDE
from headwater.model import words
from headwater.pipeline.run import FIRST_PAGE, Run, Targets, trace_and_write
from headwater.reading import DEFAULT

NOBODY = "not named"
_SAYS_NOTHING = frozenset("reports articles texts files documents input data corpus".split())
_SHOWN_WORDS = 5  # enough words of the loudest echo to find it again

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes to read with; never changes the result. [default: as many as help]",
)
reader_option = click.option(
    "--reader", metavar="NAME", help=f"The reader to prefer, built in or installed. [default: {DEFAULT}]"
)


@click.command("trace", short_help="Trace where each thing said in a pile of reports comes from.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--case",
    "case_path",
    type=click.Path(path_type=Path),
    default=Path(f"case{SUFFIX}"),
    show_default=True,
    metavar="FILE",
    help="The case file to write.",
)
@click.option(
    "--dossier",
    type=click.Path(path_type=Path),
    default=Path("dossier"),
    show_default=True,
    metavar="FOLDER",
    help="The folder to print the dossier into; replaced as a whole if Headwater made it.",
)
@click.option("--title", metavar="TEXT", help="The title of the dossier. [default: the folder's or the case's name]")
@click.option("--replace", is_flag=True, help="Replace a case of other reports, and lose its originals.")
@reader_option
@workers_option
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    paths: tuple[Path, ...],
    case_path: Path,
    dossier: Path,
    title: str | None,
    replace: bool,
    workers: int | None,
    reader: str | None,
    by: str,
    as_json: bool,
) -> None:
    """Trace where each thing said in a pile of reports comes from.

    \b
    Examples
      headwater trace reports/
      headwater trace a.txt b.txt page.html
      headwater trace reports/ --case river.headwater --dossier river-dossier

    PATH is a .txt or .html file, or a folder of them. A file reports.csv beside the reports (columns file, outlet,
    url, published, title, author, language) says what the reports themselves do not. Files that cannot be read are
    set aside and shown with the reason; then the exit code is 4.

    The reports are only read. The case file keeps their bytes, all that was found and what found it.
    """
    targets = Targets(case_path, dossier, title or title_of(case_path, paths), replace=replace)
    with progress_here() as progress:
        run = trace_and_write(
            paths, targets, now=datetime.now(UTC), agent=by, workers=workers, reader=reader, progress=progress
        )
    tell_run(ctx, run, targets, as_json=as_json)


def tell_run(ctx: click.Context, run: Run, targets: Targets, *, as_json: bool) -> None:
    """Print what came of a run (the summary, where things are, what to do next) and exit with its code."""
    page = targets.dossier / FIRST_PAGE
    if as_json:
        made = {"case_file": str(targets.case), "dossier": str(page)}
        click.echo(json_line({**made, **summary_record(run)}))
    else:
        for line in summary_lines(run.case, run.troubles):
            click.echo(line)
        click.echo("")
        click.echo(f"Case     {path_words(targets.case)}")
        click.echo(f"Dossier  {path_words(page)}  (open it in a browser)")
        click.echo("")
        click.echo(f"Next: {_next(run, targets.case)}")
    if debugging():
        for trouble in run.troubles:
            click.echo(f"{trouble.file}\n{trouble.trace}", err=True)
    ctx.exit(EXIT_DONE if run.complete else EXIT_SET_ASIDE)


def title_of(case_path: Path, paths: Sequence[Path] = ()) -> str:
    """Return the title of a dossier when nobody gave one: the one folder that was traced, else the case file's name.

    A folder whose name says nothing ("reports") gives none.
    """
    folder = paths[0].absolute().name if len(paths) == 1 and paths[0].is_dir() else ""
    return folder if folder and folder.casefold() not in _SAYS_NOTHING else case_path.name.removesuffix(SUFFIX)


def _next(run: Run, case_path: Path) -> str:
    weighed = run.case.weighed
    echo = next((claim for claim in weighed.claims if claim.id == weighed.summary.loudest_echo), None)
    file = shell_word(path_words(case_path))
    if echo is None:
        return f"headwater verify {file}"
    spans = dict.fromkeys(word.span for word in words(echo.text))  # a contraction folds to two words in one place
    first = (span.of(echo.text) for span in islice(spans, _SHOWN_WORDS))
    return f"headwater show {file} {shell_word(' '.join(first))}"
