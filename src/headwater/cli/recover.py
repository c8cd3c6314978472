"""The command `recover`: a new passphrase for a case whose passphrase is forgotten, with the recovery sheet."""

from __future__ import annotations

from pathlib import Path

import click

from headwater.casefile import Key, Passphrase, from_recovery, is_encrypted
from headwater.cli.encrypt import set_passphrase
from headwater.cli.output import json_option
from headwater.cli.sheet import require_free, sheet_option
from headwater.cli.trace import NOBODY
from headwater.cli.unlocking import (
    kept,
    key_of_new,
    new_passphrase_option,
    patiently,
    read_passphrase,
    require_terminal,
)
from headwater.errors import NotACase

_TRIES = 9  # again after a mistyped code: the code is too long to be found by trying, so nobody has to wait


@click.command("recover", short_help="Open a case with its recovery sheet and set a new passphrase.")
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.option(
    "--code-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the recovery code from this file; - is standard input. [default: ask for it]",
)
@sheet_option
@new_passphrase_option
@click.option("--by", metavar="NAME", default=NOBODY, show_default=True, help="Who does this, for the custody log.")
@json_option
def command(
    *,
    case_path: Path,
    code_file: Path | None,
    sheet: Path | None,
    new_passphrase_file: Path | None,
    by: str,
    as_json: bool,
) -> None:
    """Open a case with its recovery sheet and set a new passphrase.

    \b
    Example
      headwater recover case.headwater

    Asks for the recovery code, then for a new passphrase. Capitals, spaces and hyphens do not matter; a group that
    was mistyped is named. The old sheet does not open the case afterwards; a new one is handed out.
    """
    require_free(sheet)
    if not is_encrypted(case_path):
        raise NotACase(f"{case_path} is not encrypted.", next_step="There is nothing to recover.")
    before = _recovered(case_path, code_file)
    set_passphrase(case_path, before, key_of_new(new_passphrase_file), by=by, sheet=sheet, as_json=as_json)


def _recovered(case_path: Path, code_file: Path | None) -> Key:
    if code_file:
        return kept(from_recovery(case_path, read_passphrase(code_file)))
    require_terminal("No recovery code was given.", "--code-file")
    return kept(patiently(lambda: from_recovery(case_path, _typed_code()), (0.0,) * _TRIES))


def _typed_code() -> Passphrase:
    """Ask for both lines; the code is shown while it is typed, since nobody types 70 letters unseen."""
    lines = [click.prompt(f"Recovery code, groups {groups}", err=True) for groups in ("1 to 7", "8 to 14")]
    return Passphrase(" ".join(lines))
