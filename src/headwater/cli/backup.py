"""The command `backup`: a copy of a case, byte for byte."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.casefile import backup
from headwater.cli.output import json_line, json_option, path_words, wrap


@click.command("backup", short_help="Copy a case, byte for byte, to another place.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("to", metavar="FILE", type=click.Path(path_type=Path))
@json_option
def command(*, case_path: Path, to: Path, as_json: bool) -> None:
    """Copy a case, byte for byte, to another place.

    \b
    Example
      headwater backup case.headwater /media/stick/case-2031-05-04.headwater

    Nobody can change the case while it is copied; the copy is flushed to its disk, read back and compared. An
    encrypted case stays encrypted and its passphrase is not needed. A file that exists is never replaced.
    """
    done = backup(case_path, to)
    if as_json:
        made = {"case_file": str(case_path), "backup": str(to), "bytes": done.size, "sha256": done.sha256}
        click.echo(json_line({**made, "encrypted": done.encrypted}))
        return
    click.echo(f"Backup   {path_words(to)}  ({done.size:,} bytes)")
    click.echo(f"SHA-256  {done.sha256}")
    if not done.encrypted:
        click.echo(wrap("It is not encrypted: everybody who has the file can read it."))
