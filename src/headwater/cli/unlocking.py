"""Passphrases at the command line: typed without echo or read from a file; never in an option, nor printed.

Keys are wiped when the command ends.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any, TypeVar

import click

from headwater.casefile import Key, Passphrase, generated_passphrase, is_encrypted, new_key, unlock
from headwater.cli.output import plain
from headwater.errors import Locked, PathMissing, WeakPassphrase, WrongPassphrase

F = TypeVar("F", bound=Callable[..., Any])

_STDIN = Path("-")
_PAUSES = (1.0, 3.0)  # seconds after the first and the second wrong passphrase; after the third the command ends
_LARGEST = 4096  # bytes: whoever names a larger file named the wrong one
_AGAIN = "The two were not the same. Nothing was shown while you typed; try again."


def case_options(command: F) -> F:
    """Give a command that opens a case the option --passphrase-file, as the parameter `passphrase_file`."""
    option = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read the passphrase of an encrypted case from this file; - is standard input. [default: ask for it]",
    )
    return option(command)


def new_passphrase_option(command: F) -> F:
    """Give a command that sets a passphrase the option --new-passphrase-file."""
    option = click.option(
        "--new-passphrase-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Read the new passphrase from this file; - is standard input. [default: ask for it twice]",
    )
    return option(command)


def key_for(case_path: Path, passphrase_file: Path | None) -> Key | None:
    """Return the key of the case at `case_path`, or None when it is not encrypted.

    Without a file it asks at the terminal, up to three times, with a pause after each wrong answer. Raises Locked when
    there is neither file nor terminal, WrongPassphrase, and what `is_encrypted` and `unlock` raise.
    """
    if not is_encrypted(case_path):
        return None
    if passphrase_file:
        return kept(unlock(case_path, read_passphrase(passphrase_file)))
    require_terminal(f"{case_path} is encrypted, and no passphrase was given.", "--passphrase-file")

    def ask() -> Key:
        return unlock(case_path, _typed(f"Passphrase of {plain(case_path.name)}"))

    return kept(patiently(ask, _PAUSES))


def patiently(ask: Callable[[], Key], pauses: Sequence[float]) -> Key:
    """Return what `ask` returns; after a wrong answer tell it, pause and ask again, once for each of `pauses`."""
    for pause in pauses:
        try:
            return ask()
        except WrongPassphrase as error:
            click.echo(f"{plain(error.what)} {plain(error.next_step)}", err=True)
            time.sleep(pause)
    return ask()


def key_of_new(new_passphrase_file: Path | None, option: str = "--new-passphrase-file") -> Key:
    """Return a key under a new passphrase, read from the file or typed twice at the terminal.

    An empty answer gives a generated passphrase, which is shown once. Raises Locked when there is neither file nor
    terminal, WeakPassphrase for a file.
    """
    if new_passphrase_file:
        return kept(new_key(read_passphrase(new_passphrase_file)))
    require_terminal("No new passphrase was given.", option)
    while True:
        first = _typed("New passphrase (empty: one is generated)")
        if not first:
            first = _shown_generated()
        if _typed("The same once more") != first:
            click.echo(_AGAIN, err=True)
            continue
        try:
            return kept(new_key(first))
        except WeakPassphrase as error:
            click.echo(f"{error.what} {error.next_step}", err=True)


def read_passphrase(path: Path) -> Passphrase:
    """Return the passphrase in a file: all of it but a line end at its end. Raises PathMissing, Locked."""
    try:
        with nullcontext(sys.stdin.buffer) if path == _STDIN else path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise PathMissing(
            f"The passphrase file {path} cannot be read: {error.strerror or error}.", next_step="Check its name."
        ) from error
    try:
        found = Passphrase(data.decode("utf-8-sig").removesuffix("\n").removesuffix("\r"))
    except UnicodeDecodeError:
        found = Passphrase()
    if not found or len(data) > _LARGEST:
        # Told outside the block above: the first error holds the bytes of the file.
        raise Locked(
            f"{'Standard input' if path == _STDIN else path} holds no passphrase.",
            next_step="It must hold the passphrase and nothing else, as UTF-8 text.",
        )
    return found


def require_terminal(what: str, option: str) -> None:
    """Raise Locked, saying `what`, when nobody can be asked."""
    if not sys.stdin.isatty():
        raise Locked(
            what,
            next_step=f"Run the command at a terminal, which asks for it, or name a file that holds it with {option}.",
        )


def kept(key: Key) -> Key:
    """Return the key, which is wiped when the command ends."""
    ctx = click.get_current_context(silent=True)
    if ctx:
        ctx.call_on_close(key.wipe)
    return key


def _typed(what: str) -> Passphrase:
    return Passphrase(click.prompt(what, hide_input=True, default="", show_default=False, err=True))


def _shown_generated() -> Passphrase:
    made = generated_passphrase()
    click.echo("Write this down, or learn it; it is not shown again:", err=True)
    click.echo(f"\n    {made}\n", err=True)
    return Passphrase(made)
