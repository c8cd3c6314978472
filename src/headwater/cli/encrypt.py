"""The command `encrypt`: a case that opens with a passphrase only, or with another one than before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from headwater.casefile import Converted, Key, encrypt, is_encrypted
from headwater.cli.output import json_line, json_option, path_words, wrap
from headwater.cli.sheet import hand_out, require_free, sheet_option
from headwater.cli.trace import NOBODY
from headwater.cli.unlocking import case_options, key_for, key_of_new, new_passphrase_option

_TRACES = (
    "Copies made before stay as they were and open as they did: backups, folders that a cloud keeps in step, and what "
    "a solid-state disk, a snapshot or the swap space still holds. Only an encrypted disk protects against those."
)


@click.command("encrypt", short_help="Encrypt a case, or change its passphrase.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@sheet_option
@new_passphrase_option
@case_options
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@json_option
def command(
    *,
    case_path: Path,
    sheet: Path | None,
    new_passphrase_file: Path | None,
    passphrase_file: Path | None,
    by: str,
    as_json: bool,
) -> None:
    """Encrypt a case, or change its passphrase.

    \b
    Examples
      headwater encrypt case.headwater
      headwater encrypt case.headwater --recovery-sheet sheet.txt

    Asks for the new passphrase twice, and before that for the present one if the case is encrypted already. Then
    hands out a recovery sheet, which opens the case when the passphrase is forgotten. The case is written anew, and
    the bytes of the old file are overwritten as far as the disk allows.

    A passphrase is never an option: other people on the computer could read it in the list of programs.
    """
    require_free(sheet)
    before = key_for(case_path, passphrase_file)
    set_passphrase(case_path, before, key_of_new(new_passphrase_file), by=by, sheet=sheet, as_json=as_json)


def set_passphrase(
    case_path: Path, before: Key | None, new: Key, *, by: str, sheet: Path | None, as_json: bool
) -> None:
    """Write the case anew under the key `new`, hand out the sheet and say what was done."""
    changed = is_encrypted(case_path)
    now = datetime.now(UTC)
    done = encrypt(case_path, new, key=before, now=now, agent=by)
    hand_out(case_path, new, now, sheet)
    if as_json:
        click.echo(json_line({"case_file": str(case_path), "encrypted": True, **overwritten_record(done)}))
        return
    what = "has a new passphrase" if changed else "is encrypted"
    click.echo(wrap(f"{path_words(case_path)} {what}. {overwritten_words(done)}"))
    click.echo(wrap(_TRACES))


def overwritten_record(done: Converted) -> dict[str, object]:
    """What became of the old bytes, for --json."""
    return {"records": done.rows, "old_bytes_overwritten": not done.kept, "why_not": done.kept or None}


def overwritten_words(done: Converted) -> str:
    """What became of the old bytes, as a sentence."""
    if done.kept:
        return f"The bytes of the old file were not overwritten: {done.kept}."
    return "The bytes of the old file were overwritten."
