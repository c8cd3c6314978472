"""The recovery sheet: one page of plain text that opens a case without its passphrase. Shown once, never kept."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from headwater.casefile import Key, recovery_code
from headwater.cli.output import plain, wrap
from headwater.errors import CannotWrite, WouldOverwrite

_SHEET = """HEADWATER RECOVERY SHEET

Case  {name}
Made  {made}

Whoever has this sheet and the case file can open the case without the passphrase. Keep it on
paper, away from the computer, where you would keep money. If both the passphrase and this sheet
are lost, the case is lost: nobody can open it.

Recovery code: 14 groups, numbered by line. 0 is zero, 1 is one; there is no O, I, L or U in it.

{code}

To open the case again:  headwater recover {name}
It asks for the code, names a group that was mistyped, and lets you set a new passphrase. A new
passphrase makes this sheet useless: print a new one then, and destroy this one.
"""


def sheet_option(command: click.decorators.FC) -> click.decorators.FC:
    """Give a command that encrypts a case the option --recovery-sheet, as the parameter `sheet`."""
    option = click.option(
        "--recovery-sheet",
        "sheet",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the recovery sheet to this file, to be printed and removed. [default: show it at the terminal]",
    )
    return option(command)


def require_free(sheet: Path | None) -> None:
    """Raise WouldOverwrite or CannotWrite when the sheet could not be written there; asked before anything is done."""
    if sheet is None:
        return
    if sheet.exists():
        raise WouldOverwrite(f"{sheet} exists already.", next_step="Give another name with --recovery-sheet.")
    if not sheet.absolute().parent.is_dir():
        raise CannotWrite(
            f"There is no folder {sheet.parent} for the recovery sheet.", next_step="Make it first, or choose another."
        )


def hand_out(case_path: Path, key: Key, now: datetime, sheet: Path | None) -> None:
    """Write the sheet to its file, or show it when a person is looking; a sheet never goes into a pipe or a log."""
    lines = recovery_code(key).splitlines()
    numbered = []
    first = 1
    for line in lines:
        last = first + line.count(" ")
        numbered.append(f"  {first:2}-{last:<2}   {line.replace(' ', '  ')}")
        first = last + 1
    text = _SHEET.format(name=plain(case_path.name), made=now.strftime("%Y-%m-%d"), code="\n".join(numbered))
    if sheet:
        _write(sheet, text)
        click.echo(wrap(f"Recovery sheet written to {sheet}: print it, then remove the file."), err=True)
    elif sys.stderr.isatty():
        click.echo(f"\n{text}", err=True)
        click.echo(wrap("Copy or print it now; it is not shown again. Then clear this window."), err=True)
    else:
        click.echo(
            wrap(
                "No recovery sheet was made, as nobody is at a terminal: without the passphrase the case is lost. To "
                "get one, run “headwater encrypt” with --recovery-sheet, which sets the passphrase anew."
            ),
            err=True,
        )


def _write(sheet: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(sheet, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise CannotWrite(
            f"The recovery sheet {sheet} cannot be written: {error.strerror or error}.",
            safe="The case is encrypted and opens with its passphrase.",
            next_step="Run `headwater encrypt` on it again, with another place for the sheet.",
        ) from error
