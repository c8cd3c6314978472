"""The command `restore`: a backup put back as the case."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from headwater.casefile import restore
from headwater.cli.output import json_line, json_option, path_words, wrap
from headwater.cli.unlocking import case_options, key_for


@click.command("restore", short_help="Put a backup back as the case.")
@click.argument("backup_path", metavar="BACKUP", type=click.Path(path_type=Path))
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Take the place of a case that stands there; that one is kept beside.")
@case_options
@json_option
def command(*, backup_path: Path, case_path: Path, replace: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Put a backup back as the case.

    \b
    Examples
      headwater restore backup.headwater case.headwater
      headwater restore backup.headwater case.headwater --replace

    The backup is verified first, as “headwater verify” does; one that is damaged is refused. An encrypted backup
    opens with the passphrase that the case had when it was made.
    """
    key = key_for(backup_path, passphrase_file)
    done = restore(backup_path, case_path, now=datetime.now(UTC), replace=replace, key=key)
    if as_json:
        kept = str(done.kept) if done.kept else None
        aside = str(done.checkpoints) if done.checkpoints else None
        made = {"case_file": str(case_path), "bytes": done.size, "sha256": done.sha256}
        click.echo(json_line({**made, "kept": kept, "checkpoints_set_aside": aside}))
        return
    click.echo(f"Case     {path_words(case_path)}  ({done.size:,} bytes, verified)")
    if done.kept:
        click.echo(wrap(f"The case that stood there is kept as {path_words(done.kept)}."))
    if done.checkpoints:
        click.echo(wrap(f"The checkpoints that stood beside it are of that case: {path_words(done.checkpoints)}."))
