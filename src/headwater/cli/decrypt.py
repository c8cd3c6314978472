"""The command `decrypt`: a case that everybody can read who has its file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from headwater.casefile import make_plain
from headwater.cli.encrypt import overwritten_record
from headwater.cli.output import json_line, json_option, path_words, wrap
from headwater.cli.trace import NOBODY
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import NotACase


@click.command("decrypt", short_help="Make an encrypted case plain.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@case_options
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@json_option
def command(*, case_path: Path, passphrase_file: Path | None, by: str, as_json: bool) -> None:
    """Make an encrypted case plain: everybody who has the file can read it then.

    \b
    Example
      headwater decrypt case.headwater

    Refused for a case with names that are to be protected.
    """
    key = key_for(case_path, passphrase_file)
    if key is None:
        raise NotACase(f"{case_path} is not encrypted.", next_step="There is nothing to do.")
    done = make_plain(case_path, key, now=datetime.now(UTC), agent=by)
    if as_json:
        click.echo(json_line({"case_file": str(case_path), "encrypted": False, **overwritten_record(done)}))
    else:
        click.echo(wrap(f"{path_words(case_path)} is plain now: everybody who has the file can read it."))
