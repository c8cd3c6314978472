"""The command `export`: a case in a form that other programs read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from headwater.casefile import SUFFIX, behind, pseudonym_secret, read_both
from headwater.cli.output import json_line, json_option, path_words
from headwater.cli.sitting import tell_waiting
from headwater.cli.unlocking import case_options, key_for
from headwater.errors import CannotWrite, WouldOverwrite
from headwater.exchange import SCHEMA, case_json_bytes
from headwater.pipeline.leaving import check_leaving, leaving

_STDOUT = Path("-")


@click.command("export", short_help="Write a case in a form that other programs read.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["json"]), default="json", show_default=True, help="The form.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=_STDOUT,
    show_default=True,
    metavar="FILE",
    help="Where to write; - is standard output.",
)
@case_options
@json_option
def command(*, case_path: Path, form: str, out: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Write a case in a form that other programs read.

    \b
    Examples
      headwater export case.headwater --format json --out case.json
      headwater export case.headwater --format json > case.json

    The JSON holds reports, statements with the chain by which each came, utterances, origins, figures, claims, how
    testimonies were retold, documents to get next and what was set aside, with places as code points of each
    report's working text. It does not hold the working texts themselves. Protected sources and reports appear under
    their pseudonyms, and nothing is written when one of their names is found in what was made.
    """
    if out.suffix == SUFFIX or out.resolve() == case_path.resolve():
        raise WouldOverwrite(
            f"{out} is the name of a case, and the export is not one.", next_step="Give another name with --out."
        )
    key = key_for(case_path, passphrase_file)
    view = leaving(*read_both(case_path, key=key), pseudonym_secret(case_path, key=key))
    waiting = behind(case_path, key=key)
    data = case_json_bytes(view.case, protected=view.notice, waiting=waiting)
    check_leaving({"the export": data}, view.plan)
    tell_waiting(waiting, case_path)
    if out == _STDOUT:
        sys.stdout.buffer.write(data)
        return
    write_whole(out, data)
    if as_json:
        click.echo(json_line({"written": str(out), "format": form, "schema": SCHEMA, "bytes": len(data)}))
    else:
        click.echo(f"Written to {path_words(out)}", err=True)


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that it appears complete or not at all. Raises CannotWrite."""
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError as error:
        raise CannotWrite(
            f"The file {path} cannot be written: {error.strerror or error}.",
            safe="Nothing that stood there was changed.",
            next_step="Check the free space and the rights of its folder, or choose another place with --out.",
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
