"""The command `dossier`: a case printed as a folder of pages."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.casefile import behind, pseudonym_secret, read_both
from headwater.cli.output import json_line, json_option, path_words
from headwater.cli.progress import progress_here
from headwater.cli.sitting import tell_waiting
from headwater.cli.trace import title_of
from headwater.cli.unlocking import case_options, key_for
from headwater.pipeline.run import FIRST_PAGE, print_dossier


@click.command("dossier", short_help="Print a case as a folder of pages for the browser.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("dossier"),
    show_default=True,
    metavar="FOLDER",
    help="The folder to print into; replaced as a whole if Headwater made it.",
)
@click.option("--title", metavar="TEXT", help="The title of the dossier. [default: the name of the case file]")
@case_options
@json_option
def command(*, case_path: Path, out: Path, title: str | None, passphrase_file: Path | None, as_json: bool) -> None:
    """Print a case as a folder of pages for the browser.

    \b
    Examples
      headwater dossier case.headwater
      headwater dossier case.headwater --out river-dossier --title "The river"

    The pages open from the disk, without a server and without a network. The same case gives the same pages, byte
    for byte. A folder that holds anything Headwater did not write is left alone. Protected sources and reports appear
    under their pseudonyms, and nothing is written when one of their names is found in the finished pages.
    """
    key = key_for(case_path, passphrase_file)
    case, people = read_both(case_path, key=key)
    secret, waiting = pseudonym_secret(case_path, key=key), behind(case_path, key=key)
    name = title or title_of(case_path)
    with progress_here() as progress:
        print_dossier(case, out, title=name, people=people, secret=secret, waiting=waiting, progress=progress)
    tell_waiting(waiting, case_path)
    page = out / FIRST_PAGE
    if as_json:
        click.echo(json_line({"case_file": str(case_path), "dossier": str(page), "decisions_waiting": waiting}))
    else:
        click.echo(f"Dossier  {path_words(page)}  (open it in a browser)")
